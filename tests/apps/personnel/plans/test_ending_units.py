"""Units that end on a plan's day, and the people in them: relieved, hired into them, moved out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from meibo.apps.personnel.queries import checking
from meibo.domain.book import Effect, Line
from meibo.ledger import drawer, writer
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.plans.test_grid import number_of, send

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
MARCH = date(2027, 3, 1)


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


@pytest.fixture
def plan(clerk: Client) -> int:
    answer = clerk.post("/personnel/plans/new", {"title": "三月の案", "day": MARCH.isoformat()})
    return int(answer["Location"].rstrip("/").rsplit("/", 1)[1])


def reorganised(clerk: Client, plan: int, *rows: tuple[str, ...]) -> Any:
    names = ("kind", "old", "new", "name", "parent")
    sent: dict[str, Any] = {name: [row[n] for row in rows] for n, name in enumerate(names)}
    sent["version"] = drawer.plan_for_house(plan).version
    return clerk.post(f"/personnel/plans/{plan}/reorganisation", sent)


def announced(*lines: Line) -> None:
    batch = writer.Batch()
    for line in lines:
        batch.add(line)
    writer.append(batch, actor="test", now=NOW)


def codes(plan: int) -> set[str]:
    return {each.code for each in checking.findings(plan, today=TODAY)}


def left(plan: int) -> str:
    found = [f for f in checking.findings(plan, today=TODAY) if f.code == "split_unnamed"]
    return "".join(each.message for each in found)


@pytest.mark.parametrize("unit", ["code", "文書係", "総務課 文書係", "総務部 総務課 文書係"])
@pytest.mark.parametrize("day", ["2027-03-01", "2027-02-28"])
def test_a_post_held_besides_is_relieved_in_a_unit_that_ends_that_day(
    clerk: Client, plan: int, ward: Ward, unit: str, day: str
) -> None:
    person, start = ward.first("計画係", "060"), date(2026, 4, 1)
    old = ward.codes["文書係"]
    seats = [(old, "060"), (ward.codes["法規係"], "060"), (ward.codes["収納係"], "060")]
    announced(*(Line(0, start, NOW, Effect.ADD, person, "兼務", unit=u, post=p) for u, p in seats))
    reorganised(clerk, plan, ("廃止", "文書係", "", "", ""))
    name = drawer.preview(plan).house(TODAY)[person]["name"].replace("\u3000", " ")
    assert name in left(plan)
    cells = {"person": number_of(ward, "計画係", "060"), "wording": "兼務解除", "effective": day}
    send(clerk, plan, {"cells": {**cells, "unit": old if unit == "code" else unit}})
    [draft] = [d for d in drawer.lines(plan) if d.line.person]
    assert (draft.line.unit, draft.unread) == (old, {})
    assert not codes(plan) & {"unread", "unknown_unit", "unit_gone", "nothing_to_relieve"}
    assert "行き先がありません" in left(plan)
    assert name not in left(plan)


def test_nobody_is_sent_into_a_unit_that_ends_that_day(
    clerk: Client, plan: int, ward: Ward
) -> None:
    reorganised(clerk, plan, ("廃止", "文書係", "", "", ""))
    cells = {"person": number_of(ward, "計画係", "060"), "wording": "配置換", "unit": "文書係"}
    send(clerk, plan, {"cells": cells})
    [draft] = [d for d in drawer.lines(plan) if d.line.person]
    assert draft.unread == {"unit": "文書係"}
