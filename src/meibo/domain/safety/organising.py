"""災対組織: the second organisation, in which the same people stand in a disaster, and a proposal
of who stands where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from meibo.domain.safety.forecast import listed

SECTION, SHELTER, BASE = "section", "shelter", "base"
KINDS: Mapping[str, str] = {SECTION: "本部の班", SHELTER: "避難所", BASE: "拠点"}
LEADS = "所属長"
"""What the table calls everybody whose post leads a unit."""
HEAD, DEPUTY, MEMBER = "head", "deputy", "member"
ROLES: Mapping[str, str] = {HEAD: "長", DEPUTY: "副", MEMBER: "要員"}


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of it: who is taken, of which departments, from which quarters, with which skills.
    What is empty asks for nothing. `place`: where its people come together; `area`: the quarter of
    that, "" where nobody has said; `without`: words for posts whose holders are left out.
    """

    code: str
    name: str
    kind: str
    people: int
    units: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    place: str = ""
    area: str = ""
    without: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """By which a task of the plan names those who stand here."""
        return frozenset({self.code, self.name, self.kind, KINDS[self.kind]})

    @property
    def bound(self) -> frozenset[str]:
        """The same for a forecast; none for a section of the headquarters, whose people do what is
        to be done there."""
        return frozenset() if self.kind == SECTION else self.words


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be assigned. `units`: the names of their unit and all above it; `rank`: the
    smaller the higher; `posts`: words for the post, with LEADS for whoever leads a unit."""

    person: str
    units: frozenset[str]
    area: str
    km: float
    skills: frozenset[str]
    rank: int
    posts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who should stand where."""

    person: str
    code: str
    role: str


def places_of(rows: Iterable[Mapping[str, str]]) -> list[Place]:
    """The town's `disaster_units.csv`; a row without code, kind or number is left out."""
    return [
        Place(
            row["code"],
            row.get("name") or row["code"],
            row["kind"],
            int(row["people"]),
            listed(row.get("units", "")),
            listed(row.get("areas", "")),
            listed(row.get("skills", "")),
            row.get("place", ""),
            _area(row),
            _without(row),
        )
        for row in rows
        if row.get("code") and row.get("kind") in KINDS and row.get("people", "").isdigit()
    ]


def _area(row: Mapping[str, str]) -> str:
    """Where it lies: as written, else where all its people live, if that is one quarter."""
    areas = listed(row.get("areas", ""))
    return row.get("area", "").strip() or (areas[0] if len(areas) == 1 else "")


def _without(row: Mapping[str, str]) -> tuple[str, ...]:
    """Whose post keeps them in the line; where the table has no such column, whoever leads a unit
    is kept out of shelters."""
    told = row.get("without")
    if told is None:
        return (LEADS,) if row["kind"] == SHELTER else ()
    return listed(told)


def propose(places: Sequence[Place], candidates: Iterable[Candidate]) -> list[Proposed]:
    """One place for each person at most, in the order of the table: the highest in rank lead, those
    with a skill that is asked for come before others, then those who live nearest."""
    free = {each.person: each for each in candidates}
    found: list[Proposed] = []
    for place in places:
        fit = [each for each in free.values() if _fits(place, each)]
        leading = sorted(fit, key=lambda c: (c.rank, c.km, c.person))[:2]
        others = sorted(
            (each for each in fit if each not in leading),
            key=lambda c: (not _skilled(place, c), c.km, c.rank, c.person),
        )
        taken = [*leading, *others][: place.people]
        for number, each in enumerate(taken):
            role = (HEAD, DEPUTY)[number] if number < 2 else MEMBER
            found.append(Proposed(each.person, place.code, role))
            del free[each.person]
    return found


def _fits(place: Place, candidate: Candidate) -> bool:
    if candidate.posts & set(place.without):
        return False
    if place.units and not candidate.units & set(place.units):
        return False
    return not place.areas or candidate.area in place.areas


def _skilled(place: Place, candidate: Candidate) -> bool:
    return any(wanted in held for wanted in place.skills for held in candidate.skills)
