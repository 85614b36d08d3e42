"""safety offline: the rosters that holders take along, made now."""

from __future__ import annotations

import argparse

from django.conf import settings

from meibo.apps.safety.actions.offline import making
from meibo.config.cli.noting import operator
from meibo.config.cli.ready import require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import tell
from meibo.config.clock import now
from meibo.platform.audit.actions import Actor


def offline(options: argparse.Namespace) -> int:
    """A file for everybody who has set a password for one."""
    require_ready()
    folder = options.to or settings.MEIBO_OFFLINE_DIR
    if folder is None:
        raise RefusedError("置き場所がありません。MEIBO_OFFLINE_DIR か --to に書いてください。")
    try:
        made, gone = making.make_all(folder, actor=Actor(operator()), now=now())
    except OSError as error:
        raise RefusedError(f"書けません: {folder}（{error.strerror}）") from error
    tell(f"{folder} に {made}人分の持ち出し名簿をつくりました。")
    if gone:
        tell(f"もう持てない人のファイル {gone}個を消しました。")
    return 0
