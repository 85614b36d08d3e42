"""The first page: my section today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from meibo.domain.disclosure import Viewer
from meibo.ledger import reader

MOST = 60


@dataclass(frozen=True, slots=True)
class Section:
    """One's own unit on a day: the people in it and how many of them are away; `above` is code and
    name of the unit it belongs to."""

    code: str
    path: list[str]
    members: list[reader.Member]
    above: tuple[str, str] | None
    away: int
    knows_away: bool


def own_section(viewer: Viewer, me: Mapping[str, Any] | None, on: date) -> Section | None:
    """The unit of the main post; None for who has no post today."""
    code = me.get("unit_code") if me else None
    if me is None or not code:
        return None
    members = reader.members(viewer, code, on=on)[:MOST]
    known = [member for member in members if "away" in member.card]
    away = sum(1 for member in known if member.card["away"])
    codes, path = me["unit_codes"], list(me["unit_path"])
    above = (codes[-2], path[-2]) if len(codes) > 1 else None
    return Section(code, path, members, above, away, bool(known))
