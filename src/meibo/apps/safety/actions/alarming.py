"""Starting a check because of what happened, by the level (配備態勢) that it means.

The engine that reads telegrams hands its decisions over here (`receive`). It says what happened;
this house's tables say who is asked.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from meibo.apps.safety.actions.asking import ask_person, follow, settle
from meibo.apps.safety.actions.joining import join
from meibo.apps.safety.actions.mustering import instruct, is_over
from meibo.apps.safety.actions.raising import graver, level_of, raised, remember, tie
from meibo.apps.safety.actions.standing import begun, fallen
from meibo.apps.safety.actions.starting import CheckError, Wanted, start
from meibo.apps.safety.models import Alarmed, Check, Question
from meibo.apps.safety.queries import levels
from meibo.apps.safety.queries.beside import beside
from meibo.apps.safety.queries.targets import targeted
from meibo.apps.safety.queries.templates import template, templates
from meibo.apps.safety.queries.wording import wording
from meibo.domain.safety.levels import Happened, LevelError
from meibo.domain.telegram.codec import level_from_json
from meibo.domain.telegram.events import Do
from meibo.domain.telegram.level import Answer
from meibo.domain.telegram.level import Level as Told
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from meibo.platform.telegrams import rules
from meibo.platform.telegrams.receivers import Handed

TOKYO = ZoneInfo("Asia/Tokyo")
PATIENCE = timedelta(minutes=5)
"""So long a person is waited for where some of those who would be asked are asked already."""
_LOG = logging.getLogger(__name__)
_ENGINE = Actor("meibo telegram")
_WRONG = {Do.CORRECT, Do.CANCEL}


def alarm(happened: Happened, title: str, *, actor: Actor, now: datetime) -> Check | None:
    """Start the check that this means, and return it; None where nobody is to be called. `title`:
    what happened, in the words of the telegram."""
    wanted = _letter(happened, title, now)
    return None if wanted is None else start(wanted, actor=actor, now=now)


def _letter(happened: Happened, title: str, now: datetime) -> Wanted | None:
    reached = levels.level_of(happened, now)
    if reached is None or not reached.called:
        return None
    letter, message = template(reached.template), wording(reached)
    if letter is None or message is None:
        return None
    return Wanted(letter.kind, title[:80], message, levels.target(reached.called))


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
    elif check is not None and decision.do is Do.RAISE:
        raised(check, decision.level, decision.reason, actor=_ENGINE, now=now)
    elif check is not None and decision.do is Do.EASE:  # wakes nobody
        instruct(check, decision.reason, actor=_ENGINE, now=now)
    elif check is not None and decision.do in _WRONG:
        fallen(check, decision, actor=_ENGINE, now=now)
    elif check is not None:
        return
    elif decision.do is Do.START or (known is not None and decision.do is Do.RAISE):
        _begin(handed)
    else:
        follow(handed)


def _begin(handed: Handed) -> None:
    """Start, unless a check for a disaster runs already. Where that one asks all who would be
    asked, the event is one more of its matters; where it asks some of them, a person decides."""
    decision, now = handed.decision, handed.at
    wanted = _wanted(decision.level, now)
    found = None
    if wanted is not None and wanted.kind == Kind.DISASTER:
        found = beside(targeted(wanted.target, now.astimezone(TOKYO).date()), now)
    if found is None:
        _start(decision.event, decision.level, now)
    elif not found.missing:
        tie(found.check, decision.event, decision.level, decision.reason, actor=_ENGINE, now=now)
        settle(decision.event, Question.ADDED, now=now, check=found.check)
    else:
        words = f"安否確認「{found.check.title}」が続いていますが、そこで聞いていない職員が"
        words += f"{len(found.missing):,}人います。"
        ask_person(handed, words, beside=found.check, until=now + PATIENCE)


def _start(event: str, told: Told, now: datetime) -> None:
    begun = ask(told, actor=_ENGINE, now=now)
    remember(event, begun)
    settle(event, Question.ITSELF, now=now, check=begun)


@transaction.atomic
def begin_due(*, now: datetime) -> int:
    """Start for what somebody was asked because of a check that runs, and nobody answered in time;
    how many."""
    due = Question.objects.filter(answer="", until__lte=now, beside__isnull=False)
    if not due.exists():  # asked twice a second
        return 0
    rows = list(due.select_for_update(of=("self",)))
    for each in rows:
        _start(each.event, level_from_json(each.level), now)
    return len(rows)


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


def ask(told: Told, *, actor: Actor, now: datetime) -> Check | None:
    """The check of the level; None where nobody is to be called."""
    wanted = _wanted(told, now)
    try:
        check = None if wanted is None else start(wanted, actor=actor, now=now)
    except CheckError as error:  # nobody serves here: there is nobody to ask
        _LOG.error("%s: %s", told.words, error)
        return None
    if check is not None:
        graver(check, told)
        begun(check)
    return check


def _wanted(told: Told, now: datetime) -> Wanted | None:
    """With a table that can't be used everybody is asked: that somebody is asked in vain is better
    than that nobody is."""
    try:
        return _letter(levels.happened(told), told.words, now)
    except LevelError as error:
        _LOG.error("levels.csv: %s", error)
        letter = next((each for each in templates() if each.kind == Kind.DISASTER), None)
        message = letter.message if letter else "安否を知らせてください。"
        return Wanted(Kind.DISASTER, told.words[:80], message)
