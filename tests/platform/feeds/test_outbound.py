"""Letters, cells and files on their way out."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from meibo.platform.feeds import DefinitionError, load_definition
from meibo.platform.feeds.definition.outbound import Answer
from meibo.platform.feeds.house import House
from meibo.platform.feeds.outbound import build, layout_of, read_answer, reshaped
from meibo.platform.feeds.outbound.answers import AnswerError
from meibo.platform.feeds.outbound.cells import day_text
from meibo.platform.feeds.outbound.letters import Letters
from meibo.platform.feeds.package import read_master
from meibo.platform.feeds.values.gaiji import Gaiji, host_character
from tests.platform.feeds.ward import DEFINITION

HOST = str(host_character("F043"))
TSUCHI = "𠮷"
ON = date(2026, 11, 1)
SMALL = """
name = "小さい連携"
[defaults]
dates = "ymd8"
encoding = "cp932"
[out]
file = "master_{{base}}.csv"
sums = ["grade"]
{more}
[[files]]
role = "master"
name = "master_{{base}}.csv"
trailer = "T"
[files.columns]
"no" = {{ field = "staff_no", bytes = 4 }}
"name" = {{ field = "name", bytes = 20 }}
"grade" = {{ field = "grade", bytes = 2 }}
"""


def letters(encoding: str = "cp932", *, gaiji: bool = True, substitute: bool = False) -> Letters:
    hosts = {TSUCHI: HOST} if gaiji else {}
    return Letters(encoding, hosts, {TSUCHI: "吉"}, substitute=substitute)


def test_a_letter_of_the_towns_table_goes_out_as_the_hosts_own() -> None:
    written = letters().write(f"{TSUCHI}野\u3000一")
    assert written.text == f"{HOST}野\u3000一"
    assert not written.replaced
    assert written.text.encode("cp932")[:2] == b"\xf0\x43"


def test_a_letter_that_the_encoding_lacks_is_lost_and_never_replaced_in_silence() -> None:
    assert letters(gaiji=False).write(f"{TSUCHI}野").lost == (TSUCHI,)
    assert letters().write("邉\U000e0102").lost == ("邉\U000e0102",)


def test_where_the_definition_allows_it_the_towns_substitute_stands_and_is_told() -> None:
    written = letters(gaiji=False, substitute=True).write(f"{TSUCHI}野")
    assert (written.text, written.replaced, written.lost) == ("吉野", (TSUCHI,), ())
    selector = letters(substitute=True).write("邉\U000e0102")
    assert (selector.text, selector.replaced) == ("邉", ("邉\U000e0102",))
    assert letters(substitute=True).write("𩸽").lost == ("𩸽",)


def test_signs_that_cp932_has_under_another_number_are_the_same_signs() -> None:
    written = letters().write("一〜二−三")
    assert (written.text, written.replaced) == ("一～二－三", ())


def test_unicode_keeps_everything() -> None:
    text = f"{TSUCHI}邉\U000e0102"
    assert letters("utf-8").write(text).text == text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("ymd8", "19831203"),
        ("era7", "3581203"),
        ("wareki", "昭和58年12月3日"),
        ("slash", "1983/12/3"),
        ("excel", "30653"),
        ("iso", "1983-12-03"),
        ("auto", "1983-12-03"),
    ],
)
def test_a_day_in_every_style(style: str, text: str) -> None:
    assert day_text(date(1983, 12, 3), style) == text


def small(folder: Path, more: str = "") -> Path:
    path = folder / "small.toml"
    path.write_text(SMALL.format(more=more), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["csv", "fixed", "xlsx"])
def test_a_file_that_ends_too_early_is_noticed_by_its_last_record(
    tmp_path: Path, form: str
) -> None:
    definition = reshaped(load_definition(small(tmp_path)), form)
    house = House(definition, Gaiji({}))
    layout = layout_of(definition, ON, ()).layout
    rows = [["0001", "山田\u3000花子", "3"], ["0002", "鈴木\u3000一郎", "1"]]

    def codes(count: str) -> list[str]:
        (tmp_path / layout.name).write_bytes(build(layout, rows, [count, "4"]))
        package = read_master(definition, tmp_path, house)
        assert len(package.records["master"]) == 2
        return [f.code for f in package.findings if f.file == layout.name]

    assert codes("2") == []
    assert codes("3") == ["trailer-count"]


def test_the_same_rows_give_the_same_workbook(tmp_path: Path) -> None:
    definition = reshaped(load_definition(small(tmp_path)), "xlsx")
    layout = layout_of(definition, ON, ()).layout
    assert build(layout, [["1", "a", "2"]]) == build(layout, [["1", "a", "2"]])


def test_what_the_job_may_not_see_has_no_column_but_in_a_fixed_file_its_place(
    tmp_path: Path,
) -> None:
    definition = load_definition(small(tmp_path))
    assert layout_of(definition, ON, {"grade"}).layout.headers == ("no", "name")
    fixed = layout_of(reshaped(definition, "fixed"), ON, {"grade"}).layout
    assert (fixed.headers, fixed.widths) == (("no", "name", "grade"), (4, 20, 2))


def test_a_fixed_file_needs_the_width_of_every_column(tmp_path: Path) -> None:
    definition = load_definition(small(tmp_path))
    (spec,) = definition.files
    bare = tuple(replace(column, bytes=None) for column in spec.columns)
    with pytest.raises(ValueError, match="bytes"):
        reshaped(replace(definition, files=(replace(spec, columns=bare),)), "fixed")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('hashes = ["unit"]', "columns"),
        ('format = "pdf"', "使えません"),
        ("wrong = 1", "知らない項目"),
        ("[out.difference]\nvalues = { old = '1' }", "new"),
    ],
)
def test_a_mistake_in_the_way_out_is_told_with_its_key(
    tmp_path: Path, more: str, said: str
) -> None:
    with pytest.raises(DefinitionError, match=said) as told:
        load_definition(small(tmp_path, more))
    assert told.value.key.startswith("out")


def test_the_way_out_must_name_a_master(tmp_path: Path) -> None:
    path = small(tmp_path)
    text = path.read_text(encoding="utf-8").replace('file = "master_', 'file = "other_')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match="職員マスタ"):
        load_definition(path)


def test_marks_of_a_difference_are_known_when_such_a_file_comes_in() -> None:
    definition = load_definition(DEFINITION)
    (spec,) = [spec for spec in definition.files if spec.role == "master"]
    assert {"異動区分", "遡及開始日"} <= spec.ignore


def test_an_answer_is_read_whatever_the_width_of_its_headers() -> None:
    answer = Answer("番号", "職員ｺｰﾄﾞ", "結果", frozenset({"OK"}), "理由")
    data = "番号,職員コード,結果,理由\r\n7,0000101,NG,なし\r\n7,,OK,\r\n\x1a".encode("cp932")
    one, whole = read_answer(data, answer)
    assert (one.delivery, one.staff_no, one.accepted, one.reason) == ("7", "0000101", False, "なし")
    assert (whole.staff_no, whole.accepted) == ("", True)
    with pytest.raises(AnswerError, match="文字コード"):
        read_answer(b"\x82", answer)
