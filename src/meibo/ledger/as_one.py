"""The lines and filings of people out of the books, and of somebody known by several ids as of one.

Each row is read under the id it was written for, with the key of that id; only then does it speak
of the person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from meibo.domain.book import Filing, Line, Stretch, fold_filings, knowable
from meibo.domain.renewal import HOURS, hours_field
from meibo.ledger import joins, rows
from meibo.ledger.beside import Beside
from meibo.ledger.vault import Vault

KEPT = "kept:"
"""Fields of rows kept for apps to come: in the book, in no drawn table."""


class Books:
    """The lines and filings of some people, each under its own id, and of several as of one."""

    def __init__(
        self,
        people: Collection[str],
        sealed: Callable[[str], bool],
        known: datetime | None,
        beside: Beside,
    ) -> None:
        vault = Vault()
        vault.prepare(people)
        lines: dict[str, list[Line]] = defaultdict(list)
        for line, _ in rows.lines(people):
            lines[line.person].append(line)
        self.lines = {
            person: [*knowable(lines[person], known), *beside.of(person)] for person in people
        }
        self.filings: dict[str, list[Filing]] = defaultdict(list)
        for filing, _ in rows.filings(people, vault, keep_sealed=sealed, leave_out=KEPT):
            if known is None or filing.recorded <= known:
                self.filings[filing.subject].append(filing)
        for person in people:
            self.filings[person] += beside.filed(person)

    def lines_as_one(self, members: Sequence[str]) -> list[Line]:
        """The lines of somebody known by several ids."""
        return one_life(self.lines, members)

    def filings_as_one(self, members: Sequence[str]) -> list[Filing]:
        """Their filings; of two for one day the later counts, whichever id it was filed for."""
        lead, *others = members
        joined = [
            f._replace(subject=lead, field=_field(f.field, other))
            for other in others
            for f in self.filings[other]
        ]
        return [*self.filings[lead], *joined]

    def numbers(self, members: Sequence[str]) -> list[str]:
        """The staff numbers, the lead's first, each id's latest one before its older ones."""
        found: list[str] = []
        for member in members:
            own = fold_filings(f for f in self.filings[member] if f.field == "staff_no")
            found += [period.value for period in reversed(own)]
        return list(dict.fromkeys(found))


def _field(name: str, person: str) -> str:
    """What is filed of an appointment goes with it (weekly hours); all else is of the person."""
    kind, _, appointment = name.partition(":")
    return hours_field(joins.drawn_as(appointment, person)) if kind == HOURS else name


def one_life(lines: Mapping[str, Sequence[Line]], members: Sequence[str]) -> list[Line]:
    """The lines of somebody known by several ids. Each id's life stays an appointment of its own,
    so that an order to one never ends what the other holds."""
    lead, *others = members
    return [
        *lines.get(lead, ()),
        *(
            replace(line, person=lead, appointment=joins.drawn_as(line.appointment, other))
            for other in others
            for line in lines.get(other, ())
        ),
    ]


def tell_numbers(pieces: list[Stretch], numbers: list[str]) -> None:
    """Somebody with several numbers goes by the lead's on every day, and is found by each."""
    for piece in pieces:
        if numbers:
            piece.state["staff_no"] = numbers[0]
        if numbers[1:]:
            piece.state["other_numbers"] = numbers[1:]
