"""定数 is filed from a day on, and set against who is there."""

import io
from datetime import date

from django.test import Client
from python_calamine import CalamineWorkbook

from meibo.ledger import establishment
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, TURN, Ward
from tests.house.canary import pdf


def send(client: Client, code: str, effective: date, version: int = 0, **grades: int) -> int:
    asked = {"effective": effective.isoformat(), "version": version, **grades}
    return client.post(f"/papers/establishment/{code}", asked).status_code


def strength(client: Client, on: date = TODAY) -> dict[str, dict[str, object]]:
    answer = client.get(f"/papers/forms/strength/xlsx?on={on}")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    heads, *rows = book.get_sheet_by_index(0).to_python()
    return {str(row[1]): dict(zip(map(str, heads), row, strict=True)) for row in rows}


SUMS = ("定数", "現員", "過不足", "うち不在")


def test_it_holds_from_its_day_on(ward: Ward, signed_in: SignIn) -> None:
    code = ward.codes["税務課"]
    client = signed_in(duties=("hr",))
    assert send(client, code, TODAY, grade_5=1, grade_2=4) == 302
    version = establishment.version(code)
    assert send(client, code, TURN, version, grade_5=1, grade_2=6) == 302
    assert establishment.establishment(TODAY)[code] == {5: 1, 2: 4}
    assert establishment.establishment(TURN)[code] == {5: 1, 2: 6}
    assert code not in establishment.establishment(date(2026, 1, 1))


def test_an_establishment_of_nobody_ends_it(ward: Ward, signed_in: SignIn) -> None:
    code = ward.codes["税務課"]
    client = signed_in(duties=("hr",))
    send(client, code, TODAY, grade_5=1)
    send(client, code, TURN, establishment.version(code))
    assert code in establishment.establishment(TODAY)
    assert code not in establishment.establishment(TURN)


def test_a_stale_change_is_refused_and_shows_what_is_there(ward: Ward, signed_in: SignIn) -> None:
    code = ward.codes["税務課"]
    client = signed_in(duties=("hr",))
    assert send(client, code, TODAY, grade_5=1) == 302
    asked = {"effective": TODAY.isoformat(), "version": "0", "grade_5": "7"}
    answer = client.post(f"/papers/establishment/{code}", asked)
    assert answer.status_code == 409
    assert "別の人が先に変えています" in answer.content.decode()
    assert establishment.establishment(TODAY)[code] == {5: 1}


def test_establishment_stands_against_who_is_there(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in(duties=("hr",))
    nothing = strength(client)["税務課"]
    assert [nothing[head] for head in SUMS] == ["―", 17, "―", 1]
    send(client, ward.codes["税務課"], TODAY, grade_5=1, grade_4=1)
    send(client, ward.codes["税務係"], TODAY, grade_3=2, grade_2=5)
    found = strength(client)
    section = found["税務課"]
    assert [section[head] for head in SUMS] == [9, 17, 8, 1]  # away: 育児休業 in 税務係
    assert (section["5級 定数"], section["5級 現員"]) == (1, 1)  # the head of the section
    juniors = section["1級 現員"]
    assert section["1級 定数"] == 0
    assert isinstance(juniors, float)
    assert juniors > 0
    assert (section["6級 定数"], section["6級 現員"]) == ("", "")
    assert found["区民部　計"]["定数"] == 9
    paper = pdf.text(client.get(f"/papers/forms/strength/pdf?on={TODAY}").content)
    assert "+8" in paper
    assert f"0／{juniors:.0f}" in paper


def test_a_number_below_zero_is_refused(ward: Ward, signed_in: SignIn) -> None:
    assert send(signed_in(duties=("hr",)), ward.codes["税務課"], TODAY, grade_5=-1) == 422


def test_the_pages_are_for_personnel(ward: Ward, signed_in: SignIn) -> None:
    code = ward.codes["税務課"]
    client = signed_in()
    for address in ("/papers/establishment", f"/papers/establishment/{code}"):
        assert client.get(address).status_code == 403
    assert send(client, code, TODAY, grade_5=1) == 403


def test_what_a_filing_says_wrongly_is_no_establishment() -> None:
    assert establishment.parse("x") == {}
    assert establishment.parse("[1]") == {}
    assert establishment.parse('{"5": 1, "4": -2}') == {5: 1}
