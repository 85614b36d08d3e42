"""Each form shows what its asker may see of the day, and nobody else makes it."""

import io
import json
import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from meibo.apps.papers.queries.catalogue import FORMS
from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from meibo.platform.layout.navigation import NAVIGATION
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, TURN, Ward
from tests.house.canary import pdf

PERSONNEL = [form.key for form in FORMS.values() if form.personnel]
OPEN = [form.key for form in FORMS.values() if not form.personnel]
DAY = TURN.isoformat()


def hr(signed_in: SignIn) -> Client:
    return signed_in(duties=("hr",))


def read(client: Client, form: str, **asked: str) -> str:
    """The text of a form, without breaks."""
    answer = client.get(f"/papers/forms/{form}/pdf?{urlencode(asked)}")
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"] == "application/pdf"
    return pdf.text(answer.content).replace("\n", "")


def rows(client: Client, form: str, **asked: str) -> list[list[Any]]:
    answer = client.get(f"/papers/forms/{form}/xlsx?{urlencode(asked)}")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return list(map(list, book.get_sheet_by_index(0).to_python()))


def number(ward: Ward, unit: str, post: str) -> str:
    return f"{int(ward.first(unit, post)[1:]):07}"


@pytest.mark.parametrize("form", PERSONNEL)
def test_a_form_of_the_whole_record_is_for_personnel_alone(
    ward: Ward, signed_in: SignIn, form: str
) -> None:
    for client in (signed_in(), signed_in("防災計画係", duties=("payroll",))):
        for address in ("", "/pdf", "/xlsx"):
            if address != "/xlsx" or FORMS[form].lists:
                assert client.get(f"/papers/forms/{form}{address}").status_code == 403
        assert client.post(f"/papers/forms/{form}/ask").status_code == 403
    assert f"/papers/forms/{form}" not in client.get("/papers/").content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_personnel_makes_every_form_and_it_is_noted_before(
    ward: Ward, signed_in: SignIn, form: str
) -> None:
    client = hr(signed_in)
    asked = {"from": DAY, "to": DAY} if FORMS[form].period else {"on": DAY}
    assert read(client, form, **asked)
    noted = AuditRecord.objects.filter(act=Act.FORM).latest("no")
    assert json.loads(noted.detail)["form"] == f"papers:{form}"
    assert noted.purpose
    assert f"/papers/forms/{form}" in client.get("/papers/").content.decode()


def test_personnel_says_what_for_first(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in(duties=("hr",), purpose="")
    for address in ("/papers/forms/workers", "/papers/forms/workers/pdf", "/papers/certificates"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/purpose/")


@pytest.mark.parametrize("form", OPEN)
def test_colleagues_make_the_forms_of_what_they_see(
    ward: Ward, signed_in: SignIn, form: str
) -> None:
    assert read(signed_in(), form)
    assert (
        "/purpose/"
        in signed_in("防災計画係", purpose="").get(f"/papers/forms/{form}/pdf")["Location"]
    )


def test_the_roster_has_everybody_by_unit_and_an_index_with_pages(
    ward: Ward, signed_in: SignIn
) -> None:
    said = read(signed_in(), "roster")
    for unit in ("総務部", "税務課", "戸籍係"):
        assert unit in said
    here = [line.person for line in ward.batch.lines if line.effective == FIRST]
    names = [ward.names[person].replace("\u3000", " ") for person in here[1:200:7]]
    assert all(name in said for name in names)
    assert said.index("索引（五十音順）") > said.index(names[0])
    index = said[said.index("索引（五十音順）") :]
    assert index.index("イトウ") < index.index("ワタナベ")


def test_a_form_shows_the_day_that_was_asked_for(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    assert "納税課" in read(client, "chart")
    later = read(client, "chart", on="令和9年4月1日")
    assert "収納課" in later
    assert "令和9年4月1日現在" in later


def test_the_orders_of_a_day_become_letters(ward: Ward, signed_in: SignIn) -> None:
    who = number(ward, "税務係", "050")
    said = read(hr(signed_in), "jirei", **{"from": DAY, "people": who})
    assert "令和9年4月1日" in said
    assert "に補する" in said or "昇任させる" in said or "辞職" in said


def test_the_book_lists_every_order_of_the_period(ward: Ward, signed_in: SignIn) -> None:
    client = hr(signed_in)
    found = rows(client, "orders", **{"from": "2027-03-31", "to": DAY})
    assert found[0][:3] == ["発令日", "発令番号", "種別"]
    kinds = {row[2] for row in found[1:]}
    assert {"定年退職", "配置換", "昇任", "採用"} <= kinds
    assert {row[0] for row in found[1:]} == {date(2027, 3, 31), TURN}
    of_people = [row for row in found[1:] if row[2] != "組織改正"]
    assert all(re.fullmatch(r"\d{7}", row[3]) for row in of_people), "a number with its zeros"


def test_the_book_lists_a_reorganisation_as_an_order_to_the_house(
    ward: Ward, signed_in: SignIn
) -> None:
    client = hr(signed_in)
    [row] = [r for r in rows(client, "orders", **{"from": DAY, "to": DAY}) if r[2] == "組織改正"]
    assert row[4] == "組織全体"
    assert "納税課→収納課（名称変更）" in row
    one = rows(
        client, "orders", **{"from": DAY, "to": DAY, "people": number(ward, "税務係", "060")}
    )
    assert all(row[2] != "組織改正" for row in one)


def test_movers_are_read_by_rank_with_new_and_old_post(ward: Ward, signed_in: SignIn) -> None:
    said = read(signed_in(), "moves", **{"from": DAY})
    assert said.index("課長補佐級") < said.index("係長級") < said.index("退職")
    found = rows(signed_in("防災計画係"), "moves", **{"from": DAY})
    assert found[0] == ["区分", "異動", "新しい所属・職", "氏名", "前の所属・職"]


def test_the_nine_items_of_the_law_are_on_the_list_of_workers(
    ward: Ward, signed_in: SignIn
) -> None:
    said = read(hr(signed_in), "workers", people=number(ward, "税務係", "050"))
    for item in (
        *("氏名", "生年月日", "性別", "住所", "従事する業務の種類", "雇入年月日"),
        *("退職年月日", "退職の事由", "死亡年月日", "死亡の原因", "履歴"),
    ):
        assert item in said
    person = ward.first("税務係", "050")
    assert ward.names[person].replace("\u3000", " ") in said
    assert f"汐見区見本町{int(person[1:])}番地" in said


def test_who_has_left_is_printed_as_of_the_last_day_with_the_reason(
    ward: Ward, signed_in: SignIn
) -> None:
    left = next(line for line in ward.batch.lines if line.wording == "定年退職")
    who = f"{int(left.person[1:]):07}"
    said = read(hr(signed_in), "workers", people=who, on="2027-06-01")
    assert "令和9年3月31日" in said
    assert "定年退職" in said
    assert ward.names[left.person].replace("\u3000", " ") in said


def test_who_is_away_is_listed_with_the_period(ward: Ward, signed_in: SignIn) -> None:
    said = read(hr(signed_in), "absent")
    for words in ("育児休業", "R8.7.1", "R9.9.30"):
        assert words in said
    other = hr2(signed_in)
    found = rows(other, "absent")
    assert {"職員番号", "はじめ"} <= set(found[0])
    assert {tuple(row[-2:]) for row in found[1:]} >= {(date(2026, 7, 1), date(2027, 9, 30))}
    assert all(isinstance(row[1], str) for row in found[1:])
    assert "該当するものはありません" in read(other, "absent", on="2023-01-01")


def hr2(signed_in: SignIn) -> Client:
    return signed_in("防災計画係", duties=("hr",))


def test_ages_add_up_to_everybody(ward: Ward, signed_in: SignIn) -> None:
    found = rows(hr(signed_in), "ages")
    sums = [row[-1] for row in found[1:]]
    assert all(isinstance(each, int | float) for each in sums)
    assert sums[-1] == sum(sums[:-1])
    people = hr2(signed_in).get("/list.csv?col=name").content.decode().count("\n") - 1
    assert sums[-1] == people


def test_numbers_may_be_typed_in_full_width(ward: Ward, signed_in: SignIn) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    both = [number(ward, "税務係", post) for post in ("050", "060")]
    client = hr(signed_in)
    found = rows(client, "workers", people="，".join(both).translate(wide))
    assert [row[0] for row in found[1:]] == both
    assert read(client, "workers", people=both[0].translate(wide))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"on": "2026-02-30"}, "日付として読めません"),
        ({"people": "9999999"}, "この職員番号の職員はいません"),
        ({"unit": "nowhere"}, "選んだ組織はありません"),
        ({"people": " ".join(map(str, range(501)))}, "500人まで"),
    ],
)
def test_what_cannot_be_read_is_told_on_the_page_with_what_was_typed(
    ward: Ward, signed_in: SignIn, asked: dict[str, Any], words: str
) -> None:
    form = "absent" if "unit" in asked else "workers"
    answer = hr(signed_in).get(f"/papers/forms/{form}/pdf?{urlencode(asked)}")
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_what_is_no_list_is_no_workbook(ward: Ward, signed_in: SignIn) -> None:
    assert signed_in().get("/papers/forms/roster/xlsx").status_code == 404
    assert signed_in("防災計画係").get("/papers/forms/nothing/pdf").status_code == 404


def test_a_pdf_is_shown_in_the_browser_or_taken_along(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    shown = client.get("/papers/forms/chart/pdf")["Content-Disposition"]
    taken = client.get("/papers/forms/chart/pdf?save=1")["Content-Disposition"]
    assert shown.startswith("inline")
    assert taken.startswith("attachment")


def test_the_log_calls_the_forms_what_the_catalogue_calls_them() -> None:
    assert {key: NAVIGATION.pages[f"papers:{key}"] for key in FORMS} == {
        key: form.label for key, form in FORMS.items()
    }
