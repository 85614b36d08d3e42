"""What a check that a telegram began says of it follows what holds now: title and message, and
whether the house goes on calling by itself."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from meibo.apps.safety.actions.mustering import instruct
from meibo.apps.safety.models import Alarmed, Check, Message, Posted
from meibo.apps.safety.queries import levels
from meibo.apps.safety.queries.fallen import BEGUN, FELL
from meibo.apps.safety.queries.wording import after_fall, restated, taken_back, told_anew
from meibo.domain.safety.levels import LevelError
from meibo.domain.telegram.codec import level_from_json
from meibo.domain.telegram.events import Decision, Do
from meibo.domain.telegram.level import Answer, Level
from meibo.platform.audit.actions import Actor
from meibo.platform.telegrams import rules
from meibo.platform.telegrams.queries import levels_now

TOKYO = ZoneInfo("Asia/Tokyo")
_TITLE = "title"
_MARKS = ("（取消）", "（訂正）")


def begun(check: Check) -> None:
    """It was begun for a telegram, so its words are the telegram's and follow it."""
    check.level |= {BEGUN: True, _TITLE: check.title}
    check.save(update_fields=["level"])


def entitled(check: Check, before: Level) -> bool:
    """Whether its title is one that a telegram gave; one that a person gave is theirs."""
    return bool(check.title == check.level.get(_TITLE, before.words[:80]))


def risen(check: Check, told: Level, now: datetime) -> None:
    """It has got graver: the message says the 配備態勢 that this means, and what was taken back
    before holds again."""
    level, fell = _present(check, told), FELL in check.level
    if fell and not _alarms(level, now):
        return
    check.level.pop(FELL, None)
    if check.level.get(BEGUN):
        again = told_anew(level, now) if fell else None
        check.message = again or restated(check.message, levels.said(level, now))
        if entitled(check, Level()) and check.title.endswith(_MARKS):
            check.title = check.level[_TITLE] = level.words[:80]
    check.save(update_fields=["level", "title", "message"])


def fallen(check: Check, decision: Decision, *, actor: Actor, now: datetime) -> None:
    """It was taken back or corrected: all whom it reached are told, and what they are to do now.
    Where nothing of it alarms any more, nobody is called by itself."""
    level = _present(check, decision.level)
    lines, over = after_fall(level, now), not _alarms(level, now)
    word = "取消" if over and decision.do is Do.CANCEL else "訂正"
    if over:
        left = level.words if level != Level() else ""
        check.level[FELL] = {"word": word, "at": now.isoformat(), "now": left}
    if check.level.get(BEGUN):
        _say(check, decision.reason, lines, over=over)
        _entitle(check, word, level)
    check.save(update_fields=["level", "title", "message"])
    instruct(check, "\n".join([decision.reason, *lines]), routes=True, actor=actor, now=now)


def _say(check: Check, reason: str, lines: list[str], *, over: bool) -> None:
    if not over:
        check.message = restated(check.message, lines)
        return
    check.message = taken_back(reason, lines)
    waiting = Message.objects.filter(called__check_asked=check, bulletin=None)
    # The instruction goes by all their routes instead.
    waiting.filter(state=Posted.QUEUED).update(state=Posted.DROPPED)


def _entitle(check: Check, word: str, level: Level) -> None:
    if entitled(check, Level()):
        what = level_from_json(check.level).words if word == "取消" else level.words
        check.title = check.level[_TITLE] = f"{what[:70]}（{word}）"


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
