"""Who is in service and where they sit: for accounts and what is granted, not for pages.

Nothing here passes the disclosure table, because nothing here is shown: it decides who may come in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from meibo.ledger import house, joins
from meibo.ledger.models import Person, Seat, Stretch

_CHUNK = 900


def in_service(person: str, on: date) -> bool:
    """Whether somebody is in service on a day: from the day of appointment through the last one."""
    there = Stretch.objects.filter(starts__lte=on, ends__gt=on)
    # Who was joined to another number's person is in service where that person is.
    return there.filter(person=person).exists() or (
        (lead := joins.lead(person)) != person and there.filter(person=lead).exists()
    )


def serving(on: date, people: Iterable[str] | None = None) -> set[str]:
    """Everyone in service on a day, or those of these people who are."""
    rows = Stretch.objects.filter(starts__lte=on, ends__gt=on)
    if people is None:
        return set(rows.values_list("person", flat=True))
    found: set[str] = set()
    asked, groups = list(people), joins.groups()
    for chunk in _chunks(groups.lead(each) for each in asked):
        found |= set(rows.filter(person__in=chunk).values_list("person", flat=True))
    return {each for each in asked if groups.lead(each) in found}


def seats_between(people: Iterable[str], first: date, last: date) -> list[Seat]:
    """The posts that these people hold on any day from `first` through `last`, each under the id
    that was asked for."""
    asked, groups = list(dict.fromkeys(people)), joins.groups()
    found: list[Seat] = []
    for chunk in _chunks(asked):
        rows = Seat.objects.filter(person__in=chunk, starts__lte=last, ends__gt=first)
        found += rows.order_by("starts", "id")
    for each in asked:
        if (lead := groups.lead(each)) != each:
            own = Seat.objects.filter(person=lead, starts__lte=last, ends__gt=first)
            for seat in own.order_by("starts", "id"):
                seat.person = each
                found.append(seat)
    return found


def sitting_in(unit: str, on: date) -> set[str]:
    """Everyone with any post in a unit or below it on a day."""
    return {seat.person for seat in house.seats(on, list(house.organisation(on).below(unit)))}


def lies_in(inner: str, outer: str, on: date) -> bool:
    """Whether a unit is another one or lies below it on a day."""
    return inner == outer or outer in house.organisation(on).codes.get(inner, ())


def staff_numbers(people: Collection[str]) -> Mapping[str, str]:
    """Person → staff number, of those who have one."""
    found: dict[str, str] = {}
    for chunk in _chunks(people):
        rows = Person.objects.filter(id__in=chunk, staff_no__isnull=False)
        found |= {p: n for p, n in rows.values_list("id", "staff_no") if n}
    return found


def _chunks(people: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(dict.fromkeys(people))
    for i in range(0, len(wanted), _CHUNK):
        yield wanted[i : i + _CHUNK]
