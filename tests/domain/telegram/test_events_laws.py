"""Laws of the engine: order does not matter, repeats do not matter, nothing starts twice."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from meibo.domain.telegram import read
from meibo.domain.telegram.codec import from_json, to_json
from meibo.domain.telegram.events import Decision, Do, State, due, step
from meibo.domain.telegram.level import Level
from tests.domain.telegram.made import FULL, QUICK, WAVE, full, quick, telegram, wave
from tests.domain.telegram.test_events import NIGHT, RULES, WAITING

SCALE = ["1", "2", "3", "4", "5-", "5+", "6-", "6+", "7"]
GRADES = ["00", "50", "51", "52", "53", "60", "62", "71"]
INFOS = ["発表", "発表", "発表", "訂正", "取消"]

unhurried = settings(deadline=None)  # a busy machine is no fault


@st.composite
def telegrams(draw: st.DrawFn, infos: list[str] = INFOS, status: str = "") -> bytes:
    """A telegram of one of two quakes, here or elsewhere, at some minute."""
    about = {
        "event": draw(st.sampled_from(["1", "2"])),
        "at": f"03:{draw(st.integers(0, 59)):02}",
        "seconds": f"{draw(st.integers(0, 59)):02}",
        "info": draw(st.sampled_from(infos)),
        "status": status or draw(st.sampled_from(["通常"] * 5 + ["訓練", "試験"])),
    }
    kind = draw(st.sampled_from([QUICK, FULL, WAVE]))
    if about["info"] == "取消":
        return telegram(kind, "<Text>取消</Text>", **about)
    value, here = draw(st.sampled_from(SCALE)), draw(st.booleans())
    if kind == WAVE:
        grade = draw(st.sampled_from(GRADES))
        return wave({"312" if here else "300": (grade, "00")}, **about)
    area = "350" if here else "442"
    city = {"1310300": value} if here and draw(st.booleans()) else {}
    return full({area: value}, city, **about) if kind == FULL else quick({area: value}, **about)


def run(many: list[bytes], state: State | None = None) -> tuple[State, list[Decision]]:
    state, made = state or State(), []
    now: datetime = NIGHT
    for data in many:
        now += timedelta(seconds=10)
        state, some = step(state, read(data), now, RULES)
        made += some
    return state, made


def levels(state: State) -> dict[frozenset[str], tuple[Level, Level]]:
    return {e.ids: (e.level, RULES.relevant(e.told)) for e in state.events}


@unhurried
@given(st.data(), st.lists(telegrams(), max_size=8))
def test_the_order_of_arrival_does_not_change_where_an_event_ends(
    data: st.DataObject, many: list[bytes]
) -> None:
    there, _ = run(many)
    back, _ = run(data.draw(st.permutations(many)))
    assert levels(there) == levels(back)


@unhurried
@given(st.lists(telegrams(), max_size=8))
def test_telegrams_that_come_again_change_nothing(many: list[bytes]) -> None:
    once, made = run(many)
    again, more = run(many, once)
    assert (again, more) == (once, [])
    twice, doubled = run([data for one in many for data in (one, one)])
    assert levels(twice) == levels(once)
    assert [(d.do, d.event, d.level) for d in doubled] == [(d.do, d.event, d.level) for d in made]


@unhurried
@given(st.lists(telegrams(), max_size=10))
def test_an_event_never_starts_twice(many: list[bytes]) -> None:
    _, made = run(many)
    begun = [d.event for d in made if d.do is Do.START]
    assert len(begun) == len(set(begun))


@unhurried
@given(st.lists(telegrams(["発表"], "通常"), max_size=10))
def test_without_corrections_nothing_is_corrected_or_cancelled(many: list[bytes]) -> None:
    _, made = run(many)
    assert not {d.do for d in made} & {Do.CORRECT, Do.CANCEL}


@unhurried
@given(st.lists(telegrams(), max_size=10))
def test_each_decision_says_something_new_of_its_event(many: list[bytes]) -> None:
    _, made = run(many)
    last: dict[str, Level] = {}
    for decision in made:
        before = last.get(decision.event, Level())
        assert RULES.relevant(decision.level) != RULES.relevant(before)
        if decision.do in {Do.RAISE, Do.START, Do.ASK, Do.INFORM}:
            assert decision.level.exceeds(before)
        last[decision.event] = decision.level


@unhurried
@given(st.lists(telegrams(status="訓練"), max_size=6), st.lists(telegrams(), max_size=6))
def test_drills_change_nothing_among_real_telegrams(drills: list[bytes], real: list[bytes]) -> None:
    mixed = [data for pair in zip(drills, real, strict=False) for data in pair]
    mixed += real[len(drills) :] + drills[len(real) :]
    assert levels(run(mixed)[0]) == levels(run(real)[0])


@unhurried
@given(st.lists(telegrams(), max_size=8))
def test_what_is_taken_back_is_over_and_that_is_told(many: list[bytes]) -> None:
    state, _ = run(many)
    taken = [
        telegram(kind, info="取消", event=event, at="2026-03-01T05:00")
        for event in ("1", "2")
        for kind in (QUICK, FULL, WAVE)
    ]
    ended, more = run(taken, state)
    assert all(e.level == Level() for e in ended.events)
    standing = {e.key for e in state.events if RULES.relevant(e.told) != Level()}
    assert {d.event for d in more if d.do is Do.CANCEL} == standing


@unhurried
@given(st.lists(telegrams(), max_size=8))
def test_a_state_survives_being_written_down(many: list[bytes]) -> None:
    state, _ = run(many)
    assert from_json(to_json(state)) == state


@unhurried
@given(st.lists(telegrams(), max_size=8), st.integers(0, 400))
def test_what_is_held_back_starts_once_and_only_if_it_still_stands(
    many: list[bytes], seconds: int
) -> None:
    state, made, now = State(), [], NIGHT
    for data in many:
        now += timedelta(seconds=10)
        state, some = step(state, read(data), now, WAITING)
        made += some
    assert not [d for d in made if d.do is Do.START]
    waits = {e.key for e in state.events if e.waiting}
    state, some = due(state, now + timedelta(seconds=seconds), WAITING)
    begun = [d.event for d in some if d.do is Do.START]
    assert set(begun) <= waits
    assert len(begun) == len(set(begun))
    assert due(state, now + timedelta(seconds=seconds), WAITING)[1] == ()
