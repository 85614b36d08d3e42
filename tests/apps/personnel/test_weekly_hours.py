"""Weekly hours come with the master of payroll, and count in the yearly round."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from meibo.apps.personnel.actions import intake
from meibo.domain.renewal import HOURS
from meibo.ledger.reader.people import states_on
from tests.apps.personnel.test_unannounced import DEFINITION, FILES

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Tokyo"))


def load(folder: Path, day: str, hours: str) -> intake.Outcome:
    folder.mkdir()
    definition = folder / "small.toml"
    columns = '"kana" = "kana"\n"hours" = "weekly_hours"'
    text = DEFINITION.format(announced="true").replace('"kana" = "kana"', columns)
    definition.write_text(text, encoding="utf-8")
    for name in ("kinds.csv", "units.csv"):
        (folder / name).write_text(FILES[name], encoding="utf-8")
    (folder / "orders.csv").write_text("order,no,name,day,kind,old,new,reason\n", encoding="utf-8")
    row = f"1,山田　花子,ヤマダ　ハナコ,{hours},01,20200401,20200401"
    head = "no,name,kana,hours,unit,hired,since"
    (folder / f"master_{day}.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    return intake.load(definition, folder, actor="test", now=NOW)


def recorded(on: date) -> str | None:
    [state] = states_on(on).values()
    return state.get(HOURS)


def test_hours_of_a_master_are_filed_in_minutes_and_change_from_the_day_of_the_file(
    tmp_path: Path,
) -> None:
    told = load(tmp_path / "a", "20261101", "29.0").findings
    assert [each.code for each in told] == ["file-no-rows"]  # of orders.csv
    assert recorded(date(2026, 11, 5)) == "1740"
    load(tmp_path / "b", "20261115", "38.75")
    assert recorded(date(2026, 11, 14)) == "1740"
    assert recorded(date(2026, 11, 20)) == "2325"
    load(tmp_path / "c", "20261120", "")
    assert recorded(date(2026, 11, 21)) == "2325", "an empty cell takes nothing away"
