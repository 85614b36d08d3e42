"""Checks of a plan, for whoever shows them or must not go on with them."""

from __future__ import annotations

from datetime import date

from meibo.apps.personnel.queries.checking.scenes import scene_of
from meibo.apps.personnel.queries.checking.town import rules
from meibo.domain.checking import PlanFinding, blocking, check, counted

__all__ = ["PlanFinding", "blocking", "counted", "findings"]


def findings(number: int, *, today: date) -> list[PlanFinding]:
    """Everything that the town's rules find in a plan, the gravest first. Who calls has made sure
    that the plan may be seen. `blocking(findings)`: those with which it can't be announced."""
    return check(scene_of(number, today), rules())
