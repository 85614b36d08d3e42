"""The list keeps what it was asked in its address, and its files hold just what it shows."""

import csv
import io
import re
from datetime import date
from urllib.parse import quote

import pytest
from python_calamine import CalamineWorkbook

from meibo.platform.papers.files import as_csv, as_xlsx, harmless
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_csv_file_is_known_to_excel_as_utf_8(ward: Ward, signed_in: SignIn) -> None:
    response = signed_in().get("/list.csv?on=2027-04-01")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in response.content
    assert quote("名簿_2027-04-01.csv") in response["Content-Disposition"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?unit=02010000",
        "?post=%E4%BF%82%E9%95%B7&sort=-kana",
        "?col=name&col=extension&sort=extension",
        "?kind=with&on=2027-04-01",
    ],
)
def test_file_workbook_and_page_show_the_same(ward: Ward, signed_in: SignIn, query: str) -> None:
    client = signed_in()
    lines = lines_of(client.get(f"/list.csv{query}").content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/list.xlsx{query}").content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert [[str(cell) for cell in row] for row in sheet] == lines
    page = client.get(f"/list{query}").content.decode()
    shown = min(len(lines) - 1, 100)
    assert page.count('<th scope="row">') == shown
    assert "<small>" in page
    positions = [page.find(f">{line[0]}</a></th>") for line in lines[1 : shown + 1]]
    assert all(position > 0 for position in positions)


def test_a_unit_means_the_unit_and_all_below_it(ward: Ward, signed_in: SignIn) -> None:
    lines = lines_of(signed_in().get("/list.csv?unit=02010000").content)
    assert len(lines) - 1 == 17
    assert all(line[2].startswith("区民部 税務課") for line in lines[1:])


def test_readings_sort_in_the_order_of_kana(ward: Ward, signed_in: SignIn) -> None:
    kana = [line[1] for line in lines_of(signed_in().get("/list.csv?sort=kana").content)[1:]]
    assert kana[0].startswith("イトウ")
    assert kana.index("オオノ ケンタ") < kana.index("オノ タロウ")
    assert kana[-1].startswith("ワタナベ")


def test_descending_is_the_other_way_round(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    up = lines_of(client.get("/list.csv?sort=extension").content)[1:]
    down = lines_of(client.get("/list.csv?sort=-extension").content)[1:]
    assert [line[4] for line in up] == [line[4] for line in reversed(down)]


@pytest.mark.parametrize("column", ["staff_no", "grade", "birth_date", "address", "employment"])
def test_what_staff_may_not_see_is_no_column_no_filter_and_no_order(
    ward: Ward, signed_in: SignIn, column: str
) -> None:
    client = signed_in()
    plain = client.get("/list.csv").content
    assert client.get(f"/list.csv?sort={column}").content == plain
    heads = lines_of(client.get(f"/list.csv?col=name&col={column}").content)[0]
    assert heads == ["氏名"]
    assert f'value="{column}"' not in client.get("/list").content.decode()


def test_filtering_by_what_is_hidden_finds_nobody(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    for value in ("常勤", "会計年度任用職員", "竜王"):
        found = lines_of(client.get(f"/list.csv?employment={value}").content)
        assert len(found) <= 2  # the heads, and oneself, whose record one sees


def test_personnel_has_more_columns(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("人事係", "050", ("hr",))
    lines = lines_of(client.get("/list.csv?col=name&col=staff_no&col=grade").content)
    assert lines[0] == ["氏名", "職員番号", "級"]
    assert lines[1][1].startswith("0000")


@pytest.mark.parametrize("query", ["?page=999", "?page=x", "?sort=nothing", "?col=nothing&kind=x"])
def test_an_address_that_says_nonsense_still_shows_the_list(
    ward: Ward, signed_in: SignIn, query: str
) -> None:
    assert signed_in().get(f"/list{query}").status_code == 200


def test_no_filter_left_over_is_told_and_taken_away(ward: Ward, signed_in: SignIn) -> None:
    page = signed_in().get("/list?post=%E7%AB%9C%E7%8E%8B").content.decode()
    assert "当てはまる人はいません" in page
    assert "絞り込みをすべて外す" in page


@pytest.mark.parametrize(
    "cell", ["=1+1", "+81-3", "-2", "@sum", "\tx", "\rx", " =1", "＝１", "　=1", "\n=1"]
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert lines_of(as_csv(["x"], [[cell]]))[1] == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["03-0000-1234", "0012345", "山田 太郎", "a=b", ""])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_workbook_holds_text_and_no_formula() -> None:
    content = as_xlsx("名簿", ["番号", "式"], [["0012345", "=1+1"], ["1e5", "http://x"]])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows == [["番号", "式"], ["0012345", "=1+1"], ["1e5", "http://x"]]


def test_days_and_grades_of_a_list_can_be_reckoned_with(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("人事係", "060", ("hr",))
    query = "?col=staff_no&col=grade&col=hired&unit=02010000"
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/list.xlsx{query}").content))
    heads, *rows = book.get_sheet_by_index(0).to_python()
    cells = {head: [row[n] for row in rows if row[n] != ""] for n, head in enumerate(heads)}
    assert all(isinstance(cell, date) for cell in cells["採用日"])
    assert {type(cell) for cell in cells["級"]} == {float}
    assert all(isinstance(cell, str) for cell in cells["職員番号"])
    words = lines_of(client.get(f"/list.csv{query}").content)[1]
    assert re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", words[heads.index("採用日")])


def test_a_long_list_says_on_paper_which_part_it_is_and_can_be_printed_whole(
    ward: Ward, signed_in: SignIn
) -> None:
    client = signed_in()
    first = client.get("/list").content.decode()
    total = len(lines_of(client.get("/list.csv").content)) - 1
    assert f"1–100／{total}人" in first
    assert "all=1" in first
    whole = client.get("/list?all=1").content.decode()
    assert whole.count('<th scope="row">') == total
    assert f"／{total}人" not in whole


def test_the_printed_heading_tells_day_and_filters(ward: Ward, signed_in: SignIn) -> None:
    query = {"unit": "02010000", "post": "係長", "kind": "without", "on": "2027-04-01"}
    page = signed_in().get("/list", query).content.decode()
    head = page.split('class="only-print list-told"')[1].split("</p>")[0]
    for told in ("2027年4月1日", "税務課", "職：係長", "本務だけの人"):
        assert told in head


def test_a_filter_that_one_may_not_use_is_left_out_and_named(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    page = client.get("/list?employment=常勤&unit=02010000").content.decode()
    assert "「任用形態」では絞り込めない" in page
    assert "17人" in page
    assert 'href="/list.csv?unit=02010000"' in page  # a file cannot say what was left out
    hr = signed_in("人事係", "050", ("hr",))
    assert "絞り込めない" not in hr.get("/list?employment=常勤").content.decode()


def test_a_file_of_nobody_has_its_headings(ward: Ward, signed_in: SignIn) -> None:
    lines = lines_of(signed_in().get("/list.csv?unit=zzz").content)
    assert lines == [["氏名", "読み", "所属", "職", "内線", "メール"]]


def test_a_file_of_a_day_that_cannot_be_read_is_none(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    assert client.get("/list.csv?on=2026-02-30").status_code == 400
    assert client.get("/list.xlsx?on=x").status_code == 400
