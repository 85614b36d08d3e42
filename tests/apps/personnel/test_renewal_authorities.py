"""A round of one appointing authority or of all: its list, its counts, its orders."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from meibo.apps.personnel.actions import renewal as actions
from meibo.apps.personnel.actions.renewal import RenewalError
from meibo.apps.personnel.models import RenewalItem, RenewalRound
from meibo.apps.personnel.queries import renewal as queries
from meibo.domain.renewal import Answer
from meibo.ledger import drawer
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.test_renewal import (
    ENDS,
    HR,
    JINJI,
    LAST,
    NOW,
    clerk,
    decide,
    hire,
    item,
    lay,
    second,
)

__all__ = ["clerk"]
BOARD, MAYOR = "教育委員会", "区長"


@pytest.fixture(autouse=True)
def _authorities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A town in which 収納係 belongs to the board of education."""
    for each in Path(settings.MEIBO_TOWN).iterdir():
        (tmp_path / each.name).symlink_to(each)
    table = tmp_path / "authorities.csv"
    table.unlink()
    table.write_text(f"unit,authority\n,{MAYOR}\n収納係,{BOARD}\n", encoding="utf-8")
    monkeypatch.setattr(settings, "MEIBO_TOWN", tmp_path)


@pytest.fixture
def people(ward: Ward) -> dict[str, str]:
    return {
        "by unit": hire(ward, 1, "収納係", 2025),
        "as said": hire(ward, 2, "税務係", 2025, authority=BOARD),
        "mayor": hire(ward, 3, "税務係", 2024),
    }


def begin(authority: str = "") -> int:
    return actions.begin("x", ENDS, LAST, None, authority, actor=JINJI, now=NOW, on=TODAY)


def people_of(number: int) -> set[str]:
    return set(RenewalItem.objects.filter(round_id=number).values_list("person", flat=True))


def test_a_round_of_one_authority_holds_its_contracts_alone(people: dict[str, str]) -> None:
    assert people_of(begin(BOARD)) == {people["by unit"], people["as said"]}
    assert people_of(begin(MAYOR)) == {people["mayor"]}
    with pytest.raises(RenewalError, match="もう進んで"):
        begin(BOARD)
    with pytest.raises(RenewalError, match="もう進んで"):
        begin()


def test_a_round_of_all_leaves_room_for_none_of_one(people: dict[str, str]) -> None:
    assert people_of(begin()) == set(people.values())
    with pytest.raises(RenewalError, match="もう進んで"):
        begin(MAYOR)


def test_the_page_offers_the_authorities_there_are_and_begins_for_one(
    clerk: Client, people: dict[str, str]
) -> None:
    page = clerk.get("/personnel/renewal").content.decode()
    assert re.findall(r'<option value="([^"]*)"', page) == ["", BOARD, MAYOR]
    sent = {"title": "更新", "ends": ENDS, "last": LAST, "authority": MAYOR}
    answer = clerk.post("/personnel/renewal", sent)
    assert answer.status_code == 302
    assert RenewalRound.objects.get().authority == MAYOR
    wrong = clerk.post("/personnel/renewal", sent | {"authority": "知事"})
    assert wrong.status_code == 422


def test_the_list_is_narrowed_and_counted_by_authority_and_section(
    clerk: Client, people: dict[str, str]
) -> None:
    number = begin()
    decide(number, "renew", people["by unit"])
    found = queries.tallies(queries.lines(HR, RenewalRound.objects.get(pk=number)), TODAY)
    told = {(a, s[1].split()[-1]): (t["total"], t["renew"]) for a, s, t in found}
    assert told == {
        (BOARD, "納税課"): (1, 1),
        (BOARD, "税務課"): (1, 0),
        (MAYOR, "税務課"): (1, 0),
    }
    page = clerk.get(f"/personnel/renewal/{number}?authority={BOARD}").content.decode()
    assert "年度 1" in page
    assert "年度 2" in page
    assert "年度 3" not in page


def test_orders_name_the_right_authority(ward: Ward, people: dict[str, str]) -> None:
    number = begin()
    decide(number, "renew", people["by unit"], people["as said"])
    to = Answer(decision="move", unit=ward.codes["収納係"])
    actions.change(item(number, people["mayor"]).pk, 0, to, actor=JINJI, now=NOW)
    [moved] = [
        line
        for line in queries.lines(HR, RenewalRound.objects.get(pk=number))
        if line.item.person == people["mayor"]
    ]
    assert "other_authority" in {doubt.code for doubt in moved.doubts}
    plan = lay(number).plan
    assert plan is not None
    said = {d.line.person: d.line.authority for d in drawer.lines(plan)}
    assert said == dict.fromkeys(people.values(), BOARD)


def test_hours_under_another_authority_count_as_well(ward: Ward, people: dict[str, str]) -> None:
    second(ward, people["mayor"], "収納係")  # ten hours for the board, beside 29 for the mayor
    mayor, board = begin(MAYOR), begin(BOARD)
    decide(mayor, "renew", people["mayor"])
    assert lay(mayor).stopped == 1
    decide(board, "end", people["mayor"])
    assert lay(mayor).orders == 1


def test_hours_of_a_contract_that_goes_on_anyhow_count_as_well(
    ward: Ward, people: dict[str, str]
) -> None:
    second(ward, people["mayor"], "税務係", date(2027, 9, 30))
    number = begin()
    decide(number, "renew", people["mayor"])
    assert lay(number).stopped == 1
