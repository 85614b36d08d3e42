"""出張・派遣: those who work elsewhere on the day, and those who are named as travelling."""

from datetime import date

import pytest
from django.test import Client

from meibo.apps.safety.models import Check
from meibo.apps.safety.queries import muster
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.domain.book import Effect
from meibo.ledger import house, reader
from meibo.ledger.reader.people import states_on
from meibo.ledger.writer import Batch, NewCode, append
from tests.apps.directory.ward import NOW, TODAY, Ward, _line
from tests.apps.safety.test_checks import DRILL, begun, crisis

__all__ = ["crisis"]


@pytest.fixture
def away(ward: Ward) -> tuple[str, str]:
    """Somebody who works at another body, and somebody who has come from one."""
    gone, come = ward.first("税務係", "060"), ward.first("戸籍係", "060")
    codes = [
        NewCode("dispatch", "1", "他団体へ派遣中"),
        NewCode("dispatch", "2", "他団体から受入れ"),
    ]
    batch = Batch(codes=codes)
    for person, reason, words in ((gone, "1", "派遣"), (come, "2", "派遣受入")):
        stated = {"slot": "dispatch", "reason": reason, "body": "北雲市"}
        batch.add(_line(date(2026, 4, 1), Effect.PAUSE, person, words, **stated))
    append(batch, actor="test", now=NOW)
    house._codes.cache_clear()
    return gone, come


def test_who_works_elsewhere_is_meant_and_who_has_come_is_not(away: tuple[str, str]) -> None:
    gone, come = away
    assert list(targeted(Target(sent=True), TODAY)) == [gone]
    assert come in targeted(Target(), TODAY)
    staff = muster.skilled(states_on(TODAY, ids=away))
    assert (staff[gone].away, staff[come].away) == (True, False)


def test_travellers_are_asked_besides_those_on_secondment_and_narrowed_like_all(
    ward: Ward, away: tuple[str, str]
) -> None:
    gone, _ = away
    traveller = ward.first("文書係", "060")
    on_leave = ward.first("税務係", "070")
    both = Target(sent=True, travel=(traveller, on_leave))
    assert set(targeted(both, TODAY)) == {gone, traveller}  # leave is left out as always
    assert set(targeted(Target(travel=(traveller,)), TODAY)) == {traveller}
    unit = Target(sent=True, travel=(traveller,), units=(ward.codes["文書係"],))
    assert set(targeted(unit, TODAY)) == {traveller}
    assert "travel" not in both.kept()  # who it was stands in Called


def test_they_are_named_line_by_line_and_a_line_that_is_not_one_person_stops_it(
    ward: Ward, crisis: Client, away: tuple[str, str]
) -> None:
    traveller = ward.first("文書係", "060")
    name = reader.name_today(traveller, TODAY)
    given = {**DRILL, "sent": "on", "travel": f"{name}\nだれでもない人\n"}
    answer = crisis.post("/safety/checks/new/drill", {**given, "sure": "1"})
    assert answer.status_code == 422
    assert "だれでもない人" in answer.content.decode()
    assert not Check.objects.exists()
    check = begun(crisis, sent="on", travel=f"{name}\n\n{name}")
    assert set(check.called.values_list("person", flat=True)) == {away[0], traveller}
