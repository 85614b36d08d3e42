"""週の勤務時間 on the card: for whom the table shows it, in hours, each contract's own."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.test_renewal import HR, hire, second
from tests.house.canary import pdf


@pytest.fixture
def person(ward: Ward) -> str:
    return hire(ward, 1, "税務係", 2025)


def page(client: Client, person: str, day: str = "") -> str:
    return client.get(f"/people/{person}{day}").content.decode()


def test_it_stands_on_the_card_in_hours_for_those_to_whom_the_table_shows_it(
    ward: Ward, signed_in: SignIn, person: str
) -> None:
    for unit, post, duties in (("人事係", "060", ("hr",)), ("税務課", "030", ())):
        shown = page(signed_in(unit, post, duties), person)
        assert "週の勤務時間" in shown
        assert "29時間" in shown
        assert "1740" not in shown
    colleague = page(signed_in("文書係", "070"), person)
    assert "年度 1" in colleague
    assert "29時間" not in colleague
    card = reader.card(Viewer(frozenset({"staff"}), TODAY), person, on=TODAY)
    assert card is not None
    assert not {"hours", "hours_further"} & set(card)


def test_another_contract_stands_beside_it_as_long_as_it_is_held(
    ward: Ward, signed_in: SignIn, person: str
) -> None:
    clerk = signed_in("人事係", "060", ("hr",))
    assert "ほかの任用の勤務時間" not in page(clerk, person)
    second(ward, person, "収納係")
    shown = page(clerk, person)
    assert "ほかの任用の勤務時間" in shown
    assert "10時間" in shown
    assert "ほかの任用の勤務時間" not in page(clerk, person, "?on=2026-03-01")


def test_hours_of_a_contract_end_with_it(ward: Ward) -> None:
    person = hire(ward, 2, "税務係", 2025, term_end=date(2028, 3, 31))
    second(ward, person, "収納係")  # to the end of March
    for day, further in ((TODAY, ["600"]), (date(2027, 4, 2), None)):
        card = reader.card(HR, person, on=day)
        assert card is not None
        assert (card["hours"], card.get("hours_further")) == ("1740", further)


def test_the_printed_record_tells_it(ward: Ward, signed_in: SignIn, person: str) -> None:
    clerk = signed_in("人事係", "060", ("hr",))
    answer = clerk.get("/papers/forms/record/pdf", {"people": "9000001"})
    assert answer.status_code == 200
    assert "29時間" in pdf.text(answer.content)
