"""The traps that others fell into, and what the book makes of each."""

import pytest

from meibo.domain.book import (
    Career,
    Rules,
    Seat,
    SeatKind,
    fold,
    fold_filings,
    knowable,
    stretches,
)
from tests.domain.book.notation import book, day, moment


def seat_on(career: Career, text: str, kind: SeatKind = SeatKind.MAIN) -> Seat | None:
    on = day(text)
    found = [s for s in career.seats if s.kind is kind and s.starts <= on < s.ends]
    assert len(found) <= 1
    return found[0] if found else None


def in_service(career: Career, text: str) -> bool:
    return any(s.starts <= day(text) < s.ends for s in career.services)


def further(career: Career, text: str) -> set[str | None]:
    on = day(text)
    rest = [s for s in career.seats if s.kind is not SeatKind.MAIN]
    return {s.unit for s in rest if s.starts <= on < s.ends}


def test_leaving_on_31_march_means_in_service_through_that_day() -> None:
    career = fold(book("2020-04-01 E1 採用 税務課 主事\n2026-03-31 E1 退職"))
    assert in_service(career, "2026-03-31")
    assert not in_service(career, "2026-04-01")
    assert seat_on(career, "2026-03-31")


def test_half_open_tenures_meet_without_a_gap_or_an_overlap() -> None:
    career = fold(book("2020-04-01 E1 採用 税務課 主事\n2024-04-01 E1 配置換 福祉課 主事"))
    first, second = career.seats
    assert first.ends == second.starts == day("2024-04-01")


def test_the_order_of_one_day_is_house_leave_relieve_seat() -> None:
    text = """
    2020-04-01 E1 採用 A係 主事
    2020-04-01 E1 兼務 B係 主査
    2026-04-01 E1 兼務 C係 主査
    2026-04-01 E1 配置換 D係 主事
    2026-04-01 E1 兼務解除 B係 主査
    2026-04-01 - 組織改編 A係→A2係
    """
    career = fold(book(text))
    assert not career.troubles
    assert seat_on(career, "2026-04-01").unit == "D係"
    assert further(career, "2026-04-01") == {"C係"}
    assert further(career, "2026-03-31") == {"B係"}


def test_several_lines_of_one_day_are_one_event() -> None:
    text = (
        "2020-04-01 E1 採用 A係 主事\n2026-04-01 E1 昇任 B係 主任 級=2\n2026-04-01 E1 休職 B係 主任"
    )
    career = fold(book(text))
    pieces = stretches(career, [], frozenset())
    assert [p.starts for p in pieces] == [day("2020-04-01"), day("2026-04-01")]


def test_retiring_and_being_reappointed_the_next_day_is_two_services() -> None:
    text = """
    1990-04-01 E1 採用 A係 主査
    2027-03-31 E1 退職
    2027-04-01 E1 再任用 B係 主任 満了=2028-03-31
    """
    career = fold(book(text))
    assert [s.left for s in career.services] == ["退職", ""]
    assert seat_on(career, "2027-04-01").since == day("2027-04-01")
    assert career.services[1].hired == day("1990-04-01")
    assert not in_service(career, "2028-04-01")


def test_a_fixed_term_ends_by_itself() -> None:
    career = fold(book("2026-04-01 E1 採用 A係 補助員 満了=2027-03-31"))
    assert in_service(career, "2027-03-31")
    assert not in_service(career, "2027-04-01")


def test_a_renewal_on_the_day_after_the_term_goes_on_without_a_gap() -> None:
    text = "2026-04-01 E1 採用 A係 補助員 満了=2027-03-31\n2027-04-01 E1 任期更新 満了=2028-03-31"
    career = fold(book(text))
    assert len(career.services) == 1
    assert seat_on(career, "2027-10-01").since == day("2026-04-01")


def test_being_appointed_again_is_a_new_service_in_the_same_seat() -> None:
    text = """
    2026-04-01 E1 採用 A係 補助員 満了=2027-03-31
    2027-04-01 E1 再度の任用 A係 補助員 満了=2028-03-31 since=2026-04-01
    """
    career = fold(book(text))
    assert len(career.services) == 2
    assert seat_on(career, "2027-04-01").since == day("2026-04-01")


def test_a_move_beside_being_appointed_again_does_not_matter_in_which_order() -> None:
    lines = book(
        """
        2026-04-01 E1 採用 A係 補助員 満了=2027-03-31
        2027-04-01 E1 配置換 B係 補助員
        2027-04-01 E1 再度の任用 A係 補助員 満了=2028-03-31
        2027-04-01 E1 兼務 C係 補助員
        """
    )
    career = fold(lines)
    assert not career.troubles
    assert seat_on(career, "2027-04-01").unit == "B係"


def test_an_order_after_leaving_is_a_trouble_and_changes_nothing() -> None:
    text = "2020-04-01 E1 採用 A係 主事\n2027-03-31 E1 退職\n2027-04-01 E1 配置換 B係 主事"
    career = fold(book(text))
    assert [t.code for t in career.troubles] == ["not_in_service"]
    assert not in_service(career, "2027-04-01")


# -- cancelling ------------------------------------------------------------------


def test_a_cancelled_order_is_as_if_it_had_never_been() -> None:
    text = "2020-04-01 E1 採用 A係 主事\n2027-04-01 E1 配置換 B係 主事\n2027-04-01 E1 取消 取消=2"
    assert fold(book(text)).seats == fold(book(text)[:1]).seats


def test_cancelling_is_not_relieving() -> None:
    base = "2020-04-01 E1 採用 A係 主事\n2024-04-01 E1 兼務 B係 主査\n"
    cancelled = fold(book(base + "2024-04-01 E1 取消 取消=2"))
    relieved = fold(book(base + "2026-04-01 E1 兼務解除 B係 主査"))
    assert further(cancelled, "2025-04-01") == set()
    assert further(relieved, "2025-04-01") == {"B係"}


def test_a_cancelled_cancellation_brings_the_order_back() -> None:
    text = """
    2020-04-01 E1 採用 A係 主事
    2027-04-01 E1 配置換 B係 主事
    2027-04-01 E1 取消 取消=2
    2027-04-01 E1 取消 取消=3
    """
    assert seat_on(fold(book(text)), "2027-04-01").unit == "B係"


def test_a_void_that_names_another_persons_line_cancels_nothing() -> None:
    lines = book("2020-04-01 E1 採用 A係 主事\n2020-04-01 E2 取消 取消=1")
    assert in_service(fold([lines[0], lines[1]]), "2021-01-01")


def test_a_cancelled_retirement_leaves_no_gap() -> None:
    text = "2020-04-01 E1 採用 A係 主事\n2027-03-31 E1 退職\n2027-03-31 E1 取消 取消=2"
    assert in_service(fold(book(text)), "2027-04-01")


# -- reorganisations --------------------------------------------------------------


def test_people_follow_a_unit_with_one_successor_and_keep_their_day() -> None:
    text = """
    2024-04-01 E1 採用 納税係 主事
    2027-04-01 - 組織改編 納税係→収納係 徴収係→収納係
    """
    seat = seat_on(fold(book(text)), "2027-04-01")
    assert (seat.unit, seat.since) == ("収納係", day("2024-04-01"))


def test_a_split_names_its_people_by_orders_and_moves_nobody() -> None:
    text = """
    2024-04-01 E1 採用 障害福祉課 課長
    2027-04-01 - 組織改編 障害福祉課→施策課 障害福祉課→支援課 種=分割
    """
    assert seat_on(fold(book(text)), "2027-04-01").unit == "障害福祉課"


def test_a_post_relieved_under_its_old_code_on_the_day_of_the_reorganisation_is_found() -> None:
    text = """
    2024-04-01 E1 採用 A係 主事
    2024-04-01 E1 兼務 B係 主査
    2027-04-01 - 組織改編 B係→B2係
    2027-04-01 E1 兼務解除 B係 主査
    """
    career = fold(book(text))
    assert not career.troubles
    assert further(career, "2027-04-01") == set()


def test_an_order_into_the_new_code_of_ones_own_unit_is_no_move() -> None:
    text = """
    2024-04-01 E1 採用 A係 主事
    2027-04-01 - 組織改編 A係→A2係
    2027-04-01 E1 休職 A2係 主事 まで=2027-09-30
    """
    assert seat_on(fold(book(text)), "2027-04-01").since == day("2024-04-01")


# -- further posts and absence ----------------------------------------------------


@pytest.mark.parametrize(("rule", "left"), [(True, set()), (False, {"B係"})])
def test_a_move_ends_concurrent_posts_where_the_town_says_so(rule: bool, left: set[str]) -> None:
    text = "2020-04-01 E1 採用 A係 主事\n2024-04-01 E1 兼務 B係 主査\n2027-04-01 E1 配置換 C係 主事"
    career = fold(book(text), Rules(move_ends_concurrent=rule))
    assert further(career, "2027-04-01") == left


@pytest.mark.parametrize(("rule", "left"), [(True, set()), (False, {"B係"})])
def test_leave_ends_concurrent_posts_where_the_town_says_so(rule: bool, left: set[str]) -> None:
    text = "2020-04-01 E1 採用 A係 主事\n2024-04-01 E1 兼務 B係 主査\n2027-04-01 E1 休職"
    career = fold(book(text), Rules(pause_ends_concurrent=rule))
    assert further(career, "2027-04-01") == left


def test_acting_for_a_time_ends_by_itself() -> None:
    text = "2020-04-01 E1 採用 A課 課長\n2026-04-01 E1 事務取扱 A係 係長 まで=2026-06-30"
    career = fold(book(text))
    assert seat_on(career, "2026-06-30", SeatKind.ACTING)
    assert not seat_on(career, "2026-07-01", SeatKind.ACTING)


def test_leave_of_a_new_kind_follows_the_old_without_a_gap() -> None:
    text = """
    2020-04-01 E1 採用 A係 主事
    2026-10-01 E1 休職 まで=2027-01-31
    2027-04-01 E1 復職 A係 主事
    2027-04-01 E1 休職 A係 主事 まで=2027-09-30
    """
    career = fold(book(text))
    starts = [a.starts for a in career.absences]
    assert starts == [day("2026-10-01"), day("2027-04-01")]
    assert career.absences[0].ends == day("2027-02-01")


def test_coming_back_from_nowhere_is_told() -> None:
    career = fold(book("2020-04-01 E1 採用 A係 主事\n2027-04-01 E1 派遣復帰 A係 主事"))
    assert [t.code for t in career.troubles] == ["nothing_to_resume"]


def test_two_contracts_of_one_person_run_side_by_side() -> None:
    text = """
    2026-04-01 E1 採用 図書館 補助員 満了=2027-03-31 任用=1
    2026-10-01 E1 採用 児童館 支援員 満了=2026-12-31 任用=2
    """
    career = fold(book(text))
    assert not career.troubles
    pieces = stretches(career, [], frozenset())
    assert [len(p.state.get("further", [])) for p in pieces] == [0, 1, 0]
    assert {p.unit for p in pieces} == {"図書館"}


# -- two dates --------------------------------------------------------------------

RETROACTIVE = """
2024-04-01 E1 採用 A係 主事 記録=2026-11-01
2026-10-01 E1 配置換 B係 主事 記録=2026-12-10
"""


def test_a_retroactive_order_counts_from_its_day_once_it_is_known() -> None:
    then = fold(knowable(book(RETROACTIVE), moment("2026-11-30")))
    now = fold(book(RETROACTIVE))
    assert seat_on(then, "2026-11-01").unit == "A係"
    assert seat_on(now, "2026-11-01").unit == "B係"


def test_what_completes_an_order_falls_with_it() -> None:
    text = """
    2020-04-01 E1 採用 A係 主事
    2027-04-01 E1 休職 A係 主事
    2027-04-01 E1 休職 まで=2028-03-31 補=2
    """
    career = fold(book(text))
    assert career.absences[0].planned == day("2028-03-31")
    voided = fold(book(text + "2027-04-01 E1 取消 取消=2"))
    assert voided.absences == []


def test_completing_never_overrides_what_an_order_states() -> None:
    text = "2020-04-01 E1 採用 A係 主事 級=1\n2020-04-01 E1 採用 B係 補=1 級=2"
    career = fold(book(text))
    assert seat_on(career, "2020-04-01").unit == "A係"
    assert [s.value for s in career.spans] == ["1"]


def test_an_attribute_ends_with_the_service() -> None:
    career = fold(book("2020-04-01 E1 採用 A係 主事 級=1\n2027-03-31 E1 退職"))
    assert [s.ends for s in career.spans] == [day("2027-04-01")]


def test_filings_of_a_sealed_field_show_only_their_number() -> None:
    from meibo.domain.book import Filing

    career = fold(book("2020-04-01 E1 採用 A係 主事"))
    filing = Filing(7, "E1", "address", "秘密", day("2020-04-01"), moment("2020-04-01"))
    [piece] = stretches(career, fold_filings([filing]), frozenset({"address"}))
    assert piece.state["address"] == 7
