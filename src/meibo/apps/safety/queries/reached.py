"""Whom a message can reach at all: what became of what was sent to each address before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from meibo.apps.safety.models import Message, Notice, Posted, Probe, Trial
from meibo.apps.safety.queries.routes import ADDRESS, Way, routes_of
from meibo.ledger.reader.people import states_on
from meibo.ledger.vault import Vault

_DEAD = (Posted.BOUNCED, Posted.REFUSED)


def dead_addresses(people: Collection[str]) -> dict[str, dict[str, str]]:
    """Person → address → why: what came back, or was refused, and has not arrived since."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    vault = Vault()
    wanted = set(people)
    # All verdicts, oldest first: the last one of an address holds. Dead ones are few, so only of
    # people who have one are the others looked at.
    rows = [row for row in _verdicts(_DEAD) if row[2] in wanted]
    suspects = {row[2] for row in rows}
    rows += [row for row in _verdicts((Posted.DELIVERED,)) if row[2] in suspects]
    vault.prepare(suspects)
    for _, state, person, sealed, trouble in sorted(rows):
        address = vault.open(person, ADDRESS, sealed)
        if address is None:
            continue
        if state in _DEAD:
            found[person][address] = trouble
        else:
            found[person].pop(address, None)
    return {person: dead for person, dead in found.items() if dead}


def _verdicts(states: Collection[str]) -> list[tuple[float, str, str, str, str]]:
    told = []
    checks = Message.objects.filter(state__in=states)
    names = ("told_at", "state", "address", "trouble")
    for at, state, address, trouble, person in checks.values_list(*names, "called__person"):
        told.append((at.timestamp() if at else 0.0, state, person, address, trouble))
    own = Trial.objects.filter(state__in=states).values_list(*names, "person")
    notices = Notice.objects.filter(state__in=states).values_list(*names, "person")
    for at, state, address, trouble, person in [*own, *notices]:
        told.append((at.timestamp() if at else 0.0, state, person, address, trouble))
    if Posted.REFUSED in states:  # whom a server does not know, it would not write to
        gone = Probe.objects.filter(state=Probe.GONE)
        for at, person, address, trouble in gone.values_list("at", "person", "address", "trouble"):
            told.append((at.timestamp(), Posted.REFUSED, person, address, trouble))
    return told


@dataclass(frozen=True, slots=True)
class Reach:
    """The ways to somebody that may work, those that are known not to, with why; and `idle`, those
    for which the town has nobody who carries anything."""

    good: tuple[Way, ...]
    dead: tuple[tuple[Way, str], ...]
    idle: tuple[Way, ...] = ()


def reach_of(people: Collection[str], on: date) -> dict[str, Reach]:
    """By which ways each of these people can be reached."""
    dead, carried = dead_addresses(people), settings.MEIBO_REACHING.routes()
    found = {}
    for person, ways in routes_of(people, on).items():
        own = dead.get(person, {})
        alive = [way for way in ways if way.address not in own]
        found[person] = Reach(
            tuple(way for way in alive if way.route in carried),
            tuple((way, own[way.address]) for way in ways if way.address in own),
            tuple(way for way in alive if way.route not in carried),
        )
    return found


def in_reach(people: Collection[str], on: date) -> int:
    """How many of these have an address that is not known to be dead, and that somebody carries
    messages to."""
    return sum(bool(each.good) for each in reach_of(people, on).values())


def share(day: date) -> tuple[int, int]:
    """How many in service can be reached, of how many."""
    people = list(states_on(day))
    return in_reach(people, day), len(people)
