"""災対組織 and the first tasks, at the browser of crisis management."""

from datetime import date, timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions import mustering, organising
from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.organising import PlanError, StartError
from meibo.apps.safety.models import Check, DisasterPlan, Staffing
from meibo.apps.safety.queries import organising as known
from meibo.apps.safety.queries.offline import paper
from meibo.apps.safety.queries.offline.roster import content, viewer_in_event
from meibo.apps.safety.queries.organising import assigned, plan_on
from meibo.config.clock import TOKYO, now
from meibo.domain.safety.organising import Place, places_of
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
    for name in ("views.organising", "views.board", "queries.gaps", "queries.offline.roster"):
        monkeypatch.setattr(f"meibo.apps.safety.{name}.places", lambda: PLACES)
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def drafted(client: Client) -> DisasterPlan:
    made = client.post("/safety/organisation", {"title": "今年度", "starts": f"{now():%Y-%m-%d}"})
    plan = DisasterPlan.objects.get()
    DisasterPlan.objects.update(starts=date(2026, 11, 1))  # where the ward stands
    plan.refresh_from_db()
    assert made["Location"] == f"/safety/organisation/{plan.pk}"
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


def test_who_drafted_it_sees_that_another_must_approve_and_that_other_the_button(
    crisis: Client, signed_in: SignIn
) -> None:
    path = f"/safety/organisation/{drafted(crisis).pk}"
    own = crisis.get(path).content.decode()
    assert "ほかの危機管理担当に、承認を頼んでください" in own
    assert 'name="approve"' not in own
    other = signed_in("防災計画係", "070", ("crisis",), purpose="").get(path).content.decode()
    assert 'name="approve"' in other
    assert "承認を頼んで" not in other


def test_who_approves_sees_which_plan_of_the_same_day_goes_and_none_goes_unseen(
    crisis: Client, signed_in: SignIn
) -> None:
    old = drafted(crisis)
    new = DisasterPlan.objects.create(
        title="直した組織", starts=old.starts, drafted_by="one", drafted_at=NOW
    )
    other = signed_in("防災計画係", "070", ("crisis",), purpose="")
    path, seen = f"/safety/organisation/{new.pk}", {"version": "1", "approve": "1"}
    assert "承認済みの組織がもうあります" not in other.get(path).content.decode()
    organising.approve(old, 1, actor=OTHER, now=NOW)
    page = other.get(path).content.decode()
    assert "同じ日からの、承認済みの組織がもうあります" in page
    assert f"「{old.title}」はどの日にも使われなくなります" in page
    late = other.post(path, seen | {"replaces": ""}, follow=True).content.decode()
    assert "ほかの災対組織が承認されました" in late
    assert plan_on(TODAY) == old
    other.post(path, seen | {"replaces": str(old.pk)})
    assert plan_on(TODAY) == new


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


def approved(client: Client) -> DisasterPlan:
    plan = drafted(client)
    organising.approve(plan, 1, actor=OTHER, now=NOW)
    return plan


def test_the_board_leads_to_the_people_of_a_place_with_who_is_here_and_who_is_expected(
    crisis: Client, ward: Ward
) -> None:
    plan = approved(crisis)
    crisis.post("/safety/checks/new/drill", DRILL)
    check = Check.objects.get()
    path = f"/safety/checks/{check.pk}/people?place=D1"
    assert path in crisis.get(f"/safety/checks/{check.pk}").content.decode()
    people = list(plan.assignments.filter(place="D1"))
    called = {
        each.person: each for each in check.called.filter(person__in=[p.person for p in people])
    }
    late, here = (called[each.person] for each in people[:2])
    answer(late, Given(check.started_at, "safe", "later", check.started_at + timedelta(hours=3)))
    mustering.arrive(here, actor=ONE, now=NOW)
    (line,) = [each for each in known.lines(plan, check) if each.place.code == "D1"]
    assert (line.tally.asked, line.tally.arrived, line.tally.answered) == (5, 1, 1)
    page = crisis.get(path).content.decode()
    assert "本部班：聞いた人　5人" in page
    assert page.index(">長</span>") < page.index(">副</span>") < page.index(">要員</span>")
    at = (check.started_at + timedelta(hours=3)).astimezone(TOKYO)
    assert f"{at:%H:%M}ごろ着く" in page
    shown = {ward.names[each.person] for each in people}
    assert all(name in page for name in shown)
    narrowed = crisis.get(path + "&sort=here").content.decode()
    assert ward.names[here.person] in narrowed
    assert ward.names[late.person] not in narrowed
    assert crisis.get(path.replace("D1", "none")).status_code == 200


def test_the_forecast_counts_by_the_disaster_organisation(crisis: Client) -> None:
    approved(crisis)
    page = crisis.get("/safety/muster?weekday=2&hour=10").content.decode()
    assert "災対組織ごと" in page
    assert "本部班" in page
    crisis.post("/safety/checks/new/drill", DRILL)
    assert (
        "本部班" in crisis.get(f"/safety/checks/{Check.objects.get().pk}/muster").content.decode()
    )


def test_somebody_is_found_by_the_search_of_the_house_and_put_to_a_place(
    crisis: Client, ward: Ward
) -> None:
    plan = drafted(crisis)
    person = ward.first("税務係", "060")
    plan.assignments.filter(person=person).delete()
    path = f"/safety/organisation/{plan.pk}?place=D1"
    page = crisis.get(path, {"place": "D1", "q": ward.names[person]}).content.decode()
    assert "ここに付ける" in page
    assert f'value="{person}"' in page
    put = {"version": "1", "person": person, "place": "D1", "role": "deputy"}
    crisis.post(path, put)
    made = plan.assignments.get(person=person)
    assert (made.place, made.role) == ("D1", "deputy")
    again = crisis.get(path, {"place": "D1", "q": ward.names[person]}).content.decode()
    assert "いまは「本部班」です" in again
    nobody = crisis.post(path, put | {"version": "2", "person": "nobody"}, follow=True)
    assert "在籍している職員ではありません" in nobody.content.decode()
    assert not plan.assignments.filter(person="nobody").exists()
    assert "みつかりません" in crisis.get(path, {"place": "D1", "q": "ぬるぬる"}).content.decode()
    organising.approve(plan, 2, actor=OTHER, now=NOW)
    assert "ここに付ける" not in crisis.get(path, {"place": "D1", "q": "税"}).content.decode()


def test_everybody_knows_their_own_place_and_heads_that_of_their_people(
    crisis: Client, ward: Ward, signed_in: SignIn
) -> None:
    approved(crisis)
    crisis.post("/safety/checks/new/drill", DRILL)
    own, head = signed_in("総務課", "030", purpose=""), signed_in("税務課", "030", purpose="")
    assert "持ち場（災対組織）：<strong>本部班（" in own.get("/safety/mine").content.decode()
    assert "災対組織：窓口班（" in head.get("/safety/mine/people").content.decode()


def test_the_roster_that_is_taken_along_tells_the_places(crisis: Client, ward: Ward) -> None:
    approved(crisis)
    viewer = viewer_in_event(ward.first("税務課", "030"), TODAY)
    data = content(viewer, NOW).data
    assert data["places"] == ["窓口班"]
    assert {each["e"] for each in data["people"]} <= {"窓口班", ""}
    (one,) = [each for each in data["people"] if each["i"] == ward.first("税務係", "060")]
    assert one["t"].startswith("災対組織：窓口班（")
    assert "窓口班" in one["f"]
    table = paper.noted(viewer, actor=ONE, now=NOW)
    cells = [cell for section in table.sections for row in section.rows for cell in row]
    assert any(cell.startswith("窓口班（") for cell in cells)


def test_who_has_arrived_is_put_to_a_task_by_a_tap_and_once(crisis: Client) -> None:
    crisis.post("/safety/checks/new/drill", DRILL)
    check = Check.objects.get()
    one, other, late = check.called.order_by("pk")[:3]
    path = f"/safety/checks/{check.pk}"
    for each in (one, other):
        crisis.post(f"{path}/desk", {"called": str(each.pk)})
    assert "2人を、提案のとおり付ける" in crisis.get(f"{path}/staffing").content.decode()
    crisis.post(f"{path}/staffing", {"called": str(one.pk), "task": "職員の安否の確認"})
    crisis.post(f"{path}/staffing", {"called": str(one.pk), "task": "避難所の開設"})
    crisis.post(f"{path}/staffing", {"called": str(late.pk), "task": "避難所の開設"})
    assert Staffing.objects.get().task == "職員の安否の確認"
    seen = [f"{one.pk} 避難所の開設", f"{other.pk} 避難所の開設", f"{late.pk} 避難所の開設", "x y"]
    crisis.post(f"{path}/staffing", {"all": "1", "put": seen})
    assert set(Staffing.objects.values_list("called", flat=True)) == {one.pk, other.pk}
    number = Staffing.objects.get(called=one).pk
    said = {"called": str(one.pk), "release": "1", "seen": str(number)}
    crisis.post(f"{path}/staffing", said)
    assert Staffing.objects.get().called_id == other.pk


def test_whoever_leads_stays_out_of_the_shelters_of_a_draft(
    crisis: Client, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"code": "S", "name": "小学校", "kind": "shelter", "people": "400", "units": "税務課"}
    monkeypatch.setattr(organising, "places", lambda: places_of([row]))
    people = set(drafted(crisis).assignments.values_list("person", flat=True))
    assert ward.first("税務係", "060") in people
    assert not {ward.first("税務課", "030"), ward.first("税務係", "050")} & people


def test_a_draft_is_thrown_away_after_a_last_look_and_what_holds_is_not(crisis: Client) -> None:
    plan = drafted(crisis)
    path = f"/safety/organisation/{plan.pk}"
    assert "元には戻せません" not in crisis.get(path).content.decode()
    assert "元には戻せません" in crisis.get(f"{path}?discard=1").content.decode()
    stale = crisis.post(path, {"version": "7", "discard": "1"}, follow=True).content.decode()
    assert "ほかの人が直したか承認しました" in stale
    assert crisis.post(path, {"version": "1", "discard": "1"})["Location"] == "/safety/organisation"
    assert not DisasterPlan.objects.exists()
    held = approved(crisis)
    with pytest.raises(PlanError):
        organising.discard(held, 2, actor=ONE, now=NOW)
    assert DisasterPlan.objects.get() == held


def test_a_draft_may_begin_from_a_year_ago_to_two_years_ahead(crisis: Client) -> None:
    today = NOW.astimezone(TOKYO).date()
    for days in (-366, 731):
        organising.draft("案", today + timedelta(days=days), actor=ONE, now=NOW)
    for days in (-367, 732):
        with pytest.raises(StartError):
            organising.draft("案", today + timedelta(days=days), actor=ONE, now=NOW)


@pytest.mark.parametrize("starts", ["1900-01-01", "9999-12-31"])
def test_a_draft_for_a_day_far_off_is_refused_and_says_which_days_there_are(
    crisis: Client, starts: str
) -> None:
    page = crisis.post("/safety/organisation", {"title": "案", "starts": starts})
    assert page.status_code == 422
    assert "年" in page.content.decode()
    assert "までの日にしてください" in page.content.decode()
    assert not DisasterPlan.objects.exists()


def test_others_have_no_business_with_the_organisation(
    crisis: Client, ward: Ward, signed_in: SignIn
) -> None:
    plan = drafted(crisis)
    other = signed_in("税務係", "050")
    assert other.get("/safety/organisation").status_code == 403
    assert other.get(f"/safety/organisation/{plan.pk}").status_code == 403
    assert other.post(f"/safety/organisation/{plan.pk}", {"approve": "1"}).status_code == 403
