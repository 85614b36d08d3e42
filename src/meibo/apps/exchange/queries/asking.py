"""Proposals in words, for who decides and for whom they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from meibo.apps.exchange.queries.people import names_of
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.ledger.sight import Sight
from meibo.platform.layout.wording import short_date, spaced
from meibo.platform.ownership import Leader, ownership
from meibo.platform.proposals.models import Proposal
from meibo.platform.proposals.queries import opened

ORIGINS = {"intake": "取込", "directory": "庶務担当の手入れ", "own": "本人の申出"}
#: Field as filed → the row of the disclosure table that rules it, where that has another name.
_ROWS = {
    "name": "record_name",
    "kana": "record_name",
    "maiden_kana": "maiden_name",
    "uses_maiden_name": "maiden_name",
    "postcode": "address",
    "seat": "place",
}
#: What a person may ask to be put right, where payroll leads it: what is filed, not ordered.
_OWN = ("name", "kana", "maiden_name", "maiden_kana", "birth_date")


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal in words. `seen`: whether this viewer may see the field of that person."""

    row: Proposal
    name: str
    label: str
    current: str
    proposed: str
    why: str
    origin: str
    seen: bool


def shown(viewer: Viewer, rows: Iterable[Proposal]) -> list[Asked]:
    """Proposals as this viewer may see them."""
    rows = list(rows)
    names = names_of(viewer, {row.person for row in rows})
    labels, sight = _labels(viewer.today), Sight(viewer)
    found = []
    for each in opened(rows):
        row = each.row
        fields = sight.seen(row.person, sight.ties(row.person))
        seen = _ROWS.get(row.field, row.field) in fields
        values = (each.current, each.proposed, each.why) if seen else ("", "", "")
        name = names.get(row.person, "在籍していない人")
        label, origin = labels.get(row.field, row.field), ORIGINS.get(row.origin, row.origin)
        found.append(Asked(row, name, label, *values, origin, seen))
    return found


def own_proposals(person: str) -> list[Asked]:
    """What somebody has asked for their own record. What others proposed about them is not here."""
    rows = list(Proposal.objects.filter(person=person, origin="own")[:50])
    labels = _labels(date.max)
    return [
        Asked(
            each.row,
            "",
            labels.get(each.row.field, each.row.field),
            each.current,
            each.proposed,
            each.why,
            "",
            seen=True,
        )
        for each in opened(rows)
    ]


def own_choices(card: reader.Card, on: date) -> list[tuple[str, str, str]]:
    """Field, label, present value: what somebody may ask to be put right in their own record."""
    led = {f: o for f, o in ownership(on).items() if o.leads is Leader.PAYROLL}
    return [(f, led[f].label, _text(card, f)) for f in _OWN if f in led]


def _text(card: reader.Card, field: str) -> str:
    value = card.get(field)
    if value is None:
        return ""
    return short_date(value) if field == "birth_date" else spaced(str(value))


def _labels(on: date) -> dict[str, str]:
    return {field: owned.label for field, owned in ownership(on).items()}
