"""定数: how many people a unit may have, by grade, from a day on.

It is filed of the unit like its name or its telephone (field `establishment`, JSON: grade → number;
grade 0 for posts without one), so it is dated, corrected by a later filing and never overwritten.
Any code may read it here; pages write it through `writer.append`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Max

from meibo.ledger import house
from meibo.ledger.models import FilingLine
from meibo.ledger.writer import UNIT, NewFiling

FIELD = "establishment"
Quota = Mapping[int, int]


def establishment(on: date) -> dict[str, Quota]:
    """Unit code → grade → how many, of every unit that has an establishment of its own that day.
    It counts what is in the unit itself, not what is below it."""
    states = house.organisation(on).states
    return {code: parse(str(s[FIELD])) for code, s in states.items() if s.get(FIELD)}


def parse(text: str) -> Quota:
    """What a filing says; nothing where it says no numbers."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {int(grade): int(count) for grade, count in found.items() if int(count) >= 0}


def filing(unit: str, quota: Quota, effective: date, recorded: datetime) -> NewFiling:
    """The filing that says so, to append; an empty one ends what was filed before."""
    stated = {str(grade): count for grade, count in sorted(quota.items()) if count}
    value = json.dumps(stated) if stated else None
    return NewFiling(UNIT + unit, FIELD, value, effective, recorded)


def version(unit: str) -> int:
    """The number of the newest filing about a unit's establishment; 0 before the first."""
    rows = FilingLine.objects.filter(subject=UNIT + unit, field=FIELD)
    return int(rows.aggregate(newest=Max("no"))["newest"] or 0)
