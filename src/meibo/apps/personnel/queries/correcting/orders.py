"""The orders of somebody as they can be mended, and what can be answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from meibo.apps.personnel.actions.correcting.stating import mendable
from meibo.apps.personnel.queries.checking.town import terms
from meibo.apps.personnel.queries.correcting.words import Words
from meibo.domain.book import Effect, Line, standing
from meibo.domain.checking.cells import key
from meibo.domain.disclosure import Viewer
from meibo.ledger import house, reader
from meibo.ledger.books import lines_numbered, lines_of
from meibo.ledger.sight import Sight

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Order:
    """One order in words. `void`: it is a 取消; then `text` says of what."""

    no: int
    day: date
    wording: str
    text: str
    void: bool


def orders(viewer: Viewer, person: str) -> list[Order]:
    """What of somebody can be mended, newest first; of days on which the viewer sees orders.
    That they were looked at is noted by the reader."""
    if not reader.history(viewer, person):
        return []
    words, sight = Words(viewer.today), Sight(viewer)
    lines = mendable(lines_of(person))
    gone = lines_numbered([line.voids for line in lines if line.voids is not None])

    def seen(day: date) -> bool:
        return {"exists", "orders"} <= sight.seen(person, sight.ties(person, day))

    told = [x for x in lines if seen(gone.get(x.voids or 0, x).effective)]
    return [_order(line, gone, words) for line in told]


def _order(line: Line, gone: dict[int, Line], words: Words) -> Order:
    void = line.effect is Effect.VOID
    if void and line.voids in gone:
        text = words.order(gone[line.voids])
    else:
        text = words.place(line.unit, line.post, line.effective)
    return Order(line.no, line.effective, line.wording, text, void)


def order(viewer: Viewer, person: str, number: int) -> tuple[Line, Order] | None:
    """One of them: the line with what completed it, and in words."""
    told = next((each for each in orders(viewer, person) if each.no == number), None)
    if told is None:
        return None
    book = lines_of(person)
    stood = {line.no: line for line in standing(book)}
    line = stood.get(number) or next(line for line in book if line.no == number)
    return line, told


def post_before(person: str, day: date) -> str | None:
    """The post that somebody held on the day before."""
    seats = house.posts_of([person], day - _DAY)
    main = [seat.post for seat in seats if seat.kind == "main"]
    return main[0] if main else None


class Choices:
    """Units, posts and words by what people type: a name, the end of a path, a code."""

    def __init__(self, day: date, today: date) -> None:
        self.tree = house.organisation(day)
        self._held = {seat.post for seat in house.seats(today) if seat.post}
        self._units: dict[str, set[str]] = defaultdict(set)
        for code, path in self.tree.paths.items():
            self._units[key(code)].add(code)
            for n in range(1, len(path) + 1):
                self._units[key("".join(path[-n:]))].add(code)
        self.posts = house.codes().table("post")
        self.terms = {w: t for w, t in terms().items() if t.effect not in _NOT_OF_ONE}

    def unit(self, text: str) -> list[str]:
        """The codes that a text can mean."""
        return sorted(self._units.get(key(text), ()))

    def unit_text(self, code: str | None) -> str:
        """What a unit is called here: the shortest end of its path that is no other's."""
        path = self.tree.path(code)
        for n in range(1, len(path) + 1):
            if self._units[key("".join(path[-n:]))] == {code}:
                return " ".join(path[-n:])
        return code or ""

    def post(self, text: str) -> list[str]:
        """The codes that a text can mean."""
        if text in self.posts:
            return [text]
        return [code for code, row in self.posts.items() if key(row.name) == key(text)]

    def post_text(self, code: str | None) -> str:
        """What a post is called here: its name, its code where others are called the same."""
        row = self.posts.get(code or "")
        return row.name if row and len(self.post(row.name)) == 1 else code or ""

    @property
    def post_texts(self) -> list[str]:
        """The posts that somebody holds today; others can be typed."""
        return [self.post_text(code) for code in self.posts if code in self._held]

    @property
    def unit_texts(self) -> list[str]:
        """Every unit, in the order of the house."""
        return [self.unit_text(code) for code in self.tree.order]


_NOT_OF_ONE = frozenset({Effect.VOID, Effect.REMAP})
