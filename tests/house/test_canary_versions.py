"""A version of the table shows what it shows from its day on, and nothing before."""

import csv
import io
from datetime import timedelta

import pytest

from meibo.ledger import policy
from meibo.ledger.policy import Approval
from tests.house.canary.mutating import mutate
from tests.house.canary.policy import TABLE
from tests.house.canary.probes import page, roster
from tests.house.canary.walking import Scene
from tests.house.canary.world import FUTURE, NOW, TODAY

PROBES = (roster("stranger"), page("stranger", "/people/{mate}"), page("stranger", "/list", FUTURE))


def opened() -> str:
    """Everything of everybody, to every tie, on every day."""
    rows = list(csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8-sig"))))
    for row in rows:
        letters = "*" if row["field"].startswith("*") else "vs"
        row.update({tie: letters for tie in row if tie not in {"field", "label", "kind"}})
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture
def coming(scene: Scene) -> Scene:
    """Tomorrow all is open."""
    starts = TODAY + timedelta(days=1)
    policy.approve(Approval(opened(), starts, "試し", "a", NOW, "b"), now=NOW, today=TODAY)
    return scene


def test_what_opens_tomorrow_is_met_nowhere_today(coming: Scene) -> None:
    assert not [leak for probe in PROBES for leak in probe(coming)]


def test_a_version_that_is_in_force_is_met(scene: Scene) -> None:
    policy.approve(Approval(opened(), TODAY, "試し", "a", NOW, "b"), now=NOW, today=TODAY)
    assert list(PROBES[0](scene))


def test_a_withdrawn_version_is_met_nowhere(coming: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    policy.withdraw(1, reason="誤り", actor="c", now=NOW, today=TODAY)
    later = TODAY + timedelta(days=2)
    assert policy.table(later) == policy.town_version().table
    mutate(monkeypatch, policy, "_begun", "withdrawal=None, ", "")
    assert policy.table(later) != policy.town_version().table


def test_a_version_taken_for_one_that_has_begun_is_noticed(
    coming: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutate(monkeypatch, policy, "_begun", ", starts__lte=on", "")
    assert [leak for probe in PROBES for leak in probe(coming)]
