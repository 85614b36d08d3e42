"""The roster against payroll's file: what differs, why, and how well both are linked."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from meibo.apps.exchange.actions import answering, delivering, handing
from meibo.apps.exchange.actions.keeping import Wanted
from meibo.apps.exchange.actions.reconciling import ReconcileError, Sent, reconcile
from meibo.apps.exchange.models import Difference, Run
from meibo.apps.exchange.queries.causes import WHAT_TO_DO, slipped
from meibo.apps.exchange.queries.feeds import Feed
from meibo.domain.book import Effect, Line
from meibo.ledger import drawer
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor
from tests.apps.directory.ward import NOW, TODAY, Ward

CLERK = Actor("kyuyo")
LATER = NOW + timedelta(days=10)
ON = TODAY + timedelta(days=10)
Change = Callable[[list[list[str]]], None]


def full(feed: Feed, *, accept: bool = True) -> bytes:
    """The file as payroll has it after a full delivery."""
    wanted = Wanted(feed, TODAY, full=True)
    delivery = delivering.deliver(wanted, actor=CLERK, now=NOW)
    if accept:
        answering.accept_all(delivery, actor=CLERK, now=NOW)
    return handing.content(delivery)


def edited(data: bytes, change: Change) -> bytes:
    """The file after somebody at payroll has changed it. No value has a comma or a quote."""
    lines = [line[1:-1].split('","') for line in data.decode("cp932").splitlines()]
    change(lines)
    return "".join('"' + '","'.join(cells) + '"\r\n' for cells in lines).encode("cp932")


def put(number: str, header: str, value: str) -> Change:
    def change(lines: list[list[str]]) -> None:
        (row,) = [cells for cells in lines if cells[0] == number]
        row[lines[0].index(header)] = value

    return change


def without(number: str) -> Change:
    def change(lines: list[list[str]]) -> None:
        lines[:] = [cells for cells in lines if cells[0] != number]
        lines[-1][1] = str(len(lines) - 2)

    return change


def held(feed: Feed, data: bytes, on: date = ON) -> Run:
    return reconcile(Sent(feed, "給与連携_20261123.csv", data, on), actor=CLERK, now=LATER)


def told(run: Run) -> list[tuple[str, str, str]]:
    return [(d.kind, d.field, d.cause) for d in run.differences.all()]


def number(person: str) -> str:
    return f"{int(person[1:]):07}"


def file(person: str, field: str, value: str, day: date) -> None:
    filing = NewFiling(person, field, value, day, LATER)
    append(Batch(filings=[filing]), actor="jinji", now=LATER)


def test_the_file_that_was_sent_has_no_difference(ward: Ward, link: Feed) -> None:
    run = held(link, full(link), TODAY)
    assert told(run) == []
    assert run.equal == run.compared > 2000
    assert run.here == run.there > 100
    assert run.unreadable == 0


def test_a_change_after_the_last_delivery_is_not_sent_yet(ward: Ward, link: Feed) -> None:
    data = full(link)
    person = ward.first("税務係", "060")
    file(person, "extension", "9871", TODAY + timedelta(days=3))
    run = held(link, data)
    assert told(run) == [("differs", "extension", "not_sent")]
    assert run.differences.get().since == TODAY + timedelta(days=3)
    assert (run.compared - run.equal) == 1


def test_a_change_that_counts_from_before_is_retroactive_with_its_first_day(
    ward: Ward, link: Feed
) -> None:
    data = full(link)
    since = TODAY - timedelta(days=100)
    file(ward.first("税務係", "060"), "step", "077", since)
    run = held(link, data)
    assert told(run) == [("differs", "step", "retroactive")]
    assert run.differences.get().since == since


def test_a_slip_at_payroll_is_told_as_typed_wrong(ward: Ward, link: Feed) -> None:
    person = ward.first("税務係", "060")
    data = edited(full(link), put(number(person), "内線", "2035"))
    run = held(link, data)
    # Two figures of the extension exchanged.
    assert told(run) == [("differs", "extension", "typed")]


def test_what_payroll_alone_knows_has_no_known_cause(ward: Ward, link: Feed) -> None:
    person = ward.first("税務係", "060")
    data = edited(full(link), put(number(person), "住所", "遠方町一丁目"))
    assert told(held(link, data)) == [("differs", "address", "unknown")]


def test_an_announced_order_of_a_coming_day_is_told_as_such(ward: Ward, link: Feed) -> None:
    person, day = ward.first("税務係", "060"), ON + timedelta(days=20)
    batch = Batch()
    batch.add(
        Line(0, day, LATER, Effect.MOVE, person, "配置換", unit=ward.codes["収納係"], post="060")
    )
    append(batch, actor="jinji", now=LATER)
    data = edited(full(link), put(number(person), "所属CD", ward.codes["収納係"]))
    run = held(link, data)
    assert told(run) == [("differs", "unit", "ahead")]
    assert run.differences.get().since == day


def test_a_plan_in_the_drawer_leaves_no_trace(ward: Ward, link: Feed) -> None:
    """Payroll has typed what a secret plan would bring: that reads as if there were no plan."""
    person, day = ward.first("税務係", "060"), ON + timedelta(days=20)
    unit = ward.codes["収納係"]
    data = edited(full(link), put(number(person), "所属CD", unit))
    without_plan = held(link, data)
    line = Line(0, day, LATER, Effect.MOVE, person, "配置換", unit=unit, post="060")
    drawer.lay_in("案", [(line, "x")], now=LATER)
    with_plan = held(link, data)
    assert told(with_plan) == told(without_plan) == [("differs", "unit", "unknown")]
    assert [d.since for d in with_plan.differences.all()] == [None]


def test_whose_row_no_letter_of_the_file_can_write_is_not_told_to_go_out(
    ward: Ward, link: Feed
) -> None:
    """Nor any other change of that person: the row is held back whole."""
    data = full(link)
    person, other = ward.first("税務係", "060"), ward.first("税務係", "052")
    file(person, "name", "樋\U000e0100口　一", TODAY + timedelta(days=2))
    file(person, "extension", "9871", TODAY + timedelta(days=3))
    file(other, "extension", "9872", TODAY + timedelta(days=3))
    run = held(link, data)
    causes = {(d.person, d.field): d.cause for d in run.differences.all()}
    assert causes == {
        (person, "name"): "unwritable",
        (person, "extension"): "unwritable",
        (other, "extension"): "not_sent",
    }
    said = WHAT_TO_DO["unwritable"]
    assert ("次の差分にも入りません" in said, "外字対応表" in said) == (True, True)
    delivery = delivering.deliver(Wanted(link, ON), actor=CLERK, now=LATER)
    assert [row.person for row in delivery.rows.all()] == [other]


def test_who_never_went_out_because_of_a_letter_is_not_told_to_go_out_next(
    ward: Ward, link: Feed
) -> None:
    person = ward.first("税務係", "060")
    append(
        Batch(filings=[NewFiling(person, "name", "樋\U000e0100口　一", TODAY, NOW)]),
        actor="jinji",
        now=NOW,
    )
    run = held(link, full(link))
    assert [(d.kind, d.person, d.cause) for d in run.differences.all()] == [
        ("here", person, "unwritable")
    ]


def test_people_of_one_side_alone_are_told(ward: Ward, link: Feed) -> None:
    gone, person = ward.first("税務係", "052"), ward.first("税務係", "060")
    data = full(link)
    batch = Batch()
    batch.add(Line(0, TODAY + timedelta(days=1), LATER, Effect.LEAVE, gone, "退職"))
    append(batch, actor="jinji", now=LATER)
    run = held(link, edited(data, without(number(person))))
    assert told(run) == [("here", "", "unknown"), ("there", "", "not_sent")]
    assert {d.staff_no for d in run.differences.all()} == {number(person), number(gone)}


def test_the_linkage_rate_counts_values_that_can_be_compared(ward: Ward, link: Feed) -> None:
    person = ward.first("税務係", "060")
    data = full(link)
    before = held(link, data, TODAY)
    after = held(link, edited(data, put(number(person), "生年月日", "9999999")), TODAY)
    # A cell that cannot be read agrees with nothing.
    assert after.unreadable == 1
    assert after.compared == before.compared
    assert after.equal == before.equal - 1
    assert told(after) == [("unreadable", "birth_date", "unreadable")]


def test_a_change_typed_at_both_sides_counts_as_double_entry(ward: Ward, link: Feed) -> None:
    person, other = ward.first("税務係", "060"), ward.first("税務係", "052")
    data = full(link)
    file(person, "address", "見本町九〇九番", TODAY)
    file(other, "address", "見本町九一〇番", TODAY)
    both = edited(data, put(number(person), "住所", "見本町九〇九番"))
    assert held(link, both).double == 1
    # Delivered and taken, it was typed but once.
    delivery = delivering.deliver(Wanted(link, ON), actor=CLERK, now=LATER)
    answering.accept_all(delivery, actor=CLERK, now=LATER)
    assert held(link, both).double == 0


def test_without_an_accepted_delivery_nothing_is_said_of_double_entry(
    ward: Ward, link: Feed
) -> None:
    assert held(link, full(link, accept=False)).double is None


def test_values_lie_sealed(ward: Ward, link: Feed) -> None:
    person = ward.first("税務係", "060")
    held(link, edited(full(link), put(number(person), "住所", "遠方町一丁目")))
    row = Difference.objects.get()
    assert "遠方町" not in row.theirs
    assert row.ours != ""


def test_a_file_of_another_kind_is_refused_in_words(ward: Ward, link: Feed) -> None:
    with pytest.raises(ReconcileError, match="読める行がありません"):
        held(link, b"a,b\r\n1,2\r\n")
    with pytest.raises(ReconcileError, match="選んでください"):
        reconcile(Sent(link, "x.pdf", b"%PDF", ON), actor=CLERK, now=LATER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋　葵", "高橋　葵"),
        ("ｱｵｲ", "アオイ"),
        ("2053", "2035"),
        ("2053", "2058"),
        ("2053", "20533"),
        ("邉", "邉\U000e0102"),
    ],
)
def test_slips_of_the_hand(one: str, other: str) -> None:
    assert slipped(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("2053", "2167"), ("01", "02"), ("", "1"), ("佐藤", "鈴木")]
)
def test_no_slips(one: str, other: str) -> None:
    assert not slipped(one, other)
