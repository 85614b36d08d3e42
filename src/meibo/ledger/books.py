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
from meibo.ledger.beside import UNIT
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
    """What the books have of those concerned and of the house, of units only names that end.
    `known`: staff number → id of everyone."""
    found = Shelf(known)
    people = {known[number] for number in concern.numbers if number in known}
    strangers = [number for number in concern.numbers if number not in known]
    names = rows.ended_units()
    if strangers:
        opened, found.opened = rows.opened(concern.package, strangers)
        people |= opened
        names = rows.named_units()
    if concern.orders:
        people |= rows.ordered(concern.orders)
    vault = Vault()
    vault.prepare(people)
    _lay(found, rows.lines({*people, ""}), rows.filings(people, vault))
    _lay(found, (), rows.filings(names, vault, fields={"name"}))
    return found


def _lay(shelf_: Shelf, lines: Iterable[tuple[Line, str]], filings: Iterable[Filing]) -> None:
    """Put lines and filings in their places."""
    by_person: dict[str, list[Line]] = defaultdict(list, shelf_.lines)
    for line, source in lines:
        by_person[line.person].append(line)
        if source:
            shelf_.sources[source] = line
    by_subject: dict[str, list[Filing]] = defaultdict(list, shelf_.filings)
    for filing in filings:
        by_subject[filing.subject].append(filing)
    shelf_.lines, shelf_.filings = dict(by_person), dict(by_subject)


def everyone_numbered() -> dict[str, str]:
    """Staff number → id."""
    return rows.numbers()


@dataclass(frozen=True, slots=True)
class Changes:
    """What was written since a moment: about whom, and whether about the house or its units."""

    people: set[str]
    house: bool
    units: bool


def changes(line: int, filing: int) -> Changes:
    """What was written behind these numbers."""
    people, subjects = rows.since(line, filing)
    units = any(subject.startswith(UNIT) for subject in subjects)
    return Changes(people | subjects, "" in people, units)
