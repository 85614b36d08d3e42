"""What the first page and the navigation say of 決裁 and 内示."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from meibo.apps.personnel.queries.deciding import mine
from meibo.domain.book import Effect
from meibo.domain.calendar import day_in_japan
from meibo.ledger import drawer, reader
from meibo.platform.layout.waiting import Asker, Matter

_DAY, _AHEAD, _MOST = timedelta(days=1), timedelta(days=366), 3
_SILENT = frozenset({Effect.VOID, Effect.REMAP})


def decisions_waiting(asker: Asker) -> Iterator[Matter]:
    """How many plans wait for the asker's decision."""
    if not asker.account or not (asker.viewer.ties or asker.viewer.waiting):
        return
    if count := mine.waiting(asker.account, day_in_japan(asker.now)):
        yield Matter(f"決裁を待っている案が{count}件あります", reverse("deciding:decisions"))


def notices_waiting(asker: Asker) -> Iterator[Matter]:
    """Whether there is a notice for the asker; before its hour nothing is looked at."""
    found = drawer.noticed_to(asker.viewer, asker.now)
    if any(each.own for each in found):
        yield Matter("あなたへの内示があります", reverse("deciding:notices"))
    elif found:
        yield Matter("あなたの所属の職員への内示があります", reverse("deciding:notices"))


def orders_coming(asker: Asker) -> Iterator[Matter]:
    """Orders to the asker that are announced and whose day has not come: the notice of them is
    over then, and some have not opened it."""
    person, today = asker.viewer.person, day_in_japan(asker.now)
    if not person:
        return
    coming = reader.orders(asker.viewer, today + _DAY, today + _AHEAD, people={person}, faces=False)
    days = sorted({o.effective for o in coming if not o.cancelled and o.effect not in _SILENT})
    for day in days[:_MOST]:
        words = f"{day.year}年{day.month}月{day.day}日付の、あなたへの発令があります"
        yield Matter(words, f"{reverse('directory:person', args=[person])}?on={day}")
