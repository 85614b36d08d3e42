"""What can be wrong with a date in a file, as a value: a bad cell never stops the row."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum


class Blank(Enum):
    """A cell that holds no day, and says so rightly."""

    UNSET = "未設定"  # empty, 00000000
    OPEN = "期限なし"  # 99999999


class Kind(StrEnum):
    """What is wrong with a date."""

    FORMAT = "format"
    OTHER_STYLE = "other_style"
    INCOMPLETE = "incomplete"
    IMPOSSIBLE = "impossible"
    ERA_UNKNOWN = "era_unknown"
    ERA_BOUNDARY = "era_boundary"
    TWO_DIGIT_YEAR = "two_digit_year"
    OUT_OF_RANGE = "out_of_range"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class DateProblem:
    """A text that is no date: the text, what is wrong (Japanese), what to do about it.

    `candidates`: the days it may have meant, earliest first. Not for taking unasked, save where
    the caller knows more (one of them is the only one between birth and today, say).
    """

    kind: Kind
    value: str
    message: str
    action: str
    candidates: tuple[date, ...] = ()


_CHECK_SOURCE = "元の台帳で日付を確認し、直してください。"


def impossible(value: str, said: str) -> DateProblem:
    """A day that no calendar has; `said` is the date as a person would write it."""
    message = f"{said}という日はありません。"
    return DateProblem(Kind.IMPOSSIBLE, value, message, _CHECK_SOURCE)


def past_the_era(value: str, said: str, bounds: str, rightly: str, day: date) -> DateProblem:
    """A day written in an era that did not hold it (昭和64年2月, 平成31年5月1日)."""
    message = f"{said}はありません({bounds})。暦の上では{rightly}にあたります。"
    action = f"{rightly}でよいか、元の台帳で元号と日付を確認してください。"
    return DateProblem(Kind.ERA_BOUNDARY, value, message, action, (day,))


def unknown_era(value: str, era: str) -> DateProblem:
    """An era code or name that no table has."""
    message = f"元号「{era}」は元号表にありません。"
    action = "元号コード(1明治 2大正 3昭和 4平成 5令和)を確認してください。"
    return DateProblem(Kind.ERA_UNKNOWN, value, message, action)


def two_digit_year(value: str, candidates: tuple[date, ...]) -> DateProblem:
    """A year of two digits without an era: 27 may be 2027, 1927, 平成27 or 昭和27."""
    message = "年が2桁で、西暦か和暦かわかりません。"
    action = "西暦4桁、または元号を付けた年に直してください。"
    return DateProblem(Kind.TWO_DIGIT_YEAR, value, message, action, candidates)


def incomplete(value: str) -> DateProblem:
    """A year, or a year and a month, without the day."""
    message = "月または日がありません。"
    return DateProblem(Kind.INCOMPLETE, value, message, "年月日をすべて入力してください。")


def out_of_range(value: str, said: str, bounds: str) -> DateProblem:
    """A real day, but hardly one of a staff roster."""
    message = f"{said}は、扱う期間({bounds})の外です。"
    return DateProblem(Kind.OUT_OF_RANGE, value, message, _CHECK_SOURCE)


def unreadable(value: str, expected: str) -> DateProblem:
    """A text of another form than its column's."""
    message = f"日付として読めません({expected}のはずです)。"
    action = "元の値を直すか、取込定義の日付の形式を確認してください。"
    return DateProblem(Kind.FORMAT, value, message, action)


def other_style(value: str, expected: str, day: date, rightly: str) -> DateProblem:
    """A day, but not in the style of its column (5060401 among 20240401s)."""
    message = f"この列の形式({expected})ではありませんが、{rightly}と読めます。"
    action = f"{rightly}でよいか確認し、この列の形式に直してください。"
    return DateProblem(Kind.OTHER_STYLE, value, message, action, (day,))


def reversed_period(first: str, last: str) -> DateProblem:
    """A period that ends before it begins."""
    message = f"終了日({last})が開始日({first})より前です。"
    return DateProblem(Kind.REVERSED, f"{first} {last}", message, _CHECK_SOURCE)
