"""事務分担: who handles which matter, kept by each section; and who keeps it (庶務担当)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from meibo.domain.book import OPEN
from meibo.domain.units import ALLOTMENT
from meibo.ledger.writer import UNIT, NewFiling
from meibo.platform.demo.codes import GRADE, POST
from meibo.platform.demo.fiscal import april
from meibo.platform.demo.outline import UnitSpec
from meibo.platform.demo.people import Staff, Stay
from meibo.platform.demo.scribe import TOKYO
from meibo.platform.demo.ward import Ward

_YEARS = 3  # allotments are told of from so many years before the coming April
_FILED_AFTER = timedelta(days=7)
_ASPECTS = (
    *("", "（窓口・受付）", "（審査・決定）", "（通知・発送）", "（統計・照会）", "（予算・経理）"),
    *("（システム）", "（相談）", "（記録・文書）"),
)
_COMMON = (
    "係の庶務、文書及び物品",
    "係の予算及び決算",
    "議会及び庁内照会",
    "防災及び情報セキュリティの推進",
)
_LEADERS = frozenset(
    POST[name] for name in ("係長", "園長", "館長3", "技能長", "担当係長")
)  # fmt: skip
_DEPUTY = POST["課長補佐"]
_YEARLY = 900  # codes of posts for one-year appointments begin here
Held = list[tuple[Staff, Stay]]


def filed(ward: Ward) -> Iterator[NewFiling]:
    """Allotments and clerks of every unit."""
    since = april(ward.coming - _YEARS)
    stays: dict[str, Held] = {}
    for staff in ward.staff:
        for stay in staff.stays:
            if (stay.ends or OPEN) > since and stay.starts <= ward.today:
                stays.setdefault(stay.unit, []).append((staff, stay))
    for unit in ward.house.specs.values():
        held = sorted(stays.get(unit.code, []), key=lambda pair: pair[1].starts)
        if unit.level == 3 or unit.code.endswith("0000"):
            yield from _of_unit(ward, unit, held, since)
    yield from _clerks(ward, stays, since)


def _filing(ward: Ward, unit: str, name: str, value: str, starts: date, ends: date) -> NewFiling:
    """A section files its allotments a week into the year."""
    told = datetime.combine(starts + _FILED_AFTER, time(17), TOKYO)
    return NewFiling(UNIT + unit, name, value, starts, min(told, ward.now), ends)


def _of_unit(ward: Ward, unit: UnitSpec, held: Held, since: date) -> Iterator[NewFiling]:
    """Everybody gets what is least cared for; the first to have a matter has it as 主."""
    number = 0
    for staff, stay in held:
        starts, ends = max(stay.starts, since), stay.ends or OPEN
        for text, role in _matters(unit, stay, held, starts):
            number += 1
            value = {"person": staff.id, "text": text, "role": role}
            name = f"{ALLOTMENT}{number:03d}"
            yield _filing(
                ward, unit.code, name, json.dumps(value, ensure_ascii=False), starts, ends
            )


def _matters(unit: UnitSpec, stay: Stay, held: Held, on: date) -> list[tuple[str, str]]:
    if stay.post in _LEADERS:
        scope = "担任事務の総括" if stay.post == POST["担当係長"] else f"{unit.name}の総括"
        return [(scope, "主")]
    if GRADE[stay.post] > 3 or not unit.duties:
        return []
    place = _place(stay, held, on)
    wide = [f"{duty}{aspect}" for aspect in _ASPECTS for duty in unit.duties]
    first = wide[place % len(wide)]
    if int(stay.post) >= _YEARLY:
        return [(first, "副")]
    second = wide[(place + 1) % len(wide)]
    common = [(_COMMON[place % len(_COMMON)], "主")] if place % 3 == 0 and not unit.kind else []
    return [(first, "主"), (second, "副"), *common]


def _place(stay: Stay, held: Held, on: date) -> int:
    """Which place at the table someone takes who comes on a day: by the order of coming."""
    before = [s for _, s in held if s.starts <= on < (s.ends or OPEN) and s.post not in _LEADERS]
    return next((n for n, s in enumerate(before) if s is stay), len(before))


def _clerks(ward: Ward, stays: dict[str, Held], since: date) -> Iterator[NewFiling]:
    """庶務担当 of each section: someone of its first unit, and a stand-in."""
    for section in (u for u in ward.house.specs.values() if u.level == 2):
        below = [u for u in ward.house.specs.values() if u.parent == section.code]
        if not below:
            continue
        held = [h for h in stays.get(below[0].code, []) if _may_keep(h[1])]
        days = sorted({max(s.starts, since) for _, s in held} | {s.ends for _, s in held if s.ends})
        before: list[str] = []
        for day in (d for d in days if d <= april(ward.coming)):
            here = [p.id for p, s in held if s.starts <= day < (s.ends or OPEN)]
            kept = [p for p in before if p in here]
            clerks = (kept + [p for p in here if p not in kept])[:2]
            if clerks != before:
                yield _filing(ward, section.code, "clerks", json.dumps(clerks), day, OPEN)
                before = clerks


def _may_keep(stay: Stay) -> bool:
    return GRADE[stay.post] in {1, 2}
