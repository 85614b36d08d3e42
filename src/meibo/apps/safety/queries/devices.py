"""Somebody's devices, as they know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meibo.apps.safety.models import Device
from meibo.apps.safety.queries.reached import dead_addresses
from meibo.apps.safety.queries.routes import DEVICE
from meibo.ledger.vault import Vault


@dataclass(frozen=True, slots=True)
class Known:
    """A device. `trouble`: why it is not woken any more; empty where nothing is known of it."""

    number: int
    label: str
    since: datetime
    trouble: str


def devices(person: str) -> list[Known]:
    """The oldest first."""
    dead = dead_addresses([person]).get(person, {})
    vault = Vault()
    vault.prepare([person])
    return [
        Known(each.pk, each.label, each.since, dead.get(address, ""))
        for each in Device.objects.filter(person=person)
        if (address := vault.open(person, DEVICE, each.sealed)) is not None
    ]


#: Words of a browser's own description → ours; the first that is found.
_SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android")),
    *(("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")),
)
_BROWSERS = (
    *(("Edg", "Edge"), ("Firefox", "Firefox"), ("FxiOS", "Firefox")),
    *(("SamsungBrowser", "Samsung Internet"), ("Chrome", "Chrome"), ("CriOS", "Chrome")),
    ("Safari", "Safari"),
)


def label_of(described: str) -> str:
    """What a device is called by, from what its browser says of itself."""
    system = next((word for mark, word in _SYSTEMS if mark in described), "端末")
    browser = next((word for mark, word in _BROWSERS if mark in described), "ブラウザ")
    return f"{system}の{browser}"
