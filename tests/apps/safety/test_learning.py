"""Drills that start by themselves, and what a check is like afterwards."""

import csv
import io
import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from meibo.apps.safety.actions import drill_scene, drilling
from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.drilling import Drill, DrillError
from meibo.apps.safety.models import (
    Bulletin,
    Called,
    CallRound,
    Check,
    Message,
    PlannedDrill,
    Receipt,
)
from meibo.apps.safety.queries import happened, learning
from meibo.apps.safety.queries.reports import log_table
from meibo.apps.safety.queries.targets import Target
from meibo.config.clock import now
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor
from meibo.platform.figures import FIGURES
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, Ward

TOKYO = ZoneInfo("Asia/Tokyo")
BOSS = Actor("boss")
SOON = timedelta(minutes=30)
DRILL = {"kind": "drill", "title": "訓練", "message": "これは訓練です。", "sure": "1"}


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def planned(ward: Ward, **more: object) -> PlannedDrill:
    target = Target(units=(ward.codes["税務課"],))
    values = {"title": "抜き打ち", "message": "訓練です。", "at": NOW + SOON, "target": target}
    return drilling.plan(Drill(**{**values, **more}), actor=BOSS, now=NOW)  # type: ignore[arg-type]  # as given


def test_a_planned_drill_starts_at_its_time_once_and_for_its_scope(ward: Ward) -> None:
    drill = planned(ward)
    assert drilling.start_due(now=NOW + SOON - timedelta(seconds=1)) == []
    (check,) = drilling.start_due(now=NOW + SOON)
    assert (check.kind, check.title) == ("drill", "抜き打ち")
    units = {ward.codes[name] for name in ("税務課", "税務係", "課税第一係", "課税第二係")}
    assert set(check.called.values_list("unit", flat=True)) <= units
    assert drilling.start_due(now=NOW + SOON) == []
    drill.refresh_from_db()
    assert drill.check_made == check


def test_a_drill_that_was_missed_by_hours_is_not_sprung_on_anybody(ward: Ward) -> None:
    drill = planned(ward)
    assert drilling.start_due(now=NOW + timedelta(hours=3)) == []
    drill.refresh_from_db()
    assert drill.trouble == drilling.MISSED
    assert not Check.objects.exists()


def test_a_drill_for_nobody_says_so(ward: Ward) -> None:
    drill = planned(ward, target=Target(posts=("999",)))
    assert drilling.start_due(now=NOW + SOON) == []
    drill.refresh_from_db()
    assert "職員がいません" in drill.trouble
    assert drill.started_at is None


def test_a_drill_is_taken_back_by_who_saw_it_as_it_is(ward: Ward) -> None:
    drill = planned(ward)
    with pytest.raises(DrillError):
        drilling.cancel(drill, 7, actor=BOSS, now=NOW)
    drilling.cancel(drill, drill.version, actor=BOSS, now=NOW)
    assert drilling.start_due(now=NOW + SOON) == []
    with pytest.raises(DrillError):
        planned(ward, at=NOW)


def test_a_drill_is_planned_at_the_browser_and_told_to_whom_it_is_meant_for(
    ward: Ward, crisis: Client, signed_in: SignIn
) -> None:
    at = now().astimezone(TOKYO) + timedelta(days=3)
    values = {"title": "朝の訓練", "message": "訓練", "day": f"{at:%Y-%m-%d}", "time": "09:00"}
    values |= {"announced": "on", "units": ward.codes["税務課"], "sure": "1"}
    answer = crisis.post("/safety/drills", values)
    assert answer.status_code == 302
    assert "朝の訓練" in crisis.get("/safety/drills").content.decode()
    meant, other = signed_in("税務係", "060", purpose=""), signed_in("戸籍係", "060", purpose="")
    assert "朝の訓練" in meant.get("/").content.decode()
    assert "朝の訓練" not in other.get("/").content.decode()
    number = PlannedDrill.objects.get().pk
    assert "09:00" in meant.get(f"/safety/drills/{number}").content.decode()
    PlannedDrill.objects.update(announced=False)
    assert "朝の訓練" not in meant.get("/").content.decode()
    assert meant.get(f"/safety/drills/{number}").status_code == 404
    assert meant.get("/safety/drills").status_code == 403


def test_a_day_that_is_past_is_asked_for_again(crisis: Client) -> None:
    values = {"title": "t", "message": "m", "day": "2020-01-01", "time": "09:00"}
    answer = crisis.post("/safety/drills", values)
    assert answer.status_code == 422
    assert "これからの日時" in answer.content.decode()


def drilled(client: Client) -> Check:
    client.post("/safety/checks/new/drill", DRILL)
    check = Check.objects.first()
    assert check is not None
    return check


def test_the_report_counts_times_routes_and_ages(ward: Ward, crisis: Client) -> None:
    first, second = ward.first("税務係", "060"), ward.first("課税第一係", "060")
    contacts = json.dumps([{"kind": "携帯", "value": "090-0000-7788"}], ensure_ascii=False)
    filing = NewFiling(first, "contacts", contacts, FIRST, NOW)
    append(Batch(filings=[filing]), actor="test", now=NOW)
    check = drilled(crisis)
    asked = check.called.count()
    for person, wait in ((first, 5), (second, 90)):
        called = check.called.get(person=person)
        answer(called, Given(check.started_at + timedelta(minutes=wait), "safe", "now"))
    Message.objects.filter(called__person=first, route="sms").update(state=Message.DELIVERED)
    Message.objects.filter(called__person=first, route="mail").update(state=Message.BOUNCED)
    made = learning.report(check)
    assert (made.whole.asked, made.whole.answered, made.whole.soon) == (asked, 2, 1)
    assert made.times[50] is None
    assert [part.label for part in made.ages][-1] == "自宅・携帯の届出なし"
    sums = [line.part.asked for line in made.units if line.sums and line.part]
    assert 5 <= sum(sums) <= asked
    assert all(each.part.asked >= 5 for each in (*made.units, *made.ages) if each.part)
    (sms,) = [each for each in made.routes if each.label == "SMS"]
    assert (sms.asked, sms.reached) == (1, 1)
    day = check.started_at.astimezone(TOKYO).date()
    assert FIGURES["safety-reach"].read(day) == (2, asked)
    assert FIGURES["safety-soon"].read(day) == (1, asked)
    took, of = FIGURES["safety-half"].read(day)
    assert took == of > 0
    assert FIGURES["safety-reach"].read(date(2020, 1, 1)) == (0, 0)


def test_the_report_is_a_page_a_pdf_and_a_csv_and_names_nobody(ward: Ward, crisis: Client) -> None:
    drilled(crisis)
    check = drilled(crisis)
    called = check.called.first()
    assert called is not None
    answer(called, Given(check.started_at + timedelta(seconds=61), "safe"))
    page = crisis.get(f"/safety/checks/{check.pk}/report").content.decode()
    assert "これまでの同じ種類の安否確認" in page
    assert crisis.get(f"/safety/checks/{check.pk}/report.pdf").content.startswith(b"%PDF")
    text = crisis.get(f"/safety/checks/{check.pk}/report.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    (whole,) = [row for row in rows if row[0] == "全体"]
    assert (whole[2], whole[5]) == (str(check.called.count()), "1")
    assert [row[0] for row in rows].count("前回まで") == 1
    for person in check.called.values_list("person", flat=True):
        assert ward.names[person] not in page + text


def test_the_report_tells_no_answer_by_route_and_nobody_s_own_time(
    ward: Ward, crisis: Client
) -> None:
    contacts = json.dumps([{"kind": "携帯", "value": "090-0000-7788"}], ensure_ascii=False)
    filing = NewFiling(ward.first("税務係", "060"), "contacts", contacts, FIRST, NOW)
    append(Batch(filings=[filing]), actor="test", now=NOW)
    check = drilled(crisis)
    for called in check.called.all():
        answer(called, Given(check.started_at + timedelta(seconds=61), "safe"))
    text = crisis.get(f"/safety/checks/{check.pk}/report.csv").content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if row]
    routes = [row for row in rows if row[0] == "経路"]
    assert routes
    assert all(row[5:] == ["", "", ""] for row in routes)
    groups = [row for row in rows if row[0] in ("部計", "組織", "年数")]
    assert any(row[1].endswith("（まとめて）") for row in groups)
    hidden = [row for row in groups if row[2] == "少数のため非表示"]
    assert hidden
    assert all(not any(row[3:]) for row in hidden)
    assert all(int(row[2]) >= 5 for row in groups if row not in hidden)
    page = crisis.get(f"/safety/checks/{check.pk}/report").content.decode()
    assert "少数のため非表示" in page
    assert {row[1] for row in rows if row[0] == "部計"} >= {"総務部"}
    assert "総務部 計" in page


def test_what_a_running_check_has_not_come_to_it_may_still_come_to(crisis: Client) -> None:
    check = drilled(crisis)
    shown = [f"/safety/checks/{check.pk}/report", "/safety/figures"]
    for path in shown:
        page = crisis.get(path).content.decode()
        assert "まだ" in page
        assert "達せず" not in page
    crisis.post(f"/safety/checks/{check.pk}/close", {"sure": "1"})
    for path in shown:
        assert "達せず" in crisis.get(path).content.decode()


def test_the_log_is_a_pdf_as_well(crisis: Client) -> None:
    check = drilled(crisis)
    answer_ = crisis.get(f"/safety/checks/{check.pk}/log.pdf")
    assert answer_.content.startswith(b"%PDF")
    table = log_table(check, happened.happened(check, now() + timedelta(hours=1)))
    rows = [row for section in table.sections for row in section.rows]
    assert [f"{check.called.count()}人に聞いた"] == [row[2] for row in rows if row[1] == "開始"]


def test_the_log_tells_what_happened_in_order_of_time(ward: Ward, crisis: Client) -> None:
    check = drilled(crisis)
    people = list(check.called.order_by("pk")[:3])
    at = check.started_at + timedelta(minutes=2)
    answer(people[0], Given(check.started_at + timedelta(microseconds=1), "safe"))
    answer(people[1], Given(at, "safe"))
    answer(people[2], Given(at + timedelta(minutes=3), "hurt"), by="desk")
    Called.objects.filter(pk=people[0].pk).update(arrived_at=at + timedelta(minutes=9))
    Message.objects.filter(called=people[0]).update(
        state=Message.SENT, sent_at=check.started_at + timedelta(minutes=1)
    )
    bulletin = Bulletin.objects.create(
        check_asked=check, at=at + timedelta(minutes=20), by="desk", text="本庁舎へ"
    )
    Receipt.objects.create(bulletin=bulletin, called=people[0], at=bulletin.at)
    CallRound.objects.create(
        check_asked=check,
        number=1,
        label="第2班",
        need=9,
        due_at=at,
        called_at=at + timedelta(minutes=30),
        people=4,
    )
    crisis.post(f"/safety/checks/{check.pk}/close")
    check.refresh_from_db()
    Check.objects.filter(pk=check.pk).update(closed_at=at + timedelta(hours=1))
    check.refresh_from_db()
    lines = happened.happened(check, now() + timedelta(hours=2))
    told = [(line.kind, line.text) for line in lines]
    assert [each for each in told if each[0] != "操作"] == [
        ("開始", f"{check.called.count()}人に聞いた"),
        ("答え", "無事 1人"),
        ("送信", "メール：送った 1通"),
        ("答え", "無事 1人"),
        ("代わりの答え", "軽傷 1人"),
        ("到着", "1人"),
        ("指示", "本庁舎へ"),
        ("指示の既読", "1人"),
        ("次の呼集", "第2班：4人"),
        ("終了", "聞くのを終えた"),
    ]
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    text = crisis.get(f"/safety/checks/{check.pk}/log.csv").content.decode("utf-8-sig")
    assert "代わりの答え" in text
    assert "起きたこと" in crisis.get(f"/safety/checks/{check.pk}/log").content.decode()


def test_who_never_answers_is_told_after_three_checks_to_crisis_management_alone(
    ward: Ward, crisis: Client, signed_in: SignIn
) -> None:
    quiet = ward.first("税務係", "060")
    for _ in range(3):
        assert learning.silent_people(now()) == {}
        check = drilled(crisis)
        for called in check.called.exclude(person=quiet):
            Called.objects.filter(pk=called.pk).update(first_at=now(), status="safe")
        crisis.post(f"/safety/checks/{check.pk}/close")
    assert learning.silent_people(now()) == {quiet: 3}
    assert ward.names[quiet] in crisis.get("/safety/drills").content.decode()
    other = signed_in("税務係", "050")
    for path in ("drills", f"checks/{check.pk}/report", f"checks/{check.pk}/log"):
        assert other.get(f"/safety/{path}").status_code == 403


def test_the_demo_ward_is_told_of_a_drill(ward: Ward) -> None:
    drill_scene.show({}, now=NOW)
    drill, surprise = PlannedDrill.objects.all()
    assert (drill.announced, drill.at.astimezone(TOKYO).hour) == (True, 9)
    assert (surprise.announced, surprise.series is not None) == (False, True)
