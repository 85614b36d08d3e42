"""What an intake found, kept as the list of findings that people settle (取込の指摘)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.db.models import Q

from meibo.apps.personnel.models import OpenFinding
from meibo.domain.findings import Finding
from meibo.ledger import bulk
from meibo.platform.feeds import Amendment, Amendments, by_row

ACCEPT, LEAVE_OUT, CORRECT, GONE = "accept", "leave_out", "correct", "gone"
AMENDING = (LEAVE_OUT, CORRECT)
"""Ways of settling that change what is read from the file they were said of."""
_BATCH = 500
Key = tuple[str, int, str, str, str]


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a delivery, by its name."""
    return {p.name: _digest(p) for p in sorted(folder.iterdir()) if p.is_file()}


class Contents(Mapping[str, str]):
    """What `digests` tells of a delivery, of each file when it is asked for: most never are."""

    def __init__(self, folder: Path) -> None:
        self._paths = {p.name: p for p in sorted(folder.iterdir()) if p.is_file()}
        self._known: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._known:
            self._known[name] = _digest(self._paths[name])
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def amendments_of(package: str, contents: Mapping[str, str]) -> Amendments:
    """What was settled about rows of just these files, in this and in earlier intakes."""
    rows = OpenFinding.objects.filter(package=package, way__in=AMENDING, record__gt=0)
    return by_row(
        Amendment(
            row.file,
            row.record,
            leaves_out=row.way == LEAVE_OUT,
            column=row.column,
            value=row.correction,
            instead_of=row.value,
        )
        for row in rows
        if contents.get(row.file) == row.digest
    )


def keep_findings(
    package: str,
    found: Iterable[Finding],
    now: datetime,
    contents: Mapping[str, str],
    *,
    intake: int = 0,
    loaded: bool = False,
) -> None:
    """Put findings on the list, one a place and kind.

    What was settled stays settled: at the same place, and where somebody confirmed the same value
    of the same person before, whatever the file is called now. A row left out or a cell corrected
    waits again when the file's content is another one. What a file no longer shows is gone.
    """
    rows = {_key(f): _row(package, f, now, intake, pending=not loaded) for f in found}
    files = {*contents, *(file for file, *_ in rows)}
    here = Q(file__in=files) | Q(way=ACCEPT)  # of other files the list only grows
    before = {_stored(o): o for o in OpenFinding.objects.filter(here, package=package)}
    confirmed = {_same(o): o for o in before.values() if o.way == ACCEPT and o.staff_no}
    fresh = [row for key, row in rows.items() if key not in before]
    for row in fresh:
        earlier = confirmed.get(_same(row))
        if earlier is not None:
            _settle_like(row, earlier)
    told = ([getattr(row, name) for name in _COLUMNS] for row in fresh)
    bulk.insert_new(OpenFinding, _COLUMNS, told)
    again = [before[key] for key in rows if key in before]
    others = [old for old in again if _meet_again(old, rows[_stored(old)], contents)]
    OpenFinding.objects.bulk_update(others, _CHANGING, batch_size=_BATCH)
    missed = [o for key, o in before.items() if key not in rows and o.file in contents]
    _miss(missed, now, intake, loaded=loaded)


_SETTLING = ("settled", "settled_by", "way", "note", "correction", "digest", "version")
_CHANGING = ("intake", "pending", "message", "action", "severity", "value", *_SETTLING)
_COLUMNS = (
    *("package", "file", "record", "column", "staff_no", "value", "severity", "code"),
    *("message", "action", "found", "intake", "pending", *_SETTLING),
)


def _row(
    package: str, finding: Finding, now: datetime, intake: int, *, pending: bool
) -> OpenFinding:
    return OpenFinding(
        package=package,
        file=finding.file,
        record=finding.record or 0,
        column=finding.column,
        staff_no=finding.staff_no,
        value=finding.value,
        severity=finding.severity.value,
        code=finding.code,
        message=finding.message,
        action=finding.action,
        found=now,
        intake=intake,
        pending=pending,
    )


def _key(f: Finding) -> Key:
    return f.file, f.record or 0, f.column, f.staff_no, f.code


def _stored(o: OpenFinding) -> Key:
    return o.file, o.record, o.column, o.staff_no, o.code


def _same(o: OpenFinding) -> tuple[str, str, str, str]:
    """The same thing said of the same person, whatever the file and the row."""
    return o.column, o.staff_no, o.code, o.value


def _settle_like(row: OpenFinding, earlier: OpenFinding) -> None:
    row.way, row.note = ACCEPT, earlier.note
    row.settled, row.settled_by = earlier.settled, earlier.settled_by


def _meet_again(old: OpenFinding, new: OpenFinding, contents: Mapping[str, str]) -> bool:
    """The same finding once more: what was confirmed holds. A correction that did not help, and
    one that was said of other content, is taken back. Returns whether anything is otherwise now."""
    before = [getattr(old, name) for name in _CHANGING]
    value = new.value
    if old.way in AMENDING:
        if contents.get(old.file, "") == old.digest:
            value = old.value
        reopen(old)
    elif old.way == GONE or (old.way == ACCEPT and old.value != value):
        reopen(old)
    old.intake = new.intake or old.intake
    old.pending = old.pending and new.pending
    old.message, old.action, old.severity = new.message, new.action, new.severity
    old.value = value
    return before != [getattr(old, name) for name in _CHANGING]


def reopen(finding: OpenFinding) -> None:
    """Let a finding wait again (not saved)."""
    finding.way = finding.note = finding.correction = finding.digest = finding.settled_by = ""
    finding.settled = None
    finding.version += 1


def _miss(missed: Collection[OpenFinding], now: datetime, intake: int, *, loaded: bool) -> None:
    """Findings that their file no longer shows. What only a preview had found goes without a
    trace; what was loaded once is told as gone, when the next load did not find it."""
    amended = [o.pk for o in missed if o.way in AMENDING]
    waiting = [o for o in missed if not o.way]
    for some in _parts(amended):
        rows = OpenFinding.objects.filter(pk__in=some)
        if intake:
            rows.update(intake=intake)
        if loaded:
            rows.update(pending=False)
    for some in _parts([o.pk for o in waiting if o.pending]):
        OpenFinding.objects.filter(pk__in=some).delete()
    if loaded:
        for some in _parts([o.pk for o in waiting if not o.pending]):
            OpenFinding.objects.filter(pk__in=some).update(way=GONE, settled=now)


def _parts(numbers: list[int]) -> Iterable[list[int]]:
    """In portions that every database takes in one question."""
    return (numbers[i : i + _BATCH] for i in range(0, len(numbers), _BATCH))
