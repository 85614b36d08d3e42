"""The demo ward's reorganisations: which unit became which, as data/reorganisations.txt has it."""

from __future__ import annotations

from functools import lru_cache

from meibo.domain.book import Succession, SuccessionTable
from meibo.platform.demo.outline import lines_of, units

COUNT = 3
_FOLLOWED = frozenset({"統合", "移管", "コード変更", "名称変更"})


@lru_cache(maxsize=1)
def tables() -> tuple[SuccessionTable, ...]:
    """The succession tables, by the number of the reorganisation."""
    rows: list[list[Succession]] = [[] for _ in range(COUNT)]
    for line in lines_of("reorganisations.txt"):
        number, old, new, kind = line.split()
        rows[int(number)].append(Succession(_code(old), _code(new), kind, kind in _FOLLOWED))
    return tuple(SuccessionTable(own) for own in rows)


def _code(written: str) -> str:
    """`-` is none, `0204` a section, `0204/納税係` a unit of it by name."""
    section, _, name = written.partition("/")
    if section == "-":
        return ""
    if not name:
        return section.ljust(6, "0")
    return next(u.code for u in units() if u.code.startswith(section) and u.name == name)
