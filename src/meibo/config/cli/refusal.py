"""What a command says when it can't do what was asked."""

import errno
import sqlite3

from django.db.utils import OperationalError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SAID = ("disk is full", "disk I/O error", "No space left", "could not extend file")


class RefusedError(Exception):
    """The request can't be carried out; the message says what to do, in Japanese."""


def disk_is_full(error: Exception) -> bool:
    """Whether the error says that there is no more room to write in."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    told = isinstance(error, OperationalError | sqlite3.OperationalError)
    return told and any(words in str(error) for words in _SAID)


FULL = (
    "ディスクに書けません（空きがないか、上限に達しています）。途中のものは取り消しました。"
    "空きをつくって、もう一度実行してください。"
)
