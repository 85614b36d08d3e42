"""keys list, keys rotate."""

from __future__ import annotations

import argparse

from meibo.apps.safety.actions.unboxing import unbox
from meibo.config.cli.ready import require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import Progress, show_json, show_rows, tell
from meibo.config.clock import now
from meibo.ledger import masters, vault
from meibo.platform.accounts import second_factor
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

_COLUMNS = {"id": "鍵", "current": "今の鍵", "wraps": "包んでいる人数", "known": "手元にある"}
ACTOR = Actor("meibo keys")


def listing(options: argparse.Namespace) -> int:
    """The master keys at hand and those in use, and whose keys each wraps; never a key itself."""
    require_ready()
    wraps, here = vault.wrapped_by(), masters.known()
    rows = [
        {
            "id": master,
            "current": master == here[0],
            "wraps": wraps.get(master, 0),
            "known": masters.is_known(master),
        }
        for master in [*here, *sorted(wraps.keys() - set(here))]
    ]
    if options.format == "json":
        show_json(rows)
    else:
        show_rows(rows, _COLUMNS, options.format)
    return 0


def rotate(_options: argparse.Namespace) -> int:
    """A new master key takes over; what an earlier call left undone is finished first."""
    require_ready()
    first, _ = masters.current()
    unfinished = set(vault.wrapped_by()) - {first}
    if unfinished:
        tell("前の切り替えの続きをします。")
    elif not masters.can_renew():
        raise RefusedError(
            "マスター鍵はこの機械の外から渡されています。新しい鍵を MEIBO_MASTER_KEY に、"
            "今の鍵を MEIBO_OLD_MASTER_KEYS に設定してから（MEIBO_KEY_COMMAND なら current を"
            "新しい鍵にしてから）、もう一度実行してください。"
        )
    _note({"what": "rotate", "before": sorted(unfinished) or [first]})
    if not unfinished:
        first = masters.renew()
    count = vault.rewrap(progress=Progress())
    factors = second_factor.reseal()
    unbox()  # what the answer face has closed for the key before
    _note({"what": "rotated", "now": first, "people": count, "factors": factors})
    tell(f"新しいマスター鍵: {first}  包み直した人数: {count}人")
    if masters.can_renew():
        tell(
            "控えを取り直してください: master_key と master_keys/",
            "前の鍵は、前の鍵で取ったバックアップを捨てるまで残します。",
        )
    return 0


def _note(detail: dict[str, object]) -> None:
    note(Entry(Act.KEYS, detail), actor=ACTOR, now=now())
