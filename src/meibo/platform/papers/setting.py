"""Setting a form: a template of this package and data, to PDF/A or to pictures.

Data comes in as JSON and templates set it as text: nothing that anybody typed is ever read as
markup. The same data at the same moment makes the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import typst

from meibo.domain import calendar
from meibo.platform.papers import glyphs, press

TEMPLATES = Path(__file__).parent / "data"
PDF = "application/pdf"
#: PDF/A-2a: archivable, tagged for screen readers, every character can be copied and searched
#: (ISO 19005-2); PDF/UA-1 besides (ISO 14289-1).
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_TOKYO = ZoneInfo("Asia/Tokyo")
#: Characters of data beyond which a form is set in a process of its own.
_LARGE = 150_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is set: a template by name, its data, and what stands around it on every page. `on`:
    the day whose roster it shows, None where a form is of no day; `town`: whose form it is;
    `careful`: marked 取扱注意 on each page."""

    template: str
    title: str
    data: Mapping[str, Any]
    town: str = ""
    on: date | None = None
    careful: bool = False


def pdf(sheet: Sheet, *, now: datetime) -> bytes:
    """The form as PDF/A."""
    made = _compile(sheet, now, format="pdf", pdf_standards=STANDARDS)
    if not isinstance(made, bytes):
        raise TypeError("typst returned no document")
    return made


def pictures(sheet: Sheet, *, now: datetime, ppi: float = 72) -> list[bytes]:
    """The pages as PNG, from the same template."""
    made: object = _compile(sheet, now, format="png", ppi=ppi)
    return [made] if isinstance(made, bytes) else list(made)  # type: ignore[call-overload]  # a list where there are several pages


def missing(sheet: Sheet) -> int:
    """How many characters no font can set, which stand as 〓."""
    return _drawable(sheet.data)[1]


def _compile(
    sheet: Sheet,
    now: datetime,
    *,
    format: Literal["pdf", "png"],  # noqa: A002  # the word that typst uses
    **options: Any,
) -> Any:
    moment = now.astimezone(_TOKYO)
    data, gone = _drawable(sheet.data)
    around = {
        "title": sheet.title,
        "town": sheet.town,
        "on": calendar.wareki(sheet.on) + "現在" if sheet.on else "",
        "printed": f"{calendar.wareki(moment.date())} {moment:%H:%M} 作成",
        "careful": sheet.careful,
        "missing": gone,
    }
    inputs = {"around": _drawable(around)[0], "data": data}
    order: dict[str, Any] = {
        "input": str(TEMPLATES / f"{sheet.template}.typ"),
        "root": str(TEMPLATES),
        "format": format,
        "sys_inputs": {"all": json.dumps(inputs, ensure_ascii=False)},
        "timestamp": int(moment.timestamp()),
        **options,
    }
    if format == "pdf" and len(order["sys_inputs"]["all"]) > _LARGE:
        return press.apart(order)
    return typst.compile(**order, font_paths=glyphs.fonts(), ignore_system_fonts=True)


def _drawable(value: Any) -> tuple[Any, int]:
    """The data with every text as it can be set, and how many characters could not be."""
    if isinstance(value, str):
        text = glyphs.drawable(value)
        return text, 0 if text == value else glyphs.missing([value])
    if isinstance(value, Mapping):
        pairs = [(key, _drawable(each)) for key, each in value.items()]
        return {key: text for key, (text, _) in pairs}, sum(count for _, (_, count) in pairs)
    if isinstance(value, list | tuple):
        found = [_drawable(each) for each in value]
        return [text for text, _ in found], sum(count for _, count in found)
    return value, 0
