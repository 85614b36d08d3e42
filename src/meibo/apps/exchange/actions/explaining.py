"""A difference is explained: with a note, by whom, and taken back again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from meibo.apps.exchange.models import Difference, Run
from meibo.apps.exchange.queries.sealing import Sealer
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act


class StaleDifferenceError(ValueError):
    """Somebody else has written about it meanwhile."""


def explain(
    run: Run, versions: Mapping[int, int], text: str, *, actor: Actor, now: datetime
) -> int:
    """Mark these differences (id → version) as explained; an empty text takes the mark away.
    Raises StaleDifferenceError, and changes nothing, where one of them has been written meanwhile.
    """
    with transaction.atomic():
        rows = list(run.differences.select_for_update().filter(pk__in=versions))
        if any(row.version != versions[row.pk] for row in rows):
            raise StaleDifferenceError(
                "開いている間に、ほかの人が説明を書きました。いまの説明を見てから、"
                "もう一度選んでください。"
            )
        people = sorted({row.person for row in rows if row.person})
        detail = {"what": "explain" if text else "unexplain", "run": run.pk, "count": len(rows)}
        note(Entry(Act.FEED, detail, people), actor=actor, now=now)
        sealer = Sealer(people)
        for row in rows:
            row.note = sealer.close(row.person, text) if row.person else text
            row.explained_at, row.explained_by = (now, actor.name) if text else (None, "")
            row.version += 1
        fields = ["note", "explained_at", "explained_by", "version"]
        Difference.objects.bulk_update(rows, fields, batch_size=500)
    return len(rows)
