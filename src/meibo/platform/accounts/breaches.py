"""Passwords known from breaches, looked up in a file on this machine: nothing is asked outside.

The file is that of the Have-I-Been-Pwned downloader: one line `SHA1:COUNT` for each password, in
the order of the hashes (upper case). It has tens of gigabytes, so it is searched where it lies.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ValidationError

_HASH = 40
#: Longer than any line: a hash, a colon, a count, the end of the line.
_LINE = 80


def is_listed(password: str, path: Path) -> bool:
    """Whether a password stands in the list."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        low, high = 0, file.seek(0, os.SEEK_END)
        while low < high:
            middle = (low + high) // 2
            found, after = _line_from(file, middle)
            if found == wanted:
                return True
            if found and found < wanted:
                low = after
            else:
                high = middle
    return False


def _line_from(file: IO[bytes], place: int) -> tuple[bytes, int]:
    """The hash of the first line that begins at or after a place, and where the line after that
    begins; empty where there is none."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline(_LINE)
    line = file.readline(_LINE)
    return line[:_HASH].upper(), file.tell()


class BreachListValidator:
    """Refuses a password that is known from a breach (NIST SP 800-63B 5.1.1.2); without a list
    nothing. Django's list of common passwords stands beside it in any case."""

    def validate(self, password: str, user: object = None) -> None:
        path = settings.MEIBO_BREACH_LIST
        if path is not None and is_listed(password, path):
            raise ValidationError(
                "このパスワードは、よそで漏れたパスワードの一覧に載っています。"
                "ほかで使っていない、別のパスワードにしてください。",
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return "よそで漏れたことのあるパスワードは使えません。"


def breach_list_is_there(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A list that was asked for and is not there stops the start: silence looks like safety."""
    path: Path | None = settings.MEIBO_BREACH_LIST
    if path is None:
        return []
    trouble = _trouble(path)
    if not trouble:
        return []
    hint = "MEIBO_BREACH_LIST を空にするか、ファイルを置き直してください。"
    return [Error(f"MEIBO_BREACH_LIST: {trouble}", hint=hint, id="meibo.accounts.E001")]


def _trouble(path: Path) -> str:
    try:
        with path.open("rb") as file:
            first = file.readline(_LINE)
    except OSError as error:
        return f"{path} を読めません（{error.strerror}）。"
    digest, colon, _ = first.partition(b":")
    try:
        right = len(bytes.fromhex(digest.decode("ascii"))) * 2 == _HASH and bool(colon)
    except ValueError:
        right = False
    return "" if right else f"{path} は「SHA-1:回数」の行からなるファイルではありません。"
