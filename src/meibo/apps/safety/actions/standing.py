"""What a check that a telegram began says of it follows what holds now: title and message, and
whether the house goes on calling by itself."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from meibo.apps.safety.actions.mustering import instruct
from meibo.apps.safety.models import Alarmed, Check, Message, Posted
from meibo.apps.safety.queries import levels
from meibo.apps.safety.queries.fallen import FELL
from meibo.apps.safety.queries.wording import after_fall, restated, taken_back, told_anew
from meibo.domain.safety.levels import LevelError
from meibo.domain.telegram.codec import level_from_json
from meibo.domain.telegram.events import Decision, Do
from meibo.domain.telegram.level import Answer, Level
from meibo.platform.audit.actions import Actor
from meibo.platform.telegrams import rules
from meibo.platform.telegrams.queries import levels_now

TOKYO = ZoneInfo("Asia/Tokyo")
_BEGUN, _TITLE = "begun", "title"
_MARKS = ("（取消）", "（訂正）")


def begun(check: Check) -> None:
    """It was begun for a telegram, so its words are the telegram's and follow it."""
    check.level |= {_BEGUN: True, _TITLE: check.title}
    check.save(update_fields=["level"])


def entitled(check: Check, before: Level) -> bool:
    """Whether its title is one that a telegram gave; one that a person gave is theirs."""
    return bool(check.title == check.level.get(_TITLE, before.words[:80]))


def risen(check: Check, told: Level, now: datetime) -> None:
    """It has got graver: the message says the 配備態勢 that this means, and what was taken back
    before holds again."""
    if not check.level.get(_BEGUN):
        return
    level = _present(check, told)
    if FELL not in check.level:
        check.message = restated(check.message, levels.said(level, now))
    elif _alarms(level, now):
        del check.level[FELL]
        check.message = told_anew(level, now) or check.message
    else:
        return
    if entitled(check, Level()) and check.title.endswith(_MARKS):
        check.title = check.level[_TITLE] = level.words[:80]
    check.save(update_fields=["level", "title", "message"])


def fallen(check: Check, decision: Decision, *, actor: Actor, now: datetime) -> None:
    """It was taken back or corrected: all whom it reached are told, and what they are to do now.
    Where nothing of it alarms any more, nobody is called by itself."""
    level = _present(check, decision.level)
    lines = after_fall(level, now)
    if check.level.get(_BEGUN):
        _say(check, decision, level, lines, now)
    instruct(check, "\n".join([decision.reason, *lines]), routes=True, actor=actor, now=now)


def _say(check: Check, decision: Decision, level: Level, lines: list[str], now: datetime) -> None:
    over = not _alarms(level, now)
    word = "取消" if over and decision.do is Do.CANCEL else "訂正"
    before = level_from_json(check.level).words
    what = before if word == "取消" else level.words
    ours = entitled(check, Level())
    if over:
        check.level[FELL] = {"word": word, "at": now.isoformat(), "now": _words(level)}
        check.message = taken_back(decision.reason, lines)
        waiting = Message.objects.filter(called__check_asked=check, bulletin=None)
        # The instruction goes by all their routes instead.
        waiting.filter(state=Posted.QUEUED).update(state=Posted.DROPPED)
    else:
        check.message = restated(check.message, lines)
    if ours:
        check.title = check.level[_TITLE] = f"{what[:70]}（{word}）"
    check.save(update_fields=["level", "title", "message"])


def _words(level: Level) -> str:
    return level.words if level != Level() else ""


def _present(check: Check, told: Level) -> Level:
    """How grave all that it is about is by now, with what was just told."""
    events = Alarmed.objects.filter(check_asked=check).values_list("event", flat=True)
    for level in levels_now(set(events)):
        told = told.and_also(level)
    return told


def _alarms(level: Level, now: datetime) -> bool:
    """Whether the town's rules start or ask for this, or its 配備態勢 calls anybody."""
    rule = rules.current()[0].answering(level, now.astimezone(TOKYO))
    if rule is not None and rule.answer is not Answer.INFORM:
        return True
    try:
        reached = levels.level_of(levels.happened(level), now)
    except LevelError:
        return False
    return reached is not None and bool(reached.called)
