"""Whom a check asks, from the roster as of now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from meibo.apps.safety.queries.groups import Group, groups
from meibo.apps.safety.queries.homes import homes
from meibo.domain.safety.homes import Area
from meibo.ledger import house
from meibo.ledger.reader.people import States, states_on

State = Mapping[str, Any]
_RECEIVED = ("受入", "受け入れ")


@dataclass(frozen=True, slots=True)
class Target:
    """Whom: nothing said is the whole house; each thing said narrows it. `units`: codes, each with
    all below it; `posts`: codes; `skills`: words; `groups`: keys of 参集区分, any of which will do;
    `areas`: names of quarters they live in; `people`: these alone (a found set); `sent`: those on
    secondment, and `travel`: these, who are on a journey; one of both will do; `leave`: whether
    those on leave are asked, too."""

    units: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    travel: tuple[str, ...] = ()
    sent: bool = False
    leave: bool = False

    def kept(self) -> dict[str, Any]:
        """As it is stored: without what was not said, and without the people, who stand in
        Called."""
        named = ("people", "travel")
        return {name: value for name, value in asdict(self).items() if value and name not in named}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Target:
        """What was stored."""
        given = {each.name: kept[each.name] for each in fields(cls) if each.name in kept}
        read: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in given.items()}
        return cls(**read)


def targeted(target: Target, on: date, states: States | None = None) -> dict[str, str]:
    """Id → code of the unit of everybody in service who is meant; who died or left is in service no
    more. `states`: of that day, where they were read already."""
    organisation = house.organisation(on)
    units = {code for unit in target.units for code in organisation.below(unit)}
    if states is None:
        states = states_on(on, ids=target.people or None)
    codes = house.codes()
    found = {p: state for p, state in states.items() if _meant(target, state, units, codes)}
    if target.sent or target.travel:
        found = {
            p: state
            for p, state in found.items()
            if p in target.travel or (target.sent and works_elsewhere(state, codes))
        }
    if target.groups or target.areas:
        found = _by_home(target, found, codes)
    return {person: state.get("unit") or "" for person, state in found.items()}


def _meant(target: Target, state: State, units: Collection[str], codes: house.Codes) -> bool:
    seats = [state, *state.get("further", ())]
    if target.units and not any(seat.get("unit") in units for seat in seats):
        return False
    if target.posts and not any(seat.get("post") in target.posts for seat in seats):
        return False
    if target.skills and not holds(state, target.skills, codes):
        return False
    return target.leave or not state.get("leave")


def works_elsewhere(state: State, codes: house.Codes) -> bool:
    """派遣・在籍出向: whether somebody works at another body. Who has come from one works here;
    both stand in the roster as 派遣, and the word of the code tells which."""
    sent = state.get("dispatch")
    word = (codes.name("dispatch", sent.get("reason")) if sent else None) or ""
    return bool(sent) and not any(each in word for each in _RECEIVED)


def holds(state: State, wanted: Collection[str], codes: house.Codes) -> bool:
    """Whether somebody has one of these skills, by the words that they (or their job) are filed
    with."""
    held = skills_of(state, codes)
    return any(word in skill for word in wanted for skill in held)


def skills_of(state: State, codes: house.Codes) -> frozenset[str]:
    """Skills and the job, as words."""
    job = codes.name("job", state.get("job")) or ""
    return frozenset({*str(state.get("skills") or "").split("\n"), job} - {""})


def _by_home(target: Target, states: Mapping[str, State], codes: house.Codes) -> dict[str, State]:
    known = groups()
    wanted = [known[key] for key in target.groups if key in known]
    where: dict[str, Area | None] = {}
    if target.areas or any(group.km is not None for group in wanted):
        where = homes(states)
    found = {}
    for person, state in states.items():
        area = where.get(person)
        if target.areas and (area is None or area.name not in target.areas):
            continue
        if target.groups and not any(_belongs(group, state, area, codes) for group in wanted):
            continue
        found[person] = state
    return found


def _belongs(group: Group, state: State, area: Area | None, codes: house.Codes) -> bool:
    seats = [state, *state.get("further", ())]
    if group.posts and not any(seat.get("post") in group.posts for seat in seats):
        return False
    if group.skills and not holds(state, group.skills, codes):
        return False
    return group.km is None or (area is not None and area.km <= group.km)
