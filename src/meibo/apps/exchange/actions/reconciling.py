"""照合: the roster of a day against a file of payroll, value by value, at any time."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from meibo.apps.exchange.actions.delivering import viewer_of
from meibo.apps.exchange.models import Difference, Run
from meibo.apps.exchange.queries.baseline import accepted, last_accepted
from meibo.apps.exchange.queries.causes import BROKEN, UNREADABLE
from meibo.apps.exchange.queries.comparing import (
    Compared,
    Side,
    compared_fields,
    normal,
    side_of,
)
from meibo.apps.exchange.queries.feeds import Feed, house_of, masters_only
from meibo.apps.exchange.queries.records import Values, records, rows_seen, ways_of
from meibo.apps.exchange.queries.sealing import Sealer
from meibo.apps.exchange.queries.tracing import Found, trace
from meibo.apps.exchange.queries.writable import without_the_held
from meibo.ledger.reader.lately import by_hand
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.feeds.house import House
from meibo.platform.feeds.outbound import outgoing, reshaped
from meibo.platform.feeds.outbound.cells import value_of, writer_of
from meibo.platform.feeds.outbound.layout import file_name
from meibo.platform.feeds.package import read_master

Progress = Callable[[str, int, int], None]
_FORMATS = {".csv": "csv", ".tsv": "tsv", ".txt": "fixed", ".xlsx": "xlsx", ".json": "json"}
_BATCH = 500
_ORDERED = "*"


class ReconcileError(ValueError):
    """The file can't be compared; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of payroll: its name, its bytes, and the day of the roster to hold it against."""

    feed: Feed
    name: str
    data: bytes
    on: date


@dataclass(slots=True)
class Tally:
    """What came of comparing everybody."""

    compared: int = 0
    equal: int = 0
    unreadable: int = 0
    double: int = 0
    found: list[Found] = field(default_factory=list)
    same: dict[str, list[Compared]] = field(default_factory=dict)  # id → fields alike


def reconcile(sent: Sent, *, actor: Actor, now: datetime, progress: Progress | None = None) -> Run:
    """Compare, keep what differs with its probable cause. Raises ReconcileError."""
    said = progress or _silent
    said("ファイルを読む", 0, 4)
    feed, side, house = _read(sent)
    said("名簿と比べる", 1, 4)
    viewer = viewer_of(feed, now)
    fields = compared_fields(feed.definition, rows_seen(viewer))
    ways = ways_of(column.name for each in fields for column in each.columns)
    ours = records(viewer, on=sent.on, extra=ways)
    tally = _compare(feed, ours, side, fields)
    said("原因を調べる", 2, 4)
    before, last = accepted(feed.name), last_accepted(feed.name)
    written = _Written(feed, house, sent.on)
    traced = trace(feed, viewer, tally.found, sent.on, before, written)
    traced = without_the_held(sent.feed, traced, ours, rows_seen(viewer), sent.on)
    double = _double(tally, ours, side, before, written, last.made_at) if last else None
    said("控える", 3, 4)
    with transaction.atomic():
        detail = {"what": "reconcile", "feed": feed.name, "count": len(traced)}
        note(Entry(Act.FEED, detail, sorted(ours)), actor=actor, now=now)
        run = Run.objects.create(
            feed=feed.name,
            as_of=sent.on,
            base=side.base,
            file=sent.name[:200],
            digest=hashlib.sha256(sent.data).hexdigest(),
            made_at=now,
            made_by=actor.name,
            here=len(ours),
            there=len(side.rows) + len(side.refused),
            compared=tally.compared,
            equal=tally.equal,
            unreadable=tally.unreadable,
            double=double,
            notes=side.notes,
        )
        _keep(run, traced)
    said("照合しました", 4, 4)
    return run


def _silent(_what: str, _done: int, _total: int) -> None:
    """Nobody is watching."""


def _read(sent: Sent) -> tuple[Feed, Side, House]:
    form = _FORMATS.get(Path(sent.name).suffix.lower())
    if form is None:
        raise ReconcileError("CSV、TSV、Excel、JSON、固定長（.txt）のファイルを選んでください。")
    try:
        definition = masters_only(reshaped(sent.feed.definition, form))
    except ValueError as error:
        raise ReconcileError(str(error)) from error
    _, spec = outgoing(definition)
    house = house_of(definition)
    with tempfile.TemporaryDirectory() as folder:
        name = Path(sent.name).name if "差分" not in sent.name else ""
        path = Path(folder) / (name or file_name(spec, sent.on))
        path.write_bytes(sent.data)
        package = read_master(definition, Path(folder), house)
        if not package.records.get("master"):
            path.rename(Path(folder) / file_name(spec, sent.on))
            package = read_master(definition, Path(folder), house)
    side = side_of(package)
    if not side.rows:
        told = [f.message for f in package.findings if f.record is None]
        raise ReconcileError("この定義で読める行がありません。" + " ".join(told[:3]))
    return Feed(sent.feed.key, definition), side, house


def _compare(feed: Feed, ours: Mapping[str, Values], side: Side, fields: list[Compared]) -> Tally:
    tally = Tally()
    numbers = {str(values["staff_no"]): person for person, values in ours.items()}
    for number, person in numbers.items():
        theirs = side.rows.get(number)
        if theirs is None:
            if number in side.refused:
                _unread(tally, feed, fields, ours[person])
            else:
                tally.found.append(Found("here", person, number))
            continue
        for each in fields:
            _one(tally, feed, each, (person, number), (ours[person], theirs), side)
    for number in sorted(side.rows.keys() - numbers.keys()):
        tally.found.append(Found("there", "", number))
    odd = [(number, BROKEN, why) for number, why in side.refused.items()]
    for number, kind, why in sorted(odd + side.further):
        tally.found.append(Found(kind, numbers.get(number, ""), number, theirs=why))
    return tally


def _unread(tally: Tally, feed: Feed, fields: list[Compared], values: Values) -> None:
    """Nothing of a person's row could be read: none of the values agrees."""
    held = sum(bool(normal(each.name, values.get(each.name), feed.definition)) for each in fields)
    tally.compared += held
    tally.unreadable += held


def _one(
    tally: Tally,
    feed: Feed,
    each: Compared,
    who: tuple[str, str],
    both: tuple[Values, Values],
    side: Side,
) -> None:
    """One field of one person."""
    person, number = who
    mine, theirs = (normal(each.name, values.get(each.name), feed.definition) for values in both)
    cells = [(number, column.header) for column in each.columns]
    odd = [side.unreadable[cell] for cell in cells if cell in side.unreadable]
    if odd:
        # What nobody can read agrees with nothing.
        tally.unreadable += 1
        tally.compared += 1
        tally.found.append(Found(UNREADABLE, person, number, each, mine, "、".join(odd)))
        return
    if not mine and not theirs:
        return
    tally.compared += 1
    if mine == theirs:
        tally.equal += 1
        tally.same.setdefault(person, []).append(each)
    else:
        tally.found.append(Found("differs", person, number, each, mine, theirs, both[1]))


class _Written:
    """Values as this feed writes them: the form in which what was accepted is kept."""

    def __init__(self, feed: Feed, house: House, on: date) -> None:
        _, spec = outgoing(feed.definition)
        self._writers = {column.name: writer_of(column, house, on) for column in spec.columns}

    def __call__(self, each: Compared, values: Values) -> dict[str, str]:
        """Header → text of the columns of one field."""
        return {c.header: self._writers[c.name](value_of(c, values)) for c in each.columns}


def _double(
    tally: Tally,
    ours: Mapping[str, Values],
    side: Side,
    before: Mapping[str, Mapping[str, str]],
    written: _Written,
    since: datetime,
) -> int:
    """二重入力: values that both sides changed alike since the last accepted delivery, though none
    carried them, and that somebody here entered by hand. The same change was typed twice."""
    count = 0
    hands = by_hand(tally.same, since=since)
    for person, fields in tally.same.items():
        taken, typed = before.get(person), hands.get(person, set())
        if taken is None or not typed:
            continue
        for each in fields:
            texts = written(each, ours[person])
            if _ORDERED in typed or each.name in typed:
                count += any(taken.get(header, text) != text for header, text in texts.items())
    return count


def _keep(run: Run, found: list[Found]) -> None:
    sealer = Sealer(each.person for each in found if each.person)

    def sealed(each: Found, value: str) -> str:
        return sealer.close(each.person, value) if each.person else ""

    Difference.objects.bulk_create(
        [
            Difference(
                run=run,
                place=place,
                kind=each.kind,
                person=each.person,
                staff_no=each.staff_no,
                field=each.compared.name if each.compared else "",
                header=each.compared.header if each.compared else "",
                ours=sealed(each, each.ours),
                theirs=sealed(each, each.theirs),
                cause=each.cause,
                since=each.since,
            )
            for place, each in enumerate(found)
        ],
        batch_size=_BATCH,
    )
