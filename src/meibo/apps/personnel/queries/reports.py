"""The report of an intake: the same numbers as tables, as rows of a file, and as a sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
import typst

from meibo.apps.personnel.actions.deliveries.acts import SOURCES
from meibo.apps.personnel.actions.deliveries.settling import WAYS
from meibo.apps.personnel.models import Intake
from meibo.apps.personnel.queries import deliveries

TEMPLATE = Path(__file__).parents[1] / "data" / "intake.typ"
HEADS = ("ファイル", "読んだ行", "変わる", "同じ", "参照", "取り込まない", "除いた")
_TOKYO = ZoneInfo("Asia/Tokyo")
_WAITING = "まだ片付けていない"


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the report. The last row is the sum where `sums`."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    sums: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told of an intake."""

    title: str
    facts: list[tuple[str, str]]
    parts: list[Part]

    def cells(self) -> Iterator[list[str]]:
        """The rows of the file."""
        yield ["取込の報告", self.title]
        yield from ([label, value] for label, value in self.facts)
        for part in self.parts:
            yield []
            yield [part.title]
            yield list(part.heads)
            yield from (list(row) for row in part.rows)

    def as_pdf(self) -> bytes:
        """Set in Noto Sans CJK JP, which comes along; what comes in is data to typst, not text of
        its own language."""
        fonts = [noto_cjk_sans_jp_regular.FONT_PATH, noto_cjk_sans_jp_bold.FONT_PATH]
        folders = [str(Path(font).parent if Path(font).is_file() else font) for font in fonts]
        told = {
            "title": self.title,
            "facts": self.facts,
            "parts": [
                {"title": p.title, "heads": p.heads, "rows": p.rows, "sums": p.sums}
                for p in self.parts
            ],
        }
        made = typst.compile(
            str(TEMPLATE),
            format="pdf",
            font_paths=folders,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        )
        if not isinstance(made, bytes):
            raise TypeError("typst returned no document")
        return made


def report_of(found: Intake) -> Report:
    """The report of an intake that was loaded."""
    facts = [
        ("取込", f"第{found.pk}号"),
        ("取り込んだ日時", _moment(found.touched)),
        ("取り込んだ人", found.touched_by),
        ("ファイルの受け取り", f"{SOURCES.get(found.source, '')}　{_moment(found.begun)}"),
        ("新しく登録した職員", f"{found.report.get('people', 0):,}人"),
        ("発令簿に書いた行", f"{found.report.get('orders', 0):,}行"),
        ("届出の帳面に書いた行", f"{found.report.get('filings', 0):,}行"),
    ]
    return Report(
        found.title, facts, [_files(found), _kinds(found), _findings(found), _ways(found)]
    )


def _files(found: Intake) -> Part:
    names = ("read", *deliveries.COLUMNS)
    rows = [
        (f"{line['file']}（{line['label']}）", *(f"{line[name]:,}" for name in names))
        for line in found.report.get("files", ())
    ]
    sums = deliveries.totals(found.report)
    rows.append(("計", *(f"{sums[name]:,}" for name in names)))
    return Part("ファイルごとの行", HEADS, rows)


def _kinds(found: Intake) -> Part:
    kinds = deliveries.kinds(found.report)
    rows = [(label, f"{changes:,}", f"{people:,}") for _, label, changes, people in kinds]
    rows.append(("計", f"{sum(k[2] for k in kinds):,}", ""))
    return Part("変わったこと", ("種類", "件数", "職員・組織の数"), rows)


def _findings(found: Intake) -> Part:
    rows = [(label, f"{count:,}") for _, label, count in deliveries.severities(found.report)]
    total = sum(count for *_, count in deliveries.severities(found.report))
    return Part("指摘", ("重さ", "件数"), [*rows, ("計", f"{total:,}")])


def _ways(found: Intake) -> Part:
    counted = deliveries.ways(found)
    labels = {"": _WAITING, **WAYS}
    rows = [(label, f"{counted.get(way, 0):,}") for way, label in labels.items()]
    rows.append(("計", f"{sum(counted.values()):,}"))
    return Part("指摘の片付け方（補正済みを除く。いまの様子）", ("片付け方", "件数"), rows)


def _moment(moment: datetime) -> str:
    local = moment.astimezone(_TOKYO)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
