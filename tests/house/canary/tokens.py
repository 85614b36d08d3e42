"""Values that nobody meets by chance, and meeting them again in whatever a page is made of.

Every text has a shape of its own (鵺 and two kanji, ペギ and two kana, zq and four letters), every
number has five digits or more, every date is used once; so one regular expression finds all that
could be a canary, and a dictionary says which it is.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product

KANJI = (
    "花鳥風月山川雨雪森林空海星石金銀銅米豆茶塩糖油酒味香音色光影夢旅道橋門窓壁床"
    "柱瓦葉茎枝幹草竹松梅桃柿栗桜菊蘭馬牛羊犬猫魚貝虫蛇亀鹿熊狐狸兎"
)
#: Syllables that are written in one way in Hepburn and never run into a long vowel.
KANA = dict(
    zip(
        "カキクケコサスセソタテトナニヌネノマミムメモラリルレロ",
        (
            *("ka", "ki", "ku", "ke", "ko", "sa", "su", "se", "so", "ta", "te", "to"),
            *("na", "ni", "nu", "ne", "no", "ma", "mi", "mu", "me", "mo"),
            *("ra", "ri", "ru", "re", "ro"),
        ),
        strict=True,
    )
)
SYLLABLES = tuple(c + v for c in "bdgklmnprst" for v in "aeiou")
SHAPES = re.compile(
    r"鵺..|ペギ..|ぺぎ..|zq[a-z]{4}|pegi[a-z]{4}"
    r"|(?:昭和|平成|令和)(?:\d{1,2}|元)年\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月\d{1,2}日"
    r"|[shr]\d{1,2}\.\d{1,2}\.\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d(?:-?\d){4,}",
)
#: Where numbers of so many digits begin: none of them lies inside a longer one.
NUMBERS = {5: 71_000, 7: 8_000_000, 8: 92_000_000}
ERAS = ((date(2019, 5, 1), "令和", "r", 5), (date(1989, 1, 8), "平成", "h", 4))
_HIRAGANA = {chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)}


class Mint:
    """Makes values, each once."""

    def __init__(self) -> None:
        self._kanji = map("".join, product(KANJI, KANJI))
        self._kana = map("".join, product(KANA, KANA))
        self._words = map("".join, product(SYLLABLES, SYLLABLES))
        self._numbers: dict[int, Iterator[int]] = {}
        self._days: set[date] = set()

    def kanji(self) -> str:
        return "鵺" + next(self._kanji)

    def kana(self) -> str:
        return "ペギ" + next(self._kana)

    def word(self) -> str:
        """Latin letters: for codes, addresses, file names."""
        return "zq" + next(self._words)

    def number(self, digits: int = 5) -> str:
        counter = self._numbers.setdefault(digits, iter(range(NUMBERS[digits], 10**digits)))
        return str(next(counter))

    def phone(self) -> str:
        digits = self.number(8)
        return f"080-{digits[:4]}-{digits[4:]}"

    def day(self, first: date, last: date) -> date:
        """A day of its own. Days before the 10th are left to the pages themselves."""
        day = first
        while day.day < 10 or day in self._days:
            day += timedelta(days=1)
        if day > last:
            raise ValueError(f"no day is left between {first} and {last}")
        self._days.add(day)
        return day


def latin(kana: str) -> str:
    """The romaji of a kana value, by the table above alone."""
    return "pegi" + "".join(KANA[sound] for sound in kana.removeprefix("ペギ"))


def spellings(day: date) -> list[str]:
    """The ways in which a page may write a day, as `_plain` makes them."""
    year, month, number = day.year, day.month, day.day
    start, era, letter, code = next(
        (e for e in ERAS if day >= e[0]), (date(1926, 12, 25), "昭和", "s", 3)
    )
    own = year - start.year + 1
    named = "元" if own == 1 else str(own)
    return [
        f"{day:%Y%m%d}",
        f"{year}年{month}月{number}日",
        f"{era}{named}年{month}月{number}日",
        f"{letter}{own}.{month}.{number}",
        f"{letter}{own:02}.{month:02}.{number:02}",
        f"{year}/{month}/{number}",
        f"{year}/{month:02}/{number:02}",
        f"{code}{own:02}{month:02}{number:02}",
    ]


def _plain(found: str) -> str:
    if found.startswith("ぺぎ"):
        return "".join(_HIRAGANA.get(letter, letter) for letter in found)
    return found.replace("-", "")


def in_text(text: str) -> set[str]:
    """Everything in a text that has the shape of a canary. Width and case do not hide it."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return {_plain(found) for found in SHAPES.findall(plain)}


def forms(text: str | date) -> list[str]:
    """How `in_text` gives a value back, in each of its spellings."""
    if isinstance(text, date):
        return spellings(text)
    make: Callable[[str], str] = _plain if text[0].isdigit() else str.lower
    return [make(text)]
