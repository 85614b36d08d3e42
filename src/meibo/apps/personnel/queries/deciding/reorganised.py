"""What a plan's reorganisation changes, in words for who decides on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from meibo.apps.personnel.queries.plans.lookups import Desk, desk
from meibo.apps.personnel.queries.plans.reorganising import changes
from meibo.domain.units import Organisation
from meibo.ledger import drawer

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reorganised:
    """`rows`: kind, the unit before and after, as paths. `carried`: how many people move with their
    unit, whom no line names."""

    rows: tuple[tuple[str, str, str], ...]
    carried: int


def reorganised(plan: drawer.PlanCard, today: date) -> Reorganised:
    """The rows of a plan's table, each with names instead of codes."""
    own = desk(plan, today)
    rows = tuple(
        (
            each.kind,
            _called(own.tree_before, each.old),
            "（無くなる）" if each.kind == "廃止" else _called(own.tree, each.new or each.old),
        )
        for each in changes(own)
    )
    return Reorganised(rows, _carried(own) if rows else 0)


def _called(tree: Organisation, code: str) -> str:
    return " ".join(tree.path(code)) or code


def _carried(own: Desk) -> int:
    named = {draft.line.person for draft in drawer.lines(own.plan.id)}
    eve = own.preview.before(own.day - _DAY)
    return sum(
        (own.preview.after(person, own.day) or {}).get("unit") not in {state.get("unit"), None}
        for person, state in eve.items()
        if person not in named
    )
