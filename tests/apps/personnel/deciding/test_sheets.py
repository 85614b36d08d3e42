"""内示書 and drafts of 辞令: for who may open the plan, and to each addressee their own."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from meibo.apps.papers.queries.asked import Asked
from meibo.apps.papers.queries.book import letters
from meibo.apps.personnel.actions import deciding
from meibo.apps.personnel.models import Receipt
from meibo.apps.personnel.queries.deciding.sheets import rows_of, sheet_of
from meibo.domain.book import Effect, Line
from meibo.domain.disclosure import Viewer
from meibo.ledger import drawer, writer
from meibo.ledger.drawer import LineChange
from meibo.platform import door
from meibo.platform.audit.models import AuditRecord
from meibo.platform.jobs import actions as jobs
from meibo.platform.jobs.models import Job
from meibo.platform.papers import beside
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.deciding.scenes import APRIL, NOW, Case, case, move
from tests.house.canary import pdf

HR = Viewer(frozenset({"hr", "staff"}), TODAY)


@pytest.fixture
def plan(ward: Ward, signed_in: SignIn) -> Case:
    """Two of them move, a newcomer comes, one is away."""
    made = case(ward)
    comes = writer.new_id()
    drawer.welcome([comes])
    unit = ward.codes["資格係"]
    enter = Line(*(0, APRIL, NOW, Effect.ENTER, comes, "採用"), unit=unit, post="070")
    away = Line(
        *(0, APRIL, NOW, Effect.PAUSE, ward.first("税務係", "070"), "休職"),
        slot="leave",
        reason="2",
        note="内々の覚え書",
        until=APRIL + timedelta(days=90),
    )
    lines = [
        LineChange(move(ward, ward.first("戸籍係", "060"), "資格係")),
        LineChange(enter, newcomer="9000001"),
        LineChange(away),
    ]
    drawer.put(made.number, lines, account=made.clerk.name, now=NOW)
    filed = {"name": "新　人子", "kana": "アラタ　ヒトコ", "birth_date": "2004-05-06"}
    drawer.file(made.number, comes, filed, APRIL, account=made.clerk.name, now=NOW)
    drawer.name(made.number, f"t.{ward.first('人事係', '060')}", drawer.EDIT, by=made.clerk.name)
    return made


@pytest.fixture
def clerk(plan: Case, signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


def said(answer: object) -> str:
    assert answer["Content-Type"] == "application/pdf"  # type: ignore[index]  # of the test client
    return pdf.text(answer.content).replace("\n", "")  # type: ignore[attr-defined]  # of the test client


def test_the_letters_of_a_draft_are_those_that_are_printed_after_announcing(
    plan: Case, ward: Ward
) -> None:
    plan.approved()
    card = drawer.plan_for_house(plan.number)
    draft = sheet_of("jirei", card, HR, "試験区", None).sheet.data["letters"]
    plan.announced()
    made = letters(Asked(HR, APRIL, "試験区", first=APRIL, last=APRIL)).sheet.data["letters"]
    assert all(letter["no"] for letter in made)
    assert not any(letter["no"] for letter in draft)

    def plain(all_: list[dict[str, object]]) -> list[dict[str, object]]:
        return sorted(({**each, "no": ""} for each in all_), key=lambda each: str(each["name"]))

    assert plain(draft) == plain(made)
    assert len(draft) == 4


def test_a_letter_is_signed_by_who_appoints_where_the_person_goes(
    plan: Case, ward: Ward, settings: Any, tmp_path: Path
) -> None:
    town = Path(shutil.copytree(settings.MEIBO_TOWN, tmp_path / "town"))
    table = "unit,authority\n,区長\n資格係,教育委員会\n税務係,区議会議長\n"
    (town / "authorities.csv").write_text(table, encoding="utf-8")
    settings.MEIBO_TOWN = town
    plan.approved()
    card = drawer.plan_for_house(plan.number)
    draft = sheet_of("jirei", card, HR, "試験区", None).sheet.data["letters"]
    plan.announced()
    made = letters(Asked(HR, APRIL, "試験区", first=APRIL, last=APRIL)).sheet.data["letters"]
    council = ward.names[ward.first("税務係", "070")].replace("\u3000", " ")
    for own in (draft, made):
        signed = {letter["name"]: letter["office"] for letter in own}
        assert signed["新 人子"] == "試験区教育委員会"
        assert signed[council] == "試験区議会議長"  # away, so the order names no unit
        assert "試験区長" in signed.values()


def test_a_draft_of_letters_can_be_looked_at_before_the_decision_and_the_notice_not(
    plan: Case, clerk: Client
) -> None:
    page = clerk.get(f"/personnel/plans/{plan.number}/notice/sheets").content.decode()
    assert "sheets/jirei" in page
    assert "sheets/informal" not in page
    letter = said(clerk.get(f"/personnel/plans/{plan.number}/sheets/jirei"))
    assert "発令前の確認用" in letter
    assert "収納係" in letter
    answer = clerk.get(f"/personnel/plans/{plan.number}/sheets/informal", follow=True)
    assert "いまの案の段階では" in answer.content.decode()


def test_all_notices_of_a_plan_are_one_file_and_one_persons_is_theirs(
    plan: Case, clerk: Client, ward: Ward
) -> None:
    plan.approved()
    hour = door.moment() + timedelta(days=3)
    deciding.set_notice(
        plan.number, hour, version=plan.version, actor=plan.clerk, now=door.moment()
    )
    address = f"/personnel/plans/{plan.number}/sheets/informal"
    everybody = said(clerk.get(address))
    names = {ward.names.get(each.line.person, "新　人子") for each in plan.lines}
    for name in names:
        assert name.replace("\u3000", " ") in everybody
    assert "内々の覚え書" not in everybody
    mover = ward.first("税務係", "060")
    one = said(clerk.get(f"{address}?person={mover}"))
    assert ward.names[mover].replace("\u3000", " ") in one
    assert "新 人子" not in one
    assert clerk.get(f"{address}?person={ward.first('収納係', '050')}").status_code == 404
    detail = AuditRecord.objects.filter(act="plan").latest("no").detail
    assert "内示書を作る" in detail
    assert mover not in detail


def test_many_are_made_as_a_job_for_who_may_still_open_the_plan(
    plan: Case, clerk: Client, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.approved()
    monkeypatch.setattr(beside, "AT_ONCE", 3)
    page = f"/personnel/plans/{plan.number}/notice/sheets"
    assert "まとめて作る" in clerk.get(page).content.decode()
    address = f"/personnel/plans/{plan.number}/sheets/informal"
    assert clerk.get(address)["Location"] == page
    told = clerk.post(f"{address}/ask")["Location"]
    jobs.work_all(door.moment)
    job = Job.objects.latest("pk")
    assert told == f"/jobs/{job.pk}"
    assert "内示書ができました（4人）" in job.words
    assert "新 人子" in said(clerk.get(job.address + "?file=1"))
    clerk.post(f"{address}/ask")
    account = f"t.{ward.first('人事係', '060')}"
    drawer.unname(plan.number, account, by=plan.clerk.name)
    jobs.work_all(door.moment)
    again = Job.objects.latest("pk")
    assert again.state == Job.FAILED
    assert "この異動案はありません" in again.words


def test_who_was_taken_off_the_plan_cannot_fetch_what_was_made_before(
    plan: Case, clerk: Client, ward: Ward
) -> None:
    plan.approved()
    clerk.post(f"/personnel/plans/{plan.number}/sheets/informal/ask")
    jobs.work_all(door.moment)
    address = Job.objects.latest("pk").address
    assert clerk.get(f"{address}?file=1").status_code == 200
    account = f"t.{ward.first('人事係', '060')}"
    drawer.unname(plan.number, account, by=plan.clerk.name)
    assert clerk.get(address).status_code == 404
    assert clerk.get(f"{address}?file=1").status_code == 404
    drawer.name(plan.number, account, drawer.EDIT, by=plan.clerk.name)
    assert clerk.get(f"{address}?file=1").status_code == 200
    deciding.withdraw(plan.number, version=plan.version, actor=plan.clerk, now=NOW)
    assert clerk.get(f"{address}?file=1").status_code == 404, "notices of what is decided no more"


def test_who_is_not_named_gets_no_sheet(plan: Case, signed_in: SignIn) -> None:
    plan.approved()
    other = signed_in("文書係", "050", ("hr",))
    plain = signed_in("税務係", "060")
    for path in ("notice/sheets", "sheets/jirei", "sheets/informal"):
        assert other.get(f"/personnel/plans/{plan.number}/{path}").status_code == 404
        assert plain.get(f"/personnel/plans/{plan.number}/{path}").status_code == 403
    assert other.post(f"/personnel/plans/{plan.number}/sheets/jirei/ask").status_code == 404
    assert not Job.objects.exists()


def test_an_addressee_prints_their_own_lines_from_the_hour_on_and_no_log_tells(
    plan: Case, ward: Ward, signed_in: SignIn
) -> None:
    plan.approved()
    mover = signed_in("税務係", "060")
    head = signed_in("税務係", "050")
    now = door.moment()

    def give(minutes: int) -> None:
        at = now + timedelta(minutes=minutes)
        drawer.pass_on(
            *(plan.number, drawer.NOTICED),
            expected=[drawer.APPROVED, drawer.NOTICED],
            notice_at=at,
            now=now,
        )

    give(30)
    assert mover.get("/notices/sheet").status_code == 404
    give(-1)
    before = AuditRecord.objects.count()
    text = said(mover.get("/notices/sheet"))
    assert ward.names[ward.first("税務係", "060")].replace("\u3000", " ") in text
    assert "収納係" in text
    assert ward.names[ward.first("戸籍係", "060")].replace("\u3000", " ") not in text
    assert AuditRecord.objects.count() == before
    assert list(Receipt.objects.values_list("person", flat=True)) == [ward.first("税務係", "060")]
    assert 'href="/notices/sheet"' in mover.get("/notices/").content.decode()
    # A head reads who leaves and who comes on the page; a sheet is for the addressee alone.
    assert head.get("/notices/").status_code == 200
    assert head.get("/notices/sheet").status_code == 404


def test_a_cancelling_line_is_put_into_nobodys_hand(plan: Case, ward: Ward) -> None:
    drafts = plan.lines
    assert len(rows_of(plan.number, drafts, HR, None)) == 4
    number = drawer.begin("訂正", account=plan.clerk.name, now=NOW, day=APRIL)
    person = ward.first("税務係", "060")
    void = Line(0, APRIL, NOW, Effect.VOID, person, "取消", voids=1)
    drawer.put(number, [LineChange(void)], account=plan.clerk.name, now=NOW)
    assert sheet_of("jirei", drawer.plan_for_house(number), HR, "", None).count == 0
