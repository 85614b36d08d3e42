"""What was told of a spoilt package, held against what was put in."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from meibo.domain.findings import Finding
from tests.defects import of_files, of_lives, of_people
from tests.defects.files import LATER, MASTER, ORDERS, Injected, Package

KINDS = (*of_people.KINDS, *of_files.KINDS, *of_lives.KINDS)
Check = Callable[[Path], Sequence[Finding]]
Key = tuple[str, str, str, str, str]


@dataclass
class Judged:
    """Which defects were found, which were not, and what was told without a defect."""

    found: list[Injected] = field(default_factory=list)
    missed: list[Injected] = field(default_factory=list)
    false: list[Finding] = field(default_factory=list)
    true: int = 0

    @property
    def recall(self) -> float:
        return len(self.found) / (len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        return self.true / (self.true + len(self.false))


def _key(finding: Finding) -> Key:
    """A finding wherever its row has moved to."""
    return finding.file, finding.column, finding.staff_no, finding.value, finding.code


def spoil(
    shared: Path, folder: Path, seed: int, baseline: Sequence[Finding], most: int
) -> list[Injected]:
    """Write a copy of the package with defects of many kinds, each about people of its own."""
    flawed = {(f.file, f.record) for f in baseline if f.record and f.code != "lost-zeros"}
    used = {f.staff_no for f in baseline if f.code != "lost-zeros"}
    package = Package(shared, seed, flawed, used)
    kinds = package.random.sample(KINDS, min(most, len(KINDS)))
    injected = [kind(package) for kind in kinds]
    injected = [_shifted(one, package) for one in injected]
    package.write(folder)
    return injected


def _shifted(one: Injected, package: Package) -> Injected:
    """The same where rows above were taken out."""
    gone = [i for i, record in enumerate(package.tables[one.file].records) if not record]
    places = frozenset(
        (record and record - sum(i < record for i in gone), column)
        for record, column in one.places
        if record not in gone
    )
    people = one.people | {n for unit in one.units for n in _people_of(unit, package)}
    return Injected(one.kind, one.file, places, people, one.units)


def _people_of(unit: str, package: Package) -> set[str]:
    """Whose rows in masters and orders name a unit."""
    code = unit.encode()
    return {
        number
        for name in (MASTER, LATER, ORDERS)
        for number, rows in package.lines[name].items()
        if any(code in package.tables[name].records[row] for row in rows)
    }


def judge(injected: list[Injected], baseline: Sequence[Finding], told: Sequence[Finding]) -> Judged:
    """Hold the new findings against the defects."""
    before = Counter(map(_key, baseline))
    fresh: list[Finding] = []
    for finding in told:
        if before[_key(finding)] > 0:
            before[_key(finding)] -= 1
        else:
            fresh.append(finding)
    judged = Judged()
    for one in injected:
        hit = any(_hits(finding, one) for finding in fresh)
        (judged.found if hit else judged.missed).append(one)
    for finding in fresh:
        if any(_explains(one, finding) for one in injected):
            judged.true += 1
        else:
            judged.false.append(finding)
    return judged


def _hits(finding: Finding, one: Injected) -> bool:
    """Whether a finding tells a defect in its file, row and column."""
    if finding.file != one.file:
        return False
    column = unicodedata.normalize("NFC", finding.column)
    if finding.record is None:
        own = finding.staff_no in one.people if one.people else True
        return own and any(r is None and c in (None, column) for r, c in one.places)
    return any(r == finding.record and c in (None, column) for r, c in one.places)


def _explains(one: Injected, finding: Finding) -> bool:
    """Whether a finding is of a defect's row or of its people, or about a unit it spoils."""
    if finding.file == one.file and finding.record in {record for record, _ in one.places}:
        return True
    said = f"{finding.value} {finding.message}"
    return finding.staff_no in one.people or any(unit in said for unit in one.units)
