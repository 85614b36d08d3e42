"""What the answer face has closed is read by the house, and moved under the person's own key."""

import json

import pytest
from django.test import Client

from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.actions.unboxing import unbox
from meibo.apps.safety.face.box import MARK, Sealer
from meibo.apps.safety.models import Answer, Called
from meibo.apps.safety.queries.card import card
from meibo.apps.safety.queries.given import said
from meibo.config.clock import now
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_checks import begun, crisis

__all__ = ["crisis"]


@pytest.fixture
def called(ward: Ward, crisis: Client) -> Called:
    found = begun(crisis).called.first()
    assert found is not None
    return found


def boxed(called: Called, sealed: str) -> Answer:
    return Answer.objects.create(called=called, at=now(), status="safe", sealed=sealed)


def test_a_box_is_read_and_moved_and_still_says_the_same(called: Called) -> None:
    told = card()
    sealer = Sealer(told.master, told.public)
    words = {"words": "無事です", "place": "自宅"}
    kept = boxed(called, sealer.seal(called.pk, json.dumps(words, ensure_ascii=False)))
    assert said([kept]) == {kept.pk: words}
    assert unbox() == 1
    kept.refresh_from_db()
    assert not kept.sealed.startswith(MARK)
    assert said([kept]) == {kept.pk: words}
    assert unbox() == 0


def test_a_box_that_does_not_open_stays_and_stops_no_other(called: Called) -> None:
    told = card()
    sealer = Sealer(told.master, told.public)
    moved_over = boxed(called, sealer.seal(called.pk + 1, "{}"))
    odd = boxed(called, f"{MARK}nothing")
    good = boxed(called, sealer.seal(called.pk, '{"words": "はい"}'))
    assert unbox() == 1
    for kept in (moved_over, odd, good):
        kept.refresh_from_db()
    assert moved_over.sealed.startswith(MARK)
    assert odd.sealed.startswith(MARK)
    assert said([good]) == {good.pk: {"words": "はい"}}


def test_an_answer_that_was_overtaken_is_kept_and_does_not_count(called: Called) -> None:
    early, late = now().replace(microsecond=5), now().replace(microsecond=9)
    answer(called, Given(late, "safe"))
    answer(called, Given(early, "rescue"))
    called.refresh_from_db()
    assert (called.status, called.first_at, called.answered_at) == ("safe", early, late)
    assert [each.status for each in called.answers.all()] == ["safe", "rescue"]
