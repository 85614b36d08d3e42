"""When those who are called are expected, by the model of this moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from meibo.apps.safety.actions.queueing import Asked, Read
from meibo.apps.safety.models import Called, Prospect
from meibo.apps.safety.queries import muster
from meibo.apps.safety.queries.organising import standing
from meibo.domain.safety.forecast import minutes
from meibo.ledger import bulk
from meibo.ledger.reader.people import states_on

TOKYO = ZoneInfo("Asia/Tokyo")


def expect(called: Collection[Called | Asked], *, read: Read | None = None, now: datetime) -> None:
    """Write down their prospects. Trains count as out: who comes earlier says so.
    Who stands in the disaster organisation is expected where they stand. `read`: what was
    read of them already."""
    here = now.astimezone(TOKYO)
    ids = [each.person for each in called]
    known = read.states if read else states_on(here.date(), ids=ids)
    states = {person: known[person] for person in ids if person in known}
    people = muster.staff(states, standing(here.date()), read.vault if read else None)
    manner, when = muster.manner(), muster.when(here)
    rows = []
    for each in called:
        if each.person in people:
            staff, area = people[each.person]
            rows.append((each.pk, area.name if area else "", minutes(staff, when, manner)))
    bulk.insert(Prospect, ("called_id", "area", "minutes"), rows)
