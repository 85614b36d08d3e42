"""A plan at a browser: there for who is named on it, and for nobody else."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from meibo.apps.directory.models import FoundSet
from meibo.apps.personnel.queries import checking
from meibo.apps.personnel.queries.checking import town
from meibo.domain.book import Effect, Line
from meibo.domain.checking import CHECKS
from meibo.ledger import drawer
from meibo.ledger.drawer import LineChange
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
APRIL = date(2027, 4, 1)


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


def begun(clerk: Client, title: str = "四月の案") -> int:
    answer = clerk.post("/personnel/plans/new", {"title": title, "day": "2027-04-01"})
    assert answer.status_code == 302
    return int(answer["Location"].rstrip("/").rsplit("/", 1)[1])


def test_a_plan_is_begun_and_there_for_who_began_it_alone(
    clerk: Client, signed_in: SignIn, ward: Ward
) -> None:
    number = begun(clerk)
    assert "四月の案" in clerk.get("/personnel/plans/").content.decode()
    assert clerk.get(f"/personnel/plans/{number}/").status_code == 200
    other = signed_in("人事係", "050", ("hr",))
    assert other.get(f"/personnel/plans/{number}/").status_code == 404
    assert other.get(f"/personnel/plans/{number}/findings").status_code == 404
    assert "四月の案" not in other.get("/personnel/plans/").content.decode()
    assert "0件" in other.get("/personnel/plans/").content.decode()
    stranger = signed_in("税務係", "060")
    assert stranger.get(f"/personnel/plans/{number}/").status_code == 403


def test_what_is_noted_of_a_plan_names_nobody(clerk: Client, ward: Ward) -> None:
    number = begun(clerk)
    name = drawer.plan_for_house(number).created_by
    person = ward.first("税務係", "050")
    line = Line(0, APRIL, NOW, Effect.MOVE, person, "配置換", unit=ward.codes["収納係"], post="050")
    drawer.put(number, [LineChange(line)], account=name, now=NOW)
    page = clerk.get(f"/personnel/plans/{number}/").content.decode()
    assert "収納係" in page
    assert "納税課" in page or "税務課" in page
    found = clerk.get(f"/personnel/plans/{number}/findings").content.decode()
    assert "空きます" in found
    records = AuditRecord.objects.all()
    assert not [r for r in records if r.subjects.filter(person=person).exists()]
    assert {r.act for r in records} >= {"plan"}
    codes = {each.code for each in checking.findings(number, today=TODAY)}
    assert "vacancy" in codes


def test_a_plan_of_an_intake_waits_to_be_taken_over_by_one(
    clerk: Client, signed_in: SignIn, ward: Ward
) -> None:
    line = Line(0, APRIL, NOW, Effect.MOVE, ward.first("税務係", "050"), "配置換")
    number = drawer.lay_in("取込の案", [(line, "a.csv:1")], now=NOW)
    assert "取込の案" in clerk.get("/personnel/plans/").content.decode()
    assert clerk.get(f"/personnel/plans/{number}/").status_code == 404
    clerk.post(f"/personnel/plans/{number}/claim")
    assert clerk.get(f"/personnel/plans/{number}/").status_code == 200
    other = signed_in("人事係", "050", ("hr",))
    assert "取込の案" not in other.get("/personnel/plans/").content.decode()
    assert other.post(f"/personnel/plans/{number}/claim").status_code == 404
    assert other.get(f"/personnel/plans/{number}/").status_code == 404


def test_a_plan_is_renamed_by_the_newest_and_thrown_away(clerk: Client, ward: Ward) -> None:
    number = begun(clerk)
    version = drawer.plan_for_house(number).version
    address = f"/personnel/plans/{number}/settings"
    values = {"title": "四月の案・改", "day": "2027-04-01", "note": "", "version": version}
    assert clerk.post(address, values).status_code == 302
    stale = clerk.post(address, {**values, "title": "別の名"})
    assert stale.status_code == 409
    assert "四月の案・改" in stale.content.decode()
    told = clerk.post(f"/personnel/plans/{number}/discard", follow=True).content.decode()
    assert "捨てていません" in told
    assert clerk.get(f"/personnel/plans/{number}/").status_code == 200
    clerk.post(f"/personnel/plans/{number}/discard", {"sure": "1"})
    assert clerk.get(f"/personnel/plans/{number}/").status_code == 404


def test_the_auditor_reads_what_was_done_with_a_plan_by_its_number_alone(
    clerk: Client, signed_in: SignIn
) -> None:
    number = begun(clerk)
    clerk.post(f"/personnel/plans/{number}/step/undo")
    log = signed_in("法規係", "060", ("audit",)).get("/audit/?act=plan").content.decode()
    told = log.split("<tbody>")[1].split("</tbody>")[0]
    assert "元に戻した" in told
    assert "異動案の番号" in told
    assert "四月の案" not in told


def test_a_check_that_the_towns_table_does_not_know_is_made_as_a_warning(
    clerk: Client, ward: Ward, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "plan_rules.csv").write_text(
        "rule,label,severity,on,parameters\nvacancy,空席,error,0,\n", encoding="utf-8"
    )
    settings.MEIBO_TOWN = tmp_path
    known = town.rules()
    assert (known["vacancy"].on, known["two_heads"].on) == (False, True)
    assert known["two_heads"].severity == "warning"
    assert set(known) == set(CHECKS)


def test_a_found_set_goes_into_a_plan_once(clerk: Client, ward: Ward) -> None:
    number = begun(clerk)
    people = [ward.first("税務係", "050"), ward.first("税務係", "060")]
    clerk.post("/sets/new", {"person": people[0], "name": "動かす人"})
    found = FoundSet.objects.get(name="動かす人").pk
    clerk.post(f"/sets/{found}/deed", {"do": "in", "id": people[1]})
    offered = f"/personnel/plans/from-set?set={found}"
    assert offered in clerk.get(f"/sets/{found}").content.decode()
    assert "四月の案" in clerk.get(offered).content.decode()
    assert clerk.post(offered, {"plan": "999"}).status_code == 422
    answer = clerk.post(offered, {"plan": number}, follow=True).content.decode()
    assert "2人を加えました" in answer
    assert [draft.line.person for draft in drawer.lines(number)] == people
    again = clerk.post(offered, {"plan": number}, follow=True).content.decode()
    assert "もう案にいる2人は加えていません" in again
    assert len(drawer.lines(number)) == 2
    assert clerk.get("/personnel/plans/from-set?set=999").status_code == 404


def test_pasted_lines_are_counted_at_once(clerk: Client) -> None:
    number = begun(clerk)
    table = {"text": "用語\t新所属\n配置換\t収納係\n配置換\t収納係\n"}
    told = clerk.post(
        f"/personnel/plans/{number}/paste", table, headers={"accept": "application/json"}
    )
    assert told.json()["lines"] == 2


def test_done_corrections_do_not_crowd_the_list_and_are_found_under_their_own(
    clerk: Client, ward: Ward
) -> None:
    begun(clerk)
    assert "どの案を出すか" not in clerk.get("/personnel/plans/").content.decode()
    name = drawer.plans(f"t.{ward.first('人事係', '060')}")[0].created_by
    for title in ("済んだ訂正", "途中の訂正"):
        number = drawer.begin(title, account=name, now=NOW, day=APRIL, kind=drawer.CORRECTION)
        if title == "済んだ訂正":
            drawer.pass_on(number, drawer.ANNOUNCED, expected=[drawer.DRAFT], now=NOW)

    def listed(show: str) -> set[str]:
        context = clerk.get(f"/personnel/plans/?show={show}").context
        return {plan.title for plan in context["plans"]}

    assert listed("") == {"四月の案", "途中の訂正"}
    assert listed("transfers") == {"四月の案"}
    assert listed("corrections") == {"済んだ訂正", "途中の訂正"}
    assert listed("all") == {"四月の案", "済んだ訂正", "途中の訂正"}
    page = clerk.get("/personnel/plans/?show=corrections").content.decode()
    assert 'href="/personnel/plans/?show=all">すべて 3' in page
    assert 'show=corrections" aria-current="true">訂正だけ 2' in page
