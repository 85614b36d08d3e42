"""Whoever has a place in the disaster organisation is expected there, and keeps it."""

import re
from datetime import datetime

import pytest
from django.test import Client

from meibo.apps.safety.actions import mustering, organising
from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.starting import Wanted, start
from meibo.apps.safety.models import Assignment, Called, Check, DisasterPlan, Prospect, Staffing
from meibo.apps.safety.queries import organising as known
from meibo.config.clock import now
from meibo.domain.safety.organising import Place
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, Ward

SCHOOL = Place("S1", "月見坂小", "shelter", 3, (), ("月見坂",), place="月見坂小学校", area="月見坂")
LOST = Place("S2", "どこか小", "shelter", 3, (), ("東町", "西町"), place="どこか小学校")
BOARD = Place("D1", "本部班", "section", 5, ("総務部",), area="本庁")
PLACES = [SCHOOL, LOST, BOARD]
ACTOR = Actor("test")
NIGHT = NOW.replace(hour=18)  # 3 in the morning in Tokyo


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(known, "places", lambda: PLACES)
    monkeypatch.setattr(organising, "places", lambda: PLACES)
    for name in ("views.organising", "views.board", "queries.gaps", "queries.offline.roster"):
        monkeypatch.setattr(f"meibo.apps.safety.{name}.places", lambda: PLACES)
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def in_force(**places: str) -> DisasterPlan:
    """An organisation that holds: person → code of the place, or code/role."""
    plan = DisasterPlan.objects.create(
        title="今年度",
        starts=FIRST,
        drafted_by="one",
        drafted_at=NOW,
        approved_by="other",
        approved_at=NOW,
    )
    for person, told in places.items():
        place, _, role = told.partition("/")
        Assignment.objects.create(plan=plan, person=person, place=place, role=role or "member")
    return plan


def row(page: str, name: str) -> dict[str, str]:
    """A row of a table of the page, by the heads of its columns."""
    start = page.rindex(f'<th scope="row">{name}')
    cells = page[start : page.index("</tr>", start)]
    found = re.findall(r'data-label="([^"]+)">(.*?)</td>', cells)
    return {head: re.sub(r"<[^>]+>", "", cell) for head, cell in found}


def lives(person: str, quarter: str) -> None:
    address = f"東京都けやき野区{quarter}一丁目９０１番"
    append(Batch(filings=[NewFiling(person, "address", address, FIRST, NOW)]), actor="t", now=NOW)


def asked(at: datetime = NIGHT) -> Check:
    return start(Wanted(Kind.DRILL, "訓練", "これは訓練です。"), actor=ACTOR, now=at)


def test_who_stands_at_a_shelter_is_forecast_to_the_shelter(crisis: Client, ward: Ward) -> None:
    there, here = ward.first("税務係", "060"), ward.first("文書係", "060")
    lives(there, "月見坂")
    lives(here, "月見坂")
    in_force(**{there: "S1"})
    check = asked()
    minutes = dict(Prospect.objects.values_list("called__person", "minutes"))
    ready = 20 + 15
    assert minutes[there] == ready + 20  # one kilometre
    assert minutes[here] == ready + 92  # 4.6 of them, to the town hall
    page = crisis.get(f"/safety/checks/{check.pk}/muster").content.decode()
    assert row(page, "月見坂小") == {
        "要員": "1人",
        **{f"{hour}時間": "1人" for hour in (1, 3, 6, 12, 24, 72)},
    }


def test_the_task_of_the_shelters_counts_those_who_stand_there(crisis: Client, ward: Ward) -> None:
    def shelters() -> str:
        page = crisis.get("/safety/muster?weekday=1&hour=10").content.decode()
        return row(page, "避難所の開設")["足りる人数"]

    assert shelters() != "1人"  # nobody stands anywhere, so whoever comes does it
    in_force(**{ward.first("税務係", "060"): "S1"})
    assert shelters() == "1人"


def test_a_place_of_which_nobody_said_where_it_is_is_named(crisis: Client, ward: Ward) -> None:
    person = ward.first("税務係", "060")
    lives(person, "月見坂")
    in_force(**{person: "S2", ward.first("文書係", "060"): "S1"})
    asked()
    assert Prospect.objects.get(called__person=person).minutes == 20 + 15 + 92
    page = crisis.get("/safety/muster?weekday=6&hour=3").content.decode()
    assert "本庁舎に着くまでで数えています：どこか小<" in page


def arrived(check: Check, *people: str) -> list[Called]:
    found = [check.called.get(person=person) for person in people]
    for each in found:
        mustering.arrive(each, actor=ACTOR, now=now())
    return found


def test_who_has_a_place_keeps_it_and_is_put_elsewhere_by_hand_alone(
    crisis: Client, ward: Ward
) -> None:
    school, board, free = (ward.first(u, "060") for u in ("税務係", "文書係", "戸籍係"))
    in_force(**{school: "S1", board: "D1/head"})
    check = asked(now())
    arrived(check, school, board, free)
    path = f"/safety/checks/{check.pk}/staffing"
    page = crisis.get(path).content.decode()
    assert "災対組織の持ち場に就く人　1人" in page
    assert "災対組織：本部班（長）" in page
    assert "2人を、提案のとおり付ける" in page
    assert '<span class="strong">避難所の開設</span>（災対組織の持ち場）' in page
    assert "（だれでもできる仕事・着いた順）" in page
    crisis.post(path, {"all": "1", "put": re.findall(r'name="put" value="([^"]+)"', page)})
    tasks = dict(Staffing.objects.values_list("called__person", "task"))
    assert tasks.keys() == {school, free}
    assert tasks[school] == "避難所の開設"
    called = check.called.get(person=board)
    crisis.post(path, {"called": str(called.pk), "task": "職員の安否の確認"})
    assert Staffing.objects.get(called=called).task == "職員の安否の確認"


def test_who_is_hurt_is_proposed_for_nothing(crisis: Client, ward: Ward) -> None:
    check = asked(now())
    people = [ward.first(unit, "060") for unit in ("税務係", "戸籍係", "文書係")]
    hurt, trapped, well = arrived(check, *people)
    answer(hurt, Given(check.started_at, "hurt", "now", None))
    answer(trapped, Given(check.started_at, "rescue", "now", None))
    path = f"/safety/checks/{check.pk}/staffing"
    page = crisis.get(path).content.decode()
    assert "1人を、提案のとおり付ける" in page
    assert "けがの答えがあるので、提案しません" in page
    crisis.post(
        path, {"all": "1", "put": [f"{each.pk} 避難所の開設" for each in (hurt, trapped, well)]}
    )
    assert [each.called_id for each in Staffing.objects.all()] == [well.pk]
