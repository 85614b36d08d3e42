"""What a check tells about the next one: how fast answers came, whom nothing reached, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from math import ceil

from meibo.domain.small_cells import Counts, held_back, shown

SHARES = (25, 50, 75)
SOON = timedelta(minutes=10)
"""Within so long a third of all answers come in drills of wards."""


@dataclass(frozen=True, slots=True)
class Way:
    """How messages to one person by one route fared: handed over without coming back (`sent`), and
    known to be there (`delivered`)."""

    route: str
    sent: bool
    delivered: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one who was asked. `waited`: from the start to the first answer; `opened`:
    whether the page was looked at; `since`: from when the private address stood."""

    person: str
    unit: str
    waited: timedelta | None
    opened: bool = False
    ways: tuple[Way, ...] = ()
    since: date | None = None

    @property
    def answered(self) -> bool:
        """Whether there was any answer."""
        return self.waited is not None

    @property
    def sent(self) -> bool:
        """Whether something was handed over for them, or arrived all the same."""
        return self.reached or any(way.sent for way in self.ways)

    @property
    def reached(self) -> bool:
        """Whether it is known that something arrived."""
        return self.answered or self.opened or any(way.delivered for way in self.ways)


@dataclass(frozen=True, slots=True)
class Part:
    """A group of those who were asked."""

    label: str
    asked: int
    sent: int
    reached: int
    answered: int
    soon: int
    half: timedelta | None

    def percent(self, count: int) -> float:
        """Of those asked."""
        return 100 * count / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A group as it may be told: `part` is None where so few are in it, or beside it, that it would
    tell of single people. `sums`: it is the sum of those that follow, which stand in it."""

    label: str
    part: Part | None
    sums: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """What a route carried: how many have it, to how many it was handed over, how many it is known
    to have reached."""

    label: str
    asked: int
    sent: int
    reached: int


def time_to(share: int, waited: Iterable[timedelta | None], asked: int) -> timedelta | None:
    """How long it took until this share (percent) of those asked had answered; None where it never
    did. The share counts people, so of three a half is two."""
    answers = sorted(each for each in waited if each is not None)
    needed = max(1, ceil(asked * share / 100))
    return answers[needed - 1] if asked and len(answers) >= needed else None


def part(label: str, facts: Sequence[Fact]) -> Part:
    """These people as one group."""
    waited = [fact.waited for fact in facts]
    return Part(
        label,
        len(facts),
        sum(fact.sent for fact in facts),
        sum(fact.reached for fact in facts),
        sum(fact.answered for fact in facts),
        sum(1 for each in waited if each is not None and each <= SOON),
        time_to(50, waited, len(facts)),
    )


def grouped(facts: Iterable[Fact], by: Callable[[Fact], str]) -> list[Part]:
    """Group by group, in the order in which groups come up."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(by(fact), []).append(fact)
    return [part(label, own) for label, own in groups.items()]


def by_unit(
    facts: Iterable[Fact], place: Callable[[Fact], tuple[str, str]], threshold: int
) -> list[Line]:
    """部 by 部 (`place`: its name, and that of the 課 below, empty for who belongs to the 部
    itself): the sum, then its parts. Those that would tell of fewer people than `threshold` are
    told together, which tells no more than the sum and the others do."""
    tops: dict[str, dict[str, list[Fact]]] = {}
    for fact in facts:
        top, section = place(fact)
        tops.setdefault(top, {}).setdefault(section, []).append(fact)
    below = {top: [f"{top} {each}" for each in own if each] for top, own in tops.items()}
    here = {top: len(own.get("", ())) for top, own in tops.items()}
    here |= {f"{top} {each}": len(own[each]) for top, own in tops.items() for each in own if each}
    told = shown(list(tops), below, here, threshold)
    lines = []
    for top, own in tops.items():
        if top not in told.below:
            continue
        lines.append(Line(top, part(top, list(chain(*own.values()))), sums=True))
        if below[top]:
            lines += _parts(top, own, told, threshold)
    small = {top: list(chain(*own.values())) for top, own in tops.items() if top not in told.below}
    return lines + _together("", small, threshold, sums=True)


def _parts(
    top: str, own: Mapping[str, Sequence[Fact]], told: Counts, threshold: int
) -> Iterator[Line]:
    """The parts of a 部; who belongs to the 部 itself is not called as all of it is."""
    direct = "部直属" if top.endswith("部") else "直属"
    small = {}
    for section, facts in own.items():
        label = f"{top} {section}" if section else f"{top}（{direct}）"
        if label in told.below or (not section and top in told.here):
            yield Line(label, part(label, facts))
        else:
            small[section or direct] = facts
    yield from _together(f"{top} ", small, threshold)


def _together(
    before: str, small: Mapping[str, Sequence[Fact]], threshold: int, *, sums: bool = False
) -> list[Line]:
    """What is too small to be told by itself, as one group; nothing of it where that is small."""
    facts, label = list(chain(*small.values())), f"{before}{'・'.join(small)}"
    if len(small) > 1:
        label += "（まとめて）"
    if not small:
        return []
    return [Line(label, part(label, facts) if len(facts) >= threshold else None, sums=sums)]


def by_route(facts: Iterable[Fact], labels: Mapping[str, str]) -> list[Carried]:
    """Route by route: those who have one, how many it was handed over to and reached. Somebody with
    two routes is in both. Answers are not told by route: nobody knows which of them brought one."""
    groups: dict[str, list[Way]] = {}
    for fact in facts:
        for way in fact.ways:
            groups.setdefault(way.route, []).append(way)
    order = {route: at for at, route in enumerate(labels)}
    return [
        Carried(
            labels.get(route, route),
            len(groups[route]),
            sum(way.sent for way in groups[route]),
            sum(way.delivered for way in groups[route]),
        )
        for route in sorted(groups, key=lambda each: (order.get(each, len(order)), each))
    ]


#: Up to how many years old a private address is, and how that is called.
AGES = ((1, "1年未満"), (2, "1年以上2年未満"), (3, "2年以上3年未満"), (10**3, "3年以上"))
NO_ADDRESS = "自宅・携帯の届出なし"


def age(since: date | None, on: date) -> str:
    """How old an address was that day, in steps of years."""
    if since is None:
        return NO_ADDRESS
    years = on.year - since.year - ((on.month, on.day) < (since.month, since.day))
    return next(label for most, label in AGES if years < most)


def by_age(facts: Iterable[Fact], on: date, threshold: int) -> list[Line]:
    """From the youngest to the oldest address, those without one at the end; without small counts,
    and those from which they would follow."""
    order = [*(label for _, label in AGES), NO_ADDRESS]
    found = grouped(facts, lambda fact: age(fact.since, on))
    hidden = held_back({each.label: each.asked for each in found}, threshold)
    found.sort(key=lambda each: order.index(each.label))
    return [Line(each.label, None if each.label in hidden else each) for each in found]


def silent(checks: Sequence[Mapping[str, bool]], least: int) -> dict[str, int]:
    """Who was asked in at least so many of these checks (person → whether they answered) and never
    answered: person → in how many."""
    asked: dict[str, int] = {}
    spoke: set[str] = set()
    for check in checks:
        for person, answered in check.items():
            asked[person] = asked.get(person, 0) + 1
            if answered:
                spoke.add(person)
    return {
        person: count for person, count in asked.items() if person not in spoke and count >= least
    }
