"""The report of a check in words: for a page, for paper, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from meibo.apps.safety.models import Check
from meibo.apps.safety.queries.happened import Happening
from meibo.apps.safety.queries.learning import Report
from meibo.domain.safety.learning import Carried, Line, Part
from meibo.domain.safety.words import HOME
from meibo.platform.papers.tables import Column, Section, Table

TOKYO = ZoneInfo("Asia/Tokyo")
_HEADS = ("聞いた人", "送れた人", "届いた人", "答えた人", "10分以内", "半数までの時間")
_COLUMNS = (Column("", 5), *(Column(label, 2, right=True) for label in _HEADS))
_FEW = "少数のため非表示"
NOTE = (
    "送れた人：メッセージを渡して、戻ってきていない人。届いた人：配達の知らせがあるか、開いたか、答えた人。"
    "経路別の送れた人・届いた人は、その経路だけの数。どの経路を見て答えたかはわからないので、答えは経路ごとに数えない。"
    "「計」のない行は、その上の計に含まれる。少数の行と、引き算でわかる行は、まとめるか出さない。"
)


def took(time: timedelta | None) -> str:
    """How long, in words."""
    if time is None:
        return "達せず"
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}時間{minutes:02}分" if hours else f"{minutes}分{seconds:02}秒"


def took_so_far(check: Check, time: timedelta | None) -> str:
    """How long, in words; what a check that goes on has not come to, it may still come to."""
    return "まだ" if time is None and check.closed_at is None else took(time)


def times(report: Report) -> list[tuple[str, str]]:
    """When how many had answered, and when support began."""
    told = [
        (f"{share}％が答えるまで", took_so_far(report.check, time))
        for share, time in report.times.items()
    ]
    began = report.check.supported_at
    word = "まだ" if began is None else took(began - report.check.started_at)
    return [*told, ("支援を始めるまで（最初に仕事に付けるまで）", word)]


def homes(report: Report) -> list[tuple[str, str]]:
    """What was said of homes, in words; nothing where nobody said anything."""
    said = [count for label, count in report.homes.items() if label != HOME[""]]
    if not any(count is None or count for count in said):
        return []
    told = [(label, count) for label, count in report.homes.items()]
    return [(label, _FEW if count is None else f"{count:,}人") for label, count in told]


def _cells(check: Check, part: Part) -> list[str]:
    counts = (part.sent, part.reached, part.answered, part.soon)
    shares = [_share(part, count) for count in counts]
    return [f"{part.asked:,}", *shares, took_so_far(check, part.half)]


def _share(of: Part | Carried, count: int) -> str:
    percent = 100 * count / of.asked if of.asked else 0.0
    return f"{count:,}（{percent:.1f}％）"


def _told(check: Check, line: Line) -> list[str]:
    """A group, or that it is too small to be told."""
    label = f"{line.label} 計" if line.sums else line.label
    if line.part is None:
        return [label, _FEW, *["―"] * (len(_HEADS) - 1)]
    return [label, *_cells(check, line.part)]


def _sections(report: Report) -> list[tuple[str, list[list[str]]]]:
    check = report.check
    earlier = [
        [f"{each.started_at.astimezone(TOKYO):%Y-%m-%d %H:%M} {each.title}", *_cells(each, part)]
        for each, part in report.earlier
    ]
    routes = [
        [each.label, f"{each.asked:,}", _share(each, each.sent), _share(each, each.reached)]
        + ["―"] * 3
        for each in report.routes
    ]
    return [
        ("全体", [["今回", *_cells(check, report.whole)]]),
        ("組織（部・課）ごと", [_told(check, each) for each in report.units]),
        ("経路ごと", routes),
        ("届け出てからの年数ごと", [_told(check, each) for each in report.ages]),
        ("これまでの同じ種類の安否確認", earlier),
    ]


def as_tables(report: Report) -> Table:
    """With headings, for a page and for paper."""
    sections = tuple(Section(title, rows) for title, rows in _sections(report) if rows)
    started = f"{report.check.started_at.astimezone(TOKYO):%Y-%m-%d %H:%M}"
    told = "、".join(f"{label} {time}" for label, time in times(report))
    own = "、".join(f"{label} {count}" for label, count in homes(report))
    own = f"住まい：{own}。" if own else ""
    return Table(
        f"安否確認の報告：{report.check.title}",
        _COLUMNS,
        sections,
        note=f"{report.check.get_kind_display()}、{started} 開始。{told}。{own}{NOTE}",
        landscape=True,
    )


_SUMMED = "送信・答え・到着などは分ごとの数で、その分の初めのもののところに置く。"
_LOG = (Column("時刻", 2), Column("種類"), Column("内容", 6), Column("した人", 2))


def log_table(check: Check, lines: Iterable[Happening]) -> Table:
    """What happened, for paper: the record of the event, day by day."""
    days: dict[str, list[list[str]]] = {}
    for each in lines:
        at = each.at.astimezone(TOKYO)
        row = [each.clock, each.kind, each.text, each.by]
        days.setdefault(f"{at.year}年{at.month}月{at.day}日", []).append(row)
    started = f"{check.started_at.astimezone(TOKYO):%Y-%m-%d %H:%M}"
    return Table(
        f"起きたことの記録：{check.title}",
        _LOG,
        tuple(Section(day, rows) for day, rows in days.items()),
        note=f"{check.get_kind_display()}、{started} 開始。{_SUMMED}",
        landscape=True,
    )


def as_table(report: Report) -> tuple[list[str], list[list[str]]]:
    """Plain figures, a column each, for counting on."""
    heads = [
        "まとまり",
        "名前",
        "聞いた人",
        "送れた人",
        "届いた人",
        "答えた人",
        "10分以内",
        "半数まで（秒）",
    ]
    rows = [["全体", report.whole.label, *_plain(report.whole)]]
    rows += [["部計" if each.sums else "組織", *_listed(each)] for each in report.units]
    rows += [
        ["経路", each.label, *map(str, (each.asked, each.sent, each.reached)), *[""] * 3]
        for each in report.routes
    ]
    rows += [["年数", *_listed(each)] for each in report.ages]
    rows += [
        ["前回まで", f"{c.started_at.astimezone(TOKYO):%Y-%m-%d %H:%M} {c.title}", *_plain(part)]
        for c, part in report.earlier
    ]
    for share, time in report.times.items():
        seconds = "" if time is None else str(int(time.total_seconds()))
        rows.append(["時間", f"{share}％が答えるまで（秒）", *[""] * 5, seconds])
    rows += [["住まい", label, count, *[""] * 5] for label, count in homes(report)]
    return heads, rows


def _plain(part: Part) -> list[str]:
    half = "" if part.half is None else str(int(part.half.total_seconds()))
    return [*map(str, (part.asked, part.sent, part.reached, part.answered, part.soon)), half]


def _listed(line: Line) -> list[str]:
    return [line.label, *([_FEW, *[""] * 5] if line.part is None else _plain(line.part))]
