"""発令番号: as the town writes them, going on within the fiscal year, none given twice."""

from __future__ import annotations

from datetime import date

import pytest

from meibo.domain.book import Effect, Line
from meibo.ledger.drawer import DrawerError, Numbering, Pattern, numbers
from meibo.ledger.writer import Batch
from tests.ledger.scenes import NOW, append, hire, house, order

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2027, 3, 31), date(2027, 4, 1)


@pytest.fixture
def person() -> str:
    batch = house()
    found = hire(batch, "1", "山田　花子", "ヤマダ　ハナコ", "01010010", "070")
    append(batch)
    return found


def announced(person: str, *given: str) -> None:
    batch = Batch()
    for number in given:
        batch.add(order(person, APRIL, Effect.MOVE, post="060", order_no=number))
    append(batch)


def orders(*days: date, no: str = "") -> list[Line]:
    return [Line(0, day, NOW, Effect.MOVE, "p", order_no=no) for day in days]


def test_numbers_go_on_where_the_book_ends(person: str) -> None:
    announced(person, "2700518", "27X", "2799", "2600004")
    assert numbers(orders(MARCH, APRIL, APRIL)) == ["2600005", "2700519", "2700520"]


def test_a_number_that_an_order_has_is_kept_and_not_given_again(person: str) -> None:
    given = Numbering()([*orders(APRIL), *orders(APRIL, no="2700001"), *orders(APRIL)])
    assert given == ["2700002", "2700001", "2700003"]


def test_a_town_writes_its_own_words_around_the_count(person: str) -> None:
    pattern = Pattern("令{r}人発第{count}号", 4)
    announced(person, "令9人発第0041号", "2700518")
    assert Numbering(pattern)(orders(MARCH, APRIL)) == ["令8人発第0001号", "令9人発第0042号"]


@pytest.mark.parametrize("text", ["{count}", "{yy}", "{yy}{count}{count}", "{year}{count}", ""])
def test_a_pattern_by_which_numbers_could_come_twice_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="発令番号"):
        Pattern(text)


def test_when_the_digits_do_not_suffice_it_is_said(person: str) -> None:
    announced(person, "2799")
    with pytest.raises(DrawerError, match="2桁では足りません"):
        Numbering(Pattern("{yy}{count}", 2))(orders(APRIL))
