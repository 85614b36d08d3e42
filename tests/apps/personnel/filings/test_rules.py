"""The town says who accepts which filing; a row that can't be used is told of and left out."""

import pytest

from meibo.apps.personnel.actions.filings.kinds import KINDS
from meibo.apps.personnel.actions.filings.rules import parse, rules

HEAD = "kind,label,accepts,attachments,leads,confirm_days\n"


def test_the_towns_own_file_has_every_kind_and_no_trouble() -> None:
    assert set(rules()) == set(KINDS)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("dog,犬,hr,,person,", "kind は"),
        ("address,住所,,,person,", "accepts は"),
        ("address,住所,hr clerk,,person,", "accepts は"),
        ("address,住所,hr,,moon,", "leads は"),
        ("address,住所,hr,,person,soon", "confirm_days は"),
    ],
)
def test_a_row_that_is_wrong_is_told_with_its_place_and_the_rest_counts(
    row: str, told: str
) -> None:
    found, wrong = parse(f"{HEAD}{row}\nfamily,家族,clerk hr,,payroll,30\n")
    assert list(found) == ["family"]
    assert (found["family"].steps, found["family"].confirm_days) == (("clerk", "hr"), 30)
    assert len(wrong) == 1
    assert f"2行：{told}" in wrong[0]


def test_a_town_without_the_file_takes_no_filings() -> None:
    assert parse("") == ({}, ())
