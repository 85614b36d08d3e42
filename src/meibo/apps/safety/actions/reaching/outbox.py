"""What is due, taken and recorded: the only place that changes the state of what is being sent.

queued → sending when it is taken, → sent, refused, failed or queued again when its carrier has
answered. Whoever finds something `sending` at the start knows that its process was killed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from meibo.apps.safety.actions.reaching.keys import key_of, model_of
from meibo.apps.safety.actions.reaching.letters import (
    Envelope,
    Letter,
    NoticeWords,
    Said,
    TrialWords,
    Verdict,
    Words,
)
from meibo.apps.safety.models import (
    Bulletin,
    Check,
    Message,
    Notice,
    Posted,
    Question,
    Receipt,
    Trial,
)
from meibo.apps.safety.queries.routes import ADDRESS
from meibo.domain.safety.gateways import Reaching
from meibo.ledger import bulk
from meibo.ledger.vault import Vault

MOST_TRIES = 8
MOST_LOST = 2
"""So often a message may go out without an answer: the second may be the one duplicate. Who got
one already because a sender was killed gets no second one."""
_DUE = (
    *("pk", "called__person", "address", "tries", "lost"),
    *("called_id", "called__repeated", "called__check_asked_id", "called__answered_at"),
    *("called__arrived_at", "bulletin_id"),
)
_OWN = ("pk", "person", "address", "tries", "lost")
_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter, by whom."""

    letter: Letter
    said: Said
    provider: str


def taken(route: str, most: int, reaching: Reaching, now: datetime) -> list[Letter]:
    """Take what is due by a route. Who has answered, is here, has read the instruction, or is asked
    no more, is left alone."""
    due = Message.objects.filter(route=route, state=Posted.QUEUED, due_at__lte=now)
    rows = list(due.order_by("due_at", "pk").values_list(*_DUE)[:most])
    checks = Check.objects.in_bulk({check for *_, check, _, _, _ in rows})
    over = {check.pk for check in checks.values() if check.closed_at or check.until <= now}
    told = Bulletin.objects.in_bulk({row[-1] for row in rows if row[-1] is not None})
    read = _read(told)
    wanted: list[tuple[Any, ...]] = []
    quiet: list[tuple[Any, ...]] = []
    for row in rows:
        *_, called, _, check, answered, arrived, bulletin = row
        done = (answered or arrived) if bulletin is None else (bulletin, called) in read
        (quiet if done or check in over else wanted).append(row)
    if quiet:
        held = Message.objects.filter(pk__in=[row[0] for row in quiet], state=Posted.QUEUED)
        held.update(state=Posted.DROPPED)
    vault = Vault()
    vault.prepare({row[1] for row in wanted})
    words = {
        (check, bulletin): Words(checks[check], reaching, told.get(bulletin))
        for check, bulletin in {(row[-4], row[-1]) for row in wanted}
    }
    letters = []
    for row in wanted:
        *own, called, repeated, check, _, _, bulletin = row
        envelope = _envelope(Message, tuple(own), vault)
        if repeated:
            envelope = replace(envelope, most=MOST_LOST - 1)
        letters.append(Letter(envelope, words[check, bulletin], called))
    _take(Message, [row[0] for row in wanted])
    return letters


def _read(bulletins: Collection[int]) -> set[tuple[int, int]]:
    """Who has read which of these instructions already."""
    if not bulletins:
        return set()
    rows = Receipt.objects.filter(bulletin__in=list(bulletins))
    return set(rows.values_list("bulletin_id", "called_id"))


def trials_taken(route: str, most: int, reaching: Reaching, now: datetime) -> list[Letter]:
    """Take the trials that are due by a route."""
    due = Trial.objects.filter(route=route, state=Posted.QUEUED, due_at__lte=now)
    rows = list(due.order_by("pk").values_list(*_OWN)[:most])
    if not rows:
        return []
    vault = Vault()
    vault.prepare({row[1] for row in rows})
    words = TrialWords(reaching)
    letters = [Letter(_envelope(Trial, row, vault), words) for row in rows]
    _take(Trial, [row[0] for row in rows])
    return letters


def notices_taken(route: str, most: int, reaching: Reaching, now: datetime) -> list[Letter]:
    """Take what tells of questions by a route. That one is asked is no news when it has ended."""
    due = Notice.objects.filter(route=route, state=Posted.QUEUED, due_at__lte=now)
    rows = list(due.order_by("pk").values_list(*_OWN, "question_id", "ended")[:most])
    if not rows:
        return []
    questions = Question.objects.in_bulk({row[-2] for row in rows})
    late = [row[0] for row in rows if questions[row[-2]].answer and not row[-1]]
    Notice.objects.filter(pk__in=late, state=Posted.QUEUED).update(state=Posted.DROPPED)
    rows = [row for row in rows if row[0] not in late]
    vault = Vault()
    vault.prepare({row[1] for row in rows})
    letters = [
        Letter(_envelope(Notice, own, vault), NoticeWords(questions[question], ended, reaching))
        for *own, question, ended in rows
    ]
    _take(Notice, [row[0] for row in rows])
    return letters


def _envelope(model: type[Posted], row: Sequence[Any], vault: Vault) -> Envelope:
    """From what stands in a row under _OWN."""
    number, person, address, tries, lost = row
    # The address is gone with the person's key; the letter is then refused for want of one.
    opened = vault.open(person, ADDRESS, address) or ""
    return Envelope(number, key_of(model, number), person, opened, tries + 1, lost)


def _take(model: type[Posted], numbers: list[int]) -> None:
    if numbers:
        bulk.update(model, numbers, {"state": Posted.SENDING}, {"state": Posted.QUEUED})


def record(outcomes: Iterable[Outcome], now: datetime) -> None:
    """Write down what carriers said. What is no longer `sending` was reported of meanwhile, and
    the report knows better."""
    groups: dict[tuple[type[Posted], tuple[tuple[str, object], ...]], list[int]] = {}
    for each in outcomes:
        model = model_of(each.letter.key)
        changes = tuple(_changes(each, now).items())
        groups.setdefault((model, changes), []).append(each.letter.envelope.number)
    with transaction.atomic():
        for (kind, changes), numbers in groups.items():
            bulk.update(kind, numbers, dict(changes), {"state": Posted.SENDING})


def _changes(outcome: Outcome, now: datetime) -> dict[str, object]:
    said, envelope = outcome.said, outcome.letter.envelope
    known: dict[str, object] = {
        "provider": outcome.provider,
        "trouble": said.trouble[:200],
        "tries": envelope.tries,
        "lost": envelope.lost,
    }
    again = {**known, "state": Posted.QUEUED, "due_at": now + _PAUSE}
    if said.verdict is Verdict.SENT:
        return {**known, "state": Posted.SENT, "sent_at": now, "reference": said.reference}
    if said.verdict is Verdict.REFUSED:
        return {**known, "state": Posted.REFUSED, "told_at": now}
    if said.verdict is Verdict.WAIT:
        soon = now + timedelta(seconds=1)
        return {"state": Posted.QUEUED, "due_at": soon, "tries": envelope.tries - 1}
    if said.verdict is Verdict.DOWN:
        return {**again, "tries": envelope.tries - 1}  # nobody was asked about this letter
    if said.verdict is Verdict.LOST and envelope.lost >= envelope.most:
        lost = f"{said.trouble} 答えのないまま{envelope.lost}回送りました。届いたかもしれません。"
        return {**known, "state": Posted.FAILED, "trouble": lost[:200], "told_at": now}
    if envelope.tries >= MOST_TRIES:
        return {**known, "state": Posted.FAILED, "told_at": now}
    pause = min(timedelta(seconds=15) * 2**envelope.tries, timedelta(minutes=15))
    return {**again, "due_at": now + pause}
