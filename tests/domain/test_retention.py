"""保存年限表: what it says, what it may not say, and from which day on a record may go."""

from datetime import date
from pathlib import Path

import pytest

from meibo.domain import retention
from meibo.domain.findings import Severity
from meibo.domain.redaction import THIRD, Redactor

HEAD = "kind,label,from,years,permanent\n"
BOOK = "book,発令簿,,,1\n"
TOWN = Path(__file__).resolve().parents[2] / "town" / "retention.csv"


def table(career: str = "10", roster: str = "5", filings: str = "5", more: str = "") -> str:
    rows = {"career": career, "roster": roster, "filings": filings}
    lines = [f"{kind},{kind},leave,{years},\n" for kind, years in rows.items()]
    return HEAD + BOOK + "".join(lines) + more


def test_the_table_that_comes_with_meibo_keeps_everything_for_ever() -> None:
    found, findings = retention.parse(TOWN.read_text(encoding="utf-8"))
    assert findings == ()
    assert found.years is None
    assert found.due(date(1960, 3, 31)) is None


def test_a_record_is_kept_as_long_as_its_longest_part() -> None:
    found, findings = retention.parse(table(career="10", roster="5"))
    assert (findings, found.years) == ((), 10)
    assert found.due(date(2016, 3, 31)) == date(2026, 4, 1)


def test_one_part_for_ever_keeps_all_of_it() -> None:
    text = table().replace("career,career,leave,10,", "career,career,leave,,1")
    assert retention.parse(text)[0].due(date(1960, 3, 31)) is None


def test_years_from_a_leap_day_end_where_there_is_none() -> None:
    found, _ = retention.parse(table(career="5"))
    assert found.due(date(2024, 2, 28)) == date(2029, 3, 1)


@pytest.mark.parametrize("years", ["2", "0", "", "五", "-5", "1.5"])
def test_less_than_the_law_is_refused_with_row_and_column_and_then_nothing_is_due(
    years: str,
) -> None:
    found, (finding,) = retention.parse(table(roster=years))
    assert (finding.file, finding.record, finding.column) == ("retention.csv", 3, "years")
    assert finding.value == years
    assert finding.severity is Severity.REJECT
    assert "109条" in finding.action
    assert found.due(date(1960, 3, 31)) is None


def test_what_only_the_transition_allows_is_told_but_counts() -> None:
    found, findings = retention.parse(table(career="3", roster="3", filings="3"))
    assert [(f.severity, f.record) for f in findings] == [(Severity.WARN, n) for n in (2, 3, 4)]
    assert found.years == 3


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (table().replace(BOOK, "book,発令簿,leave,10,\n"), "permanent"),
        (table(more="photo,写真,leave,5,\n"), "kind"),
        (table(more="career,職歴,leave,5,\n"), "kind"),
        (table().replace("filings,filings,leave,5,", "filings,filings,hired,5,"), "from"),
        (table(more="*wait,待つ,,0,\n"), "years"),
        (HEAD + BOOK, "kind"),
    ],
)
def test_other_slips_are_refused_as_well(text: str, column: str) -> None:
    found, findings = retention.parse(text)
    assert column in {finding.column for finding in findings}
    assert found.years is None


def test_the_town_says_how_long_one_may_call_it_off() -> None:
    assert retention.parse(table(more="*wait,待つ,,30,\n"))[0].wait_days == 30


def test_other_peoples_names_are_taken_out_and_ones_own_stay() -> None:
    own, others = ["山田　花子"], ["鈴木　一郎", "山田　花子", "森　愛"]
    redactor = Redactor(own, others)
    told = redactor.value("山田花子は鈴木 一郎、鈴木一郎、鈴木　一郎と同席。森林愛護。")
    assert told == f"山田花子は{THIRD}、{THIRD}、{THIRD}と同席。森林愛護。"
    assert redactor.count == 3


def test_of_an_emergency_contact_the_relation_alone_is_told() -> None:
    redactor = Redactor([], [])
    value = [{"name": "山田　太郎", "relation": "配偶者", "phone": "090-0000-0001"}]
    assert redactor.field("emergency", value) == [
        {"name": THIRD, "relation": "配偶者", "phone": THIRD}
    ]
    assert redactor.count == 2
