"""audit verify, audit anchor."""

from __future__ import annotations

import argparse

from meibo.config.cli.ready import require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import show_json, tell
from meibo.platform.audit import queries


def verify(options: argparse.Namespace) -> int:
    """Whether the log is whole; 1 and the first fault where it is not."""
    require_ready()
    found = queries.verify()
    if options.format == "json":
        whole = found.broken_at == 0
        show_json({"checked": found.checked, "broken_at": found.broken_at or None, "whole": whole})
    elif found.broken_at:
        print(f"{found.broken_at}番: {found.why}")
    tell(f"確かめた記録: {found.checked}件  {'異常あり' if found.broken_at else '異常なし'}")
    return 1 if found.broken_at else 0


def anchor(options: argparse.Namespace) -> int:
    """The newest record's number and hash, to be kept where nobody of the house can change it."""
    require_ready()
    newest = queries.newest()
    if newest is None:
        raise RefusedError("監査ログにまだ記録がありません。")
    if options.format == "json":
        show_json({"day": newest.day, "no": newest.no, "chain": newest.chain})
    else:
        print(f"{newest.day}  {newest.no}番  {newest.chain}")
    tell("この行を、庁舎の外か紙に残してください。後から改ざんを見つける手がかりになります。")
    return 0
