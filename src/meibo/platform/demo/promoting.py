"""Promotion into chairs that nobody of the grade has taken."""

from __future__ import annotations

from datetime import date

from meibo.platform.demo.fiscal import age_in, years_between
from meibo.platform.demo.hiring import EXTERNAL, recruit
from meibo.platform.demo.people import LEADING, PERMANENT, STAFF, Chair, Staff
from meibo.platform.demo.ward import Ward

_VACANT = {6: 0.0, 5: 0.1, 4: 0.05, 3: 0.2}  # of free chairs
# Level of the chair → from which grades, after how many years in the grade, at what ages.
_LADDER = {
    6: ((5,), 4, (51, 59)),
    5: ((4, 3), 3, (41, 58)),
    4: ((3,), 3, (40, 58)),
    3: ((2,), 3, (33, 57)),
}
_CHOICE = 12  # how many of the most senior are considered for one chair


def promote(ward: Ward, day: date, level: int, chairs: list[Chair]) -> None:
    """Fill these free chairs from below, but for a few that stay vacant."""
    if not chairs or chairs[0].job in EXTERNAL:
        return
    pool = _pool(ward, day, level, chairs[0].trade)
    for chair in chairs:
        if ward.chance(_VACANT[level]) or (not pool and level > 3):
            continue
        if not pool:
            recruit(ward, chair, day)  # a trade with nobody to promote looks outside
            continue
        choice = pool[:_CHOICE]
        away = [s for s in choice if ward.section(s.unit) != ward.section(chair.unit)]
        chosen = ward.rng.choice(away or choice)
        pool.remove(chosen)
        ward.move(chosen, chair, day, level)


def _pool(ward: Ward, day: date, level: int, trade: str) -> list[Staff]:
    """Who could be promoted, the most senior first, with some luck."""
    grades, years, (youngest, oldest) = _LADDER[level]
    able = [
        s
        for s in ward.regular()
        if s.grade in grades
        and s.term == PERMANENT
        and s.away is None
        and s.chair is not None
        and s.chair.level in {s.grade, STAFF}
        and s.graded < day
        and (s.trade == trade and s.job in LEADING if level > 3 else s.job == trade)
        and youngest <= age_in(s.born, day.year) <= oldest
    ]
    ripe = [s for s in able if years_between(s.graded, day) >= years]
    ripe = ripe or [s for s in able if years_between(s.graded, day) >= 1]
    luck = {s: ward.rng.random() * 8 for s in ripe}
    return sorted(ripe, key=lambda s: -(years_between(s.graded, day) + luck[s] + s.grade * 3))
