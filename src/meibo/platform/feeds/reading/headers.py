"""Finding the header among title rows, and giving each column a name of its own.

Header cells may span several rows and columns: of a merged cell every part carries the text, rows
are joined by `／`, and a name that occurs again is numbered `#2`, `#3` …
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from meibo.domain.findings import MASK
from meibo.domain.names import find_my_numbers
from meibo.platform.feeds.definition.model import FileSpec
from meibo.platform.feeds.flaws import Flaw

JOINT = "／"
SEARCHED = 30
"""How many rows from the top may hold titles and the header."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands (`first` row, `rows` of them) and the names of the columns."""

    first: int
    rows: int
    names: tuple[str, ...]


def find_header(rows: Sequence[Sequence[str]], spec: FileSpec) -> Header | None:
    """The header, or None if no row within the first thirty shows half of the columns."""
    wanted = {folded_name(column.header) for column in spec.columns}
    if spec.skip_rows is not None:
        starts: Sequence[int] = (spec.skip_rows,)
    else:
        starts = range(min(SEARCHED, len(rows)))
    best: tuple[int, Header] | None = None
    for first in starts:
        names = header_names(rows[first : first + spec.header_rows])
        hits = len(wanted & {folded_name(name) for name in names})
        if 2 * hits >= len(wanted) and (best is None or hits > best[0]):
            best = (hits, Header(first, spec.header_rows, names))
    return best[1] if best else None


def header_names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One name per column out of one or more header rows."""
    width = max((len(row) for row in rows), default=0)
    stacks = [_filled(row, width, spread=row is not rows[-1]) for row in rows]
    seen: Counter[str] = Counter()
    names = []
    for parts in zip(*stacks, strict=True):
        name = JOINT.join(dict.fromkeys(part for part in parts if part))
        seen[name] += 1
        names.append(f"{name}#{seen[name]}" if name and seen[name] > 1 else name)
    return tuple(names)


def _filled(row: Sequence[str], width: int, *, spread: bool) -> list[str]:
    """The cells without line breaks; in an upper row an empty cell belongs to the one before it."""
    cells = [MASK if find_my_numbers(c) else " ".join(c.split()) for c in row]
    cells += [""] * (width - len(row))
    if spread:
        for index in range(1, width):
            cells[index] = cells[index] or cells[index - 1]
    return cells


def folded_name(name: str) -> str:
    """A heading without what suppliers write now so, now so: width and blanks."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def positions(header: Header, spec: FileSpec) -> tuple[dict[str, int], list[tuple[str, Flaw]]]:
    """Field → place in the row, and what was odd about the columns (header, flaw)."""
    exact = {name: index for index, name in enumerate(header.names) if name}
    folded = {folded_name(name): index for name, index in reversed(exact.items())}
    places: dict[str, int] = {}
    flaws: list[tuple[str, Flaw]] = []
    for column in spec.columns:
        index = exact.get(column.header)
        if index is None:
            index = folded.get(folded_name(column.header))
            if index is None:
                code = "column-needed" if column.needed else "column-missing"
                flaws.append((column.header, Flaw(code, {"header": column.header})))
                continue
            words = {"found": header.names[index], "header": column.header}
            flaws.append((column.header, Flaw("column-renamed", words)))
        places[column.name] = index
    known = set(places.values()) | {exact[name] for name in spec.ignore if name in exact}
    flaws += [(name, Flaw("column-unknown")) for name, i in exact.items() if i not in known]
    return places, flaws
