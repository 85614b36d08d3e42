"""Forms that people keep for themselves, and those that colleagues share with them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from meibo.apps.papers.models import OwnForm
from meibo.apps.papers.queries.asked import Asked, Made, PaperError, listed
from meibo.domain.disclosure import DUTIES, Viewer
from meibo.platform.papers.lists import SOURCES
from meibo.platform.papers.tables import Column, Section, Table

_WIDEST = 44.0


def usable(owner: str, viewer: Viewer) -> QuerySet[OwnForm]:
    """One's own, and those shared with a duty that one holds today."""
    return OwnForm.objects.filter(Q(owner=owner) | Q(duty__in=sorted(viewer.held & DUTIES)))


def made(form: OwnForm, asked: Asked) -> Made:
    """The list of a form as this viewer sees it on the day."""
    found = SOURCES["list"](asked.viewer, form.query, asked.on, form.group)
    if not found.heads:
        raise PaperError("この日に、この帳票の列で見られるものがありません。")
    sections: dict[str, list[list[str]]] = {}
    for group, row in zip(found.grouped, found.rows, strict=True):
        sections.setdefault(group, []).append(row)
    parts = tuple(
        Section(group or ("その他" if form.group else ""), rows, f"{len(rows)}人")
        for group, rows in sections.items()
    )
    refused = "".join(f"「{label}」" for label in found.refused)
    remark = f"{refused}では絞り込めない立場のため、ほかの人は含みません。" if refused else ""
    note = "　".join(filter(None, ["、".join(found.told), f"{len(found.rows)}人", remark]))
    lengths = [
        _length([head, *(row[place] for row in found.rows)])
        for place, head in enumerate(found.heads)
    ]
    size = _size(lengths, _LANDSCAPE if form.landscape else _PORTRAIT)
    columns = tuple(
        Column(head, _width(length, size))
        for head, length in zip(found.heads, lengths, strict=True)
    )
    grouped = "区分" if form.group else ""
    table = Table(form.title, columns, parts, note, form.landscape, grouped, size)
    return listed(asked, table, careful=True)


#: Millimetres between the margins of the paper.
_PORTRAIT, _LANDSCAPE = 178.0, 265.0
_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
#: What stands beside the text of a cell, and how wide half a character is at one point.
_PADDING, _HALF = 3.0, 0.5 * 0.3528


def _length(texts: list[str]) -> float:
    """How long nearly all of a column's texts are, in half-width characters."""
    lengths = sorted(sum(2.0 if ord(c) > 0xFF else 1.2 for c in text) for text in texts)
    return min(max(lengths[int((len(lengths) - 1) * 0.95)], 4.0), _WIDEST)


def _size(lengths: list[float], room: float) -> float:
    """The largest type at which the columns stand beside each other."""
    fitting = (size for size in _SIZES if sum(_width(each, size) for each in lengths) <= room)
    return next(fitting, _SIZES[-1])


def _width(length: float, size: float) -> float:
    return length * size * _HALF + _PADDING
