"""Cells of plain text and of signs: trimmed, narrowed, looked at as a spreadsheet would."""

from __future__ import annotations

import re

from meibo.platform.feeds.definition.model import Column
from meibo.platform.feeds.flaws import Flaw, Flawed
from meibo.platform.feeds.reading.decode import LOST
from meibo.platform.feeds.values.gaiji import Gaiji

#: White space at the ends, letters that cannot be seen, lost and private letters.
_ODD = re.compile(
    r"^\s|\s$|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff\ufffd\ue000-\uf8ff]"
)
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]")
#: What spreadsheets take for the start of a formula; the full-width forms run in Japanese ones.
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_NOT_A_FORMULA = re.compile(r"[+\-＋－][\d０-９][\d０-９.,()\-－ ]*|[-－ー―‐]+")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ｰー－", "-"))


def trimmed(raw: str) -> tuple[str, list[Flaw]]:
    """The text without white space around it and without letters that cannot be seen."""
    flaws: list[Flaw] = []
    seen = _INVISIBLE.sub("", raw)
    if seen != raw:
        flaws.append(Flaw("invisible"))
    text = seen.strip()
    if text != seen:
        flaws.append(Flaw("blanks"))
    return text, flaws


def narrowed(raw: str, *, dashes: bool = False) -> tuple[str, list[Flaw]]:
    """A sign (code, number, date, telephone): trimmed, full-width letters in half width."""
    if raw.isascii() and raw == raw.strip() and raw.isprintable():
        return raw, []
    text, flaws = trimmed(raw)
    narrow = text.translate(_NARROW)
    if dashes:
        narrow = narrow.translate(_DASHES)
    narrow = narrow.strip()
    if narrow != text:
        flaws.append(Flaw("full-width", {"mended": narrow}))
    return narrow, flaws


def raised(text: str, flaws: list[Flaw]) -> tuple[str, list[Flaw]]:
    """Small letters as capital ones; one flaw for the cell, whatever the letters' width."""
    upper = text.upper()
    if upper == text:
        return text, flaws
    rest = [flaw for flaw in flaws if flaw.code != "full-width"]
    return upper, [*rest, Flaw("letter-case", {"mended": upper})]


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text. `+81-90-…`, `-3` and a lone dash are none."""
    return bool(_FORMULA.match(text)) and not _NOT_A_FORMULA.fullmatch(text)


class Text:
    """Reads free text: kept letter by letter, 外字 mapped, bounded by pattern and length."""

    def __init__(self, column: Column, gaiji: Gaiji) -> None:
        self._column = column
        self._gaiji = gaiji

    def __call__(self, raw: str) -> object:
        """The text, None for an empty cell, or Flawed."""
        if not raw:
            return None
        if _ODD.search(raw):
            return self._odd(raw)
        flaws = self._bounds(raw)
        return Flawed(raw, tuple(flaws)) if flaws else raw

    def _odd(self, raw: str) -> object:
        text, flaws = trimmed(raw)
        if not text:
            return Flawed(None, tuple(flaws))
        if LOST in text:
            return Flawed(None, (*flaws, Flaw("bad-bytes")))
        text, unmapped = self._gaiji.mapped(text)
        flaws += [*unmapped, *self._bounds(text)]
        return Flawed(text, tuple(flaws)) if flaws else text

    def _bounds(self, text: str) -> list[Flaw]:
        column = self._column
        flaws: list[Flaw] = []
        if column.formula and _FORMULA.match(text) and (is_formula(text) or text[0] in "+＋"):
            flaws.append(Flaw("formula"))
        if column.longest and len(text) > column.longest:
            flaws.append(Flaw("too-long", {"longest": column.longest}))
        if column.pattern and not column.pattern.fullmatch(text):
            flaws.append(Flaw("form"))
        return flaws


class Serial(Text):
    """Reads a number that is a name (号給, 発令番号): half width, with its leading zeros."""

    def __call__(self, raw: str) -> object:
        """The number as text, None for an empty cell, or Flawed."""
        text, flaws = narrowed(raw)
        digits = self._column.digits or 0
        if text.isdigit() and len(text) < digits:
            text = text.zfill(digits)
            flaws.append(Flaw("lost-zeros", {"mended": text}))
        read = super().__call__(text)
        if not flaws:
            return read
        if isinstance(read, Flawed):
            return Flawed(read.value, (*flaws, *read.flaws))
        return Flawed(read, tuple(flaws))


class Sign:
    """Reads a telephone number, a mail address or a postcode: half width, in its form."""

    def __init__(self, column: Column, form: re.Pattern[str], *, dashes: bool) -> None:
        self._column = column
        self._form = column.pattern or form
        self._dashes = dashes

    def __call__(self, raw: str) -> object:
        """The sign, None for an empty cell, or Flawed."""
        if not raw:
            return None
        text, flaws = narrowed(raw, dashes=self._dashes)
        if not text:
            return Flawed(None, tuple(flaws)) if flaws else None
        if LOST in text:
            return Flawed(None, (*flaws, Flaw("bad-bytes")))
        if not text.strip("-"):
            return Flawed(None, (*flaws, Flaw("placeholder")))
        text, found = self.judged(text)
        flaws += found
        return Flawed(text, tuple(flaws)) if flaws else text

    def judged(self, text: str) -> tuple[str, list[Flaw]]:
        """The sign as it is taken, and what is wrong with its form."""
        if is_formula(text):
            return text, [Flaw("formula")]
        return text, [] if self._form.fullmatch(text) else [Flaw("form")]


PHONE = re.compile(r"\+?[0-9(][0-9()\- ]{3,19}(?:\s*(?:内線|\(内\)|ext\.?)\s*\d+)?")
MAIL = re.compile(r"[A-Za-z0-9._%+'/=?^{|}~&!#$*-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
POSTCODE = re.compile(r"\d{3}-?\d{4}")
