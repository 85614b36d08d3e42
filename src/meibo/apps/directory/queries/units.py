"""A unit's page: who is in it, what it does, what came before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from meibo.domain.disclosure import Viewer
from meibo.ledger import reader

Unit = Mapping[str, Any]
#: A 部 lists its 課; from the 課 downwards the people of the units below are shown as well.
PEOPLE_FROM_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of the allotment and who handles it."""

    text: str
    main: list[reader.Card] = field(default_factory=list)
    deputy: list[reader.Card] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """A unit with the people who hold a post just there."""

    unit: Unit
    members: list[reader.Member]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """What the page of a unit shows."""

    unit: reader.UnitCard
    own: Group
    groups: list[Group]
    children: list[reader.UnitCard]
    matters: list[Matter]
    before: list[reader.UnitLink]
    after: list[reader.UnitLink]

    @property
    def people(self) -> list[reader.Card]:
        """Everyone on the page once, in the order of the page."""
        members = (m for group in (self.own, *self.groups) for m in group.members)
        return list({member.card.id: member.card for member in members}.values())


def unit_page(viewer: Viewer, code: str, on: date) -> UnitPage | None:
    """None where there is no such unit on that day."""
    unit = reader.unit(viewer, code, on=on)
    if unit is None:
        return None
    tree = reader.units(viewer, on=on)
    children = [each for each in tree if each["parent"] == code]
    own = Group(unit, reader.members(viewer, code, on=on))
    deep = children if unit["level"] >= PEOPLE_FROM_LEVEL else []
    groups = [Group(each, reader.members(viewer, each.code, on=on)) for each in deep]
    links = reader.unit_changes(viewer, code)
    return UnitPage(
        unit,
        own,
        groups,
        children,
        matters([member.card for group in (own, *groups) for member in group.members]),
        [link for link in links if link.direction == "before" and link.day <= on],
        [link for link in links if link.direction == "after"],
    )


def unit_links(viewer: Viewer, code: str) -> list[reader.UnitLink]:
    """What a unit that is not there on a day came from and became; empty for an unknown code."""
    return reader.unit_changes(viewer, code)


def unit_life(viewer: Viewer, code: str, on: date) -> list[reader.UnitLife]:
    """When a unit is there that is not on a day; empty for an unknown code."""
    return reader.unit_life(viewer, code, on=on)


def matters(cards: Iterable[reader.Card]) -> list[Matter]:
    """Who does what, by matter, in the order in which the cards tell of them."""
    found: dict[str, Matter] = {}
    for card in {card.id: card for card in cards}.values():
        for each in card.get("allotments") or ():
            matter = found.setdefault(each["text"], Matter(each["text"]))
            (matter.deputy if each["role"] == "副" else matter.main).append(card)
    return list(found.values())
