"""Which checks a town wants, and how grave each is: data, `town/plan_rules.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from meibo.domain.checking.findings import SEVERITIES


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. `parameters`: name → what the town wrote."""

    key: str
    label: str
    severity: str
    on: bool = True
    parameters: Mapping[str, str] = field(default_factory=dict)

    def number(self, name: str, default: int) -> int:
        """A parameter that is a whole number."""
        written = self.parameters.get(name, "")
        return int(written) if written.isdigit() else default

    def words(self, name: str) -> frozenset[str]:
        """A parameter that is a list of words: `主査|主任`."""
        return frozenset(filter(None, self.parameters.get(name, "").split("|")))

    def numbers(self, name: str) -> dict[str, int]:
        """A parameter that gives numbers to words: `任期付:5|会計年度フルタイム:1`."""
        pairs = (pair.partition(":") for pair in self.words(name))
        return {word: int(number) for word, _, number in pairs if number.isdigit()}


def rules_of(rows: Iterable[Mapping[str, str]]) -> dict[str, Rule]:
    """The rules of a table with the columns rule, label, severity, on, parameters. Raises
    ValueError for a severity that there is not."""
    found = {}
    for row in rows:
        if row["severity"] not in SEVERITIES:
            raise ValueError(f"plan_rules: {row['rule']}: severity {row['severity']!r}")
        pairs = (part.partition("=") for part in row["parameters"].split(";") if part)
        given = {name.strip(): value.strip() for name, _, value in pairs}
        found[row["rule"]] = Rule(
            row["rule"], row["label"], row["severity"], row["on"] == "1", given
        )
    return found
