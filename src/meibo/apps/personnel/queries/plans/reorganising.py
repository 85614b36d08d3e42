"""The rows of a plan's reorganisation, read back from its line and from what units file."""

from __future__ import annotations

from collections import defaultdict

from meibo.apps.personnel.queries.plans.lookups import Desk
from meibo.domain.book import Effect
from meibo.domain.checking.reorganising import Change
from meibo.ledger import drawer
from meibo.ledger.writer import UNIT


def changes(desk: Desk) -> list[Change]:
    """The rows as they were written, in order."""
    filed: dict[str, dict[str, str]] = defaultdict(dict)
    for filing in drawer.filings(desk.plan.id):
        if filing.subject.startswith(UNIT):
            filed[filing.subject.removeprefix(UNIT)][filing.field] = filing.value or ""
    rows, told = [], set()
    for draft in drawer.lines(desk.plan.id):
        table = draft.line.successions
        if draft.line.effect is not Effect.REMAP or table is None:
            continue
        for row in table.rows:
            values = filed.get(row.new, {}) if row.new not in told else {}
            told |= {row.old, row.new}
            rows.append(
                Change(row.kind, row.old, row.new, values.get("name", ""), values.get("parent", ""))
            )
    for unit, values in filed.items():
        if unit not in told:
            rows.append(_alone(desk, unit, values))
    return rows


def _alone(desk: Desk, unit: str, values: dict[str, str]) -> Change:
    """A unit that keeps its code, or is new."""
    name, parent = values.get("name", ""), values.get("parent", "")
    if unit not in desk.tree_before.states:
        return Change("新設", "", unit, name, parent)
    return Change("改称" if name else "移管", unit, "", name, parent)
