"""自由項目: fields that a town adds by itself.

Such a field is a row of the disclosure table (公開基準) whose name begins with `free:` and which
says of what kind it is. So it comes into being, changes and ends as every row does: in a dated
version that a second person approved. Its values are filings of that name, dated like all others.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from meibo.domain import calendar
from meibo.domain.names import find_my_numbers

PREFIX = "free:"
LONGEST = 400
MOST_CHOICES = 60
_KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")
_YES = frozenset({"1", "はい", "有", "あり", "○", "y", "yes", "true"})
_NO = frozenset({"0", "いいえ", "無", "なし", "×", "n", "no", "false"})
_PARTS = re.compile(r"[、,，;；\n]+")


class Type(StrEnum):
    """What a value is. The words are stored and keep their meaning."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    FLAG = "flag"
    SEVERAL = "several"
    FILE = "file"


TYPES: Mapping[Type, str] = MappingProxyType(
    {
        Type.TEXT: "文字",
        Type.NUMBER: "数",
        Type.DAY: "日付",
        Type.CHOICE: "一つ選ぶ",
        Type.FLAG: "はい・いいえ",
        Type.SEVERAL: "いくつか選ぶ",
        Type.FILE: "書類（スキャン）",
    }
)
#: Who besides personnel may write a value, where the field says so.
WRITERS: Mapping[str, str] = MappingProxyType({"self": "本人", "clerk": "庶務担当"})


class FieldError(ValueError):
    """What was given is no field, or no value of this field; the message says what to do."""


@dataclass(frozen=True, slots=True)
class FreeField:
    """One field: `name` is its row in the disclosure table and its field in the book of filings."""

    name: str
    label: str
    type: Type
    choices: tuple[str, ...] = ()
    by: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """What a feed definition calls it, after `free.`."""
        return self.name.removeprefix(PREFIX)

    @property
    def type_label(self) -> str:
        return TYPES[self.type]


def is_free(name: str) -> bool:
    """Whether a field of a filing or of the table is one that a town added."""
    return name.startswith(PREFIX)


def field_of(name: str, label: str, kind: str) -> FreeField:
    """The field that a row of the table speaks of. Raises FieldError."""
    if not is_free(name) or not _KEY.fullmatch(name.removeprefix(PREFIX)):
        raise FieldError("項目の記号は、英小文字で始まる英小文字・数字・_ の30字までです")
    try:
        told = json.loads(kind)
        type_ = Type(told["type"])
        choices = tuple(str(each).strip() for each in told.get("choices", ()))
        by = frozenset(map(str, told.get("by", ())))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FieldError("項目の種類が読めません") from error
    return _checked(FreeField(name, label.strip(), type_, choices, by))


def _checked(field: FreeField) -> FreeField:
    if not field.label:
        raise FieldError("項目の名前を入れてください")
    if field.by - set(WRITERS):
        raise FieldError("書ける人は、本人か庶務担当です")
    choosing = field.type in {Type.CHOICE, Type.SEVERAL}
    if not choosing and field.choices:
        raise FieldError("選択肢は、選ぶ項目だけにつけられます")
    if choosing and not (2 <= len(field.choices) <= MOST_CHOICES):
        raise FieldError(f"選択肢を2つから{MOST_CHOICES}個まで入れてください")
    if len(set(field.choices)) < len(field.choices) or "" in field.choices:
        raise FieldError("同じ選択肢が2つあるか、空の選択肢があります")
    return field


def kind_text(type_: Type, choices: Sequence[str] = (), by: Sequence[str] = ()) -> str:
    """How the table writes what kind of field it is."""
    told: dict[str, Any] = {"type": type_.value}
    told |= {"choices": list(choices)} if choices else {}
    told |= {"by": sorted(by)} if by else {}
    return json.dumps(told, ensure_ascii=False)


def read(field: FreeField, given: str | Sequence[str]) -> str | None:
    """What was typed or delivered, as it is filed; None for nothing. Raises FieldError."""
    texts = [given] if isinstance(given, str) else list(given)
    texts = [text.strip() for text in texts if text.strip()]
    if not texts:
        return None
    if field.type is Type.SEVERAL:
        return _several(field, texts)
    return _READ[field.type](field, texts[0])


def _text(field: FreeField, text: str) -> str:
    if len(text) > LONGEST:
        raise FieldError(f"{LONGEST}字までにしてください")
    if any(unicodedata.category(each) == "Cc" for each in text):
        raise FieldError("改行などの制御文字は使えません")
    if find_my_numbers(text):
        raise FieldError("個人番号と読める数字があります。名簿には入れられません")
    return text


def _number(field: FreeField, text: str) -> str:
    try:
        found = Decimal(unicodedata.normalize("NFKC", text).replace(",", ""))
    except InvalidOperation as error:
        raise FieldError("数を入れてください") from error
    if not found.is_finite() or abs(found) >= Decimal(10) ** 12:
        raise FieldError("数が大きすぎます")
    if find_my_numbers(text):
        raise FieldError("個人番号と読める数字です。名簿には入れられません")
    return format(found.normalize() + 0, "f")


def _day(field: FreeField, text: str) -> str:
    found = calendar.parse_date(text)
    if not isinstance(found, date):
        raise FieldError("日付を入れてください（例：2027年4月1日）")
    return found.isoformat()


def _choice(field: FreeField, text: str) -> str:
    if text not in field.choices:
        raise FieldError(f"選択肢にありません（{'・'.join(field.choices)}）")
    return text


def _flag(field: FreeField, text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    if plain in _YES:
        return "1"
    if plain in _NO:
        return "0"
    raise FieldError("「はい」か「いいえ」を入れてください")


def _file(field: FreeField, text: str) -> str:
    raise FieldError("書類は、職員の記録の画面から入れてください")


_READ = {
    Type.TEXT: _text,
    Type.NUMBER: _number,
    Type.DAY: _day,
    Type.CHOICE: _choice,
    Type.FLAG: _flag,
    Type.FILE: _file,
}


def _several(field: FreeField, texts: Sequence[str]) -> str:
    parts = {part.strip() for text in texts for part in _PARTS.split(text)} - {""}
    for part in sorted(parts):
        _choice(field, part)
    return json.dumps([each for each in field.choices if each in parts], ensure_ascii=False)


def value(field: FreeField, filed: str | None) -> Any:
    """A filed value as a card holds it: a text, a list of texts, True or False, or what a document
    is; None for nothing. What was filed while the field was of another kind stays a text."""
    if filed is None or filed == "":
        return None
    if field.type is Type.FLAG and filed in {"0", "1"}:
        return filed == "1"
    if field.type in {Type.SEVERAL, Type.FILE} and filed[:1] in "[{":
        return json.loads(filed)
    return [filed] if field.type is Type.SEVERAL else filed


def words(field: FreeField, held: Any) -> str:
    """A card's value as people read it."""
    if held is None:
        return ""
    if isinstance(held, bool):
        return "はい" if held else "いいえ"
    if isinstance(held, list):
        return "、".join(map(str, held))
    if isinstance(held, Mapping):
        return str(held.get("name") or "書類")
    if field.type is Type.DAY:
        found = calendar.parse_date(str(held))
        return calendar.short(found) if isinstance(found, date) else str(held)
    return str(held)
