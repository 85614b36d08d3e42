"""A mistake in a feed definition is told with its key and with what is allowed there."""

from pathlib import Path

import pytest

from meibo.domain.book.lines import Effect, SeatKind
from meibo.platform.feeds import Correction, DefinitionError, load_definition
from tests.platform.feeds.ward import DEFINITION

SMALL = """
name = "小さな定義"

[staff_number]
digits = 7

[[files]]
role = "master"
name = "名簿_{base}.csv"
[files.columns]
"番号" = "staff_no"
"氏名" = "name"
"""


def load(folder: Path, text: str) -> None:
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    load_definition(path)


def test_a_small_definition_is_enough(tmp_path: Path) -> None:
    load(tmp_path, SMALL)


#: what is replaced, by what, the key that the error names, a word that it must say
MISTAKES = [
    ('name = "小さな定義"', "", "name", "必要です"),
    ("digits = 7", 'digits = "七"', "staff_number.digits", "整数"),
    ("digits = 7", "digit = 7", "staff_number.digit", "digits"),
    ("digits = 7", 'digits = 7\ncheck = "luhn"', "staff_number.check", "modulus11"),
    ("digits = 7", 'digits = 8\ncheck = "modulus11"', "staff_number.weights", "7桁分"),
    ('role = "master"', 'role = "staff"', "files[1].role", "master"),
    ('role = "master"', 'role = "master"\nencoding = "sjis"', "encoding", "cp932"),
    ('role = "master"', 'role = "master"\nformat = "ods"', "format", "xlsx"),
    ('role = "master"', 'role = "master"\nunique = "no"', "unique", "「no」"),
    ('role = "master"', 'role = "master"\nbase = "2026-11-01"', "base", "引用符なし"),
    ('"氏名" = "name"', '"氏名" = "shimei"', "columns.氏名.field", "name"),
    ('"氏名" = "name"', '"氏名" = "staff_no"', "columns.氏名", "「番号」"),
    ('"氏名" = "name"', '"氏名" = 1', "columns.氏名", "field"),
    ('"氏名" = "name"', '"氏名" = { field = "name", tpye = "text" }', "tpye", "type"),
    ('"氏名" = "name"', '"生" = { field = "birth_date", dates = "jp" }', "dates", "wareki"),
    ('"氏名" = "name"', '"職" = "post"', "columns.職.table", "「post」"),
    ('"氏名" = "name"', '"内線" = { field = "extension", pattern = "(" }', "pattern", "正規表現"),
    ('"番号" = "staff_no"', "", "columns", "staff_no"),
    ("[[files]]", "[[file]]", "files", "[[files]]"),
    ("digits = 7", 'digits = 7\n[terms."01"]\neffect = "hire"', "terms.01.effect", "enter"),
    ("digits = 7", 'digits = 7\n[terms."01"]', "terms.01.effect", "必要です"),
    ("digits = 7", 'digits = 7\n[corrections]\n"1" = "undo"', "corrections.1", "unvoid"),
    ("digits = 7", 'digits = 7\n[colour]\na = "b"', "colour", "staff_number"),
    ("digits = 7", "digits = ", "", "TOML"),
]


@pytest.mark.parametrize(("old", "new", "key", "word"), MISTAKES)
def test_a_mistake_names_its_key_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, key: str, word: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        load(tmp_path, SMALL.replace(old, new, 1))
    assert key in caught.value.key
    assert word in caught.value.problem
    assert str(caught.value).startswith("small.toml: ")


def test_orders_need_the_meaning_of_their_kinds(tmp_path: Path) -> None:
    orders = """
[tables.order_kind]
"1" = "採用"

[[files]]
role = "orders"
name = "発令.csv"
[files.columns]
"番号" = "staff_no"
"日" = "effective"
"種別" = "kind"
"""
    with pytest.raises(DefinitionError, match="発令種別の意味"):
        load(tmp_path, SMALL + orders)


def test_a_rule_speaks_only_of_columns_that_are_there(tmp_path: Path) -> None:
    rule = """
[[files.rules]]
message = "級がある。"
when = { employment = "5" }
must = { grade = "blank" }
"""
    with pytest.raises(DefinitionError) as caught:
        load(tmp_path, SMALL + rule)
    assert "staff_no" in caught.value.problem


def test_package_a_says_what_its_codes_mean() -> None:
    definition = load_definition(DEFINITION)
    assert definition.announced is True
    assert definition.terms["02"].effect is Effect.MOVE
    assert definition.terms["06"].seat is SeatKind.CROSS
    assert definition.terms["16"].effect is None
    assert definition.corrections["3"] is Correction.UNVOID
    assert definition.leave["3"].basis == "承認"
    assert definition.dispatch == {"0": "none", "1": "out", "2": "in"}
    assert definition.successions["分割"].follows is False
    assert definition.cross_posts == {"080"}


def test_no_name_of_the_supplier_stands_in_the_code() -> None:
    source = DEFINITION.parents[2] / "src" / "meibo" / "platform" / "feeds"
    headers = ("氏名漢字", "所属CD", "発令種別CD", "職員マスタ_", "パッケージA", "99999999")
    for path in source.rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        assert not [header for header in headers if header in code], path.name
