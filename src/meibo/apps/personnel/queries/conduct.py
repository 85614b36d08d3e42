"""処分・分限・表彰・公務災害: what there is of whom, as far as the disclosure table gives it."""

from __future__ import annotations

from datetime import date

from meibo.apps.personnel.models import ConductRecord
from meibo.domain.conduct import FIELDS, FILE, Kinds, parse
from meibo.domain.disclosure import Viewer
from meibo.ledger import joins, policy
from meibo.ledger.witness import witness
from meibo.platform import town


def kinds() -> Kinds:
    """The kinds that the town knows."""
    return parse(town.text(FILE))


def label(record: ConductRecord) -> str:
    """What the kind of a record is called."""
    kind = kinds().of(record.field, record.code)
    return kind.label if kind else record.code


def ends_on(record: ConductRecord) -> date | None:
    """From which day on a record may be removed; None: with the person's own."""
    return kinds().ends_on(record.field, record.code, record.until or record.day)


def seen(viewer: Viewer, person: str) -> frozenset[str]:
    """Which of these fields a viewer sees of somebody."""
    return policy.table(viewer.today).seen(viewer.toward(person)) & FIELDS.keys()


def records(viewer: Viewer, person: str) -> list[ConductRecord]:
    """The records of one person that a viewer may see; that they were read is noted. Of oneself
    none whose day has not come: whom a 処分 concerns is told of it by being handed it."""
    fields = seen(viewer, person)
    members = joins.members(person)
    found = list(ConductRecord.objects.filter(person__in=members, field__in=fields))
    if person == viewer.person:
        found = [record for record in found if record.day <= viewer.today]
    watcher = witness()
    if watcher and person != viewer.person:
        for field in {record.field for record in found} or fields:
            watcher.saw(person, field)
    return found


def over(viewer: Viewer) -> list[ConductRecord]:
    """Records whose term has ended, of those whom the viewer may see."""
    ended = [
        record
        for record in ConductRecord.objects.order_by("day")
        if (ends_on(record) or date.max) <= viewer.today
    ]
    return [record for record in ended if record.field in seen(viewer, record.person)]


def waiting(viewer: Viewer) -> int:
    """How many records have come to their end."""
    return len(over(viewer))
