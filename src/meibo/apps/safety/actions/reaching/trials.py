"""自分に試しに送る: everybody may find out in quiet times whether a message would reach them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from meibo.apps.safety.models import Posted, Trial
from meibo.apps.safety.queries.routes import ADDRESS, routes_of
from meibo.ledger.vault import Vault

TOKYO = ZoneInfo("Asia/Tokyo")
_APART = timedelta(minutes=10)
"""An SMS costs money, and nobody needs more."""


class TrialError(ValueError):
    """Nothing is sent; the message says why."""


@transaction.atomic
def try_out(person: str, *, now: datetime) -> int:
    """Send to every address of this person; how many messages. Raises TrialError without any, or
    where that was done just now."""
    own = Trial.objects.filter(person=person)
    if own.filter(due_at__gt=now - _APART, tries=0).exists() or own.filter(
        sent_at__gt=now - _APART
    ):
        raise TrialError("送ったばかりです。10分たってから、もう一度試してください。")
    ways = routes_of([person], now.astimezone(TOKYO).date())[person]
    if not ways:
        raise TrialError(
            "送り先がありません。「私の届出」から、メールか携帯電話を届け出てください。"
        )
    vault = Vault()
    vault.prepare([person])
    for way in ways:
        sealed = vault.seal(person, ADDRESS, way.address)
        Trial.objects.create(person=person, route=way.route, address=sealed, due_at=now)
    return len(ways)


def arrived(person: str, number: int, *, now: datetime) -> bool:
    """The person says that it arrived; False for no trial of theirs."""
    rows = Trial.objects.filter(pk=number, person=person)
    rows = rows.filter(state__in=[Posted.SENDING, Posted.SENT, Posted.DELIVERED])
    return bool(rows.update(state=Posted.DELIVERED, told_at=now, trouble=""))
