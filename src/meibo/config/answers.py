"""What `meibo answers` loads: `gunicorn meibo.config.answers:application -k asgi`.

Reads where the database is and MEIBO_ANSWERS_CARD, and no other setting: no key that opens anything
is needed where this runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from meibo.apps.safety.face.card import Card
from meibo.apps.safety.face.on_postgresql import PostgresStore
from meibo.apps.safety.face.on_sqlite import SqliteStore
from meibo.apps.safety.face.serving import Face
from meibo.apps.safety.face.store import Store
from meibo.config import environment
from meibo.config.clock import now

#: What Django calls it, and what the driver does.
_NAMES = (
    *(("NAME", "dbname"), ("USER", "user"), ("PASSWORD", "password")),
    *(("HOST", "host"), ("PORT", "port")),
)


def connect() -> Store:
    """A connection to the database that the surroundings name."""
    base: Mapping[str, Any] = environment.database(environment.data_directory())
    if base["ENGINE"].endswith("sqlite3"):
        return SqliteStore(base["NAME"])
    given = {ours: base[theirs] for theirs, ours in _NAMES if base.get(theirs)}
    return PostgresStore({**given, **base["OPTIONS"]})


def _card() -> Card:
    text = environment.text("MEIBO_ANSWERS_CARD")
    try:
        written = text if text.startswith("{") else Path(text).read_text(encoding="utf-8")
        return Card.read(written)
    except (OSError, ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            "MEIBO_ANSWERS_CARD must name a file that `meibo answers --card FILE` has written"
        ) from error


application = Face(_card(), connect, now)
