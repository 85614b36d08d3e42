"""The books themselves, for those who write in them: what is there already, line by line.

Pages never read here; they read cards. An intake needs to know what it would add to.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from meibo.domain.book import Filing, Line
from meibo.ledger.codec import filing_of, line_of, stated_by
from meibo.ledger.models import BookLine, FilingLine, Person, Plan, PlanLine
from meibo.ledger.vault import Vault


@dataclass(slots=True)
class Shelf:
    """Everything in the books. `sources`: where a line came from → the line."""

    numbers: dict[str, str] = field(default_factory=dict)  # staff number → id
    lines: dict[str, list[Line]] = field(default_factory=dict)  # by person; "" is the house
    filings: dict[str, list[Filing]] = field(default_factory=dict)  # by subject, opened
    sources: dict[str, Line] = field(default_factory=dict)


def shelf() -> Shelf:
    """Read both books whole, with sealed values opened: for an intake, in one go."""
    found = Shelf()
    rows = Person.objects.exclude(staff_no=None).values_list("staff_no", "id")
    found.numbers = {str(n): p for n, p in rows}
    lines: dict[str, list[Line]] = defaultdict(list)
    for row in BookLine.objects.order_by("no"):
        line = line_of(row)
        lines[row.person].append(line)
        if row.source:
            found.sources[row.source] = line
    vault = Vault()
    vault.prepare(found.numbers.values())
    filings: dict[str, list[Filing]] = defaultdict(list)
    for filing_row in FilingLine.objects.order_by("no"):
        filing = filing_of(filing_row, vault, keep_sealed=frozenset())
        filings[filing.subject].append(filing)
    found.lines, found.filings = dict(lines), dict(filings)
    return found


def put_in_drawer(
    title: str,
    lines: list[tuple[Line, str]],
    newcomers: Mapping[str, str | None] | None = None,
    *,
    now: datetime,
) -> None:
    """Lay unannounced orders in the drawer as a plan; one with the same title is made anew.

    `newcomers`: id → staff number of those whom the books do not know yet.
    """
    Plan.objects.filter(title=title, state="draft").delete()
    plan = Plan.objects.create(title=title, created=now)
    rows = [
        PlanLine(
            plan=plan,
            effective=line.effective,
            body=json.dumps(
                {
                    "effect": line.effect.value,
                    "person": line.person,
                    "newcomer": (newcomers or {}).get(line.person),
                    "wording": line.wording,
                    "order_no": line.order_no,
                    "stated": json.loads(stated_by(line)),
                },
                ensure_ascii=False,
            ),
            source=source,
        )
        for line, source in lines
    ]
    PlanLine.objects.bulk_create(rows, batch_size=500)
