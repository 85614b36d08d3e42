"""The form in which names are compared in search.

What is stored and printed is never folded (`exact` in writing.py). Folding is generous on
purpose: it may bring together two people whose names differ, and so it must never decide that
two rows are one person.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from jntajis import mj_shrink_candidates

from meibo.domain.names.variants import GROUPS

#: MJ縮退マップ: unification rules (1), 法務省告示582号別表第四 (4), 戸籍法関連通達 (8); not the
#: guesses from reading and shape (2), which turn 麤 into 麁 and 﨑 into what it is not.
_REGISTER_RULES: Final = 1 | 4 | 8

#: Blocks that Unicode itself folds: compatibility ideographs, radicals, half and full width,
#: enclosed and squared signs. NFKC is right for comparing; for storing it would change names.
_COMPATIBLE: Final = (
    (0x00A0, 0x0100),
    (0x2000, 0x2070),
    (0x2100, 0x2190),
    (0x2460, 0x2500),
    (0x2E80, 0x2FE0),
    (0x3000, 0x3040),
    (0x309B, 0x30A0),
    (0x30FF, 0x3100),
    (0x3200, 0x3400),
    (0xF900, 0xFB00),
    (0xFE50, 0xFE70),
    (0xFF00, 0xFFF0),
    (0x2F800, 0x2FA20),
)
_LATIN_WITH_MARKS: Final = ((0x00C0, 0x0250), (0x1E00, 0x1F00))
_LATIN_ALONE: Final = {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
_LATIN_ALONE_LARGE: Final = {"Ø": "o", "Đ": "d", "Ł": "l", "Æ": "ae", "Œ": "oe", "ẞ": "ss"}
#: Variation selectors (IVS and SVS), marks over letters, marks that have no width.
_DROPPED: Final = (
    (0xFE00, 0xFE10),
    (0xE0100, 0xE01F0),
    (0x0300, 0x0370),
    (0x200B, 0x2010),
    (0x202A, 0x202F),
    (0x2060, 0x2065),
    (0xFEFF, 0xFF00),
    (0x00AD, 0x00AE),
)
_HYPHENS: Final = "-‐‑‒–—―⁃−─━ーｰ﹣－"
_SMALL: Final = {"ヶ": "ケ", "ヵ": "カ", "之": "ノ", "〜": "~", "’": "'", "‘": "'", "〻": "々"}

_KANJI: Final = "\u3400-\u9fff\U00020000-\U0003ffff々〇"
_RARE: Final = re.compile(rf"[\u3099\u309a々ヽヾ-]|[{_KANJI}0-9][ガカッ]")
_VOICED: Final = re.compile("([ァ-ヺ])([\u3099\u309a])|[\u3099\u309a]")
_REPEATED: Final = re.compile(f"([{_KANJI}])(々+)|([ァ-ヺ])([ヽヾ])")
_LONG: Final = re.compile("(?<=[ァ-ヺ])-+")
_GA: Final = re.compile(rf"(?<=[{_KANJI}])ガ(?=[{_KANJI}]|$)")
_COUNTER: Final = re.compile(rf"(?<=[{_KANJI}0-9])カ(?=[月所国年村条])")
_TSU: Final = re.compile(rf"(?<=[{_KANJI}])ッ(?=[{_KANJI}]|$)")


def _in_jis(character: str) -> bool:
    try:
        character.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return True


class _Table(dict[int, str]):
    """Code point → folded text. A kanji outside JIS X 0208 is looked up when first met."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        folded = character
        if 0x3400 <= point < 0xA000 or 0x20000 <= point < 0x40000:
            if not _in_jis(character):
                found = mj_shrink_candidates(character, _REGISTER_RULES)
                plain = next((c for c in found if c != character and _in_jis(c)), character)
                folded = "".join(self.get(ord(c), c) for c in plain)
        elif character.isspace():
            folded = ""
        else:
            folded = character.lower() if len(character.lower()) == 1 else character
        self[point] = folded
        return folded


def _settle(table: _Table) -> None:
    """Follow the table until nothing in it changes: folding twice is folding once."""
    for point in list(table):
        while (further := table[point].translate(table)) != table[point]:
            table[point] = further


def _without_marks(character: str) -> str:
    plain = unicodedata.normalize("NFD", character.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _standard_table() -> _Table:
    table = _Table()
    for start, stop in _COMPATIBLE:
        for point in range(start, stop):
            plain = unicodedata.normalize("NFKC", chr(point)).lower()
            table[point] = "".join(c for c in plain if not c.isspace())
    for start, stop in _LATIN_WITH_MARKS:
        table.update((point, _without_marks(chr(point))) for point in range(start, stop))
    table.update((ord(c), c.lower()) for c in map(chr, range(0x80)))
    for alone in (_LATIN_ALONE, _LATIN_ALONE_LARGE, _SMALL):
        table.update((ord(letter), text) for letter, text in alone.items())
    table.update((point, chr(point + 0x60)) for point in range(0x3041, 0x3097))
    table.update({ord("ゝ"): "ヽ", ord("ゞ"): "ヾ", ord("ヽ"): "ヽ", ord("ヾ"): "ヾ"})
    table.update((ord(hyphen), "-") for hyphen in _HYPHENS)
    table.update((ord(gone), "") for gone in " \t\r\n\u3000・･·‧")
    table.update((ord(c), group[0]) for group in GROUPS.split() for c in group[1:])
    for start, stop in _DROPPED:
        table.update((point, "") for point in range(start, stop))
    _settle(table)
    return table


def _voiced(found: re.Match[str]) -> str:
    if not found[1]:
        return ""
    joined = unicodedata.normalize("NFC", found[0])
    return joined if len(joined) == 1 else found[1]


def _repeated(found: re.Match[str]) -> str:
    if found[1]:
        return found[1] + found[1] * len(found[2])
    plain = unicodedata.normalize("NFD", found[3])[0]
    again = unicodedata.normalize("NFC", plain + "\u3099") if found[4] == "ヾ" else plain
    return found[3] + (again if len(again) == 1 else plain)


def _in_context(text: str) -> str:
    """What one character alone does not tell: dakuten, 々, long marks, the ヶ of 霞ヶ関."""
    text = _VOICED.sub(_voiced, text)
    while (further := _REPEATED.sub(_repeated, text)) != text:
        text = further
    text = _LONG.sub(lambda found: "ー" * len(found[0]), text)
    text = _TSU.sub("ツ", _COUNTER.sub("ケ", text))
    return _GA.sub("ケ", text)


def variants(fold: Callable[[str], str], letters: Iterable[str]) -> list[str]:
    """For who compares without this table: each of these folded letters that other ones fold to,
    followed by those. Of the kanji of Unicode's basic plane, and of the groups beyond it."""
    wanted, found = set(letters), dict[str, list[str]]()
    points = chain(range(0x3400, 0xA000), sorted({ord(c) for c in "".join(GROUPS.split())}))
    for letter in dict.fromkeys((*map(chr, points), *_SMALL)):
        plain = fold(letter)
        if plain != letter and plain in wanted:
            found.setdefault(plain, []).append(letter)
    return ["".join((plain, *others)) for plain, others in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A town's own row of `town/names.csv`: `variant` is found by typing `plain`."""

    variant: str
    plain: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VariantProblem:
    """A row of `town/names.csv` that was not taken. `row` counts data rows from 1."""

    row: int
    value: str
    message: str
    action: str


class Folding:
    """The standard table and the rows of one town. Make one and keep it: it remembers."""

    def __init__(self, rows: Iterable[VariantRow] = ()) -> None:
        self._table = _standard_table()
        for row in rows:
            self._add(row)

    def _add(self, row: VariantRow) -> None:
        plain = self.fold(row.plain)
        for point, text in self._table.items():
            if row.variant in text:
                self._table[point] = text.replace(row.variant, plain)
        self._table[ord(row.variant)] = plain

    def fold(self, text: str) -> str:
        """The form for comparing; see the module's `fold`."""
        folded = text.translate(self._table)
        return _in_context(folded) if _RARE.search(folded) else folded


_STANDARD: Final = Folding()


def fold(text: str) -> str:
    """`text` as search compares it; never stored as a name, never proof of identity.

    Variation selectors fall away; variants of a kanji become one (高髙, 崎﨑, 辺邊邉, 斎齋斉齊 …);
    width, case and hiragana/katakana no longer differ; spaces and ・ are gone; 々 repeats its
    kanji; ヶ, ケ and ガ between kanji are one, so are の and 之 with ノ; any dash after a kana is
    ー. Digits stay. Folding twice changes nothing.
    """
    return _STANDARD.fold(text)


def variant_rows(
    rows: Iterable[Mapping[str, str]],
) -> tuple[tuple[VariantRow, ...], tuple[VariantProblem, ...]]:
    """The rows of `town/names.csv` (columns from, to, reason) and what is wrong with others."""
    taken: list[VariantRow] = []
    problems: list[VariantProblem] = []
    for number, row in enumerate(rows, start=1):
        variant = "".join(c for c in row.get("from", "").strip() if _STANDARD.fold(c))
        plain = row.get("to", "").strip()
        if len(variant) != 1 or not plain:
            message = "from は1文字、to は1文字以上が必要です。"
            action = "names.csv のこの行を直してください(異体字セレクタは不要です)。"
        elif variant in fold(plain) or any(variant in fold(other.plain) for other in taken):
            message = "from と to が循環しています。"
            action = "代表にする字を to にそろえてください。"
        else:
            taken.append(VariantRow(variant, plain, row.get("reason", "").strip()))
            continue
        problems.append(VariantProblem(number, row.get("from", ""), message, action))
    return tuple(taken), tuple(problems)
