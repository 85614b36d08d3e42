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
    *("", "窓口・受付", "審査・決定", "通知・発送", "統計・照会", "予算・経理", "システム"),
    *("相談", "記録・文書"),
)
# What is shared out in places that do one thing together.
_OF_KIND = {
    "保育園": (
        *("0歳児クラス", "1歳児クラス", "2歳児クラス", "3歳児クラス", "4歳児クラス", "5歳児クラス"),
        *(
            "延長保育",
            "園庭開放及び育児相談",
            "給食及びアレルギー対応",
            "行事",
            "避難訓練及び安全点検",
        ),
        *("保護者会及び園だより", "実習生の受入れ"),
    ),
    "幼稚園": ("年少組", "年中組", "年長組", "預かり保育", "未就園児の会"),
    "児童館": (
        *(
            "学童クラブ第一",
            "学童クラブ第二",
            "乳幼児親子のつどい",
            "中高生の居場所",
            "工作及び行事",
        ),
        *("館内の安全点検", "地域団体との連絡"),
    ),
    "図書館": (
        *("児童書及びおはなし会", "一般書の選書", "レファレンス", "予約及び配送", "雑誌及び新聞"),
        *("展示及び広報", "障害者サービス"),
    ),
    "学校": (
        *(
            "学校徴収金",
            "就学援助の窓口",
            "給与、旅費及び共済",
            "備品及び施設の管理",
            "文書及び庶務",
        ),
        "学校給食費",
    ),
    "用務": ("校内の清掃及び環境整備", "樹木及び花壇の手入れ", "小修繕", "来校者の案内"),
}
_COMMON = (
    "係の庶務、文書及び物品",
    "係の予算及び決算",
    "議会及び庁内照会",
    "防災及び情報セキュリティの推進",
)
_LEADERS = frozenset(POST[name] for name in ("係長", "園長", "館長3", "技能長", "担当係長"))
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


def clerks(ward: Ward) -> list[NewFiling]:
    """The clerks of every section as far as the story has come."""
    return [f for f in filed(ward) if f.field == "clerks"]


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
    wide = _OF_KIND.get(unit.kind) or _wide(unit)
    first = wide[place % len(wide)]
    if int(stay.post) >= _YEARLY:
        return [(first, "副")]
    second = wide[(place + 1) % len(wide)]
    common = [(_COMMON[place % len(_COMMON)], "主")] if place % 3 == 0 and not unit.kind else []
    return [(first, "主"), (second, "副"), *common]


def _wide(unit: UnitSpec) -> tuple[str, ...]:
    """The unit's duties, each in all its aspects, the whole first."""
    return tuple(
        duty
        if not aspect
        else f"{duty[:-1]}、{aspect}）"
        if duty.endswith("）")
        else f"{duty}（{aspect}）"
        for aspect in _ASPECTS
        for duty in unit.duties
    )


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
        there = stays.get(below[0].code, [])
        held = [h for h in there if _may_keep(h[1])] or list(there)
        held.sort(key=lambda pair: pair[0].number, reverse=True)  # it falls to the newest
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
