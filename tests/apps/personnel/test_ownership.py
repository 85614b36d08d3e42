"""What people here keep of a field that payroll does not lead is not overwritten by a master."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from meibo.apps.personnel.actions import intake
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.proposals.models import Proposal
from meibo.platform.proposals.queries import opened
from tests.apps.personnel.test_unannounced import DEFINITION, FILES

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 23, 9, tzinfo=TOKYO)
LATER = datetime(2027, 4, 2, 9, tzinfo=TOKYO)
APRIL = date(2027, 4, 1)
HR = Viewer(frozenset({"hr"}), LATER.date())
HEAD = "no,name,kana,ext,step,unit,hired,since\n"


def load(folder: Path, day: str, extension: str, step: str, now: datetime) -> intake.Outcome:
    """A package of one person's master, of its own day."""
    folder.mkdir()
    definition = folder / "small.toml"
    columns = '"kana" = "kana"\n"ext" = "extension"\n"step" = "step"'
    text = DEFINITION.format(announced="true").replace('"kana" = "kana"', columns)
    definition.write_text(text, encoding="utf-8")
    for name in ("kinds.csv", "units.csv"):
        (folder / name).write_text(FILES[name], encoding="utf-8")
    (folder / "orders.csv").write_text("order,no,name,day,kind,old,new,reason\n", encoding="utf-8")
    row = f"1,山田　花子,ヤマダ　ハナコ,{extension},{step},01,20200401,20200401\n"
    (folder / f"master_{day}.csv").write_text(HEAD + row, encoding="utf-8")
    return intake.load(definition, folder, actor="test", now=now)


def keep(field: str, value: str) -> str:
    """Somebody at a desk files a value; returns whose."""
    (card,) = reader.cards(HR, on=date(2026, 12, 1))
    filing = NewFiling(card.id, field, value, date(2026, 12, 1), NOW)
    append(Batch(filings=[filing]), actor="shomu", now=NOW)
    return card.id


def shown(field: str) -> object:
    (card,) = reader.cards(HR, on=APRIL)
    return card[field]


def codes(outcome: intake.Outcome) -> set[str]:
    return {f.code for f in outcome.findings if f.staff_no}


def test_an_extension_kept_by_the_section_stays_and_payroll_is_asked(tmp_path: Path) -> None:
    load(tmp_path / "a", "20261101", "2001", "010", NOW)
    person = keep("extension", "7777")
    outcome = load(tmp_path / "b", "20270401", "2002", "010", LATER)
    assert shown("extension") == "7777"
    assert "kept_by_roster" in codes(outcome)
    (asked,) = opened(Proposal.objects.all())
    assert (asked.row.person, asked.row.field, asked.row.toward) == (person, "extension", "payroll")
    assert (asked.current, asked.proposed) == ("2002", "7777")
    assert "7777" not in asked.row.proposed  # sealed


def test_what_the_roster_has_only_from_payroll_follows_payroll(tmp_path: Path) -> None:
    load(tmp_path / "a", "20261101", "2001", "010", NOW)
    outcome = load(tmp_path / "b", "20270401", "2002", "010", LATER)
    assert shown("extension") == "2002"
    assert "kept_by_roster" not in codes(outcome)
    assert not Proposal.objects.exists()


def test_what_payroll_leads_it_changes_whoever_filed_it(tmp_path: Path) -> None:
    load(tmp_path / "a", "20261101", "2001", "010", NOW)
    keep("step", "099")
    load(tmp_path / "b", "20270401", "2001", "011", LATER)
    assert shown("step") == "011"
    assert not Proposal.objects.exists()


def test_the_same_master_asks_once(tmp_path: Path) -> None:
    load(tmp_path / "a", "20261101", "2001", "010", NOW)
    keep("extension", "7777")
    load(tmp_path / "b", "20270401", "2002", "010", LATER)
    load(tmp_path / "c", "20270401", "2002", "010", LATER)
    assert Proposal.objects.count() == 1


def test_a_master_that_says_what_the_roster_says_asks_nothing(tmp_path: Path) -> None:
    load(tmp_path / "a", "20261101", "2001", "010", NOW)
    keep("extension", "7777")
    outcome = load(tmp_path / "b", "20270401", "7777", "010", LATER)
    assert "kept_by_roster" not in codes(outcome)
    assert not Proposal.objects.exists()
