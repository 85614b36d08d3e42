"""The fields of a card as the screens know them: Japanese name, row of the disclosure table, and
how a value is put before people. Cards, lists and exports all take their columns from here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from meibo.domain import free_fields
from meibo.domain.free_fields import FreeField, Type
from meibo.domain.renewal import clock
from meibo.ledger import policy, reader
from meibo.platform.layout.parts import in_words
from meibo.platform.layout.wording import SEX, as_date, spaced
from meibo.platform.papers.cells import Day, Number

Card = Mapping[str, Any]


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _path(value: Any) -> str:
    return " ".join(value or [])


def _lines(value: Any) -> str:
    return "、".join(map(str, value or []))


def _posts(value: Any) -> str:
    parts = [
        " ".join([each["kind_label"], *each["unit_path"], each["post"] or ""]).strip()
        for each in value or []
    ]
    return "、".join(parts)


def _matters(value: Any) -> str:
    return "、".join(f"{each['text']}（{each['role']}）" for each in value or [])


def _grade(value: Any) -> str:
    text = _plain(value)
    return Number.counted(int(text), "級") if text.isdecimal() else text


def _day(value: Any) -> str:
    day = as_date(value)
    return Day.western(day) if day else ""


def _hours(value: Any) -> str:
    """Minutes a week as people say them."""
    text = _plain(value)
    return clock(int(text)) if text.isdecimal() else text


def _names(value: Any) -> str:
    return _lines(map(spaced, value or []))


def _yes(word: str) -> Callable[[Any], str]:
    return lambda value: word if value else ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `key` on the card, `label` on screens, `row` of the disclosure table that rules
    it, `words` that turn its value into text, or into a number or day that a workbook takes as
    such."""

    key: str
    label: str
    row: str
    words: Callable[[Any], str] = _plain

    def text(self, card: Card) -> str:
        """The value in words; empty where the card does not hold it."""
        return self.words(card[self.key]) if self.key in card else ""


FIELDS: tuple[Field, ...] = (
    Field("name", "氏名", "name", spaced),
    Field("kana", "読み", "kana", spaced),
    Field("name_at_work", "職場で使う名前", "name", spaced),
    Field("romaji", "ローマ字", "romaji"),
    Field("unit_path", "所属", "unit", _path),
    Field("post", "職", "post"),
    Field("concurrent", "兼務など", "concurrent", _posts),
    Field("extension", "内線", "extension"),
    Field("mail", "メール", "mail"),
    Field("place", "執務場所", "place"),
    Field("floor", "階", "place"),
    Field("seat", "席", "place"),
    Field("allotments", "担当", "allotment", _matters),
    Field("skills", "技能・資格", "skill", _lines),
    Field("away", "不在", "away", _yes("不在")),
    Field("staff_no", "職員番号", "staff_no"),
    Field("job", "職種", "job"),
    Field("employment", "任用形態", "employment"),
    Field("grade", "級", "grade", _grade),
    Field("step", "号給", "step"),
    Field("unit_since", "現所属の発令日", "unit_since", _day),
    Field("hired", "採用日", "hired", _day),
    Field("term_end", "任期の満了日", "term_end", _day),
    Field("hours", "週の勤務時間", "hours", _hours),
    Field(
        "hours_further", "ほかの任用の勤務時間", "hours", lambda value: _lines(map(_hours, value))
    ),
    Field("leave", "休職・休業", "leave"),
    Field("leave_from", "休職・休業のはじめ", "leave", _day),
    Field("leave_to", "休職・休業のおわり", "leave", _day),
    Field("dispatch", "派遣", "dispatch"),
    Field("dispatch_body", "派遣先", "dispatch"),
    Field("maiden_name", "旧姓", "maiden_name"),
    Field("former_names", "以前職場で使った名前", "former_name", _names),
    Field("sex", "性別", "sex", lambda value: SEX.get(str(value), _plain(value))),
    Field("birth_date", "生年月日", "birth_date", _day),
    Field("postcode", "郵便番号", "address"),
    Field("address", "住所", "address"),
    Field("contacts", "自宅・携帯の電話", "contacts", in_words),
    Field("emergency", "緊急連絡先", "emergency", in_words),
    Field("commuting", "通勤", "commuting", in_words),
    Field("family", "家族（扶養など）", "family", in_words),
    Field("licence", "資格・免許（届出）", "licence", in_words),
    Field("other_numbers", "ほかの職員番号", "staff_no", _lines),
    Field("note", "備考", "note"),
)
BY_KEY: Mapping[str, Field] = {field.key: field for field in FIELDS}
#: What stands at the head of a card and in its lines about work; all else is of the record.
ON_CARD = frozenset(
    {
        *("name", "kana", "romaji", "name_at_work", "unit_path", "post", "concurrent"),
        *("extension", "mail", "place", "floor", "seat", "allotments", "skills", "away"),
    }
)


def catalogue(today: date) -> Mapping[str, Field]:
    """Every field by key, those that the town has added last, in the order of the table."""
    free = policy.table(today).free.values()
    return {**BY_KEY, **{field.name: _free(field) for field in free}}


def _free(field: FreeField) -> Field:
    return Field(field.name, field.label, field.name, partial(_free_words, field))


def _free_words(field: FreeField, value: Any) -> str:
    text = free_fields.words(field, value)
    if field.type is Type.NUMBER and text.isdecimal():
        return Number.plain(int(text))
    return (field.type is Type.DAY and _day(value)) or text


def record(fields: Mapping[str, Field]) -> Iterable[Field]:
    """Those of the record."""
    return (field for field in fields.values() if field.key not in ON_CARD)


def seen(cards: Iterable[reader.Card], fields: Mapping[str, Field]) -> tuple[Field, ...]:
    """The fields that at least one of these cards holds with a value."""
    held = frozenset[str]().union(*(card.filled for card in cards))
    return tuple(field for field in fields.values() if field.key in held)
