"""Making a delivery: the roster of a day, as the payroll job sees it, written by a definition.

A difference is what the roster says now against what payroll accepted last. So a missed night, a
retroactive order and a cancelled one are the same case: nobody has to remember what to send.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from meibo.apps.exchange.actions.keeping import Entered, Wanted, keep
from meibo.apps.exchange.models import Accepted, Delivery, DeliveryRow
from meibo.apps.exchange.queries.baseline import accepted, retroactive
from meibo.apps.exchange.queries.feeds import Feed, house_of, substitutes
from meibo.apps.exchange.queries.findings import hidden_columns, unsayable, without_a_place
from meibo.apps.exchange.queries.records import (
    base_field,
    filed_as,
    records,
    row_of,
    rows_seen,
    visible,
    ways_of,
)
from meibo.apps.exchange.queries.sealing import Sealer
from meibo.domain.disclosure import Viewer
from meibo.ledger import writer
from meibo.platform.audit.actions import Actor
from meibo.platform.feeds.definition.model import Column
from meibo.platform.feeds.outbound import (
    OutRow,
    OutSheet,
    layout_of,
    letters_of,
    outgoing,
    reshaped,
    write,
)
from meibo.platform.proposals import queries as proposals

TOKYO = ZoneInfo("Asia/Tokyo")
Progress = Callable[[str, int, int], None]


class DeliveryError(ValueError):
    """The delivery can't be made; the message says why, and what to do."""


def viewer_of(feed: Feed, now: datetime) -> Viewer:
    """The job as a viewer of its own: nothing but its tie."""
    out, _ = outgoing(feed.definition)
    return Viewer(frozenset({out.tie}), now.astimezone(TOKYO).date())


def deliver(
    wanted: Wanted, *, actor: Actor, now: datetime, progress: Progress | None = None
) -> Delivery:
    """Make one delivery and keep it. Raises DeliveryError where it would say nothing true."""
    said = progress or _silent
    said("名簿を読む", 0, 4)
    with transaction.atomic():
        writer.lock()  # nothing is written meanwhile, and two deliveries never get one number
        try:
            definition = reshaped(wanted.feed.definition, wanted.format)
        except ValueError as error:
            raise DeliveryError(str(error)) from error
        feed = replace(wanted.feed, definition=definition)
        sheet = _written(feed, wanted.on, now)
        said("前に受け取られた内容と比べる", 1, 4)
        taken = accepted(feed.name)
        entered = _entered(feed, sheet, taken, wanted)
        if not entered and not wanted.full:
            raise DeliveryError("前に受け取られた送出から、変わったところはありません。")
        said("ファイルをつくる", 2, 4)
        delivery = keep(feed, sheet, entered, wanted, actor, now)
        said("控える", 3, 4)
    said("送出をつくりました", 4, 4)
    return delivery


def _silent(_what: str, _done: int, _total: int) -> None:
    """Nobody is watching."""


def _written(feed: Feed, on: date, now: datetime) -> OutSheet:
    """Everyone in service that day, as cells."""
    viewer = viewer_of(feed, now)
    shown = visible(viewer)
    if "staff_no" not in shown:
        raise DeliveryError(
            "公開基準でこの送り先に職員番号を見せていないので、送れません。"
            "公開基準の「給与」の欄を確かめてください。"
        )
    _, spec = outgoing(feed.definition)
    rows = rows_seen(viewer)
    hidden = {c.name for c in spec.columns if row_of(base_field(c.name)) not in rows}
    sheet = layout_of(feed.definition, on, hidden)
    ways = ways_of(c.name for c in spec.columns)
    people = records(viewer, on=on, extra=ways)
    if not people:
        raise DeliveryError("この日に在籍する人がいません。日付を確かめてください。")
    house = house_of(feed.definition)
    letters = letters_of(feed.definition, house, substitutes())
    write(sheet, people.items(), house, letters, on)
    headers = [c.header for c in spec.columns if c.name in hidden]
    if headers:
        sheet.findings.insert(0, ("", hidden_columns(sheet, headers)))
    sheet.findings += without_a_place(sheet, people, viewer)
    return sheet


def _entered(
    feed: Feed, sheet: OutSheet, taken: Mapping[str, Mapping[str, str]], wanted: Wanted
) -> list[Entered]:
    """The records that go out, each with what it is there."""
    asked = asking(sheet.columns, {row.person for row in sheet.rows})
    kinds: list[tuple[OutRow, str]] = []
    for row in sheet.rows:
        before = taken.get(row.person)
        # A column that the definition has more than before says something where it is filled.
        same = before is not None and all(before.get(k, "") == v for k, v in row.plain.items())
        kind = (
            "new" if before is None else "same" if same and row.person not in asked else "changed"
        )
        if wanted.full or kind != "same":
            kinds.append((row, kind))
    if not wanted.full:
        kinds += _gone(feed, sheet, taken)
    changed = [row.person for row, kind in kinds if kind in ("changed", "gone")]
    since = retroactive(feed.name, changed, [column.name for column in sheet.columns])
    return [Entered(r, kind, since.get(r.person), r.person in asked) for r, kind in kinds]


def asking(columns: Collection[Column], people: Collection[str]) -> set[str]:
    """Those of whom the roster has proposed another value to payroll, in a column of this feed."""
    names = {filed_as(base_field(column.name)) for column in columns}
    return proposals.asking("payroll", names) & set(people)


def _gone(
    feed: Feed, sheet: OutSheet, taken: Mapping[str, Mapping[str, str]]
) -> list[tuple[OutRow, str]]:
    """Those who are in service no more, with what was accepted of them last."""
    people = taken.keys() - {row.person for row in sheet.rows} - sheet.held.keys()
    if not people:
        return []
    if not outgoing(feed.definition)[0].difference.kind:
        sheet.findings.append(("", unsayable(sheet, len(people))))
        return []
    rows = DeliveryRow.objects.filter(delivery__feed=feed.name, person__in=people)
    numbers = dict(rows.order_by("pk").values_list("person", "staff_no"))
    held = Accepted.objects.filter(feed=feed.name, person__in=people).order_by("pk")
    sealer = Sealer(people)
    found = []
    for row in held:
        opened = sealer.open_row(row.person, row.cells)
        if opened is not None:
            cells = tuple(opened[1].get(column.header, "") for column in sheet.columns)
            number = numbers.get(row.person, "")
            found.append((OutRow(row.person, number, cells, opened[1]), "gone"))
    return found
