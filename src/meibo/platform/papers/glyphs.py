"""Which characters the fonts can draw, read from the fonts' own tables.

PDF/A forbids the empty box that stands for a missing character, and a name with a hole in it is
worse than one that says that something is missing. So a character that no font has is set as 〓
(下駄), as printers have always done, and counted.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
import typst

#: Stands where a character cannot be set.
GETA = "〓"
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_SPACES = "\t\n\r"
#: Controls and signs without a form, which nobody misses.
_SILENT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one font draws: characters, and characters followed by a variation selector."""

    characters: frozenset[int]
    variants: frozenset[tuple[int, int]]


def folders() -> list[str]:
    """Where the fonts lie that come along; nothing of this machine is looked at."""
    paths = [Path(font.FONT_PATH) for font in (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)]
    return [str(path.parent if path.is_file() else path) for path in paths]


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts, looked through once a process."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=folders()
    )


@lru_cache(maxsize=1)
def coverage() -> Coverage:
    """What every one of the fonts draws, so that a bold line has no hole either."""
    found = [_read(path) for folder in folders() for path in sorted(Path(folder).glob("*.otf"))]
    return Coverage(
        frozenset.intersection(*(each.characters for each in found)),
        frozenset.intersection(*(each.variants for each in found)),
    )


def drawable(text: str) -> str:
    """The text as it can be set: 〓 for what no font has; a selector whose form no font has goes,
    and the usual form of its character stays. What a line cannot hold (controls) goes as well."""
    if text.isascii() and text.isprintable():
        return text
    known, out = coverage(), list[str]()
    for character in text:
        code = ord(character)
        if any(code in each for each in _SELECTORS):
            if out and (ord(out[-1][0]), code) in known.variants:
                out[-1] += character
        elif code in known.characters or character in _SPACES:
            out.append(character)
        elif unicodedata.category(character) not in _SILENT:
            out.append(GETA)
    return "".join(out)


def missing(texts: Iterable[str]) -> int:
    """How many characters of these texts cannot be set, or not in the form that was asked for."""
    return sum(
        drawable(text).count(GETA) - text.count(GETA) + len(text) - len(drawable(text))
        for text in texts
    )


def _read(path: Path) -> Coverage:
    data = path.read_bytes()
    start = _table(data, b"cmap")
    characters: set[int] = set()
    variants: set[tuple[int, int]] = set()
    (count,) = struct.unpack_from(">H", data, start + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 4 + 8 * number + 4)
        (form,) = struct.unpack_from(">H", data, start + offset)
        if form == 12:
            characters |= _segmented(data, start + offset)
        elif form == 14:
            variants |= _varied(data, start + offset)
    return Coverage(frozenset(characters), frozenset(variants))


def _table(data: bytes, name: bytes) -> int:
    """Where a table of an OpenType file begins."""
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise ValueError(f"no table {name!r}")


def _segmented(data: bytes, at: int) -> set[int]:
    """Format 12: groups of characters that follow each other."""
    (groups,) = struct.unpack_from(">I", data, at + 12)
    found: set[int] = set()
    for first, last, _ in struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * groups]):
        found.update(range(first, last + 1))
    return found


def _varied(data: bytes, at: int) -> set[tuple[int, int]]:
    """Format 14: characters with a variation selector, those of the usual form included."""
    (count,) = struct.unpack_from(">I", data, at + 6)
    found: set[tuple[int, int]] = set()
    for number in range(count):
        record = at + 10 + 11 * number
        selector = int.from_bytes(data[record : record + 3], "big")
        usual, own = struct.unpack_from(">II", data, record + 3)
        if usual:
            (ranges,) = struct.unpack_from(">I", data, at + usual)
            for each in range(ranges):
                place = at + usual + 4 + 4 * each
                first = int.from_bytes(data[place : place + 3], "big")
                found |= {(first + more, selector) for more in range(data[place + 3] + 1)}
        if own:
            (mappings,) = struct.unpack_from(">I", data, at + own)
            for each in range(mappings):
                place = at + own + 4 + 5 * each
                found.add((int.from_bytes(data[place : place + 3], "big"), selector))
    return found
