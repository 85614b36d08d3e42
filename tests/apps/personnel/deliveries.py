"""Deliveries as clerks hand them over, for the tests of the intake's screens."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from meibo.apps.personnel.actions.deliveries.files import Offered
from meibo.platform.audit.actions import Actor
from tests.platform.feeds.ward import ROWS

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
CLERK = Actor("clerk")
MASTER = "職員マスタ_20261101.csv"


def rows(file: str) -> list[list[str]]:
    """A clean file of the small package, header and rows."""
    return list(csv.reader(io.StringIO((ROWS / file).read_text("utf-8"), newline="")))


def written(table: list[list[str]], encoding: str = "cp932") -> bytes:
    """Rows as package A writes them."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(table)
    return text.getvalue().encode(encoding)


def package(**changed: list[list[str]]) -> dict[str, bytes]:
    """Every file of the small package; `changed`: name without ending → other rows."""
    found = {p.name: written(rows(p.name)) for p in sorted(ROWS.glob("*.csv"))}
    return found | {f"{name}.csv": written(table) for name, table in changed.items()}


def offered(contents: dict[str, bytes]) -> list[Offered]:
    return [Offered(name, io.BytesIO(data), len(data)) for name, data in contents.items()]


def from_folder(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.glob("*.csv"))}
