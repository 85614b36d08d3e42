"""The keys of one subject as one text, a line each: read in one go, searched without parsing.

A line is `<starts><ends><code>\t<borders>\t<key>\t<shown>`: days as five capitals, the key
without its spaces, a private-use letter for each place where one was. Folded text has no
capitals and no private-use letters, so a word is met in keys (and in what is shown) alone.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise

from meibo.domain.finding.fields import field_coded, field_named
from meibo.domain.finding.keys import Key

STARTS = slice(0, 5)
ENDS = slice(5, 10)
CODE = 10
BORDER = 0xE000
_A = ord("A")
_GAP = "\u3000"
_ONE_LINE = str.maketrans("\t\r\n", "   ")


@lru_cache(maxsize=4096)
def day_code(day: date) -> str:
    """A day as five capitals, in order of time."""
    rest, letters = day.toordinal(), ""
    for _ in range(5):
        rest, digit = divmod(rest, 26)
        letters = chr(_A + digit) + letters
    return letters


@lru_cache(maxsize=4096)
def _day(letters: str) -> date:
    ordinal = 0
    for letter in letters:
        ordinal = ordinal * 26 + ord(letter) - _A
    return date.fromordinal(ordinal)


def pack(keys: Iterable[Key]) -> str:
    """One text for the keys of one subject; the same keys in any order make the same text.

    Names and readings stand first, for most words are met there.
    """
    first: list[str] = []
    others: list[str] = []
    for _, name, text, starts, ends, shown in set(keys):
        field = field_named(name)
        line = day_code(starts) + day_code(ends) + _undated(name, text, shown)
        (first if field.first else others).append(line)
    return "\n" + "".join([*sorted(first), *sorted(others)])


@lru_cache(maxsize=16384)
def _undated(field: str, text: str, shown: str) -> str:
    """All of a line but its days: the names of a unit are those of everybody in it."""
    texts = text.translate(_ONE_LINE).split(" ")
    borders, place = "", 0
    for part in texts[:-1]:
        place += len(part)
        borders += chr(BORDER + place)
    other = "" if shown in ("", _plainly(text)) else shown.translate(_ONE_LINE)
    return f"{field_named(field).code}\t{borders}\t{''.join(texts)}\t{other}\n"


def _plainly(key: str) -> str:
    """How a key is shown where nothing else is said: as names are written, with a wide gap."""
    return key.replace(" ", _GAP)


def unpack(subject: str, packed: str) -> list[Key]:
    """The keys that were packed, each with what it is shown as."""
    return [_key(subject, line) for line in packed.split("\n") if line]


def undated(packed: str) -> set[str]:
    """What was packed, line by line without its days: all that an index is made of."""
    return {line[CODE:] for line in packed.split("\n") if line}


def code_of(line: str) -> str:
    """The code of the field that such a line is of."""
    return line.partition("\t")[0]


def word_of(line: str) -> tuple[str, str]:
    """Field and key of such a line."""
    code, borders, squeezed, _ = line.split("\t")
    key = " ".join(parts_of(squeezed, borders)) if borders else squeezed
    return field_coded(code).name, key


def _key(subject: str, line: str) -> Key:
    head, borders, squeezed, shown = line.split("\t")
    key = " ".join(parts_of(squeezed, borders))
    starts, ends = _day(head[STARTS]), _day(head[ENDS])
    return Key(subject, field_coded(head[CODE:]).name, key, starts, ends, shown or _plainly(key))


def parts_of(squeezed: str, borders: str) -> list[str]:
    """The parts of a key that was packed without its spaces."""
    places = [0, *(ord(border) - BORDER for border in borders), len(squeezed)]
    return [squeezed[a:b] for a, b in pairwise(places)]


def shown_of(line: str) -> str:
    """What a packed line is shown as."""
    _, borders, squeezed, shown = line.split("\t")
    return shown or _GAP.join(parts_of(squeezed, borders))
