"""Times, groups and silence, by hand."""

from datetime import date, timedelta

import pytest

from meibo.domain.safety.learning import (
    NO_ADDRESS,
    Carried,
    Fact,
    Way,
    age,
    by_age,
    by_route,
    by_unit,
    grouped,
    part,
    silent,
    time_to,
)


def minutes(*values: int | None) -> list[timedelta | None]:
    return [None if each is None else timedelta(minutes=each) for each in values]


@pytest.mark.parametrize(
    ("share", "waited", "asked", "found"),
    [
        (25, minutes(4, 1, 3, 2), 4, 1),
        (50, minutes(4, 1, 3, 2), 4, 2),
        (75, minutes(4, 1, 3, 2), 4, 3),
        (50, minutes(1, 5, None), 3, 5),  # half of three people is two
        (75, minutes(1, 5, None), 3, None),
        (50, minutes(), 0, None),
        (25, minutes(None), 1, None),
        (25, minutes(7), 1, 7),
    ],
)
def test_the_time_until_a_share_of_those_asked_had_answered(
    share: int, waited: list[timedelta | None], asked: int, found: int | None
) -> None:
    expected = None if found is None else timedelta(minutes=found)
    assert time_to(share, waited, asked) == expected


def test_who_answered_or_looked_was_reached_whatever_the_routes_say() -> None:
    bounced = (Way("mail", sent=False, delivered=False),)
    handed = (Way("mail", sent=True, delivered=False),)
    facts = [
        Fact("a", "u", timedelta(minutes=10), ways=bounced),
        Fact("b", "u", None, opened=True, ways=bounced),
        Fact("c", "u", None, ways=handed),
        Fact("d", "u", None, ways=bounced),
        Fact("e", "u", timedelta(minutes=11), ways=()),
    ]
    whole = part("", facts)
    assert (whole.asked, whole.sent, whole.reached, whole.answered) == (5, 4, 3, 2)
    assert whole.soon == 1  # ten minutes are within ten minutes
    assert whole.half is None
    assert whole.percent(whole.reached) == 60


def test_an_empty_group_divides_by_nothing() -> None:
    assert part("", []).percent(0) == 0


def test_groups_stand_in_the_order_in_which_they_come() -> None:
    facts = [Fact("a", "2", None), Fact("b", "1", None), Fact("c", "2", timedelta())]
    assert [
        (each.label, each.asked, each.answered) for each in grouped(facts, lambda f: f.unit)
    ] == [
        ("2", 2, 1),
        ("1", 1, 0),
    ]


def test_a_route_counts_its_own_messages() -> None:
    facts = [
        Fact("a", "u", timedelta(), ways=(Way("sms", True, True), Way("mail", False, False))),
        Fact("b", "u", None, ways=(Way("mail", True, False),)),
        Fact("c", "u", None),
    ]
    found = by_route(facts, {"mail": "メール", "sms": "SMS"})
    assert found == [Carried("メール", 2, 1, 0), Carried("SMS", 1, 1, 1)]


def test_a_unit_has_a_sum_and_parts_of_which_none_tells_of_one_person() -> None:
    units = ["危機管理部"] + ["政策部"] * 6 + ["政策部 企画課"] * 7 + ["政策部 広報課"] * 2
    units += ["税務部"] * 5
    facts = [Fact(str(at), unit, timedelta()) for at, unit in enumerate(units)]

    def place(fact: Fact) -> tuple[str, str]:
        top, _, section = fact.unit.partition(" ")
        return top, section

    found = by_unit(facts, place, 5)
    assert [(each.label, each.sums, each.part and each.part.asked) for each in found] == [
        ("政策部", True, 15),
        ("政策部 企画課", False, 7),
        ("政策部 部直属・広報課（まとめて）", False, 8),  # else the two follow from the sum
        ("危機管理部・税務部（まとめて）", True, 6),  # else the one follows from the whole
    ]
    few = by_unit([Fact("a", "危機管理部", timedelta())], place, 5)
    assert [(each.label, each.part) for each in few] == [("危機管理部", None)]
    office = by_unit([Fact("a", "局", None), Fact("b", "局 課", None)], place, 0)
    assert [each.label for each in office] == ["局", "局（直属）", "局 課"]


@pytest.mark.parametrize(
    ("since", "label"),
    [
        (date(2026, 11, 26), "1年未満"),
        (date(2025, 11, 27), "1年未満"),
        (date(2025, 11, 26), "1年以上2年未満"),
        (date(2023, 11, 27), "2年以上3年未満"),
        (date(2023, 11, 26), "3年以上"),
        (date(1990, 1, 1), "3年以上"),
        (None, NO_ADDRESS),
    ],
)
def test_the_age_of_an_address_counts_whole_years(since: date | None, label: str) -> None:
    assert age(since, date(2026, 11, 26)) == label


def test_ages_go_from_young_to_none() -> None:
    facts = [Fact("a", "u", None), Fact("b", "u", None, since=date(2020, 1, 1))]
    facts.append(Fact("c", "u", None, since=date(2026, 11, 1)))
    found = by_age(facts, date(2026, 11, 26), 0)
    assert [each.label for each in found] == ["1年未満", "3年以上", NO_ADDRESS]
    assert all(each.part is None for each in by_age(facts, date(2026, 11, 26), 2))


def test_silent_is_who_was_always_asked_and_never_answered() -> None:
    checks = [
        {"never": False, "once": True, "new": False},
        {"never": False, "once": False},
        {"never": False, "once": False},
    ]
    assert silent(checks, 3) == {"never": 3}
    assert silent(checks, 1) == {"never": 3, "new": 1}
