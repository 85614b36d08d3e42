"""名寄せ in the books: two ids joined as one person, one parted into two, and either taken back.

A join is a row of its own; nothing of the two is rewritten, so taking it back is exact. A parting
moves what belongs to somebody else by cancelling it and writing it again under an id, and a key, of
their own. Two clerks stand behind each; that they are two is the caller's to see to.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from meibo.domain.book import OPEN, Effect, Line
from meibo.ledger import draw, draw_units, joins, writer
from meibo.ledger.codec import filing_of, line_of
from meibo.ledger.models import BookLine, FilingLine, Joining, Person, Stretch
from meibo.ledger.vault import Vault
from meibo.ledger.writer import Batch, NewFiling

NUMBER = "staff_no"


class IdentityError(ValueError):
    """It can't be done; the message says why."""


@dataclass(frozen=True, slots=True)
class Clerks:
    """The two who answer for it."""

    proposed_by: str
    approved_by: str


def join(kept: str, joined: str, clerks: Clerks, *, now: datetime) -> int:
    """From now on both ids are one person, drawn under `kept`. Returns the number of the entry."""
    with transaction.atomic():
        writer.lock()
        _check_join(kept, joined)
        row = Joining.objects.create(
            kept=kept,
            joined=joined,
            recorded=now,
            proposed_by=clerks.proposed_by,
            approved_by=clerks.approved_by,
        )
        _redraw({kept, joined})
    return int(row.pk)


def undo_join(number: int, clerks: Clerks, *, now: datetime) -> None:
    """Take a join back: both are drawn by themselves again, each with what was written for it."""
    with transaction.atomic():
        writer.lock()
        pair = joins.numbered(number)
        if pair is None:
            raise IdentityError("この名寄せは、もう取り消されています。")
        people = set(joins.members(pair[0]))
        _refuse_shredded(people)
        Joining.objects.create(
            kept=pair[0],
            joined=pair[1],
            voids=number,
            recorded=now,
            proposed_by=clerks.proposed_by,
            approved_by=clerks.approved_by,
        )
        _redraw(people)


def _check_join(kept: str, joined: str) -> None:
    _refuse_shredded({kept, joined})
    groups = joins.groups()
    if groups.lead(kept) == groups.lead(joined):
        raise IdentityError("この二つの番号は、すでに同じ人として扱われています。")
    for person in (kept, joined):
        if groups.lead(person) != person:
            raise IdentityError(
                "ほかの番号に名寄せされた番号です。元の番号のほうを選んでください。"
            )


def _refuse_shredded(people: Collection[str]) -> None:
    known = dict(Person.objects.filter(pk__in=people).values_list("pk", "shredded"))
    if set(people) - known.keys():
        raise IdentityError("名簿にない番号です。")
    if any(known.values()):
        raise IdentityError("保存期間が過ぎて消された職員は、名寄せできません。")


def _redraw(people: set[str]) -> None:
    draw.redraw(people, units=draw_units.naming(people))


# -- parting ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of either book that may belong to somebody else: an order by its wording, a filing
    by its field."""

    no: int
    effective: date
    words: str
    unit: str | None = None
    post: str | None = None


def orders_of(person: str) -> list[Entry]:
    """The orders under one id that count, in order of time; what completes another goes with it."""
    rows = _alive_lines(person)
    kept = [line for line in rows if line.completes is None]
    found = [Entry(x.no, x.effective, x.wording, x.unit, x.post) for x in kept]
    return sorted(found, key=lambda entry: (entry.effective, entry.no))


def filings_of(person: str) -> list[Entry]:
    """The filings under one id that count, by field and time."""
    found = [Entry(row.no, row.effective, row.field) for row in _alive_filings(person)]
    return sorted(found, key=lambda entry: (entry.words, entry.effective, entry.no))


@dataclass(frozen=True, slots=True)
class Parting:
    """What of a person belongs to somebody else, by number, and that person's staff number."""

    person: str
    lines: frozenset[int]
    filings: frozenset[int]
    staff_no: str


def part(parting: Parting, source: str, *, actor: str, now: datetime) -> str:
    """Move lines and filings to somebody of their own; returns that id. `source` names the deed,
    so that it can be taken back."""
    with transaction.atomic():
        writer.lock()
        _refuse_shredded({parting.person})
        lines = _moved_lines(parting)
        filings = [row for row in _alive_filings(parting.person) if row.no in parting.filings]
        if len(filings) != len(parting.filings):
            raise IdentityError("選んだ届出は、もう変わっています。開き直してください。")
        other, batch = _newcomer(parting.staff_no)
        _move_lines(batch, lines, other, source, now)
        _move_filings(batch, filings, other, source, now)
        if parting.staff_no and not any(row.field == NUMBER for row in filings):
            first = min(line.effective for line in lines)
            number = NewFiling(other, NUMBER, parting.staff_no, first, now, OPEN, None, source)
            batch.filings.append(number)
        writer.append(batch, actor=actor, now=now)
    return other


def undo_part(person: str, other: str, source: str, *, actor: str, now: datetime) -> None:
    """Take a parting back: what was moved is the first person's again."""
    with transaction.atomic():
        writer.lock()
        _refuse_shredded({person, other})
        moved = BookLine.objects.filter(source=source).order_by("no")
        alive = {line.no for line in _alive_lines(other)}
        alive -= set(moved.values_list("no", flat=True))
        own = [row for row in _alive_filings(other) if row.source != source]
        if alive or own:
            raise IdentityError(
                "分けた後に、この人への発令や届出が書かれています。先にそれを取り消してください。"
            )
        if not _alive_lines(other):
            raise IdentityError("この分離は、もう取り消されています。")
        batch = Batch()
        for line in moved:
            void = Line(0, line.effective, now, Effect.VOID, line.person, "取消", voids=line.no)
            batch.add(void)
        for row in FilingLine.objects.filter(source=source).order_by("no"):
            taken = NewFiling(row.subject, row.field, None, row.effective, now, OPEN, row.no)
            batch.filings.append(taken)
        writer.append(batch, actor=actor, now=now)


def _alive_lines(person: str) -> list[Line]:
    lines = [line_of(row) for row in BookLine.objects.filter(person=person).order_by("no")]
    dead: set[int] = set()
    for line in reversed(lines):
        if line.voids is not None and line.no not in dead:
            dead.add(line.voids)
    return [line for line in lines if line.no not in dead and line.voids is None]


def _alive_filings(person: str) -> list[FilingLine]:
    rows = list(FilingLine.objects.filter(subject=person).order_by("no"))
    dead: set[int] = set()
    for row in reversed(rows):
        if row.voids is not None and row.no not in dead:
            dead.add(row.voids)
    return [row for row in rows if row.no not in dead and row.voids is None]


def _moved_lines(parting: Parting) -> list[Line]:
    alive = _alive_lines(parting.person)
    chosen = [line for line in alive if line.no in parting.lines and line.completes is None]
    if not chosen or len(chosen) != len(parting.lines):
        raise IdentityError(
            "分ける発令を選び直してください。選んでいないか、開いている間に変わりました。"
        )
    if len(chosen) == sum(line.completes is None for line in alive):
        raise IdentityError("すべての発令は分けられません。残る人の発令がなくなります。")
    return [*chosen, *(line for line in alive if line.completes in parting.lines)]


def _newcomer(staff_no: str) -> tuple[str, Batch]:
    """Somebody new, or who has this number and nothing else: one who was parted before."""
    row = Person.objects.filter(staff_no=staff_no).first() if staff_no else None
    if row is None:
        other = writer.new_id()
        return other, Batch(people={other: staff_no or None})
    if row.shredded or Stretch.objects.filter(person=joins.lead(row.pk)).exists():
        raise IdentityError("この職員番号は、ほかの人が使っています。")
    return str(row.pk), Batch()


def _move_lines(batch: Batch, lines: list[Line], other: str, source: str, now: datetime) -> None:
    became: dict[int, int] = {}
    for line in lines:
        void = Line(0, line.effective, now, Effect.VOID, line.person, "取消", voids=line.no)
        batch.add(void, source)
        completes = became.get(line.completes) if line.completes is not None else None
        copy = replace(line, no=0, person=other, recorded=now, completes=completes)
        became[line.no] = batch.add(copy, source).no


def _move_filings(
    batch: Batch, rows: list[FilingLine], other: str, source: str, now: datetime
) -> None:
    vault = Vault()
    for row in rows:
        filing = filing_of(row, vault)
        void = NewFiling(row.subject, row.field, None, row.effective, now, OPEN, row.no, source)
        copy = NewFiling(
            other, row.field, filing.value, row.effective, now, row.until, None, source
        )
        batch.filings += [void, copy]
