"""A condition is kept as text, read again, and said as a sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meibo.domain.conditions import (
    KNOWN,
    Been,
    Compared,
    ConditionError,
    Group,
    Held,
    Words,
    read,
    sentence,
    written,
)

UNITS = {"30": "健康部", "31": "保健センター"}
POSTS = {"050": "係長", "060": "主任"}
WORDS = Words(KNOWN, UNITS.__getitem__, POSTS.__getitem__)


def test_the_sentence_that_the_desk_asks_for() -> None:
    """係長 for 3+ years, 保健師, not in 健康部 since 2020"""
    asked = Group(
        "all",
        (
            Held(("050",), mode="now", months=36),
            Compared("job", "in", ("保健師",)),
            Been(("30",), date(2020, 1, 1), never=True),
        ),
    )
    assert sentence(asked, WORDS) == (
        "係長の職にいま続けて3年以上ある、かつ、職種が保健師である、かつ、"
        "2020年1月1日以後に健康部（下の組織も）にいたことがない人"
    )


def test_groups_are_said_in_brackets() -> None:
    inner = Group("any", (Compared("grade", "ge", ("3",)), Compared("away", "yes")))
    asked = Group("all", (inner, Group("none", (Compared("sex", "in", ("男",)),))))
    assert sentence(asked, WORDS) == (
        "（級が3以上の、または、不在に当てはまる）、かつ、「性別が男である」でない人"
    )


def test_nothing_asked_is_everybody() -> None:
    assert sentence(Group(), WORDS) == "条件のない、すべての人"


_days = st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))
_codes = st.lists(st.sampled_from(["30", "31"]), unique=True).map(tuple)
_leaves = st.one_of(
    st.builds(Compared, st.sampled_from(list(KNOWN)), st.just("in"), _codes),
    st.builds(Held, _codes, _codes, st.sampled_from(["now", "sum", "run"]), st.integers(0, 99)),
    st.builds(Been, _codes, _days, _days, st.booleans(), st.booleans()),
)
_groups = st.recursive(
    st.builds(
        Group, st.sampled_from(["all", "any", "none"]), st.lists(_leaves, max_size=3).map(tuple)
    ),
    lambda inner: st.builds(Group, st.just("any"), st.lists(inner, max_size=2).map(tuple)),
    max_leaves=4,
)


@given(_groups)
def test_what_is_written_is_read_as_it_was(group: Group) -> None:
    assert read(written(group)) == group


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"how":"some","parts":[]}', '{"how":"all","parts":[{"held":{}}]}', "null"],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ConditionError):
        read(text)


def test_a_condition_without_end_is_refused() -> None:
    deep = '{"how":"all","parts":[' * 50 + "]}" * 50
    with pytest.raises(ConditionError):
        read(deep)
