"""The books themselves, for those who write in them: what is there already, line by line.

Pages never read here; they read cards. An intake needs to know what it would add to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from meibo.domain.book import Filing, Line
from meibo.ledger import rows
from meibo.ledger.codec import line_of
from meibo.ledger.models import BookLine
from meibo.ledger.vault import Vault


@dataclass(slots=True)
class Shelf:
    """Everything in the books, or what concerns some people. `sources`: where a line came from →
    the line. `opened`: when a package last opened an account, where the lines are not all here."""

    numbers: dict[str, str] = field(default_factory=dict)  # staff number → id
    lines: dict[str, list[Line]] = field(default_factory=dict)  # by person; "" is the house
    filings: dict[str, list[Filing]] = field(default_factory=dict)  # by subject, opened
    sources: dict[str, Line] = field(default_factory=dict)
    opened: datetime | None = None
    by_hand: set[int] = field(default_factory=set)  # filings that no file brought
    units_known: bool = True  # whether the names of all units are here

    def know_units(self) -> None:
        """Have the names of all units here: most deliveries never ask for one."""
        if not self.units_known:
            self.units_known = True
            _lay(self, (), rows.filings(rows.named_units(), Vault(), fields={"name"}))


def shelf() -> Shelf:
    """Read both books whole, with sealed values opened: for an intake, in one go."""
    found = Shelf(rows.numbers())
    vault = Vault()
    vault.prepare(found.numbers.values())
    _lay(found, rows.lines(), rows.filings(None, vault))
    return found


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom a package has to do with. `numbers`: staff numbers; `orders`: numbers of orders, whose
    people are concerned as well; `package`: whose opening lines are asked for."""

    package: str
    numbers: Collection[str]
    orders: Collection[str] = ()


def part(concern: Concern, known: dict[str, str]) -> Shelf:
    """What the books have of those concerned and of the house, of units only their names, once
    they are asked for. `known`: staff number → id of everyone."""
    found = Shelf(known, units_known=False)
    people = {known[number] for number in concern.numbers if number in known}
    strangers = [number for number in concern.numbers if number not in known]
    if strangers:
        opened, found.opened = rows.opened(concern.package, strangers)
        people |= opened
    if concern.orders:
        people |= rows.ordered(concern.orders)
    vault = Vault()
    vault.prepare(people)
    _lay(found, rows.lines({*people, ""}), rows.filings(people, vault))
    return found


def _lay(
    shelf_: Shelf, lines: Iterable[tuple[Line, str]], filings: Iterable[tuple[Filing, bool]]
) -> None:
    """Put lines and filings in their places."""
    by_person: dict[str, list[Line]] = defaultdict(list, shelf_.lines)
    for line, source in lines:
        by_person[line.person].append(line)
        if source:
            shelf_.sources[source] = line
    by_subject: dict[str, list[Filing]] = defaultdict(list, shelf_.filings)
    for filing, by_hand in filings:
        by_subject[filing.subject].append(filing)
        if by_hand:
            shelf_.by_hand.add(filing.no)
    shelf_.lines, shelf_.filings = dict(by_person), dict(by_subject)


def everyone_numbered() -> dict[str, str]:
    """Staff number → id."""
    return rows.numbers()


@dataclass(frozen=True, slots=True)
class Changes:
    """What was written since a moment: about whom, and whether about the house."""

    people: set[str]
    house: bool


def changes(line: int, filing: int) -> Changes:
    """What was written behind these numbers."""
    people, subjects = rows.since(line, filing)
    return Changes(people | subjects, "" in people)


def ends() -> tuple[int, int]:
    """The numbers of the last line and the last filing: where the books end."""
    return rows.last()


def lines_of(person: str) -> list[Line]:
    """Every line about one person, in the order of the book: for mending them."""
    return [line_of(row) for row in BookLine.objects.filter(person=person).order_by("no")]


def lines_numbered(numbers: Collection[int]) -> dict[int, Line]:
    """Lines by their number."""
    return {row.pk: line_of(row) for row in BookLine.objects.filter(pk__in=list(numbers))}
