"""By which ways somebody can be reached, in their order."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from meibo.apps.safety.models import Device
from meibo.domain.safety.gateways import MAIL, PUSH, SMS
from meibo.ledger.reader.people import States, states_on
from meibo.ledger.sealed import Unsealer
from meibo.ledger.vault import Vault

ADDRESS = "safety:address"
"""Under this name an address is sealed in the outbox."""
DEVICE = "safety:device"
"""And under this one what a device is woken by."""
_MANY = 2000
"""From so many on, everybody's state is read at once."""
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MOBILE = re.compile(r"0[789]0\d{8}")


@dataclass(frozen=True, slots=True)
class Way:
    """A route and the address on it. `at_work`: the roster's own, not one that they filed; `label`:
    what it is called by, where its address tells nobody anything."""

    route: str
    address: str
    at_work: bool = field(default=False, compare=False)
    label: str = field(default="", compare=False)


def routes_of(
    people: Collection[str], on: date, vault: Vault | None = None, states: States | None = None
) -> dict[str, list[Way]]:
    """Every way to each of these people that the roster knows; an empty list where there is none.
    The mail at work comes first, then what they filed, in their order, then their devices. `vault`:
    one that is open already; `states`: of that day, where they were read already."""
    if states is None:
        states = states_on(on, ids=None if len(people) > _MANY else list(people))
    vault = vault or Vault()
    vault.prepare(people)
    filed, devices = _contacts(people, states, vault), _devices(people, vault)
    found = {}
    for person in people:
        ways: dict[tuple[str, str], Way] = {}
        for way in (*_ways(states.get(person, {}), filed.get(person, [])), *devices[person]):
            ways.setdefault((way.route, way.address), way)
        found[person] = list(ways.values())
    return found


def _ways(state: Mapping[str, Any], contacts: list[Mapping[str, str]]) -> Iterator[Way]:
    if _MAIL.fullmatch(str(state.get("mail") or "")):
        yield Way(MAIL, str(state["mail"]), at_work=True)
    for contact in contacts:
        value = str(contact.get("value", "")).strip()
        own = settings.MEIBO_REACHING.route_of(str(contact.get("kind", "")))
        if own and value:
            yield Way(own, value)
        elif _MAIL.fullmatch(value):
            yield Way(MAIL, value)
        elif _MOBILE.fullmatch(digits := re.sub(r"\D", "", value)):
            yield Way(SMS, digits)


def _devices(people: Collection[str], vault: Vault) -> Mapping[str, list[Way]]:
    """The devices of these people, where the town has push at all; their keys are open already."""
    found: dict[str, list[Way]] = defaultdict(list)
    if not settings.MEIBO_REACHING.carriers(PUSH):
        return found
    wanted = set(people)
    for person, sealed, label in Device.objects.values_list("person", "sealed", "label"):
        address = vault.open(person, DEVICE, sealed) if person in wanted else None
        if address is not None:
            found[person].append(Way(PUSH, address, label=label))
    return found


def _contacts(
    people: Collection[str], states: States, vault: Vault
) -> dict[str, list[Mapping[str, str]]]:
    """What these people filed as their contacts, as it stands in their states."""
    own = {person: states[person] for person in people if person in states}
    unseal = Unsealer(vault=vault)
    unseal.preload(own, ("contacts",))
    found = {}
    for person, state in own.items():
        number = state.get("contacts")
        value = None if number is None else unseal(person, number)
        if value:
            found[person] = json.loads(value)
    return found
