"""Rows of a plan's grid, written: typed, pasted, from a file, removed, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction

from meibo.apps.personnel.actions.plans.making import noted
from meibo.domain.book import Line
from meibo.domain.calendar import parse_date
from meibo.domain.checking.cells import SEX, UNKNOWN, Lookup, Written, empty, key, read
from meibo.domain.renewal import HOURS, hours_field, read_clock
from meibo.ledger import drawer, writer
from meibo.ledger.drawer import DraftLine, DrawerError, LineChange
from meibo.platform.audit.actions import Actor

MOST = 5000
"""Rows that are taken at once."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row as it is to be: its cells as they were typed; those that are not given stay. `id` None:
    a new row."""

    id: int | None = None
    version: int | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    remove: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """What rows are written into."""

    number: int
    lookup: Lookup
    day: date
    actor: Actor
    now: datetime


def save(
    number: int,
    changes: Sequence[RowChange],
    lookup: Lookup,
    day: date,
    *,
    actor: Actor,
    now: datetime,
) -> list[DraftLine]:
    """Save rows, all or none; returns those that are new or other. Raises StaleError where somebody
    else saved first, DrawerError."""
    if len(changes) > MOST:
        raise DrawerError(f"一度に扱えるのは{MOST}行までです。分けてください。")
    place = _Place(number, lookup, day, actor, now)
    noted(number, "rows", actor=actor, now=now, count=len(changes))
    with transaction.atomic():
        wanted = [change.id for change in changes if change.id is not None]
        known = {line.id: line for line in drawer.some_lines(number, wanted)}
        entering: dict[str, str] = {}
        lines, filed = [], []
        for change in changes:
            old = known.get(change.id or 0)
            line, filings = _change(place, change, old, entering)
            filings = _carried(place, old, line, filings)
            lines.append(line)
            if filings and line.line:
                filed.append((line.line, filings))
        drawer.welcome(entering.values())
        saved = drawer.put(number, lines, account=actor.name, now=now)
        for entered, filings in filed:
            _file(place, entered, filings)
    return saved


def _change(
    place: _Place, change: RowChange, old: DraftLine | None, entering: dict[str, str]
) -> tuple[LineChange, Mapping[str, str]]:
    """The change of the drawer, and what is to be filed of the newcomer whom it speaks of."""
    if change.remove:
        return LineChange(None, change.id, change.version), {}
    if change.id is not None and old is None:  # removed by somebody else: the drawer says so
        return LineChange(_new(place, change).line, change.id, change.version), {}
    if old is None:
        return _entered(_new(place, change), LineChange(None), entering)
    kept = LineChange(old.line, change.id, change.version, old.newcomer, old.source)
    written = _own_number(old, change.cells) or read(
        change.cells, place.lookup, old.line, old.unread, place.day
    )
    return _entered(written, kept, entering)


def _carried(
    place: _Place, old: DraftLine | None, change: LineChange, filed: Mapping[str, str]
) -> Mapping[str, str]:
    """What is to be filed, with the weekly hours that lie there already where the row speaks of
    another appointment by now: they would be those of the wrong one."""
    if old is None or change.line is None or old.line.appointment == change.line.appointment:
        return filed
    person, field = old.line.person, hours_field(old.line.appointment)
    minutes = drawer.filed_of(place.number, person, field)
    if minutes is None:
        return filed
    drawer.unfile(place.number, person, field, account=place.actor.name, now=place.now)
    return {HOURS: f"{minutes}分" if minutes else "", **filed}


def _new(place: _Place, change: RowChange) -> Written:
    cells = {"person": "", "wording": "", **change.cells}
    return read(cells, place.lookup, empty(place.day, place.now), day=place.day)


def _own_number(old: DraftLine, cells: Mapping[str, str]) -> Written | None:
    """A newcomer's own staff number typed over; None where it is something else."""
    text = cells.get("person")
    if old.newcomer is None or text is None or not (text.isascii() and text.strip().isalnum()):
        return None
    return Written(old.line, old.unread, key(text)) if len(cells) == 1 else None


def _entered(
    written: Written, kept: LineChange, entering: dict[str, str]
) -> tuple[LineChange, Mapping[str, str]]:
    line, newcomer = written.line, kept.newcomer
    if written.newcomer is not None:
        newcomer = written.newcomer
        if line.person == UNKNOWN:
            line = _with_id(line, entering.setdefault(newcomer, writer.new_id()))
    elif kept.line is None or line.person != kept.line.person:
        newcomer = None
    change = LineChange(line, kept.id, kept.version, newcomer, kept.source, written.unread)
    hours = {name: text for name, text in written.filed.items() if name == HOURS}
    return change, written.filed if newcomer else hours


def _with_id(line: Line, person: str) -> Line:
    return replace(line, person=person)


def _file(place: _Place, line: Line, filed: Mapping[str, str]) -> None:
    """File what is told of somebody who enters: name, reading, birth date, weekly hours."""
    values = {name: " ".join(text.split()).replace(" ", "\u3000") for name, text in filed.items()}
    born = parse_date(values.get("birth_date", ""))
    if isinstance(born, date):
        values["birth_date"] = born.isoformat()
    if values.get("sex"):
        values["sex"] = SEX[key(values["sex"])]
    if HOURS in values:
        minutes = read_clock(values.pop(HOURS))
        values[hours_field(line.appointment)] = str(minutes or "")
    drawer.file(
        place.number,
        line.person,
        {name: text or None for name, text in values.items()},
        line.effective,
        account=place.actor.name,
        now=place.now,
    )


def add(
    number: int,
    rows: Sequence[Mapping[str, str]],
    lookup: Lookup,
    day: date,
    *,
    actor: Actor,
    now: datetime,
) -> list[DraftLine]:
    """Add rows of a pasted or uploaded table at the end."""
    changes = [RowChange(cells=cells) for cells in rows]
    return save(number, changes, lookup, day, actor=actor, now=now) if changes else []


def add_people(
    number: int, people: Sequence[str], day: date, *, actor: Actor, now: datetime
) -> list[DraftLine]:
    """Add a row for each of these people (of a found set), still without a place to go to."""
    noted(number, "people added", actor=actor, now=now, count=len(people))
    lines = [
        LineChange(_with_id(empty(day, now), person), unread={"wording": ""}) for person in people
    ]
    return drawer.put(number, lines, account=actor.name, now=now)


def undo(number: int, *, actor: Actor, now: datetime) -> bool:
    """Take the newest step back; False where there is none."""
    noted(number, "undo", actor=actor, now=now)
    return drawer.undo(number, account=actor.name, now=now)


def redo(number: int, *, actor: Actor, now: datetime) -> bool:
    """Do again what was taken back; False where there is nothing."""
    noted(number, "redo", actor=actor, now=now)
    return drawer.redo(number, account=actor.name, now=now)
