"""Who leads which field, as the town's file says."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from meibo.platform.ownership import Leader, OwnershipError, coming, leader, ownership

TODAY = date(2026, 11, 23)
HEAD = "field,label,leads,starts,note\n"


def town(folder: Path, settings: Settings, rows: str) -> None:
    (folder / "ownership.csv").write_text(HEAD + rows, encoding="utf-8")
    settings.MEIBO_TOWN = folder


def test_the_shipped_file_lets_sections_lead_extensions_and_people_their_address() -> None:
    assert leader("extension", TODAY) is Leader.ROSTER
    assert leader("address", TODAY) is Leader.PERSON
    assert leader("step", TODAY) is Leader.PAYROLL


def test_what_is_not_in_the_file_payroll_leads() -> None:
    assert leader("nothing", TODAY) is Leader.PAYROLL


def test_a_field_changes_its_leader_on_the_day_that_is_stated(
    tmp_path: Path, settings: Settings
) -> None:
    rows = "mail,メール,payroll,,\nmail,メール,roster,2027-04-01,情報政策課が付ける\n"
    town(tmp_path, settings, rows)
    assert leader("mail", TODAY) is Leader.PAYROLL
    assert leader("mail", date(2027, 4, 1)) is Leader.ROSTER
    assert [each.note for each in coming(TODAY)] == ["情報政策課が付ける"]


def test_without_a_file_payroll_leads_everything(tmp_path: Path, settings: Settings) -> None:
    settings.MEIBO_TOWN = tmp_path
    assert ownership(TODAY) == {}
    assert leader("extension", TODAY) is Leader.PAYROLL


@pytest.mark.parametrize("row", ["mail,メール,nobody,,\n", "mail,メール,roster,soon,\n"])
def test_a_mistake_is_told_with_its_line(tmp_path: Path, settings: Settings, row: str) -> None:
    town(tmp_path, settings, "kana,読み,payroll,,\n" + row)
    with pytest.raises(OwnershipError, match="3行目"):
        ownership(TODAY)
