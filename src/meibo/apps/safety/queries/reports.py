"""The report of a check in words: for a page, for paper, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from meibo.apps.safety.models import Check
from meibo.apps.safety.queries.happened import Happening
from meibo.apps.safety.queries.learning import Report
from meibo.domain.safety.learning import Part
from meibo.domain.safety.words import HOME
from meibo.platform.papers.tables import Column, Section, Table

TOKYO = ZoneInfo("Asia/Tokyo")
_HEADS = ("聞いた人", "送れた人", "届いた人", "答えた人", "10分以内", "半数までの時間")
_COLUMNS = (Column("", 5), *(Column(label, 2, right=True) for label in _HEADS))
_FEW = "少数のため非表示"
NOTE = (
    "送れた人：メッセージを渡して、戻ってきていない人。届いた人：配達の知らせがあるか、開いたか、答えた人。"
    "経路別の送れた人・届いた人は、その経路だけの数。"
)


def took(time: timedelta | None) -> str:
    """How long, in words."""
    if time is None:
        return "達せず"
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}時間{minutes:02}分" if hours else f"{minutes}分{seconds:02}秒"


def times(report: Report) -> list[tuple[str, str]]:
    """When how many had answered, and when support began."""
    told = [(f"{share}％が答えるまで", took(time)) for share, time in report.times.items()]
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


def _cells(part: Part) -> list[str]:
    counts = (part.sent, part.reached, part.answered, part.soon)
    shares = [f"{count:,}（{part.percent(count):.1f}％）" for count in counts]
    return [f"{part.asked:,}", *shares, took(part.half)]


def _sections(report: Report) -> list[tuple[str, list[list[str]]]]:
    earlier = [
        [f"{check.started_at.astimezone(TOKYO):%Y-%m-%d %H:%M} {check.title}", *_cells(part)]
        for check, part in report.earlier
    ]
    named = (
        ("組織（課）ごと", report.units),
        ("経路ごと", report.routes),
        ("届け出てからの年数ごと", report.ages),
    )
    return [
        ("全体", [["今回", *_cells(report.whole)]]),
        *((title, [[each.label, *_cells(each)] for each in parts]) for title, parts in named),
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
        note=f"{check.get_kind_display()}、{started} 開始。送信・答え・到着などは分ごとの数で、その分の初めのもののところに置く。",
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
    parts = [
        ("全体", report.whole),
        *(("組織", each) for each in report.units),
        *(("経路", each) for each in report.routes),
        *(("年数", each) for each in report.ages),
        *(("前回まで", each) for _, each in report.earlier),
    ]
    labels = [""] * (len(parts) - len(report.earlier))
    labels += [
        f"{c.started_at.astimezone(TOKYO):%Y-%m-%d %H:%M} {c.title}" for c, _ in report.earlier
    ]
    rows = [
        [
            kind,
            label or each.label,
            *map(str, (each.asked, each.sent, each.reached, each.answered, each.soon)),
            "" if each.half is None else str(int(each.half.total_seconds())),
        ]
        for (kind, each), label in zip(parts, labels, strict=True)
    ]
    for share, time in report.times.items():
        seconds = "" if time is None else str(int(time.total_seconds()))
        rows.append(["時間", f"{share}％が答えるまで（秒）", *[""] * 5, seconds])
    rows += [["住まい", label, count, *[""] * 5] for label, count in homes(report)]
    return heads, rows
