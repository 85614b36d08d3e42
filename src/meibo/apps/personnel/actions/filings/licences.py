"""`town/licence_papers.csv`: which licences have levels, and of which a scan of the certificate is
asked for by the filing itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from meibo.platform import town

FILE = "licence_papers.csv"


@dataclass(frozen=True, slots=True)
class Paper:
    """One licence of the town's list. `paper`: what the certificate is called."""

    levels: tuple[str, ...] = ()
    scan: bool = False
    paper: str = ""


def paper(name: str) -> Paper:
    """What the town says of a licence; one that it does not list has no levels, and needs no
    scan."""
    for row in town.rows(FILE):
        if row.get("name", "").strip() == name.strip():
            levels = tuple(filter(None, (x.strip() for x in row.get("levels", "").split("|"))))
            return Paper(levels, row.get("scan", "").strip() == "1", row.get("note", "").strip())
    return Paper()


def has_levels(values: Mapping[str, str]) -> bool:
    """Whether the licence of a filing has levels."""
    return bool(paper(values.get("licence_name", "")).levels)


def wants_scan(values: Mapping[str, str]) -> bool:
    """Whether the scan has to come with a filing."""
    return paper(values.get("licence_name", "")).scan


def scan_of(values: Mapping[str, str]) -> str:
    """The scan that was handed in with these answers, as the book writes it; not that of another
    licence whose name stood there before."""
    if not wants_scan(values) or values.get("scan_of") != values.get("licence_name"):
        return ""
    return values.get("scan", "")


def level_of(values: Mapping[str, str]) -> str:
    """The level, if it is one of this licence: another one's stands there no more."""
    level = values.get("licence_level", "")
    return level if level in paper(values.get("licence_name", "")).levels else ""


def lacking(names: Collection[str], values: Mapping[str, str]) -> bool:
    """Whether one of these answers is still that of another licence, or none."""
    level = "licence_level" in names and has_levels(values) and not level_of(values)
    return level or ("scan" in names and wants_scan(values) and not scan_of(values))
