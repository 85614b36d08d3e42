"""The day in an address: every common way of writing it, and plain words where it is none."""

import pytest

from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward


@pytest.mark.parametrize(
    "written", ["2027-04-01", "2027/4/1", "20270401", "令和9年4月1日", "R9.4.1", "２０２７／４／１"]
)
def test_a_day_is_read_as_people_write_it(ward: Ward, signed_in: SignIn, written: str) -> None:
    page = signed_in().get("/list", {"on": written}).content.decode()
    assert "2027年4月1日（木）現在の名簿です" in page
    assert "読めない" not in page


@pytest.mark.parametrize("written", ["2026-02-30", "昭和64年2月1日", "27.4.1", "99991231"])
def test_a_day_that_cannot_be_read_is_said_and_today_is_shown(
    ward: Ward, signed_in: SignIn, written: str
) -> None:
    page = signed_in().get("/", {"on": written}).content.decode()
    assert f"「{written}」は日付として読めないため、今日（2026年11月23日）の" in page
    assert "現在の名簿です" not in page


@pytest.mark.parametrize("address", ["/", "/?on=", "/?on=2026-11-23"])
def test_nothing_is_said_where_no_other_day_was_asked_for(
    ward: Ward, signed_in: SignIn, address: str
) -> None:
    assert "読めない" not in signed_in().get(address).content.decode()


def test_what_is_written_for_a_day_never_becomes_markup(ward: Ward, signed_in: SignIn) -> None:
    page = signed_in().get("/", {"on": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_two_days_are_compared_however_they_are_written(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    page = client.get("/compare", {"from": "2026/11/23", "to": "R9.4.1"}).content.decode()
    assert "2026年11月23日（月） と 2027年4月1日（木） の違い" in page
    wrong = client.get("/compare", {"from": "2026-02-30", "to": "x"}).content.decode()
    for written in ("2026-02-30", "x"):
        assert f"「{written}」は日付として読めないため" in wrong
