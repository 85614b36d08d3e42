"""What the disclosure table allows, read anew from its file by the simplest means: nothing of the
product decides here, so that a mistake there cannot hide itself."""

import atexit
import csv
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

_SHIPPED = Path(__file__).resolve().parents[3] / "town"
#: Fields that the canary town has added: one for every colleague, one for personnel and oneself.
FREE: Mapping[str, Mapping[str, str]] = {
    "free:open": dict.fromkeys(("staff", "unit", "clerk", "head", "self", "hr", "payroll"), "v"),
    "free:closed": {"hr": "vs", "self": "v"},
}
_KIND = json.dumps({"type": "text"})


def _town() -> Path:
    """The town's files as shipped, with these fields in the table."""
    town = Path(tempfile.mkdtemp(prefix="canary-")) / "town"
    atexit.register(shutil.rmtree, town.parent, ignore_errors=True)
    shutil.copytree(_SHIPPED, town)
    with (_SHIPPED / "disclosure.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [{**row, "kind": ""} for row in csv.DictReader(file)]
    for name, cells in FREE.items():
        row = dict.fromkeys(rows[0], "") | dict(cells)
        rows.append(row | {"field": name, "label": f"自由{name}", "kind": _KIND})
    with (town / "disclosure.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return town


TABLE = _town() / "disclosure.csv"
#: Whom a person's own choice does not keep out.
ALWAYS = frozenset({"self", "hr"})
CLOSE = frozenset({"self", "hr", "unit", "clerk", "head"})
#: Tasks of the house, for which even who is protected most is there.
TASKS = frozenset({"hr", "payroll", "crisis", "audit", "it"})


@dataclass(frozen=True)
class Policy:
    """field → tie → letters, and tie → how many days it may look back and ahead (None: any)."""

    letters: Mapping[str, Mapping[str, str]]
    back: Mapping[str, int | None]
    ahead: Mapping[str, int | None]

    def reaches(self, tie: str, day: date, today: date) -> bool:
        distance = (day - today).days
        limit = self.ahead[tie] if distance > 0 else self.back[tie]
        return limit is None or abs(distance) <= limit

    def holds(self, ties: frozenset[str], name: str, letter: str) -> bool:
        return any(letter in self.letters[name][tie] for tie in ties)


def read(path: Path = TABLE) -> Policy:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row.pop("field"): row for row in csv.DictReader(file)}
    for row in rows.values():
        row.pop("label")
        row.pop("kind", None)
    days = {
        name: {tie: None if cell == "*" else int(cell) for tie, cell in rows.pop(name).items()}
        for name in ("*past_days", "*future_days")
    }
    return Policy(rows, days["*past_days"], days["*future_days"])


@dataclass(frozen=True)
class Watcher:
    """Somebody who looks: the ties as the scene has them, written down by hand.

    `ties`: towards everyone; `over`: tie → people. `person`: who it is, if anybody.
    """

    name: str
    ties: frozenset[str] = frozenset()
    over: Mapping[str, frozenset[str]] = field(default_factory=dict)
    person: str | None = None
    event: bool = False  # a disaster or drill is open

    def toward(self, person: str | None) -> frozenset[str]:
        near = {tie for tie, people in self.over.items() if person in people}
        own = {"self"} if person is not None and person == self.person and self.ties else set()
        return self.ties | near | own


@dataclass(frozen=True)
class Grant:
    """What a value is: of which field of the table, and when.

    place: "card" – seen on a page of any day of `[starts, ends)`; "history" – on its person's own
    page, whichever day that shows; "changes" – where two days are compared; "house" – of a unit,
    seen wherever a day of it may be looked at. `share`: the person's own choice.
    """

    field: str
    starts: date = date.min
    ends: date = date.max
    place: str = "card"
    share: str = "all"


def chosen(share: str, ties: frozenset[str]) -> bool:
    """Whether the person's own choice lets these ties see it."""
    if share == "none":
        return bool(ties & ALWAYS)
    return share == "all" or bool(ties & CLOSE)


def spared(level: str, name: str, ties: frozenset[str]) -> bool:
    """Whether a person's protection of today leaves these ties a field."""
    if not level or ties & CLOSE:
        return True
    if ties <= {"public", "peer"} or (level == "2" and not ties & TASKS):
        return False
    return name not in {"photo", "skill"}
