"""What a file of payroll hides: values nobody can read, rows cut short or twice there, a count that
is not right. None of it may pass for agreement."""

import pytest

from meibo.apps.exchange.models import Run
from meibo.apps.exchange.queries.feeds import Feed
from meibo.apps.exchange.queries.runs import noted, rate, told
from meibo.domain.disclosure import Viewer
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.exchange.test_reconciliation import (
    Change,
    edited,
    full,
    held,
    number,
    put,
    without,
)
from tests.apps.exchange.test_reconciliation import told as kinds

PAYROLL, COLLEAGUE = Viewer(frozenset({"payroll"}), TODAY), Viewer(frozenset(), TODAY)


def cut(whose: str, cells: int) -> Change:
    """The row of one person, broken off."""

    def change(lines: list[list[str]]) -> None:
        (place,) = [at for at, row in enumerate(lines) if row[0] == whose]
        lines[place] = lines[place][:cells]

    return change


def twice(whose: str, header: str, value: str) -> Change:
    """A second row of one person, with another value."""

    def change(lines: list[list[str]]) -> None:
        (place,) = [at for at, row in enumerate(lines) if row[0] == whose]
        row = list(lines[place])
        row[lines[0].index(header)] = value
        lines.insert(place + 1, row)
        lines[-1][1] = str(len(lines) - 2)

    return change


def closing(count: str | None) -> Change:
    """The closing line with another count, or none."""

    def change(lines: list[list[str]]) -> None:
        if count is None:
            lines.pop()
        else:
            lines[-1][1] = count

    return change


def test_a_value_that_nobody_can_read_is_listed_with_what_stands_there(
    ward: Ward, link: Feed
) -> None:
    person = ward.first("税務係", "060")
    run = held(link, edited(full(link), put(number(person), "職名CD", "999")), TODAY)
    assert kinds(run) == [("unreadable", "post", "unreadable")]
    assert (run.unreadable, run.compared - run.equal) == (1, 1)
    (line,) = told(PAYROLL, run.differences.select_related("run"))
    assert (line.row.person, line.theirs, line.row.header) == (person, "999", "職名CD")
    assert line.ours.startswith("060")
    assert "999" in line.cells()
    (hidden,) = told(COLLEAGUE, run.differences.select_related("run"))
    assert (hidden.ours, hidden.theirs) == ("", "")
    assert "999" not in run.differences.get().theirs  # sealed


def test_a_row_that_breaks_off_is_listed_and_none_of_its_values_agrees(
    ward: Ward, link: Feed
) -> None:
    person, data = ward.first("税務係", "060"), full(link)
    whole = held(link, data, TODAY)
    run = held(link, edited(data, cut(number(person), 9)), TODAY)
    assert kinds(run) == [("broken", "", "broken")]
    assert run.compared == whole.compared
    assert run.unreadable == run.compared - run.equal > 5
    (line,) = told(PAYROLL, run.differences.select_related("run"))
    assert "項目が9個しかありません" in line.theirs
    assert "比べませんでした" in line.theirs


def test_a_second_row_with_another_value_is_listed(ward: Ward, link: Feed) -> None:
    person = ward.first("税務係", "060")
    run = held(link, edited(full(link), twice(number(person), "内線", "1234")), TODAY)
    assert kinds(run) == [("double", "", "double")]
    (line,) = told(PAYROLL, run.differences.select_related("run"))
    assert (line.row.person, "（内線）" in line.theirs) == (person, True)
    assert run.notes == []


def test_a_broken_row_of_somebody_whom_the_roster_does_not_have_is_listed_too(
    ward: Ward, link: Feed
) -> None:
    def change(lines: list[list[str]]) -> None:
        lines.insert(1, ["0009999", "だれか"])
        lines[-1][1] = str(len(lines) - 2)

    run = held(link, edited(full(link), change), TODAY)
    assert [(d.kind, d.staff_no) for d in run.differences.all()] == [("broken", "0009999")]


@pytest.mark.parametrize(
    ("count", "said"), [("3", "件数（3）"), (None, "終わりの行（T）がありません")]
)
def test_a_closing_line_that_disagrees_is_told(
    ward: Ward, link: Feed, count: str | None, said: str
) -> None:
    run = held(link, edited(full(link), closing(count)), TODAY)
    assert kinds(run) == []
    (note,) = run.notes
    assert said in note
    assert any(said in cell for cell in noted(run)[0])


def test_rows_of_which_nobody_can_tell_whose_they_are_are_counted(ward: Ward, link: Feed) -> None:
    person = ward.first("税務係", "060")
    run = held(link, edited(full(link), put(number(person), "職員番号", "")), TODAY)
    (note,) = run.notes
    assert "職員番号が読めない行が1行" in note
    assert kinds(run)[0][0] == "here"


def test_a_right_file_has_nothing_to_note(ward: Ward, link: Feed) -> None:
    data = full(link)
    assert held(link, data, TODAY).notes == []
    assert held(link, edited(data, without(number(ward.first("税務係", "060")))), TODAY).notes == []


@pytest.mark.parametrize(
    ("equal", "compared", "percent"),
    [(53016, 53017, 99.99), (53017, 53017, 100.0), (1, 3, 33.33), (0, 5, 0.0), (0, 0, None)],
)
def test_the_rate_is_never_rounded_up(equal: int, compared: int, percent: float | None) -> None:
    assert rate(Run(equal=equal, compared=compared)) == percent
