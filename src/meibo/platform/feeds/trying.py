"""A feed definition tried on a sample: its first records as they would be read, and findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from meibo.domain.findings import Finding
from meibo.platform.feeds.definition import Definition, DefinitionError
from meibo.platform.feeds.library import parse
from meibo.platform.feeds.package import read_package
from meibo.platform.feeds.recognising import label_of
from meibo.platform.feeds.records import FileCount, Record

FIRST = 20
_MOST_FINDINGS = 200
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_UNREADABLE = "TOML として読めません"
_HINT = (
    "引用符や括弧の閉じ忘れ、「=」の書き忘れ、同じ見出しの二度書きがないか、この行と前の行を"
    "見てください。"
)
_NAMED = re.compile(r"files\[(.*?)\]")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a text is no definition. `line`: where, 0 for nowhere in particular."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Read:
    """The first records of one kind of file: headers, and the values as they were read."""

    file: str
    label: str
    count: FileCount
    headers: list[str]
    rows: list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a trial."""

    mistake: Mistake | None = None
    read: list[Read] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    more: int = 0  # findings that are not shown


def check(text: str, folder: Path) -> Definition | Mistake:
    """The definition, or what is wrong with the text and in which line."""
    try:
        return parse(text, folder)
    except DefinitionError as error:
        return Mistake(_line(text, error), _words(error))


def try_out(text: str, folder: Path, sample: Path) -> Trial:
    """Read a sample with a definition that is being written. `folder`: where the text may lie."""
    found = check(text, folder)
    if isinstance(found, Mistake):
        return Trial(found)
    package = read_package(found, sample)
    shown = package.findings[:_MOST_FINDINGS]
    read = list(_read(found, package.records, package.counts))
    return Trial(None, read, shown, len(package.findings) - len(shown))


def _read(
    definition: Definition, records: dict[str, list[Record]], counts: list[FileCount]
) -> Iterator[Read]:
    for count in counts:
        spec = next(s for s in definition.files if s.role.value == count.role)
        own = [r for r in records.get(count.role, ()) if r.file == count.file][:FIRST]
        columns = [c for s in definition.files if s.role.value == count.role for c in s.columns]
        fields = dict.fromkeys(c.name for c in columns)
        headers = {c.name: c.header for c in reversed(columns)}
        rows = [(r.number, [_shown(r.values.get(name)) for name in fields]) for r in own]
        yield Read(count.file, label_of(spec), count, [headers[n] for n in fields], rows)


def _shown(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return value.isoformat() if isinstance(value, date) else str(value)


def _words(error: DefinitionError) -> str:
    """The problem without the name of the file in which the text lay meanwhile."""
    if error.problem.startswith(_UNREADABLE):
        return f"{_UNREADABLE}。{_HINT}"
    told = error.problem
    return f"{error.key}：{told}" if error.key else told


def _line(text: str, error: DefinitionError) -> int:
    """The line that an error speaks of: TOML says it; of a key it is looked for."""
    told = _AT_LINE.search(error.problem)
    if told:
        return int(told[1])
    if error.problem.endswith("(at end of document)"):
        return len(text.splitlines())
    lines = text.splitlines()
    at, end = 0, len(lines)
    named = _NAMED.search(error.key)
    if named:
        at = _first(lines, 0, end, re.compile(rf'name\s*=\s*"{re.escape(named[1])}"'))
        end = next((n for n in range(at, end) if lines[n].startswith("[[")), end)
    rest = error.key[named.end() :] if named else error.key
    for part in filter(None, rest.split(".")):
        pattern = re.compile(rf'(?:^|[\[\s{{."]){re.escape(part)}(?:["\]\s.=]|$)')
        if part == "field" and at:
            break  # on the line of its header
        at = _first(lines, max(at - 1, 0), end, pattern) or at
    return at


def _first(lines: list[str], start: int, end: int, pattern: re.Pattern[str]) -> int:
    """The number of the first line from `start` that a pattern is found in; 0 for none."""
    for number, line in enumerate(lines[start:end], start + 1):
        if pattern.search(line.partition("#")[0]):
            return number
    return 0
