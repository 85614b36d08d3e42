"""Values of a record that are lists of parts (family, commuting, contacts …) as people read them.

Every part that is a day says what day it is: 「2026年11月20日生まれ」, not the bare date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from meibo.platform.layout.wording import short_date, spaced

Words = Callable[[str], str]


def _day(after: str) -> Words:
    """A day and what it is; text that is no day stays as it is."""
    return lambda text: f"{short_date(text)}{after}" if short_date(text) else text


def _number(text: str) -> str:
    """第12号; of what somebody wrote in words, the words."""
    return f"第{text}号" if text.isascii() and text.isalnum() else text


_PARTS: Mapping[str, Words] = MappingProxyType(
    {
        "name": spaced,
        "born": _day("生まれ"),
        "since": _day("から"),
        "got": _day("取得"),
        "expires": _day("まで"),
        "number": _number,
        "distance": lambda text: f"片道{text}",
        "scan": lambda text: "写しあり",
    }
)


def in_words(rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows in one line, in the order in which they stand."""
    return "、".join(one_in_words(row) for row in rows)


def one_in_words(row: Mapping[str, Any]) -> str:
    """One row: its parts, the empty ones left out."""
    said = (_PARTS.get(key, str)(str(part)) for key, part in row.items() if part)
    return " ".join(said)
