"""A person answers the engine's question: start, or not."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from meibo.apps.safety.actions import alarming
from meibo.apps.safety.actions.asking import settle
from meibo.apps.safety.actions.raising import remember, tie
from meibo.apps.safety.models import Check, Question
from meibo.domain.telegram.codec import level_from_json
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.emergency.models import Kind
from meibo.platform.telegrams.actions import person_started, person_stopped

TOKYO = ZoneInfo("Asia/Tokyo")
_BY_ITSELF = "もう自動で始まりました。"
_OVER = "電文が取り消されたか軽くなったので、この問いはもうありません。"
_ELSEWHERE = "同じ事案とわかったので、この問いは、ほかの問いか安否確認と一つにしました。"
_CHANGED = "見ている間に、新しい電文が来ました。いまの内容を確かめて、もう一度選んでください。"
_ENDED = "その安否確認は、もう終わりました。いまの内容を確かめて、もう一度選んでください。"
_NOBODY = (
    "配備態勢の表では、この段階で呼ぶ人がいません。呼ぶときは「安否確認を送る」から宛先を選び、"
    "この問いは「始めない」で閉じてください。"
)


_WORDS = {Question.STARTED: "始める", Question.ADDED: "続いている安否確認に加える"}


class DecideError(ValueError):
    """It can't be done; the message says why, and what to do. `by`: the account that was quicker;
    the message has {by} where its name goes."""

    def __init__(self, text: str, by: str = "") -> None:
        super().__init__(text)
        self.by = by


@transaction.atomic
def begin(number: int, version: int, *, actor: Actor, now: datetime) -> Check:
    """Start the check that the level means. Raises DecideError where somebody was quicker, or where
    it has changed since it was looked at."""
    question = _held(number)
    person_started(question.event, now=now)  # takes the engine's lock first, as the engine does
    question = _same(number, version, "start", actor, now)
    level = level_from_json(question.level)
    check = alarming.ask(level, actor=actor, now=now)
    if check is None:
        raise DecideError(_NOBODY)
    remember(question.event, check)
    settle(question.event, Question.STARTED, now=now, by=actor.name, check=check)
    return check


@transaction.atomic
def add(number: int, version: int, chosen: int, *, actor: Actor, now: datetime) -> Check:
    """Ask about it in a check that runs; who is not asked there yet is asked now. Raises
    DecideError as `begin` does, and where that check has ended."""
    question = _held(number)
    person_started(question.event, now=now)
    question = _same(number, version, "add", actor, now)
    running = Check.objects.filter(kind=Kind.DISASTER, closed_at=None, until__gt=now)
    check = running.filter(pk=chosen).first()
    if check is None:
        raise DecideError(_ENDED)
    told = level_from_json(question.level)
    words, _, _ = question.reason.partition("\n")  # what follows is for who decides
    tie(check, question.event, told, words, actor=actor, now=now)
    settle(question.event, Question.ADDED, now=now, by=actor.name, check=check)
    return check


@transaction.atomic
def decline(number: int, version: int, *, actor: Actor, now: datetime) -> None:
    """Do not start; a start that is held back does not go. Raises DecideError as `begin` does."""
    question = _held(number)
    person_stopped(question.event)
    question = _same(number, version, "stop", actor, now)
    settle(question.event, Question.STOPPED, now=now, by=actor.name)


def _held(number: int) -> Question:
    question = Question.objects.filter(pk=number).first()
    if question is None:
        raise DecideError(_OVER)
    return question


def _same(number: int, version: int, deed: str, actor: Actor, now: datetime) -> Question:
    """The question as it was looked at, held until the transaction ends."""
    question = Question.objects.select_for_update().get(pk=number)
    if question.answer:
        raise DecideError(_answered(question), question.answered_by)
    if question.version != version:
        raise DecideError(_CHANGED)
    detail = {"what": f"question-{deed}", "question": question.pk}
    note(Entry(Act.EMERGENCY, detail, (), question.title), actor=actor, now=now)
    return question


def _answered(question: Question) -> str:
    """Who was quicker, with what."""
    if question.answer == Question.ITSELF:
        return _BY_ITSELF
    if question.answer == Question.JOINED:
        return _ELSEWHERE
    if question.answer == Question.ADDED and not question.answered_by:
        return _BY_ITSELF
    if question.answer == Question.GONE or question.answered_at is None:
        return _OVER
    word = _WORDS.get(question.answer, "始めない")
    at = question.answered_at.astimezone(TOKYO)
    return f"もう {{by}} が{at:%H:%M}に「{word}」を選びました。"
