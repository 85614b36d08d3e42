"""Starting a check because of what happened, by the level (配備態勢) that it means.

This is where an engine that reads telegrams hands its decisions over; it says what happened, and
this house's tables say who is asked. That one event is asked about once is the engine's matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from meibo.apps.safety.actions.starting import Wanted, start
from meibo.apps.safety.models import Check
from meibo.apps.safety.queries import muster
from meibo.apps.safety.queries.groups import groups
from meibo.apps.safety.queries.targets import Target
from meibo.apps.safety.queries.templates import template
from meibo.domain.safety.levels import Happened, Level, level, levels_of
from meibo.platform import town
from meibo.platform.audit.actions import Actor

TOKYO = ZoneInfo("Asia/Tokyo")
EVERYBODY = "*"


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
