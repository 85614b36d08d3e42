"""Who is one with whom (名寄せ): ids of the books that stand for the same person.

A join says what is true of people and not of a day, so it holds for every day that is looked at
from the moment on at which it was recorded. One of the ids leads: everything is drawn of it, and
nothing of the others. The books themselves are not touched: a line stays under the id that it was
written for, and a value under the key of that id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from meibo.ledger.models import Joining

OF = "@"
"""What stands between an appointment and the id it was written for, where that was joined."""


@dataclass(frozen=True, slots=True)
class Groups:
    """`above`: an id that was joined → the one that it was joined to."""

    above: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.above)

    def lead(self, person: str) -> str:
        """The id under which somebody is drawn; most people's only one."""
        while person in self.above:
            person = self.above[person]
        return person

    def members(self, person: str) -> tuple[str, ...]:
        """All ids of the person who is meant by one of them, the lead first."""
        if not self.above:
            return (person,)
        lead = self.lead(person)
        return (lead, *sorted(each for each in self.above if self.lead(each) == lead))

    def whole(self, people: Collection[str]) -> set[str]:
        """These ids with all others that stand for the same people."""
        found = set(people)
        if self.above:
            touched = {lead for lead in map(self.lead, people) if lead in self.above.values()}
            found |= {each for each in self.above if self.lead(each) in touched} | touched
        return found


def drawn_as(appointment: str, person: str) -> str:
    """The appointment of somebody who was joined, as it is drawn under the lead."""
    return f"{appointment}{OF}{person}"


def written(person: str, appointment: str) -> tuple[str, str]:
    """For whom, and as which appointment, what is drawn so was written: what hangs on this stays
    with it when the two are parted again."""
    own, mark, joined = appointment.partition(OF)
    return (joined, own) if mark else (person, appointment)


def groups(known: datetime | None = None) -> Groups:
    """Who is one with whom; with `known`, as far as had been recorded by that moment."""
    rows = Joining.objects.order_by("no")
    if known is not None:
        rows = rows.filter(recorded__lte=known)
    return Groups({row.joined: row.kept for row in _standing(rows)})


def lead(person: str) -> str:
    """The id under which somebody is drawn."""
    return groups().lead(person)


def members(person: str) -> tuple[str, ...]:
    """All ids of the person who is meant by one of them, the lead first."""
    return groups().members(person)


def numbered(number: int) -> tuple[str, str] | None:
    """Who was joined to whom by the entry of this number, if it stands: (lead, joined)."""
    found = [row for row in _standing(Joining.objects.order_by("no")) if row.no == number]
    return (found[0].kept, found[0].joined) if found else None


def _standing(rows: Iterable[Joining]) -> list[Joining]:
    every = list(rows)
    ended = {row.voids for row in every if row.voids is not None}
    return [row for row in every if row.voids is None and row.no not in ended]
