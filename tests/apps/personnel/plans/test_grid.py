"""The grid at the server: what is typed, pasted or uploaded is kept, read where it can be, and
never overwrites unseen."""

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import xlsxwriter
from django.test import Client

from meibo.apps.personnel.queries import checking
from meibo.domain.book import Effect
from meibo.ledger import drawer, house
from meibo.ledger.models import PlanFiling
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.plans.test_pages import begun

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
APRIL = date(2027, 4, 1)


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


def number_of(ward: Ward, unit: str, post: str) -> str:
    person = ward.first(unit, post)
    states = drawer.preview(drawer.begin("x", account="x", now=NOW)).house(TODAY)
    return str(states[person]["staff_no"])


def send(clerk: Client, plan: int, *rows: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = clerk.post(
        f"/personnel/plans/{plan}/rows",
        json.dumps({"rows": list(rows)}),
        content_type="application/json",
    )
    return answer.status_code, json.loads(answer.content)


def test_a_row_is_read_as_it_is_typed(clerk: Client, ward: Ward) -> None:
    plan = begun(clerk)
    number = number_of(ward, "税務係", "060")
    cells = {"person": number, "wording": "配置換", "unit": "収納係", "post": "主任"}
    status, told = send(clerk, plan, {"cells": cells})
    assert (status, told["lines"], told["undo"]) == (200, 1, 1)
    [line] = drawer.lines(plan)
    assert (line.line.person, line.line.effect) == (ward.first("税務係", "060"), Effect.MOVE)
    assert (line.line.unit, line.line.effective) == (ward.codes["収納係"], APRIL)
    assert line.unread == {}


def test_what_can_not_be_read_stays_as_typed_and_is_found_at_its_cell(
    clerk: Client, ward: Ward
) -> None:
    plan = begun(clerk)
    cells = {
        "person": "99999999",
        "wording": "配置替え",
        "unit": "無限課",
        "grade": "十",
        "post": "x",
    }
    send(clerk, plan, {"cells": cells})
    [line] = drawer.lines(plan)
    assert dict(line.unread) == cells
    page = clerk.get(f"/personnel/plans/{plan}/").content.decode()
    for text in cells.values():
        assert f">{text}</td>" in page
    found = checking.findings(plan, today=TODAY)
    assert {each.cell for each in found if each.code == "unread"} == set(cells)
    assert all(each.ways for each in found)
    # Mended, it is found no more; what was not touched stays.
    row = {"id": line.id, "version": line.version, "cells": {"wording": "配置換", "grade": ""}}
    send(clerk, plan, row)
    [line] = drawer.lines(plan)
    assert set(line.unread) == {"person", "unit", "post"}


def test_a_stale_row_is_refused_and_both_are_told(clerk: Client, ward: Ward) -> None:
    plan = begun(clerk)
    number = number_of(ward, "税務係", "060")
    send(clerk, plan, {"cells": {"person": number, "wording": "配置換", "unit": "収納係"}})
    [line] = drawer.lines(plan)
    row = {"id": line.id, "version": line.version}
    assert send(clerk, plan, {**row, "cells": {"unit": "文書係"}})[0] == 200
    status, told = send(clerk, plan, {**row, "cells": {"unit": "法規係"}})
    assert status == 409
    [clash] = told["clashes"]
    assert (clash["theirs"]["unit"], clash["mine"]) == ("文書係", {"unit": "法規係"})
    assert [each.line.unit for each in drawer.lines(plan)] == [ward.codes["文書係"]]


def test_steps_are_taken_back_by_the_page(clerk: Client, ward: Ward) -> None:
    plan = begun(clerk)
    send(clerk, plan, {"cells": {"person": number_of(ward, "税務係", "060")}})
    clerk.post(f"/personnel/plans/{plan}/step/undo")
    assert drawer.lines(plan) == []
    clerk.post(f"/personnel/plans/{plan}/step/redo")
    [line] = drawer.lines(plan)
    assert line.unread == {"wording": ""}


def test_somebody_who_enters_is_known_to_the_plan_alone(clerk: Client, ward: Ward) -> None:
    plan = begun(clerk)
    header = "氏名\t用語\t職員番号\tよみ\t生年月日\t新所属\t新職\t級"
    row = "新 人子\t採用\t77700001\tアラタ ヒトコ\tH12.5.6\t収納係\t主事\t1"
    clerk.post(f"/personnel/plans/{plan}/paste", {"text": f"{header}\r\n{row}\r\n"})
    [line] = drawer.lines(plan)
    assert (line.newcomer, line.line.effect, line.unread) == ("77700001", Effect.ENTER, {})
    filed = {each.field: each.value for each in drawer.filings(plan)}
    assert filed == {
        "name": "新\u3000人子",
        "kana": "アラタ\u3000ヒトコ",
        "birth_date": "2000-05-06",
    }
    assert not PlanFiling.objects.filter(value__contains="新").exists()
    page = clerk.get(f"/personnel/plans/{plan}/").content.decode()
    assert "新 人子" in page
    codes = {each.code for each in checking.findings(plan, today=TODAY)}
    assert "newcomer" not in codes
    # A second row of the same person is theirs.
    send(clerk, plan, {"cells": {"person": "77700001", "wording": "兼務", "unit": "文書係"}})
    assert len({each.line.person for each in drawer.lines(plan)}) == 1


def test_somebody_who_enters_is_typed_cell_by_cell_and_nothing_is_lost(
    clerk: Client, ward: Ward
) -> None:
    plan = begun(clerk)
    send(clerk, plan, {"cells": {"person": "77700001"}})
    for cells in ({"name": "新 人子"}, {"wording": "採用"}):
        [line] = drawer.lines(plan)
        send(clerk, plan, {"id": line.id, "version": line.version, "cells": cells})
    [line] = drawer.lines(plan)
    assert (line.newcomer, line.unread) == ("77700001", {})
    assert {f.field: f.value for f in drawer.filings(plan)} == {"name": "新\u3000人子"}
    page = clerk.get(f"/personnel/plans/{plan}/lines/{line.id}").content.decode()
    assert 'value="新 人子"' in page


def test_a_workbook_is_read_as_what_is_pasted_is(clerk: Client, ward: Ward) -> None:
    plan = begun(clerk)
    number = number_of(ward, "税務係", "060")
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["発令日", "職員番号", "新所属", "用語", "血液型"])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(1, 0, datetime(2027, 4, 1), day)  # noqa: DTZ001  # a day in a sheet has no zone
        sheet.write_row(1, 1, [int(number), "収納係", "配置換", "AB"])
    file = io.BytesIO(made.getvalue())
    file.name = "案.xlsx"
    page = clerk.post(f"/personnel/plans/{plan}/paste", {"file": file}, follow=True)
    assert "知らない列（血液型）は備考に入れました" in page.content.decode()
    [line] = drawer.lines(plan)
    assert (line.line.unit, line.line.effective) == (ward.codes["収納係"], APRIL)
    assert line.line.note == "血液型：AB"
    assert line.unread == {}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n1 0 obj\n<<>>", "PDF や写真は読めません"),
        (b"\x89PNG\r\n\x1a\n\x00", "PDF や写真は読めません"),
        (b"", "空です"),
    ],
)
def test_a_file_that_is_no_table_is_refused_where_it_can_be_seen(
    clerk: Client, data: bytes, said: str
) -> None:
    plan = begun(clerk)
    file = io.BytesIO(data)
    file.name = "案.csv"
    answer = clerk.post(f"/personnel/plans/{plan}/paste", {"file": file})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert '<details class="fold" open><summary>まとめて取り込む' in page
    assert drawer.lines(plan) == []


def test_without_javascript_a_row_is_written_mended_and_removed(clerk: Client, ward: Ward) -> None:
    plan = begun(clerk)
    number = number_of(ward, "税務係", "060")
    values = {"person": number, "wording": "配置換", "effective": "R9.4.1", "unit": "収納係"}
    assert clerk.post(f"/personnel/plans/{plan}/lines/new", values).status_code == 302
    [line] = drawer.lines(plan)
    address = f"/personnel/plans/{plan}/lines/{line.id}"
    page = clerk.get(address).content.decode()
    assert 'value="収納係"' in page
    changed = {**values, "effective": "2027-04-01", "unit": "文書係", "version": line.version}
    assert clerk.post(address, changed).status_code == 302
    stale = clerk.post(address, {**changed, "unit": "法規係"})
    assert stale.status_code == 409
    both = stale.content.decode()
    assert "文書係" in both
    assert "法規係" in both
    [line] = drawer.lines(plan)
    assert line.line.unit == ward.codes["文書係"]
    clerk.post(address, {**changed, "version": line.version, "remove": "1"})
    assert drawer.lines(plan) == []


def test_candidates_are_found_by_number_name_and_reading(clerk: Client, ward: Ward) -> None:
    plan = begun(clerk)
    person = ward.first("税務係", "060")
    state = drawer.preview(plan).house(TODAY)[person]

    def found(cell: str, query: str) -> list[str]:
        answer = clerk.get(f"/personnel/plans/{plan}/suggest", {"cell": cell, "q": query})
        return [each["value"] for each in answer.json()["found"]]

    number = str(state["staff_no"])
    assert found("person", number)[0] == number
    assert number in found("person", str(state["name"]).replace("\u3000", " "))
    assert number in found("person", str(state["kana"]).replace("\u3000", ""))
    assert found("unit", "しゅうのう") == []
    assert "収納係" in found("unit", "収納")
    assert "昇任" in found("wording", "昇")
    assert "課長" in found("post", "課長")
    assert house.codes().table("post")
