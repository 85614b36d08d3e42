"""The round of 会計年度任用職員: asked, answered, decided, then orders in the drawer, once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from meibo.apps.personnel.actions import renewal as actions
from meibo.apps.personnel.actions import renewal_orders
from meibo.apps.personnel.actions.renewal import RenewalError
from meibo.apps.personnel.models import RenewalItem, RenewalRound
from meibo.domain.book import Effect, Line
from meibo.domain.disclosure import Viewer
from meibo.domain.renewal import Answer
from meibo.ledger import contracts, drawer, reader, writer
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ENDS, LAST = date(2027, 3, 31), date(2028, 3, 31)
JINJI = Actor("jinji")
HR = Viewer(frozenset({"hr"}), TODAY)


def hire(ward: Ward, number: int, unit: str, since: int, **more: object) -> str:
    """A 会計年度パートタイム since 1 April of a year, to the end of this fiscal year."""
    batch = writer.Batch()
    batch.codes.append(writer.NewCode("employment", "6", "会計年度パートタイム", 6))
    person, start = f"p9{number:04}", date(since, 4, 1)
    batch.people[person] = f"9{number:06}"
    for field, value in {
        "name": f"年度　{number}",
        "kana": f"ネンド　{number}",
        "hours": "1740",
    }.items():
        batch.filings.append(writer.NewFiling(person, field, value, start, NOW))
    stated = {"unit": ward.codes[unit], "post": "901", "employment": "6", "term_end": ENDS} | more
    line = Line(0, start, NOW, Effect.ENTER, person, "会計年度任用", **stated)  # type: ignore[arg-type]  # by name
    batch.add(line)
    writer.append(batch, actor="test", now=NOW)
    return person


@pytest.fixture
def people(ward: Ward) -> dict[str, str]:
    return {
        "young": hire(ward, 1, "税務係", 2025),
        "old": hire(ward, 2, "税務係", 2021),
        "else": hire(ward, 3, "収納係", 2024),
    }


@pytest.fixture
def number(people: dict[str, str]) -> int:
    until = date(2027, 1, 15)
    return actions.begin("再度の任用", ENDS, LAST, until, actor=JINJI, now=NOW, on=TODAY)


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


def item(number: int, person: str) -> RenewalItem:
    return RenewalItem.objects.get(round_id=number, person=person)


def decide(number: int, decision: str, *people: str) -> None:
    items = {
        i.pk: i.version for i in RenewalItem.objects.filter(round_id=number, person__in=people)
    }
    done, stale = actions.decide(number, items, decision, actor=JINJI, now=NOW)
    assert (done, stale) == (len(people), [])


def lay(number: int) -> renewal_orders.Laid:
    return renewal_orders.lay(number, actor=JINJI, now=NOW, on=TODAY)


def test_contracts_are_read_one_by_one_with_hours_and_term(
    ward: Ward, people: dict[str, str]
) -> None:
    found = {c.person: c for c in contracts.contracts({"会計年度パートタイム"}, TODAY)}
    assert set(found) == set(people.values())
    young = found[people["young"]]
    assert (young.post, young.term_end, young.minutes, young.renewed(date(2027, 4, 1))) == (
        "901",
        ENDS,
        1740,
        2,
    )


def second(ward: Ward, person: str, unit: str, ends: date = ENDS) -> None:
    """Another contract of the same person, of ten hours."""
    batch = writer.Batch()
    stated = {"unit": ward.codes[unit], "post": "901", "employment": "6", "term_end": ends}
    start = date(2026, 4, 1)
    line = Line(0, start, NOW, Effect.ENTER, person, "会計年度任用", appointment="2", **stated)  # type: ignore[arg-type]  # by name
    batch.add(line)
    batch.filings.append(writer.NewFiling(person, "hours:2", "600", start, NOW))
    writer.append(batch, actor="test", now=NOW)


def test_two_contracts_of_one_person_are_two_items(ward: Ward, people: dict[str, str]) -> None:
    second(ward, people["young"], "収納係")
    found = [
        c
        for c in contracts.contracts({"会計年度パートタイム"}, TODAY)
        if c.person == people["young"]
    ]
    assert {(c.appointment, c.unit, c.minutes) for c in found} == {
        ("", ward.codes["税務係"], 1740),
        ("2", ward.codes["収納係"], 600),
    }
    number = actions.begin("x", ENDS, LAST, None, actor=JINJI, now=NOW, on=TODAY)
    rows = RenewalItem.objects.filter(round_id=number, person=people["young"])
    actions.decide(number, {r.pk: 0 for r in rows}, "renew", actor=JINJI, now=NOW)
    assert lay(number).stopped == 2  # 29 and 10 hours are more than a full week together


def test_what_is_decided_becomes_orders_in_the_drawer_once(
    people: dict[str, str], number: int
) -> None:
    decide(number, "renew", people["young"])
    decide(number, "end", people["else"])
    laid = lay(number)
    assert (laid.orders, laid.ends, laid.undecided, laid.stopped) == (1, 1, 1, 0)
    assert laid.plan is not None
    [line] = drawer.lines(laid.plan)
    assert (line.line.person, line.line.wording, line.line.term_end) == (
        people["young"],
        "再度の任用",
        LAST,
    )
    assert lay(number).orders == 0
    assert len(drawer.lines(laid.plan)) == 1
    before = reader.card(HR, people["young"], on=date(2027, 4, 1))
    assert before is None  # nothing is announced
    drawer.pass_on(laid.plan, drawer.APPROVED, expected=[drawer.DRAFT], now=NOW)
    drawer.announce(laid.plan, actor="jinji", now=NOW)
    after = reader.card(HR, people["young"], on=date(2027, 4, 1))
    assert after is not None
    assert after["term_end"] == LAST.isoformat()


def test_whose_next_contract_is_ordered_already_is_not_asked_again(
    ward: Ward, people: dict[str, str]
) -> None:
    batch = writer.Batch()
    stated = {"unit": ward.codes["税務係"], "post": "901", "employment": "6", "term_end": LAST}
    line = Line(0, date(2027, 4, 1), NOW, Effect.ENTER, people["young"], "再度の任用", **stated)  # type: ignore[arg-type]  # by name
    batch.add(line)
    number = actions.begin("x", ENDS, LAST, None, actor=JINJI, now=NOW, on=TODAY)
    decide(number, "renew", people["young"])
    writer.append(batch, actor="test", now=NOW)
    assert lay(number).orders == 0  # ordered meanwhile, by somebody else
    actions.close(number, actor=JINJI, now=NOW)
    number = actions.begin("x", ENDS, LAST, None, actor=JINJI, now=NOW, on=TODAY)
    asked = RenewalItem.objects.filter(round_id=number).values_list("person", flat=True)
    assert set(asked) == {people["old"], people["else"]}


def test_other_hours_are_filed_with_the_orders(people: dict[str, str], number: int) -> None:
    row = item(number, people["young"])
    actions.change(row.pk, 0, Answer(decision="renew", minutes=1500), actor=JINJI, now=NOW)
    plan = lay(number).plan
    assert plan is not None
    [filing] = drawer.filings(plan)
    assert (filing.subject, filing.field, filing.value) == (people["young"], "hours", "1500")


def test_who_was_renewed_too_often_is_not_laid_in(people: dict[str, str], number: int) -> None:
    decide(number, "renew", people["old"])
    assert (lay(number).orders, lay(number).stopped) == (0, 1)


def test_who_was_chosen_in_an_open_competition_goes_on_however_often(
    people: dict[str, str], number: int, clerk: Client
) -> None:
    decide(number, "recruited", people["old"])
    row = item(number, people["old"])
    assert (row.decision, row.recruited) == ("renew", True)
    assert "更新（公募）" in clerk.get(f"/personnel/renewal/{number}").content.decode()
    sent = {"decision": "renew", "version": row.version}  # the mark taken away again
    clerk.post(f"/personnel/renewal/items/{row.pk}", sent)
    assert lay(number).stopped == 1
    sent |= {"version": item(number, people["old"]).version, "recruited": "on"}
    clerk.post(f"/personnel/renewal/items/{row.pk}", sent)
    assert lay(number).orders == 1


def test_the_section_speaks_of_its_own_people_alone(
    signed_in: SignIn, people: dict[str, str], number: int
) -> None:
    head = signed_in("税務課", "030")
    asked = "会計年度任用職員2人の、任期の後の意向を伝えてください"
    assert asked in head.get("/").content.decode()
    other = signed_in("文書係", "070")
    assert asked not in other.get("/").content.decode()
    page = head.get("/personnel/renewal/section").content.decode()
    assert "年度 1" in page
    assert "年度 3" not in page
    rows = [item(number, people[name]).pk for name in ("young", "else")]
    head.post(f"/personnel/renewal/{number}/say", {"item": rows, "wish": "yes"})
    assert item(number, people["young"]).section == "yes"
    assert item(number, people["else"]).section == ""
    assert "会計年度任用職員1人の" in head.get("/").content.decode()
    assert other.get("/personnel/renewal/section").status_code == 403


def test_one_answers_for_oneself_and_for_nobody_else(people: dict[str, str], number: int) -> None:
    mine = Actor("nendo1", people["young"])
    row, other = item(number, people["young"]), item(number, people["else"])
    actions.say_for_oneself(row.pk, "no", actor=mine, now=NOW)
    assert item(number, people["young"]).own == "no"
    with pytest.raises(RenewalError):
        actions.say_for_oneself(other.pk, "no", actor=mine, now=NOW)
    with pytest.raises(RenewalError):
        actions.say_for_oneself(row.pk, "perhaps", actor=mine, now=NOW)


def test_what_somebody_else_changed_meanwhile_is_left_as_it_is(
    people: dict[str, str], number: int
) -> None:
    row = item(number, people["young"])
    actions.decide(number, {row.pk: 0}, "end", actor=Actor("one"), now=NOW)
    done, stale = actions.decide(number, {row.pk: 0}, "renew", actor=Actor("two"), now=NOW)
    assert (done, [s.changed_by for s in stale]) == (0, ["one"])
    assert item(number, people["young"]).decision == "end"
    with pytest.raises(RenewalError, match="先に"):
        actions.change(row.pk, 0, Answer(decision="renew"), actor=JINJI, now=NOW)


def test_a_closed_round_is_closed(people: dict[str, str], number: int) -> None:
    actions.close(number, actor=JINJI, now=NOW)
    row, mine = item(number, people["young"]).pk, Actor("x", people["young"])
    with pytest.raises(RenewalError):
        actions.decide(number, {row: 0}, "renew", actor=JINJI, now=NOW)
    with pytest.raises(RenewalError):
        actions.say_for_oneself(row, "yes", actor=mine, now=NOW)


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        (ENDS, ENDS),
        (ENDS, date(2028, 4, 1)),
        (date(2026, 12, 31), date(2027, 4, 1)),
        (date(2026, 11, 30), ENDS),
    ],
)
def test_a_round_that_the_law_does_not_know_is_refused(
    people: dict[str, str], ends: date, last: date
) -> None:
    with pytest.raises(RenewalError):
        actions.begin("x", ends, last, None, actor=JINJI, now=NOW, on=TODAY)
    assert not RenewalRound.objects.exists()


def test_who_came_since_is_taken_in(ward: Ward, people: dict[str, str], number: int) -> None:
    late = hire(ward, 9, "総務係", 2026)
    assert actions.refresh(number, actor=JINJI, now=NOW, on=TODAY) == 1
    assert actions.refresh(number, actor=JINJI, now=NOW, on=TODAY) == 0
    assert item(number, late).decision == ""


def test_personnel_does_it_at_the_browser(
    clerk: Client, people: dict[str, str], signed_in: SignIn
) -> None:
    page = clerk.get("/personnel/renewal").content.decode()
    assert "令和9年度 再度の任用" in page
    values = {
        "title": "再度の任用",
        "ends": ENDS.isoformat(),
        "last": LAST.isoformat(),
        "until": "",
    }
    page = clerk.post("/personnel/renewal", values, follow=True).content.decode()
    assert "全部 3人" in page
    found = RenewalRound.objects.get()
    row = item(found.pk, people["young"])
    sent = {"item": row.pk, f"version-{row.pk}": row.version, "decision": "renew"}
    page = clerk.post(f"/personnel/renewal/{found.pk}/decide", sent, follow=True).content.decode()
    assert "1人を決めました" in page
    page = clerk.post(f"/personnel/renewal/{found.pk}/decide", sent, follow=True).content.decode()
    assert "先に変えた" in page
    page = clerk.post(f"/personnel/renewal/{found.pk}/lay", follow=True).content.decode()
    assert "1件の発令を異動案に入れました" in page
    bad = {"decision": "renew", "hours": "長い", "version": "0"}
    other = item(found.pk, people["else"])
    answer = clerk.post(f"/personnel/renewal/items/{other.pk}", bad)
    assert answer.status_code == 422
    assert "時間として読めません" in answer.content.decode()
    assert AuditRecord.objects.filter(act="plan").count() == 1
    assert signed_in("文書係", "070").get(f"/personnel/renewal/{found.pk}").status_code == 403


def test_a_form_that_was_garbled_on_its_way_changes_nothing(
    people: dict[str, str], number: int, clerk: Client
) -> None:
    row = item(number, people["young"])
    said = {"item": [row.pk, "x"], f"version-{row.pk}": "1e9", "decision": "renew"}
    response = clerk.post(f"/personnel/renewal/{number}/decide", said)
    assert response.status_code == 302
    assert item(number, people["young"]).decision == ""


def test_each_section_is_asked_about_the_contract_that_is_its_own(
    ward: Ward, people: dict[str, str], signed_in: SignIn, clerk: Client
) -> None:
    second(ward, people["young"], "管理係")
    number = actions.begin("x", ENDS, LAST, None, actor=JINJI, now=NOW, on=TODAY)
    rows = RenewalItem.objects.filter(round_id=number, person=people["young"])
    first, other = rows.get(appointment=""), rows.get(appointment="2")
    head = signed_in("税務課", "030")
    page = head.get("/personnel/renewal/section").content.decode()
    assert f'value="{first.pk}"' in page
    assert f'value="{other.pk}"' not in page
    head.post(f"/personnel/renewal/{number}/say", {"item": [first.pk, other.pk], "wish": "no"})
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.section, other.section) == ("no", "")
    assert "会計年度任用職員1人の" in head.get("/").content.decode()
    page = clerk.get(f"/personnel/renewal/items/{other.pk}").content.decode()
    place = page[page.index("<h1>") : page.index("</h1>")]
    assert "管理係" in place
    assert "この人のほかの任用" in page
    assert "29時間" in page
    there = ward.codes["生活福祉課"]
    page = clerk.get(f"/personnel/renewal/{number}?unit={there}").content.decode()
    assert f"/personnel/renewal/items/{other.pk}" in page
    assert f"/personnel/renewal/items/{first.pk}" not in page


def test_whose_plan_was_thrown_away_can_be_decided_on_and_laid_in_again(
    people: dict[str, str], number: int, clerk: Client
) -> None:
    decide(number, "renew", people["young"])
    plan = lay(number).plan
    assert plan is not None
    assert item(number, people["young"]).planned
    drawer.discard(plan, account="jinji")
    page = clerk.get(f"/personnel/renewal/{number}").content.decode()
    assert "異動案に入れた 0" in page
    assert f"version-{item(number, people['young']).pk}" in page
    laid = lay(number)
    assert (laid.orders, laid.plan != plan) == (1, True)


def test_the_new_place_is_found_by_its_name_on_the_day_on_which_it_begins(
    ward: Ward, people: dict[str, str], number: int, clerk: Client
) -> None:
    row = item(number, people["young"])
    address = f"/personnel/renewal/items/{row.pk}"

    def sent(unit: str) -> object:
        given = {"decision": "move", "unit": unit, "post": "", "hours": "", "version": "0"}
        return clerk.post(address, given)

    gone = sent("納税課")  # which is called 収納課 by then
    assert gone.status_code == 422  # type: ignore[attr-defined]  # of the test client
    assert "新しい任用の日にはありません" in gone.content.decode()  # type: ignore[attr-defined]  # as well
    assert sent("収納課").status_code == 302  # type: ignore[attr-defined]  # of the test client
    assert item(number, people["young"]).unit == ward.codes["納税課"]
    assert "収納課" in clerk.get(address).content.decode()


def test_people_are_asked_once_though_the_button_was_pressed_twice(
    people: dict[str, str], clerk: Client
) -> None:
    values = {"title": "再度の任用", "ends": ENDS.isoformat(), "last": LAST.isoformat()}
    assert clerk.post("/personnel/renewal", values).status_code == 302
    again = clerk.post("/personnel/renewal", values)
    assert again.status_code == 422
    assert "もう進んでいます" in again.content.decode()
    number = RenewalRound.objects.get().pk
    clerk.post(f"/personnel/renewal/{number}/close")
    assert clerk.post("/personnel/renewal", values).status_code == 302
