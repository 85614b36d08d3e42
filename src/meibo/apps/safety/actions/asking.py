"""Questions of the engine to a person: asked, changed, and settled by what comes after."""

from __future__ import annotations

from datetime import datetime

from meibo.apps.safety.actions.noticing import tell_asked, tell_ended
from meibo.apps.safety.models import Check, Question
from meibo.domain.telegram.codec import level_to_json
from meibo.domain.telegram.events import Do
from meibo.domain.telegram.level import Level
from meibo.platform.telegrams.receivers import Handed

_ASKS = {Do.ASK, Do.WAIT}
_FALLS = {Do.CORRECT, Do.EASE, Do.CANCEL}


def follow(handed: Handed) -> None:
    """Ask, or tell with the open question what has become of its event. A person's no holds until
    it gets graver; then they are asked anew."""
    decision = handed.decision
    rows = Question.objects.filter(event=decision.event[:80])
    held = rows.filter(answer="").first()
    if held is not None:
        if decision.do in _FALLS and _is_over(held, handed):
            settle(decision.event, Question.GONE, now=handed.at, reason=decision.reason)
        else:
            _tell(held, handed)
    elif decision.do in _ASKS or (decision.do is Do.RAISE and rows.exists()):
        _tell(Question(event=decision.event[:80], asked_at=handed.at, version=0), handed)


def ask_person(
    handed: Handed, besides: str, *, beside: Check | None = None, until: datetime | None = None
) -> None:
    """Ask whatever came before, and say with it what the telegram can't know. `beside`: the check
    that runs; then it starts by itself at `until`, where nobody says no."""
    decision = handed.decision
    held = Question.objects.filter(event=decision.event[:80], answer="").first()
    if held is None:
        held = Question(event=decision.event[:80], asked_at=handed.at, version=0)
    if beside is not None:
        held.beside, held.until = beside, held.until or until
    _tell(held, handed, besides)


def _is_over(held: Question, handed: Handed) -> bool:
    """Nothing is left to be asked: all was taken back, or what was to start by itself does not."""
    decision = handed.decision
    if decision.level == Level():
        return True
    return held.beside_id is None and held.until is not None and decision.until is None


def _tell(question: Question, handed: Handed, besides: str = "") -> None:
    decision = handed.decision
    question.level = level_to_json(decision.level)
    question.reason = "\n".join(filter(None, (decision.reason, besides)))
    asked_otherwise = False
    if question.beside_id is None:
        # No telegram of its own has made it graver: it is the asking that has changed.
        asked_otherwise = handed.telegram is None and question.version > 0
        question.until = decision.until
    if handed.title:
        question.title, question.headline = handed.title[:200], handed.headline
    question.version += 1
    question.save()
    if question.version == 1 or asked_otherwise:
        tell_asked(question, now=handed.at)


def settle(
    event: str,
    answer: str,
    *,
    now: datetime,
    by: str = "",
    check: Check | None = None,
    reason: str = "",
) -> None:
    """Close the open question of an event, if there is one."""
    held = Question.objects.filter(event=event[:80], answer="").first()
    if held is None:
        return
    held.answer, held.answered_at, held.answered_by, held.check_made = answer, now, by, check
    held.reason = reason or held.reason
    held.save(update_fields=["answer", "answered_at", "answered_by", "check_made", "reason"])
    tell_ended(held, now=now)
