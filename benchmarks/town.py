"""Towns of any size, made from a seed.

Surnames come from japanese-personal-name-dataset (MIT) as often as they occur in Japan, given
names evenly from its list of frequent ones. Everything else is invented.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from japanese_personal_name_dataset import load_dataset

from meibo.domain.book import OPEN
from meibo.domain.finding import Period, Values

TODAY = date(2026, 11, 23)
FIRST_DAY = date(1990, 4, 1)
_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_SECTIONS, _TEAMS, _AREAS = (_WORDS[name].split() for name in ("sections", "teams", "areas"))
_MATTERS, _SKILLS = _WORDS["matters"].split(), _WORDS["skills"].split()
_DOINGS = ("", "に関すること", "の受付", "の調査", "の予算")
VARIANTS = {pair[0]: pair[1] for pair in _WORDS["variants"].split()}
Name = tuple[str, str]
"""As written, and its reading in hiragana."""


@dataclass(slots=True)
class Seat:
    """Where someone works; `units` holds (code, name) from 部 down to 係."""

    units: list[tuple[str, str]]
    post: str
    extension: str
    building: str
    allotments: list[str]


@dataclass(slots=True)
class Staff:
    """One invented person with all their periods at work, the last one last."""

    id: str
    surname: Name
    given: Name
    maiden: Name | None
    staff_no: str
    skills: list[str]
    seats: list[tuple[date, date, Seat]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.surname[0]}　{self.given[0]}"

    @property
    def kana(self) -> str:
        return f"{self.surname[1]}　{self.given[1]}"

    def periods(self) -> list[Period]:
        """As the ledger would give them; who has a maiden name went by it at first."""
        made: list[Period] = []
        for number, (starts, ends, seat) in enumerate(self.seats):
            surname = self.maiden if self.maiden and number == 0 < len(self.seats) - 1 else None
            made.append((starts, ends, self._values(seat, surname or self.surname)))
        if self.maiden and len(made) == 1:
            old = [f"{self.maiden[i]}　{self.given[i]}" for i in (0, 1)]
            made = [(a, b, {**values, "former_name": old}) for a, b, values in made]
        return made

    def _values(self, seat: Seat, surname: Name) -> Values:
        names = [name for _, name in seat.units]
        return {
            "name": [f"{surname[0]}　{self.given[0]}"],
            "kana": [f"{surname[1]}　{self.given[1]}"],
            "staff_no": [self.staff_no],
            "unit": [*names, *(name[:-1] for name in names[:2])],
            "@unit": [code for code, _ in seat.units],
            "post": [seat.post],
            "extension": [seat.extension],
            "mail": [f"s{self.staff_no}@city.example.jp"],
            "place": [seat.building],
            "allotment": seat.allotments,
            "skill": self.skills,
        }


class Town:
    """A town of `size` people in service today.

    `moves`: earlier seats of each; `gone`: people who left, for each one in service.
    """

    def __init__(self, size: int, *, seed: int = 7, moves: int = 0, gone: float = 0.0) -> None:
        self.random = random.Random(seed)
        self.size, self.moves, self.gone = size, moves, gone
        men, women, surnames = load_dataset("opti", include_last_names=True)
        self._surnames = [(kanji, entry["reading"]) for kanji, entry in surnames.items()]
        self._weights = [entry["count"] for entry in surnames.values()]
        self._given = [(k, r) for d in (men, women) for r, e in d.items() for k in e["kanji"][:6]]
        self.units = list(self._house(max(size // 12, 8)))

    def _house(self, wanted: int) -> Iterator[list[tuple[str, str]]]:
        """Paths of as many 係 as wanted: three to five a 課, eight 課 a 部."""
        made = number = 0
        while made < wanted:
            area = _AREAS[number // len(_SECTIONS) % len(_AREAS)]
            area = area if number >= len(_SECTIONS) else ""
            bureau = number // 8
            top = (f"b{bureau}", f"{area}{_SECTIONS[bureau * 8 % len(_SECTIONS)]}部")
            section = (f"s{number}", f"{area}{_SECTIONS[number % len(_SECTIONS)]}課")
            for name in self.random.sample(_TEAMS, self.random.randint(3, 5)):
                yield [top, section, (f"s{number}-{made}", f"{name}係")]
                made += 1
            number += 1

    def people(self) -> Iterator[Staff]:
        """Everyone, today's staff first."""
        for number in range(int(self.size * (1 + self.gone))):
            staff = self._person(number)
            left = TODAY - timedelta(self.random.randint(1, 9000))
            self._work(staff, OPEN if number < self.size else left)
            yield staff

    def _person(self, number: int) -> Staff:
        rng = self.random
        (surname, reading), given = self._name(), rng.choice(self._given)
        if rng.random() < 0.3:
            surname = "".join(VARIANTS.get(c, c) for c in surname)
        maiden = self._name() if rng.random() < 0.08 else None
        skills = rng.sample(_SKILLS, rng.choice((0, 0, 1, 1, 2)))
        number_at_work = f"{number * 7 + 101:07d}"
        id_ = f"p{rng.getrandbits(80):020x}"
        return Staff(id_, (surname, reading), given, maiden, number_at_work, skills)

    def _name(self) -> Name:
        return self.random.choices(self._surnames, self._weights)[0]

    def _work(self, staff: Staff, until: date) -> None:
        days = [until]
        for _ in range(self.moves):
            last = min(days[-1], TODAY)
            days.append(last - timedelta(self.random.randint(300, 1500)))
        days.append(min(FIRST_DAY, days[-1] - timedelta(1)))
        days.reverse()
        staff.seats = [(a, b, self._seat()) for a, b in pairwise(days)]

    def _seat(self) -> Seat:
        rng = self.random
        posts, weights = zip(*_WORDS["posts"].items(), strict=True)
        matters = rng.sample(_MATTERS, rng.randint(1, 3))
        return Seat(
            units=rng.choice(self.units),
            post=rng.choices(posts, weights)[0],
            extension=str(rng.randint(2000, 9999)),
            building=rng.choice(_AREAS) + rng.choice(_WORDS["buildings"].split()),
            allotments=[matter + rng.choice(_DOINGS) for matter in matters],
        )
