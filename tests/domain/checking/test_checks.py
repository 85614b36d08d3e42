"""Each check of a plan: what it finds, and what it leaves alone. The traps that others fell into
are here by name."""

from __future__ import annotations

from datetime import date

import pytest

from meibo.domain.book import OPEN, Rules, Succession, SuccessionTable
from meibo.domain.checking import CHECKS, blocking
from tests.domain.checking.scenes import (
    ACTING,
    APRIL,
    CONCURRENT,
    START,
    Effect,
    House,
    rules,
)

MARCH = date(2027, 3, 31)


@pytest.fixture
def house() -> House:
    made = House()
    made.hire("葵", "111", "070")
    made.hire("蓮", "111", "050")
    made.hire("凛", "112", "050")
    made.hire("湊", "121", "060")
    return made


def test_every_rule_that_ships_has_a_check_and_every_check_a_rule() -> None:
    assert set(rules()) == set(CHECKS)


def test_a_plan_in_which_all_is_well_has_no_finding(house: House) -> None:
    house.order("葵", unit="121")
    assert house.found() == []


def test_what_can_not_be_read_is_found_at_its_cell(house: House) -> None:
    house.order("葵", unread={"wording": "配置替え", "unit": "無限課"})
    found = house.found("unread")
    assert [(each.cell, each.lines) for each in found] == [("wording", (1,)), ("unit", (1,))]
    assert all(each.ways for each in found)


def test_retiring_on_31_march_is_in_service_through_that_day(house: House) -> None:
    house.order("葵", Effect.LEAVE, "退職", MARCH)
    house.order("葵", Effect.MOVE, "配置換", MARCH, unit="121")
    assert house.codes("not_in_service") == []


def test_an_order_of_the_day_after_leaving_finds_nobody_in_service(house: House) -> None:
    house.order("葵", Effect.LEAVE, "退職", MARCH)
    house.order("葵", unit="121")
    [found] = house.found("not_in_service")
    assert found.lines == (2,)
    house.plan.pop()
    house.order("葵", Effect.ENTER, "再任用", unit="121", post="070")
    assert house.codes("not_in_service", "already_in_service") == []


def test_an_appointment_of_somebody_who_leaves_soon_is_found(house: House) -> None:
    house.announced("葵", Effect.LEAVE, date(2027, 6, 30))
    house.order("葵", unit="121")
    house.order("湊", unit="111")
    [found] = house.found("leaver")
    assert (found.person, found.lines) == ("葵", (1,))


def test_who_leaves_and_is_employed_again_the_next_day_is_no_leaver(house: House) -> None:
    house.announced("葵", Effect.LEAVE, date(2027, 6, 30))
    house.announced("葵", Effect.ENTER, date(2027, 7, 1), unit="121", post="070")
    house.order("葵", unit="121")
    assert house.codes("leaver") == []


def test_somebody_in_service_can_not_enter(house: House) -> None:
    house.order("葵", Effect.ENTER, "採用", unit="121", post="070")
    assert house.codes("already_in_service") == ["already_in_service"]


def test_several_lines_of_one_person_on_one_day_are_one_event(house: House) -> None:
    house.order("葵", Effect.MOVE, unit="121")
    house.order("葵", Effect.ADD, "兼務", unit="112", post="070", kind=CONCURRENT)
    house.order("葵", Effect.ADD, "兼務", unit="12", post="070", kind=CONCURRENT)
    assert house.codes("double_order") == []


def test_two_moves_of_one_person_on_one_day_are_found(house: House) -> None:
    house.order("葵", unit="121")
    house.order("葵", unit="112")
    [found] = house.found("double_order")
    assert set(found.lines) == {1, 2}


def test_a_seat_in_a_unit_abolished_that_day_is_a_finding(house: House) -> None:
    house.file("121", APRIL, name=None)
    house.order("葵", unit="121")
    assert house.codes("unit_gone", "unknown_unit") == ["unit_gone"]


def test_a_unit_that_never_was_is_another_finding(house: House) -> None:
    house.order("葵", unit="999")
    assert house.codes("unit_gone", "unknown_unit") == ["unknown_unit"]


def test_a_unit_that_the_plan_makes_is_there(house: House) -> None:
    house.file("122", APRIL, name="旅券係", parent="12")
    house.order("葵", unit="122")
    assert house.codes("unit_gone", "unknown_unit") == []


def test_a_post_that_the_table_does_not_have_is_found(house: House) -> None:
    house.order("葵", unit="121", post="099")
    assert house.codes("unknown_post") == ["unknown_post"]


def test_a_head_post_that_somebody_holds_is_not_vacant(house: House) -> None:
    house.order("凛", unit="111", post="050")
    [found] = house.found("post_taken")
    assert (found.unit, found.lines) == ("111", (1,))
    assert house.codes("two_heads") == []


def test_a_head_post_whose_holder_goes_the_same_day_is_vacant(house: House) -> None:
    house.order("凛", unit="111", post="050")
    house.order("蓮", unit="112", post="050")
    assert house.codes("post_taken", "two_heads", "vacancy") == []


def test_an_ordinary_post_is_held_by_as_many_as_come(house: House) -> None:
    house.order("湊", unit="111", post="070")
    assert house.codes("post_taken") == []


def test_a_post_that_one_only_can_hold_by_the_towns_data_is_checked(house: House) -> None:
    house.hire("楓", "12", "080")
    house.order("葵", unit="12", post="080")
    assert house.codes("post_taken") == ["post_taken"]
    house.plan.clear()
    house.order("葵", unit="121", post="060")
    assert house.codes("post_taken") == []
    assert [f.code for f in house.found("post_taken", posts="主任")] == ["post_taken"]


def test_two_heads_of_one_unit_with_different_posts_are_found(house: House) -> None:
    house.order("凛", unit="111", post="031")
    assert house.codes("two_heads", "post_taken") == ["two_heads"]


def test_a_head_who_goes_without_a_successor_leaves_a_vacancy(house: House) -> None:
    house.order("蓮", unit="12", post="060")
    [found] = house.found("vacancy")
    assert (found.unit, found.person, found.lines) == ("111", "蓮", (1,))
    house.order("凛", Effect.ADD, "事務取扱", unit="111", post="050", kind=ACTING)
    assert house.codes("vacancy") == []


def test_a_head_of_a_unit_that_is_abolished_leaves_no_vacancy(house: House) -> None:
    house.file("111", APRIL, name=None)
    house.order("蓮", unit="12", post="060")
    assert house.codes("vacancy") == []


def test_a_move_ends_posts_held_besides_even_when_unwritten_where_the_town_says_so() -> None:
    for ends in (True, False):
        house = House(town=Rules(move_ends_concurrent=ends))
        house.hire("葵", "111", "070")
        house.announced("葵", Effect.ADD, START, unit="12", post="070", kind=CONCURRENT)
        house.order("葵", unit="121")
        assert house.codes("concurrent_ends") == (["concurrent_ends"] if ends else [])


def test_a_pause_ends_posts_held_besides_where_the_town_says_so() -> None:
    house = House(town=Rules(pause_ends_concurrent=True))
    house.hire("葵", "111", "070")
    house.announced("葵", Effect.ADD, START, unit="12", post="070", kind=CONCURRENT)
    house.order("葵", Effect.PAUSE, "休職", slot="leave")
    assert house.codes("concurrent_ends") == ["concurrent_ends"]


def test_a_post_held_besides_that_is_relieved_in_writing_is_no_finding() -> None:
    house = House(town=Rules(move_ends_concurrent=True))
    house.hire("葵", "111", "070")
    house.announced("葵", Effect.ADD, START, unit="12", post="070", kind=CONCURRENT)
    house.order("葵", unit="121")
    house.order("葵", Effect.RELIEVE, "兼務解除", unit="12", post="070")
    assert house.codes("concurrent_ends") == []


def test_relieving_what_is_not_held_and_adding_what_is_are_found(house: House) -> None:
    house.order("葵", Effect.RELIEVE, "兼務解除", unit="12")
    house.order("湊", Effect.ADD, "兼務", unit="12", post="060", kind=CONCURRENT)
    house.order("湊", Effect.ADD, "兼務", unit="12", post="060", kind=CONCURRENT)
    found = house.codes("nothing_to_relieve", "already_held")
    assert sorted(found) == ["already_held", "nothing_to_relieve"]


def test_of_several_posts_held_besides_it_is_asked_which_one_is_relieved(house: House) -> None:
    for unit in ("112", "121"):
        house.announced("葵", Effect.ADD, START, unit=unit, post="060")
    house.order("葵", Effect.RELIEVE, "兼務解除")
    [told] = house.found("nothing_to_relieve")
    assert "税務課 課税係 主任・戸籍課 戸籍係 主任" in told.message
    house.plan.clear()
    house.order("葵", Effect.RELIEVE, "兼務解除", unit="121")
    assert house.codes("nothing_to_relieve") == []


def test_a_cancellation_is_no_relief_and_names_a_line_of_the_same_addressee(house: House) -> None:
    house.more["addressees"] = {7: "湊", 8: "葵"}
    house.order("葵", Effect.VOID, "取消", voids=7)
    house.order("葵", Effect.VOID, "取消", voids=8)
    house.order("葵", Effect.VOID, "取消")
    assert [each.lines for each in house.found("wrong_void")] == [(1,), (3,)]


def test_a_unit_over_its_establishment_by_the_plan_is_found(house: House) -> None:
    house.file("121", START, establishment="1")
    house.file("111", START, establishment='{"1": 1, "3": 1}')
    house.order("葵", unit="121")
    found = house.found("establishment")
    told = sorted((each.unit, "超え" in each.message) for each in found)
    assert told == [("111", False), ("121", True)]
    assert house.found("establishment")[0].ways


def test_a_unit_over_its_establishment_tells_who_is_away(house: House) -> None:
    house.file("121", START, establishment="1")
    house.hire("丁", "121", "070")
    house.states["丁"] = {"leave": "1"}
    house.order("葵", unit="121")
    [over] = [each for each in house.found("establishment") if each.unit == "121"]
    assert "現員のうち1人は休職・派遣中です" in over.message


def test_a_grade_over_its_places_is_found_where_the_sum_fits(house: House) -> None:
    house.file("121", START, establishment='{"1": 0, "2": 2}')
    house.order("葵", unit="121")
    [found] = house.found("establishment")
    assert "1級 0／1" in found.message
    house.plan.clear()
    house.order("葵", Effect.MOVE, "昇任", unit="121", post="060", grade=2)
    assert house.codes("establishment") == []


def test_one_year_appointments_take_no_place(house: House) -> None:
    house.file("121", START, establishment="1")
    term = {"employment": "5", "term_end": date(2028, 3, 31)}
    house.order("甲", Effect.ENTER, "会計年度任用", newcomer="1", unit="121", post="070", **term)
    assert house.codes("establishment") == []


def test_a_unit_that_is_over_without_the_plan_is_not_the_plans(house: House) -> None:
    house.file("111", START, establishment="1")
    house.order("湊", unit="112")
    assert house.codes("establishment") == []


def test_who_came_only_lately_and_goes_is_found(house: House) -> None:
    house.hire("楓", "111", "070", date(2026, 10, 1))
    house.order("楓", unit="121")
    house.order("葵", unit="121")
    [found] = house.found("short_tenure")
    assert found.person == "楓"
    house.plan[0] = house.plan[1]
    assert house.codes("short_tenure") == []


def test_exactly_one_year_is_long_enough(house: House) -> None:
    house.hire("楓", "111", "070", date(2026, 4, 1))
    house.order("楓", unit="121")
    assert house.codes("short_tenure") == []


def test_who_has_been_there_for_long_and_stays_is_told_by_unit(house: House) -> None:
    house.hire("楓", "111", "070", date(2010, 4, 1))
    house.order("葵", unit="121")
    [found] = house.found("long_tenure")
    assert "楓" in found.message
    assert (found.unit, found.lines) == ("111", ())


def test_kin_who_come_into_one_section_are_found_and_others_are_not(house: House) -> None:
    house.more["kin"] = [("葵", "湊", "夫婦"), ("蓮", "葵", "きょうだい")]
    house.order("葵", unit="121")
    [found] = house.found("kin")
    assert "夫婦" in found.message
    assert found.unit == "12"


def test_kin_who_are_moved_together_into_another_section_are_found(house: House) -> None:
    house.more["kin"] = [("蓮", "葵", "きょうだい")]
    house.order("葵", unit="112")
    assert house.found("kin") == []  # they are in one section, and stay in it
    house.plan.clear()
    house.order("葵", unit="12")
    house.order("蓮", unit="121")
    [found] = house.found("kin")
    assert found.unit == "12"


def test_a_fixed_term_over_its_limit_is_found(house: House) -> None:
    enter = {"unit": "121", "post": "060"}
    for person, employment, last in (
        ("甲", "4", date(2032, 3, 31)),
        ("乙", "4", date(2032, 4, 1)),
        ("丙", "5", date(2028, 3, 31)),
        ("丁", "5", date(2028, 4, 1)),
    ):
        house.order(
            person,
            Effect.ENTER,
            "採用",
            newcomer=person,
            employment=employment,
            term_end=last,
            **enter,
        )
    assert [each.person for each in house.found("term_limit")] == ["乙", "丁"]


def test_more_hours_a_week_than_a_full_one_are_found_of_all_appointments_together(
    house: House,
) -> None:
    enter = {"unit": "121", "post": "060", "employment": "5", "term_end": date(2028, 3, 31)}
    for person, first, second in (("甲", "1740", "600"), ("乙", "1740", "585"), ("丙", "2400", "")):
        house.states[person] = {"hours": first, "hours:2": second}
        house.order(person, Effect.ENTER, "会計年度任用", newcomer=person, **enter)
        if second:
            more = {"appointment": "2", **enter}
            house.order(person, Effect.ENTER, "会計年度任用", newcomer=person, **more)
    [one, three] = house.found("weekly_hours")
    assert (one.person, three.person) == ("甲", "丙")
    assert "2つの任用を合わせて週39時間" in one.message
    assert "週40時間" in three.message
    assert not house.found("weekly_hours", minutes="2400")


def test_who_enters_as_nobody_knows_what_is_found(house: House) -> None:
    enter = {"unit": "121", "post": "060"}
    house.order("甲", Effect.ENTER, "採用", newcomer="甲", **enter)
    house.order("乙", Effect.ENTER, "採用", newcomer="乙", employment="1", **enter)
    assert [each.person for each in house.found("no_employment")] == ["甲"]


def test_a_move_to_where_another_authority_appoints_is_told_unless_the_order_says_which(
    house: House,
) -> None:
    house.more["appoints"] = lambda unit, day: "教育委員会" if unit == "112" else "区長"
    for person in ("甲", "乙", "丙"):
        house.hire(person, "121", "060")
    house.order("甲", Effect.MOVE, "配置換", unit="112", post="060")
    house.order("乙", Effect.MOVE, "配置換", unit="112", post="060", authority="教育委員会")
    house.order("丙", Effect.MOVE, "配置換", unit="111", post="060")
    [told] = house.found("other_authority")
    assert told.person == "甲"
    assert "区長 → 教育委員会" in told.message


def test_a_number_and_a_name_that_are_not_one_person_are_told_together(house: House) -> None:
    house.order("?", unread={"person": "0012", "name": "湊 葵"})
    [told] = house.found("unread")
    assert "「0012」と氏名「湊 葵」が、同じ人になりません" in told.message


def test_an_order_beside_one_of_the_same_day_in_the_book_is_told(house: House) -> None:
    for person in ("甲", "乙", "丙"):
        house.hire(person, "121", "060")
    house.announced("甲", Effect.MOVE, APRIL, unit="111", post="060")
    house.announced("乙", Effect.MOVE, APRIL, unit="111", post="060")
    house.order("甲", unit="112", post="060")
    house.order("乙", Effect.VOID, "取消", voids=house.book["乙"][1].no)
    house.order("乙", unit="112", post="060")
    house.order("丙", unit="112", post="060")
    [told] = house.found("ordered_already")
    assert told.person == "甲"
    assert "納税係" in told.message


def test_a_transfer_to_where_somebody_is_already_is_told(house: House) -> None:
    for person in ("甲", "乙", "丙", "丁"):
        house.hire(person, "121", "060")
    house.order("甲", unit="121", post="060")
    house.order("乙", unit="121", post="070")
    house.order("丙", Effect.MOVE, "昇任", unit="121", post="060", grade=3)
    house.order("丁", unit="112", post="060")
    [told] = house.found("unchanged")
    assert told.person == "甲"
    assert "戸籍係 主任" in told.message


def test_of_a_number_that_nobody_has_only_that_is_said(house: House) -> None:
    house.order("?", unread={"person": "98"}, unit="121", post="060")
    assert house.codes() == ["unread"]


def test_who_would_be_left_in_a_unit_that_is_gone_is_told(house: House) -> None:
    for person in ("甲", "乙"):
        house.hire(person, "112", "060")
        house.announced(person, Effect.MOVE, APRIL, unit="111", post="060")
    house.file("112", APRIL, name=None)
    house.order("甲", Effect.VOID, "取消", voids=house.book["甲"][1].no)
    house.order("乙", Effect.VOID, "取消", voids=house.book["乙"][1].no)
    house.order("乙", unit="121", post="060")
    [told] = house.found("left_in_gone")
    assert told.person == "甲"
    assert "課税係に残ります" in told.message


def test_a_fixed_term_without_an_end_is_found(house: House) -> None:
    enter = {"unit": "121", "post": "060"}
    house.order("甲", Effect.ENTER, "任期付採用", newcomer="甲", **enter)
    house.order("乙", Effect.ENTER, "任期付採用", newcomer="乙", term_end=OPEN, **enter)
    house.order("丙", Effect.ENTER, "採用", newcomer="丙", **enter)
    assert [each.person for each in house.found("no_term")] == ["甲"]


def test_a_grade_that_is_not_the_posts_is_found(house: House) -> None:
    house.order("葵", unit="12", post="050")
    assert house.codes("grade_post") == ["grade_post"]
    house.plan.clear()
    house.order("葵", Effect.MOVE, "昇任", unit="12", post="050", grade=3)
    assert house.codes("grade_post") == []


def test_a_licence_that_is_needed_and_not_recorded_is_found(house: House) -> None:
    house.more["licences"] = {("job", "保健師"): frozenset({"保健師"})}
    house.hire("楓", "111", "070", job="08")
    house.hire("律", "111", "070", job="08")
    house.states["律"] = {"skills": "看護師\n保健師"}
    house.order("楓", unit="121")
    house.order("律", unit="121")
    assert [each.person for each in house.found("licence")] == ["楓"]


def test_who_enters_needs_a_free_number_and_a_name(house: House) -> None:
    whole = {"name": "新　人子", "kana": "アラタ　ヒトコ", "birth_date": "2000-05-06"}
    house.more["newcomers"] = {"甲": whole, "乙": whole, "丙": {"name": "丙"}}
    house.more["staff_numbers"] = {"2": "湊"}
    for person, number in (("甲", "1"), ("乙", "2"), ("丙", "3")):
        house.order(person, Effect.ENTER, "採用", newcomer=number, unit="121", post="070")
    found = house.found("newcomer")
    assert [(each.person, each.cell) for each in found] == [("乙", "person"), ("丙", "name")]


def test_another_day_than_the_plans_is_told_and_the_day_before_leaving_is_not(
    house: House,
) -> None:
    house.order("葵", day=date(2027, 4, 2), unit="121")
    house.order("湊", Effect.LEAVE, "退職", MARCH)
    house.order("凛", unit="111")
    assert [each.lines for each in house.found("other_day")] == [(1,)]


def remap(house: House, *rows: tuple[str, str]) -> int:
    table = SuccessionTable(Succession(old, new) for old, new in rows)
    return house.order("", Effect.REMAP, "組織改正", successions=table)


def test_a_split_can_not_be_one_line_people_are_named(house: House) -> None:
    house.file("111", APRIL, name=None)
    house.file("113", APRIL, name="徴収係", parent="11")
    house.file("114", APRIL, name="整理係", parent="11")
    remap(house, ("111", "113"), ("111", "114"))
    house.order("葵", unit="113")
    [found] = house.found("split_unnamed")
    assert "蓮" in found.message
    assert "葵" not in found.message
    house.order("蓮", unit="114")
    assert house.codes("split_unnamed") == []


def test_two_heads_who_come_together_by_a_merger_are_found(house: House) -> None:
    house.file("111", APRIL, name=None)
    house.file("112", APRIL, name=None)
    house.file("113", APRIL, name="税務係", parent="11")
    number = remap(house, ("111", "113"), ("112", "113"))
    [found] = house.found("post_taken", "two_heads")
    assert (found.unit, found.lines) == ("113", (number,))
    assert "蓮・凛" in found.message
    house.order("凛", unit="113", post="070")
    assert house.found("post_taken", "two_heads") == []


def test_two_heads_whom_a_unit_had_before_it_was_renamed_are_not_the_plans(house: House) -> None:
    house.hire("二", "111", "050")
    house.file("111", APRIL, name=None)
    house.file("113", APRIL, name="税務係", parent="11")
    remap(house, ("111", "113"))
    assert house.found("post_taken", "two_heads") == []


def test_who_is_ordered_already_into_a_unit_that_ends_is_named(house: House) -> None:
    may = date(2027, 5, 1)
    for person, day in (("甲", APRIL), ("乙", may), ("丙", date(2026, 4, 1))):
        house.hire(person, "121", "070")
        house.announced(person, Effect.MOVE, day, unit="111")
    house.file("111", APRIL, name=None)
    house.file("113", APRIL, name="収納係", parent="11")
    remap(house, ("111", "113"))
    [found] = house.found("ordered_into_gone")
    assert "甲（2027-04-01）・乙（2027-05-01）" in found.message
    assert "丙" not in found.message  # sits there by then and is carried along
    house.order("甲", unit="113")
    house.order("乙", day=may, unit="113")
    assert house.found("ordered_into_gone") == []


def test_units_that_are_below_themselves_are_found(house: House) -> None:
    house.file("1", APRIL, parent="11")
    remap(house, ("12", "12"))
    found = house.found("succession")
    assert {each.unit for each in found} >= {"1", "11"}
    assert all("輪になって" in each.message for each in found)


def test_a_merger_takes_its_people_along(house: House) -> None:
    house.file("111", APRIL, name=None)
    house.file("112", APRIL, name=None)
    house.file("113", APRIL, name="税務係", parent="11")
    remap(house, ("111", "113"), ("112", "113"))
    assert house.codes("split_unnamed", "succession") == []


def test_rows_of_a_reorganisation_that_fit_no_unit_are_found(house: House) -> None:
    remap(house, ("990", "121"), ("121", "991"))
    house.file("122", APRIL, name="旅券係", parent="77")
    assert [each.unit for each in house.found("succession")] == ["990", "991", "122"]


def test_what_a_town_turns_off_is_not_found_and_severity_is_the_towns(house: House) -> None:
    house.order("凛", unit="111", post="050")
    all_ = house.found()
    assert [each.code for each in blocking(all_)] == ["post_taken"]
    assert [each.severity for each in all_ if each.code == "vacancy"] == ["warning"]


def test_a_unit_that_ends_that_day_is_named_and_keeps_nobody(house: House) -> None:
    house.hire("楓", "112", "060", APRIL)
    house.file("112", APRIL, name=None)
    house.order("楓", unit="111")
    assert "税務課 課税係 主任への発令がもうあります" in house.found("ordered_already")[0].message
    house.file("111", APRIL, name=None)
    assert "111" not in {each.unit for each in house.found("long_tenure", years="1")}
