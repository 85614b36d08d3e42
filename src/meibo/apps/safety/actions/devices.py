"""Devices on which somebody wants to be woken: registered and removed by themselves alone."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from meibo.apps.safety.actions.reaching import webpush
from meibo.apps.safety.actions.reaching.webpush import Subscription, SubscriptionError
from meibo.apps.safety.models import Device
from meibo.apps.safety.queries.devices import devices
from meibo.apps.safety.queries.routes import DEVICE
from meibo.domain.safety.gateways import PUSH
from meibo.ledger.vault import Vault
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

MOST = 10
_LONGEST = 2_000  # letters of an address
_WAY = "push"


class DeviceError(ValueError):
    """It is not registered; the message says why, and what to do."""


@transaction.atomic
def register(person: str, to: Subscription, label: str, *, actor: Actor, now: datetime) -> Device:
    """Wake this device from now on. One that somebody else had registered is theirs no more: there
    is one browser, and whoever sits at it now said so. Raises DeviceError."""
    hosts = tuple(h for each in settings.MEIBO_REACHING.carriers(PUSH) for h in each.hosts)
    if len(to.endpoint) > _LONGEST or not webpush.allowed(to.endpoint, hosts):
        raise DeviceError(
            "このブラウザの通知の会社は、この自治体では使えません。別のブラウザで試してください。"
        )
    try:
        to.check()
    except SubscriptionError as error:
        raise DeviceError(f"{error}もう一度押してください。") from error
    known = _known(to.endpoint)
    gone = [each.number for each in devices(person) if each.trouble]  # this one comes in its place
    Device.objects.filter(Q(known=known) | Q(person=person, pk__in=gone)).delete()
    if Device.objects.filter(person=person).count() >= MOST:
        raise DeviceError(f"端末は{MOST}台までです。使っていない端末を、下から消してください。")
    _note("device-add", person, actor, now)
    vault = Vault()
    vault.prepare([person])
    sealed = vault.seal(person, DEVICE, to.written())
    return Device.objects.create(
        person=person, known=known, label=label[:60], sealed=sealed, since=now
    )


@transaction.atomic
def remove(person: str, number: int, *, actor: Actor, now: datetime) -> bool:
    """Wake it no more; False for none of theirs."""
    rows = Device.objects.filter(person=person, pk=number)
    if not rows.exists():
        return False
    _note("device-remove", person, actor, now)
    rows.delete()
    return True


def _note(what: str, person: str, actor: Actor, now: datetime) -> None:
    note(Entry(Act.CHANGE, {"what": what, "by": _WAY}, {person}), actor=actor, now=now)


def _known(endpoint: str) -> str:
    return salted_hmac("meibo.safety.device", endpoint, algorithm="sha256").hexdigest()
