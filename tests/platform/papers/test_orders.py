"""辞令, 通知書 and 内示書 say what the town's own table says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured

from meibo.domain.book import Effect
from meibo.platform.papers import setting
from meibo.platform.papers.orders import (
    OrderRow,
    appointments,
    informal,
    notices,
    seated,
    unknown_wordings,
)
from meibo.platform.papers.wording import Wording, WordingError, joined, wording
from tests.house.canary import pdf

NOW = datetime(2026, 11, 26, tzinfo=UTC)
DAY = date(2027, 4, 1)
TOWN = "けやき野区"
PROMOTED = OrderRow(
    "渡邉\U000e0101　太郎",
    DAY,
    "昇任",
    staff_no="0000001",
    order_no="第12号",
    unit="区民部納税課収納係",
    post="係長",
    grade="3",
    old_unit="総務部総務課文書係",
    old_post="主任",
)


def lines(row: OrderRow, said: Wording) -> list[str]:
    return said.lines(row.wording, row.values(TOWN))


def test_a_promotion_says_grade_and_post() -> None:
    assert lines(PROMOTED, wording()) == ["3級に昇任させる", "区民部納税課収納係長に補する"]


def test_a_line_that_names_something_unknown_is_left_out() -> None:
    row = OrderRow("佐藤", DAY, "昇任", unit="総務部", post="部長")
    assert lines(row, wording()) == ["総務部長に補する"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("配置換", "総務課勤務を命ずる"),
        ("昇任", "総務課勤務を命ずる"),
        ("転任", "総務課に転任させる"),
        ("転入", "総務課勤務を命ずる"),
        ("再任用", "総務課勤務を命ずる"),
        ("採用", "総務課勤務を命ずる"),
        ("兼務", "兼ねて総務課勤務を命ずる"),
        ("兼務解除", "総務課の兼務を解く"),
        ("併任", "総務課に併任する"),
        ("併任解除", "総務課の併任を解く"),
        ("事務取扱", "総務課の事務取扱を命ずる"),
        ("復職", "総務課勤務を命ずる"),
        ("派遣復帰", "総務課勤務を命ずる"),
        ("派遣受入", "総務課勤務を命ずる"),
        ("特命", "総務課特命を命ずる"),
    ],
)
def test_who_holds_no_post_is_told_where_to_go_all_the_same(kind: str, said: str) -> None:
    assert lines(OrderRow("佐藤", DAY, kind, unit="総務課"), wording())[-1] == said


@pytest.mark.parametrize(
    ("effect", "named", "after", "seat"),
    [
        (Effect.MOVE, ("総務課", ""), ("総務課", "主任"), ("総務課", "主任")),
        (Effect.MOVE, ("", "主任"), ("総務課", "主任"), ("総務課", "主任")),
        (Effect.RESUME, ("総務課", ""), ("総務課", "主任"), ("総務課", "主任")),
        # A promotion in grade alone, a further post, and another order of the day that moves on.
        (Effect.MOVE, ("", ""), ("総務課", "主任"), ("", "")),
        (Effect.ADD, ("総務課", ""), ("総務課", "主任"), ("総務課", "")),
        (Effect.RELIEVE, ("総務課", ""), ("総務課", "主任"), ("総務課", "")),
        (Effect.MOVE, ("総務課", ""), ("防災課", "主任"), ("総務課", "")),
    ],
)
def test_an_order_of_the_main_seat_leaves_what_it_does_not_state(
    effect: Effect, named: tuple[str, str], after: tuple[str, str], seat: tuple[str, str]
) -> None:
    assert seated(effect, named, after) == seat


def test_a_kind_that_the_town_does_not_list_is_said_in_general_words_and_pointed_out() -> None:
    row = OrderRow("佐藤", DAY, "特命", unit="総務課", post="主査")
    assert lines(row, wording()) == ["総務課主査を命ずる"]
    assert lines(OrderRow("佐藤", DAY, "特命"), wording()) == ["特命を命ずる"]
    assert unknown_wordings([row, PROMOTED], wording()) == ["特命"]


@pytest.mark.parametrize(
    ("unit", "post", "both"),
    [
        ("納税課", "課長", "納税課長"),
        ("納税課", "担当課長", "納税課担当課長"),
        ("けやき台保育園", "園長", "けやき台保育園長"),
        ("総務課", "主事", "総務課主事"),
        ("総務課", "", "総務課"),
        ("総務課", "長", "総務課長"),
    ],
)
def test_a_unit_and_its_head_are_written_as_one(unit: str, post: str, both: str) -> None:
    assert joined(unit, post) == both


def test_what_is_added_to_a_kind_in_brackets_changes_no_sentence() -> None:
    row = OrderRow("佐藤", DAY, "配置換（訂正）", unit="総務課", post="主査")
    assert lines(row, wording()) == ["総務課主査に補する"]
    assert unknown_wordings([row], wording()) == []


def test_orders_of_one_day_stand_on_one_sheet_for_each_person() -> None:
    also = OrderRow(
        "渡邉\U000e0101　太郎", DAY, "兼務", staff_no="0000001", unit="防災課", post="主査"
    )
    other = OrderRow("佐藤　花子", DAY, "配置換", staff_no="0000002", unit="総務課", post="主事")
    sheet = appointments([PROMOTED, also, other], wording(), TOWN)
    first, second = sheet.data["letters"]
    assert first["lines"][-1] == "兼ねて防災課主査に補する"
    assert second["lines"] == ["総務課主事に補する"]
    said = pdf.text(setting.pdf(sheet, now=NOW))
    assert "渡邉\U000e0101 太郎" in said
    for words in ("令和9年4月1日", "けやき野区長", "公印", "第12号"):
        assert words in said.replace("\n", "")


def test_a_notice_sets_before_and_after_side_by_side() -> None:
    said = pdf.text(setting.pdf(notices([PROMOTED], wording(), TOWN), now=NOW)).replace("\n", "")
    assert "総務部総務課文書係 主任" in said
    assert "区民部納税課収納係 係長" in said


def test_what_is_told_before_it_is_announced_has_no_number_and_no_seal() -> None:
    sheet = informal([replace(PROMOTED, told=date(2027, 3, 20))], wording(), TOWN)
    said = pdf.text(setting.pdf(sheet, now=NOW)).replace("\n", "")
    assert "内示" in said
    assert "令和9年3月20日" in said
    assert "第12号" not in said
    assert "公印" not in said


def test_a_draft_says_so_on_every_page_and_has_no_seal() -> None:
    other = replace(PROMOTED, name="佐藤　花", staff_no="0000002", order_no="")
    sheet = appointments([replace(PROMOTED, order_no=""), other], wording(), TOWN, draft=True)
    said = pdf.text(setting.pdf(sheet, now=NOW)).replace("\n", "")
    assert said.count("発令前の確認用です") >= 2
    assert "辞令（案）" in said
    assert "区民部納税課収納係長に補する" in said
    assert "公印」" not in said
    assert "電子公印" not in said
    assert "案" not in pdf.text(setting.pdf(appointments([other], wording(), TOWN), now=NOW))


@pytest.fixture
def town(tmp_path: Path, settings: Any) -> Callable[[str], None]:
    def write(text: str) -> None:
        (tmp_path / "forms").mkdir(exist_ok=True)
        (tmp_path / "forms" / "jirei.toml").write_text(text, encoding="utf-8")
        settings.MEIBO_TOWN = tmp_path

    return write


LEAST = '[signer]\n"" = "{town}長"\n[wording]\n"" = ["{wording}を命ずる"]\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", '"" の行'),
        ("[wording", "読めません"),
        (LEAST + '"採用" = ["{name}を採用する"]', "{name}"),
        ('[seal]\nkind = "gold"\n' + LEAST, "stamp"),
    ],
)
def test_a_mistake_in_the_towns_file_is_told(
    town: Callable[[str], None], text: str, words: str
) -> None:
    town(text)
    with pytest.raises(WordingError, match=words.replace("{", r"\{")):
        wording()


def test_the_town_writes_its_own_sentences_signers_and_seal(town: Callable[[str], None]) -> None:
    town(
        '[signer]\n"" = "{town}長"\n"教育委員会" = "{town}教育長"\n[seal]\nkind = "omitted"\n'
        '[wording]\n"" = ["{wording}を命ずる"]\n"昇任" = ["{post}に任ずる"]'
    )
    row = OrderRow("佐藤", DAY, "昇任", post="係長", authority="教育委員会")
    said = pdf.text(setting.pdf(appointments([row], wording(), TOWN), now=NOW)).replace("\n", "")
    for words in ("係長に任ずる", "けやき野区教育長", "（公印省略）"):
        assert words in said


def test_the_file_that_comes_along_can_be_used() -> None:
    assert (Path(configured.MEIBO_TOWN) / "forms" / "jirei.toml").is_file()
    assert wording().knows("昇任")
