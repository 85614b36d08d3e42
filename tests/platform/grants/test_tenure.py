"""What was granted hangs on a post, day by day: nobody edits anything in April."""

from datetime import timedelta

import pytest
from django.test import override_settings

from meibo.domain.book import Effect
from meibo.ledger.models import BookLine
from meibo.ledger.writer import Batch
from meibo.platform.grants.actions import GrantError, revoke
from meibo.platform.grants.queries import State, duties_of
from tests.ledger.scenes import CONCURRENT, NOW, TODAY, append, order
from tests.platform.grants.people import (
    LAST,
    MOVED,
    TAX,
    TAX_TEAM,
    WELFARE,
    People,
    days,
    granted,
    proposed,
    settle,
    state,
)

pytestmark = pytest.mark.django_db
EVE = MOVED - timedelta(days=1)
ONE = timedelta(days=1)


@pytest.fixture
def people() -> People:
    return settle()


def test_a_duty_ends_by_itself_on_the_day_the_post_changes(people: People) -> None:
    grant = granted(people)
    assert duties_of(people.mover, EVE) == {"crisis"}
    assert duties_of(people.mover, MOVED) == set()
    assert (state(grant, EVE), state(grant, MOVED)) == (State.HELD, State.LAPSED)


@pytest.mark.parametrize("handover", [1, 5, 30])
def test_with_a_handover_it_holds_for_just_so_many_days_and_says_so(
    people: People, handover: int
) -> None:
    grant = granted(people)
    with override_settings(MEIBO_HANDOVER_DAYS=handover):
        assert state(grant, EVE) is State.HELD
        for day in days(MOVED, handover):
            assert duties_of(people.mover, day) == {"crisis"}
            assert state(grant, day) is State.HANDOVER
        assert duties_of(people.mover, MOVED + handover * ONE) == set()


def test_nothing_is_handed_over_by_who_has_left_the_service(people: People) -> None:
    granted(people, "leaver")
    with override_settings(MEIBO_HANDOVER_DAYS=30):
        assert duties_of(people.leaver, LAST) == {"crisis"}
        assert duties_of(people.leaver, LAST + ONE) == set()


def test_a_grant_that_begins_after_the_post_was_left_is_not_handed_over(people: People) -> None:
    """It can't be made; and one whose order came later stays without effect."""
    grant = granted(people, "plain", starts=TODAY + 3 * ONE)
    batch = Batch()
    batch.add(order(people.plain, TODAY + ONE, Effect.MOVE, unit=WELFARE, post="070"))
    append(batch)
    with override_settings(MEIBO_HANDOVER_DAYS=30):
        assert duties_of(people.plain, TODAY + 3 * ONE) == set()
    assert state(grant, TODAY + 3 * ONE) is State.LAPSED


def test_a_unit_stands_for_those_below_it_and_not_for_those_above(people: People) -> None:
    granted(people, unit=TAX)
    assert duties_of(people.mover, TODAY) == {"crisis"}
    granted(people, "leaver", unit=TAX_TEAM)
    with pytest.raises(GrantError, match="その組織の職がありません"):
        proposed(people, "plain", unit=WELFARE)


def test_a_further_post_carries_a_duty_as_long_as_it_lasts(people: People) -> None:
    batch = Batch()
    further = {"unit": WELFARE, "post": "070", "kind": CONCURRENT}
    batch.add(order(people.plain, TODAY, Effect.ADD, "兼務", **further))
    batch.add(order(people.plain, LAST, Effect.RELIEVE, "兼務解除", unit=WELFARE, post="070"))
    append(batch)
    granted(people, "plain", "payroll", unit=WELFARE)
    assert duties_of(people.plain, LAST - ONE) == {"payroll"}
    assert duties_of(people.plain, LAST + ONE) == set()


def test_it_holds_from_its_first_through_its_last_day(people: People) -> None:
    first, last = TODAY + 2 * ONE, TODAY + 4 * ONE
    grant = granted(people, "plain", starts=first, last=last)
    held = [day for day in days(TODAY, 7) if duties_of(people.plain, day)]
    assert held == days(first, 3)
    assert state(grant, TODAY) is State.COMING
    assert state(grant, last + ONE) is State.OVER


def test_a_proposal_alone_gives_nothing(people: People) -> None:
    grant = proposed(people)
    assert duties_of(people.mover, TODAY) == set()
    assert state(grant, TODAY) is State.WAITING


def test_what_was_revoked_is_gone_and_stays_in_the_history(people: People) -> None:
    grant = granted(people)
    revoke(grant.pk, by=people.party("officer"), now=NOW, reason="担当替え")
    assert duties_of(people.mover, TODAY) == set()
    assert state(grant, TODAY) is State.REVOKED
    assert [step.deed for step in grant.steps.all()] == ["approve", "revoke"]


def test_an_order_taken_back_gives_back_what_hung_on_the_post(people: People) -> None:
    grant = granted(people)
    batch = Batch()
    batch.add(order(people.mover, MOVED, Effect.VOID, "取消", voids=moving_order(people)))
    append(batch)
    assert duties_of(people.mover, MOVED) == {"crisis"}
    assert state(grant, MOVED) is State.HELD


def moving_order(people: People) -> int:
    """The number in the book of the order that moves the mover."""
    return BookLine.objects.get(person=people.mover, effective=MOVED).no
