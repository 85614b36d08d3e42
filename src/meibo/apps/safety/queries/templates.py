"""What is asked, ready to be sent: `safety_templates.csv` of the town."""

from __future__ import annotations

from dataclasses import dataclass

from meibo.platform import town
from meibo.platform.emergency.models import Kind

FILE = "safety_templates.csv"


@dataclass(frozen=True, slots=True)
class Template:
    """A message that was written in quiet times."""

    key: str
    kind: Kind
    title: str
    message: str


def templates() -> list[Template]:
    """All of the town's, in its order. A kind that there is not counts as a disaster: better one
    question too seriously asked than none."""
    return [
        Template(row["key"], _kind(row["kind"]), row["title"][:80], row["message"][:600])
        for row in town.rows(FILE)
        if row.get("key") and row.get("title")
    ]


def template(key: str) -> Template | None:
    """The one of this name."""
    return next((each for each in templates() if each.key == key), None)


def _kind(written: str) -> Kind:
    return Kind(written) if written in Kind.values else Kind.DISASTER
