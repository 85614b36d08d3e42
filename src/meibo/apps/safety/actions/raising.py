"""An event that a check is about: tied to it, getting graver, told to those who were asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from meibo.apps.safety.actions.mustering import instruct
from meibo.apps.safety.actions.standing import entitled, risen
from meibo.apps.safety.actions.starting import call
from meibo.apps.safety.models import Alarmed, Called, Check
from meibo.apps.safety.queries import levels
from meibo.apps.safety.queries.targets import targeted
from meibo.domain.safety.levels import LevelError
from meibo.domain.telegram.codec import level_from_json, level_to_json
from meibo.domain.telegram.level import Level
from meibo.platform.audit.actions import Actor

TOKYO = ZoneInfo("Asia/Tokyo")
_ON = "この安否確認で続けます。前に答えた人も、変わったことがあれば、もう一度答えてください。"


def remember(event: str, check: Check | None) -> None:
    """This event is asked about in this check; or nobody is called for it so far."""
    Alarmed.objects.update_or_create(event=event[:80], defaults={"check_asked": check})


def level_of(check: Check) -> Level:
    """The gravest that was said of it so far."""
    return level_from_json(check.level) if check.level else Level()


def graver(check: Check, told: Level) -> None:
    """Keep it where it is graver than what was said before. A title that a telegram gave follows;
    one that a person gave is theirs."""
    before = level_of(check)
    level = before.and_also(told)
    if level == before:
        return
    title, ours = level.words[:80], entitled(check, before)
    check.level |= level_to_json(level)
    if ours:
        check.title = check.level["title"] = title
    check.save(update_fields=["level", "title"])


def raised(check: Check, told: Level, reason: str, *, actor: Actor, now: datetime) -> None:
    """Its event has got graver: whom the level calls by now and who was not asked yet is asked, and
    all are told what it means."""
    graver(check, told)
    risen(check, told, now)
    complete(check, _meant(told, now), now=now)
    instruct(check, "\n".join([reason, *levels.said(told, now)]), routes=True, actor=actor, now=now)


def tie(check: Check, event: str, told: Level, reason: str, *, actor: Actor, now: datetime) -> None:
    """One more event is asked about in a check that runs."""
    remember(event, check)
    raised(check, told, f"{reason}\n{_ON}", actor=actor, now=now)


def complete(check: Check, people: Mapping[str, str], *, now: datetime) -> None:
    """Ask those of these people (id → unit) who were not asked yet."""
    asked = set(Called.objects.filter(check_asked=check).values_list("person", flat=True))
    if not asked.issuperset(people):
        call(check, people, now=now)


def _meant(told: Level, now: datetime) -> dict[str, str]:
    try:
        reached = levels.level_of(levels.happened(told), now)
    except LevelError:
        return {}
    if reached is None or not reached.called:
        return {}
    return targeted(levels.target(reached.called), now.astimezone(TOKYO).date())
