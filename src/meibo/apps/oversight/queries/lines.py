"""Records of the log in words, with the names that this viewer may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from meibo.apps.oversight.queries import fields, words
from meibo.domain.disclosure import Viewer
from meibo.ledger import policy, reader
from meibo.platform.audit.models import AuditRecord
from meibo.platform.audit.queries import Line, line
from meibo.platform.layout.navigation import NAVIGATION

MOST_NAMED = 5
"""So many people of one record are named; of the others the number is told."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the log with names: `who` did it, `whom` it is about (id and name), how many of
    them are not named, and what it says in words."""

    line: Line
    who: str
    whom: list[tuple[str, str]]
    more: int
    words: list[tuple[str, str]]


def shown(viewer: Viewer, records: Iterable[AuditRecord]) -> list[Shown]:
    """These records for the page of a viewer."""
    lines = [line(record) for record in records]
    people = {p for each in lines for p in (each.person, *each.subjects[:MOST_NAMED]) if p}
    names = {
        card.id: str(card.get("name_at_work") or card.get("name") or "")
        for card in reader.cards(viewer, on=viewer.today, ids=people)
    }
    labels = {row.field: row.label for row in policy.table(viewer.today).rows}
    return [_shown(each, names, labels) for each in lines]


def _shown(each: Line, names: Mapping[str, str], labels: Mapping[str, str]) -> Shown:
    named = each.subjects[:MOST_NAMED]
    return Shown(
        each,
        names.get(each.person, ""),
        [(person, names.get(person, "")) for person in named],
        len(each.subjects) - len(named),
        [
            (words.KEYS.get(key, key), _text(value, labels, str(each.act), key))
            for key, value in each.detail.items()
        ],
    )


def _text(value: Any, labels: Mapping[str, str], act: str, key: str) -> str:
    if isinstance(value, list):
        return "、".join(_text(item, labels, act, key) for item in value)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    text = str(value)
    own = labels.get(text) or fields.called(key, text)
    known = own or NAVIGATION.pages.get(text) or words.deed(act, text)
    if known or " " not in text:
        return known or text
    parts = [labels.get(part, "") for part in text.split(" ")]  # several fields at once
    return "、".join(parts) if all(parts) else text
