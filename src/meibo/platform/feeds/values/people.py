"""Names and readings: kept letter by letter, 外字 mapped; readings in full-width katakana."""

from __future__ import annotations

import re

from meibo.domain.names import GAP, Kana, Reason, Script, doubts, exact, kana
from meibo.platform.feeds.definition.model import Column
from meibo.platform.feeds.flaws import Flaw, Flawed
from meibo.platform.feeds.values.gaiji import Gaiji
from meibo.platform.feeds.values.plain import is_formula

_MENDED = {
    Reason.OUTER_SPACE: "blanks",
    Reason.INNER_SPACE: "name-space",
    Reason.INVISIBLE: "invisible",
}
_LOST = re.compile("[\ufffd〓□■?？]")
_GAPS = re.compile(r"\s+")
_SPACES = {"half": " ", "full": GAP}
_SCRIPTS = {"half": Script.HALF_WIDTH, "full": Script.KATAKANA}
_WHOLE_NAMES = frozenset({"name"})
"""Fields that hold family and given name, so that a gap is expected between them."""


class Name:
    """Reads a name as it is on record."""

    def __init__(self, column: Column, gaiji: Gaiji) -> None:
        self._column = column
        self._gaiji = gaiji

    def __call__(self, raw: str) -> object:
        """The name with one U+3000 between its parts, None for an empty cell, or Flawed."""
        if not raw:
            return None
        tidy = exact(raw)
        flaws = [Flaw(_MENDED[reason]) for reason in tidy.reasons]
        text, unmapped = self._gaiji.mapped(tidy.value)
        if not text:
            return Flawed(None, tuple(flaws)) if flaws else None
        flaws += [*unmapped, *self._doubts(text)]
        return Flawed(text, tuple(flaws)) if flaws else text

    def _doubts(self, text: str) -> list[Flaw]:
        found = doubts(text)
        flaws = []
        if Reason.REPLACED in found:
            letters = "".join(dict.fromkeys(_LOST.findall(text)))
            flaws.append(Flaw("name-lost-letter", {"letter": letters}))
        if Reason.HALF_WIDTH_KANA in found:
            flaws.append(Flaw("name-half-kana"))
        if Reason.NO_GAP in found and self._column.name in _WHOLE_NAMES:
            flaws.append(Flaw("name-unsplit"))
        if self._column.formula and is_formula(text):
            flaws.append(Flaw("formula"))
        return flaws


class Reading:
    """Reads a reading in any kana. Whether it fits the name is judged when the row is whole."""

    def __init__(self, column: Column) -> None:
        self._column = column

    def __call__(self, raw: str) -> object:
        """The reading in full-width katakana, None for an empty cell, or Flawed."""
        if not raw:
            return None
        read = kana(raw)
        if Reason.MISSING in read.reasons:
            return Flawed(None, (Flaw("blanks"),))
        if Reason.NOT_KANA in read.reasons:
            return Flawed(None, (Flaw("kana-letters"),))
        flaws = [Flaw(_MENDED[r]) for r in read.reasons if r in _MENDED]
        flaws += self._script(read) or self._gap(raw)
        if Reason.STRAY_MARK in read.reasons:
            flaws.append(Flaw("kana-stray"))
        return Flawed(read.value, tuple(flaws)) if flaws else read.value

    def _gap(self, raw: str) -> list[Flaw]:
        """Between the parts stands one space of the width of the kana."""
        space = _SPACES.get(self._column.width)
        odd = space and any(found != space for found in _GAPS.findall(raw.strip()))
        return [Flaw("kana-space")] if odd else []

    def _script(self, read: Kana) -> list[Flaw]:
        if Script.HIRAGANA in read.scripts:
            return [Flaw("kana-script")]
        wanted = _SCRIPTS.get(self._column.width)
        other = sorted(read.scripts - {wanted, Script.LATIN, Script.OTHER}) if wanted else []
        if not wanted or not other:
            return []
        words = {"found": _WIDTHS[other[0]], "declared": _WIDTHS[wanted]}
        return [Flaw("kana-width", words)]


_WIDTHS = {Script.HALF_WIDTH: "半角カナ", Script.KATAKANA: "全角カナ", Script.HIRAGANA: "ひらがな"}
