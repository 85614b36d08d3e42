"""The search over a real database: the same answers from SQLite and PostgreSQL."""

from datetime import date

import pytest

from meibo.domain.finding import Key, Scope
from meibo.ledger import search
from tests.ledger.search.town import (
    FIELDS,
    HANAKO,
    HEAD,
    ONO,
    STAFF,
    START,
    TODAY,
    UNITS,
    found,
    many,
    person,
    unit,
    units_found,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> None:
    search.write([*HANAKO, *ONO, *UNITS])


@pytest.mark.usefixtures("town")
class TestFinding:
    @pytest.mark.parametrize(
        "typed",
        [
            *("高橋", "髙橋花子", "花", "たか", "かはし", "ﾊﾅｺ", "takahashi", "TAKA", "hanako t"),
            *("福祉 高橋", "主査　福祉", "2345", "23", "２３４５", "橋 2"),
        ],
    )
    def test_a_person_is_found_by_any_scrap(self, typed: str) -> None:
        assert found(typed) == ["hanako"]

    @pytest.mark.parametrize(
        "typed",
        [
            *("高橋さん", "高橋様", "福祉の高橋", "福祉課の高橋さん", "高橋さん、福祉のほうの"),
            *("内線2345", "内線 2345", "2345番", "内線２３４５の高橋さん", "高橋主査さん"),
        ],
    )
    def test_a_person_is_found_as_people_say_it_and_it_is_told(self, typed: str) -> None:
        results = search.search(STAFF, typed, on=TODAY)
        assert [hit.subject for hit in results.people.hits] == ["hanako"]
        assert results.instead

    @pytest.mark.parametrize("typed", ["高橋", "福祉課", "納税さん課", "高橋さん 納税"])
    def test_what_finds_by_itself_or_not_at_all_is_looked_for_as_it_stands(
        self, typed: str
    ) -> None:
        assert not search.search(STAFF, typed, on=TODAY).instead

    def test_nobody_is_found_as_people_say_it_by_what_may_not_be_searched(self) -> None:
        assert found("職員番号0045624番") == found("0045624番") == []
        assert found("0045624番", HEAD) == ["hanako"]

    @pytest.mark.parametrize("typed", ["ohno", "おおの", "課長 納税", "onosyou"])
    def test_so_is_another(self, typed: str) -> None:
        assert found(typed) == ["ono"]

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            " ",
            "山田",
            "花橋",
            "0045624",
            "高橋 納税",
            "'",
            '"',
            "\\",
            "%",
            "_",
            "a:*",
            "NEAR(",
            "*",
        ],
    )
    def test_nobody_is_found_by_what_nobody_has(self, typed: str) -> None:
        assert found(typed) == []
        assert units_found(typed) == []

    @pytest.mark.parametrize("typed", ["高橋主査", "福祉課高橋", "花子高橋", "福祉課主査"])
    def test_two_words_written_as_one_are_found_where_both_are_exact(self, typed: str) -> None:
        assert found(typed) == ["hanako"]

    @pytest.mark.parametrize("typed", ["高橋課長", "高橋査", "福高橋", "高花子", "納税課高橋"])
    def test_and_nowhere_else(self, typed: str) -> None:
        assert found(typed) == []

    def test_units_are_found_beside_people(self) -> None:
        assert units_found("福祉") == ["unit:f1"]
        assert units_found("課") == ["unit:z1", "unit:f1"]  # in the house's own order

    def test_units_can_be_left_out(self) -> None:
        from_people = search.search(HEAD, "福祉", on=TODAY, units=0)
        assert from_people.units.hits == ()
        assert from_people.people.total == 1

    def test_who_may_search_units_alone_finds_no_people(self) -> None:
        public = Scope(frozenset({"unit.name"}), frozenset({"unit.name"}))
        assert units_found("福祉", public) == ["unit:f1"]
        assert found("福祉", public) == []
        assert found("高橋", public) == []

    def test_a_head_finds_their_people_by_staff_number_and_nobody_else(self) -> None:
        assert found("0045624", HEAD) == ["hanako"]
        assert found("0067890", HEAD) == []
        assert found("00", HEAD) == ["hanako"]


def test_the_own_section_comes_first_then_the_order_of_readings() -> None:
    search.write(
        [
            *person("b", "森　渉", "モリ　ワタル", at="f1"),
            *person("c", "森　努", "モリ　ツトム", at="z1"),
            *person("a", "森　梓", "モリ　アズサ", at="z1"),
            *person("d", "森田　梓", "モリタ　アズサ", at="f1"),
        ]
    )
    assert found("森") == ["a", "c", "b", "d"]
    assert found("森", HEAD) == ["b", "a", "c", "d"]


def test_any_day_is_answered_by_the_keys_of_that_day() -> None:
    moved = date(2024, 4, 1)
    left = date(2026, 4, 1)
    search.write(
        [
            *person("p", "原田　努", "ハラダ　ツトム", ends=left, extension="1111"),
            Key("p", "unit", "税務課", START, moved, "税務課"),
            Key("p", "unit", "福祉課", moved, left, "福祉課"),
        ]
    )
    for day, unit_then, unit_else in (
        (date(2024, 3, 31), "税務", "福祉"),
        (moved, "福祉", "税務"),
        (date(2026, 3, 31), "福祉", "税務"),
    ):
        assert found(f"原田 {unit_then}", on=day) == ["p"]
        assert found(f"原田 {unit_else}", on=day) == []
    assert found("原田", on=left) == []
    assert found("原田", on=date(2020, 3, 31)) == []


def test_an_abolished_unit_is_found_on_its_days() -> None:
    search.write(unit("x1", "政策課", order="3", ends=date(2027, 4, 1)))
    assert units_found("政策", on=date(2027, 3, 31)) == ["unit:x1"]
    assert units_found("政策", on=date(2027, 4, 1)) == []


def test_pages_of_a_frequent_word_follow_one_another() -> None:
    search.write(many(150))
    everyone = found("高田", limit=1000)
    assert len(set(everyone)) == 150
    assert [s for start in range(0, 160, 20) for s in found("高田", offset=start)] == everyone
    first = search.search(HEAD, "高", on=TODAY).people
    assert (first.total, first.capped, len(first.hits)) == (60, True, 20)


def test_what_is_hidden_does_not_show_in_the_count() -> None:
    search.write([*many(50), *HANAKO])
    scope = Scope(FIELDS, FIELDS, permits=lambda ids: {i: FIELDS for i in ids if i == "hanako"})
    results = search.search(scope, "高", on=TODAY)
    assert (results.people.total, results.people.capped) == (1, False)


def test_words_of_many_kinds_and_lengths_are_answered() -> None:
    search.write([*HANAKO, *ONO])
    for word in ("高" * 100, "a" * 100, "9" * 100, "ア" * 100, " ".join("高橋花子福祉無い")):
        assert found(word) == []
    assert found(" ".join("高橋花子福祉主査")) == ["hanako"]
