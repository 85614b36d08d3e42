"""Asking a hub to hand telegrams in, and asking again before its lease ends (WebSub,
https://www.w3.org/TR/websub/).

Each topic has an address of its own that nobody can guess, and a secret of its own, so that who
knows one of them can neither end nor prolong another, and the house's own secret is told to nobody.
The hub answers by asking back at that address: that is what makes a subscription hold.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from meibo.platform.telegrams.fetching import UnansweredError, send
from meibo.platform.telegrams.models import Subscription

LEASE = timedelta(days=10)
"""For so long we ask; the hub may give less, or more."""
_LEAST, _MOST = timedelta(minutes=1), timedelta(days=30)
_AGAIN, _AGAIN_MOST = timedelta(minutes=1), timedelta(hours=1)
_SUBSCRIBE, _UNSUBSCRIBE = "subscribe", "unsubscribe"
_LOG = logging.getLogger("meibo.telegrams")


def secret_of(subscription: Subscription) -> str:
    """What the hub signs with."""
    key = settings.MEIBO_TELEGRAM_SECRET.encode()
    return hmac.new(key, f"websub {subscription.token}".encode(), hashlib.sha256).hexdigest()


def callback_of(subscription: Subscription) -> str:
    """Where the hub finds us."""
    base: str = settings.MEIBO_TELEGRAM_CALLBACK
    return base.rstrip("/") + reverse("telegrams:hub_topic", args=[subscription.token])


def wanted() -> list[str]:
    """The topics that are to be subscribed to: none without a hub and a secret."""
    if not (settings.MEIBO_TELEGRAM_HUB and settings.MEIBO_TELEGRAM_SECRET):
        return []
    topics: list[str] = settings.MEIBO_TELEGRAM_TOPICS
    return topics


def renew(*, now: datetime, at_once: bool = False) -> int:
    """Ask the hub for whatever is not subscribed yet or ends soon, and take back what is wanted no
    more; how many times that was. `at_once`: whether it is due or not."""
    topics, count = wanted(), 0
    for topic in topics:
        row = _row(topic)
        if at_once or _is_due(row, now):
            count += _ask(row, _SUBSCRIBE, now)
    for row in Subscription.objects.exclude(topic__in=topics):
        count += _end(row, now)
    return count


def _row(topic: str) -> Subscription:
    """The row of a topic; another hub gets another one, so that the old one is told 410."""
    hub = settings.MEIBO_TELEGRAM_HUB
    Subscription.objects.filter(topic=topic).exclude(hub=hub).delete()
    fresh = {"token": secrets.token_urlsafe(24), "hub": hub}
    return Subscription.objects.get_or_create(topic=topic, defaults=fresh)[0]


def _is_due(row: Subscription, now: datetime) -> bool:
    """Never asked, or the lease is in its last quarter; after an answer that did not come, later
    and later, for at most an hour."""
    if row.asked_at is None:
        return True
    if row.renew_at is not None and now < row.renew_at:
        return False
    pause = min(_AGAIN_MOST, _AGAIN * 2 ** min(row.tries, 10))
    return now - row.asked_at >= (_AGAIN_MOST if row.denied else pause)


def _end(row: Subscription, now: datetime) -> int:
    """Take one back. It is gone when the hub has asked back, or when its lease is over anyhow."""
    if row.ends_at is None or row.ends_at <= now or not settings.MEIBO_TELEGRAM_SECRET:
        row.delete()
        return 0
    if row.ending and row.asked_at is not None and now - row.asked_at < _AGAIN_MOST:
        return 0
    Subscription.objects.filter(pk=row.pk).update(ending=True)
    return _ask(row, _UNSUBSCRIBE, now)


def _ask(row: Subscription, mode: str, now: datetime) -> int:
    """One question. It is written down before it is asked, for the hub may ask back before it has
    answered; and what that wrote is not overwritten."""
    own = Subscription.objects.filter(pk=row.pk)
    own.update(asked_at=now, tries=row.tries + 1, denied="", ending=mode == _UNSUBSCRIBE)
    said = {
        "hub.mode": mode,
        "hub.topic": row.topic,
        "hub.callback": callback_of(row),
        "hub.lease_seconds": int(LEASE.total_seconds()),
        "hub.secret": secret_of(row),
    }
    try:
        send(row.hub, urlencode(said).encode())
    except UnansweredError as error:
        own.update(error=str(error))
        _LOG.warning("hub %s: %s not asked for: %s", row.hub, row.topic, error)
    else:
        own.update(error="")
    return 1


def confirm(row: Subscription, mode: str, seconds: str, *, now: datetime) -> bool:
    """The hub asks back: whether that is so. From now on it holds for the lease that the hub names;
    or it is over."""
    if mode == _UNSUBSCRIBE:
        return row.ending and bool(row.delete()[0])
    if mode != _SUBSCRIBE or row.ending or row.topic not in wanted():
        return False
    given = timedelta(seconds=int(seconds)) if _is_number(seconds) else LEASE
    lease = min(_MOST, max(_LEAST, given))
    Subscription.objects.filter(pk=row.pk).update(
        confirmed_at=now,
        ends_at=now + lease,
        renew_at=now + lease * 3 / 4,
        tries=0,
        denied="",
        error="",
    )
    return True


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def deny(row: Subscription, reason: str) -> None:
    """The hub says no, or that what held holds no more."""
    words = reason.strip()[:200] or "わけは書かれていません"
    Subscription.objects.filter(pk=row.pk).update(denied=words, ends_at=None, renew_at=None)
    _LOG.warning("hub %s denied %s: %s", row.hub, row.topic, words)
