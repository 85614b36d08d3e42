"""By what someone can be found when: the fewest dated keys that say it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.book import OPEN
from meibo.domain.finding import Key, Shown, pack, person_keys, unit_keys, unpack
from tests.domain.finding.shelf import START, person, values

APRIL = date(2027, 4, 1)


def rows(keys: list[Key], field: str) -> list[tuple[str, date, date]]:
    return [(key.key, key.starts, key.ends) for key in keys if key.field == field]


def test_a_name_keeps_its_parts_and_what_is_shown_keeps_its_characters() -> None:
    [key] = [k for k in person("p", "髙橋　花子", "タカハシ　ハナコ") if k.field == "name"]
    assert (key.key, key.shown) == ("高橋 花子", "髙橋　花子")


def test_a_value_that_goes_on_is_one_row() -> None:
    periods = [
        (START, date(2024, 4, 1), values("原田　努", "ハラダ　ツトム", unit="税務課")),
        (date(2024, 4, 1), OPEN, values("原田　努", "ハラダ　ツトム", unit="福祉課")),
    ]
    keys = person_keys("p", periods)
    assert rows(keys, "name") == [("原田 努", START, OPEN)]
    assert rows(keys, "unit") == [
        ("税務課", START, date(2024, 4, 1)),
        ("福祉課", date(2024, 4, 1), OPEN),
    ]


def test_a_value_that_comes_back_is_two_rows() -> None:
    days = [START, date(2022, 4, 1), date(2024, 4, 1), OPEN]
    units = ["税務課", "福祉課", "税務課"]
    periods = [
        (days[i], days[i + 1], values("原田　努", "ハラダ　ツトム", unit=unit))
        for i, unit in enumerate(units)
    ]
    assert [r for r in rows(person_keys("p", periods), "unit") if r[0] == "税務課"] == [
        ("税務課", START, date(2022, 4, 1)),
        ("税務課", date(2024, 4, 1), OPEN),
    ]


def test_romaji_follow_from_the_reading() -> None:
    assert rows(person("p", "大野　翔", "オオノ　ショウ"), "romaji")[0][0] == "ono syo"


def test_romaji_of_ones_own_stand_beside_those_of_the_reading() -> None:
    found = rows(person("p", "大野　讓", "オオノ　ジョウ", romaji="Ohno George"), "romaji")
    assert {key for key, _, _ in found} >= {"ono zyo", "ono george"}


def test_who_changes_the_name_is_found_by_the_old_one_from_then_on() -> None:
    periods = [
        (START, APRIL, values("今枝　明美", "イマエダ　アケミ")),
        (APRIL, OPEN, values("渡辺　明美", "ワタナベ　アケミ")),
    ]
    former = rows(person_keys("p", periods), "former_name")
    assert ("今枝 明美", APRIL, OPEN) in former
    assert ("イマエダ アケミ", APRIL, OPEN) in former
    assert ("imaeda akemi", APRIL, OPEN) in former


def test_another_way_to_write_the_same_name_is_no_former_name() -> None:
    periods = [
        (START, APRIL, values("高橋　花子", "タカハシ　ハナコ")),
        (APRIL, OPEN, values("髙橋　花子", "タカハシ　ハナコ")),
    ]
    assert rows(person_keys("p", periods), "former_name") == []


def test_a_later_name_is_not_known_before_its_day() -> None:
    periods = [
        (START, APRIL, values("今枝　明美", "イマエダ　アケミ")),
        (APRIL, OPEN, values("渡辺　明美", "ワタナベ　アケミ")),
    ]
    assert [r for r in rows(person_keys("p", periods), "name") if r[0] == "渡辺 明美"] == [
        ("渡辺 明美", APRIL, OPEN)
    ]


def test_a_phone_number_is_its_digits() -> None:
    keys = unit_keys("unit:01", [(START, OPEN, {"unit.phone": ["０３－００００－１０２１"]})])
    assert rows(keys, "unit.phone") == [("0300001021", START, OPEN)]


def test_an_old_name_of_a_unit_is_shown_as_such() -> None:
    keys = unit_keys("unit:01", [(START, OPEN, {"unit.name": [Shown("政策課", "旧 政策課")]})])
    assert [(k.key, k.shown) for k in keys] == [("政策課", "旧 政策課")]


def test_who_has_no_reading_comes_after_those_who_have() -> None:
    with_reading = person("p", "渡辺　明美", "ワタナベ　アケミ")
    without = person_keys("q", [(START, OPEN, {"name": ["安藤　努"]})])
    assert rows(with_reading, "@sort")[0][0] < rows(without, "@sort")[0][0]


texts = st.text(st.sampled_from("高橋タカハナabc09-"), min_size=1, max_size=6)
days = st.dates(date(1990, 1, 1), date(2030, 1, 1))
keys_ = st.builds(
    Key,
    st.just("p"),
    st.sampled_from(["name", "kana", "unit", "extension", "@unit", "skill.own"]),
    st.lists(texts, min_size=1, max_size=3).map(" ".join),
    days,
    st.one_of(days, st.just(OPEN)),
    st.sampled_from(["髙橋　花子", "x\ty"]),
)


@given(st.sets(keys_, max_size=6))
def test_packing_loses_nothing_but_line_breaks(keys: set[Key]) -> None:
    back = unpack("p", pack(keys))
    assert {(k.field, k.key, k.starts, k.ends) for k in back} == {
        (k.field, k.key, k.starts, k.ends) for k in keys
    }
    assert all(k.shown in {"髙橋　花子", "x y"} for k in back)


@given(st.lists(keys_, max_size=6))
def test_packing_does_not_depend_on_order(keys: list[Key]) -> None:
    assert pack(keys) == pack(keys[::-1])
