"""Units that end on a plan's day, and the people in them: relieved, hired into them, moved out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from meibo.apps.personnel.queries import checking
from meibo.apps.personnel.queries.plans.lookups import desk
from meibo.domain.book import Effect, Line
from meibo.ledger import drawer, writer
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.plans.test_grid import number_of, send

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
MARCH, APRIL = date(2027, 3, 1), date(2027, 4, 1)


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
    offered = clerk.get(f"/personnel/plans/{plan}/suggest?cell=unit&q=文書係").json()["found"]
    assert [each["value"] for each in offered] == ["総務部 総務課 文書係"]
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


def hired(unit: str, day: date = MARCH) -> str:
    """Somebody whose hire into a unit is in the book for a day; their staff number."""
    person, number = "p99001", "9900001"
    batch = writer.Batch(people={person: number})
    filed = {"name": "新入　花", "kana": "シンニュウ　ハナ", "staff_no": number}
    batch.filings = [writer.NewFiling(person, k, v, day, NOW) for k, v in filed.items()]
    stated: dict[str, Any] = {"unit": unit, "post": "070", "employment": "1", "grade": 1}
    batch.add(Line(0, day, NOW, Effect.ENTER, person, "採用", **stated))
    writer.append(batch, actor="test", now=NOW)
    return number


@pytest.mark.parametrize("typed", ["9900001", "新入 花"])
def test_who_is_hired_on_the_very_day_into_a_unit_that_is_split_is_sent_on(
    clerk: Client, plan: int, ward: Ward, typed: str
) -> None:
    hired(ward.codes["文書係"])
    split = [("分割", "文書係", f"0101090{n}", f"文書第{n}係", "") for n in (1, 2)]
    reorganised(clerk, plan, *split)
    assert "新入 花" in left(plan)
    cells = {"person": typed, "wording": "配置換", "unit": "文書第1係", "post": "主事"}
    send(clerk, plan, {"cells": cells})
    [draft] = [d for d in drawer.lines(plan) if d.line.person]
    assert (draft.line.person, draft.line.unit, draft.unread) == ("p99001", "01010901", {})
    assert draft.newcomer is None
    assert "新入 花" not in left(plan)
    assert not codes(plan) & {"unread", "not_in_service", "newcomer", "unit_gone"}
    page = clerk.get(f"/personnel/plans/{plan}/").content.decode()
    assert "（2027-03-01から）" in page
    found = clerk.get(f"/personnel/plans/{plan}/suggest?cell=person&q=9900001").json()["found"]
    assert [each["label"] for each in found] == ["新入 花"]


def test_a_hire_that_is_in_the_book_already_is_not_planned_once_more(
    clerk: Client, plan: int, ward: Ward
) -> None:
    number = hired(ward.codes["文書係"])
    cells = {"person": number, "wording": "採用", "unit": "法規係", "post": "主事"}
    send(clerk, plan, {"cells": cells})
    assert "already_in_service" in codes(plan)


def test_people_of_a_unit_that_ends_are_picked_where_units_are_shown_and_moved(
    clerk: Client, plan: int, ward: Ward
) -> None:
    address, person = f"/personnel/plans/{plan}/units", ward.first("文書係", "060")
    besides = ward.first("計画係", "060")
    old, new = ward.codes["文書係"], ward.codes["計画係"]
    announced(Line(0, date(2026, 4, 1), NOW, Effect.ADD, besides, "兼務", unit=old, post="060"))
    assert "行き先のない人" not in clerk.get(address).content.decode()
    reorganised(clerk, plan, ("廃止", "文書係", "", "", ""))
    section = f"?left={ward.codes['総務課']}&right={ward.codes['都市計画課']}"
    for shown in ("?left=left-behind", section, "", "?view=whole"):
        page = clerk.get(address + shown).content.decode()
        assert page.count("（廃止）文書係：行き先のない人") == 1
        own = page.split("（廃止）文書係：行き先のない人")[1].split("</ul>")[0]
        assert f'name="person" value="{person}"' in own
        assert besides not in own  # relieved by a line, not moved
        assert "動く" not in own
        assert 'name="to"' not in own
        assert f'data-to="{old}' not in page
    sent = {"person": [person], "to": old, "left": "left-behind", "right": ""}
    assert (
        "移す先がありません"
        in clerk.post(f"/personnel/plans/{plan}/place", sent, follow=True).content.decode()
    )
    answer = clerk.post(f"/personnel/plans/{plan}/place", {**sent, "to": new})
    page = clerk.get(answer["Location"]).content.decode()
    own = page.split("（廃止）文書係：行き先のない人")[1].split("</ul>")[0]
    assert f'value="{person}"' not in own
    [draft] = [d for d in drawer.lines(plan) if d.line.person]
    assert (draft.line.person, draft.line.unit, draft.line.wording) == (person, new, "配置換")
    people = [p for (unit, _), held in ward.seats.items() if unit == old for p in held]
    clerk.post(f"/personnel/plans/{plan}/place", {"person": people, "to": new})
    own = clerk.get(f"{address}?view=whole").content.decode()
    own = own.split("（廃止）文書係：行き先のない人")[1].split("</ul>")[0]
    assert not any(each in own for each in people)
    assert len(people) > 2


def test_codes_of_units_are_typed_in_any_width_and_stand_beside_their_names(
    clerk: Client, plan: int, ward: Ward
) -> None:
    address = f"/personnel/plans/{plan}/reorganisation"
    rows = [
        ("新設", "", "０１０１０９０９", "文書第九係", "総務課"),
        ("統合", "文書係", "法規係", "", ""),
    ]
    assert reorganised(clerk, plan, *rows).status_code == 302
    page = clerk.get(address).content.decode()
    assert 'value="01010909"' in page
    assert page.count(">総務部 総務課 文書係</p>") == 1
    assert page.count(">総務部 総務課 法規係</p>") == 1
    assert page.count(">総務部 総務課</p>") == 1
    assert reorganised(clerk, plan, ("廃止", "０１０１０２００", "", "", "")).status_code == 302
    assert ward.codes["文書係"] not in drawer.preview(plan).organisation(MARCH).states


def test_a_unit_of_another_day_is_called_by_its_name(clerk: Client, plan: int, ward: Ward) -> None:
    batch = writer.Batch()
    for code, day, values in (
        ("01010801", date(2026, 4, 1), {"name": "臨時係", "parent": ward.codes["総務課"]}),
        ("01010801", date(2026, 12, 1), {"name": None}),
        ("01010802", date(2027, 6, 1), {"name": "後日係", "parent": ward.codes["総務課"]}),
    ):
        for field, value in values.items():
            batch.filings.append(writer.NewFiling(f"unit:{code}", field, value, day, NOW))
    writer.append(batch, actor="test", now=NOW)
    own = desk(drawer.plan_for_house(plan), TODAY)
    assert own.unit_text("01010801") == "総務部 総務課 臨時係"
    assert own.unit_text("01010802") == "総務部 総務課 後日係"
    assert own.unit_text("09999999") == "09999999"


def test_a_reorganisation_is_not_counted_as_a_row(clerk: Client, plan: int, ward: Ward) -> None:
    reorganised(clerk, plan, ("廃止", "文書係", "", "", ""))
    address = f"/personnel/plans/{plan}/"
    assert ">組織改編・0行<" in clerk.get(address).content.decode()
    cells = {"person": number_of(ward, "計画係", "060"), "wording": "配置換", "unit": "法規係"}
    _, told = send(clerk, plan, {"cells": cells})
    assert told["lines"] == 1
    assert ">組織改編・1行<" in clerk.get(address).content.decode()
    assert "組織改編・1<" in clerk.get("/personnel/plans/").content.decode()


def test_who_is_hired_later_than_the_plans_day_is_typed_with_that_day(
    clerk: Client, plan: int, ward: Ward
) -> None:
    number = hired(ward.codes["文書係"], APRIL)
    reorganised(clerk, plan, ("廃止", "文書係", "", "", ""))
    cells = {"person": number, "wording": "配置換", "unit": "法規係", "effective": "2027-04-01"}
    send(clerk, plan, {"cells": cells})
    [draft] = [d for d in drawer.lines(plan) if d.line.person]
    assert (draft.line.person, draft.line.effective, draft.unread) == ("p99001", APRIL, {})
    assert "not_in_service" not in codes(plan)
    early = {"id": draft.id, "version": draft.version, "cells": {"effective": "2027-03-01"}}
    send(clerk, plan, early)
    assert "not_in_service" in codes(plan)


def test_who_is_announced_to_be_hired_later_is_not_hired_by_the_plan_before(
    clerk: Client, plan: int, ward: Ward
) -> None:
    cells = {"person": hired(ward.codes["文書係"], APRIL), "wording": "採用", "unit": "法規係"}
    send(clerk, plan, {"cells": cells})
    assert "already_in_service" in codes(plan)
