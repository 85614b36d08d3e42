"""Looking at the feeds, and fetching what they name."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings

from meibo.domain.telegram import UnreadableError
from meibo.platform.telegrams.actions import FEED, receive
from meibo.platform.telegrams.atom import named
from meibo.platform.telegrams.fetching import UnansweredError, ask
from meibo.platform.telegrams.files import unpacked
from meibo.platform.telegrams.models import Feed, Wanted

_MOST = 50  # telegrams a round
_TRIES = 10
_AGE = timedelta(hours=24)
_LOG = logging.getLogger("meibo.telegrams")


def poll(*, now: datetime) -> int:
    """Look at every feed whose turn it is; how many new telegrams they name."""
    pause = timedelta(seconds=settings.MEIBO_TELEGRAM_POLL)
    count = 0
    for address in settings.MEIBO_TELEGRAM_FEEDS:
        feed, _ = Feed.objects.get_or_create(address=address)
        if feed.asked_at is None or now - feed.asked_at >= pause:
            count += _look(feed, now)
    return count


def want(data: bytes, base: str, *, now: datetime) -> int:
    """Note what a feed names and is not known yet; how many that is. What is older than a day is
    left alone. Raises UnreadableError."""
    fresh = [n.address for n in named(data, base) if n.updated is None or now - n.updated <= _AGE]
    known = set(Wanted.objects.filter(address__in=fresh).values_list("address", flat=True))
    new = [Wanted(address=a, found_at=now) for a in dict.fromkeys(fresh) if a not in known]
    Wanted.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def fetch(*, now: datetime) -> int:
    """Fetch what is wanted, the oldest first; how many came."""
    open_ones = Wanted.objects.filter(done_at=None, tries__lt=_TRIES).order_by("tries", "pk")
    count = 0
    for wanted in open_ones[:_MOST]:
        wanted.tries += 1
        try:
            data = ask(wanted.address).data or b""
        except UnansweredError as error:
            wanted.error = str(error)
            wanted.save()
            _LOG.warning("telegram not fetched: %s: %s", wanted.address, error)
            return count  # the others wait for the next round rather than each for its time-out
        for one in unpacked(wanted.address, data):
            receive(one.data, source=FEED, name=one.name, now=now)
        wanted.done_at, wanted.error = now, ""
        wanted.save()
        count += 1
    return count


def _look(feed: Feed, now: datetime) -> int:
    feed.asked_at, count = now, 0
    try:
        answer = ask(feed.address, feed.etag, feed.modified)
        if answer.data is not None:
            count = want(answer.data, feed.address, now=now)
    except (UnansweredError, UnreadableError) as error:
        feed.error = str(error)
        _LOG.warning("feed not read: %s: %s", feed.address, error)
    else:
        feed.etag, feed.modified = answer.etag, answer.modified
        feed.answered_at, feed.error = now, ""
    feed.save()
    return count
