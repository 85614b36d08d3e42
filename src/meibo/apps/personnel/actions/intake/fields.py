"""The fields of records: suppliers differ in which columns they have."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from meibo.platform.feeds import Package


class Fields(dict[str, Any]):
    """The fields of a record; one whose column the file does not have reads as nothing. `filed`:
    what they amount to, once somebody has asked."""

    __slots__ = ("filed",)
    filed: dict[str, str]

    def __missing__(self, _key: str) -> None:
        return None


def forgiving(package: Package) -> Package:
    """The package with records whose missing fields read as nothing."""
    package.records = {
        role: [replace(r, values=Fields(r.values)) for r in records]
        for role, records in package.records.items()
    }
    return package
