"""Once a month, silently: every address of which nothing was heard for long is asked after, a few
at a time, so that no server is stormed and a check that starts meanwhile has the line to itself."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from meibo.apps.safety.actions.reaching.asking import Asker, askers
from meibo.apps.safety.models import Check, Probe, ProbeRound
from meibo.apps.safety.queries.heard import last_heard, probed
from meibo.apps.safety.queries.routes import ADDRESS, Way, routes_of
from meibo.domain.safety.gateways import Reaching
from meibo.ledger.reader.people import states_on
from meibo.ledger.vault import Vault
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

TOKYO = ZoneInfo("Asia/Tokyo")
MOST = 200
"""Addresses in one go; ten seconds or twenty lie between two."""
_HOUR = 10  # somebody is in the office, should a server complain
_SELF = Actor("meibo work")
_LOG = logging.getLogger("meibo.safety")
Wanted = list[tuple[str, Way]]


def due(reaching: Reaching, now: datetime) -> int:
    """Ask after some of those whose turn it is in this month; how many that were."""
    if not reaching.probing.on:
        return 0
    asked = askers(reaching)
    try:
        round_ = _round(reaching, now) if asked else None
        return _ask(round_, reaching, asked, now) if round_ is not None else 0
    finally:
        for each in asked.values():
            each.close()


def _round(reaching: Reaching, now: datetime) -> ProbeRound | None:
    """This month's, while there is something to do in it and nothing more urgent."""
    local = now.astimezone(TOKYO)
    round_ = ProbeRound.objects.filter(month=f"{local:%Y-%m}").first()
    if round_ is None and (local.day, local.hour) < (reaching.probing.day, _HOUR):
        return None
    if round_ is not None and round_.ended_at is not None:
        return None
    if Check.objects.filter(closed_at=None, until__gt=now).exists():
        return None
    if round_ is None:
        detail = {"what": "probe", "month": f"{local:%Y-%m}"}
        note(Entry(Act.EMERGENCY, detail, (), ""), actor=_SELF, now=now)
        round_ = ProbeRound.objects.create(month=f"{local:%Y-%m}", started_at=now)
    return round_


def _ask(round_: ProbeRound, reaching: Reaching, asked: dict[str, Asker], now: datetime) -> int:
    vault = Vault()
    wanted = _wanted(round_, reaching, set(asked), vault, now)
    answers = []
    for person, way in wanted[:MOST]:
        try:
            answers.append((person, way, *asked[way.route].ask(way.address)))
        except OSError:
            # Who does not answer now is asked in the next go.
            _LOG.warning("addresses of route %s could not be asked after", way.route)
            break
    old = probed({person for person, *_ in answers}, vault)
    before = [old.get(person, {}).get(way.address) for person, way, *_ in answers]
    with transaction.atomic():
        Probe.objects.filter(pk__in=[each.pk for each in before if each is not None]).delete()
        Probe.objects.bulk_create(
            Probe(
                person=person,
                route=way.route,
                address=vault.seal(person, ADDRESS, way.address),
                state=state,
                trouble=trouble[:200],
                at=now,
            )
            for person, way, state, trouble in answers
        )
        round_.asked += len(answers)
        round_.ended_at = now if len(answers) == len(wanted) else None
        round_.save(update_fields=["asked", "ended_at"])
    return len(answers)


def _wanted(
    round_: ProbeRound, reaching: Reaching, routes: Collection[str], vault: Vault, now: datetime
) -> Wanted:
    """Addresses that can be asked after, of which nothing was heard, and which were not asked after
    in this round."""
    day = now.astimezone(TOKYO).date()
    people = list(states_on(day))
    since = now - timedelta(days=reaching.probing.days)
    ways = routes_of(people, day, vault)
    heard, said = last_heard(people, vault, now), probed(people, vault)
    found = []
    for person, own in ways.items():
        for way in own:
            at = heard.get(person, {}).get(way.address)
            probe = said.get(person, {}).get(way.address)
            fresh = (at is not None and at > since) or (
                probe is not None and probe.at >= round_.started_at
            )
            if way.route in routes and not fresh:
                found.append((person, way))
    return found
