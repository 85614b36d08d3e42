"""A person's cards through time, as far as a viewer may see: for telling why values differ."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from meibo.domain.disclosure import Viewer
from meibo.ledger.card import Card
from meibo.ledger.models import Stretch
from meibo.ledger.reader.coded import codes_of
from meibo.ledger.reader.people import States, deal
from meibo.ledger.sight import Sight

_CHUNK = 900


@dataclass(frozen=True, slots=True)
class Span:
    """A card over `[starts, ends)`, in which nothing of it changes, with the codes beside it."""

    starts: date
    ends: date
    card: Card
    codes: Mapping[str, Any]


def timeline(viewer: Viewer, ids: Collection[str]) -> dict[str, list[Span]]:
    """Id → spans in order of time; somebody without any is not in it."""
    by_day: dict[date, list[tuple[str, date, dict[str, Any]]]] = defaultdict(list)
    people = sorted(ids)
    for i in range(0, len(people), _CHUNK):
        rows = Stretch.objects.filter(person__in=people[i : i + _CHUNK])
        for person, starts, ends, state in rows.values_list("person", "starts", "ends", "state"):
            by_day[starts].append((person, ends, json.loads(state)))
    sight = Sight(viewer)
    found: dict[str, list[Span]] = defaultdict(list)
    for day, pieces in sorted(by_day.items()):
        ends_of = {person: ends for person, ends, _ in pieces}
        states: States = {person: state for person, _, state in pieces}
        for card in deal(viewer, states, day):
            seen = sight.seen(card.id, sight.ties(card.id, day))
            codes = codes_of(states[card.id], seen)
            found[card.id].append(Span(day, ends_of[card.id], card, codes))
    return dict(found)
