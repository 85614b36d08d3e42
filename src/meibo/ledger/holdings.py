"""Everything the books hold of one person, opened: for the person, who asks to be told.

No page reads here. 個人情報保護法76条 gives a right to all of it, whatever the disclosure table
lets others see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from meibo.domain.book import OPEN
from meibo.ledger import draw_units, house, joins
from meibo.ledger.models import BookLine, FilingLine, Person, Stretch
from meibo.ledger.sealed import is_sealed
from meibo.ledger.vault import Vault

Row = dict[str, Any]
_NAMES = ("name", "record_name")


@dataclass(frozen=True, slots=True)
class Holdings:
    """`states`: the roster's rows; `orders`, `filings`: the books', each with both dates. `names`:
    every name this person ever had here."""

    person: str
    staff_no: str | None
    states: list[Row]
    orders: list[Row]
    filings: list[Row]
    names: frozenset[str]


def held(person: str) -> Holdings:
    """What is held of a person; of somebody shredded, what can still be read. Raises ValueError for
    somebody whom the book does not know."""
    row = Person.objects.filter(pk=person).first()
    if row is None:
        raise ValueError(f"名簿にない職員です: {person}")
    members = joins.members(person)
    filings = sorted((row for each in members for row in _filings(each)), key=lambda f: f["no"])
    opened = {filing["no"]: filing["value"] for filing in filings}
    states = list(_states(members[0], opened))
    names = {str(s[key]) for s in states for key in _NAMES if s.get(key)}
    names |= {str(f["value"]) for f in filings if f["field"] == "name" and f["value"]}
    return Holdings(person, row.staff_no, states, _orders(members), filings, frozenset(names))


def others(person: str) -> frozenset[str]:
    """The names of everybody else, whenever they were here: for finding them in free text."""
    states = Stretch.objects.exclude(person=joins.lead(person)).values_list("state", flat=True)
    found: set[str] = set()
    for text in states.iterator():
        state = json.loads(text)
        found |= {str(state[key]) for key in _NAMES if state.get(key)}
        found |= {str(name) for name in state.get("former", [])}
    return frozenset(found)


def _filings(person: str) -> Iterator[Row]:
    vault = Vault()
    vault.prepare([person])
    for row in FilingLine.objects.filter(subject=person).order_by("no"):
        value = vault.open(person, row.field, row.value) if row.value is not None else None
        yield {
            "no": row.no,
            "field": row.field,
            "value": _parsed(value),
            "effective": row.effective,
            "until": _day(row.until),
            "recorded": row.recorded,
            "entered": row.entered,
            "voids": row.voids,
            "source": row.source,
            "actor": row.actor,
        }


def _parsed(value: str | None) -> Any:
    """A value that has parts, in parts."""
    if value is not None and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _states(person: str, opened: dict[int, Any]) -> Iterator[Row]:
    for row in Stretch.objects.filter(person=person).order_by("starts"):
        state: Row = json.loads(row.state)
        for name in filter(is_sealed, list(state)):
            state[name] = opened.get(state[name])
        state |= _named(row.unit, row.post, row.starts)
        yield {"starts": row.starts, "ends": _day(row.ends), **state}


def _orders(members: Sequence[str]) -> list[Row]:
    found = []
    for row in BookLine.objects.filter(person__in=members).order_by("no"):
        stated = json.loads(row.stated)
        found.append(
            {
                "no": row.no,
                "effective": row.effective,
                "recorded": row.recorded,
                "entered": row.entered,
                "wording": row.wording,
                "order_no": row.order_no,
                "effect": row.effect,
                "voids": row.voids,
                **stated,
                **_named(stated.get("unit"), stated.get("post"), row.effective),
                "source": row.source,
                "actor": row.actor,
            }
        )
    return found


def _named(unit: str | None, post: str | None, on: date) -> Row:
    """The names that the codes had on a day."""
    named = {"unit_name": draw_units.unit_name(unit, on) if unit else None}
    return named | {"post_name": house.codes().name("post", post) if post else None}


def _day(day: date | datetime) -> Any:
    return None if day == OPEN else day
