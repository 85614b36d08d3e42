"""Forms are set from data: archivable, the same each time, and every character right."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from meibo.platform.papers import glyphs, press, setting
from meibo.platform.papers.setting import Sheet
from meibo.platform.papers.tables import Column, Section, Table
from tests.house.canary import pdf

NOW = datetime(2026, 11, 26, 0, 30, tzinfo=UTC)
ON = date(2027, 4, 1)
#: The same character in the usual form and in the form of a register of names (IVS).
USUAL, REGISTERED = "渡邉太郎", "渡邉\U000e0101太郎"


def listing(*names: str, title: str = "職員の一覧", landscape: bool = False) -> Table:
    rows = [(name, "係長") for name in names]
    columns = (Column("氏名", 2), Column("職", 1))
    return Table(title, columns, (Section("総務部", rows),), landscape=landscape)


def sheet(*names: str) -> Sheet:
    return listing(*names).sheet("けやき野区", ON, careful=True)


def text(*names: str) -> str:
    return pdf.text(setting.pdf(sheet(*names), now=NOW))


def test_a_form_says_its_day_its_town_when_it_was_made_and_its_pages() -> None:
    said = text("佐藤花子").replace("\n", "")
    for words in ("職員の一覧", "令和9年4月1日現在", "けやき野区", "取扱注意", "1 / 1"):
        assert words in said
    assert "令和8年11月26日 09:30 作成" in said


def test_a_form_is_an_archive_for_readers_and_screen_readers() -> None:
    made = setting.pdf(sheet("佐藤花子"), now=NOW)
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"/StructTreeRoot" in made
    assert b"/Lang(ja" in made


def test_the_same_data_at_the_same_moment_makes_the_same_bytes() -> None:
    first, second = (setting.pdf(sheet("佐藤花子"), now=NOW) for _ in range(2))
    assert first == second
    assert setting.pdf(sheet("鈴木花子"), now=NOW) != first


def test_a_name_is_drawn_in_the_form_of_its_own_record() -> None:
    usual, registered = (setting.pictures(sheet(name), now=NOW) for name in (USUAL, REGISTERED))
    assert usual != registered
    assert REGISTERED in text(REGISTERED)
    assert setting.missing(sheet(REGISTERED)) == 0


@pytest.mark.parametrize("name", ["髙橋﨑濵", "𠮷野家", "葛\U000e0100飾", "齋藤德塚", "鵺"])
def test_characters_of_names_are_set_as_they_are(name: str) -> None:
    assert name in text(name)


def test_a_character_without_a_form_is_marked_and_counted() -> None:
    said = text("山\ue000田", "川\ue001\ue002").replace("\n", "")
    assert "山〓田" in said
    assert "川〓〓" in said
    assert "この帳票に3字あります" in said
    assert setting.missing(sheet("山\ue000田", "川\ue001\ue002")) == 3
    assert "〓は" not in text("山田")


def test_a_selector_that_no_font_knows_leaves_the_usual_form() -> None:
    assert glyphs.drawable("山\U000e01ef田") == "山田"
    assert glyphs.missing(["山\U000e01ef田"]) == 1


def test_data_is_never_read_as_markup() -> None:
    wild = [
        '#panic("x")',
        "*太字*",
        "= 見出し",
        "$x^2$",
        "@ref <label>",
        "`code`",
        '"; #import'[:9],
    ]
    said = text(*wild).replace("\n", "")
    for each in wild:
        assert each in said


def test_an_empty_list_says_so() -> None:
    assert "該当するものはありません" in text().replace("\n", "")


def test_a_list_of_many_pages_has_its_heads_on_each() -> None:
    said = text(*(f"職員{n:04}" for n in range(150)))
    assert said.count("氏名") >= 3 * 2  # the text is told twice
    assert "3 / 3" in said.replace("\n", "")


def test_paper_lies_as_it_was_asked_for() -> None:
    upright = setting.pdf(sheet("佐藤"), now=NOW)
    across = setting.pdf(listing("佐藤", landscape=True).sheet("", None), now=NOW)
    assert b"/MediaBox[0 0 595.2756 841.8898]" in upright
    assert b"/MediaBox[0 0 841.8898 595.2756]" in across


def test_no_day_is_said_where_a_form_is_of_none() -> None:
    made = setting.pdf(replace(sheet("佐藤"), on=None), now=NOW)
    assert "現在" not in pdf.text(made)


def test_in_a_workbook_the_headings_of_sections_become_a_column() -> None:
    heads, rows = replace(listing("佐藤"), group="部").flat()
    assert heads == ["部", "氏名", "職"]
    assert rows == [["総務部", "佐藤", "係長"]]
    assert listing("佐藤").flat() == (["氏名", "職"], [["佐藤", "係長"]])


def test_a_large_form_is_set_apart_and_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [USUAL, REGISTERED, '#panic("x")']
    here = setting.pdf(sheet(*names), now=NOW)
    monkeypatch.setattr(setting, "_LARGE", 0)
    assert setting.pdf(sheet(*names), now=NOW) == here


def test_what_the_press_could_not_set_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "_LARGE", 0)
    with pytest.raises(press.PressError, match="Error"):
        setting.pdf(replace(sheet("佐藤"), template="nowhere"), now=NOW)
