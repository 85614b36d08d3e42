"""A master that comes on a day of its own is held against the books."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from meibo.apps.personnel.actions import intake
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from tests.apps.personnel.test_unannounced import DEFINITION, FILES

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
LATER = datetime(2027, 4, 2, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
HR = Viewer(frozenset({"hr"}), LATER.date())
BIRTH = '"kana" = "kana"\n"birth" = "birth_date"'
ICHIRO = "1,鈴木　一郎,スズキ　イチロウ,19500505,02,19900401,20250401\n"
HEAD = "no,name,kana,birth,unit,hired,since\n"


def hanako(reading: str) -> str:
    """Her row, with a reading."""
    return f"1,山田　花子,{reading},19700101,01,20200401,20200401\n"


def load(folder: Path, day: str, rows: str, now: datetime) -> intake.Outcome:
    """Load a package that has but one master, of its own day."""
    folder.mkdir()
    definition = folder / "small.toml"
    definition.write_text(
        DEFINITION.format(announced="true").replace('"kana" = "kana"', BIRTH), encoding="utf-8"
    )
    for name in ("kinds.csv", "units.csv"):
        (folder / name).write_text(FILES[name], encoding="utf-8")
    (folder / "orders.csv").write_text("order,no,name,day,kind,old,new,reason\n", encoding="utf-8")
    (folder / f"master_{day}.csv").write_text(HEAD + rows, encoding="utf-8")
    return intake.load(definition, folder, actor="test", now=now)


def about_people(outcome: intake.Outcome) -> list[tuple[str, str]]:
    """Code and severity of the findings that name somebody."""
    return [(f.code, f.severity.value) for f in outcome.findings if f.staff_no]


def kana(on: date) -> object:
    [card] = reader.cards(HR, on=on)
    return card["kana"]


def test_a_reading_that_changes_without_a_new_name_is_told_and_not_used(tmp_path: Path) -> None:
    load(
        tmp_path / "a",
        "20261101",
        "1,山田　花子,ヤマダ　ハナコ,19700101,01,20200401,20200401\n",
        NOW,
    )
    again = load(
        tmp_path / "b",
        "20270401",
        "1,山田　花子,トクガワ　イエヤス,19700101,01,20200401,20200401\n",
        LATER,
    )
    assert "kana" in {f.column for f in again.findings}
    assert kana(date(2027, 4, 1)) == "ヤマダ　ハナコ"


def test_a_reading_that_the_later_master_mends_is_used_from_the_first_day(tmp_path: Path) -> None:
    load(
        tmp_path / "a", "20261101", "1,山田　花子,ヤマタ　ハナ,19700101,01,20200401,20200401\n", NOW
    )
    again = load(
        tmp_path / "b",
        "20270401",
        "1,山田　花子,ヤマダ　ハナコ,19700101,01,20200401,20200401\n",
        LATER,
    )
    assert about_people(again) == [("differs_kana", "confirm")]
    assert kana(date(2026, 11, 1)) == "ヤマダ　ハナコ"


def test_another_person_under_a_known_number_changes_nothing(tmp_path: Path) -> None:
    load(
        tmp_path / "a",
        "20261101",
        "1,山田　花子,ヤマダ　ハナコ,19700101,01,20200401,20200401\n",
        NOW,
    )
    before = reader.cards(HR, on=date(2027, 4, 1))
    again = load(
        tmp_path / "b",
        "20270401",
        ICHIRO,
        LATER,
    )
    assert about_people(again) == [("another_person", "reject")]
    assert reader.cards(HR, on=date(2027, 4, 1)) == before
