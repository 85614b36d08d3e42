"""Starting a check because of what happened, by the level (配備態勢) that it means.

The engine that reads telegrams hands its decisions over here (`receive`). It says what happened;
this house's tables say who is asked.
"""

from __future__ import annotations

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from meibo.apps.safety.actions.asking import ask_person, follow, settle
from meibo.apps.safety.actions.joining import join
from meibo.apps.safety.actions.mustering import instruct, is_over
from meibo.apps.safety.actions.raising import graver, level_of
from meibo.apps.safety.actions.starting import CheckError, Wanted, start
from meibo.apps.safety.models import Alarmed, Check, Question
from meibo.apps.safety.queries import levels
from meibo.apps.safety.queries.templates import template, templates
from meibo.domain.safety.levels import Happened, Level, LevelError
from meibo.domain.telegram.events import Do
from meibo.domain.telegram.level import Answer
from meibo.domain.telegram.level import Level as Told
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from meibo.platform.telegrams import rules
from meibo.platform.telegrams.receivers import Handed

TOKYO = ZoneInfo("Asia/Tokyo")
_LOG = logging.getLogger(__name__)
_ENGINE = Actor("meibo telegram")
_LATER = {Do.RAISE, Do.CORRECT, Do.EASE, Do.CANCEL}


def alarm(happened: Happened, title: str, *, actor: Actor, now: datetime) -> Check | None:
    """Start the check that this means, and return it; None where nobody is to be called. `title`:
    what happened, in the words of the telegram."""
    reached = levels.level_of(happened, now)
    if reached is None or not reached.called:
        return None
    letter = template(reached.template)
    if letter is None:
        return None
    message = "\n".join([letter.message, *_besides(reached)])
    wanted = Wanted(letter.kind, title[:80], message[:600], levels.target(reached.called))
    return start(wanted, actor=actor, now=now)


def _besides(reached: Level) -> list[str]:
    """Who comes without being called is told so."""
    told = [f"配備態勢：{reached.name}"]
    if reached.comes:
        comes = "、".join(levels.names(reached.comes))
        told.append(f"自動参集：{comes}は、身の安全を確かめて集まってください。")
    return told


def receive(handed: Handed) -> None:
    """Act on a decision of the engine: ask at its start, and tell those who were asked what becomes
    of it. What waits or asks a person becomes a question to crisis management."""
    decision, now = handed.decision, handed.at
    if decision.do is Do.JOIN:
        join(handed)
        return
    known = Alarmed.objects.filter(event=decision.event[:80]).first()
    check = known.check_asked if known is not None else None
    if check is not None and (check.closed_at is not None or is_over(check, now)):
        _after_its_end(check, handed)
    elif check is not None:
        if decision.do in _LATER:
            graver(check, decision.level)
            instruct(check, decision.reason, actor=_ENGINE, now=now)
    elif decision.do is Do.START or (known is not None and decision.do is Do.RAISE):
        _begin(handed)
    else:
        follow(handed)


def _begin(handed: Handed) -> None:
    decision, now = handed.decision, handed.at
    begun = ask(decision.level, actor=_ENGINE, now=now)
    remember(decision.event, begun)
    settle(decision.event, Question.ITSELF, now=now, check=begun)


def _after_its_end(check: Check, handed: Handed) -> None:
    """Its check was ended. What has got graver than all that was asked about is asked about anew:
    at once where the town's rule for just that starts at once, else a person is asked."""
    decision = handed.decision
    news = decision.level.beyond(level_of(check))
    if decision.do is not Do.RAISE or news == Told():
        follow(handed)
        return
    rule = rules.current()[0].answering(news, handed.at.astimezone(TOKYO))
    if rule is not None and rule.answer is Answer.START and not rule.wait and not decision.late:
        _begin(handed)
    elif rule is not None and rule.answer is not Answer.INFORM:
        ask_person(handed, f"この事案の安否確認「{check.title}」は、もう終わっています。")


def remember(event: str, check: Check | None) -> None:
    """This event is asked about in this check; or nobody is called for it so far."""
    Alarmed.objects.update_or_create(event=event[:80], defaults={"check_asked": check})


def ask(told: Told, *, actor: Actor, now: datetime) -> Check | None:
    """The check of the level. With a table that can't be used everybody is asked: that somebody is
    asked in vain is better than that nobody is."""
    check = _asked(told, actor, now)
    if check is not None:
        graver(check, told)
    return check


def _asked(told: Told, actor: Actor, now: datetime) -> Check | None:
    title = told.words
    try:
        return alarm(levels.happened(told), title, actor=actor, now=now)
    except LevelError as error:
        _LOG.error("levels.csv: %s", error)
        letter = next((each for each in templates() if each.kind == Kind.DISASTER), None)
        message = letter.message if letter else "安否を知らせてください。"
        return start(Wanted(Kind.DISASTER, title[:80], message), actor=actor, now=now)
    except CheckError as error:  # nobody serves here: there is nobody to ask
        _LOG.error("%s: %s", title, error)
        return None
