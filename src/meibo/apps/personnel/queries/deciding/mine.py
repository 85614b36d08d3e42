"""What waits for somebody's decision, and what they have decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from meibo.apps.personnel.actions.deciding.standing import accounts_of
from meibo.apps.personnel.models import Submission, Turn
from meibo.ledger import drawer

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Case:
    """A submission as somebody sees it who decides on it. `turn`: theirs; `deputy`: as a deputy."""

    submission: Submission
    turn: Turn
    plan: drawer.PlanCard
    turns: tuple[Turn, ...]
    mine_now: bool
    deputy: bool


def cases(account: str, today: date) -> list[Case]:
    """What somebody has to decide on or has had, newest first; what waits for them first."""
    able = accounts_of(account, today)
    turns = Turn.objects.filter(account__in=able) | Turn.objects.filter(taken_by=account)
    numbers = turns.values_list("submission_id", flat=True).order_by("-submission_id").distinct()
    rows = Submission.objects.filter(pk__in=list(numbers[:_SHOWN])).prefetch_related("turns")
    rows = rows.order_by("-pk")
    found = [case for asked in rows if (case := _case(asked, account, able))]
    return sorted(found, key=lambda case: not case.mine_now)


def case(number: int, account: str, today: date) -> Case | None:
    """One submission, for who decides on it or did."""
    asked = Submission.objects.filter(pk=number).prefetch_related("turns").first()
    return _case(asked, account, accounts_of(account, today)) if asked else None


def waiting(account: str, today: date) -> int:
    """How many submissions wait for an account's decision today."""
    able = accounts_of(account, today)
    open_turns = Turn.objects.filter(submission__state=Submission.OPEN, deed="")
    open_turns = open_turns.exclude(submission__asked_by=account)
    first: dict[int, Turn] = {}
    for turn in open_turns.order_by("submission_id", "place"):
        first.setdefault(turn.submission_id, turn)
    return sum(turn.account in able for turn in first.values())


def _case(asked: Submission, account: str, able: set[str]) -> Case | None:
    if asked.asked_by == account:  # who stands in for a decider decides on nothing of their own
        return None
    turns = tuple(asked.turns.all())
    next_turn = next((t for t in turns if not t.deed), None) if _is_open(asked) else None
    own = [t for t in turns if t.account in able or t.taken_by == account]
    if not own or (not _is_open(asked) and asked.state == Submission.WITHDRAWN):
        return None
    try:
        plan = drawer.plan(asked.plan, account)
    except drawer.NotNamedError:
        return None
    turn = next_turn if next_turn is not None and next_turn in own else own[0]
    deputy = turn.account != account and turn.taken_by in {"", account}
    return Case(asked, turn, plan, turns, turn is next_turn, deputy)


def _is_open(asked: Submission) -> bool:
    return asked.state == Submission.OPEN
