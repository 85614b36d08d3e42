"""What comes back from a file without a network: what is read of it, and what is news."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from meibo.domain.safety.ticks import (
    ARRIVED,
    KEPT,
    SAFE,
    SOFTENED,
    STRANGER,
    WRITTEN,
    Known,
    Tick,
    TicksError,
    read,
    weigh,
)

MADE = datetime(2026, 11, 26, 2, tzinfo=UTC)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def stamp(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def test_ticks_come_in_order_of_time() -> None:
    later = MADE + timedelta(hours=2)
    found = read({"a": {"arrived": stamp(later)}, "b": {"safe": stamp(MADE)}}, MADE, NOON)
    assert found == [Tick("b", SAFE, MADE), Tick("a", ARRIVED, later)]


def test_a_wrong_clock_is_moved_between_the_making_and_now() -> None:
    early, late = stamp(MADE - timedelta(days=400)), stamp(NOON + timedelta(days=400))
    found = read({"a": {"safe": early, "arrived": late}}, MADE, NOON)
    assert [(tick.kind, tick.at) for tick in found] == [(SAFE, MADE), (ARRIVED, NOON)]


@pytest.mark.parametrize(
    "wrong",
    [
        *([], "x", {"a": 1}, {"a": {"dead": 1}}, {"a": {"safe": "1"}}, {"a": {"safe": True}}),
        *({"a": {"safe": -1}}, {"a": {"safe": 2**60}}),
    ],
)
def test_what_no_file_writes_is_refused(wrong: Any) -> None:
    with pytest.raises(TicksError):
        read(wrong, MADE, NOON)


@pytest.mark.parametrize(
    ("kind", "known", "outcome"),
    [
        (SAFE, None, STRANGER),
        (SAFE, Known(), WRITTEN),
        (SAFE, Known("safe", MADE, None), WRITTEN),
        (SAFE, Known("hurt", MADE, None), SOFTENED),
        (SAFE, Known("rescue", MADE, None), SOFTENED),
        (ARRIVED, Known("grave", MADE, None), WRITTEN),
        (SAFE, Known("hurt", NOON, None), KEPT),
        (SAFE, Known("safe", NOON + timedelta(hours=1), None), KEPT),
        (ARRIVED, Known("safe", NOON, None), WRITTEN),
        (ARRIVED, Known("safe", NOON, MADE), KEPT),
    ],
)
def test_the_newer_answer_counts_and_the_first_arrival(
    kind: str, known: Known | None, outcome: str
) -> None:
    tick = Tick("a", kind, NOON)
    (effect,) = weigh([tick], {"a": known} if known else {})
    assert effect.outcome == outcome
