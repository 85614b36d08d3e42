"""参集区分: groups of people that the town calls by one name (`muster_groups.csv`)."""

from __future__ import annotations

from dataclasses import dataclass

from meibo.domain.safety.forecast import listed
from meibo.ledger import house
from meibo.platform import town

FILE = "muster_groups.csv"


@dataclass(frozen=True, slots=True)
class Group:
    """Who belongs to it: who holds one of these posts, has one of these skills, and lives no
    farther away; what is empty asks for nothing. `posts`: codes."""

    key: str
    label: str
    posts: frozenset[str]
    skills: tuple[str, ...]
    km: float | None


def groups() -> dict[str, Group]:
    """All of the town's by key, in its order. Posts may be written by name or by code."""
    table = house.codes().table("post")
    named: dict[str, set[str]] = {}
    for code, coded in table.items():
        named.setdefault(coded.name, set()).add(code)
    found = {}
    for row in town.rows(FILE):
        posts = {c for word in listed(row.get("posts", "")) for c in named.get(word, {word})}
        km = row.get("km", "").strip()
        skills = listed(row.get("skills", ""))
        if row.get("key"):
            limit = float(km) if km else None
            found[row["key"]] = Group(row["key"], row["label"], frozenset(posts), skills, limit)
    return found
