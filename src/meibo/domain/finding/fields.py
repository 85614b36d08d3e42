"""What can be searched by: the fields of the disclosure table that have keys.

A field's code stands in the index and in the packed keys; it must never change its meaning. It
is written in capitals, which folded text does not have, so that no word is met in it. An app
may search by a field of its own that is not listed here: it is text, and its name is its code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Script(StrEnum):
    """How a field is written, and so which words of a query can be found in it."""

    TEXT = "text"  # anything: kanji, kana, Latin, digits
    READING = "reading"  # katakana
    ROMAJI = "romaji"  # Latin, loosened by names.romaji_key
    NAME = "name"  # a name's text, reading and romaji, side by side
    NUMBER = "number"  # digits alone
    MAIL = "mail"  # inside: before the @; from its start: all of it
    FACT = "fact"  # nobody searches by it: units on a day, order of display


@dataclass(frozen=True, slots=True)
class Field:
    """A field with keys. `label` is what a hit says; `first`: ahead of others among equals."""

    name: str
    code: str
    label: str
    script: Script = Script.TEXT
    first: bool = False


UNIT: Final = "@unit"
"""Codes of the units a person has a post in on a day, with all units above them."""
SORT: Final = "@sort"
"""What people are put in order by (五十音順), or units (the house's own order)."""

_FIELDS: Final = (
    Field("name", "N", "氏名", first=True),
    Field("kana", "K", "読み", Script.READING, first=True),
    Field("romaji", "R", "ローマ字", Script.ROMAJI, first=True),
    Field("former_name", "F", "以前の氏名", Script.NAME),
    Field("maiden_name", "M", "旧姓", Script.NAME),
    Field("record_name", "L", "戸籍の氏名", Script.NAME),
    Field("staff_no", "S", "職員番号", Script.NUMBER),
    Field("unit", "U", "所属"),
    Field("post", "P", "職"),
    Field("concurrent", "C", "兼務"),
    Field("allotment", "A", "事務分担"),
    Field("extension", "E", "内線", Script.NUMBER),
    Field("phone", "T", "電話", Script.NUMBER),
    Field("mail", "I", "メール", Script.MAIL),
    Field("place", "B", "執務場所"),
    Field("skill", "Q", "技能・資格"),
    Field("contacts", "H", "自宅・携帯の電話", Script.NUMBER),
    Field("unit.name", "UN", "組織", first=True),
    Field("unit.duties", "UD", "事務分掌"),
    Field("unit.phone", "UT", "電話", Script.NUMBER),
    Field("unit.mail", "UI", "メール", Script.MAIL),
    Field("unit.place", "UB", "庁舎"),
    Field(UNIT, "@U", "", Script.FACT),
    Field(SORT, "@S", "", Script.FACT),
)
FIELDS: Final[Mapping[str, Field]] = MappingProxyType({f.name: f for f in _FIELDS})
_BY_CODE: Final = {f.code: f for f in _FIELDS}


def field_named(name: str) -> Field:
    """The field of this name; one that is not listed is an app's own, and text."""
    return FIELDS.get(name) or Field(name, f"~{name}~", name)


def field_coded(code: str) -> Field:
    """The field that a code in the index stands for."""
    return _BY_CODE.get(code) or field_named(code.strip("~"))
