"""Keeping a delivery: its number, its rows, sealed, and what the file amounts to."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Max

from meibo.apps.exchange.models import Delivery, DeliveryRow, Remark
from meibo.apps.exchange.queries.feeds import Feed
from meibo.apps.exchange.queries.sealing import Sealer
from meibo.domain.findings import Finding
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.feeds.outbound import (
    Layout,
    OutRow,
    OutSheet,
    build,
    numbered,
    outgoing,
)

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be delivered. `format`: empty for the definition's own."""

    feed: Feed
    on: date
    full: bool = False
    format: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A record that goes out, what it is to the other side, and from when to reckon anew.
    `asked`: it carries a proposal to payroll."""

    row: OutRow
    kind: str
    since: date | None
    asked: bool = False


def keep(
    feed: Feed,
    sheet: OutSheet,
    entered: list[Entered],
    wanted: Wanted,
    actor: Actor,
    now: datetime,
) -> Delivery:
    """Number it, write it down with its rows, and note who made it of whom."""
    out, _ = outgoing(feed.definition)
    number = (Delivery.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    layout, rows = _laid_out(feed, sheet, entered, wanted, number)
    sums = sheet.totals(rows, (*out.sums, *out.hashes))
    closing = [str(each) for each in (len(rows), *sums, number)]
    content = build(layout, [row.cells for row in rows], closing)
    detail = {"what": "deliver", "feed": feed.name, "number": number, "count": len(rows)}
    note(Entry(Act.FEED, detail, [row.person for row in rows]), actor=actor, now=now)
    delivery = Delivery.objects.create(
        feed=feed.name,
        number=number,
        full=wanted.full,
        as_of=wanted.on,
        made_at=now,
        made_by=actor.name,
        layout=layout.kept(),
        closing=closing,
        counts=_counts(sheet, entered),
        totals=_totals(sheet, rows, feed),
        digest=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
    _keep_rows(delivery, entered, rows)
    _keep_remarks(delivery, sheet.findings, now)
    return delivery


def _laid_out(
    feed: Feed, sheet: OutSheet, entered: list[Entered], wanted: Wanted, number: int
) -> tuple[Layout, list[OutRow]]:
    """Layout and rows as they go out: a difference has its marks behind the other columns."""
    if wanted.full:
        return sheet.layout, [each.row for each in entered]
    marks = outgoing(feed.definition)[0].difference
    layout = sheet.layout
    widths = (*layout.widths, *_mark_widths(feed)) if layout.widths else ()
    headers = (*layout.headers, *marks.headers)
    name = numbered(layout.name, number)
    marked = replace(layout, name=name, headers=headers, widths=widths)
    return marked, [_marked(each, feed) for each in entered]


def _marked(each: Entered, feed: Feed) -> OutRow:
    marks = outgoing(feed.definition)[0].difference
    cells = []
    if marks.kind:
        cells.append(marks.values["changed" if each.kind == "same" else each.kind])
    if marks.since:
        cells.append(f"{each.since:%Y%m%d}" if each.since else "")
    return replace(each.row, cells=(*each.row.cells, *cells))


def _mark_widths(feed: Feed) -> list[int]:
    marks = outgoing(feed.definition)[0].difference
    kind = max(len(value) for value in marks.values.values())
    return [*([kind] if marks.kind else []), *([8] if marks.since else [])]


def _counts(sheet: OutSheet, entered: list[Entered]) -> dict[str, int]:
    kinds = Counter(each.kind for each in entered)
    return {
        "rows": len(entered),
        **{kind: kinds[kind] for kind in ("new", "changed", "gone", "same")},
        "retroactive": sum(each.since is not None for each in entered),
        "held": len(sheet.held),
        "asked": sum(each.asked for each in entered),
    }


def _totals(sheet: OutSheet, rows: list[OutRow], feed: Feed) -> dict[str, int]:
    out, _ = outgoing(feed.definition)
    headers = {column.name: column.header for column in sheet.columns}
    totals: dict[str, int] = {}
    for word, names in (("合計", out.sums), ("ハッシュ", out.hashes)):
        shown = [name for name in names if name in headers]
        sums = sheet.totals(rows, shown)
        totals |= {f"{headers[n]}（{word}）": s for n, s in zip(shown, sums, strict=True)}
    return totals


def _keep_rows(delivery: Delivery, entered: list[Entered], rows: list[OutRow]) -> None:
    sealer = Sealer(row.person for row in rows)
    DeliveryRow.objects.bulk_create(
        [
            DeliveryRow(
                delivery=delivery,
                place=place,
                person=row.person,
                staff_no=row.staff_no,
                kind=each.kind,
                since=each.since,
                cells=sealer.close_row(row.person, row.cells, row.plain),
            )
            for place, (each, row) in enumerate(zip(entered, rows, strict=True))
        ],
        batch_size=_BATCH,
    )


def _keep_remarks(delivery: Delivery, findings: list[tuple[str, Finding]], now: datetime) -> None:
    Remark.objects.bulk_create(
        [
            Remark(
                delivery=delivery,
                person=person,
                staff_no=f.staff_no,
                column=f.column,
                severity=f.severity.value,
                code=f.code,
                message=f.message,
                action=f.action,
                made_at=now,
            )
            for person, f in findings
        ],
        batch_size=_BATCH,
    )
