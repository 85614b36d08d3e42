"""Starting a check because of what happened, by the level (配備態勢) that it means.

The engine that reads telegrams hands its decisions over here (`receive`). It says what happened;
this house's tables say who is asked.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from meibo.apps.safety.actions.mustering import instruct
from meibo.apps.safety.actions.starting import CheckError, Wanted, start
from meibo.apps.safety.models import Alarmed, Check
from meibo.apps.safety.queries import muster
from meibo.apps.safety.queries.groups import groups
from meibo.apps.safety.queries.targets import Target
from meibo.apps.safety.queries.templates import template, templates
from meibo.domain.safety.levels import Happened, Level, LevelError, level, levels_of
from meibo.domain.telegram.events import Do
from meibo.domain.telegram.level import Level as Told
from meibo.domain.telegram.model import Tsunami
from meibo.domain.telegram.scale import Intensity
from meibo.platform import town
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from meibo.platform.telegrams.receivers import Handed

TOKYO = ZoneInfo("Asia/Tokyo")
EVERYBODY = "*"
_LOG = logging.getLogger(__name__)
_ENGINE = Actor("meibo telegram")
_LATER = {Do.RAISE, Do.CORRECT, Do.EASE, Do.CANCEL}


def levels() -> list[Level]:
    """The town's table (`levels.csv`). Raises LevelError where it can't be used."""
    return levels_of(town.rows("levels.csv"))


def level_of(happened: Happened, now: datetime) -> Level | None:
    """What something that happens now means."""
    here = muster.when(now.astimezone(TOKYO))
    return level(levels(), happened, in_office=here.in_office(muster.manner()))


def alarm(happened: Happened, title: str, *, actor: Actor, now: datetime) -> Check | None:
    """Start the check that this means, and return it; None where nobody is to be called. `title`:
    what happened, in the words of the telegram."""
    reached = level_of(happened, now)
    if reached is None or not reached.called:
        return None
    letter = template(reached.template)
    if letter is None:
        return None
    message = "\n".join([letter.message, *_besides(reached)])
    wanted = Wanted(letter.kind, title[:80], message[:600], _target(reached.called))
    return start(wanted, actor=actor, now=now)


def names(keys: Iterable[str]) -> list[str]:
    """What the groups of a level are called."""
    known = groups()
    return ["全職員" if k == EVERYBODY else known[k].label if k in known else k for k in keys]


def _besides(reached: Level) -> list[str]:
    """Who comes without being called is told so."""
    told = [f"配備態勢：{reached.name}"]
    if reached.comes:
        told.append(
            f"自動参集：{'、'.join(names(reached.comes))}は、身の安全を確かめて集まってください。"
        )
    return told


def _target(keys: tuple[str, ...]) -> Target:
    return Target() if EVERYBODY in keys else Target(groups=keys)


def receive(handed: Handed) -> None:
    """Act on a decision of the engine: ask at its start, and tell those who were asked what becomes
    of it. What waits, asks a person or only informs is shown on the engine's own page."""
    decision, now = handed.decision, handed.at
    known = Alarmed.objects.filter(event=decision.event[:80]).first()
    if known is not None:
        if decision.do in _LATER and known.check_asked.closed_at is None:
            instruct(known.check_asked, decision.reason, actor=_ENGINE, now=now)
        return
    if decision.do not in {Do.START, Do.RAISE}:
        return
    check = _asked(happened(decision.level), decision.level.words, now)
    if check is not None:
        Alarmed.objects.create(event=decision.event[:80], check_asked=check)


def happened(told: Told) -> Happened:
    """What the engine has found, in the words of the table of levels."""
    return Happened(
        told.intensity.word if told.intensity > Intensity.ZERO else "",
        told.tsunami.word if told.tsunami > Tsunami.LIFTED else "",
        "特別警報" if told.special else "",
    )


def _asked(what: Happened, title: str, now: datetime) -> Check | None:
    """The check of the level. With a table that can't be used everybody is asked: that somebody is
    asked in vain is better than that nobody is."""
    try:
        return alarm(what, title, actor=_ENGINE, now=now)
    except LevelError as error:
        _LOG.error("levels.csv: %s", error)
        letter = next((each for each in templates() if each.kind == Kind.DISASTER), None)
        message = letter.message if letter else "安否を知らせてください。"
        return start(Wanted(Kind.DISASTER, title[:80], message), actor=_ENGINE, now=now)
    except CheckError as error:  # nobody serves here: there is nobody to ask
        _LOG.error("%s: %s", title, error)
        return None
