"""Bytes → text, in the encoding that the definition declares or the one the file is really in.

CP932 is what Windows writes for Shift_JIS; its user-defined area F040–F9FC decodes to the private
use area U+E000–U+E757, which the 外字 table of the feed maps to Unicode.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from meibo.platform.feeds.flaws import Flaw

LABELS = {
    "cp932": "CP932（シフトJIS）",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "euc-jp": "EUC-JP",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = ("utf-8", "cp932", "euc-jp")
_BEGINNING = 5000
CONTROL_Z = "\x1a"
LOST = "\ufffd"

#: Control-Z is how CP/M and hosts end a text; what follows it is no text.
_END_OF_FILE = re.compile(r"\x1a[\x1a\r\n ]*\Z")
#: Bytes 80, A0, FD, FE and FF stand for no letter in CP932, though a decoder lets them pass.
_NO_LETTERS = re.compile("[\x80\xa0\uf8f0-\uf8f3]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what was wrong with the file as a whole.

    Bytes that no letter stands for are `LOST` in `text`.
    """

    text: str
    flaws: tuple[Flaw, ...]


def decode(data: bytes, declared: str, headers: frozenset[str]) -> Decoded:
    """The text of `data`. `headers`: column names, by which a doubtful encoding is settled."""
    wanted = "utf-8" if declared.startswith("utf-8") else declared
    found, text = _text(data, wanted, headers)
    flaws = []
    if found != wanted:
        flaws.append(Flaw("encoding", {"declared": LABELS[wanted], "found": LABELS[found]}))
    text = text.removeprefix("\ufeff")
    tidy = _END_OF_FILE.sub("", text)
    if tidy != text:
        flaws.append(Flaw("control-z"))
    return Decoded(tidy, tuple(flaws))


def decode_as_found(data: bytes, declared: str, headers: frozenset[str]) -> tuple[str, str]:
    """The encoding in which a file (or its beginning) really is, and its text in it."""
    wanted = "utf-8" if declared.startswith("utf-8") else declared
    found, text = _text(data, wanted, headers)
    return found, text.removeprefix("\ufeff")


def _text(data: bytes, wanted: str, headers: frozenset[str]) -> tuple[str, str]:
    """The encoding and the text: by its mark, by the headers it shows, or the declared one."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, data.decode(encoding, "replace")
    tried: list[tuple[bool, bool, int, str, str]] = []
    for order, encoding in enumerate((wanted, *(o for o in _OTHERS if o != wanted))):
        text = data.decode(encoding, "replace")
        if encoding == "cp932":
            text = _NO_LETTERS.sub(LOST, text)
        shown, whole = _shows(text, headers), LOST not in text
        if shown and whole:
            return encoding, text
        tried.append((shown, whole, -order, encoding, text))
    best = max(tried)
    return best[3], best[4]


def _shows(text: str, headers: frozenset[str]) -> bool:
    """Whether the beginning shows most of the Japanese headers (any encoding shows ASCII)."""
    telling = [header for header in headers if not header.isascii()]
    beginning = text[:_BEGINNING]
    return 2 * sum(header in beginning for header in telling) >= len(telling)
