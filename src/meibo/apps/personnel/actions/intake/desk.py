"""The desk of one intake: what is in the books, what the package brings, what would be added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from meibo.apps.personnel.actions.intake.memory import Mark, Memory
from meibo.domain.book import (
    OPEN,
    Career,
    Effect,
    Filing,
    Line,
    Period,
    fold,
    fold_filings,
    standing,
    standing_filings,
    state_on,
)
from meibo.domain.findings import Finding, Severity
from meibo.domain.free_fields import FreeField
from meibo.ledger.books import Shelf
from meibo.ledger.writer import UNIT, Batch, NewFiling, new_id
from meibo.platform.feeds import Definition, Package, Record
from meibo.platform.proposals.actions import New

TOKYO = ZoneInfo("Asia/Tokyo")
_BESIDE = frozenset({Effect.ENTER, Effect.ADD, Effect.RELIEVE})
"""Effects that tell nothing of the main place before them."""
_FUTURE_FILING = 10**12


def midnight(day: date) -> datetime:
    """0:00 of a day in Tokyo, which is what a source means that states only a day."""
    return datetime.combine(day, time(), TOKYO)


@dataclass(slots=True)
class Desk:
    """What one intake has before it. Nothing is written until the batch is appended."""

    definition: Definition
    package: Package
    shelf: Shelf
    now: datetime
    batch: Batch = field(default_factory=Batch)
    findings: list[Finding] = field(default_factory=list)
    origins: dict[int, Record] = field(default_factory=dict)  # line → the record it comes from
    dropped: set[int] = field(default_factory=set)
    flags: set[tuple[str, int | None, str]] = field(default_factory=set)
    masters: dict[str, list[Record]] = field(default_factory=dict)
    careers: dict[str, dict[date | None, Career]] = field(default_factory=dict)
    periods: dict[str, dict[str, list[Period]]] = field(default_factory=dict)  # by subject, field
    fields: dict[str, dict[str, list[Filing]]] = field(default_factory=dict)  # the same, not folded
    told: frozenset[str] | None = None  # entered by history
    inferred: dict[tuple[str, int, str], str] = field(default_factory=dict)  # cell → what was done
    proposals: list[New] = field(default_factory=list)
    late: dict[int, datetime] = field(default_factory=dict)  # line → moment its source states
    free: Mapping[str, FreeField] = field(default_factory=dict)  # the town's own fields
    note: str = ""  # under which name it is kept for the next delivery
    edge: tuple[int, int] = (0, 0)  # where the books ended when they were read
    before: Memory | None = None  # of the delivery before, where lines of this one were spared
    mark: Mark = field(default_factory=Mark)  # before the masters were compared

    @property
    def known_until(self) -> date | None:
        """The day of the newest master that the books were opened or compared with before."""
        if self.shelf.opened is not None:
            return self.shelf.opened.astimezone(TOKYO).date()
        days = [
            line.recorded.astimezone(TOKYO).date()
            for source, line in self.shelf.sources.items()
            if source.startswith(self.source("opening", "")) and line.no < _FUTURE_FILING
        ]
        return max(days, default=None)

    def entered_by_history(self) -> frozenset[str]:
        """Staff numbers of those whose first 採用 the package's history (異動履歴) tells."""
        if self.told is None:
            terms = self.definition.terms
            enters = {c for c, term in terms.items() if term.effect is Effect.ENTER}
            rows = [r.values for r in self.package.records.get("history", [])]
            self.told = frozenset(str(v["staff_no"]) for v in rows if v["kind"] in enters)
        return self.told

    def called(self, table: str, code: str) -> str:
        """What the package's own table calls a code; the code where it has none."""
        row = self.package.tables.get(table, {}).get(code)
        return row.name if row else code

    # -- people ---------------------------------------------------------------

    def person(self, staff_no: str | None) -> str | None:
        """The id of a person that the books or this intake know."""
        return self.shelf.numbers.get(staff_no or "")

    def welcome(self, staff_no: str) -> str:
        """The id of a person, given now if need be."""
        known = self.person(staff_no)
        if known is None:
            known = new_id()
            self.shelf.numbers[staff_no] = known
            self.batch.people[known] = staff_no
        return known

    # -- orders ---------------------------------------------------------------

    def source(self, *parts: object) -> str:
        """A name for where a line comes from; the same line of the same package has the same."""
        return ":".join([self.definition.name, *map(str, parts)])

    def order(self, line: Line, source: str, record: Record | None = None) -> Line:
        """Take a line, unless the books have it from the same source already."""
        known = self.shelf.sources.get(source)
        if known is not None:
            if record is not None:
                self.origins[known.no] = record
            return known
        taken = self.batch.add(line, source)
        self.shelf.sources[source] = taken
        self._changed(taken.person)
        self.shelf.lines.setdefault(taken.person, []).append(taken)
        if record is not None:
            self.origins[taken.no] = record
        return taken

    def drop(self, line: Line) -> None:
        """Take a line of this intake back, with what hangs on it."""
        self.dropped.add(line.no)
        self._changed(line.person)
        for other in list(self.shelf.lines.get(line.person, [])):
            if line.no in (other.voids, other.completes) and other.no not in self.dropped:
                self.drop(other)
        own = self.shelf.lines[line.person]
        self.shelf.lines[line.person] = [x for x in own if x.no not in self.dropped]

    def lines(self, person: str, known: date | None = None) -> list[Line]:
        """A person's lines and the house's; with `known`, without what was recorded later."""
        lines = [*self.shelf.lines.get("", []), *self.shelf.lines.get(person, [])]
        if known is None:
            return lines
        end = midnight(known + timedelta(days=1))
        return [x for x in lines if x.no not in self.late or self.late[x.no] < end]

    def career(self, person: str, known: date | None = None) -> Career:
        """The fold of a person's lines as they stand on this desk."""
        kept = self.careers.setdefault(person, {})
        known = known if self.late else None  # nothing here was recorded later than any day
        if known not in kept:
            kept[known] = fold(self.lines(person, known))
        return kept[known]

    def _changed(self, person: str) -> None:
        """A person's lines (or the house's) are others now: what was folded is stale."""
        if person:
            self.careers.pop(person, None)
        else:
            self.careers.clear()

    def standing(self, person: str) -> list[Line]:
        """The lines of a person that count, in order of time."""
        own = [x for x in standing(self.lines(person)) if x.person]
        return sorted(own, key=lambda line: (line.effective, line.no))

    def state(self, person: str, on: date, known: date | None = None) -> dict[str, Any] | None:
        """A person's state on a day by orders alone; None when not in service."""
        return state_on(self.career(person, known), on)

    # -- filings --------------------------------------------------------------

    def filed(self, subject: str, name: str) -> list[Period]:
        """What is filed of one field of a subject, in order of time."""
        kept = self.periods.setdefault(subject, {})
        if name not in kept:
            kept[name] = fold_filings(self._filings(subject).get(name, ()))
        return kept[name]

    def value(self, subject: str, name: str, on: date) -> str | None:
        """The value of a field on a day."""
        own = self._filings(subject).get(name, ())
        if len(own) == 1:  # as nearly always: nothing to fold
            return own[0].value if own[0].effective <= on < own[0].until else None
        return next((p.value for p in self.filed(subject, name) if p.starts <= on < p.ends), None)

    def _filings(self, subject: str) -> Mapping[str, Sequence[Filing]]:
        """A subject's filings that count, by field."""
        kept = self.fields.get(subject)
        if kept is None:
            if subject.startswith(UNIT):
                self.shelf.know_units()
            kept = self.fields[subject] = defaultdict(list)
            for filing in standing_filings(self.shelf.filings.get(subject, ())):
                kept[filing.field].append(filing)
        return kept

    def file(
        self,
        subject: str,
        name: str,
        value: str | None,
        effective: date,
        recorded: datetime,
        until: date = OPEN,
    ) -> None:
        """Take a filing, unless the books say the same for the whole time already."""
        if subject.startswith(UNIT):
            self.shelf.know_units()
        own = self.shelf.filings.setdefault(subject, [])
        for known in own:
            if known.field != name or known.value != value:  # as nearly always
                continue
            if (known.effective, known.until) == (effective, until):
                return
        brought = self.definition.name[:200]  # by which it is told from what people filed
        new = NewFiling(subject, name, value, effective, recorded, until, source=brought)
        number = _FUTURE_FILING + len(self.batch.filings)
        self.batch.filings.append(new)
        own.append(Filing(number, subject, name, value, effective, recorded, until))
        self.periods.pop(subject, None)
        self.fields.pop(subject, None)

    # -- findings -------------------------------------------------------------

    def header(self, role: str, name: str) -> str:
        """What the column of a field is called in this package's files."""
        for spec in self.definition.files:
            if str(spec.role) == role:
                for column in spec.columns:
                    if column.name == name:
                        return column.header
        return ""

    def find(
        self,
        record: Record,
        name: str,
        severity: Severity,
        code: str,
        message: str,
        action: str,
        value: object = None,
    ) -> None:
        """Add a finding about a field of a record."""
        shown = record.values.get(name) if value is None else value
        self.findings.append(
            Finding(
                file=record.file,
                record=record.number,
                column=self.header(record.role, name),
                staff_no=str(record.values.get("staff_no") or ""),
                value="" if shown is None else str(shown),
                severity=severity,
                message=message,
                action=action,
                code=code,
            )
        )

    def flagged(self, record: Record, name: str) -> bool:
        """Whether reading the files found something wrong with this cell that it could not mend."""
        if not self.flags:
            self.flags |= {
                (f.file, f.record, f.column)
                for f in self.package.findings
                if f.severity is not Severity.NORMALISED
            }
        return (record.file, record.number, self.header(record.role, name)) in self.flags

    def masters_of(self, staff_no: str) -> list[Record]:
        """A person's records in every master of the package."""
        if not self.masters:
            for record in self.package.records.get("master", []):
                self.masters.setdefault(str(record.values["staff_no"]), []).append(record)
        return self.masters.get(staff_no, [])

    def first_move(self, staff_no: str, after: date) -> Record | None:
        """The first order after a day that leaves a person's main place."""
        terms = self.definition.terms
        leaving = {c for c, t in terms.items() if t.effect not in _BESIDE}
        found = [
            r
            for r in self.package.records.get("orders", [])
            if r.values["staff_no"] == staff_no
            and r.values["kind"] in leaving
            and r.values["effective"]
            and r.values["effective"] > after
        ]
        return min(found, key=lambda r: r.values["effective"], default=None)

    def settle(self) -> Batch:
        """The batch without what was dropped."""
        self.batch.lines = [x for x in self.batch.lines if x.no not in self.dropped]
        return self.batch
