"""A query, parsed: words that must all match, each with the forms in which it may be met."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from meibo.domain import names
from meibo.domain.finding import writing
from meibo.domain.finding.fields import Script
from meibo.domain.finding.writing import Fold

MAX_LETTERS = 100
MAX_WORDS = 8
#: Ohishi is read オオイシ (passports) as well as オヒシ; before a consonant names.romaji_key knows.
_OH = re.compile("oh(?=[aiueo])")
_KANJI = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_SPLIT = 12
SEPARATORS = str.maketrans(dict.fromkeys("、。，､,；;", " "))


@dataclass(frozen=True, slots=True)
class Form:
    """A way to look for a word: `text` in keys of fields of these scripts."""

    text: str
    scripts: frozenset[Script]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, and its forms; any of them may match."""

    typed: str
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked. `cut`: it was too long, and what is over was not looked for."""

    words: tuple[Word, ...]
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)


def parse(text: str, fold: Fold = names.fold) -> Query:
    """Split at white space of any width and fold each word. A word of signs alone is dropped.

    Kanji, kana, romaji, digits (hyphens or not) are told apart by what they are written in.
    """
    typed = writing.parts(text[:MAX_LETTERS].translate(SEPARATORS))
    words = [Word(t, forms) for t in dict.fromkeys(typed) if (forms := _forms(t, fold))]
    return Query(tuple(words[:MAX_WORDS]), len(text) > MAX_LETTERS or len(words) > MAX_WORDS)


def _forms(typed: str, fold: Fold) -> tuple[Form, ...]:
    folded = fold(typed)
    if not any(c.isalnum() for c in folded):
        return ()
    forms: dict[str, set[Script]] = {folded: {Script.TEXT, Script.NAME}}
    folded = writing.without_unfinished_kana(folded)
    forms.setdefault(writing.with_other_numerals(folded), set()).add(Script.TEXT)
    if writing.is_kana(folded):
        forms[folded].update({Script.READING, Script.NAME})
        forms.setdefault(names.reading_key(folded), set()).update({Script.READING, Script.NAME})
    if writing.is_ascii(folded):
        forms.setdefault(writing.plain(typed), set()).add(Script.MAIL)
    if writing.is_latin(folded):
        for spelled in (folded, _OH.sub("o", folded)):
            key = names.romaji_key(spelled)
            forms.setdefault(key, set()).update({Script.ROMAJI, Script.NAME})
    if writing.is_number(folded):
        forms.setdefault(writing.digits(typed), set()).add(Script.NUMBER)
    return tuple(Form(form, frozenset(scripts)) for form, scripts in forms.items() if form)


def halves(query: Query, fold: Fold = names.fold) -> list[Query]:
    """高橋課長, 福祉課高橋: what one word may mean where nobody matches it as it is."""
    if len(query.words) != 1 or query.cut:
        return []
    typed = query.words[0].typed
    if not _KANJI.search(typed) or len(typed) > _SPLIT:
        return []
    pairs = [(typed[:i], typed[i:]) for i in range(1, len(typed))]
    return [parse(f"{a} {b}", fold) for a, b in pairs if len(a) + len(b) > 2]


def scripts_of(words: Sequence[Word]) -> frozenset[Script]:
    """Every script that any of these words could be met in."""
    return frozenset(s for word in words for form in word.forms for s in form.scripts)
