"""What is filed of the demo ward's units: names, parents, phones, places, duties."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime

from meibo.domain.book import OPEN
from meibo.domain.units import DUTY
from meibo.ledger import establishment
from meibo.ledger.writer import UNIT, NewFiling
from meibo.platform.demo.codes import buildings
from meibo.platform.demo.fiscal import april
from meibo.platform.demo.outline import ALWAYS, NEVER, UnitSpec, units
from meibo.platform.demo.ward import REORGANISED, Ward

DOMAIN = "city.keyakino.tokyo.example"
_FOUNDED = 17  # years before the coming April: earlier than any place that is known of anybody
_FIRST_LINE = 1000


def filed(ward: Ward) -> Iterator[NewFiling]:
    """The filings of every unit that is, was or will be."""
    days = {n: april(ward.coming - ago) for n, ago in enumerate(REORGANISED)}
    days[ALWAYS], days[NEVER] = april(ward.coming - _FOUNDED), OPEN
    places = buildings()
    for number, unit in enumerate(units()):
        starts, ends = days[unit.born], days[unit.gone]
        for name, value in _values(unit, number, places):
            yield _filing(ward, unit, name, value, starts, ends)
        quota = json.dumps({str(g): n for g, n in ward.house.quota(unit.code).items() if n})
        yield _filing(ward, unit, establishment.FIELD, quota, starts, ends)
        yield from _names(ward, unit, days)


def _filing(
    ward: Ward, unit: UnitSpec, name: str, value: str, starts: date, ends: date
) -> NewFiling:
    """Known since the books were opened, or since the reorganisation was announced."""
    announced = ward.scribe.announced(max(starts, ward.opening))
    recorded: datetime = min(announced, ward.now)
    return NewFiling(UNIT + unit.code, name, value, starts, recorded, ends)


def _values(unit: UnitSpec, number: int, places: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Values that hold as long as the unit does. Fictitious numbers: 03-0000-xxxx."""
    line = _FIRST_LINE + number * 13
    yield "short", unit.short
    yield "level", str(unit.level)
    yield "phone", f"03-0000-{line:04d}"
    yield "fax", f"03-0000-{_FIRST_LINE + _section(number) * 13 + 7:04d}"
    yield "mail", f"s{unit.code}@{DOMAIN}"
    yield "building", places[unit.building]
    yield "floor", unit.floor
    if unit.parent:
        yield "parent", unit.parent
    if unit.branch:
        yield "branch", "1"
    for place, duty in enumerate(unit.duties, 1):
        yield f"{DUTY}{place:03d}", f"{duty}に関すること。"


def _section(number: int) -> int:
    """The place in the list of the section to which a unit belongs: they share a fax."""
    known = units()
    while known[number].level > 2:
        number -= 1
    return number


def _names(ward: Ward, unit: UnitSpec, days: dict[int, date]) -> Iterator[NewFiling]:
    starts = days[unit.born]
    for era, old in sorted(unit.former.items()):
        yield _filing(ward, unit, "name", old, starts, days[era])
        starts = days[era]
    yield _filing(ward, unit, "name", unit.name, starts, days[unit.gone])
