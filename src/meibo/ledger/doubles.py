"""Whom the roster suspects to be there twice: ids and reasons, for pages to lay cards beside."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from meibo.domain import names
from meibo.domain.doubles import Double, Traits, suspected
from meibo.domain.finding.writing import Fold
from meibo.ledger import house, policy
from meibo.ledger.models import Stretch
from meibo.ledger.sealed import Unsealer

_BORN = "birth_date"
_NAMES = ("name", "record_name")
_KANA = ("kana", "record_kana")


def doubles() -> list[Double]:
    """Everyone the books can still be read of, whenever they were in service, compared by all
    names they ever had. Kept while nothing changes; what is kept holds no value of anybody."""
    return list(_doubles(house.version()))


def ready() -> bool:
    """Whether they are known as the books are now."""
    return house.version() in _known


_known: set[int] = set()
"""The version for which the answer is kept."""


@lru_cache(maxsize=1)
def _doubles(version: int) -> tuple[Double, ...]:
    fold = policy.fold()
    worn: dict[str, set[str]] = defaultdict(set)
    read: dict[str, set[str]] = defaultdict(set)
    born: dict[str, Mapping[str, Any]] = {}
    for person, text in Stretch.objects.values_list("person", "state").iterator():
        state = json.loads(text)
        worn[person] |= _names_of(state)
        read[person] |= {state[key] for key in _KANA if state.get(key)}
        if state.get(_BORN) is not None:
            born[person] = state
    unseal = Unsealer()
    unseal.preload(born, [_BORN])
    found = tuple(
        suspected(
            Traits(
                person,
                (unseal(person, born[person][_BORN]) or "") if person in born else "",
                frozenset(_folded(name, fold) for name in worn[person]),
                frozenset(names.reading_key(kana) for kana in read[person]),
            )
            for person in worn
        )
    )
    _known.clear()
    _known.add(version)
    return found


def _names_of(state: Mapping[str, Any]) -> set[str]:
    """Every name that a state tells: at work, on record, former ones, and with the maiden name."""
    found = {str(state[key]) for key in _NAMES if state.get(key)}
    found |= {str(name) for name in state.get("former", [])}
    if state.get("maiden_name") and state.get("name"):
        given = str(state["name"]).split(names.GAP)[1:]
        found.add(names.GAP.join([str(state["maiden_name"]), *given]))
    return found


def _folded(name: str, fold: Fold) -> str:
    return "".join(fold(name).split())
