"""Who may be there twice, by birth, name and reading; and who is not suspected."""

from itertools import permutations

import pytest

from meibo.domain.doubles import Reason, Traits, suspected

BORN = "1980-04-05"


def one(
    person: str,
    born: str = BORN,
    name: str = "山田花子",
    kana: str = "ヤマダハナコ",
    former: str = "",
) -> Traits:
    return Traits(person, born, frozenset({name, former} - {""}), frozenset({kana}))


def reasons(*people: Traits) -> list[set[Reason]]:
    return [set(double.reasons) for double in suspected(people)]


def test_the_same_birth_name_and_reading_are_told_with_both_reasons() -> None:
    assert reasons(one("a"), one("b")) == [{Reason.BORN_AND_READING, Reason.BORN_AND_NAME}]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (one("b", name="山田華子"), {Reason.BORN_AND_READING}),
        (one("b", kana="ヤマダカコ"), {Reason.BORN_AND_NAME}),
        (one("b", name="鈴木花子", kana="スズキハナコ", former="山田花子"), {Reason.BORN_AND_NAME}),
        (one("b", born="1980-05-05"), {Reason.NAME_AND_READING}),
        (one("b", born=""), {Reason.NAME_AND_READING}),
    ],
)
def test_one_thing_alone_is_told_as_what_it_is(other: Traits, told: set[Reason]) -> None:
    assert reasons(one("a"), other) == [told]


@pytest.mark.parametrize(
    "other",
    [
        one("b", born="1979-05-05"),  # the same name, another birthday: two people
        one("b", name="佐藤花子", kana="サトウハナコ"),
        one("b", born="", kana="ヤマダカコ"),
    ],
)
def test_a_namesake_and_a_twin_are_not_suspected(other: Traits) -> None:
    assert suspected([one("a"), other]) == []


def test_the_order_in_which_people_come_does_not_matter() -> None:
    people = [one("a"), one("b"), one("c", born="1980-05-05"), one("d", name="山田華子")]
    found = {tuple(suspected(order)) for order in permutations(people)}
    assert len(found) == 1
    pairs = [{double.one, double.other} for double in found.pop()]
    assert pairs[0] == {"a", "b"}
    assert {"a", "c"} in pairs
