"""What would be in the books besides what is: the lines and filings of a plan, to be folded with
them and never stored with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from meibo.domain.book import Filing, Line

UNIT = "unit:"


@dataclass(frozen=True, slots=True)
class Beside:
    """Lines by person ("" is the house) and filings by subject."""

    lines: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    filings: Mapping[str, Sequence[Filing]] = field(default_factory=dict)

    def of(self, person: str) -> Sequence[Line]:
        """The lines about one person."""
        return self.lines.get(person, ())

    def filed(self, subject: str) -> Sequence[Filing]:
        """The filings about one subject."""
        return self.filings.get(subject, ())

    def units(self) -> list[str]:
        """The subjects among them that are units."""
        return [subject for subject in self.filings if subject.startswith(UNIT)]


NOTHING = Beside()
