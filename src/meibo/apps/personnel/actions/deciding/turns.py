"""Approving and refusing, each in their turn."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from meibo.apps.personnel.actions.deciding.noting import note_deed
from meibo.apps.personnel.actions.deciding.standing import stands_for
from meibo.apps.personnel.actions.deciding.submitting import is_submitter
from meibo.apps.personnel.models import Submission, Turn
from meibo.ledger import drawer, writer
from meibo.ledger.drawer import APPROVED, SUBMITTED, DrawerError, NotNamedError
from meibo.platform.audit.actions import Actor

#: What is said to a decider whose page was open since before this.
_TOO_LATE = {
    Submission.APPROVED: "この案は、もう決裁が済んでいます。",
    Submission.REFUSED: "この案は、もう差し戻されています。",
    Submission.WITHDRAWN: "この案は、出した人が取り下げました。",
}


def approve(number: int, *, reason: str = "", actor: Actor, now: datetime, today: date) -> bool:
    """Approve a submission in one's turn, for oneself or for whom one stands for today. Returns
    whether that was the last turn. Raises DrawerError, where it has been decided, withdrawn or
    changed meanwhile, and NotNamedError for whom it is not to decide."""
    asked = _asked(number)
    note_deed(asked.plan, "決裁する", actor=actor, now=now)
    with transaction.atomic():
        turn = _take(number, Turn.APPROVE, reason, actor, now, today)
        last = not turn.submission.turns.filter(deed="").exists()
        if last:
            drawer.pass_on(
                asked.plan, APPROVED, expected=[SUBMITTED], version=asked.version, now=now
            )
            _end(turn.submission, Submission.APPROVED, now)
    return last


def refuse(number: int, *, reason: str, actor: Actor, now: datetime, today: date) -> None:
    """差戻し: the plan is a draft again, and the reason stands on it."""
    if not reason.strip():
        raise DrawerError("差し戻す理由を書いてください。直す人が読みます。")
    asked = _asked(number)
    note_deed(asked.plan, "差し戻す", actor=actor, now=now)
    with transaction.atomic():
        turn = _take(number, Turn.REFUSE, reason, actor, now, today)
        drawer.send_back(asked.plan, now=now, version=asked.version)
        _end(turn.submission, Submission.REFUSED, now)


def _asked(number: int) -> Submission:
    found = Submission.objects.filter(pk=number).first()
    if found is None:
        raise NotNamedError
    return found


def _take(number: int, deed: str, reason: str, actor: Actor, now: datetime, today: date) -> Turn:
    """Take the turn that it is, if it is this actor's and the plan is still what was submitted."""
    writer.lock()
    asked = _asked(number)
    if not any(stands_for(each, actor.name, today) for each in asked.turns.all()):
        raise NotNamedError
    if asked.state in _TOO_LATE:
        raise DrawerError(_TOO_LATE[asked.state])
    turn = asked.turns.filter(deed="").first()
    if turn is None or not stands_for(turn, actor.name, today):
        raise DrawerError("いまは、ほかの人が決裁する番です。")
    if is_submitter(actor.name, actor.person, asked.asked_by, asked.asker):
        raise DrawerError("自分が出した案は、自分では決裁できません。")
    plan = drawer.plan_for_house(asked.plan)
    if (plan.state, plan.version) != (SUBMITTED, asked.version):
        raise DrawerError("この案は、出されたあとに変わりました。")
    turn.deed, turn.reason = deed, reason.strip()
    turn.taken_by, turn.taker, turn.taken_at = actor.name, actor.person, now
    turn.save()
    return turn


def _end(asked: Submission, state: str, now: datetime) -> None:
    asked.state, asked.ended_at = state, now
    asked.save(update_fields=["state", "ended_at"])
