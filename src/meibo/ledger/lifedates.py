"""Days of everybody's life from which the house reckons what falls due (人事カレンダー).

Nothing of this is shown as it is: who is told that something falls due is told through cards, and
what is taken off a card is noted there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from meibo.domain.book import Effect
from meibo.domain.due import Facts, Licence
from meibo.ledger import house, joins
from meibo.ledger.models import BookLine, FilingLine
from meibo.ledger.reader.people import states_on
from meibo.ledger.sealed import Unsealer
from meibo.ledger.vault import Vault

LICENCES = "kept:licences"
FILED = "licence"
_MANAGEMENT = 5  # 級 from which a post is one of management (課長級)


def facts(on: date) -> list[Facts]:
    """The days of everyone in service on a day."""
    states = states_on(on)
    unseal = Unsealer()
    unseal.preload(states, ["birth_date"])
    codes = house.codes()
    licences = _licences(states)
    renewed = _going_on(states, on)
    return [
        Facts(
            person,
            _day(state.get("hired")),
            codes.name("employment", state.get("employment")) or "",
            _day(unseal(person, state["birth_date"]) if state.get("birth_date") else None),
            (state.get("grade") or 0) >= _MANAGEMENT,
            None if person in renewed else _day(state.get("term_end")),
            _day((state.get("leave") or {}).get("to")),
            _day((state.get("dispatch") or {}).get("to")),
            licences.get(person, ()),
        )
        for person, state in states.items()
    ]


def _going_on(states: Mapping[str, Any], on: date) -> set[str]:
    """Those whose term ends on or after a day and who have been ordered already to go on from the
    day after: nothing falls due with them any more. An order of that day says so; that somebody has
    another appointment besides, which goes on, says nothing."""
    ending: dict[date, list[str]] = defaultdict(list)
    for person, state in states.items():
        end = _day(state.get("term_end"))
        if end is not None and on <= end < date.max:
            ending[end].append(person)
    groups, found = joins.groups(), set[str]()
    for end, people in ending.items():
        day = end + timedelta(days=1)
        orders = BookLine.objects.filter(effective=day, effect__in=[Effect.ENTER, Effect.MOVE])
        ordered = {groups.lead(each) for each in orders.values_list("person", flat=True)}
        later = states_on(day, ids=sorted(ordered.intersection(people)))
        found |= {p for p, state in later.items() if _day(state.get("term_end")) != end}
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _licences(states: Mapping[str, Any]) -> dict[str, tuple[Licence, ...]]:
    """The licences with a last day, as they were filed last."""
    rows = FilingLine.objects.filter(field=LICENCES, voids=None).order_by("no")
    filed = rows.values_list("subject", "value")
    groups = joins.groups()
    newest = {p: text for p, text in filed if groups.lead(p) in states and text is not None}
    vault = Vault()
    vault.prepare(newest)
    found: dict[str, list[Licence]] = defaultdict(list)
    for person, sealed in newest.items():
        for row in _rows(vault.open(person, LICENCES, sealed)):
            if row.get("expires") and row.get("title"):
                licence = Licence(row["title"], date.fromisoformat(row["expires"]))
                found[groups.lead(person)].append(licence)
    unseal = Unsealer()
    unseal.preload(states, [FILED])
    for person, state in states.items():  # what people filed themselves
        for row in _rows(unseal(person, state[FILED]) if state.get(FILED) else None):
            if row.get("expires"):
                found[person].append(Licence(row["name"], date.fromisoformat(row["expires"])))
    return {person: tuple(own) for person, own in found.items()}


def _rows(text: str | None) -> Iterable[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(text) if text else []
    return loaded
