"""What the first page and the navigation say of 決裁 and 内示."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.urls import reverse

from meibo.apps.personnel.queries.deciding import mine
from meibo.ledger import drawer
from meibo.platform.layout.waiting import Asker, Matter

_TOKYO = ZoneInfo("Asia/Tokyo")


def decisions_waiting(asker: Asker) -> Iterator[Matter]:
    """How many plans wait for the asker's decision."""
    if not asker.account or not (asker.viewer.ties or asker.viewer.waiting):
        return
    if count := mine.waiting(asker.account, asker.now.astimezone(_TOKYO).date()):
        yield Matter(f"決裁を待っている案が{count}件あります", reverse("deciding:decisions"))


def notices_waiting(asker: Asker) -> Iterator[Matter]:
    """Whether there is a notice for the asker; before its hour nothing is looked at."""
    found = drawer.noticed_to(asker.viewer, asker.now)
    if any(each.own for each in found):
        yield Matter("あなたへの内示があります", reverse("deciding:notices"))
    elif found:
        yield Matter("あなたの所属の職員への内示があります", reverse("deciding:notices"))
