"""個人番号 are recognised, so that they can be refused. The numbers here are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.names import find_my_numbers, is_my_number

MADE_UP = "123456789018"


def with_check_digit(eleven: str) -> str:
    """The definition of 総務省令85号5条, read literally: P1 is the last of the eleven."""
    total = 0
    for n in range(1, 12):
        total += int(eleven[11 - n]) * (n + 1 if n <= 6 else n - 5)
    remainder = total % 11
    return eleven + ("0" if remainder <= 1 else str(11 - remainder))


@given(st.from_regex(r"[0-9]{11}", fullmatch=True).filter(lambda digits: int(digits) > 0))
def test_the_check_digit_is_that_of_the_ordinance(eleven: str) -> None:
    right = with_check_digit(eleven)
    assert is_my_number(right)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert not is_my_number(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "1234-5678-9018",
        "1234 5678 9018",
        "１２３４５６７８９０１８",
        "１２３４－５６７８－９０１８",
        "1234.5678.9018",
        "1234・5678・9018",
        "1234/5678/9018",
        "1234  5678  9018",
        "1234\n5678\n9018",
        "123456 789018",
        "123 456 789 018",
        "12 34 56 78 90 18",
        "1 2 3 4 5 6 7 8 9 0 1 8",
        "12345678\r\n9018",
        "１２３４５６　７８９０１８",
        " 123456789018 ",
    ],
)
def test_width_and_groups_do_not_hide_it(text: str) -> None:
    assert is_my_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "123456789012",
        "000000000000",
        "0000-0000-0000",
        "12345678901",
        "1234567890180",
        "090-0000-1234",
        "03-0000-0000",
        "",
        "番号123456789018",
    ],
)
def test_other_digits_are_not_taken_for_one(text: str) -> None:
    assert not is_my_number(text)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        (f"個人番号は{MADE_UP}です。", MADE_UP),
        ("番号 1234-5678-9018、以上", "1234-5678-9018"),
        (f"0001058 {MADE_UP}", MADE_UP),
        ("（１２３４５６７８９０１８）", "１２３４５６７８９０１８"),
    ],
)
def test_it_is_found_inside_a_text(text: str, inside: str) -> None:
    assert [text[start:end] for start, end in find_my_numbers(text)] == [inside]


@pytest.mark.parametrize(
    "text",
    [
        f"9{MADE_UP}",
        f"{MADE_UP}9",
        "1234-5678-9018-1111",
        "1111-1234-5678-9018",
        "1111 1234 5678 9018",
        "03-1234-5678-9018",
        f"0.{MADE_UP}",
        "20270401-123456789012",
        "TEL 090-0000-1234 FAX 03-0000-5678",
        "20261101 20270401",
        "2027-04-01 2028",
        "123,456,789,018",
        "123.456.789.018",
        "12.34.5678.9018.1",
    ],
)
def test_a_part_of_something_longer_is_left_alone(text: str) -> None:
    assert find_my_numbers(text) == ()
