"""名寄せ and what hangs on a number beside the books: rows of a round, marks of the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from meibo.apps.personnel.actions import duedays
from meibo.apps.personnel.actions import renewal as actions
from meibo.apps.personnel.actions.renewal import RenewalError
from meibo.apps.personnel.models import DueMark, RenewalItem, RenewalRound
from meibo.apps.personnel.queries import duedays as due
from meibo.apps.personnel.queries import renewal as queries
from meibo.domain.due import Due
from meibo.domain.renewal import Answer
from meibo.ledger import check, contracts, drawer, identity, reader
from meibo.ledger.drawer import DrawerError
from meibo.ledger.identity import Clerks
from meibo.ledger.models import BookLine, FilingLine
from meibo.platform.audit.actions import Actor
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.test_renewal import ENDS, HR, JINJI, LAST, NOW, clerk, hire, item, lay

__all__ = ["clerk"]
TWO = Clerks("jinji", "jinji2")
Two = tuple[str, str]


@pytest.fixture
def two(ward: Ward) -> Two:
    """Two numbers of one person, each with a contract of its own: 29 hours, and 10 elsewhere."""
    kept = hire(ward, 1, "税務係", 2025)
    joined = hire(ward, 2, "収納係", 2024)
    hours_of(joined, "600")
    return kept, joined


def hours_of(person: str, minutes: str, since: int = 2024) -> None:
    batch = identity.Batch()
    batch.filings.append(identity.NewFiling(person, "hours", minutes, date(since, 4, 1), NOW))
    identity.writer.append(batch, actor="test", now=NOW)


def begin() -> int:
    return actions.begin("x", ENDS, LAST, None, actor=JINJI, now=NOW, on=TODAY)


def join(two: Two) -> int:
    return identity.join(*two, TWO, now=NOW)


def shown(number: int) -> dict[str, tuple[str, str]]:
    """Section → under whom the contract there stands, and what was decided."""
    found = queries.lines(HR, RenewalRound.objects.get(pk=number))
    return {x.place.split()[-1]: (x.card.id, x.item.decision) for x in found}


def test_a_contract_of_a_number_that_was_joined_is_read_with_its_own_hours(two: Two) -> None:
    join(two)
    found = contracts.contracts({"会計年度パートタイム"}, TODAY)
    assert {(c.person, c.minutes) for c in found} == {(two[0], 1740), (two[0], 600)}
    own = contracts.of_people([two[1]], {"会計年度パートタイム"}, TODAY)
    assert len(own) == 2
    card = reader.card(HR, two[0], on=TODAY)
    assert card is not None
    assert (card["hours"], card["hours_further"]) == ("1740", ["600"])
    assert check.verify().differences == []


def test_the_hours_that_are_shown_are_those_of_what_still_goes_on(ward: Ward) -> None:
    left = hire(ward, 1, "税務係", 2023, term_end=date(2024, 3, 31))
    back = hire(ward, 2, "収納係", 2025)
    hours_of(back, "600", 2025)
    identity.join(left, back, TWO, now=NOW)
    card = reader.card(HR, left, on=TODAY)
    assert card is not None
    assert (card["hours"], card.get("hours_further")) == ("600", None)


def test_rows_of_a_round_stand_under_the_kept_number_and_part_again(two: Two) -> None:
    number = begin()
    row = item(number, two[1])
    actions.decide(number, {row.pk: 0}, "renew", actor=JINJI, now=NOW)
    entry = join(two)
    assert shown(number) == {"税務係": (two[0], ""), "収納係": (two[0], "renew")}
    assert actions.refresh(number, actor=JINJI, now=NOW, on=TODAY) == 0
    actions.decide(number, {row.pk: 1}, "end", actor=JINJI, now=NOW)
    identity.undo_join(entry, TWO, now=NOW)
    assert shown(number) == {"税務係": (two[0], ""), "収納係": (two[1], "end")}


def test_a_round_begun_while_joined_parts_as_well(two: Two) -> None:
    entry = join(two)
    number = begin()
    assert set(RenewalItem.objects.values_list("person", "appointment")) == {(p, "") for p in two}
    identity.undo_join(entry, TWO, now=NOW)
    assert shown(number) == {"税務係": (two[0], ""), "収納係": (two[1], "")}
    assert actions.refresh(number, actor=JINJI, now=NOW, on=TODAY) == 0


def test_the_person_answers_for_both_by_either_sign_in(two: Two) -> None:
    number = begin()
    with pytest.raises(RenewalError):
        said(number, two[1], Actor("a", two[0]))
    join(two)
    for person, own in ((two[1], two[0]), (two[0], two[1])):
        said(number, person, Actor("a", own))
    assert set(RenewalItem.objects.values_list("own", flat=True)) == {"yes"}


def said(number: int, person: str, actor: Actor) -> None:
    actions.say_for_oneself(item(number, person).pk, "yes", actor=actor, now=NOW)


def test_the_section_is_asked_about_its_own(
    two: Two, signed_in: SignIn, clerk: Client, ward: Ward
) -> None:
    number = begin()
    join(two)
    head = signed_in("収納係", "050")
    assert "会計年度任用職員1人の" in head.get("/").content.decode()
    row = item(number, two[1])
    head.post(f"/personnel/renewal/{number}/say", {"item": row.pk, "wish": "yes"})
    row.refresh_from_db()
    assert row.section == "yes"
    page = clerk.get(f"/personnel/renewal/items/{row.pk}").content.decode()
    assert "この人のほかの任用" in page


def announce(plan: int) -> None:
    drawer.pass_on(plan, drawer.APPROVED, expected=[drawer.DRAFT], now=NOW)
    drawer.announce(plan, actor="jinji", now=NOW)


def test_an_order_is_written_for_the_number_whose_contract_goes_on(two: Two) -> None:
    number = begin()
    entry = join(two)
    row, answer = item(number, two[1]), Answer(decision="renew", minutes=540)
    actions.change(row.pk, 0, answer, actor=JINJI, now=NOW)
    actions.decide(number, {item(number, two[0]).pk: 0}, "renew", actor=JINJI, now=NOW)
    laid = lay(number)
    assert (laid.orders, lay(number).orders) == (2, 0)
    assert laid.plan is not None
    assert {draft.line.person for draft in drawer.lines(laid.plan)} == {two[0]}  # as it is shown
    announce(laid.plan)
    lines = BookLine.objects.filter(wording="再度の任用")
    assert set(lines.values_list("person", "appointment")) == {(p, "") for p in two}
    filed = FilingLine.objects.filter(field__startswith="hours").latest("no")
    assert (filed.subject, filed.field) == (two[1], "hours")
    april = date(2027, 4, 1)
    card = reader.card(HR, two[0], on=april)
    assert card is not None
    assert (card["hours"], card["hours_further"]) == ("1740", ["540"])
    identity.undo_join(entry, TWO, now=NOW)
    card = reader.card(HR, two[0], on=april)
    assert card is not None
    assert (card["hours"], card.get("hours_further")) == ("1740", None)
    back = reader.card(HR, two[1], on=april)
    assert back is not None
    assert (back["term_end"], back["hours"]) == (LAST.isoformat(), "540")
    assert check.verify().differences == []


def test_a_plan_with_an_order_of_a_number_parted_since_is_not_announced(two: Two) -> None:
    number = begin()
    entry = join(two)
    row = item(number, two[1])
    answer = Answer(decision="renew", minutes=540)
    actions.change(row.pk, 0, answer, actor=JINJI, now=NOW)
    laid = lay(number)
    assert laid.plan is not None
    identity.undo_join(entry, TWO, now=NOW)
    assert lay(number).orders == 0
    with pytest.raises(DrawerError, match="名寄せを取り消した"):
        announce(laid.plan)
    drawer.pass_on(laid.plan, drawer.DRAFT, expected=[drawer.APPROVED], now=NOW)
    drawer.discard(laid.plan, account="jinji")
    again = lay(number)
    assert (again.orders, again.plan == laid.plan) == (1, False)
    assert again.plan is not None
    [draft] = drawer.lines(again.plan)
    assert (draft.line.person, draft.line.appointment) == (two[1], "")


def test_orders_for_both_numbers_of_a_person_are_written_for_each_in_any_order(two: Two) -> None:
    number = begin()
    identity.join(two[1], two[0], TWO, now=NOW)  # the row of the one that was joined comes first
    versions = {item(number, person).pk: 0 for person in two}
    hours_of(two[0], "600", 2025)
    actions.decide(number, versions, "renew", actor=JINJI, now=NOW)
    laid = lay(number)
    assert (laid.orders, laid.stopped) == (2, 0)
    assert laid.plan is not None
    announce(laid.plan)
    lines = BookLine.objects.filter(wording="再度の任用")
    assert set(lines.values_list("person", "appointment")) == {(p, "") for p in two}


# -- 人事カレンダー --------------------------------------------------------------


def ending(person: str) -> Due:
    [found] = [d for d in due.all_due(TODAY) if (d.rule, d.person) == ("term_end", person)]
    return found


def marked(person: str) -> bool:
    found = due.lines(HR, "term_end", ENDS)
    return next(line.mark is not None for line in found if line.due.person == person)


def test_a_mark_counts_under_the_kept_number_and_parts_again(two: Two) -> None:
    duedays.settle([ending(two[1])], "伝えた", actor=JINJI, now=NOW)
    assert not marked(two[0])
    entry = join(two)
    assert marked(two[0])
    assert duedays.settle([ending(two[0])], "", actor=JINJI, now=NOW) == 0
    identity.undo_join(entry, TWO, now=NOW)
    assert marked(two[1])
    assert not marked(two[0])


def _open() -> int:
    [group] = due.groups(ENDS, ENDS, today=TODAY, rule="term_end")
    return group.open


def test_a_mark_set_while_joined_stays_with_both(two: Two) -> None:
    entry = join(two)
    open_before = _open()
    assert duedays.settle([ending(two[0])], "伝えた", actor=JINJI, now=NOW) == 1
    assert _open() == open_before - 1
    identity.undo_join(entry, TWO, now=NOW)
    assert marked(two[0])
    assert marked(two[1])


def test_a_mark_is_taken_back_under_the_kept_number(two: Two) -> None:
    duedays.settle([ending(two[1])], "伝えた", actor=JINJI, now=NOW)
    join(two)
    assert duedays.reopen([ending(two[0])], actor=JINJI, now=NOW) == 1
    assert not DueMark.objects.exists()
    assert not marked(two[0])
