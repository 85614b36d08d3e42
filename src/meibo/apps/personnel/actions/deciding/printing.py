"""内示書 and drafts of 辞令 of a plan: when there are any, that they are made, asking for many."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from meibo.apps.personnel.actions.deciding.noting import note_deed
from meibo.ledger import drawer
from meibo.ledger.drawer import APPROVED, DRAFT, NOTICED, SUBMITTED, DrawerError
from meibo.platform.audit.actions import Actor
from meibo.platform.jobs import actions as jobs
from meibo.platform.jobs.models import Job
from meibo.platform.papers import beside

SOURCE = "personnel.plan"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sheet of a plan, and the states of the plan in which there is one."""

    label: str
    states: frozenset[str]


INFORMAL, LETTER = "informal", "jirei"
KINDS: Mapping[str, Kind] = {
    INFORMAL: Kind("内示書", frozenset({APPROVED, NOTICED})),
    LETTER: Kind("辞令（案）", frozenset({DRAFT, SUBMITTED, APPROVED, NOTICED})),
}


def can_be_made(kind: str, plan: drawer.PlanCard) -> bool:
    """Whether a plan has such a sheet as it stands."""
    return kind in KINDS and plan.state in KINDS[kind].states


def note_sheet(number: int, kind: str, *, actor: Actor, now: datetime) -> drawer.PlanCard:
    """Write down that a sheet of a plan is about to be made. Raises DrawerError where the plan has
    none, or is not for this account."""
    plan = _plan(number, kind, actor)
    note_deed(number, f"{KINDS[kind].label}を作る", actor=actor, now=now)
    return plan


def ask_for_sheet(
    number: int, kind: str, people: Collection[str] | None, *, actor: Actor, now: datetime
) -> Job:
    """Ask for it as a job. Raises DrawerError."""
    _plan(number, kind, actor)
    chosen = None if people is None else sorted(people)
    arguments = {"source": SOURCE, "plan": number, "sheet": kind, "people": chosen}
    title = f"異動案 {number} の{KINDS[kind].label}"
    return jobs.ask(beside.KIND, title, arguments, actor=actor, now=now)


def _plan(number: int, kind: str, actor: Actor) -> drawer.PlanCard:
    plan = drawer.plan(number, actor.name)
    if not can_be_made(kind, plan):
        raise DrawerError("いまの案の段階では、この書類は作れません。")
    return plan
