"""Orders of a period: what took effect, of whom, and by whom it may be read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meibo.domain.book import Effect, Line, SeatKind
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.ledger.witness import watching
from meibo.ledger.writer import Batch, NewCode, NewFiling, append

pytestmark = pytest.mark.django_db
TODAY, TURN = date(2026, 11, 23), date(2026, 4, 1)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
FIRST = date(2020, 4, 1)
HR = Viewer(frozenset({"staff", "hr"}), TODAY)


@pytest.fixture
def lines() -> dict[str, int]:
    """Two people: one moved and moved by mistake, one entered with the same day."""
    batch = Batch(people={"p1": "0000001", "p2": "0000002"})
    batch.codes += [NewCode("post", "1", "係長", 1), NewCode("post", "2", "主事", 2)]
    for code, name in (("u1", "総務課"), ("u2", "税務課")):
        batch.filings.append(NewFiling(f"unit:{code}", "name", name, FIRST, NOW))
    for person in ("p1", "p2"):
        batch.filings.append(NewFiling(person, "name", f"職員 {person}", FIRST, NOW))
        batch.filings.append(NewFiling(person, "staff_no", f"000000{person[1]}", FIRST, NOW))
    main = {"kind": SeatKind.MAIN}

    def line(day: date, effect: Effect, person: str, wording: str, no: str, **more: object) -> int:
        return batch.add(
            Line(0, day, NOW, effect, person, wording, no, **more)  # type: ignore[arg-type]  # by name
        ).no

    line(FIRST, Effect.ENTER, "p1", "採用", "1号", unit="u1", post="2", grade=1, **main)
    moved = line(TURN, Effect.MOVE, "p1", "昇任", "10号", unit="u2", post="1", grade=3, **main)
    wrong = line(TURN, Effect.ADD, "p1", "兼務", "9号", unit="u1", kind=SeatKind.CONCURRENT)
    line(TURN, Effect.VOID, "p1", "取消", "11号", voids=wrong)
    line(TURN, Effect.ENTER, "p2", "採用", "12号", unit="u1", post="2", grade=1, **main)
    real = append(batch, actor="test", now=NOW)
    return {"moved": real[moved], "wrong": real[wrong]}


def test_an_order_comes_with_the_addressee_of_the_eve_and_of_the_day(
    lines: dict[str, int],
) -> None:
    found = next(o for o in reader.orders(HR, TURN, TURN) if o.no == lines["moved"])
    assert (found.wording, found.order_no, found.path, found.post) == (
        *("昇任", "10号"),
        ("税務課",),
        "係長",
    )
    assert found.grade == 3
    assert found.before is not None
    assert found.after is not None
    assert (found.before["unit_path"], found.after["unit_path"]) == (["総務課"], ["税務課"])


def test_who_enters_has_no_eve(lines: dict[str, int]) -> None:
    found = next(o for o in reader.orders(HR, TURN, TURN) if o.person == "p2")
    assert found.before is None
    assert found.after is not None


def test_a_cancelled_order_stays_in_the_book_and_says_so(lines: dict[str, int]) -> None:
    found = {o.order_no: o.cancelled for o in reader.orders(HR, TURN, TURN)}
    assert found == {"10号": False, "9号": True, "11号": False, "12号": False}


def test_a_period_ends_with_its_last_day(lines: dict[str, int]) -> None:
    day = timedelta(days=1)
    assert not reader.orders(HR, FIRST + day, TURN - day)
    assert len(reader.orders(HR, FIRST, TURN)) == 5
    assert [o.person for o in reader.orders(HR, TURN, TURN, people=["p2"])] == ["p2"]


def test_without_faces_nobody_is_looked_up(lines: dict[str, int]) -> None:
    found = reader.orders(HR, FIRST, TURN, faces=False)
    assert len(found) == 5
    assert all(o.before is None and o.after is None for o in found)


@pytest.mark.parametrize("tie", ["staff", "crisis", "audit", "it"])
def test_nobody_reads_orders_that_the_table_does_not_give(lines: dict[str, int], tie: str) -> None:
    assert reader.orders(Viewer(frozenset({"staff", tie}), TODAY), FIRST, TURN) == []


def test_everybody_reads_their_own(lines: dict[str, int]) -> None:
    me = Viewer(frozenset({"staff"}), TODAY, person="p2")
    assert [o.order_no for o in reader.orders(me, FIRST, TURN)] == ["12号"]


def test_reading_somebodys_orders_is_witnessed(lines: dict[str, int]) -> None:
    with watching() as seen:
        reader.orders(HR, TURN, TURN)
    assert all("orders" in seen.read[person] for person in ("p1", "p2"))


def test_the_house_of_a_day_is_read_once_however_many_orders_it_has(
    lines: dict[str, int],
) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = reader.orders(HR, FIRST, TURN, faces=False)
    days = {order.effective for order in found}
    assert len(found) > len(days) + 1
    of_the_house = [q for q in asked if '"ledger_house"."version"' in q["sql"]]
    assert len(of_the_house) <= len(days) + 1  # one more for the code tables
