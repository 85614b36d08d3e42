"""What of a record is told to its person without telling of others.

個人情報保護法78条1項2号: information on individuals other than the requester is not disclosed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

THIRD = "（第三者の情報のため開示しません）"
_SHORTEST = 3  # letters of a full name; shorter ones are words as well
#: Fields about somebody else: in each of their parts these keys are not told.
_OF_OTHERS: Mapping[str, frozenset[str]] = {
    "emergency": frozenset({"name", "phone", "address"}),
    "family": frozenset({"name", "born"}),
}


class Redactor:
    """Takes other people's names out of texts, and others' parts out of fields; counts them."""

    def __init__(self, own: Iterable[str], others: Iterable[str]) -> None:
        mine = {_bare(name) for name in own}
        names = {name for name in others if _bare(name) not in mine}
        long = sorted((n for n in names if len(_bare(n)) >= _SHORTEST), key=len, reverse=True)
        spelled = [r"[\s\u3000]*".join(map(re.escape, re.split(r"[\s\u3000]+", n))) for n in long]
        self._names = re.compile("|".join(spelled)) if spelled else None
        self.count = 0

    def field(self, name: str, value: Any) -> Any:
        """The value of one field."""
        hidden = _OF_OTHERS.get(name)
        if hidden is not None and not isinstance(value, str):
            return self._parts(value, hidden)
        return self.value(value)

    def value(self, value: Any) -> Any:
        """A text, or texts in lists and mappings."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return {key: self.field(str(key), each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.value(each) for each in value]
        return value

    def _parts(self, value: Any, hidden: frozenset[str]) -> Any:
        if isinstance(value, list):
            return [self._parts(each, hidden) for each in value]
        if not isinstance(value, Mapping):
            return value
        told = {}
        for key, each in value.items():
            if key in hidden and each:
                self.count += 1
                told[key] = THIRD
            else:
                told[key] = self.value(each)
        return told

    def _text(self, text: str) -> str:
        if self._names is None:
            return text
        told, count = self._names.subn(THIRD, text)
        self.count += count
        return told


def _bare(name: str) -> str:
    return re.sub(r"[\s\u3000]", "", name)
