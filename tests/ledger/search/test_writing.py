"""Keys are written and forgotten; index and entries stay in step."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meibo.domain.book import OPEN
from meibo.domain.finding import Key
from meibo.ledger import search
from meibo.ledger.models import SearchEntry
from meibo.ledger.search import eras, places
from tests.ledger.search.town import HANAKO, ONO, START, TODAY, UNITS, found, many, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sound() -> Iterator[None]:
    """After every test here the index holds what the entries say, and places are in order."""
    yield
    assert search.faults() == 0
    entries = list(SearchEntry.objects.order_by("place"))
    order = [(e.era, bytes(e.sort), e.subject) for e in entries]
    assert order == sorted(order)


def test_what_was_written_is_kept() -> None:
    search.write([*HANAKO, *ONO, *UNITS])
    assert search.stored(["hanako", "nobody"]) == {"hanako": frozenset(HANAKO)}
    assert search.subjects() == {"hanako", "ono", "unit:f1", "unit:z1"}


def test_writing_again_replaces_the_keys_of_these_subjects_alone() -> None:
    search.write([*HANAKO, *ONO])
    search.write(person("hanako", "鈴木　花子", "スズキ　ハナコ"))
    assert found("高橋") == []
    assert found("鈴木") == ["hanako"]
    assert found("大野") == ["ono"]


def test_a_small_change_keeps_the_place() -> None:
    search.write([*HANAKO, *ONO])
    before = SearchEntry.objects.get(subject="hanako").place
    search.write(person("hanako", "髙橋　花子", "タカハシ　ハナコ", extension="9999"))
    assert SearchEntry.objects.get(subject="hanako").place == before
    assert found("9999") == ["hanako"]
    assert found("2345") == []


def waiting() -> int:
    """Pages of terms that a search would have to read through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('ledger_searchindex')")
        return int(cursor.fetchone()[0])


def test_a_write_leaves_nothing_to_be_put_in_order() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lays nothing aside: run with --postgres")
    search.write([*HANAKO, *ONO])
    assert waiting() == 0
    search.write(person("hanako", "鈴木　花子", "スズキ　ハナコ"))
    assert waiting() == 0
    search.arrange(START, TODAY)
    assert waiting() == 0


def test_writing_the_same_again_writes_nothing() -> None:
    search.write([*HANAKO, *ONO])
    before = list(SearchEntry.objects.values())
    search.write([*ONO, *HANAKO])
    assert list(SearchEntry.objects.values()) == before


def test_who_is_forgotten_is_found_by_nothing() -> None:
    search.write([*HANAKO, *ONO])
    search.forget(["hanako", "nobody"])
    assert found("高橋") == []
    assert search.subjects() == {"ono"}


def test_a_failed_transaction_leaves_nothing() -> None:
    search.write(ONO)
    with transaction.atomic():
        search.write(HANAKO)
        transaction.set_rollback(True)
    assert found("高橋") == []
    assert found("大野") == ["ono"]


def test_newcomers_find_their_place_between_the_others() -> None:
    search.write([*person("a", "森　梓", "モリ　アズサ"), *person("z", "森　渉", "モリ　ワタル")])
    search.write(person("m", "森　努", "モリ　ツトム"))
    search.write([*person("n", "森　直", "モリ　ナオ"), *person("b", "森　以蔵", "モリ　イゾウ")])
    assert found("森") == ["a", "b", "m", "n", "z"]


def test_where_there_is_no_room_left_everyone_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "STEP", 2)
    for i in range(30):  # each just before the one before
        search.write(person(f"p{i:02}", "森　努", "モリ　" + "ア" * (30 - i)))
    assert found("森", limit=50) == [f"p{i:02}" for i in reversed(range(30))]


def test_a_database_emptied_from_outside_can_be_written_anew() -> None:
    search.write([*HANAKO, *ONO])
    search.forget(["hanako", "ono"])
    search.write(HANAKO)
    assert found("高橋") == ["hanako"]


class TestEras:
    def test_every_day_is_in_just_one(self) -> None:
        eras.store(eras.cuts(date(2015, 4, 1), TODAY))
        known = eras.eras()
        assert [e.starts for e in known] == [
            date.min,
            date(2018, 4, 1),
            date(2022, 4, 1),
            date(2026, 4, 1),
        ]
        assert known[0].ends == known[1].starts
        assert known[-1].ends == OPEN
        assert eras.era_of(date(2022, 3, 31)) == known[1]
        assert eras.era_of(date(2022, 4, 1)) == known[2]
        assert eras.era_of(date(2099, 1, 1)) == known[3]
        assert eras.era_of(date(1950, 1, 1)) == known[0]

    def test_before_april_the_last_era_is_that_of_the_year_before(self) -> None:
        assert eras.cuts(date(2020, 4, 1), date(2027, 3, 31))[-1] == date(2026, 4, 1)
        assert eras.cuts(date(2020, 4, 1), date(2027, 4, 1))[-1] == date(2027, 4, 1)

    def test_arranging_changes_no_answer(self) -> None:
        days = [date(2019, 4, 1), date(2021, 6, 1), date(2024, 4, 1), TODAY, date(2030, 1, 1)]
        keys = [
            Key("p", "name", "原田 努", date(2018, 4, 1), date(2025, 4, 1), "原田　努"),
            Key("p", "unit", "税務課", date(2018, 4, 1), date(2024, 4, 1), "税務課"),
            Key("p", "unit", "福祉課", date(2024, 4, 1), date(2025, 4, 1), "福祉課"),
            *HANAKO,
            *UNITS,
        ]
        search.write(keys)
        words = ["原田", "税務", "福祉", "高橋"]
        before = [found(word, on=day) for word in words for day in days]
        search.arrange(date(2018, 4, 1), TODAY)
        assert [found(word, on=day) for word in words for day in days] == before
        assert search.stored(["p", "hanako"]) == {
            "p": frozenset(keys[:3]),
            "hanako": frozenset(HANAKO),
        }
        search.arrange(TODAY, TODAY)
        assert [found(word, on=day) for word in words for day in days] == before

    def test_keys_of_the_past_are_not_in_the_era_of_today(self) -> None:
        search.write(
            [*many(5), *person("gone", "高田　渉", "タカダ　ワタル", ends=date(2022, 1, 1))]
        )
        search.arrange(START, TODAY)
        now = eras.era_of(TODAY).number
        assert not SearchEntry.objects.filter(era=now, subject="gone").exists()
        assert found("高田 渉", on=date(2021, 1, 1)) == ["gone"]

    def test_later_writing_goes_to_every_era_it_concerns(self) -> None:
        search.arrange(date(2015, 4, 1), TODAY)
        search.write(HANAKO)
        for day in (START, date(2023, 1, 1), TODAY):
            assert found("高橋", on=day) == ["hanako"]
        search.write(person("hanako", "鈴木　花子", "スズキ　ハナコ", starts=date(2023, 1, 1)))
        assert [found("花子", on=day) for day in (START, TODAY)] == [[], ["hanako"]]


readings = st.text(st.sampled_from("アイウエオカキ"), min_size=1, max_size=4)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=st.lists(st.lists(st.tuples(st.integers(0, 9), readings), max_size=4), max_size=6))
def test_any_history_of_writing_ends_in_the_same_index(
    history: list[list[tuple[int, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "STEP", 3)
    search.forget(search.subjects())
    now: dict[str, str] = {}
    for batch in history:
        batch_now = {f"p{number}": f"モリ　{reading}" for number, reading in batch}
        search.write([k for s, kana in batch_now.items() for k in person(s, "森　努", kana)])
        now |= batch_now
        assert found("森", limit=50) == sorted(now, key=lambda s: (sort_of(s, now[s]), s))
    assert search.faults() == 0


def sort_of(subject: str, kana: str) -> str:
    return next(k.key for k in person(subject, "森　努", kana) if k.field == "@sort")


def test_a_fault_of_the_index_is_noticed() -> None:
    search.write([*HANAKO, *ONO])
    with transaction.atomic():
        place = SearchEntry.objects.get(subject="hanako").place
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("UPDATE ledger_searchentry SET terms = '' WHERE place = %s", [place])
            else:
                cursor.execute(
                    "INSERT INTO ledger_searchindex (ledger_searchindex, rowid, terms)"
                    " VALUES ('delete', %s, 'n=花子')",
                    [place],
                )
        assert search.faults() > 0
        transaction.set_rollback(True)


def test_keys_of_one_subject_come_in_a_row() -> None:
    with pytest.raises(ValueError, match="hanako"):
        search.write([HANAKO[0], *ONO, *HANAKO[1:]])
    assert search.subjects() == frozenset()
