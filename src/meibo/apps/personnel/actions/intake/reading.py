"""What one intake has before it: the package, and what the books have of those it concerns."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from meibo.apps.personnel.actions.intake.desk import Desk
from meibo.apps.personnel.actions.intake.fields import forgiving
from meibo.apps.personnel.actions.intake.recalling import concern, note_of, remembered, stamp
from meibo.domain.calendar import day_in_japan
from meibo.ledger import books, policy
from meibo.platform.feeds import Amendments, Definition, Package, load_definition, read_package


def read_in(
    definition: Path, folder: Path, now: datetime, amendments: Amendments, *, books_exist: bool
) -> Desk:
    """The package and what the books have of those concerned: of everyone, unless what is kept of
    the delivery before tells that most of it is as it was."""
    plan = load_definition(definition)
    if not books_exist:
        return _desk(plan, read_package(plan, folder, amendments), books.Shelf(), now)
    free = policy.table(day_in_japan(now)).free
    edge = books.ends()  # before anything is read: whoever writes meanwhile is noticed
    note = note_of(definition, plan.name)
    kept = None if amendments else remembered(note)
    seal = stamp(definition, free)
    recall = kept[0].recall() if kept else None
    package = read_package(plan, folder, amendments, stamp=seal, recall=recall)
    spares = kept is not None and package.seen is not None and package.seen.restored
    if kept is not None and spares:
        shelf = books.part(concern(plan.name, package, kept[1], kept[0]), kept[1])
    else:
        shelf = books.shelf()
    desk = _desk(plan, package, shelf, now)
    desk.free, desk.note, desk.edge = free, note, edge
    desk.before = kept[0] if kept is not None and spares else None
    return desk


def _desk(plan: Definition, package: Package, shelf: books.Shelf, now: datetime) -> Desk:
    free = policy.town_version().table.free
    found = list(package.findings)
    return Desk(plan, forgiving(package), shelf, now, findings=found, free=free)
