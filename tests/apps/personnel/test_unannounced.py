"""Orders of a file that is not announced lie in the drawer: the books do not know them."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from meibo.apps.personnel.actions import intake
from meibo.domain.disclosure import Viewer
from meibo.ledger import check, reader
from meibo.ledger.models import BookLine, FilingLine, Person, PlanLine

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
HR = Viewer(frozenset({"hr"}), NOW.date())

DEFINITION = """
name = "小さな区"
announced = {announced}

[defaults]
format = "csv"
encoding = "utf-8"
dates = "ymd8"
open = "99999999"

[terms."01"]
effect = "enter"
wording = "採用"
[terms."03"]
effect = "move"
wording = "配置換"
[terms."16"]
effect = "filing"
wording = "氏名変更"

[[files]]
role = "codes"
table = "order_kind"
name = "kinds.csv"
[files.columns]
"code" = {{ field = "code", digits = 2 }}
"name" = "name"

[[files]]
role = "units"
name = "units.csv"
[files.columns]
"code" = "code"
"name" = "name"
"starts" = "starts"
"ends" = "ends"

[[files]]
role = "master"
name = "master_{{base}}.csv"
[files.columns]
"no" = "staff_no"
"name" = "name"
"kana" = "kana"
"unit" = "unit"
"hired" = "hired"
"since" = "unit_since"

[[files]]
role = "orders"
name = "orders.csv"
[files.columns]
"order" = "order_no"
"no" = "staff_no"
"name" = "name"
"day" = "effective"
"kind" = "kind"
"old" = "old_unit"
"new" = "new_unit"
"reason" = "reason"
"""
FILES = {
    "kinds.csv": "code,name\n01,採用\n03,配置換\n16,氏名変更\n",
    "units.csv": "code,name,starts,ends\n"
    "01,税務課,20200401,99999999\n02,福祉課,20200401,99999999\n",
    "master_20261101.csv": "no,name,kana,unit,hired,since\n"
    "1,山田　花子,ヤマダ　ハナコ,01,20200401,20200401\n",
    "orders.csv": "order,no,name,day,kind,old,new,reason\n"
    "A1,1,山田　花子,20270401,03,01,02,\n"
    "A2,1,鈴木　花子,20270401,16,01,02,\n"
    "A3,2,新人　秘密,20270401,01,,02,\n",
}


HISTORY = """
[[files]]
role = "history"
name = "history.csv"
[files.columns]
"order" = "order_no"
"no" = "staff_no"
"name" = "name"
"day" = "effective"
"kind" = "kind"
"old" = "old_unit"
"new" = "new_unit"
"reason" = "reason"
"""


def load(folder: Path, *, announced: bool) -> intake.Outcome:
    definition = folder / "small.toml"
    text = DEFINITION.format(announced=str(announced).lower())
    definition.write_text(text, encoding="utf-8")
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return intake.load(definition, folder, actor="test", now=NOW)


def test_an_unannounced_order_is_in_the_drawer_and_nowhere_else(tmp_path: Path) -> None:
    load(tmp_path, announced=False)
    assert Person.objects.exclude(staff_no=None).count() == 1
    assert not BookLine.objects.filter(effective__gt=NOW.date()).exists()
    assert not FilingLine.objects.filter(effective__gt=NOW.date()).exists()
    rows = dict(PlanLine.objects.values_list("order_no", "newcomer"))
    assert rows == {"A1": None, "A2": None, "A3": "2"}
    [card] = reader.cards(HR, on=date(2027, 4, 1))
    assert (card["unit_code"], card["name"]) == ("01", "山田　花子")
    assert reader.search(HR, "秘密", on=date(2027, 4, 1)).hits == []
    assert check.verify().differences == []


def test_the_same_orders_once_announced_are_in_the_book(tmp_path: Path) -> None:
    load(tmp_path, announced=False)
    load(tmp_path, announced=True)
    cards = reader.cards(HR, on=date(2027, 4, 1))
    assert {(c["name"], c["unit_code"]) for c in cards} == {
        ("鈴木　花子", "02"),
        ("新人　秘密", "02"),
    }
    assert [c["name"] for c in reader.cards(HR, on=date(2027, 3, 31))] == ["山田　花子"]


def test_a_history_tells_where_someone_was_before_the_first_master(tmp_path: Path) -> None:
    definition = tmp_path / "small.toml"
    definition.write_text(DEFINITION.format(announced="true") + HISTORY, encoding="utf-8")
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "master_20261101.csv").write_text(
        "no,name,kana,unit,hired,since\n1,山田　花子,ヤマダ　ハナコ,01,20200401,20240401\n",
        encoding="utf-8",
    )
    (tmp_path / "history.csv").write_text(
        "order,no,name,day,kind,old,new,reason\n"
        "H1,1,山田　花子,20200401,01,,02,\nH2,1,山田　花子,20240401,03,02,01,\n",
        encoding="utf-8",
    )
    outcome = intake.load(definition, tmp_path, actor="test", now=NOW)
    assert not {f.code for f in outcome.findings} & {"already_in_service", "differs_unit"}
    [before] = reader.cards(HR, on=date(2022, 4, 1))
    [after] = reader.cards(HR, on=date(2026, 11, 1))
    assert (before["unit_code"], before["name"]) == ("02", "山田　花子")
    assert (after["unit_code"], after["unit_since"]) == ("01", "2024-04-01")


def test_loading_an_unannounced_file_twice_leaves_one_plan(tmp_path: Path) -> None:
    load(tmp_path, announced=False)
    load(tmp_path, announced=False)
    assert PlanLine.objects.count() == 3
