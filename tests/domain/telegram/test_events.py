"""Successive telegrams of one event, and of several."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from meibo.domain.telegram import read
from meibo.domain.telegram.codec import from_json, to_json
from meibo.domain.telegram.events import Decision, Do, State, due, started, step, stopped
from meibo.domain.telegram.level import Answer, Rule, Rules
from meibo.domain.telegram.model import Tsunami
from meibo.domain.telegram.reading import TOKYO
from meibo.domain.telegram.scale import Intensity
from meibo.domain.telegram.town_rules import rules_of
from tests.domain.telegram.made import (
    ALL_RAIN,
    FULL,
    MINATO,
    QUICK,
    WAVES,
    full,
    quick,
    rain,
    telegram,
    wave,
)

HERE = "1310300"
NIGHT = datetime(2026, 3, 1, 3, 18, tzinfo=TOKYO)  # a Sunday
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=TOKYO)
TOWN = Path(__file__).resolve().parents[3] / "town" / "telegrams.toml"
RULES = Rules(
    MINATO,
    (
        Rule(Answer.INFORM, intensity=Intensity.FOUR),
        Rule(Answer.START, intensity=Intensity.FIVE_LOWER),
        Rule(Answer.INFORM, tsunami=Tsunami.ADVISORY),
        Rule(Answer.START, tsunami=Tsunami.WARNING),
        Rule(Answer.START, special=True),
    ),
)
WAITING = Rules(
    MINATO,
    (Rule(Answer.START, intensity=Intensity.FIVE_LOWER, wait=timedelta(seconds=120)),),
)


class Watch:
    """The engine with its state, and what it decided."""

    def __init__(self, rules: Rules = RULES, now: datetime = NIGHT) -> None:
        self.state, self.rules, self.now = State(), rules, now
        self.all: list[Decision] = []

    def __call__(self, data: bytes, after: float = 0) -> list[str]:
        """What is decided on a telegram, `after` minutes later."""
        self.now += timedelta(minutes=after)
        self.state, made = step(self.state, read(data), self.now, self.rules)
        self.state = from_json(to_json(self.state))
        self.all += made
        return [str(d.do) for d in made]

    def later(self, minutes: float) -> list[str]:
        self.now += timedelta(minutes=minutes)
        self.state, made = due(self.state, self.now, self.rules)
        self.all += made
        return [str(d.do) for d in made]


def city(value: str, **about: str) -> bytes:
    return full({"350": value}, {HERE: value}, **about)


def test_an_event_starts_once_is_raised_and_never_repeated() -> None:
    watch = Watch()
    assert watch(quick({"350": "5-"}, at="03:17")) == ["start"]
    assert watch(quick({"350": "5-"}, at="03:18", serial="2")) == []
    assert watch(city("5-", at="03:20")) == []
    assert watch(city("5+", at="03:25", serial="2")) == ["raise"]
    assert watch(city("5+", at="03:30", serial="3")) == []
    assert watch.all[0].event == watch.all[1].event == "20260301031500"


def test_the_same_telegram_twice_is_one() -> None:
    watch = Watch()
    data = quick({"350": "5-"})
    assert watch(data) == ["start"]
    before = watch.state
    assert watch(data) == []
    assert watch.state == before


def test_a_lesser_intensity_informs_and_then_rises_to_a_start() -> None:
    watch = Watch()
    assert watch(quick({"350": "3"})) == []
    assert watch(quick({"350": "4"}, at="03:18")) == ["inform"]
    assert watch(city("5-", at="03:20")) == ["start"]


def test_the_tsunami_of_a_quake_is_the_same_event() -> None:
    watch = Watch()
    assert watch(quick({"350": "5-"})) == ["start"]
    assert watch(wave({"312": ("62", "00")}, at="03:19")) == ["raise"]
    assert watch(wave({"312": ("51", "62")}, at="03:25")) == ["raise"]
    assert watch(telegram(WAVES, "<Tsunami/>", at="03:26")) == []
    assert watch(wave({"312": ("60", "51")}, at="05:00")) == ["ease"]
    assert watch(wave({"312": ("51", "00")}, at="05:10")) == ["raise"]
    assert {d.event for d in watch.all} == {"20260301031500"}


def test_a_tsunami_without_a_quake_here_starts_by_itself() -> None:
    watch = Watch()
    assert watch(quick({"220": "7"})) == []
    assert watch(wave({"312": ("51", "00")}, at="03:19")) == ["start"]


def test_a_tsunami_telegram_that_names_two_quakes_makes_them_one_event() -> None:
    watch = Watch()
    assert watch(quick({"350": "5-"}, event="1")) == ["start"]
    assert watch(quick({"350": "4"}, event="2")) == ["inform"]
    assert watch(wave({"312": ("51", "00")}, event="1 2", at="03:20")) == ["join", "raise"]
    assert watch(city("5-", event="2", at="03:30")) == []
    assert len(watch.state.events) == 1


def test_a_correction_is_announced_whichever_way_it_goes() -> None:
    watch = Watch()
    assert watch(city("5-", at="03:20")) == ["start"]
    assert watch(city("4", at="03:30", info="訂正", serial="2")) == ["correct"]
    assert watch.all[-1].level.intensity is Intensity.FOUR
    assert watch(city("4", at="03:31", info="訂正", serial="3")) == []
    assert watch(city("5+", at="03:40", info="訂正", serial="4")) == ["raise"]


def test_a_correction_to_graver_can_start() -> None:
    watch = Watch()
    assert watch(city("4", at="03:20")) == ["inform"]
    assert watch(city("5-", at="03:30", info="訂正", serial="2")) == ["start"]


def test_a_cancellation_is_announced_to_those_who_heard_of_it() -> None:
    watch = Watch()
    assert watch(quick({"350": "5-"}, at="03:17")) == ["start"]
    gone = telegram(QUICK, "<Text>取り消します。</Text>", info="取消", at="03:22")
    assert watch(gone) == ["cancel"]
    silent = Watch()
    assert silent(quick({"220": "7"}, at="03:17")) == []
    assert silent(gone) == []


def test_a_cancellation_of_one_kind_leaves_what_another_says() -> None:
    watch = Watch()
    assert watch(quick({"350": "5-"}, at="03:17")) == ["start"]
    assert watch(city("5-", at="03:20")) == []
    assert watch(telegram(QUICK, info="取消", at="03:22")) == []
    assert watch(telegram(FULL, info="取消", at="03:23")) == ["cancel"]


def test_what_was_taken_back_does_not_come_back_with_a_late_copy() -> None:
    watch = Watch()
    assert watch(telegram(QUICK, info="取消", at="03:22")) == []
    assert watch(quick({"350": "6-"}, at="03:17")) == []
    assert watch(quick({"350": "6-"}, at="03:25")) == ["start"]


@pytest.mark.parametrize("status", ["訓練", "試験"])
def test_drills_and_tests_do_nothing_and_take_nothing_back(status: str) -> None:
    watch = Watch()
    assert watch(quick({"350": "7"}, status=status)) == []
    assert watch.state.events == ()
    assert watch(quick({"350": "5-"}, at="03:17")) == ["start"]
    assert watch(telegram(QUICK, info="取消", status=status, at="03:30")) == []
    assert watch(city("7", status=status, at="03:31")) == []


def test_a_start_can_be_held_back_for_a_false_alarm() -> None:
    watch = Watch(WAITING)
    assert watch(quick({"350": "5-"}, at="03:17")) == ["wait"]
    assert watch.all[0].until == NIGHT + timedelta(minutes=2)
    assert watch(quick({"350": "5+"}, at="03:18"), after=1) == ["raise"]
    assert watch.later(0.5) == []
    assert watch.later(0.5) == ["start"]
    assert watch.later(1) == []
    assert watch(city("5+", at="03:22")) == []


def test_what_is_taken_back_in_the_meantime_is_not_started() -> None:
    watch = Watch(WAITING)
    assert watch(quick({"350": "5-"}, at="03:17")) == ["wait"]
    assert watch(telegram(QUICK, info="取消", at="03:18"), after=1) == ["cancel"]
    assert "取りやめ" in watch.all[-1].reason
    assert watch.later(5) == []


def test_a_city_that_shook_less_than_its_area_stops_the_start() -> None:
    watch = Watch(WAITING)
    assert watch(quick({"350": "5-"}, at="03:17")) == ["wait"]
    assert watch(full({"350": "5-"}, {HERE: "4"}, at="03:19"), after=1) == ["ease"]
    assert watch.later(5) == []


def test_a_person_may_start_or_stop_what_is_held_back() -> None:
    watch = Watch(WAITING)
    watch(quick({"350": "5-"}))
    watch.state = stopped(watch.state, "20260301031500")
    assert watch.later(5) == []
    other = Watch(WAITING)
    other(quick({"350": "5-"}))
    other.state = started(other.state, "20260301031500", other.now)
    assert other.later(5) == []
    assert other(city("5+", at="03:25")) == ["raise"]
    assert started(other.state, "unknown", other.now) == other.state


def test_an_aftershock_asks_a_person_and_a_stronger_quake_does_not() -> None:
    watch = Watch()
    assert watch(city("5+", event="1")) == ["start"]
    assert watch(city("5-", event="2", at="04:17"), after=60) == ["ask"]
    assert "24時間" in watch.all[-1].reason
    assert watch(city("5+", event="2", at="04:20"), after=3) == ["raise"]
    assert watch(city("6-", event="3", at="05:17"), after=60) == ["start"]
    assert watch(city("5-", event="4", at="2026-03-02T06:00"), after=26 * 60) == ["start"]


def test_a_tsunami_soon_after_an_alarm_is_no_aftershock() -> None:
    watch = Watch()
    assert watch(city("5+", event="1")) == ["start"]
    assert watch(wave({"312": ("51", "00")}, event="2", at="04:00"), after=40) == ["start"]


def test_after_a_false_alarm_the_next_quake_is_no_aftershock() -> None:
    watch = Watch()
    assert watch(quick({"350": "5-"}, event="1", at="03:17")) == ["start"]
    assert watch(telegram(QUICK, info="取消", event="1", at="03:22")) == ["cancel"]
    assert "配備に当たるものはありません" in watch.all[-1].reason
    assert watch(quick({"350": "5-"}, event="2", at="03:40")) == ["start"]


def test_what_was_asked_because_of_a_false_alarm_starts_by_itself() -> None:
    watch = Watch()
    assert watch(city("5+", event="1", at="03:17")) == ["start"]
    assert watch(city("5+", event="2", at="03:40"), after=20) == ["ask"]
    assert watch(city("5-", event="3", at="03:50"), after=10) == ["ask"]
    cancel = telegram(FULL, info="取消", event="1", at="03:55")
    assert watch(cancel, after=5) == ["cancel", "start", "raise"]
    assert [each.event for each in watch.all[-3:]] == ["1", "2", "3"]
    assert "取り消された" in watch.all[-2].reason
    assert "24時間以内" in watch.all[-1].reason  # now after the alarm of the second
    assert watch.all[-2].digest == ""
    assert from_json(to_json(watch.state)) == watch.state


def test_what_a_person_has_answered_is_not_judged_afresh() -> None:
    watch = Watch()
    watch(city("5+", event="1", at="03:17"))
    watch(city("5+", event="2", at="03:40"), after=20)
    watch.state = stopped(watch.state, "2")
    assert watch(telegram(FULL, info="取消", event="1", at="03:45"), after=5) == ["cancel"]


def test_what_has_become_old_meanwhile_goes_on_asking_with_another_reason() -> None:
    watch = Watch()
    watch(city("5+", event="1", at="03:17"))
    watch(city("5+", event="2", at="03:40"), after=20)
    cancel = telegram(FULL, info="取消", event="1", at="07:00")
    assert watch(cancel, after=200) == ["cancel", "raise"]
    assert "24時間以内" not in watch.all[-1].reason
    assert "時間が経っている" in watch.all[-1].reason


def test_an_alarm_that_was_corrected_below_what_alarms_was_none() -> None:
    watch = Watch()
    watch(city("5+", event="1", at="03:17"))
    watch(city("5-", event="2", at="03:40"), after=20)
    down = city("4", event="1", at="03:45", info="訂正")
    assert watch(down, after=5) == ["correct", "start"]


def test_a_telegram_that_comes_in_late_asks_a_person() -> None:
    watch = Watch(now=NIGHT + timedelta(hours=5))
    assert watch(city("6-")) == ["ask"]
    assert "時間が経って" in watch.all[-1].reason


def test_office_hours_and_nights_have_rules_of_their_own() -> None:
    with TOWN.open("rb") as file:
        rules, wrong = rules_of(tomllib.load(file), lambda day: day == date(2026, 3, 20))
    assert not wrong
    assert Watch(rules, MONDAY)(city("5-", at="2026-03-02T09:58")) == ["ask"]
    assert Watch(rules, MONDAY)(city("5+", at="2026-03-02T09:58")) == ["start"]
    assert Watch(rules, NIGHT)(city("5-")) == ["wait"]
    holiday = datetime(2026, 3, 20, 10, 0, tzinfo=TOKYO)  # 春分の日, a Friday
    assert Watch(rules, holiday)(city("5-", at="2026-03-20T09:58")) == ["wait"]
    new_year = datetime(2026, 12, 29, 10, 0, tzinfo=TOKYO)
    assert Watch(rules, new_year)(city("5-", at="2026-12-29T09:58")) == ["wait"]
    assert rules.office(MONDAY.replace(hour=8, minute=30))
    assert not rules.office(MONDAY.replace(hour=17, minute=15))


SPECIAL, WARNING = ("大雨特別警報", "33", "発表"), ("大雨警報", "03", "特別警報から警報")


def test_special_warnings_are_one_event_from_the_first_to_the_last() -> None:
    watch = Watch()
    assert watch(rain({HERE: [WARNING]}, at="01:00")) == []
    assert watch(rain({HERE: [SPECIAL]}, at="02:00")) == ["start"]
    assert watch(rain({HERE: [SPECIAL]}, ALL_RAIN, at="02:00")) == []
    assert watch(rain({HERE: [("大雨特別警報", "33", "継続")]}, at="03:00")) == []
    surge = rain(
        {HERE: [("高潮特別警報", "38", "発表")]},
        at="03:10",
        title="気象警報・注意報（Ｒ０６）（高潮）",
    )
    assert watch(surge) == ["raise"]
    assert watch(rain({HERE: [WARNING]}, at="04:00")) == ["ease"]
    ended = [("", "", "発表警報・注意報はなし")]
    assert watch(rain({HERE: ended}, ALL_RAIN, at="05:00")) == ["ease"]
    assert watch(rain({HERE: [SPECIAL]}, at="03:30", serial="9")) == []
    assert watch(rain({HERE: [SPECIAL]}, at="09:00")) == ["start"]
    assert len({d.event for d in watch.all}) == 2


def test_a_special_warning_that_is_taken_back_is_announced() -> None:
    watch = Watch()
    assert watch(rain({HERE: [SPECIAL]}, at="02:00")) == ["start"]
    assert watch(rain({"1310400": [SPECIAL]}, at="02:05")) == []
    assert watch(
        telegram(
            "気象警報・注意報（Ｒ０６）（大雨）",
            info="取消",
            event="",
            at="02:10",
            space="meteorology1",
        )
    ) == ["cancel"]


def test_what_is_said_to_the_country_is_told_once() -> None:
    watch = Watch()
    data = telegram("南海トラフ地震臨時情報", head_title="南海トラフ地震臨時情報（巨大地震警戒）")
    assert watch(data) == ["inform"]
    assert "巨大地震警戒" in watch.all[0].reason
    assert watch(data) == []


def test_an_expected_intensity_and_a_hypocentre_decide_nothing() -> None:
    watch = Watch()
    assert watch(telegram("緊急地震速報（警報）")) == []
    assert watch(telegram("震源に関する情報", "<Earthquake/>")) == []


def test_events_are_forgotten_in_time() -> None:
    watch = Watch()
    watch(quick({"350": "5-"}, event="1"))
    watch(quick({"220": "3"}, event="2", at="2026-03-20T03:17"), after=60 * 24 * 19)
    assert [e.key for e in watch.state.events] == ["2"]
    assert len(watch.state.seen) == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('[[rule]]\nintensity = "8"\nanswer = "start"', "震度"),
        ('[[rule]]\nintensity = "5弱"\nanswer = "go"', "answer"),
        ('[[rule]]\nanswer = "start"', "どれか一つ"),
        ('[[rule]]\ntsunami = "波"\nanswer = "start"', "tsunami"),
        ('[[rule]]\nspecial = true\nanswer = "ask"\nwhen = "noon"', "when"),
        ('[[rule]]\nspecial = true\nanswer = "ask"\nwait_seconds = -1', "wait_seconds"),
        ("[place]\nareas = [350]", "areas"),
        ('[office]\nstart = "8h"', "start"),
        ('[office]\nclosed = ["12/29"]', "closed"),
        ('[office]\ndays = "Mo"', "days"),
        ('[engine]\naftershock_hours = "long"', "aftershock_hours"),
    ],
)
def test_a_slip_in_the_towns_file_is_named_and_the_rest_still_stands(text: str, word: str) -> None:
    good = '\n[[rule]]\nspecial = true\nanswer = "start"\n'
    rules, wrong = rules_of(tomllib.loads(text + good), lambda _day: False)
    assert len(wrong) == 1
    assert word in wrong[0]
    assert Rule(Answer.START, special=True) in rules.rules


def test_a_decision_says_what_it_is_about() -> None:
    watch = Watch()
    data = quick({"350": "5-"})
    watch(data)
    decision = watch.all[0]
    assert (decision.do, decision.digest) == (Do.START, read(data).digest)
    assert "震度5弱" in decision.reason
    assert decision.level.words == "震度5弱"


def test_what_no_rule_names_is_no_news_neither_when_it_comes_nor_when_it_goes() -> None:
    watch = Watch()
    assert watch(city("5-", at="03:20")) == ["start"]
    assert watch(wave({"312": ("71", "00")}, at="03:21")) == []
    assert watch(telegram(FULL, info="取消", at="03:30")) == ["cancel"]
    assert watch(city("2", at="03:40")) == []
    assert watch(telegram(FULL, info="取消", at="03:50")) == []
