"""A plan's reorganisation, kept: one line for the whole house, and what units file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from meibo.apps.personnel.actions.plans.making import noted
from meibo.domain.book import Effect, Line, SuccessionTable
from meibo.domain.checking.reorganising import Change, reorganisation
from meibo.domain.units import Organisation
from meibo.ledger import drawer
from meibo.platform.audit.actions import Actor

WORDING = "組織改正"


def reorganise(
    number: int,
    changes: Sequence[Change],
    before: Organisation,
    day: date,
    version: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep these rows in the place of those before, as one step. Raises StaleError where the plan
    has changed since `version`, DrawerError."""
    noted(number, "reorganise", actor=actor, now=now, count=len(changes))
    made = reorganisation(changes, before)
    line = Line(
        0,
        day,
        now,
        Effect.REMAP,
        wording=WORDING,
        successions=SuccessionTable(made.successions),
    )
    drawer.reorganise(
        number,
        line if changes else None,
        made.filed,
        day,
        version,
        account=actor.name,
        now=now,
    )
