"""Units on a day, as cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from meibo.domain.book import OPEN
from meibo.domain.disclosure import Table, Viewer
from meibo.domain.small_cells import Counts, shown
from meibo.domain.units import Organisation
from meibo.ledger import draw, draw_units, house, policy
from meibo.ledger.house import Codes
from meibo.ledger.models import Stretch
from meibo.ledger.reader import people
from meibo.ledger.sight import Sight


class UnitCard(Mapping[str, Any]):
    """A unit as seen by one viewer. Works as a mapping; `code` and `name` are always there."""

    __slots__ = ("_fields", "code")

    def __init__(self, fields: dict[str, Any]) -> None:
        self._fields = fields
        self.code: str = fields["code"]

    def __getitem__(self, key: str) -> Any:
        return self._fields[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


@dataclass(frozen=True, slots=True)
class UnitLink:
    """What a unit came from (`before`) or became (`after`) on a day."""

    day: date
    kind: str
    code: str
    name: str
    direction: str


@dataclass(frozen=True, slots=True)
class Heads:
    """How many people have their main post in each unit, and below it."""

    here: Mapping[str, int]
    below: Mapping[str, int]


def town_name() -> str | None:
    """What the municipality calls itself, where its code tables say so (table `town`)."""
    row = house.codes().table("town").get("name")
    return row.name if row else None


def units(viewer: Viewer, *, on: date) -> list[UnitCard]:
    """The whole house on a day, parents before children, in display order."""
    tree = house.organisation(on)
    seen = _seen(policy.table(viewer.today), viewer, on)
    if "unit.name" not in seen:
        return []
    heads = _heads(viewer, tree, on, seen)
    codes = house.codes()
    return [_card(tree, codes, code, seen, heads) for code in tree.order]


def unit_cards(viewer: Viewer, codes: Iterable[str], *, on: date) -> list[UnitCard]:
    """Cards of some units, in the order given; without counts, which a list does not show."""
    tree = house.organisation(on)
    seen = _seen(policy.table(viewer.today), viewer, on)
    if "unit.name" not in seen:
        return []
    tables = house.codes()
    return [_card(tree, tables, code, seen, None) for code in codes if code in tree.codes]


def unit(viewer: Viewer, code: str, *, on: date) -> UnitCard | None:
    """One unit on a day, with who leads it; None where there is no such unit that day."""
    tree = house.organisation(on)
    seen = _seen(policy.table(viewer.today), viewer, on)
    if code not in tree.states or "unit.name" not in seen:
        return None
    heads = _heads(viewer, tree, on, seen)
    found = _card(tree, house.codes(), code, seen, heads)
    return UnitCard({**found, **_lead(viewer, code, on)})


def _seen(table: Table, viewer: Viewer, on: date) -> frozenset[str]:
    return table.seen(table.reaching(viewer.ties, on, viewer.today))


def _card(
    tree: Organisation,
    codes: Codes,
    code: str,
    seen: frozenset[str],
    heads: Heads | Counts | None,
) -> UnitCard:
    state = tree.states[code]
    level = str(state.get("level") or len(tree.codes[code]))
    out: dict[str, Any] = {
        "code": code,
        "name": state["name"],
        "short": state.get("short"),
        "parent": state.get("parent"),
        "level": int(level) if level.isdigit() else len(tree.codes[code]),
        "path": tree.path(code),
        "codes": list(tree.codes[code]),
        "branch": state.get("branch") == "1",
    }
    if "unit.phone" in seen:
        out |= {name: state.get(name) for name in ("phone", "fax", "mail")}
    if "unit.place" in seen:
        out["building"] = codes.name("building", state.get("building"))
        out["floor"] = state.get("floor")
    if "unit.duties" in seen:
        out["duties"] = list(state.get("duties", []))
    if isinstance(heads, Heads):
        out |= {"here": heads.here.get(code, 0), "count": heads.below.get(code, 0)}
    elif heads is not None:
        out |= {"here": heads.here[code]} if code in heads.here else {}
        known = code in heads.below
        out |= {"count": heads.below[code]} if known else {"count_held_back": True}
    return UnitCard(out)


def _heads(
    viewer: Viewer, tree: Organisation, on: date, seen: frozenset[str]
) -> Heads | Counts | None:
    """How many there are, as far as this viewer may know: of the people counted nobody is hidden
    from who sees people; to who sees none no small count is told."""
    if "unit.count" not in seen:
        return None
    rows = Stretch.objects.filter(starts__lte=on, ends__gt=on).values_list("unit", "person")
    if "exists" in seen:
        hidden = Sight(viewer).hidden(on)
        return _added_up(
            tree, Counter(code for code, person in rows if code and person not in hidden)
        )
    return _large_ones(tree, Counter(code for code, _ in rows if code))


def _added_up(tree: Organisation, here: Mapping[str, int]) -> Heads:
    below: Counter[str] = Counter()
    for code, count in here.items():
        for above in tree.codes.get(code, ()):
            below[above] += count
    return Heads(here, below)


def _large_ones(tree: Organisation, here: Mapping[str, int]) -> Counts:
    children: dict[str, list[str]] = {}
    roots = []
    for code in tree.order:
        path = tree.codes[code]
        if len(path) > 1:
            children.setdefault(path[-2], []).append(code)
        else:
            roots.append(code)
    return shown(roots, children, here, settings.MEIBO_SMALL_CELL)


def _lead(viewer: Viewer, code: str, on: date) -> dict[str, Any]:
    """Who holds the head post of the unit: the highest post in it, where it leads."""
    codes = house.codes()
    heads = [s for s in house.seats(on, [code]) if codes.leads(s.post)]
    heads.sort(key=lambda s: codes.rank(s.post))
    found = people.deal(viewer, people.states_on(on, ids=[s.person for s in heads[:1]]), on)
    if not heads or not found or people.post_shown(found[0], heads[0]) is None:
        return {"head": None, "vacant": not heads}
    head = {"id": found[0].id, "name": found[0].get("name"), "kind": heads[0].kind}
    head["post"] = codes.name("post", heads[0].post)
    return {"head": head, "vacant": False}


def unit_changes(viewer: Viewer, code: str) -> list[UnitLink]:
    """What came before a unit and what came after it, by the reorganisations in the book, as far
    from today as the viewer may look."""
    links = []
    table = policy.table(viewer.today)
    for line in draw.standing_house():
        eve = line.effective - timedelta(days=1)  # the last day of what came before
        old, new = ("unit.name" in _seen(table, viewer, day) for day in (eve, line.effective))
        for row in line.successions.rows if line.successions else ():
            if old and row.new == code and row.old and row.old != code:
                name = draw_units.unit_name(row.old, line.effective)
                links.append(UnitLink(line.effective, row.kind, row.old, name, "before"))
            elif new and row.old == code and row.new and row.new != code:
                name = draw_units.unit_name(row.new, line.effective)
                links.append(UnitLink(line.effective, row.kind, row.new, name, "after"))
    return links


@dataclass(frozen=True, slots=True)
class PastUnit:
    """A unit that is there no more: as it was called last, and its last day."""

    code: str
    name: str
    last: date


def past_units(viewer: Viewer, *, on: date) -> list[PastUnit]:
    """The units that were there before a day and are not on it, the latest first."""
    if "unit.name" not in _seen(policy.table(viewer.today), viewer, on):
        return []
    return [
        PastUnit(code, name, ends - timedelta(days=1)) for code, name, ends in house.gone_units(on)
    ]


@dataclass(frozen=True, slots=True)
class UnitLife:
    """A period in which a unit is there, as it is called at its end that is nearer to the day that
    was asked for. `last` is None where no end is known."""

    name: str
    first: date
    last: date | None


def unit_life(viewer: Viewer, code: str, *, on: date) -> list[UnitLife]:
    """When a unit that is not there on a day is there, as far as the viewer may see units on the
    day of it that is nearer; empty for a code that no unit ever had."""
    table = policy.table(viewer.today)
    found = []
    for first, ends in house.unit_life(code):
        near = first if first > on else ends - timedelta(days=1)
        if "unit.name" in _seen(table, viewer, near):
            last = None if ends == OPEN else ends - timedelta(days=1)
            found.append(UnitLife(draw_units.unit_name(code, near), first, last))
    return found


def unit_name(viewer: Viewer, code: str, *, on: date) -> str | None:
    """What a unit is called on a day, or was or will be called; None for who sees no units and for
    a code that no unit ever had."""
    if "unit.name" not in _seen(policy.table(viewer.today), viewer, on):
        return None
    name = draw_units.unit_name(code, on)
    return name if name != code else None
