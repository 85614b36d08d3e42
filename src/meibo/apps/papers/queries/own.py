"""Forms that people keep for themselves, and those that colleagues share with them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from meibo.apps.papers.models import OwnForm
from meibo.apps.papers.queries.asked import Asked, Made, PaperError, listed
from meibo.domain.disclosure import DUTIES, Viewer
from meibo.platform.papers.lists import SOURCES
from meibo.platform.papers.tables import Column, Section, Table

_WIDEST = 40.0


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
    columns = tuple(
        Column(head, _width([head, *(row[place] for row in found.rows)]))
        for place, head in enumerate(found.heads)
    )
    grouped = "区分" if form.group else ""
    table = Table(form.title, columns, parts, note, form.landscape, grouped)
    return listed(asked, table, careful=True)


def _width(texts: list[str]) -> float:
    """A column's share of the page: by what stands in it, so that no column starves."""
    lengths = sorted(sum(2 if ord(c) > 0xFF else 1 for c in text) for text in texts)
    usual = lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else lengths[-1]
    return min(max(float(usual), 4.0), _WIDEST)
