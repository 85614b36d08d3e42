"""公開基準 is written, compared and looked over."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.disclosure import TIES, Row, Table, parse
from meibo.domain.disclosure_editing import CELLS, differences, doubts, written

TOWN = Path(__file__).resolve().parents[2] / "town" / "disclosure.csv"


def town() -> Table:
    return parse(TOWN.read_text(encoding="utf-8-sig"))


def with_cell(table: Table, field: str, tie: str, letters: str) -> Table:
    rows = tuple(
        Row(r.field, r.label, MappingProxyType({**r.cells, tie: letters}))
        if r.field == field
        else r
        for r in table.rows
    )
    return replace(table, rows=rows, _cache={})


def test_what_is_written_is_read_again_as_the_same_table() -> None:
    assert written(parse(written(town()))) == written(town())
    assert not differences(town(), parse(written(town())))


@given(st.sampled_from([r.field for r in town().rows]), st.sampled_from(list(TIES)), st.data())
def test_a_changed_cell_is_the_difference_and_nothing_else(
    field: str, tie: str, data: st.DataObject
) -> None:
    before = town()
    was = next(row.cells[tie] for row in before.rows if row.field == field)
    letters = data.draw(st.sampled_from([cell for cell in CELLS if cell != was]))
    (found,) = differences(before, with_cell(before, field, tie, letters))
    assert (found.field, found.tie, found.before, found.after) == (field, tie, was, letters)


def test_the_order_of_letters_is_no_difference() -> None:
    assert not differences(town(), with_cell(town(), "name", "staff", "sv"))


def test_a_horizon_that_moved_is_a_difference_and_no_field() -> None:
    other = replace(town(), future={**town().future, "staff": 0}, _cache={})
    (found,) = differences(town(), other)
    assert found.horizon
    assert (found.before, found.after) == ("*", "0")
    assert not found.gains("v")


def test_the_table_of_the_house_raises_no_doubt_that_stops_it() -> None:
    assert not [doubt for doubt in doubts(town()) if doubt.grave]


def test_to_take_personnel_away_from_the_record_is_grave() -> None:
    assert [d.tie for d in doubts(with_cell(town(), "exists", "hr", "")) if d.grave] == ["hr"]


def test_to_search_by_what_finds_a_person_at_home_is_doubted() -> None:
    found = doubts(with_cell(town(), "address", "staff", "s"))
    assert [(doubt.field, doubt.tie) for doubt in found] == [("address", "staff")]
