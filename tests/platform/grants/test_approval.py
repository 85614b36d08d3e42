"""Two people grant: who proposes does not approve, and nobody is granted anything by themselves."""

import pytest
from django.db import DatabaseError, connection, transaction

from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord, AuditSubject
from meibo.platform.grants import actions
from meibo.platform.grants.actions import (
    GrantError,
    Party,
    approve,
    install,
    propose,
    refuse,
    revoke,
    strip,
)
from meibo.platform.grants.models import Grant, Step
from meibo.platform.grants.queries import State, duties_of
from tests.ledger.scenes import NOW, TODAY
from tests.platform.grants.people import (
    COMMAND,
    WELFARE,
    People,
    granted,
    proposed,
    settle,
    state,
    wish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return settle()


def test_who_proposed_it_does_not_approve_it(people: People) -> None:
    grant = proposed(people)
    with pytest.raises(GrantError, match="提案した人は承認できません"):
        approve(grant.pk, by=people.party("officer"), on=TODAY, now=NOW)
    assert state(grant, TODAY) is State.WAITING


def test_a_second_account_does_not_make_a_second_person(people: People) -> None:
    grant = proposed(people)
    other = Party(Actor("officer-it", people.officer), people.party("officer").ties)
    with pytest.raises(GrantError, match="提案した人は承認できません"):
        approve(grant.pk, by=other, on=TODAY, now=NOW)


def test_an_account_without_a_person_is_no_second_person(people: People) -> None:
    grant = proposed(people)
    machine = Party(Actor("operator"), frozenset({"hr"}))
    with pytest.raises(GrantError, match="職員と結び付いていない"):
        approve(grant.pk, by=machine, on=TODAY, now=NOW)
    with pytest.raises(GrantError, match="職員と結び付いていない"):
        propose(wish(people.plain, "crisis"), by=machine, now=NOW)


def test_nobody_has_a_hand_in_what_they_are_granted(people: People) -> None:
    with pytest.raises(GrantError, match="自分への付与は提案できません"):
        propose(wish(people.officer, "it", WELFARE), by=people.party("officer"), now=NOW)
    grant = proposed(people, "second", "crisis", unit=WELFARE)
    with pytest.raises(GrantError, match="自分への付与は承認できません"):
        approve(grant.pk, by=people.party("second"), on=TODAY, now=NOW)


@pytest.mark.parametrize(
    ("duty", "proposer", "approver", "agreed"),
    [
        ("hr", "officer", "engineer", True),
        ("hr", "officer", "second", True),
        ("hr", "engineer", "officer", False),
        ("it", "engineer", "officer", True),
        ("it", "officer", "engineer", False),
        ("audit", "officer", "second", True),
        ("audit", "officer", "engineer", False),
        ("audit", "engineer", "officer", False),
        ("payroll", "officer", "engineer", False),
        ("crisis", "plain", "officer", False),
        ("crisis", "officer", "plain", False),
    ],
)
def test_each_duty_is_in_the_hands_of_those_who_answer_for_it(
    people: People, duty: str, proposer: str, approver: str, agreed: bool
) -> None:
    def attempt() -> None:
        grant = propose(wish(people.mover, duty), by=people.party(proposer), now=NOW)
        approve(grant.pk, by=people.party(approver), on=TODAY, now=NOW)

    if agreed:
        attempt()
    else:
        with pytest.raises(GrantError, match="立場ではありません"):
            attempt()
    assert duties_of(people.mover, TODAY) == ({duty} if agreed else set())


def test_of_two_who_approve_at_once_one_is_told_that_it_is_done(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read the proposal before either wrote: the database decides."""
    grant = proposed(people, duty="hr")
    monkeypatch.setattr(actions, "_proposal", lambda number: Grant.objects.get(pk=number))
    approve(grant.pk, by=people.party("second"), on=TODAY, now=NOW)
    with pytest.raises(GrantError, match="もう決まっています"):
        approve(grant.pk, by=people.party("engineer"), on=TODAY, now=NOW)
    with pytest.raises(GrantError, match="もう決まっています"):
        refuse(grant.pk, by=people.party("engineer"), now=NOW)
    assert Step.objects.filter(grant=grant).count() == 1


def test_what_was_refused_or_withdrawn_is_not_approved_any_more(people: People) -> None:
    for name, end in (("second", State.REFUSED), ("officer", State.WITHDRAWN)):
        grant = proposed(people)
        refuse(grant.pk, by=people.party(name), now=NOW)
        assert state(grant, TODAY) is end
        with pytest.raises(GrantError, match="もう決まっています"):
            approve(grant.pk, by=people.party("second"), on=TODAY, now=NOW)


def test_who_may_not_approve_may_not_refuse_either(people: People) -> None:
    grant = proposed(people)
    for name in ("plain", "mover", "engineer"):
        with pytest.raises(GrantError, match="却下できる立場ではありません"):
            refuse(grant.pk, by=people.party(name), now=NOW)


def test_one_person_takes_away_and_so_does_the_holder_alone(people: People) -> None:
    grant = granted(people)
    with pytest.raises(GrantError, match="解除できる立場ではありません"):
        revoke(grant.pk, by=people.party("plain"), now=NOW)
    revoke(grant.pk, by=people.party("mover"), now=NOW)
    with pytest.raises(GrantError, match="もう決まっています"):
        revoke(grant.pk, by=people.party("officer"), now=NOW)


def test_what_was_never_granted_is_not_revoked(people: People) -> None:
    with pytest.raises(GrantError, match="付与されていません"):
        revoke(proposed(people).pk, by=people.party("officer"), now=NOW)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"purpose": " "}, "理由を書いて"),
        ({"last": TODAY.replace(day=1)}, "始まりの日より前"),
    ],
)
def test_a_proposal_says_why_and_in_which_order_its_days_are(
    people: People, more: dict[str, object], words: str
) -> None:
    with pytest.raises(GrantError, match=words):
        proposed(people, **more)


def test_the_same_proposal_waits_once(people: People) -> None:
    proposed(people)
    with pytest.raises(GrantError, match="もう承認を待っています"):
        proposed(people)


@pytest.mark.parametrize("table", ["grants_grant", "grants_step"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_granted(
    people: People, table: str, statement: str
) -> None:
    granted(people)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_every_step_is_in_the_audit_log_with_whom_it_is_about(people: People) -> None:
    before = AuditRecord.objects.count()
    grant = granted(people)
    revoke(grant.pk, by=people.party("officer"), now=NOW, reason="担当替え")
    records = list(AuditRecord.objects.order_by("no")[before:])
    assert [record.act for record in records] == ["grant"] * 3
    assert [record.actor for record in records] == ["officer", "second", "officer"]
    assert [record.purpose for record in records] == ["担当のため", "", "担当替え"]
    for record in records:
        about = AuditSubject.objects.filter(record=record)
        assert list(about.values_list("person", flat=True)) == [people.mover]


def test_a_command_grants_the_first_ones_and_takes_away(people: People) -> None:
    install(wish(people.plain, "audit"), actor=COMMAND, now=NOW)
    assert duties_of(people.plain, TODAY) == {"audit"}
    grant = Grant.objects.get(duty="audit")
    assert (grant.proposed_by, grant.proposer) == (COMMAND.name, "")
    assert strip(people.plain, "audit", actor=COMMAND, now=NOW) == 1
    assert duties_of(people.plain, TODAY) == set()
    assert strip(people.plain, "audit", actor=COMMAND, now=NOW) == 0
