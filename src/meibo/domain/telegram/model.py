"""A telegram as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from meibo.domain.telegram.kinds import Kind
from meibo.domain.telegram.scale import Intensity


class Status(StrEnum):
    """運用の種別 (Control/Status)."""

    NORMAL = "通常"
    DRILL = "訓練"
    TEST = "試験"


class InfoType(StrEnum):
    """情報の形態 (Head/InfoType)."""

    ISSUE = "発表"
    CORRECTION = "訂正"
    CANCEL = "取消"
    DELAYED = "遅延"


@dataclass(frozen=True, slots=True)
class Shaking:
    """The intensity that was observed in an area or a city. `missing`: 震度５弱以上未入電. `known`
    is false where the telegram names the place and no intensity."""

    code: str
    name: str
    intensity: Intensity | None
    missing: bool = False
    long_period: int | None = None
    cities: tuple[Shaking, ...] = ()
    forecast: bool = False


class Tsunami(IntEnum):
    """Grades of tsunami, ordered. LIFTED is below every grade in force."""

    NONE = 0
    LIFTED = 1
    FORECAST = 2
    ADVISORY = 3
    WARNING = 4
    MAJOR = 5

    @property
    def word(self) -> str:
        """As the telegrams call it."""
        words = ("津波なし", "解除", "津波予報", "津波注意報", "津波警報", "大津波警報")
        return words[self]


@dataclass(frozen=True, slots=True)
class TsunamiAt:
    """The grade in one 津波予報区. Not `graded`: the telegram observes or estimates and states no
    grade, so that it changes nothing about what is in force."""

    code: str
    name: str
    grade: Tsunami
    graded: bool = True


class Grade(IntEnum):
    """Grades of weather warnings and their like, ordered."""

    NONE = 0
    LIFTED = 1
    STATED = 2
    ADVISORY = 3
    WARNING = 4
    DANGER = 5
    SPECIAL = 6


@dataclass(frozen=True, slots=True)
class Warned:
    """One kind of warning in one area. `code` has seven digits for a city (市町村等), six for an
    area of the weather offices (府県予報区・細分区域)."""

    code: str
    name: str
    kind: str
    kind_code: str
    grade: Grade
    status: str

    @property
    def is_city(self) -> bool:
        """Whether this is a city, a town, a village or a part of one."""
        return len(self.code) == 7


@dataclass(frozen=True, slots=True)
class Hypocentre:
    """Where a quake began, in the telegram's words."""

    code: str
    name: str
    magnitude: str
    origin: datetime | None


@dataclass(frozen=True, slots=True)
class Telegram:
    """What a telegram says. `events` are the numbers of the quakes (EventID; a tsunami telegram may
    name several); weather telegrams have none. `issued` is exact to the second, `reported` to the
    minute."""

    kind: Kind
    title: str
    status: Status
    info: InfoType
    events: tuple[str, ...]
    serial: int
    reported: datetime
    issued: datetime
    headline: str
    head_title: str
    digest: str
    hypocentres: tuple[Hypocentre, ...] = ()
    strongest: Intensity | None = None
    shaken: tuple[Shaking, ...] = ()
    tsunami: tuple[TsunamiAt, ...] = ()
    warned: tuple[Warned, ...] = ()

    @property
    def event(self) -> str:
        """The first event's number; empty where there is none."""
        return self.events[0] if self.events else ""
