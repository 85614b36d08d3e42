"""Handing a delivery out: the bytes again, as often as they are asked for, and never others."""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import datetime
from pathlib import Path

from meibo.apps.exchange.models import Delivery
from meibo.apps.exchange.queries.feeds import headers_of
from meibo.apps.exchange.queries.records import base_field, row_of, rows_seen
from meibo.apps.exchange.queries.sealing import Sealer
from meibo.domain.disclosure import Viewer
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.feeds.outbound import Layout, build

GONE = (
    "送り出したときと同じ中身を、もうつくれません"
    "（保存期間が過ぎて記録を消した職員が含まれています）。新しい送出をつくってください。"
)


class HandingError(ValueError):
    """The file can't be handed out; the message says why."""


def content(delivery: Delivery) -> bytes:
    """The file, byte for byte as it was made. Raises HandingError where it would be another."""
    rows = list(delivery.rows.order_by("place").values_list("person", "cells"))
    sealer = Sealer(person for person, _ in rows)
    cells = []
    for person, sealed in rows:
        opened = sealer.open_row(person, sealed)
        if opened is None:
            raise HandingError(GONE)
        cells.append(opened[0])
    made = build(Layout.of(delivery.layout), cells, delivery.closing)
    if hashlib.sha256(made).hexdigest() != delivery.digest:
        raise HandingError(GONE)
    return made


def unseen(viewer: Viewer, delivery: Delivery) -> list[str]:
    """Columns of a delivery that the table of today does not show to a viewer. A column of which
    the definition no longer tells what it is, is not shown to anybody."""
    fields, rows = headers_of(delivery.feed), rows_seen(viewer)
    told = {header: not name or row_of(base_field(name)) in rows for header, name in fields.items()}
    return [header for header in delivery.layout["headers"] if not told.get(header, False)]


def hand_out(delivery: Delivery, *, actor: Actor, now: datetime) -> bytes:
    """The bytes for somebody who takes them; noted before they go."""
    made = content(delivery)
    detail = {"what": "hand", "feed": delivery.feed, "number": delivery.number}
    note(Entry(Act.FEED, detail, people(delivery)), actor=actor, now=now)
    delivery.handed_at, delivery.handed_by = now, actor.name
    delivery.save(update_fields=["handed_at", "handed_by"])
    return made


def write_out(delivery: Delivery, folder: Path | None, *, actor: Actor, now: datetime) -> Path:
    """Write the file into a folder that the other side fetches from: complete, or not there."""
    if folder is None:
        raise HandingError(
            "置き場所が決まっていません。情報システム担当に MEIBO_OUT_DIR の設定を頼むか、"
            "ダウンロードしてください。"
        )
    made = hand_out(delivery, actor=actor, now=now)
    path = folder / str(delivery.layout["name"])
    draft = folder / f".{secrets.token_hex(8)}.part"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise HandingError(f"置き場所に書けません（{error.strerror}）。") from error
    finally:
        draft.unlink(missing_ok=True)
    return path


def people(delivery: Delivery) -> list[str]:
    """Of whom a delivery tells."""
    return list(delivery.rows.values_list("person", flat=True))
