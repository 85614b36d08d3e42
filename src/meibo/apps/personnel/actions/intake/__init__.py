"""取込: a supplier's files into the books.

`check` shows everything that would happen and writes nothing; `load` takes what is right, in
one transaction, and keeps what is not as open findings. Loaded twice, it changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from meibo.apps.personnel.actions.intake.corrections import take_corrections
from meibo.apps.personnel.actions.intake.desk import TOKYO, Desk
from meibo.apps.personnel.actions.intake.findings import (
    Contents,
    amendments_of,
    keep_findings,
)
from meibo.apps.personnel.actions.intake.house import (
    house_recorded,
    take_codes,
    take_successions,
    take_units,
)
from meibo.apps.personnel.actions.intake.kept import keep_rows
from meibo.apps.personnel.actions.intake.masters import compare_masters
from meibo.apps.personnel.actions.intake.newcomers import open_accounts
from meibo.apps.personnel.actions.intake.orders import take_orders
from meibo.apps.personnel.actions.intake.reading import read_in
from meibo.apps.personnel.actions.intake.recalling import remember
from meibo.apps.personnel.actions.intake.troubles import (
    seats_in_abolished_units,
    settle_troubles,
)
from meibo.apps.personnel.actions.intake.truth import tell_the_truth
from meibo.domain.findings import Finding
from meibo.ledger import drawer, writer
from meibo.platform.audit.actions import Actor
from meibo.platform.feeds import NONE, Amendments, load_definition
from meibo.platform.proposals.actions import put

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an intake found and did (or would do)."""

    findings: list[Finding]
    summary: dict[str, int]


def check(
    definition: Path,
    folder: Path,
    *,
    now: datetime,
    progress: Progress | None = None,
    books_exist: bool = True,
) -> Outcome:
    """Everything that would happen; nothing is written. Without books, as if they were empty."""
    amendments: Amendments = NONE
    if books_exist:
        amendments = amendments_of(load_definition(definition).name, Contents(folder))
    desk = lay_out(definition, folder, now, progress, amendments, books_exist=books_exist)
    return _outcome(desk, written=False)


def load(
    definition: Path,
    folder: Path,
    *,
    actor: str,
    now: datetime,
    progress: Progress | None = None,
) -> Outcome:
    """Take what is right into the books, keep what is not as open findings: all or nothing."""
    with transaction.atomic():
        contents = Contents(folder)
        amendments = amendments_of(load_definition(definition).name, contents)
        desk = lay_out(definition, folder, now, progress, amendments)
        take_in(desk, actor=actor, now=now, progress=progress)
        keep_findings(desk.definition.name, desk.findings, now, contents, loaded=True)
    return _outcome(desk, written=True)


def take_in(desk: Desk, *, actor: str, now: datetime, progress: Progress | None = None) -> None:
    """Write what a desk would add. The caller's transaction holds it and the findings together."""
    _unannounced(desk)
    batch = desk.settle()
    if batch.people or batch.lines or batch.filings:
        writer.append_within(batch, actor=actor, now=now, progress=progress)
    put(desk.proposals, actor=Actor(actor), now=now)
    remember(desk)


def lay_out(
    definition: Path,
    folder: Path,
    now: datetime,
    progress: Progress | None = None,
    amendments: Amendments = NONE,
    *,
    books_exist: bool = True,
) -> Desk:
    """Read a package and work out, in memory, what it would add to the books."""
    said = progress or _silent
    said("ファイルを読む", 0, 5)
    desk = read_in(definition, folder, now, amendments, books_exist=books_exist)
    said("名簿と照らす", 1, 5)
    take_codes(desk)
    recorded = house_recorded(desk)
    take_units(desk, recorded)
    take_successions(desk, recorded)
    open_accounts(desk)
    said("発令を確かめる", 2, 5)
    take_orders(desk)
    take_corrections(desk)
    settle_troubles(desk)
    said("マスタと比べる", 3, 5)
    compare_masters(desk)
    seats_in_abolished_units(desk)
    keep_rows(desk)
    tell_the_truth(desk)
    said("内容を確かめました", 5, 5)
    return desk


def _silent(_what: str, _done: int, _total: int) -> None:
    """Nobody is watching."""


def _unannounced(desk: Desk) -> None:
    """Future orders that the package does not call announced go into the drawer, not the book."""
    if desk.definition.announced:
        return
    today = desk.now.astimezone(TOKYO).date()
    future = [x for x in desk.batch.lines if x.person and x.effective > today]
    if not future:
        return
    sourced = [(line, desk.batch.sources[line.no]) for line in future]
    desk.dropped |= {line.no for line in future}
    newcomers = _newcomers(desk)
    filed = [f for f in desk.batch.filings if f.subject in newcomers]
    title = f"{desk.definition.name}の未発令の異動"
    drawer.lay_in(title, sourced, newcomers, filed, now=desk.now)
    _withhold(desk, set(newcomers), today)


def _newcomers(desk: Desk) -> dict[str, str | None]:
    """Those who come by unannounced orders alone: id → staff number."""
    known = {x.person for x in desk.batch.lines if x.no not in desk.dropped}
    return {p: n for p, n in desk.batch.people.items() if p not in known}


def _withhold(desk: Desk, secret: set[str], today: date) -> None:
    """Who comes by an unannounced order, and what it would file, is not in the books either."""
    desk.batch.people = {p: n for p, n in desk.batch.people.items() if p not in secret}
    desk.batch.filings = [
        f
        for f in desk.batch.filings
        if f.subject.startswith(writer.UNIT) or (f.subject not in secret and f.effective <= today)
    ]


def _outcome(desk: Desk, *, written: bool) -> Outcome:
    batch = desk.settle()
    severities = Counter(f.severity.value for f in desk.findings)
    read = {
        f"read_{role}": len(rows) + desk.package.spared(role)
        for role, rows in desk.package.records.items()
    }
    added = {
        "people": len(batch.people),
        "orders": len(batch.lines),
        "filings": len(batch.filings),
        "findings": len(desk.findings),
        "written": int(written),
    }
    return Outcome(desk.findings, {**read, **added, **dict(sorted(severities.items()))})
