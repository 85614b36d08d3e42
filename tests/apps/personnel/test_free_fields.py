"""A feed definition fills fields that the town added."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from meibo.apps.personnel.actions import intake
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from tests.apps.directory.free import LANGUAGE, PLEDGED, add_fields
from tests.apps.personnel.test_unannounced import DEFINITION, FILES

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
HR = Viewer(frozenset({"hr"}), NOW.date())
COLUMNS = """"kana" = "kana"
"languages" = "free.language"
"pledged" = "free.pledged"
"shoes" = "free.shoes\""""
HEAD = "no,name,kana,languages,pledged,shoes,unit,hired,since\n"


def load(folder: Path, day: str, *cells: str) -> intake.Outcome:
    """A master whose cells are those of COLUMNS and HEAD."""
    folder.mkdir()
    definition = folder / "small.toml"
    text = DEFINITION.format(announced="true").replace('"kana" = "kana"', COLUMNS)
    definition.write_text(text, encoding="utf-8")
    for name in ("kinds.csv", "units.csv"):
        (folder / name).write_text(FILES[name], encoding="utf-8")
    (folder / "orders.csv").write_text("order,no,name,day,kind,old,new,reason\n", encoding="utf-8")
    row = ",".join(["1", "山田　花子", "ヤマダ　ハナコ", *cells, "01,20200401,20200401"])
    (folder / f"master_{day}.csv").write_text(f"{HEAD}{row}\n", encoding="utf-8")
    return intake.load(definition, folder, actor="test", now=NOW)


def card() -> reader.Card:
    [found] = reader.cards(HR, on=NOW.date())
    return found


def codes(outcome: intake.Outcome) -> dict[str, str]:
    return {f.code: f.column for f in outcome.findings if f.code.startswith(("free", "unknown_f"))}


def test_a_master_fills_the_towns_own_fields_and_tells_what_it_could_not(tmp_path: Path) -> None:
    add_fields(NOW.date())
    outcome = load(tmp_path / "a", "20261101", "英語;手話", "令和2年4月1日", "24")
    assert card()[LANGUAGE] == ["英語", "手話"]
    assert card()[PLEDGED] == "2020-04-01"
    assert codes(outcome) == {"unknown_free_field": "shoes"}


def test_a_value_that_does_not_fit_leaves_the_one_before(tmp_path: Path) -> None:
    add_fields(NOW.date())
    load(tmp_path / "a", "20261101", "英語", "", "")
    outcome = load(tmp_path / "b", "20261115", "火星語", "", "")
    assert card()[LANGUAGE] == ["英語"]
    assert codes(outcome)["free_field_unread"] == "languages"


def test_an_empty_cell_takes_nothing_away_and_a_new_value_counts_from_its_day(
    tmp_path: Path,
) -> None:
    add_fields(NOW.date())
    load(tmp_path / "a", "20261101", "英語", "", "")
    load(tmp_path / "b", "20261110", "", "", "")
    assert card()[LANGUAGE] == ["英語"]
    load(tmp_path / "c", "20261115", "手話", "", "")
    [then] = reader.cards(HR, on=date(2026, 11, 12))
    assert then[LANGUAGE] == ["英語"]
    assert card()[LANGUAGE] == ["手話"]
