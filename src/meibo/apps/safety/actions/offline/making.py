"""Making the file: by a button, and each night for all who hold one."""

from __future__ import annotations

import logging
import os
import re
import secrets
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from meibo.apps.safety.actions.offline import sealing
from meibo.apps.safety.actions.offline.holders import HolderError, opened
from meibo.apps.safety.models import OfflineFile, OfflineKey
from meibo.apps.safety.queries.offline.roster import content, scope_of, viewer_in_event
from meibo.ledger import reader
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

TOKYO = ZoneInfo("Asia/Tokyo")
_LOG = logging.getLogger("meibo.safety")
NIGHT = time(2, 0)
"""From then on the file of the day is made."""
NOTHING = "持ち出せる名簿がありません。所属長か、危機管理担当に付与された人が使えます。"


def make(
    key: OfflineKey, *, nightly: bool = False, actor: Actor, now: datetime
) -> tuple[OfflineFile, bytes]:
    """The file for the holder of a key, as far as they see today. Noted before it is made, with
    everybody who is in it. Raises HolderError where they may take nothing along."""
    today = now.astimezone(TOKYO).date()
    viewer = viewer_in_event(key.person, today)
    scope, inside, secret = scope_of(viewer), content(viewer, now), opened(key)
    if not scope or not inside.people or secret is None:
        raise HolderError(NOTHING)
    detail = {
        "what": "offline",
        "scope": scope,
        "people": len(inside.people),
        "contacts": len(inside.contacts),
        "nightly": nightly,
        "holder": key.account,
    }
    entry = Entry(Act.EXPORT, detail, inside.people, "通信が絶えたときの安否確認と参集のため")
    note(entry, actor=actor, now=now)
    made = OfflineFile.objects.create(
        key=key,
        ident=secrets.token_hex(16),
        scope=scope,
        people=len(inside.people),
        made_at=now,
        expires_at=now + timedelta(days=settings.MEIBO_OFFLINE_DAYS),
        nightly=nightly,
        check_inside=inside.check,
    )
    return made, sealing.page(secret, _header(made, today), inside.data)


def _header(made: OfflineFile, today: date) -> dict[str, Any]:
    """What may be read without the password: whose it is, and until when it opens."""
    return {
        "v": 1,
        "id": made.ident,
        "town": reader.town_name() or settings.MEIBO_TOWN_NAME,
        "holder": reader.name_today(made.key.person, today) or "",
        "made": _milliseconds(made.made_at),
        "expires": _milliseconds(made.expires_at),
        "salt": made.key.salt,
        "rounds": made.key.rounds,
    }


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def name_of(key: OfflineKey) -> str:
    """What the file of a holder is called: always the same, so that a stick holds one."""
    return f"meibo-offline-{re.sub(r'[^A-Za-z0-9_-]', '_', key.account)}-{key.pk}.html"


def make_all(folder: Path, *, actor: Actor, now: datetime) -> tuple[int, int]:
    """A file for everybody who holds one, into this folder; whoever may take nothing along any more
    gets none, and their old one goes. Returns how many were made, how many were taken away."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "meibo-offline.part").touch(mode=0o600)  # before anything is noted as made
    made, kept = 0, set()
    for key in OfflineKey.objects.filter(ended_at=None):
        try:
            _, page = make(key, nightly=True, actor=actor, now=now)
        except HolderError:
            continue
        _write(folder / name_of(key), page)
        kept.add(name_of(key))
        made += 1
    gone = [path for path in folder.glob("meibo-offline-*.html") if path.name not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    (folder / "meibo-offline.part").unlink(missing_ok=True)
    return made, len(gone)


def _write(path: Path, page: bytes) -> None:
    """Whole or not at all: a stick may be copied from here at any moment."""
    half = path.with_suffix(".part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(page)
        out.flush()
        os.fsync(out.fileno())
    half.replace(path)


def make_due(*, now: datetime) -> int:
    """What the night asks for, once a day; returns how many files were made."""
    folder = settings.MEIBO_OFFLINE_DIR
    moment = now.astimezone(TOKYO)
    night = datetime.combine(moment.date(), NIGHT, TOKYO)
    if folder is None or moment < night:
        return 0
    if not OfflineKey.objects.filter(ended_at=None).exists():
        return 0
    if OfflineFile.objects.filter(nightly=True, made_at__gte=night).exists():
        return 0
    try:
        return make_all(folder, actor=Actor("meibo work"), now=now)[0]
    except OSError as error:
        _LOG.warning("rosters to be taken along: %s: %s", folder, error.strerror)
        return 0
