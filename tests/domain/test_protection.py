"""非公開の申出 narrows, and never widens, what the table gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.disclosure import TIES, Protection, protected, protection

FIELDS = frozenset({"exists", "name", "photo", "skill", "extension"})
ties = st.frozensets(st.sampled_from(list(TIES)))
levels = st.sampled_from([None, *Protection])


@given(ties, levels)
def test_protection_only_takes_away(held: frozenset[str], level: Protection | None) -> None:
    assert protected(FIELDS, level, held) <= FIELDS


@given(ties)
def test_the_stronger_level_leaves_no_more_than_the_weaker(held: frozenset[str]) -> None:
    weak, strong = (protected(FIELDS, level, held) for level in Protection)
    assert strong <= weak


@given(ties, ties, st.sampled_from(list(Protection)))
def test_one_tie_more_never_hides_anything(
    held: frozenset[str], more: frozenset[str], level: Protection
) -> None:
    assert protected(FIELDS, level, held) <= protected(FIELDS, level, held | more)


@pytest.mark.parametrize(
    ("level", "held", "left"),
    [
        ("1", {"public"}, set()),
        ("1", {"public", "peer"}, set()),
        ("1", {"staff"}, {"exists", "name", "extension"}),
        ("1", {"staff", "unit"}, FIELDS),
        ("1", {"staff", "payroll"}, {"exists", "name", "extension"}),
        ("2", {"staff"}, set()),
        ("2", {"staff", "unit"}, FIELDS),
        ("2", {"staff", "crisis"}, {"exists", "name", "extension"}),
        ("2", {"hr"}, FIELDS),
        ("2", {"self"}, FIELDS),
    ],
)
def test_who_sees_what_of_somebody_protected(level: str, held: set[str], left: set[str]) -> None:
    assert protected(FIELDS, protection(level), frozenset(held)) == left


def test_a_level_that_nobody_knows_protects_as_far_as_can_be() -> None:
    assert protection("はい") is Protection.SECTION
