"""自分に試しに送る: everybody may find out in quiet times whether a message would reach them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from meibo.apps.safety.models import Posted, Trial
from meibo.apps.safety.queries.routes import ADDRESS, routes_of
from meibo.domain.safety.gateways import named
from meibo.ledger.vault import Vault

TOKYO = ZoneInfo("Asia/Tokyo")
_APART = timedelta(minutes=10)
"""An SMS costs money, and nobody needs more."""


NOBODY = "送る先が設定されていません。災害のときにも届きません。情報システム担当が設定します。"


class TrialError(ValueError):
    """Nothing is sent; the message says why."""


@transaction.atomic
def try_out(person: str, *, now: datetime) -> tuple[int, list[str]]:
    """Send to every address of this person that somebody carries messages to; how many messages,
    and the routes that nobody carries. Raises TrialError without any, or where that was done just
    now."""
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
    carried = settings.MEIBO_REACHING.routes()
    good = [way for way in ways if way.route in carried]
    idle = list(dict.fromkeys(named(way.route) for way in ways if way.route not in carried))
    if not good:
        raise TrialError(f"送れません。{'と'.join(idle)}を{NOBODY}")
    vault = Vault()
    vault.prepare([person])
    for way in good:
        sealed = vault.seal(person, ADDRESS, way.address)
        Trial.objects.create(person=person, route=way.route, address=sealed, due_at=now)
    return len(good), idle


def arrived(person: str, number: int, *, now: datetime) -> bool:
    """The person says that it arrived; False for no trial of theirs."""
    rows = Trial.objects.filter(pk=number, person=person)
    rows = rows.filter(state__in=[Posted.SENDING, Posted.SENT, Posted.DELIVERED])
    return bool(rows.update(state=Posted.DELIVERED, told_at=now, trouble=""))
