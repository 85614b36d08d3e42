"""What a condition may ask about: fields of a card, of what kind each is, how it is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from meibo.domain.free_fields import FreeField, Type

UNSEEN: Final = object()
"""The value of what the viewer may not see, or of what nobody is to tell from that."""
Card = Mapping[str, Any]


class Kind(StrEnum):
    """How a field is compared."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DAY = "day"
    FLAG = "flag"
    LIST = "list"
    UNIT = "unit"


#: Kind → how it may be compared, in words that follow the field's name.
OPS: Mapping[Kind, Mapping[str, str]] = MappingProxyType(
    {
        Kind.TEXT: {
            "has": "に次の言葉を含む",
            "is": "が次のとおり",
            "filled": "がある",
            "empty": "がない",
        },
        Kind.CHOICE: {
            "in": "が次のどれか",
            "not": "が次のどれでもない",
            "filled": "がある",
            "empty": "がない",
        },
        Kind.NUMBER: {
            "ge": "が次以上",
            "le": "が次以下",
            "eq": "が次と同じ",
            "filled": "がある",
            "empty": "がない",
        },
        Kind.DAY: {
            "from": "が次の日かその後",
            "until": "が次の日かその前",
            "older": "から次の年数がたっている",
            "younger": "から次の年数がたっていない",
            "within": "が次の月数のうちに来る",
            "filled": "がある",
            "empty": "がない",
        },
        Kind.FLAG: {"yes": "に当てはまる", "no": "に当てはまらない"},
        Kind.LIST: {
            "has": "のどれかに次の言葉を含む",
            "in": "が次のどれかを含む",
            "not": "が次のどれも含まない",
            "filled": "がある",
            "empty": "がない",
        },
        Kind.UNIT: {"in": "が次の組織かその下", "not": "が次の組織でもその下でもない"},
    }
)
#: Comparisons that need no value.
BARE: Final = frozenset({"filled", "empty", "yes", "no"})
_CHOSEN_LIST: Final = ("in", "not", "filled", "empty")
_FREE_LIST: Final = ("has", "filled", "empty")


@dataclass(frozen=True, slots=True)
class Known:
    """One field: `rows` of the disclosure table that rule it, the first one by its name. `value`
    takes it off a card, as of a day; UNSEEN where the card does not tell."""

    key: str
    label: str
    kind: Kind
    rows: tuple[str, ...]
    value: Callable[[Card, date], Any]
    table: str = ""
    ops: tuple[str, ...] = ()


def _at(key: str) -> Callable[[Card, date], Any]:
    return lambda card, on: card.get(key, UNSEEN)


def _none_word(key: str) -> Callable[[Card, date], Any]:
    """休職 and 派遣 say 「なし」 in the town's words where there is none; their days do not."""

    def value(card: Card, on: date) -> Any:
        if key not in card:
            return UNSEEN
        started = card.get(f"{key}_from") if key == "leave" else card.get(f"{key}_body")
        return card[key] if started else None

    return value


def _any_unit(card: Card, on: date) -> Any:
    if "unit_codes" not in card or "concurrent" not in card:
        return UNSEEN
    codes = list(card["unit_codes"])
    for each in card["concurrent"]:
        codes += each.get("unit_codes") or [each["unit_code"]]
    return codes


def _concurrent(card: Card, on: date) -> Any:
    return bool(card["concurrent"]) if "concurrent" in card else UNSEEN


def _matters(card: Card, on: date) -> Any:
    return [each["text"] for each in card["allotments"]] if "allotments" in card else UNSEEN


def years_between(start: date, end: date) -> int:
    """Whole years from one day to another, as ages are counted."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _age(card: Card, on: date) -> Any:
    born = card.get("birth_date", UNSEEN)
    if born is UNSEEN or not born:
        return born
    return years_between(date.fromisoformat(born), on)


def _sex(card: Card, on: date) -> Any:
    value = card.get("sex", UNSEEN)
    return {"M": "男", "F": "女"}.get(value, value) if isinstance(value, str) else value


_NAME = ("name", "record_name")
_PLAIN: tuple[tuple[str, str, Kind, str, str], ...] = (
    ("romaji", "ローマ字", Kind.TEXT, "romaji", ""),
    ("extension", "内線", Kind.TEXT, "extension", ""),
    ("mail", "メール", Kind.TEXT, "mail", ""),
    ("place", "執務場所", Kind.CHOICE, "place", "building"),
    ("seat", "席", Kind.TEXT, "place", ""),
    ("away", "不在", Kind.FLAG, "away", ""),
    ("staff_no", "職員番号", Kind.TEXT, "staff_no", ""),
    ("job", "職種", Kind.CHOICE, "job", "job"),
    ("employment", "任用形態", Kind.CHOICE, "employment", "employment"),
    ("grade", "級", Kind.NUMBER, "grade", ""),
    ("step", "号給", Kind.TEXT, "step", ""),
    ("unit_since", "現所属の発令日", Kind.DAY, "unit_since", ""),
    ("hired", "採用日", Kind.DAY, "hired", ""),
    ("term_end", "任期の満了日", Kind.DAY, "term_end", ""),
    ("leave_from", "休職・休業のはじめ", Kind.DAY, "leave", ""),
    ("leave_to", "休職・休業のおわり", Kind.DAY, "leave", ""),
    ("dispatch_body", "派遣先", Kind.TEXT, "dispatch", ""),
    ("birth_date", "生年月日", Kind.DAY, "birth_date", ""),
    ("postcode", "郵便番号", Kind.TEXT, "address", ""),
    ("address", "住所", Kind.TEXT, "address", ""),
    ("maiden_name", "旧姓", Kind.TEXT, "maiden_name", ""),
    ("note", "備考", Kind.TEXT, "note", ""),
)
_MADE = (
    Known("name", "氏名", Kind.TEXT, _NAME, _at("name")),
    Known("kana", "読み", Kind.TEXT, ("kana", *_NAME), _at("kana")),
    Known("unit", "所属（本務）", Kind.UNIT, ("unit",), _at("unit_codes")),
    Known("any_unit", "所属（兼務も）", Kind.UNIT, ("unit", "concurrent"), _any_unit),
    Known("post", "職", Kind.CHOICE, ("post",), _at("post_code"), "post"),
    Known("concurrent", "兼務など", Kind.FLAG, ("concurrent",), _concurrent),
    Known("skills", "技能・資格", Kind.LIST, ("skill",), _at("skills"), "", _FREE_LIST),
    Known("allotments", "担当", Kind.LIST, ("allotment",), _matters, "", _FREE_LIST),
    Known("age", "年齢", Kind.NUMBER, ("birth_date",), _age),
    Known("sex", "性別", Kind.CHOICE, ("sex",), _sex, "sex"),
    Known("leave", "休職・休業", Kind.CHOICE, ("leave",), _none_word("leave"), "leave"),
    Known("dispatch", "派遣", Kind.CHOICE, ("dispatch",), _none_word("dispatch"), "dispatch"),
)
KNOWN: Mapping[str, Known] = MappingProxyType(
    {
        known.key: known
        for known in (
            *_MADE,
            *(
                Known(key, label, kind, (row,), _at(key), table)
                for key, label, kind, row, table in _PLAIN
            ),
        )
    }
)
_FREE: Mapping[Type, tuple[Kind, tuple[str, ...]]] = {
    Type.TEXT: (Kind.TEXT, ()),
    Type.NUMBER: (Kind.NUMBER, ()),
    Type.DAY: (Kind.DAY, ()),
    Type.CHOICE: (Kind.CHOICE, ()),
    Type.FLAG: (Kind.FLAG, ()),
    Type.SEVERAL: (Kind.LIST, _CHOSEN_LIST),
    Type.FILE: (Kind.TEXT, ("filled", "empty")),
}


def known_fields(free: Mapping[str, FreeField]) -> Mapping[str, Known]:
    """Every field that may be asked about, with those that the town added."""
    found = dict(KNOWN)
    for name, field in free.items():
        kind, ops = _FREE[field.type]
        found[name] = Known(name, field.label, kind, (name,), _at(name), name, ops)
    return found


def ops_of(known: Known) -> Mapping[str, str]:
    """How this field may be compared."""
    words = OPS[known.kind]
    return {op: words[op] for op in known.ops or words}
