"""Text → what a file's encoding can hold: 外字 mapped back by the town's table.

Nothing is replaced in silence. What the encoding has no letter for is written by its 代替文字
only where the definition allows it, and told; else the cell cannot be written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_HOSTS = frozenset({"cp932"})
"""Encodings with an area for letters of one's own."""
_SELECTOR = "[\\ufe00-\\ufe0f\\U000e0100-\\U000e01ef]"
_CLUSTER = re.compile(f".{_SELECTOR}?", re.DOTALL)
_NO_LETTERS = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
"""What Python's CP932 lets pass and nobody can read (see reading/decode.py)."""
#: Signs that CP932 has under another number: the same sign for everyone who reads it.
_TWINS = str.maketrans("〜−‖—¢£¬", "～－∥―￠￡￢")


@dataclass(frozen=True, slots=True)
class Written:
    """A text as the file has it. `replaced`, `lost`: letters written otherwise, or not at all."""

    text: str
    replaced: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class Letters:
    """How text is written in one encoding with one town's 外字.

    `hosts`: text → letter of the private area; `substitutes`: text → 代替文字.
    """

    def __init__(
        self,
        encoding: str,
        hosts: Mapping[str, str],
        substitutes: Mapping[str, str],
        *,
        substitute: bool,
    ) -> None:
        self._encoding = encoding
        self._hosts = dict(hosts) if encoding in _HOSTS else {}
        self._substitutes = substitutes
        self._substitute = substitute
        longest = sorted(self._hosts, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest))) if longest else None

    def write(self, text: str) -> Written:
        """The text in letters of the encoding."""
        if text.isascii() or self._encoding.startswith("utf"):
            return Written(text)
        if self._known is not None:
            text = self._known.sub(lambda found: self._hosts[found[0]], text)
        if self._holds(text):
            return Written(text)
        written, replaced, lost = [], [], []
        for cluster in _CLUSTER.findall(text):
            letter = cluster if self._holds(cluster) else self._other(cluster)
            written.append(letter or "")
            if letter is None:
                lost.append(cluster)
            elif letter != cluster and letter != cluster.translate(_TWINS):
                replaced.append(cluster)
        return Written("".join(written), tuple(replaced), tuple(lost))

    def _other(self, cluster: str) -> str | None:
        """Another letter for one that the encoding does not have, where there may be one."""
        twin = cluster.translate(_TWINS)
        if self._holds(twin):
            return twin
        if not self._substitute:
            return None
        for letter in (self._substitutes.get(cluster), cluster[:1]):
            if letter and self._holds(letter):
                return letter
        return None

    def _holds(self, text: str) -> bool:
        """Whether the text comes out of the encoding as it went in."""
        try:
            same = text.encode(self._encoding).decode(self._encoding) == text
        except UnicodeError:
            return False
        return same and not (self._encoding == "cp932" and _NO_LETTERS.search(text))
