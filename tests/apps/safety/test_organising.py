"""災対組織 and the first tasks, at the browser of crisis management."""

from datetime import date

import pytest
from django.test import Client

from meibo.apps.safety.actions import organising
from meibo.apps.safety.actions.organising import PlanError
from meibo.apps.safety.models import Check, DisasterPlan, Staffing
from meibo.apps.safety.queries import organising as known
from meibo.apps.safety.queries.organising import assigned, plan_on
from meibo.domain.safety.organising import Place
from meibo.platform.audit.actions import Actor
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TODAY, Ward

DRILL = {"kind": "drill", "title": "訓練", "message": "これは訓練です。", "sure": "1"}
PLACES = [
    Place("D1", "本部班", "section", 5, ("総務部",)),
    Place("D2", "窓口班", "section", 400, ("区民部",)),
]
ONE, OTHER = Actor("one"), Actor("other")


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(known, "places", lambda: PLACES)
    monkeypatch.setattr(organising, "places", lambda: PLACES)
    monkeypatch.setattr("meibo.apps.safety.views.organising.places", lambda: PLACES)
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def drafted(client: Client) -> DisasterPlan:
    answer = client.post("/safety/organisation", {"title": "今年度", "starts": "2026-11-01"})
    plan = DisasterPlan.objects.get()
    assert answer["Location"] == f"/safety/organisation/{plan.pk}"
    return plan


def test_a_draft_is_proposed_from_the_roster_and_holds_once_another_approves(
    crisis: Client, ward: Ward
) -> None:
    plan = drafted(crisis)
    assert plan.assignments.filter(place="D1").count() == 5
    assert plan_on(TODAY) is None
    path = f"/safety/organisation/{plan.pk}"
    refused = crisis.post(path, {"version": "1", "approve": "1"}, follow=True).content.decode()
    assert "承認できません" in refused
    organising.approve(plan, 1, actor=OTHER, now=NOW)
    assert plan_on(TODAY) == plan
    assert plan_on(date(2026, 10, 31)) is None
    person = ward.first("総務課", "030")
    assert assigned(TODAY)[person][0] == "D1"


def test_people_can_be_moved_in_a_draft_and_a_stale_move_is_refused(
    crisis: Client, ward: Ward
) -> None:
    plan = drafted(crisis)
    person = plan.assignments.filter(place="D1").first()
    assert person is not None
    path = f"/safety/organisation/{plan.pk}?place=D1"
    assert ward.names[person.person] in crisis.get(path).content.decode()
    move = {"version": "1", "person": person.person, "place": "D2", "role": "member"}
    crisis.post(path, move)
    assert plan.assignments.get(person=person.person).place == "D2"
    stale = crisis.post(path, move | {"place": ""}, follow=True).content.decode()
    assert "ほかの人が直したか承認しました" in stale
    assert plan.assignments.filter(person=person.person).exists()


def test_what_was_approved_is_changed_no_more(crisis: Client) -> None:
    plan = drafted(crisis)
    organising.approve(plan, 1, actor=OTHER, now=NOW)
    with pytest.raises(PlanError):
        organising.move(plan, 2, "p", "D1", "head", actor=ONE, now=NOW)
    with pytest.raises(PlanError):
        organising.approve(plan, 2, actor=OTHER, now=NOW)


def test_the_board_counts_by_the_disaster_organisation_too(crisis: Client) -> None:
    plan = drafted(crisis)
    organising.approve(plan, 1, actor=OTHER, now=NOW)
    crisis.post("/safety/checks/new/drill", DRILL)
    page = crisis.get(f"/safety/checks/{Check.objects.get().pk}").content.decode()
    assert "災対組織ごとの答え" in page
    assert "本部班" in page


def test_who_has_arrived_is_put_to_a_task_by_a_tap_and_once(crisis: Client) -> None:
    crisis.post("/safety/checks/new/drill", DRILL)
    check = Check.objects.get()
    one, other, late = check.called.order_by("pk")[:3]
    path = f"/safety/checks/{check.pk}"
    for each in (one, other):
        crisis.post(f"{path}/desk", {"called": str(each.pk)})
    assert "提案のとおり2人を付ける" in crisis.get(f"{path}/staffing").content.decode()
    crisis.post(f"{path}/staffing", {"called": str(one.pk), "task": "職員の安否の確認"})
    crisis.post(f"{path}/staffing", {"called": str(one.pk), "task": "避難所の開設"})
    crisis.post(f"{path}/staffing", {"called": str(late.pk), "task": "避難所の開設"})
    assert Staffing.objects.get().task == "職員の安否の確認"
    crisis.post(f"{path}/staffing", {"all": "1"})
    assert set(Staffing.objects.values_list("called", flat=True)) == {one.pk, other.pk}
    crisis.post(f"{path}/staffing", {"called": str(one.pk), "release": "1"})
    assert Staffing.objects.get().called_id == other.pk


def test_others_have_no_business_with_the_organisation(
    crisis: Client, ward: Ward, signed_in: SignIn
) -> None:
    plan = drafted(crisis)
    other = signed_in("税務係", "050")
    assert other.get("/safety/organisation").status_code == 403
    assert other.get(f"/safety/organisation/{plan.pk}").status_code == 403
    assert other.post(f"/safety/organisation/{plan.pk}", {"approve": "1"}).status_code == 403
