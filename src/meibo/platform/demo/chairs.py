"""How many chairs each unit has, and what becomes of them when the house is reorganised."""

from __future__ import annotations

from collections import Counter
from itertools import count, cycle

from meibo.platform.demo.codes import POST, SCHOOLS, buildings
from meibo.platform.demo.outline import ALWAYS, UnitSpec, units
from meibo.platform.demo.people import STAFF, Chair, Staff
from meibo.platform.demo.reorganisations import tables

YEARLY_SHARE = 0.25  # of everyone: on one-year appointments
_DEPUTY_FROM = 4  # units below a section that has a 課長補佐
_SENIORS = ((6, 1), (10, 1), (16, 1))  # members from which a unit has one more 主査
_NO_SENIORS = frozenset({"児童館", "図書館", "地域センター", "幼稚園", "用務"})
_TECHNICAL_DIVISIONS = frozenset({"10", "11", "12"})
_YEARLY_POSTS = {
    "保育園": "保育補助員",
    "幼稚園": "保育補助員",
    "児童館": "児童館支援員",
    "図書館": "図書館専門員",
    "図書": "図書館専門員",
    "認定": "認定調査員",
    "学校": "学校支援員",
    "用務": "作業補助員",
    "福祉": "専門相談員",
    "心理": "専門相談員",
    "教育": "学校支援員",
    "保健師": "看護員",
    "看護師": "看護員",
    "技能": "作業補助員",
}
_COUNTERS = frozenset({"0204", "0501", "0502", "0503", "0505", "0506", "0507", "0508", "0509"})
Key = tuple[int, str, str, bool]


class Sizes:
    """How large each unit is in a ward of so many people."""

    def __init__(self, people: int) -> None:
        alive = [u for u in units() if u.alive(1)]
        fixed = sum(len(_leaders(u)) for u in alive if u.level < 3)
        regular = sum(n for u in alive for _, n in u.jobs)
        yearly = sum(u.yearly for u in alive)
        least = round((fixed + sum(u.level == 3 for u in alive)) / (1 - YEARLY_SHARE))
        if people < least:
            raise ValueError(f"見本の区には少なくとも{least}人の職員がいります（{people}人）")
        self._jobs = (people * (1 - YEARLY_SHARE) - fixed) / regular
        self._yearly = people * YEARLY_SHARE / yearly
        self._owed = 0.0
        self._owed_yearly = 0.0
        self.wanted = {u.code: self._of(u) for u in units()}

    def _of(self, unit: UnitSpec) -> list[Chair]:
        if unit.level < 3:
            return _leaders(unit)
        jobs: list[str] = []
        for job, number in unit.jobs:
            exact = number * self._jobs + self._owed
            whole = max(0 if jobs else 1, round(exact))
            self._owed = exact - whole
            jobs += [job] * whole
        exact = unit.yearly * self._yearly + self._owed_yearly
        whole = max(0, round(exact))
        self._owed_yearly = exact - whole
        return [*_members(unit, jobs), *_yearly(unit, whole)]


def _leaders(unit: UnitSpec) -> list[Chair]:
    """The chairs of a division or section itself."""
    job = "土木" if unit.code[:2] in _TECHNICAL_DIVISIONS else "事務"
    level = 6 if unit.level == 1 else 5
    first = "医師" if unit.head == "保健所長" else job
    chairs = [Chair(unit.code, level, first, POST[unit.head], head=True)]
    if unit.further:
        chairs.append(Chair(unit.code, level, job, POST[unit.further]))
    below = [u for u in units() if u.parent == unit.code and not u.kind]
    if unit.level == 2 and len(below) >= _DEPUTY_FROM:
        chairs.append(Chair(unit.code, 4, job, POST["課長補佐"]))
    return chairs


def _members(unit: UnitSpec, jobs: list[str]) -> list[Chair]:
    leader = next((j for j in jobs if j not in {"教育", "看護師"}), jobs[0])
    head = POST["技能長" if leader == "技能" else unit.head]
    chairs = [Chair(unit.code, 3, leader, head, head=True)]
    rest = list(jobs)
    rest.remove(leader)
    seniors = sum(n for size, n in _SENIORS if len(jobs) >= size)
    if unit.kind in _NO_SENIORS or leader == "技能":
        seniors = 0
    for number in range(seniors):
        if leader in rest:
            rest.remove(leader)
            post = POST["担当係長" if number == 1 else "主査"]
            chairs.append(Chair(unit.code, 3, leader, post))
    for job in rest:
        post = POST["指導主事"] if job == "教育" else ""
        chairs.append(Chair(unit.code, STAFF, job, post))
    return chairs


def _yearly(unit: UnitSpec, number: int) -> list[Chair]:
    job = unit.jobs[0][0]
    name = _YEARLY_POSTS.get(unit.kind) or _YEARLY_POSTS.get(job, "事務補助員")
    if name == "事務補助員" and unit.code[:4] in _COUNTERS:
        name = "窓口専門員"
    return [Chair(unit.code, STAFF, job, POST[name], yearly=True) for _ in range(number)]


class House:
    """The chairs of the ward as time goes by. `era`: number of the last reorganisation."""

    def __init__(self, people: int) -> None:
        self.era = ALWAYS
        self.specs = {u.code: u for u in units()}
        self.chairs: list[Chair] = []
        self._sizes = Sizes(people)
        self._desks = count(2001)
        self._shared: dict[str, str] = {}
        self._shared_numbers = count(7001)
        self._seats: Counter[str] = Counter()
        self._schools = cycle(SCHOOLS)
        self._fit()

    def quota(self, unit: str) -> dict[int, int]:
        """定数 of a unit: its chairs by grade, without those for one-year appointments. Of those
        of 主任 and 主事 three in five are for the higher grade."""
        levels = Counter(chair.level for chair in self._sizes.wanted[unit] if not chair.yearly)
        staff = levels.pop(STAFF, 0)
        higher = round(staff * 0.6)
        return dict(levels) | {2: higher, 1: staff - higher}

    def heir(self, unit: str, era: int) -> str | None:
        """The unit into which the reorganisation of this number carries a unit's people."""
        return tables()[era].heir(unit)

    def reorganise(self, era: int) -> tuple[list[tuple[Chair, str]], list[Staff]]:
        """Go through a reorganisation. Returns the chairs that were carried over, with the unit
        they were in, and those who have lost theirs."""
        self.era = era
        carried = []
        for chair in self.chairs:
            heir = self.heir(chair.unit, era)
            if heir:
                carried.append((chair, chair.unit))
                chair.unit = heir
        return carried, self._fit()

    def _fit(self) -> list[Staff]:
        """Make chairs that are missing, take away those too many; who sat there has none."""
        before: dict[tuple[str, Key], list[Chair]] = {}
        for chair in sorted(self.chairs, key=lambda c: c.holder is None):
            before.setdefault((chair.unit, _key(chair)), []).append(chair)
        chairs = []
        for spec in (s for s in self.specs.values() if s.alive(self.era)):
            for pattern in self._sizes.wanted[spec.code]:
                there = before.get((spec.code, _key(pattern)))
                chairs.append(there.pop(0) if there else self._make(pattern, spec))
        lost = [c for own in before.values() for c in own]
        displaced = [c.holder for c in lost if c.holder is not None]
        for chair in lost:
            if chair.holder is not None and chair.holder.chair is chair:
                chair.holder.chair = None
        self.chairs = chairs
        return displaced

    def _make(self, pattern: Chair, spec: UnitSpec) -> Chair:
        chair = Chair(
            spec.code, pattern.level, pattern.job, pattern.post, pattern.head, pattern.yearly
        )
        parent = self.specs.get(spec.parent or "")
        if spec.branch or pattern.yearly or (parent is not None and parent.branch):
            if spec.code not in self._shared:
                self._shared[spec.code] = f"{next(self._shared_numbers):04d}"
            chair.extension = self._shared[spec.code]
        else:
            chair.extension = f"{next(self._desks) % 10_000:04d}"
        if spec.building == "本庁舎" and not pattern.yearly:
            zone = "ABCDEFGH"[int(spec.code[:4]) % 8]
            self._seats[spec.floor + zone] += 1
            chair.seat = f"{spec.floor}F-{zone}{self._seats[spec.floor + zone]:02d}"
        if spec.kind == "学校" and not pattern.head:
            chair.building = buildings()[next(self._schools)]
        return chair


def _key(chair: Chair) -> Key:
    return chair.level, chair.job, chair.post, chair.yearly
