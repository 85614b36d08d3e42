"""An event is opened for a time, closes by itself, and is prolonged for a reason only."""

from datetime import UTC, datetime, timedelta

import pytest

from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from meibo.platform.emergency.actions import EmergencyError, close, open_up, prolong
from meibo.platform.emergency.models import EmergencyEvent, Kind
from meibo.platform.emergency.queries import open_event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ACTOR = Actor("kiki")


def opened(hours: int = 24, at: datetime = NOW) -> EmergencyEvent:
    return open_up(Kind.DISASTER, "地震", "安否確認のため", hours, actor=ACTOR, now=at)


def hours(number: int) -> timedelta:
    return timedelta(hours=number)


def test_it_is_open_from_its_opening_until_its_hours_are_over_and_not_a_moment_longer() -> None:
    assert open_event(NOW) is None
    event = opened()
    assert open_event(NOW) == event
    assert open_event(NOW + hours(24) - timedelta(seconds=1)) == event
    assert open_event(NOW + hours(24)) is None
    assert open_event(NOW - timedelta(seconds=1)) is None


def test_there_is_one_at_a_time() -> None:
    opened()
    with pytest.raises(EmergencyError, match="もう開いています"):
        opened(at=NOW + hours(1))
    assert opened(at=NOW + hours(24)).pk


@pytest.mark.parametrize("wrong", [0, 73, -1])
def test_nobody_opens_it_for_longer_than_three_days(wrong: int) -> None:
    with pytest.raises(EmergencyError):
        opened(wrong)


def test_it_is_prolonged_for_a_reason_and_never_shortened_so() -> None:
    opened()
    later = NOW + hours(20)
    with pytest.raises(EmergencyError, match="わけ"):
        prolong(24, " ", actor=ACTOR, now=later)
    with pytest.raises(EmergencyError, match="後になる"):
        prolong(2, "余震が続く", actor=ACTOR, now=later)
    with pytest.raises(EmergencyError):
        prolong(73, "余震が続く", actor=ACTOR, now=later)
    event = prolong(24, "余震が続く", actor=ACTOR, now=later)
    assert open_event(NOW + hours(43)) == event
    assert open_event(NOW + hours(44)) is None
    assert event.prolongings.get().reason == "余震が続く"


def test_what_has_closed_is_not_prolonged_but_opened_anew() -> None:
    opened()
    with pytest.raises(EmergencyError, match="開いている災害・訓練はありません"):
        prolong(24, "余震が続く", actor=ACTOR, now=NOW + hours(25))


def test_it_is_closed_by_hand_at_once() -> None:
    opened()
    close(actor=ACTOR, now=NOW + hours(2))
    assert open_event(NOW + hours(2)) is None
    with pytest.raises(EmergencyError):
        close(actor=ACTOR, now=NOW + hours(3))


def test_opening_prolonging_and_closing_are_noted_with_the_purpose() -> None:
    opened()
    prolong(48, "余震が続く", actor=ACTOR, now=NOW + hours(1))
    close(actor=ACTOR, now=NOW + hours(2))
    records = AuditRecord.objects.filter(act="emergency").order_by("no")
    assert [record.purpose for record in records] == ["安否確認のため"] * 3
    assert [record.actor for record in records] == ["kiki"] * 3
    for record, what in zip(records, ("open", "prolong", "close"), strict=True):
        assert f'"what": "{what}"' in record.detail
