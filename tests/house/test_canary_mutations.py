"""The canary test can fail: take any one guard away, and it does."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest

from meibo.domain import disclosure
from meibo.domain.finding import matching
from meibo.ledger import cards, sight, ties
from meibo.ledger.reader import causes
from tests.house.canary.commands import at_the_desk
from tests.house.canary.mutating import mutate
from tests.house.canary.probes import (
    Probe,
    comparison,
    complete,
    counted,
    former,
    page,
    roster,
    said,
)
from tests.house.canary.walking import Scene
from tests.house.canary.world import FUTURE, PAST, TODAY

#: Modules whose names the functions of the package hide.
changes, history, units = (
    import_module(f"meibo.ledger.reader.{name}") for name in ("changes", "history", "units")
)


@dataclass(frozen=True)
class Mutant:
    """A guard that is taken away, and where that must be noticed."""

    holder: Any
    name: str
    old: str
    new: str
    probe: Probe

    def __str__(self) -> str:
        return f"{self.name}: {self.new.strip()}"


MUTANTS = (
    Mutant(cards.Dealer, "card", 'if "exists" not in seen', "if not seen", counted("it")),
    Mutant(cards.Dealer, "card", "if name in seen and (", "if (", roster("stranger")),
    Mutant(cards.Dealer, "_shared", "return shared_with(", "return True or (", roster("stranger")),
    Mutant(cards, "shared_with", '== "none"', '== "nobody"', roster("stranger")),
    Mutant(cards, "shared_with", '!= "unit" or', '!= "all" or', roster("stranger")),
    Mutant(
        disclosure.Table,
        "_reaches",
        "abs(days) <= limit",
        "True",
        page("crisis", "/list", FUTURE),
    ),
    Mutant(
        disclosure.Table,
        "_reaches",
        "self.future if days > 0 else self.past",
        "{tie: None}",
        page("crisis", "/units/{A1}", PAST),
    ),
    Mutant(disclosure.Viewer, "toward", "if person in people", "", roster("head")),
    Mutant(disclosure.Viewer, "toward", "| near", "", complete("head", "mate")),
    Mutant(disclosure.Viewer, "toward", "and person == self.person", "", roster("mate")),
    Mutant(ties, "_kept_by", 'in json.loads(state.get("clerks", "[]"))', "", roster("stranger")),
    Mutant(sight.Sight, "kept", "self.protections.get(person)", "None", roster("stranger")),
    Mutant(
        sight.Sight,
        "__init__",
        "house.protections(viewer.today)",
        "{}",
        page("stranger", "/people/{hidden}", PAST),
    ),
    Mutant(
        sight,
        "protected",
        "level is Protection.SECTION and not ties & DUTIES",
        "False",
        page("stranger", "/people/{hidden}"),
    ),
    Mutant(sight, "protected", "fields - CHOSEN", "fields", roster("stranger")),
    Mutant(sight, "protected", "ties & _CLOSE", "ties", roster("stranger")),
    Mutant(
        history,
        "history",
        "_posts(person_id)",
        "_orders(person_id, known)",
        page("stranger", "/people/{mate}"),
    ),
    Mutant(
        history,
        "_orders",
        "for line in standing(lines)",
        "for line in lines",
        page("officer", "/people/{mate}"),
    ),
    Mutant(
        units,
        "unit_changes",
        "_seen(table, viewer, day)",
        "_seen(table, viewer, viewer.today)",
        page("it", "/units/{B1a}"),
    ),
    Mutant(
        changes,
        "unit_changes_between",
        "for day in (a, b)",
        "for day in (viewer.today,)",
        comparison("audit", TODAY, FUTURE),
    ),
    Mutant(
        changes,
        "changes",
        'if "exists" in seen[p]',
        "",
        comparison("crisis", TODAY, FUTURE),
    ),
    Mutant(causes.Orders, "working", "if kind.code in _OF_POSTS", "if False", said("staff")),
    Mutant(
        causes.Orders, "working", 'if kind.code in {"pause", "resume"}', "if False", said("head")
    ),
    Mutant(
        changes._Both,
        "of",
        "line.recorded if line and sees_orders",
        "line.recorded if line",
        said("staff", "--format=json"),
    ),
    Mutant(
        matching,
        "reasons",
        "if field.name in seen",
        "if seen",
        former("stranger"),
    ),
)


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_without_this_guard_the_canary_is_met(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, mutant: Mutant
) -> None:
    at_the_desk(monkeypatch)
    assert not list(mutant.probe(scene))
    mutate(monkeypatch, mutant.holder, mutant.name, mutant.old, mutant.new)
    assert list(mutant.probe(scene))
