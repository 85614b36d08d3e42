"""`--as`: who is looking, from the command line."""

from __future__ import annotations

from datetime import date

from meibo.config.cli.refusal import RefusedError
from meibo.domain.disclosure import TIES, Viewer
from meibo.ledger import ties
from meibo.platform.grants import queries as grants

_NAMED = tuple(tie for tie in TIES if tie not in ("self", "peer"))


def viewer(text: str, today: date) -> Viewer:
    """`tie:NAME` holds that tie towards everyone; a staff number is that member of staff."""
    kind, _, name = text.partition(":")
    if kind == "tie":
        if name not in _NAMED:
            known = "、".join(f"tie:{tie}" for tie in _NAMED)
            raise RefusedError(
                f"「{text}」という立場はありません。使えるのは {known} と職員番号です。"
            )
        return Viewer(frozenset({name}), today)
    person = ties.person_numbered(text)
    if person is None:
        raise RefusedError(f"職員番号「{text}」の職員はいません。--as を確かめてください。")
    return ties.viewer_of(person, grants.duties_of(person, today), today)
