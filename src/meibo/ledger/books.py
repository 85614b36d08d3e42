"""The books themselves, for those who write in them: what is there already, line by line.

Pages never read here; they read cards. An intake needs to know what it would add to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from meibo.domain.book import Filing, Line
from meibo.ledger.codec import filing_of, line_of
from meibo.ledger.models import BookLine, FilingLine, Person
from meibo.ledger.vault import Vault

_NOBODY = ("meibo ", "demo")
"""How the names of actors begin that are no people at a desk."""


@dataclass(slots=True)
class Shelf:
    """Everything in the books. `sources`: where a line came from → the line."""

    numbers: dict[str, str] = field(default_factory=dict)  # staff number → id
    lines: dict[str, list[Line]] = field(default_factory=dict)  # by person; "" is the house
    filings: dict[str, list[Filing]] = field(default_factory=dict)  # by subject, opened
    sources: dict[str, Line] = field(default_factory=dict)
    by_hand: set[int] = field(default_factory=set)  # filings that no file brought


def shelf() -> Shelf:
    """Read both books whole, with sealed values opened: for an intake, in one go."""
    found = Shelf()
    rows = Person.objects.exclude(staff_no=None).values_list("staff_no", "id")
    found.numbers = {str(n): p for n, p in rows}
    lines: dict[str, list[Line]] = defaultdict(list)
    for row in BookLine.objects.order_by("no"):
        line = line_of(row)
        lines[row.person].append(line)
        if row.source:
            found.sources[row.source] = line
    vault = Vault()
    vault.prepare(found.numbers.values())
    filings: dict[str, list[Filing]] = defaultdict(list)
    for filing_row in FilingLine.objects.order_by("no"):
        filing = filing_of(filing_row, vault)
        filings[filing.subject].append(filing)
        if not filing_row.source and not filing_row.actor.startswith(_NOBODY):
            found.by_hand.add(filing.no)
    found.lines, found.filings = dict(lines), dict(filings)
    return found


def lines_of(person: str) -> list[Line]:
    """Every line about one person, in the order of the book: for mending them."""
    return [line_of(row) for row in BookLine.objects.filter(person=person).order_by("no")]


def lines_numbered(numbers: Collection[int]) -> dict[int, Line]:
    """Lines by their number."""
    return {row.pk: line_of(row) for row in BookLine.objects.filter(pk__in=list(numbers))}
