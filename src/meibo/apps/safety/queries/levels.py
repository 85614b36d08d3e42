"""配備態勢 as the town's table (`levels.csv`) has it: what something means, and whom it calls."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from meibo.apps.safety.queries import muster
from meibo.apps.safety.queries.groups import groups
from meibo.apps.safety.queries.targets import Target
from meibo.domain.safety.levels import Happened, Level, LevelError, level, levels_of
from meibo.domain.telegram.level import Level as Told
from meibo.domain.telegram.model import Tsunami
from meibo.domain.telegram.scale import Intensity
from meibo.platform import town

TOKYO = ZoneInfo("Asia/Tokyo")
EVERYBODY = "*"


def levels() -> list[Level]:
    """The town's table. Raises LevelError where it can't be used."""
    return levels_of(town.rows("levels.csv"))


def level_of(happened: Happened, now: datetime) -> Level | None:
    """What something that happens now means."""
    here = muster.when(now.astimezone(TOKYO))
    return level(levels(), happened, in_office=here.in_office(muster.manner()))


def happened(told: Told) -> Happened:
    """What the engine has found, in the words of the table of levels."""
    return Happened(
        told.intensity.word if told.intensity > Intensity.ZERO else "",
        told.tsunami.word if told.tsunami > Tsunami.LIFTED else "",
        "特別警報" if told.special else "",
    )


def names(keys: Iterable[str]) -> list[str]:
    """What the groups of a level are called."""
    known = groups()
    return ["全職員" if k == EVERYBODY else known[k].label if k in known else k for k in keys]


def said(told: Told, now: datetime) -> list[str]:
    """The level in words, and that who comes without being called comes; nothing where the table
    can't be used."""
    try:
        reached = level_of(happened(told), now)
    except LevelError:
        return []
    return lines(reached) if reached else []


def lines(reached: Level) -> list[str]:
    """The same for a level that is known."""
    told = [f"配備態勢：{reached.name}"]
    if reached.comes:
        comes = "、".join(names(reached.comes))
        told.append(f"自動参集：{comes}は、身の安全を確かめて集まってください。")
    return told


def target(keys: Collection[str]) -> Target:
    """Whom these groups are."""
    return Target() if EVERYBODY in keys else Target(groups=tuple(keys))
