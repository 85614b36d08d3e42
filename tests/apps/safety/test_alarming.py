"""What the engine of telegrams decides is asked about, once, and told on."""

from datetime import timedelta

import pytest

from meibo.apps.safety.actions.alarming import alarm, receive
from meibo.apps.safety.models import Bulletin, Check
from meibo.apps.safety.queries import levels
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.domain.safety.levels import Happened, LevelError
from meibo.domain.telegram.events import Decision, Do
from meibo.domain.telegram.level import Level
from meibo.domain.telegram.model import Tsunami
from meibo.domain.telegram.scale import Intensity
from meibo.platform.audit.actions import Actor
from meibo.platform.telegrams.receivers import RECEIVERS, Handed
from tests.apps.directory.ward import NOW, TODAY, Ward

STRONG = Level(intensity=Intensity.FIVE_UPPER)
ACTOR = Actor("test")


def handed(do: Do, level: Level = STRONG, event: str = "20261124100000") -> Handed:
    return Handed(1, Decision(do, event, level, "震度が変わりました。"), NOW + timedelta(days=1))


def test_it_is_registered_with_the_engine() -> None:
    assert "meibo.apps.safety.actions.alarming.receive" in RECEIVERS


def test_an_event_is_asked_about_once_and_what_follows_is_an_instruction(ward: Ward) -> None:
    receive(handed(Do.START))
    check = Check.objects.get()
    assert check.title == "震度5強"
    assert check.called.count() == len(targeted(Target(), TODAY))
    for do in (Do.RAISE, Do.CORRECT, Do.CANCEL):
        receive(handed(do))
    assert Check.objects.count() == 1
    assert Bulletin.objects.filter(check_asked=check).count() == 3


@pytest.mark.parametrize("do", [Do.ASK, Do.WAIT, Do.INFORM, Do.EASE, Do.CANCEL])
def test_what_is_no_start_asks_nobody(ward: Ward, do: Do) -> None:
    receive(handed(do))
    assert not Check.objects.exists()


def test_what_has_started_but_calls_nobody_yet_calls_when_it_gets_graver(ward: Ward) -> None:
    receive(handed(Do.START, Level(intensity=Intensity.FOUR)))
    assert not Check.objects.exists()
    receive(handed(Do.RAISE))
    assert Check.objects.get().title == "震度5強"


def test_what_was_never_started_is_not_started_by_getting_graver(ward: Ward) -> None:
    receive(handed(Do.INFORM, Level(intensity=Intensity.FOUR)))
    receive(handed(Do.RAISE))
    assert not Check.objects.exists()


def test_of_a_check_whose_links_are_over_nothing_more_is_told(ward: Ward) -> None:
    receive(handed(Do.START))
    Check.objects.update(until=NOW)
    receive(handed(Do.RAISE))
    assert not Bulletin.objects.exists()


def test_a_tsunami_is_asked_about_in_its_own_words(ward: Ward) -> None:
    receive(handed(Do.START, Level(tsunami=Tsunami.MAJOR)))
    assert "高い所" in Check.objects.get().message


def test_with_a_table_that_can_not_be_used_everybody_is_asked(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise LevelError("levels.csv 2行")

    monkeypatch.setattr(levels, "levels", broken)
    receive(handed(Do.START))
    assert Check.objects.get().called.count() == len(targeted(Target(), TODAY))
    with pytest.raises(LevelError):
        alarm(Happened(intensity="7"), "震度7", actor=ACTOR, now=NOW)
