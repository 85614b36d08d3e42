"""When each address was last heard of: something arrived there, came back, or was opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from meibo.apps.safety.models import Message, Notice, Posted, Probe, ProbeRound, Trial
from meibo.apps.safety.queries.reached import dead_addresses
from meibo.apps.safety.queries.reaching import Unreached
from meibo.apps.safety.queries.routes import ADDRESS, Way, routes_of
from meibo.domain.disclosure import Viewer
from meibo.domain.safety.gateways import Reaching, named
from meibo.ledger import reader
from meibo.ledger.reader.people import states_on
from meibo.ledger.vault import Vault

TOKYO = ZoneInfo("Asia/Tokyo")
_BACK = timedelta(days=400)
"""So far back anybody looks: what is older is told as never."""
_TOLD = (Posted.DELIVERED, Posted.BOUNCED, Posted.REFUSED)
_GONE_OUT = (Posted.SENT, Posted.DELIVERED)
_TRY = "本人に「連絡の試し」を頼むか、訓練で送って確かめてください。"
Heard = dict[str, dict[str, datetime]]


def last_heard(people: Collection[str], vault: Vault, now: datetime) -> Heard:
    """Person → address → when. Opening the page of a check tells of an address only where the
    check was sent to no other one of that person."""
    wanted, since = set(people), now - _BACK
    found: Heard = defaultdict(dict)
    checks = Message.objects.filter(state__in=_TOLD, told_at__gt=since)
    rows: list[Any] = list(checks.values_list("called__person", "address", "told_at"))
    trials = Trial.objects.filter(state__in=_TOLD, told_at__gt=since)
    rows += trials.values_list("person", "address", "told_at")
    notices = Notice.objects.filter(state__in=_TOLD, told_at__gt=since)
    rows += notices.values_list("person", "address", "told_at")
    rows += [row for row in _opened(since) if row[0] in wanted]
    vault.prepare({row[0] for row in rows} & wanted)
    for person, sealed, at in rows:
        address = vault.open(person, ADDRESS, sealed) if person in wanted else None
        if address is not None:
            found[person][address] = max(at, found[person].get(address, at))
    return found


def _opened(since: datetime) -> list[tuple[str, str, datetime]]:
    """Whose only address a check went to, that address (sealed), and when they opened it."""
    seen = Q(called__opened_at__gt=since) | Q(called__answered_at__gt=since)
    rows = Message.objects.filter(seen, bulletin=None, state__in=_GONE_OUT).values_list(
        *("called_id", "called__person", "route", "address"),
        *("called__opened_at", "called__answered_at"),
    )
    own: dict[int, list[tuple[str, str, datetime]]] = defaultdict(list)
    for called, person, _, address, opened, answered in rows:
        own[called].append((person, address, opened or answered))
    return [messages[0] for messages in own.values() if len(messages) == 1]


def probed(people: Collection[str], vault: Vault) -> dict[str, dict[str, Probe]]:
    """Person → address → what was last said of it."""
    found: dict[str, dict[str, Probe]] = defaultdict(dict)
    wanted = set(people)
    rows = [row for row in Probe.objects.order_by("pk").iterator() if row.person in wanted]
    vault.prepare({row.person for row in rows})
    for row in rows:
        address = vault.open(row.person, ADDRESS, row.address)
        if address is not None:
            found[row.person][address] = row
    return found


@dataclass(slots=True)
class Ages:
    """Of the addresses of one route: how many there are; heard of lately; taken, unknown, gone by
    what was said when they were last asked after; and of which nobody knows."""

    route: str
    addresses: int = 0
    heard: int = 0
    taken: int = 0
    gone: int = 0
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of all addresses. `unheard`: whose addresses were all silent for long."""

    ages: tuple[Ages, ...]
    unheard: tuple[Unreached, ...]
    last: ProbeRound | None


def known(viewer: Viewer, reaching: Reaching, now: datetime) -> Known:
    """How old the news of each address is, and who should be looked after."""
    day, days = viewer.today, reaching.probing.days
    people = list(states_on(day))
    vault = Vault()
    ways, dead = routes_of(people, day, vault), dead_addresses(people)
    heard, said = last_heard(people, vault, now), probed(people, vault)
    ages: dict[str, Ages] = {}
    lines: dict[str, list[str]] = {}
    for person, own in ways.items():
        told = []
        for way in own:
            each = ages.setdefault(way.route, Ages(named(way.route)))
            at = heard.get(person, {}).get(way.address)
            late = _counted(each, way, at, said.get(person, {}), dead.get(person, {}), now, days)
            told += [_line(way, at, day)] if late else []
        if own and len(told) == len(own):
            lines[person] = told
    cards = reader.cards(viewer, on=day, ids=lines, only=frozenset({"name", "unit"}))
    unheard = tuple(Unreached(card, tuple(lines[card.id]), (_TRY,)) for card in cards)
    return Known(tuple(ages.values()), unheard, ProbeRound.objects.order_by("-month").first())


def _counted(
    ages: Ages,
    way: Way,
    at: datetime | None,
    said: Mapping[str, Probe],
    dead: Mapping[str, str],
    now: datetime,
    days: int,
) -> bool:
    """Count an address; whether nothing is known of it."""
    ages.addresses += 1
    if way.address in dead:
        ages.gone += 1
    elif at is not None and at > now - timedelta(days=days):
        ages.heard += 1
    else:
        probe = said.get(way.address)
        ages.taken += probe is not None and probe.state == Probe.TAKEN
        ages.silent += probe is None or probe.state != Probe.TAKEN
        return True
    return False


def _line(way: Way, at: datetime | None, day: date) -> str:
    if at is None:
        return f"{named(way.route)}：届いたと確かめられたことがありません。"
    back = at.astimezone(TOKYO).date()
    return (
        f"{named(way.route)}：最後の便りは{back.month}月{back.day}日（{(day - back).days}日前）。"
    )
