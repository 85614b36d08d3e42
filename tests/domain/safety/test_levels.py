"""配備態勢: the table of the town says who is called and who comes by themselves."""

import pytest

from meibo.domain.safety.levels import Happened, LevelError, level, levels_of

ROW = {"time": "", "called": "*", "comes": "", "template": "quake"}
ROWS = [
    ROW | {"level": "警戒", "rank": "2", "measure": "intensity", "degree": "5弱", "time": "office"},
    ROW
    | {"level": "警戒（夜）", "rank": "2", "measure": "intensity", "degree": "5弱", "time": "night"}
    | {"comes": "heads、near"},
    ROW | {"level": "全職員", "rank": "4", "measure": "intensity", "degree": "6弱", "comes": "*"},
    ROW | {"level": "非常", "rank": "3", "measure": "tsunami", "degree": "津波警報"},
]


@pytest.mark.parametrize(
    ("happened", "in_office", "name"),
    [
        (Happened(intensity="4"), True, None),
        (Happened(intensity="5弱"), True, "警戒"),
        (Happened(intensity="5強"), False, "警戒（夜）"),
        (Happened(intensity="7"), False, "全職員"),
        (Happened(intensity="5弱", tsunami="大津波警報"), True, "非常"),
        (Happened(intensity="不明"), True, None),
        (Happened(), True, None),
    ],
)
def test_the_highest_level_that_is_reached_counts(
    happened: Happened, in_office: bool, name: str | None
) -> None:
    found = level(levels_of(ROWS), happened, in_office=in_office)
    assert (found.name if found else None) == name


def test_at_night_some_come_without_being_called() -> None:
    found = level(levels_of(ROWS), Happened(intensity="5弱"), in_office=False)
    assert found is not None
    assert found.comes == ("heads", "near")


@pytest.mark.parametrize(
    "wrong", [{"degree": "5"}, {"measure": "風"}, {"rank": ""}, {"time": "昼"}]
)
def test_a_row_that_would_call_nobody_by_mistake_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(LevelError, match="4行"):
        levels_of([*ROWS[:2], ROWS[2] | wrong])
