"""Who is told where they are, also at night, that a telegram asks something."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from meibo.apps.safety.models import Posted, Question
from meibo.apps.safety.queries.routes import routes_of
from meibo.domain.disclosure import Viewer
from meibo.domain.safety.gateways import named as word_of
from meibo.ledger import reader
from meibo.ledger.reader.people import states_on
from meibo.platform.accounts.models import Account
from meibo.platform.grants.queries import holders
from meibo.platform.telegrams import rules

_LOG = logging.getLogger("meibo.safety")


def unknown() -> list[str]:
    """Sign-in names of the town's list behind which there is nobody who could be told."""
    named = rules.current()[0].tell
    known = _accounts(named).values_list("username", flat=True)
    return [name for name in named if name not in set(known)]


def watch(on: date) -> list[str]:
    """Those whom the town's list names, or else all who hold crisis management. Where nobody of the
    list works here any more, that is as if there were none: somebody has to be told."""
    named = rules.current()[0].tell
    people = _serving(set(_accounts(named).values_list("person", flat=True)), on) if named else []
    if named and not people:
        _LOG.error("telegrams.toml: nobody in [questions] tell serves here; told are all of crisis")
    return people or _serving(holders("crisis", on), on)


def _accounts(names: Collection[str]) -> QuerySet[Account]:
    return Account.objects.filter(username__in=names, is_active=True).exclude(person=None)


def _serving(people: Collection[str | None], on: date) -> list[str]:
    """Who is here; those on leave only where there is nobody else."""
    states = states_on(on, ids=sorted(filter(None, people)))
    at_work = [person for person, state in states.items() if not state.get("leave")]
    return at_work or list(states)


@dataclass(frozen=True, slots=True)
class Told:
    """Of how many people, and by how many messages, it was tried; how many people have a message
    that was handed over."""

    people: int
    messages: int
    reached: int


def reach_of_notices(question: Question) -> Told:
    """How far the news has come that this question is asked."""
    rows = list(question.notices.filter(ended=False).values_list("person", "state"))
    gone = {person for person, state in rows if state in {Posted.SENT, Posted.DELIVERED}}
    return Told(len({person for person, _ in rows}), len(rows), len(gone))


@dataclass(frozen=True, slots=True)
class OnWatch:
    """Somebody who is told, and by which routes; `idle`: those for which they have an address but
    the town nobody who carries it."""

    card: reader.Card
    routes: tuple[str, ...]
    idle: tuple[str, ...]


def on_watch(viewer: Viewer) -> list[OnWatch]:
    """Who would be told now."""
    people = watch(viewer.today)
    ways = routes_of(people, viewer.today)
    cards = reader.cards(viewer, on=viewer.today, ids=people, only=frozenset({"name", "unit"}))
    carried = settings.MEIBO_REACHING.routes()
    found = []
    for card in cards:
        own = dict.fromkeys(way.route for way in ways[card.id])
        able = tuple(word_of(route) for route in own if route in carried)
        found.append(
            OnWatch(card, able, tuple(word_of(route) for route in own if route not in carried))
        )
    return found
