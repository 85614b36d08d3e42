"""What can be odd about a name, said once: the code, the Japanese sentence, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Reason(StrEnum):
    """Why a name or a reading was mended, or should be looked at by a person."""

    # mended without asking: only white space and letters that cannot be seen
    OUTER_SPACE = "outer_space"
    INNER_SPACE = "inner_space"
    INVISIBLE = "invisible"
    # the writing of a name
    EMPTY = "empty"
    UNMAPPED = "unmapped"
    REPLACED = "replaced"
    HALF_WIDTH_KANA = "half_width_kana"
    NO_GAP = "no_gap"
    # the reading
    MISSING = "missing"
    NOT_KANA = "not_kana"
    STRAY_MARK = "stray_mark"
    LARGE_KANA = "large_kana"
    OTHER_READING = "other_reading"
    SWAPPED_PARTS = "swapped_parts"

    @property
    def message(self) -> str:
        """What is wrong, for the person who keeps the record."""
        return _SENTENCES[self][0]

    @property
    def action(self) -> str:
        """What that person can do about it."""
        return _SENTENCES[self][1]


_SENTENCES: Mapping[Reason, tuple[str, str]] = MappingProxyType(
    {
        Reason.OUTER_SPACE: ("前後に空白があります。", "空白を除いて取り込みました。"),
        Reason.INNER_SPACE: (
            "姓と名の間の空白が全角1字ではありません。",
            "全角空白1字に直して取り込みました。",
        ),
        Reason.INVISIBLE: (
            "目に見えない文字が含まれています。",
            "その文字を除いて取り込みました。",
        ),
        Reason.EMPTY: ("氏名がありません。", "元の台帳を確認し、氏名を補ってください。"),
        Reason.UNMAPPED: (
            "対応表にない外字が含まれています。",
            "外字対応表にこのコードの文字を登録し、もう一度取り込んでください。",
        ),
        Reason.REPLACED: (
            "〓や?など、文字化けとみられる字が含まれています。",
            "元の台帳の文字を確認してください。",
        ),
        Reason.HALF_WIDTH_KANA: (
            "漢字氏名の欄に半角カナがあります。",
            "漢字氏名を確認してください。",
        ),
        Reason.NO_GAP: (
            "姓と名の区切りがありません。",
            "姓と名の間に全角空白を入れてください。",
        ),
        Reason.MISSING: ("読みがありません。", "本人または台帳で読みを確認し、補ってください。"),
        Reason.NOT_KANA: (
            "読みの欄にカナでない文字があります。",
            "読みをカナで入力し直してください。",
        ),
        Reason.STRAY_MARK: (
            "濁点・半濁点・長音の付き方が正しくありません。",
            "読みを確認してください。",
        ),
        Reason.LARGE_KANA: (
            "小さい「ャュョッ」が大きく書かれています。",
            "小さいカナに直した読みでよいか確認してください。",
        ),
        Reason.OTHER_READING: (
            "この漢字氏名の読みとは考えられません(別人の読みの可能性があります)。",
            "本人または台帳で読みを確認してください。",
        ),
        Reason.SWAPPED_PARTS: (
            "読みの姓と名が逆になっているとみられます。",
            "読みを姓・名の順に直してください。",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Mended:
    """A text in its canonical form, and what had to be mended for it (empty: nothing)."""

    value: str
    reasons: tuple[Reason, ...] = ()
