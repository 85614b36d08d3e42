"""決裁・内示・発令 at a browser: for who is named, and nothing for anybody else."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from meibo.apps.personnel.actions import deciding
from meibo.apps.personnel.actions.plans.reorganising import reorganise
from meibo.apps.personnel.models import Receipt, Submission
from meibo.apps.personnel.queries.checking import findings
from meibo.domain.checking.findings import WARNING
from meibo.domain.checking.reorganising import Change
from meibo.ledger import drawer, house
from meibo.ledger.drawer import LineChange
from meibo.platform import door
from meibo.platform.accounts.models import Account
from meibo.platform.audit.models import AuditRecord
from meibo.platform.jobs import actions as jobs
from meibo.platform.jobs.models import Job
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.deciding.scenes import APRIL, NOW, Case, actor, case, move


@pytest.fixture
def plan(ward: Ward, signed_in: SignIn) -> Case:
    made = case(ward)
    drawer.name(made.number, f"t.{ward.first('人事係', '060')}", drawer.EDIT, by=made.clerk.name)
    return made


@pytest.fixture
def clerk(plan: Case, signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


def browser(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=name))
    return client


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]  # of the test client


def test_from_draft_to_announced_through_the_pages(plan: Case, clerk: Client, ward: Ward) -> None:
    tab = f"/personnel/plans/{plan.number}/deciding"
    assert "決裁に出す" in text(clerk.get(tab))
    sent = {"version": plan.version, "approver": ["jinjikacho", ""], "words": "お願いします"}
    assert "決裁に出しました" in text(
        clerk.post(f"/personnel/plans/{plan.number}/submit", sent, follow=True)
    )
    boss = browser("jinjikacho")
    assert "決裁を待っている案が1件" in text(boss.get("/"))
    page = text(boss.get("/decisions/"))
    assert "春の案" in page
    number = plan_submission(plan)
    page = text(boss.get(f"/decisions/{number}"))
    for words in (
        "お願いします",
        "収納係",
        ward.names[plan.lines[0].line.person].split("\u3000")[0],
    ):
        assert words in page
    answer = boss.post(f"/decisions/{number}/decide", {"deed": "approve"}, follow=True)
    assert "決裁が済みました" in text(answer)
    assert "決裁を待っている案" not in text(boss.get("/"))
    page = text(clerk.get(f"/personnel/plans/{plan.number}/announce"))
    assert "1件を発令する" in page
    now = {"version": plan.version}
    answer = clerk.post(f"/personnel/plans/{plan.number}/announce/now", now)
    assert answer["Location"] == f"/jobs/{Job.objects.get().pk}"
    jobs.work_all(lambda: NOW)
    assert "1件を発令しました" in text(clerk.get(answer["Location"]))
    page = text(clerk.get(tab))
    assert "発令しました" in page
    papers = re.findall(r'href="(/papers/forms/[^"]+)"', page)
    assert {path.split("?")[0].rsplit("/", 1)[1] for path in papers} == {
        *("jirei", "notice", "moves", "orders")
    }
    for path in papers:
        assert clerk.get(html.unescape(path)).status_code == 200


def test_who_is_asked_to_decide_beside_the_route_is_shown_by_name_first(
    plan: Case, clerk: Client, ward: Ward, signed_in: SignIn
) -> None:
    signed_in("戸籍係", "060")
    stranger = f"t.{ward.first('戸籍係', '060')}"
    address = f"/personnel/plans/{plan.number}/submit"
    sent = {"version": plan.version, "approver": [stranger]}
    answer = clerk.post(address, sent)
    assert answer.status_code == 422
    assert ward.names[ward.first("戸籍係", "060")].split("\u3000")[0] in text(answer)
    assert "所属長の職にある人ではありません" in text(answer)
    assert plan.state == drawer.DRAFT
    other = clerk.post(address, sent | {"approver": [stranger, "jinjikacho"], "sure": stranger})
    assert other.status_code == 422  # somebody else than was looked at
    assert plan.state == drawer.DRAFT
    clerk.post(address, sent | {"sure": stranger})
    assert plan.state == drawer.SUBMITTED


def test_who_is_moved_by_a_plan_does_not_decide_on_it(
    plan: Case, clerk: Client, ward: Ward, signed_in: SignIn
) -> None:
    signed_in("税務係", "060")
    mover = f"t.{ward.first('税務係', '060')}"
    sent = {"version": plan.version, "approver": [mover], "sure": mover}
    answer = clerk.post(f"/personnel/plans/{plan.number}/submit", sent)
    assert "この案で異動する人は、この案を決裁できません" in text(answer)
    assert plan.state == drawer.DRAFT


def test_before_the_hour_of_notice_announcing_asks_once_more(plan: Case, clerk: Client) -> None:
    plan.approved()
    at = door.moment().astimezone(ZoneInfo("Asia/Tokyo")) + timedelta(days=2)
    sent = {"version": plan.version, "day": f"{at:%Y-%m-%d}", "hour": "09:00"}
    clerk.post(f"/personnel/plans/{plan.number}/notice", sent)
    assert f"内示 {at.month}月{at.day}日 09:00" in text(clerk.get("/personnel/plans/"))
    page = text(clerk.get(f"/personnel/plans/{plan.number}/announce"))
    assert "いま発令すると、内示より先に知られます" in page
    now = {"version": plan.version}
    address = f"/personnel/plans/{plan.number}/announce/now"
    assert "内示の時刻がまだです" in text(clerk.post(address, now, follow=True))
    assert not Job.objects.exists()
    clerk.post(address, now | {"early": "1"})
    jobs.work_all(lambda: NOW)
    assert plan.state == drawer.ANNOUNCED
    steps = text(clerk.get(f"/personnel/plans/{plan.number}/deciding"))
    assert "内示<span" not in steps  # there was none


def test_who_is_moved_finds_it_on_the_first_page_when_it_is_announced_and_nobody_else(
    plan: Case, clerk: Client, signed_in: SignIn, ward: Ward
) -> None:
    words = "2027年4月2日付の、あなたへの発令があります"
    mover, other = signed_in("税務係", "060"), signed_in("戸籍係", "060")
    plan.approved()
    assert words not in text(mover.get("/"))
    clerk.post(f"/personnel/plans/{plan.number}/announce/now", {"version": plan.version})
    jobs.work_all(lambda: NOW)
    page = text(mover.get("/"))
    assert words in page
    assert "収納係" in text(mover.get(f"/people/{ward.first('税務係', '060')}?on=2027-04-02"))
    assert words not in text(other.get("/"))


def test_a_notice_comes_before_the_day_of_the_orders(plan: Case, clerk: Client) -> None:
    plan.approved()
    sent = {"version": plan.version, "day": "2027-04-02", "hour": "09:00"}
    answer = clerk.post(f"/personnel/plans/{plan.number}/notice", sent)
    assert answer.status_code == 422
    assert "発令日（2027年4月2日）の前になっていません" in text(answer)


def test_the_minute_that_runs_is_an_hour_of_notice_and_a_past_one_stays_on_the_page(
    plan: Case, clerk: Client
) -> None:
    plan.approved()
    now = door.moment().astimezone(ZoneInfo("Asia/Tokyo"))
    past = now - timedelta(days=1)
    address = f"/personnel/plans/{plan.number}/notice"
    sent = {"version": plan.version, "day": f"{past:%Y-%m-%d}", "hour": "09:00"}
    answer = clerk.post(address, sent)
    assert answer.status_code == 422
    assert "過ぎています" in text(answer)
    assert f'value="{past:%Y-%m-%d}"' in text(answer)
    answer = clerk.post(address, sent | {"day": f"{now:%Y-%m-%d}", "hour": f"{now:%H:%M}"})
    assert answer.status_code == 302
    assert plan.state == drawer.NOTICED


def plan_submission(plan: Case) -> int:

    return Submission.objects.latest("pk").pk


def test_who_is_not_to_decide_finds_nothing(plan: Case, ward: Ward, signed_in: SignIn) -> None:
    asked = plan.submit(plan.boss)
    for client in (signed_in("税務係", "060"), signed_in("文書係", "050", ("hr",))):
        assert client.get(f"/decisions/{asked}").status_code == 404
        answer = client.post(f"/decisions/{asked}/decide", {"deed": "approve"})
        assert answer.status_code == 404
        assert "春の案" not in text(client.get("/decisions/"))
        assert "決裁を待っている" not in text(client.get("/"))
    assert Client().get("/decisions/").status_code in {302, 403}
    assert plan.state == drawer.SUBMITTED


def test_who_decides_reads_names_and_places_and_no_reason(plan: Case, ward: Ward) -> None:
    asked = plan.submit(plan.boss)
    [line] = plan.lines
    page = text(browser("jinjikacho").get(f"/decisions/{asked}"))
    assert "収納係" in page
    assert line.line.person not in page
    assert "級" not in page  # of grades this head's table says nothing
    # Of a grade nothing was read, and so nothing is noted of anybody.
    assert not AuditRecord.objects.filter(act="read", subjects__person=line.line.person).exists()


def test_refusing_needs_a_reason_and_brings_the_plan_back(plan: Case, clerk: Client) -> None:
    asked = plan.submit(plan.boss)
    boss = browser("jinjikacho")
    answer = boss.post(f"/decisions/{asked}/decide", {"deed": "refuse"}, follow=True)
    assert "理由を書いて" in text(answer)
    sent = {"deed": "refuse", "reason": "行き先が違います"}
    boss.post(f"/decisions/{asked}/decide", sent)
    assert "行き先が違います" in text(clerk.get(f"/personnel/plans/{plan.number}/deciding"))
    # While it is worked on, who decides follows nothing of it.
    assert boss.get(f"/decisions/{asked}").status_code == 404


def test_a_page_left_open_tells_what_happened_meanwhile(plan: Case) -> None:
    asked = plan.submit(plan.boss)
    boss = browser("jinjikacho")
    plan.refuse(asked, plan.boss)
    answer = boss.post(f"/decisions/{asked}/decide", {"deed": "approve"}, follow=True)
    assert "もう差し戻されています" in text(answer)
    asked = plan.submit(plan.boss)
    deciding.withdraw(plan.number, version=plan.version, actor=plan.clerk, now=NOW)
    answer = boss.post(f"/decisions/{asked}/decide", {"deed": "approve"}, follow=True)
    assert "取り下げました" in text(answer)
    assert plan.state == drawer.DRAFT


def test_who_decides_reads_what_the_checks_doubt_and_of_whom_they_do_not(
    plan: Case, ward: Ward
) -> None:
    staying = move(ward, ward.first("文書係", "060"), "文書係")
    drawer.put(plan.number, [LineChange(staying)], account=plan.clerk.name, now=NOW)
    asked = plan.submit(plan.boss)
    page = text(browser("jinjikacho").get(f"/decisions/{asked}"))
    found = [f for f in findings(plan.number, today=TODAY) if f.severity == WARNING]
    assert [f.code for f in found] == ["unchanged"]
    assert "変わるところのない異動　1件" in page
    assert found[0].message not in page


def test_who_decides_reads_what_becomes_of_units(plan: Case, ward: Ward) -> None:
    changes = [
        Change("統合", ward.codes["課税第一係"], ward.codes["課税第二係"]),
        Change("改称", ward.codes["文書係"], "", "公文書係"),
    ]
    tree = house.organisation(APRIL)
    reorganise(*(plan.number, changes, tree, APRIL, plan.version), actor=plan.clerk, now=NOW)
    page = text(browser("jinjikacho").get(f"/decisions/{plan.submit(plan.boss)}"))
    assert "組織改編 <small>2件" in page
    assert "区民部 税務課 課税第一係 → " in page
    assert "総務部 総務課 公文書係" in page
    first = ward.codes["課税第一係"]
    moved = sum(len(people) for (unit, _), people in ward.seats.items() if unit == first)
    assert f"組織とともに所属が変わる人 {moved}人" in page


def test_a_deputy_is_named_on_a_page_of_ones_own(plan: Case, ward: Ward) -> None:
    asked = plan.submit(plan.boss)
    deputy = actor(ward, "hosa", "人事課", "040")
    boss, other = browser("jinjikacho"), browser("hosa")
    assert other.get(f"/decisions/{asked}").status_code == 404
    sent = {"who": "nobody", "starts": "2026-11-23", "last": "2026-11-24"}
    assert boss.post("/decisions/deputies", sent).status_code == 422
    answer = boss.post("/decisions/deputies", sent | {"who": deputy.name}, follow=True)
    assert "代決者を決めました" in text(answer)
    assert "代決" in text(other.get(f"/decisions/{asked}"))
    other.post(f"/decisions/{asked}/decide", {"deed": "approve"})
    assert plan.state == drawer.APPROVED
    assert "代決" in text(boss.get("/decisions/"))


def test_a_notice_shows_from_its_hour_on_and_says_who_has_opened_it(
    plan: Case, clerk: Client, signed_in: SignIn, ward: Ward
) -> None:
    plan.approved()
    tab = f"/personnel/plans/{plan.number}"
    day = door.moment() + timedelta(days=30)
    sent = {"version": plan.version, "day": f"{day:%Y-%m-%d}", "hour": "09:00"}
    assert "それまでは誰にも" in text(clerk.post(f"{tab}/notice", sent, follow=True))
    mover, head = signed_in("税務係", "060"), signed_in("収納係", "050")
    for who in (mover, head):
        assert "内示があります" not in text(who.get("/"))
        assert "いま、あなたへの内示はありません" in text(who.get("/notices/"))
    past = door.moment() - timedelta(minutes=1)
    drawer.pass_on(plan.number, drawer.NOTICED, expected=[drawer.NOTICED], now=NOW, notice_at=past)
    assert "あなたへの内示があります" in text(mover.get("/"))
    assert "所属の職員への内示" in text(head.get("/"))
    assert "収納係" in text(mover.get("/notices/"))
    assert "あなたの所属に来る職員" in text(head.get("/notices/"))
    assert "いま、あなたへの内示はありません" in text(signed_in("文書係", "060").get("/notices/"))
    page = text(clerk.get(f"{tab}/deciding"))
    assert "まだ 0人／1人" in page
    sheets = text(clerk.get(f"{tab}/notice/sheets"))
    assert "内示書" in sheets
    assert "収納係" in sheets
    answer = clerk.get(f"{tab}/sheets/informal?unopened=1", follow=True)
    assert "書類に載せる人がいません" in text(answer)
    assert "取りやめました" in text(clerk.post(f"{tab}/notice/back", follow=True))
    assert "いま、あなたへの内示はありません" in text(mover.get("/notices/"))


def test_looking_whether_the_page_is_there_is_not_reading_it(plan: Case, ward: Ward) -> None:

    plan.approved()
    past = door.moment() - timedelta(minutes=1)
    drawer.pass_on(plan.number, drawer.NOTICED, expected=[drawer.APPROVED], now=NOW, notice_at=past)
    actor(ward, "mover", "税務係", "060")
    browser("mover").head("/notices/")
    assert not Receipt.objects.exists()
    browser("mover").get("/notices/")
    assert Receipt.objects.count() == 1
