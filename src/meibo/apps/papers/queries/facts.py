"""What a 人事記録カード says of a person: the facts of a card in groups, in words.

What the viewer's card does not hold has no line; a line without a word says that there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from meibo.apps.papers.queries.asked import Card
from meibo.domain import free_fields
from meibo.domain.free_fields import FreeField, Type
from meibo.domain.renewal import clock
from meibo.platform.layout.parts import in_words
from meibo.platform.layout.wording import SEX, era_date, spaced
from meibo.platform.papers.wording import joined

TOWNS_OWN = "この自治体の項目"
#: Groups of the record: heading → labels and how each is read off the card.
_FACTS: Mapping[str, Sequence[tuple[str, str]]] = {
    "人": (
        *(("職員番号", "staff_no"), ("生年月日", "birth_date"), ("性別", "sex")),
        *(("職場で使う名前", "name_at_work"), ("旧姓", "maiden_name"), ("ローマ字", "romaji")),
        *(("以前職場で使った名前", "former_names"), ("ほかの職員番号", "other_numbers")),
        ("家族（扶養など）", "family"),
    ),
    "任用": (
        *(("所属", "unit_path"), ("職", "post"), ("兼務など", "concurrent"), ("級", "grade")),
        *(("号給", "step"), ("職種", "job"), ("任用形態", "employment"), ("採用日", "hired")),
        *(("現所属の発令日", "unit_since"), ("任期の満了日", "term_end")),
        *(("週の勤務時間", "hours"), ("ほかの任用の勤務時間", "hours_further")),
        *(("休職・休業", "leave"), ("休職・休業のはじめ", "leave_from")),
        *(("休職・休業のおわり", "leave_to"), ("派遣", "dispatch"), ("派遣先", "dispatch_body")),
    ),
    "職場": (
        *(("執務場所", "place"), ("階", "floor"), ("席", "seat"), ("担当", "allotments")),
        *(("内線", "extension"), ("メール", "mail")),
    ),
    "住所・連絡先・通勤": (
        *(("郵便番号", "postcode"), ("住所", "address"), ("自宅・携帯の電話", "contacts")),
        *(("緊急連絡先", "emergency"), ("通勤", "commuting")),
    ),
    "技能・資格・備考": (
        *(("技能・資格", "skills"), ("資格・免許（届出）", "licence"), ("備考", "note")),
    ),
}


def groups(card: Card, free: Iterable[FreeField]) -> list[dict[str, Any]]:
    """Heading and facts of each group; what the town has added last."""
    found = [
        (heading, [[label, _fact(card, key)] for label, key in facts if key in card])
        for heading, facts in _FACTS.items()
    ]
    own = [[field.label, _free(card, field)] for field in free if field.name in card]
    return [
        {"heading": heading, "facts": facts}
        for heading, facts in (*found, (TOWNS_OWN, own))
        if facts
    ]


def _free(card: Card, field: FreeField) -> str:
    held = card[field.name]
    if field.type is Type.DAY and isinstance(held, str):
        return era_date(held) or held
    return free_fields.words(field, held)


def _fact(card: Card, key: str) -> str:
    value = card.get(key)
    return "" if value in (None, "", []) else _WORDS.get(key, _plain)(value)


def _plain(value: Any) -> str:
    return "　".join(map(str, value)) if isinstance(value, list) else str(value)


def _hours(value: Any) -> str:
    return clock(int(value)) if str(value).isdecimal() else str(value)


def _seats(value: Any) -> str:
    said = ((joined("".join(s["unit_path"]), s["post"] or ""), s["kind_label"]) for s in value)
    return "、".join(f"{where}（{kind}）" for where, kind in said)


def _matters(value: Any) -> str:
    return "、".join(f"{each['text']}（{each['role']}）" for each in value)


_DAYS = ("birth_date", "hired", "unit_since", "term_end", "leave_from", "leave_to")
_PARTED = ("contacts", "emergency", "commuting", "family", "licence")
_WORDS: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(_DAYS, era_date),
    **dict.fromkeys(_PARTED, in_words),
    "sex": lambda value: SEX.get(str(value), str(value)),
    "hours": _hours,
    "hours_further": lambda value: "、".join(map(_hours, value)),
    "grade": lambda value: f"{value}級",
    "former_names": lambda value: "、".join(map(spaced, value)),
    "other_numbers": lambda value: "、".join(map(str, value)),
    "concurrent": _seats,
    "allotments": _matters,
}
