"""A list that somebody filters becomes a form of their own, which everybody sees with own eyes."""

import io
from datetime import date

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from meibo.apps.papers.actions import own as actions
from meibo.apps.papers.models import OwnForm
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TURN, Ward
from tests.house.canary import pdf

CHIEFS = "post=%E4%BF%82%E9%95%B7&col=name&col=extension&sort=-kana"


def keep(client: Client, query: str = CHIEFS, **more: str) -> OwnForm:
    answer = client.post("/papers/own/save", {"query": query, "title": "係長の内線表", **more})
    assert answer.status_code == 302, answer.content.decode()
    return OwnForm.objects.latest("pk")


def rows(client: Client, form: OwnForm, on: date | None = None) -> list[list[str]]:
    day = f"?on={on}" if on else ""
    answer = client.get(f"/papers/own/{form.pk}/xlsx{day}")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def test_the_list_leads_to_a_page_that_keeps_it(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    assert f"/papers/own/save?{CHIEFS}".replace("&", "&amp;") in (
        client.get(f"/list?{CHIEFS}").content.decode()
    )
    page = client.get(f"/papers/own/save?{CHIEFS}").content.decode()
    assert "氏名" in page
    assert "内線" in page


def test_it_prints_what_the_list_shows_in_its_order(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    form = keep(client)
    listed = client.get(f"/list.csv?{CHIEFS}").content.decode("utf-8-sig").splitlines()
    assert [",".join(row) for row in rows(client, form)] == listed
    said = pdf.text(client.get(f"/papers/own/{form.pk}/pdf").content).replace("\n", "")
    assert "係長の内線表" in said
    assert "職：係長" in said


def test_it_is_of_the_day_that_is_shown(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    form = keep(client, "unit=02010000&col=name&on=2027-04-01")
    assert "on=" not in form.query
    today, later = rows(client, form), rows(client, form, TURN)
    assert today != later


def test_it_is_grouped_as_asked(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    form = keep(client, group="unit1", landscape="1")
    found = rows(client, form)
    assert found[0][0] == "区分"
    groups = list(dict.fromkeys(row[0] for row in found[1:]))
    assert set(groups) == {"総務部", "区民部", "福祉部", "都市整備部"}
    content = client.get(f"/papers/own/{form.pk}/pdf").content
    assert b"/MediaBox[0 0 841.8898 595.2756]" in content


def test_colleagues_of_the_duty_use_it_and_see_with_their_own_eyes(
    ward: Ward, signed_in: SignIn
) -> None:
    owner = signed_in(duties=("hr",))
    shared = keep(owner, "col=name&col=address&col=grade", duty="hr")
    private = keep(owner)
    colleague = signed_in("防災計画係", duties=("hr",))
    assert rows(colleague, shared)[0] == ["氏名", "級", "住所"]
    assert colleague.get(f"/papers/own/{private.pk}/pdf").status_code == 404
    assert "共有されたもの" in colleague.get("/papers/own").content.decode()
    other = signed_in("戸籍係")
    assert other.get(f"/papers/own/{shared.pk}/pdf").status_code == 404
    for address in ("", "/delete"):
        answer = colleague.post(f"/papers/own/{shared.pk}{address}", {"title": "奪う"})
        assert answer.status_code == 404


def test_a_duty_that_one_does_not_hold_is_not_shared_with(ward: Ward, signed_in: SignIn) -> None:
    answer = signed_in().post(
        "/papers/own/save", {"query": CHIEFS, "title": "広める", "duty": "hr"}
    )
    assert answer.status_code == 422
    assert not OwnForm.objects.exists()


def test_columns_of_the_record_are_empty_for_who_no_longer_sees_them(
    ward: Ward, signed_in: SignIn
) -> None:
    client = signed_in()
    form = keep(client, "col=name&col=address&col=birth_date")
    assert rows(client, form)[0] == ["氏名"]


def test_a_stale_change_is_refused_and_shows_what_is_there(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    form = keep(client)
    first = client.post(f"/papers/own/{form.pk}", {"title": "一つ目", "version": "1"})
    second = client.post(f"/papers/own/{form.pk}", {"title": "二つ目", "version": "1"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "一つ目" in second.content.decode()
    assert "二つ目" in second.content.decode()
    form.refresh_from_db()
    assert (form.title, form.version) == ("一つ目", 2)


def test_one_takes_ones_own_away(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    form = keep(client)
    assert client.post(f"/papers/own/{form.pk}/delete").status_code == 302
    assert not OwnForm.objects.exists()


def test_what_somebody_kept_goes_with_their_record(ward: Ward, signed_in: SignIn) -> None:
    keep(signed_in())
    actions.forget(ward.first("税務係", "060"), None)
    assert not OwnForm.objects.exists()


@pytest.mark.parametrize("query", ["col=" + "x" * 4001, "post=" + "あ" * 2000])
def test_an_address_that_is_too_long_is_refused(ward: Ward, signed_in: SignIn, query: str) -> None:
    answer = signed_in().post("/papers/own/save", {"query": query, "title": "長い"})
    assert answer.status_code == 400


def test_a_form_that_came_without_its_list_is_asked_for_again(signed_in: SignIn) -> None:
    client = signed_in("税務係", "060")
    assert client.post("/papers/own/save", {}).status_code == 422
    assert not OwnForm.objects.exists()
