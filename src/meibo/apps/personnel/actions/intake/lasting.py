"""Until when what an intake found of a row stays so, if neither the row nor the book changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.apps.personnel.actions.intake.filings import filed_values
from meibo.domain.book.career import Absence, Career, Seat, Service, Span
from meibo.domain.findings import Finding
from meibo.ledger.writer import UNIT
from meibo.platform.feeds import Ground, Record, Seen
from meibo.platform.ownership import coming

_ALONE = frozenset({"lost-zeros", "unknown_free_field"})
"""Findings that are counted over the whole file, or told at its first row."""


class Lasting:
    """Judges the rows of one intake, when it is done."""

    def __init__(self, desk: Desk, ground: Ground, base: date) -> None:
        self._desk, self._base = desk, base
        self._number = desk.header("master", "staff_no")
        self._units: dict[str, list[date]] = {}
        for code, _, _, starts, ends in ground.standings:
            self._units.setdefault(code, []).extend(d for d in (starts, ends) if d >= base)
        self._led = [owned.starts for owned in coming(base) if owned.starts]
        self._proposed = {proposal.person for proposal in desk.proposals}
        self._ordered = set(self._moved())
        filings = desk.batch.filings[desk.mark.filings :]
        self._filed = {f.subject for f in filings if not f.subject.startswith(UNIT)}

    def _moved(self) -> Iterator[str]:
        """Those of whom more was written than their opening lines."""
        desk = self._desk
        opening = desk.source("opening", "")
        for place, line in enumerate(desk.batch.lines):
            own = desk.batch.sources.get(line.no, "").startswith(opening)
            if not own or place >= desk.mark.lines:
                yield line.person

    def until(self, record: Record, person: str, told: tuple[list[Finding], ...]) -> int | None:
        """The first day (as an ordinal) on which the row may mean something else; None for a row
        that is to be read again next time."""
        desk, base = self._desk, self._base
        findings = [*chain(*told)]
        if person in self._proposed:
            return None  # what is proposed is proposed again, until it is settled
        if person in self._ordered or any(self._hangs_on_others(f) for f in findings):
            return None
        new = person in self._filed or person in desk.batch.people
        if new and (findings or not _settled(desk, record, person, base)):
            return None  # what has just been written may be told otherwise the next time
        if any(base.isoformat() in f.message for f in findings):
            return base.toordinal()
        return self._first([*self._of_row(record), *self._of_person(person), *self._led])

    def _hangs_on_others(self, finding: Finding) -> bool:
        return finding.column in ("", self._number) or finding.code in _ALONE

    def _first(self, days: Iterable[date]) -> int:
        base = self._base
        return min([day for day in days if day >= base], default=date.max).toordinal()

    def _of_row(self, record: Record) -> list[date]:
        values = record.values
        days = [value for value in values.values() if isinstance(value, date)]
        for unit in (values["unit"], *(seat[0] for seat in values["concurrent"] or ())):
            days += self._units.get(unit or "", ())
        born: date | None = values["birth_date"]
        if born is not None:
            days.append(born.replace(day=1, year=born.year + self._desk.definition.ages[1] + 1))
        return days

    def _of_person(self, person: str) -> list[date]:
        desk, base = self._desk, self._base
        filed = desk.shelf.filings.get(person, ())  # half-open: on the day itself it holds
        days = [f.effective for f in filed if f.effective > base]
        days += [f.until for f in filed if f.until > base]
        return [*days_of(desk.career(person)), *days]

    def absent(self, seen: Seen, mentioned: set[str]) -> dict[str, int]:
        """Staff number → until when those who are not in the file are not in service either."""
        desk, base = self._desk, self._base
        before = desk.before.absent if desk.before else {}
        here = {r.values["staff_no"] for r in desk.package.records.get("master", [])}
        found: dict[str, int] = {}
        for number in desk.shelf.numbers.keys() - seen.spared.keys() - here - mentioned:
            person = desk.shelf.numbers[number]
            if before.get(number, 0) > base.toordinal():
                found[number] = before[number]
            elif desk.state(person, base, base) is None:
                found[number] = self._first(days_of(desk.career(person)))
        return found


def days_of(career: Career) -> Iterator[date]:
    """Every day on which something of a career begins or ends."""
    pieces: tuple[Service | Seat | Span | Absence, ...] = (*career.services, *career.seats)
    for piece in (*pieces, *career.spans, *career.absences):
        yield piece.starts
        yield piece.ends
    for span in career.spans:
        if span.name == "term_end":
            yield date.fromisoformat(span.value)
    for absence in career.absences:
        if absence.planned is not None:
            yield absence.planned


def _settled(desk: Desk, record: Record, person: str, base: date) -> bool:
    """Whether the same row would file nothing any more."""
    values = record.values
    if not values["uses_maiden_name"] and desk.value(person, "uses_maiden_name", base):
        return False
    return all(desk.value(person, n, base) == v for n, v in filed_values(values).items())
