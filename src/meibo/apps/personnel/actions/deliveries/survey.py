"""What would happen, counted by file so that the counts sum, from a desk that is laid out."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from meibo.apps.personnel.actions.intake.desk import Desk, midnight
from meibo.apps.personnel.actions.intake.kept import ROLES
from meibo.domain.findings import Severity
from meibo.ledger.writer import UNIT
from meibo.platform.feeds import Record, Role
from meibo.platform.feeds.recognising import ROLE_LABELS

Row = tuple[str, str, int]
_TABLES = frozenset({"gaiji", "codes"})


@dataclass(slots=True)
class FileLine:
    """One file: `read` is the sum of all that follow."""

    file: str
    label: str
    read: int = 0
    changes: int = 0  # rows that bring something new
    unchanged: int = 0  # rows that say what the roster has already
    looked_up: int = 0  # rows of code tables, by which the others are read
    refused: int = 0  # rows that are not taken: there is a finding
    left_out: int = 0  # rows that somebody chose not to take


def count_files(desk: Desk) -> list[FileLine]:
    """The files of a package, in the order read."""
    lines: dict[tuple[str, str], FileLine] = {}
    bringing, refused = _bringing(desk), _refused_by_books(desk)
    for count in desk.package.counts:
        key = count.file, count.role
        line = lines.setdefault(key, FileLine(count.file, ROLE_LABELS[Role(count.role)]))
        line.read += count.read
        line.refused += count.refused
        line.left_out += count.left_out
        line.unchanged += count.spared
    for role, records in desk.package.records.items():
        for record in records:
            line = lines[record.file, role]
            row = record.file, role, record.number
            if role in _TABLES:
                line.looked_up += 1
            elif row in bringing:
                line.changes += 1
            elif row in refused:
                line.refused += 1
            else:
                line.unchanged += 1
    return list(lines.values())


def _bringing(desk: Desk) -> set[Row]:
    """The rows from which something new comes into the books."""
    taken = [line for line in desk.batch.lines if line.no not in desk.dropped]
    rows = {_row(desk.origins[line.no]) for line in taken if line.no in desk.origins}
    filed: dict[str, set[str]] = defaultdict(set)
    moments: set[tuple[str, datetime]] = set()
    for filing in desk.batch.filings:
        filed[filing.subject].add(filing.field)
        moments.add((filing.subject, filing.recorded))
    moments |= {(line.person, line.recorded) for line in taken}
    days = {line.effective for line in taken if line.successions}
    for role, records in desk.package.records.items():
        rows |= {_row(r) for r in records if _brings(desk, role, r, filed, moments, days)}
    return rows


def _brings(
    desk: Desk,
    role: str,
    record: Record,
    filed: dict[str, set[str]],
    moments: set[tuple[str, datetime]],
    days: set[Any],
) -> bool:
    v = record.values
    if role == "successions":
        return v["day"] in days
    if role == "units":
        return any(not name.startswith("duty:") for name in filed.get(UNIT + str(v["code"]), ()))
    if role == "duties":
        name = f"duty:{int(str(v['line_no'] or 0)):03d}"
        return name in filed.get(UNIT + str(v["unit"]), ())
    person = desk.person(v["staff_no"]) if "staff_no" in v else None
    if person is None:
        return False
    if role in ROLES:
        return f"kept:{role}" in filed.get(person, ())
    if role == "master" and record.base:
        return (person, min(midnight(record.base), desk.now)) in moments
    return False


def _refused_by_books(desk: Desk) -> set[Row]:
    """Rows that could be read and can't be taken as the books are."""
    places = {
        (f.file, f.record)
        for f in desk.findings[len(desk.package.findings) :]
        if f.severity is Severity.REJECT and f.record
    }
    return {
        _row(record)
        for records in desk.package.records.values()
        for record in records
        if (record.file, record.number) in places
    }


def _row(record: Record) -> Row:
    return record.file, record.role, record.number


def count_findings(desk: Desk) -> dict[str, dict[str, int]]:
    """Findings by severity, and by code."""
    return {
        "severity": dict(Counter(f.severity.value for f in desk.findings)),
        "code": dict(Counter(f.code for f in desk.findings)),
    }


def report_of(desk: Desk, kinds: dict[str, dict[str, int]]) -> dict[str, Any]:
    """Everything that is told in numbers; no value of a person is in it."""
    batch = desk.settle()
    return {
        "files": [asdict(line) for line in count_files(desk)],
        "kinds": kinds,
        "findings": count_findings(desk),
        "people": len(batch.people),
        "orders": len(batch.lines),
        "filings": len(batch.filings),
    }
