"""How days, numbers and names are put before people."""

import re
import unicodedata
from datetime import date, datetime
from types import MappingProxyType
from zlib import crc32

from meibo.domain import calendar

DISC_COLOURS = 8
_NOT_DIALLED = re.compile(r"[^0-9+*#]")


#: A sex as the book holds it → as people read it.
SEX = MappingProxyType({"M": "男", "F": "女"})


def as_date(value: object) -> date | None:
    """A date, its ISO text, or the day in Japan of a moment; None for nothing and for what is no
    date."""
    if isinstance(value, datetime):
        return calendar.day_in_japan(value)
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def short_date(value: object) -> str:
    """2027年4月1日"""
    day = as_date(value)
    return calendar.short(day) if day else ""


def long_date(value: object) -> str:
    """2027年4月1日（木）"""
    day = as_date(value)
    return calendar.long(day) if day else ""


def era_date(value: object) -> str:
    """令和9年4月1日; the first year of an era is 元年."""
    day = as_date(value)
    return calendar.wareki(day) if day else ""


def telephone(value: object) -> str:
    """What follows `tel:` in an address (RFC 3966): digits and signs that can be dialled."""
    return _NOT_DIALLED.sub("", unicodedata.normalize("NFKC", str(value or "")))


def initial(name: object) -> str:
    """The first character of a name, with the variation selectors that belong to it."""
    text = str(name or "").strip()
    if not text:
        return "？"
    end = 1
    while end < len(text) and _joined(text[end]):
        end += 1
    return text[:end]


def _joined(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me"}


def disc_colour(key: object) -> int:
    """One of DISC_COLOURS, always the same for the same key."""
    return crc32(str(key).encode()) % DISC_COLOURS


def spaced(name: object) -> str:
    """A name for running text: the wide space between family and given name becomes narrow."""
    return str(name or "").replace("\u3000", " ")
