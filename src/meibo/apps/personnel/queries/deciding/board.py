"""Where a plan stands on its way, for the tab 決裁と発令."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from meibo.apps.personnel.models import Submission
from meibo.apps.personnel.queries.checking import blocking, findings
from meibo.apps.personnel.queries.checking.town import rules
from meibo.apps.personnel.queries.deciding.route import Proposed, proposed
from meibo.apps.personnel.queries.deciding.turns import Told, called, told
from meibo.domain.checking.findings import WARNING
from meibo.ledger import drawer
from meibo.ledger.drawer import ANNOUNCED, APPROVED, DRAFT, NOTICED, SUBMITTED

#: The way of a plan: state → what it is called when it has come so far.
STEPS = {
    DRAFT: "案",
    SUBMITTED: "決裁",
    APPROVED: "決裁済み",
    NOTICED: "内示",
    ANNOUNCED: "発令",
}


@dataclass(frozen=True, slots=True)
class Round:
    """One time that a plan was laid before those who decide."""

    submission: Submission
    asked_by: str
    turns: list[Told]


@dataclass(frozen=True, slots=True)
class Board:
    """`errors` stand in the way, what is `left` does not; `route` is what the town proposes."""

    steps: tuple[tuple[str, bool, bool], ...]
    rounds: tuple[Round, ...]
    errors: int
    left: tuple[str, ...]
    route: tuple[Proposed, ...]

    @property
    def others(self) -> int:
        """How many findings are left that do not stand in the way."""
        return len(self.left)

    @property
    def last(self) -> Round | None:
        """The newest round."""
        return self.rounds[0] if self.rounds else None


def board(plan: drawer.PlanCard, today: date) -> Board:
    """Everything that the tab says besides the plan's own card."""
    order = [step for step in STEPS if step != NOTICED or _was_noticed(plan)]
    at = order.index(plan.state)
    found = [] if plan.state == ANNOUNCED else findings(plan.id, today=today)
    errors = len(blocking(found))  # the gravest come first
    route = proposed(plan.kind, today) if plan.state == DRAFT else []
    return Board(
        tuple((STEPS[s], n < at, n == at) for n, s in enumerate(order)),
        tuple(_rounds(plan.id, today)),
        errors,
        tuple(each.message for each in found[errors:]),
        tuple(route),
    )


def doubts(number: int, today: date) -> list[tuple[str, int]]:
    """What the town's checks ask to be looked at (確かめる), by rule, for who decides. No names:
    findings speak of people, too, whom the plan does not move."""
    known = rules()
    found = Counter(f.code for f in findings(number, today=today) if f.severity == WARNING)
    return [(known[code].label, count) for code, count in found.most_common()]


def _was_noticed(plan: drawer.PlanCard) -> bool:
    """Whether the way of the plan goes, or went, by a 内示: of one that was announced before its
    hour it did not."""
    if plan.announced_at is None:
        return True
    return plan.notice_at is not None and plan.notice_at <= plan.announced_at


def _rounds(number: int, today: date) -> list[Round]:
    rows = Submission.objects.filter(plan=number).prefetch_related("turns").order_by("-pk")
    return [
        Round(asked, called(asked.asked_by, asked.asker, today), told(asked.turns.all(), today))
        for asked in rows
    ]
