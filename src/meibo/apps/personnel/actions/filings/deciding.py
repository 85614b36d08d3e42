"""What a 庶務担当 and personnel do with filings: pass on, accept, return, take an acceptance back.

Accepting writes the filing into the book, effective from the day it names and recorded now; nobody
types anything a second time. Nobody decides about their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meibo.apps.personnel.actions.filings.kinds import KINDS
from meibo.apps.personnel.actions.filings.opening import (
    REASON,
    changed,
    may_decide,
    may_handle,
    own_turn,
    record_of,
    values_of,
)
from meibo.apps.personnel.actions.filings.own import GONE, FilingError, StaleError, noted
from meibo.apps.personnel.models import OpenFiling
from meibo.domain.calendar import day_in_japan
from meibo.domain.disclosure import Viewer
from meibo.ledger import filed
from meibo.ledger.vault import Vault
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor


@dataclass(frozen=True, slots=True)
class Marked:
    """A filing as somebody had it before them: its version, and the mark of the record beside it
    (None where no record was shown)."""

    number: int
    version: int
    record: int | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, seen as a viewer and as the audit log knows them."""

    viewer: Viewer
    actor: Actor


def accept(marked: Marked, by: By, *, now: datetime) -> OpenFiling:
    """Pass it on to whoever is next; the last one writes it into the book."""
    with transaction.atomic():
        filing = _theirs(marked, by)
        kind = KINDS[filing.kind]
        if marked.record not in {None, filed.mark(filing.person, kind.fields)}:
            raise StaleError(
                "開いている間に、この人の記録が変わりました。もう一度確かめてください。"
            )
        steps = filing.route.split()
        if filing.step == "clerk" and "hr" in steps and not by.viewer.holds("hr"):
            noted("check", filing, by.actor, now)
            filing.step, filing.checked_by = "hr", by.actor.name
            return changed(filing, now)
        noted("accept", filing, by.actor, now)
        _enter(filing, by.actor, now)
        filing.state, filing.step = OpenFiling.ACCEPTED, ""
        filing.decided_by, filing.decided_at = by.actor.name, now
        return changed(filing, now)


def give_back(marked: Marked, reason: str, by: By, *, now: datetime) -> OpenFiling:
    """Return it to its person, saying why."""
    with transaction.atomic():
        filing = _theirs(marked, by)
        _why(filing, reason)
        noted("return", filing, by.actor, now)
        filing.state, filing.step = OpenFiling.RETURNED, ""
        filing.decided_by, filing.decided_at = by.actor.name, now
        return changed(filing, now)


def undo(marked: Marked, reason: str, by: By, *, now: datetime) -> OpenFiling:
    """Take an acceptance back: the book cancels what the filing wrote, and says so."""
    with transaction.atomic():
        filing = _marked(marked)
        if filing.state != OpenFiling.ACCEPTED:
            raise StaleError(GONE)
        final = "hr" if "hr" in filing.route.split() else "clerk"
        if not may_handle(by.viewer, filing) or not (final == "clerk" or by.viewer.holds("hr")):
            raise FilingError("この届の受付は、あなたには取り消せません。")
        _why(filing, reason)
        noted("undo", filing, by.actor, now)
        filed.take_back(filing.source, actor=by.actor.name, now=now)
        filing.state, filing.decided_by, filing.decided_at = OpenFiling.UNDONE, by.actor.name, now
        return changed(filing, now)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of several at once. `accepted`: kinds that are in the book now; `passed`: how
    many went on to whoever is next; `returned`; `waiting`: how many were left because it is
    somebody else's turn; `refused`: what is to be said of the others, and of how many."""

    accepted: tuple[str, ...] = ()
    passed: int = 0
    returned: int = 0
    waiting: int = 0
    refused: tuple[tuple[str, int], ...] = ()


def decide_many(
    marks: Iterable[Marked], reason: str | None, by: By, *, now: datetime, bulk: bool = False
) -> Outcome:
    """Accept several, or return them for one reason. Each stands for itself: one that somebody
    else was quicker with does not hold up the rest. In `bulk` nobody takes another one's turn: who
    would skip a step opens that filing and sees what is skipped."""
    marks, done, refused = list(marks), [], Counter[str]()
    theirs = _turns(marks, by.viewer) if bulk else {marked.number for marked in marks}
    for marked in marks:
        if marked.number not in theirs:
            continue
        try:
            if reason is None:
                done.append(accept(marked, by, now=now))
            else:
                done.append(give_back(marked, reason, by, now=now))
        except FilingError as error:
            refused[str(error)] += 1
    states = Counter(filing.state for filing in done)
    return Outcome(
        tuple(filing.kind for filing in done if filing.state == OpenFiling.ACCEPTED),
        states[OpenFiling.SENT],
        states[OpenFiling.RETURNED],
        sum(marked.number not in theirs for marked in marks),
        tuple(refused.items()),
    )


def _turns(marks: Iterable[Marked], viewer: Viewer) -> set[int]:
    """The numbers of those that are not waiting for somebody else. One that is decided already is
    among them: of it there is something else to say."""
    rows = OpenFiling.objects.filter(pk__in=[marked.number for marked in marks])
    return {
        row.pk
        for row in rows
        if own_turn(viewer, row) or row.state != OpenFiling.SENT or not may_decide(viewer, row)
    }


def _enter(filing: OpenFiling, actor: Actor, now: datetime) -> None:
    """Append to the book of filings what the answers make of the record of that day."""
    kind, day = KINDS[filing.kind], filing.effective or day_in_japan(now)
    made = kind.made(values_of(filing), record_of(filing.person, kind, day))
    lines = [
        NewFiling(filing.person, name, value, day, now, source=filing.source)
        for name, value in made.items()
    ]
    append(Batch(filings=lines), actor=actor.name, now=now)


def _theirs(marked: Marked, by: By) -> OpenFiling:
    filing = _marked(marked)
    if not may_decide(by.viewer, filing):
        if filing.state != OpenFiling.SENT:
            raise StaleError(GONE)
        raise FilingError("自分の届や、担当でない届は受け付けられません。")
    return filing


def _marked(marked: Marked) -> OpenFiling:
    found = OpenFiling.objects.select_for_update().filter(pk=marked.number).first()
    if found is None or found.version != marked.version:
        raise StaleError(GONE)
    return found


def _why(filing: OpenFiling, reason: str) -> None:
    text = reason.strip()
    if not text:
        raise FilingError("わけを書いてください。本人が読んで、直せるように書きます。")
    vault = Vault()
    vault.prepare([filing.person])
    filing.reason = vault.seal(filing.person, REASON, text[:400])
