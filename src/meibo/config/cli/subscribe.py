"""safety subscribe: the hub is asked for every topic now, whatever is due."""

from __future__ import annotations

import argparse
import time

from django.conf import settings

from meibo.config.cli.ready import require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import tell
from meibo.config.clock import now
from meibo.platform.telegrams import queries, subscribing
from meibo.platform.telegrams.models import Subscription

_PAUSE = 0.2


def subscribe(options: argparse.Namespace) -> int:
    """Ask, and wait until the hub has asked back; 1 where a topic does not hold by then."""
    require_ready()
    if not settings.MEIBO_TELEGRAM_HUB or not settings.MEIBO_TELEGRAM_SECRET:
        raise RefusedError("MEIBO_TELEGRAM_HUB と MEIBO_TELEGRAM_SECRET を書いてください。")
    if not settings.MEIBO_TELEGRAM_TOPICS:
        raise RefusedError("購読するトピックがありません。MEIBO_TELEGRAM_TOPICS を書いてください。")
    asked = now()
    subscribing.renew(now=asked, at_once=True)
    ends = time.monotonic() + max(0, options.wait)
    open_ones = Subscription.objects.filter(error="", denied="")
    while time.monotonic() < ends and open_ones.exclude(confirmed_at__gte=asked).exists():
        time.sleep(_PAUSE)
    held = True
    for way in queries.subscriptions(now()):
        held = held and way.open and not way.error
        tell(f"{'○' if way.open and not way.error else '×'} {way.detail} {way.error}".rstrip())
    return 0 if held else 1
