"""The first page: my section today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from meibo.apps.directory.queries.units import PEOPLE_FROM_LEVEL, Group
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader

MOST = 60


@dataclass(frozen=True, slots=True)
class Section:
    """One's own unit on a day: the people in it and below it, by unit, and how many of them are
    away. `more`: how many are left out; `above`, `further`: code and name of the unit it belongs
    to and of those in which one holds a post besides."""

    code: str
    path: list[str]
    groups: list[Group]
    total: int
    more: int
    above: tuple[str, str] | None
    further: list[tuple[str, str]]
    away: int
    knows_away: bool


def own_section(viewer: Viewer, me: Mapping[str, Any] | None, on: date) -> Section | None:
    """The unit of the main post; None for who has no post today. A 部 shows who belongs to it
    alone: its 課 are too many for a first page."""
    code = me.get("unit_code") if me else None
    if me is None or not code:
        return None
    groups = _groups(viewer, code, on)
    cards = {m.card.id: m.card for group in groups for m in group.members}
    known = [card for card in cards.values() if "away" in card]
    shown = _first(groups, MOST)
    codes, path = me["unit_codes"], list(me["unit_path"])
    others = {each["unit_code"]: " ".join(each["unit_path"]) for each in me.get("concurrent") or ()}
    return Section(
        code,
        path,
        shown,
        len(cards),
        sum(len(g.members) for g in groups) - sum(len(g.members) for g in shown),
        (codes[-2], path[-2]) if len(codes) > 1 else None,
        [(unit, name) for unit, name in others.items() if unit != code],
        sum(1 for card in known if card["away"]),
        bool(known),
    )


def _groups(viewer: Viewer, code: str, on: date) -> list[Group]:
    """The unit itself and, from the 課 downwards, every unit below it in which there is anybody."""
    tree = reader.units(viewer, on=on)
    own = next((unit for unit in tree if unit.code == code), None)
    if own is None:
        return []
    deep = own["level"] >= PEOPLE_FROM_LEVEL
    units = [unit for unit in tree if unit is own or (deep and code in unit["codes"])]
    groups = [Group(unit, reader.members(viewer, unit.code, on=on)) for unit in units]
    return [group for group in groups if group.members or group.unit is own]


def _first(groups: list[Group], most: int) -> list[Group]:
    """As many people of them as a first page can hold."""
    kept: list[Group] = []
    for group in groups:
        if most > 0:
            kept.append(Group(group.unit, group.members[:most]))
        most -= len(group.members)
    return kept
