"""Drills that come again: one planned ahead, none made up for."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from meibo.apps.safety.actions import drilling, recurring
from meibo.apps.safety.actions.drilling import Drill, DrillError
from meibo.apps.safety.models import Check, DrillSeries, PlannedDrill
from meibo.apps.safety.queries.targets import Target
from meibo.config.clock import TOKYO, now
from meibo.domain.safety.repeating import By, Every, Repetition
from meibo.platform.audit.actions import Actor
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, Ward

BOSS = Actor("boss")
FIRST = datetime(2026, 12, 9, 7, 30, tzinfo=TOKYO)  # a second Wednesday


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


def series(until: date | None = None, announced: bool = False) -> DrillSeries:
    drill = Drill("毎月の訓練", "訓練です。", FIRST, announced, Target(posts=("030",)))
    repetition = Repetition(FIRST.date(), Every.MONTH, By.WEEKDAY)
    return recurring.plan_series(drill, repetition, until=until, actor=BOSS, now=NOW)


def coming() -> list[datetime]:
    rows = PlannedDrill.objects.filter(started_at=None, cancelled_at=None)
    return [each.at.astimezone(TOKYO) for each in rows]


def at(month: int, day: int, year: int = 2027) -> datetime:
    return datetime(year, month, day, 7, 30, tzinfo=TOKYO)


def test_each_occurrence_is_a_drill_of_its_own_and_the_next_is_planned_when_it_has_begun(
    ward: Ward,
) -> None:
    series()
    assert coming() == [FIRST]
    assert recurring.plan_ahead(now=NOW) == 0
    (check,) = drilling.start_due(now=FIRST)
    assert recurring.plan_ahead(now=FIRST) == 1
    assert coming() == [at(1, 13)]
    (second,) = drilling.start_due(now=at(1, 13))
    assert check.pk != second.pk
    assert PlannedDrill.objects.filter(check_made__in=[check, second]).count() == 2
    check.refresh_from_db()
    assert check.target == {"posts": ["030"]}


def test_what_was_missed_for_months_is_one_missed_drill_and_no_heap(ward: Ward) -> None:
    series()
    back = at(5, 20)
    assert drilling.start_due(now=back) == []
    assert recurring.plan_ahead(now=back) == 1
    assert drilling.start_due(now=back) == []
    assert recurring.plan_ahead(now=back) == 0
    assert not Check.objects.exists()
    assert PlannedDrill.objects.filter(trouble=drilling.MISSED).count() == 1
    assert coming() == [at(6, 9)]


def test_it_ends_on_its_day(ward: Ward) -> None:
    found = series(until=date(2027, 1, 13))
    for moment in (FIRST, at(1, 13)):
        assert len(drilling.start_due(now=moment)) == 1
        recurring.plan_ahead(now=moment)
    found.refresh_from_db()
    assert found.ended_at == at(1, 13)
    assert coming() == []


def test_paused_none_starts_and_resumed_the_next_does(ward: Ward) -> None:
    found = series()
    recurring.pause(found, found.version, actor=BOSS, now=NOW)
    assert drilling.start_due(now=FIRST) == []
    assert recurring.plan_ahead(now=FIRST) == 0
    assert coming() == []
    with pytest.raises(DrillError):
        recurring.resume(found, 1, actor=BOSS, now=FIRST)
    recurring.resume(found, 2, actor=BOSS, now=FIRST + timedelta(hours=1))
    assert coming() == [at(1, 13)]
    found.refresh_from_db()
    recurring.end(found, found.version, actor=BOSS, now=FIRST + timedelta(hours=2))
    assert coming() == []
    assert recurring.plan_ahead(now=at(1, 13)) == 0


def test_one_that_is_taken_back_is_not_planned_a_second_time(ward: Ward) -> None:
    series()
    drill = PlannedDrill.objects.get()
    drilling.cancel(drill, drill.version, actor=BOSS, now=NOW)
    assert recurring.plan_ahead(now=NOW) == 1
    assert coming() == [at(1, 13)]


def test_it_does_not_end_before_it_begins(ward: Ward) -> None:
    with pytest.raises(DrillError, match="終わりの日"):
        series(until=date(2026, 12, 1))


def soon(**more: str) -> dict[str, str]:
    day = now().astimezone(TOKYO) + timedelta(days=40)
    day = day.replace(day=9)
    given = {"title": "毎月の訓練", "message": "訓練", "day": f"{day:%Y-%m-%d}", "time": "07:30"}
    given["sure"] = "1"
    return {**given, "repeat": "month", "by": "day", **more}


def test_it_is_planned_paused_and_ended_at_the_browser(crisis: Client) -> None:
    page = crisis.post("/safety/drills", soon(), follow=True).content.decode()
    assert "毎月9日 07:30" in page
    assert "次は" in page
    assert "抜き打ち" in page
    number = DrillSeries.objects.get().pk

    def press(deed: str, version: int) -> str:
        said = {deed: "1", "version": str(version)}
        path = f"/safety/drills/series/{number}"
        return crisis.post(path, said, follow=True).content.decode()

    page = press("pause", 1)
    assert "休みにしました" in page
    assert "再開する" in page
    assert "次は" not in page
    assert "ほかの人が変えました" in press("resume", 1)
    assert "次は" in press("resume", 2)
    page = press("end", 3)
    assert "繰り返しを終えました" in page
    assert "毎月9日" not in page
    assert coming() == []


def test_cancelling_one_at_the_browser_shows_the_next(crisis: Client) -> None:
    crisis.post("/safety/drills", soon())
    drill = PlannedDrill.objects.get()
    crisis.post(f"/safety/drills/{drill.pk}/cancel", {"version": "1"})
    (following,) = coming()
    assert following > drill.at
    assert following.day == 9


def test_a_first_day_that_is_not_the_last_of_its_kind_is_said_so(crisis: Client) -> None:
    answer = crisis.post("/safety/drills", soon(by="last"))
    assert answer.status_code == 422
    assert "ではありません" in answer.content.decode()


def test_only_crisis_management_changes_it(ward: Ward, signed_in: SignIn) -> None:
    found = series()
    client = signed_in("税務係", "060")
    assert client.post(f"/safety/drills/series/{found.pk}", {"end": "1"}).status_code == 403
