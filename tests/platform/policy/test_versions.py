"""公開基準 is dated and approved: drafted by one, approved by another, in force by itself."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from meibo.domain.disclosure import Viewer
from meibo.ledger import policy, reader
from meibo.ledger.models import TableVersion
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from meibo.platform.policy import actions
from meibo.platform.policy.actions import PolicyError
from meibo.platform.policy.models import Draft, State
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TODAY, Ward

WRITER, SECOND = Actor("writer", "p1"), Actor("second", "p2")
SOON = TODAY + timedelta(days=8)
pytestmark = pytest.mark.django_db


def changed(field: str, **cells: str) -> str:
    """The town's table with some cells of one row written over."""
    rows = list(csv.DictReader(io.StringIO(policy.town_version().text)))
    for row in rows:
        if row["field"] == field:
            row.update(cells)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def asked(text: str, starts: date = TODAY) -> Draft:
    draft = actions.begin(actor=WRITER, now=NOW, today=TODAY)
    actions.write(draft.pk, text, "決裁第12号", starts, actor=WRITER, now=NOW)
    return actions.ask(draft.pk, actor=WRITER, now=NOW, today=TODAY)


def approved(text: str, starts: date = TODAY) -> policy.Version:
    return actions.approve(asked(text, starts).pk, actor=SECOND, now=NOW, today=TODAY)


def colleague(on: date) -> Viewer:
    return Viewer(frozenset({"staff"}), on)


def test_the_towns_file_is_in_force_until_a_version_is_approved() -> None:
    assert policy.in_force(TODAY).number == 0
    assert "job" not in policy.table(TODAY).seen(frozenset({"staff"}))
    approved(changed("job", staff="v"))
    assert policy.in_force(TODAY).number == 1
    assert "job" in policy.table(TODAY).seen(frozenset({"staff"}))


def test_a_version_of_the_future_shows_nothing_today_and_takes_effect_by_itself(
    ward: Ward,
) -> None:
    person = ward.first("税務係", "060")
    approved(changed("job", staff="v"), SOON)

    def job(today: date) -> bool:
        card = reader.card(colleague(today), person, on=today)
        assert card is not None
        return "job" in card

    assert not job(TODAY)
    assert not job(SOON - timedelta(days=1))
    assert job(SOON)
    # A day looked at is no day on which one looks.
    ahead = reader.card(colleague(TODAY), person, on=SOON)
    assert ahead is not None
    assert "job" not in ahead


def test_of_two_versions_the_one_that_began_last_counts() -> None:
    approved(changed("job", staff="v"), SOON)
    approved(changed("grade", staff="v"), TODAY)
    assert policy.in_force(TODAY).number == 2
    assert policy.in_force(SOON).number == 1
    assert [each.number for each in policy.coming(TODAY)] == [1]


def test_whoever_had_a_hand_in_a_draft_never_approves_it() -> None:
    draft = asked(changed("job", staff="v"))
    for hand in (WRITER, Actor("another account", "p1"), Actor("writer", "p9")):
        with pytest.raises(PolicyError, match="案を書いた人"):
            actions.approve(draft.pk, actor=hand, now=NOW, today=TODAY)
    assert policy.in_force(TODAY).number == 0


def test_who_rewrote_anothers_draft_has_a_hand_in_it_too() -> None:
    draft = actions.begin(actor=WRITER, now=NOW, today=TODAY)
    text = changed("job", staff="v")
    actions.write(draft.pk, text, "決裁第12号", TODAY, actor=SECOND, now=NOW)
    actions.ask(draft.pk, actor=WRITER, now=NOW, today=TODAY)
    with pytest.raises(PolicyError):
        actions.approve(draft.pk, actor=SECOND, now=NOW, today=TODAY)


def test_a_draft_that_changed_nothing_or_is_late_or_says_no_reason_is_not_put_forward() -> None:
    cases = (
        (policy.town_version().text, "決裁", TODAY, "同じ"),
        (changed("job", staff="v"), "決裁", TODAY - timedelta(days=1), "施行日"),
        (changed("job", staff="v"), "", TODAY, "わけ"),
        (changed("exists", hr=""), "決裁", TODAY, "止まり"),
    )
    for text, words, starts, said in cases:
        draft = actions.begin(actor=WRITER, now=NOW, today=TODAY)
        actions.write(draft.pk, text, words, starts, actor=WRITER, now=NOW)
        with pytest.raises(PolicyError, match=said):
            actions.ask(draft.pk, actor=WRITER, now=NOW, today=TODAY)


def test_a_day_that_passed_while_a_draft_waited_is_not_approved() -> None:
    draft = asked(changed("job", staff="v"))
    late = TODAY + timedelta(days=1)
    with pytest.raises(PolicyError, match="施行日"):
        actions.approve(draft.pk, actor=SECOND, now=NOW, today=late)


def test_a_draft_sent_back_may_be_written_again_and_has_the_reason() -> None:
    draft = asked(changed("job", staff="v"))
    with pytest.raises(PolicyError, match="理由"):
        actions.refuse(draft.pk, " ", actor=SECOND, now=NOW)
    back = actions.refuse(draft.pk, "範囲が広すぎます", actor=SECOND, now=NOW)
    assert (back.state, back.reason) == (State.REFUSED, "範囲が広すぎます")
    with pytest.raises(PolicyError):
        actions.approve(draft.pk, actor=SECOND, now=NOW, today=TODAY)
    actions.write(draft.pk, draft.text, "決裁第13号", TODAY, actor=WRITER, now=NOW)
    assert actions.ask(draft.pk, actor=WRITER, now=NOW, today=TODAY).state == State.ASKED


def test_what_waits_for_approval_is_written_in_by_nobody() -> None:
    draft = asked(changed("job", staff="v"))
    with pytest.raises(PolicyError):
        actions.write(draft.pk, draft.text, "別", TODAY, actor=WRITER, now=NOW)


def test_a_version_is_withdrawn_until_its_day_and_not_from_then_on() -> None:
    version = approved(changed("job", staff="v"), SOON)
    with pytest.raises(PolicyError, match="施行された版"):
        actions.withdraw(version.number, "誤り", actor=WRITER, now=NOW, today=SOON)
    actions.withdraw(version.number, "誤り", actor=WRITER, now=NOW, today=TODAY)
    assert policy.in_force(SOON).number == 0
    assert policy.coming(TODAY) == []
    with pytest.raises(PolicyError, match="もう"):
        actions.withdraw(version.number, "誤り", actor=WRITER, now=NOW, today=TODAY)
    known = policy.version(version.number)
    assert known is not None
    assert known.withdrawn_why == "誤り"


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_an_approved_version(verb: str) -> None:
    approved(changed("job", staff="v"))
    rows = TableVersion.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(text="") if verb == "update" else rows._raw_delete(rows.db)
    assert policy.in_force(TODAY).number == 1


def test_every_step_is_noted_with_numbers_and_no_text() -> None:
    approved(changed("job", staff="v"), SOON)
    actions.withdraw(1, "誤り", actor=SECOND, now=NOW, today=TODAY)
    noted = AuditRecord.objects.filter(act="policy").values_list("detail", flat=True)
    said = " ".join(noted)
    for what in ("begin", "write", "ask", "approve", "withdraw"):
        assert f'"what": "{what}"' in said
    assert '"cells": 1' in said
    assert '"version": 1' in said
    assert "誤り" not in said


def test_what_is_approved_is_on_the_very_next_page(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    person = ward.first("税務係", "050")
    before = client.get(f"/people/{person}").content.decode()
    assert "職種" not in before
    approved(changed("job", staff="v"))
    assert "職種" in client.get(f"/people/{person}").content.decode()


def test_dealing_a_whole_roster_asks_for_the_table_once(ward: Ward) -> None:
    counting = Counting()
    with connection.execute_wrapper(counting):
        reader.cards(colleague(TODAY), on=TODAY)
    assert counting.asked == 1


class Counting:
    """Counts the questions for the table in force."""

    asked = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # the protocol is Django's own
        self.asked += "ledger_tableversion" in sql
        return execute(sql, params, many, context)


# -- the pages ---------------------------------------------------------------------------------


def sheet(client: Client, number: int) -> dict[str, str]:
    """What a browser would send of the grid."""
    grid = client.get(f"/disclosure/drafts/{number}/edit").context["grid"]
    lines = (*grid.horizons, *grid.lines)
    return {box.name: box.value for line in lines for box in line.boxes}


def test_from_draft_to_table_in_the_browser(ward: Ward, signed_in: SignIn) -> None:
    clerk = signed_in("人事係", "060", ("hr",))
    second = signed_in("人事係", "050", ("hr",))
    assert clerk.post("/disclosure/drafts/new").status_code == 302
    number = Draft.objects.get().pk
    values = sheet(clerk, number)
    assert values["job~staff"] == ""
    values |= {"job~staff": "v", "note": "決裁第12号", "starts": TODAY.isoformat()}
    page = clerk.post(f"/disclosure/drafts/{number}/edit", values, follow=True).content.decode()
    assert "1か所（1項目・1の立場）が変わります" in page
    assert "職種" in page
    deed = f"/disclosure/drafts/{number}/decide"
    assert "承認を求めました" in clerk.post(deed, {"deed": "ask"}, follow=True).content.decode()
    own = clerk.post(deed, {"deed": "approve"}, follow=True).content.decode()
    assert "案を書いた人は承認できません" in own
    assert policy.in_force(TODAY).number == 0
    assert "承認しました" in second.post(deed, {"deed": "approve"}, follow=True).content.decode()
    shown = signed_in("税務係", "060").get("/disclosure").content.decode()
    assert "第1版" in shown
    compared = second.get("/disclosure/versions?a=0&b=1").content.decode()
    assert "1か所ちがいます" in compared


def test_a_wrong_cell_is_named_by_row_and_column_and_keeps_nothing(
    ward: Ward, signed_in: SignIn
) -> None:
    clerk = signed_in("人事係", "060", ("hr",))
    clerk.post("/disclosure/drafts/new")
    draft = Draft.objects.get()
    values = sheet(clerk, draft.pk)
    values |= {"job~staff": "x", "*past_days~it": "soon", "note": "", "starts": ""}
    answer = clerk.post(f"/disclosure/drafts/{draft.pk}/edit", values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "職種の行、職員の列" in page
    assert "さかのぼって見られる日数の行、情報システム担当の列" in page
    assert Draft.objects.get().text == draft.text


def test_drafts_are_for_personnel_and_audit_alone(ward: Ward, signed_in: SignIn) -> None:
    draft = asked(changed("job", staff="v"), SOON)
    addresses = ("/disclosure/drafts", f"/disclosure/drafts/{draft.pk}")
    for client, status in (
        (signed_in("税務係", "060"), 403),
        (signed_in("", "", ("it",)), 403),
        (signed_in("人事係", "060", ("hr",)), 200),
    ):
        assert {client.get(address).status_code for address in addresses} == {status}
    auditor = signed_in("総務係", "060", ("audit",))
    assert auditor.get(addresses[1]).status_code == 200
    assert auditor.post("/disclosure/drafts/new").status_code == 403
    assert auditor.get("/disclosure/versions").status_code == 200


def test_what_comes_next_is_told_to_every_member_of_staff(ward: Ward, signed_in: SignIn) -> None:
    approved(changed("job", staff="v"), SOON)
    page = signed_in().get("/disclosure").content.decode()
    assert "2026年12月1日（火）から、第1版に変わります" in page
