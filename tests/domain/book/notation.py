"""Orders in the field's own notation, for tests:

    2026-04-01 E1 配置換 税務課 主査

day, person, wording, unit, post, then `name=value` for the rest (`満了=`, `まで=`, `級=`,
`記録=` the day it was recorded, `取消=` the line it cancels, counted from 1, `補=` the line it
completes). 組織改編 has `旧→新` pairs instead of unit and post.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from meibo.domain.book import OPEN, Effect, Line, SeatKind, Succession, SuccessionTable

TOKYO = ZoneInfo("Asia/Tokyo")
_EFFECTS = {
    "採用": Effect.ENTER,
    "再任用": Effect.ENTER,
    "再度の任用": Effect.ENTER,
    "配置換": Effect.MOVE,
    "昇任": Effect.MOVE,
    "任期更新": Effect.MOVE,
    "兼務": Effect.ADD,
    "併任": Effect.ADD,
    "事務取扱": Effect.ADD,
    "兼務解除": Effect.RELIEVE,
    "休職": Effect.PAUSE,
    "派遣": Effect.PAUSE,
    "復職": Effect.RESUME,
    "派遣復帰": Effect.RESUME,
    "退職": Effect.LEAVE,
    "組織改編": Effect.REMAP,
    "取消": Effect.VOID,
}
_KINDS = {"兼務": SeatKind.CONCURRENT, "併任": SeatKind.CROSS, "事務取扱": SeatKind.ACTING}


def book(text: str) -> list[Line]:
    """The lines of a text, numbered from 1."""
    rows = [row.split() for row in text.strip().splitlines() if row.strip()]
    return [_line(number, row) for number, row in enumerate(rows, 1)]


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    return datetime.combine(day(text), datetime.min.time(), TOKYO)


def _line(number: int, words: list[str]) -> Line:
    effective, person, wording = words[:3]
    named = dict(w.split("=", 1) for w in words[3:] if "=" in w)
    pairs = [w.split("→") for w in words[3:] if "→" in w]
    plain = [w for w in words[3:] if "=" not in w and "→" not in w]
    stated: dict[str, Any] = {}
    if pairs:
        stated["successions"] = SuccessionTable(
            Succession(old, new, named.get("種", "統合"), named.get("種") != "分割")
            for old, new in pairs
        )
    if plain:
        stated["unit"] = plain[0]
        stated["post"] = plain[1] if len(plain) > 1 else None
    if wording in ("派遣", "派遣復帰"):
        stated["slot"] = "dispatch"
    for name, key in (("満了", "term_end"), ("まで", "until"), ("since", "since")):
        if name in named:
            stated[key] = OPEN if named[name] == "なし" else day(named[name])
    if "級" in named:
        stated["grade"] = int(named["級"])
    return Line(
        number,
        day(effective),
        moment(named.get("記録", effective)),
        _EFFECTS[wording],
        "" if person == "-" else person,
        wording,
        kind=_KINDS.get(wording),
        voids=int(named["取消"]) if "取消" in named else None,
        completes=int(named["補"]) if "補" in named else None,
        appointment=named.get("任用", ""),
        **stated,
    )
