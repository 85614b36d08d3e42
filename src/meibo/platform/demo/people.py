"""Those who work in the demo ward, and the chairs they sit on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from meibo.domain.book import SeatKind
from meibo.platform.demo.codes import POST, TERM
from meibo.platform.demo.naming import FullName

STAFF = 1  # level of the chairs of 主事 and 主任; 3 to 6 are grades
_TECHNICAL = frozenset({"土木", "建築", "機械", "電気"})
#: Jobs whose people may come to lead sections other than of their own trade.
LEADING = frozenset({"事務", "福祉", "保健師", "衛生監視", "心理"}) | _TECHNICAL
PERMANENT, FULL, PART, FIXED = (
    TERM[name] for name in ("常勤", "再任用フルタイム", "再任用短時間", "任期付")
)
YEARLY_FULL, YEARLY_PART = TERM["会計年度フルタイム"], TERM["会計年度パートタイム"]


@dataclass(slots=True, eq=False)
class Chair:
    """A place that someone holds: in a unit, of a level, for a job. `post` where it is fixed.

    `yearly`: for one-year appointments. `extension` and `seat` stay with the chair. `spare`: made
    for someone who found no other, and taken away when they go.
    """

    unit: str
    level: int
    job: str
    post: str = ""
    head: bool = False
    yearly: bool = False
    holder: Staff | None = None
    extension: str = ""
    seat: str = ""
    building: str = ""
    appointment: str = ""
    spare: bool = False

    @property
    def trade(self) -> str:
        """Who may sit here: one job below grade 4, from there on one side, technical or other."""
        if self.level < 4 or self.job == "医師":
            return self.job
        return "技術系" if self.job in _TECHNICAL else "事務系"


@dataclass(slots=True, eq=False)
class Stay:
    """Someone's time in one unit, with the extension and seat that went with it."""

    unit: str
    starts: date
    ends: date | None
    post: str
    extension: str
    seat: str
    building: str


@dataclass(slots=True, eq=False)
class Further:
    """A post held besides the main one. `chair`: the one that is acted for."""

    unit: str
    post: str
    kind: SeatKind
    chair: Chair | None = None


@dataclass(slots=True, eq=False)
class Staff:
    """One person. `since`: in the present unit; `graded`: in the present grade.

    `away`: last day of a leave; `sent`: the day of a secondment; `term_end` of a fixed term;
    `left`: the first day no longer here. `entering`: how the next chair is taken, where that is not
    by a move; `aim`: the level of the next chair, where it is not that of the grade.
    """

    id: str
    number: str
    sex: str
    born: date
    name: FullName
    job: str
    term: str
    hired: date
    grade: int
    graded: date
    since: date
    chair: Chair | None = None
    left: date | None = None
    term_end: date | None = None
    away: date | None = None
    away_kind: str = ""
    sent: date | None = None
    entering: str = ""
    aim: int = 0
    stays: list[Stay] = field(default_factory=list)
    further: list[Further] = field(default_factory=list)
    renamed: list[tuple[date, str, str]] = field(default_factory=list)  # day, surname, reading
    keeps_maiden: bool = False

    @property
    def yearly(self) -> bool:
        """Whether on a one-year appointment."""
        return self.term in {YEARLY_FULL, YEARLY_PART}

    @property
    def trade(self) -> str:
        """Which chairs of grade 4 and above the person could lead from."""
        return "技術系" if self.job in _TECHNICAL else "事務系"

    @property
    def unit(self) -> str:
        """The unit of the present stay; empty before the first."""
        return self.stays[-1].unit if self.stays else ""

    @property
    def post(self) -> str:
        """The post of the present stay."""
        return self.stays[-1].post if self.stays else ""

    def sit(self, chair: Chair, day: date, post: str) -> None:
        """Take a chair: the former one is free, the former stay ends."""
        if self.chair is not None and self.chair.holder is self:
            self.chair.holder = None
        self.chair = chair
        chair.holder = self
        if chair.unit != self.unit:
            self.since = day
        self.stay(chair, day, post)

    def stay(self, chair: Chair, day: date, post: str) -> None:
        """Write down where one is from a day on."""
        self.close(day)
        if self.stays and self.stays[-1].starts == day:
            self.stays.pop()
        place = (chair.extension, chair.seat, chair.building)
        self.stays.append(Stay(chair.unit, day, None, post, *place))

    def close(self, day: date) -> None:
        """End the present stay."""
        if self.stays and self.stays[-1].ends is None:
            self.stays[-1].ends = day

    def leave(self, day: date) -> None:
        """Go; `day` is the first day that one is no longer here."""
        self.left = day
        self.away, self.away_kind, self.sent = None, "", None
        self.close(day)
        self.further.clear()
        if self.chair is not None:
            self.chair.holder = None
            self.chair = None


def post_of(chair: Chair, grade: int) -> str:
    """The post that someone of a grade holds on a chair."""
    if chair.post:
        return chair.post
    skilled = chair.job == "技能"
    names = ("技能員", "技能主任") if skilled else ("主事", "主任")
    return POST[names[1 if grade >= 2 else 0]]
