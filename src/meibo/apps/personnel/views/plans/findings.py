"""指摘: what the town's rules find in a plan."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.personnel.queries import checking
from meibo.apps.personnel.views.plans.grid import ROWS
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.domain.checking import SEVERITY_LABELS, PlanFinding
from meibo.ledger import drawer
from meibo.ledger.drawer import PlanCard
from meibo.platform.layout.frame import frame_for

MOST = 60
Placed = tuple[PlanFinding, int]


@require_safe
@never_cache
@of_plan
def findings(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Everything found, each leading to its cell. `?part=`: for the foot of the grid, which shows
    that page of rows."""
    found = checking.findings(plan.id, today=frame_for(request).today)
    places = {line: n for n, line in enumerate(drawer.order(plan.id))}
    part = request.GET.get("part")
    placed = [
        (each, places.get(each.lines[0], 0) // ROWS + 1 if each.lines else 0) for each in found
    ]
    shown = _near(placed, part) if part else placed
    groups = [
        (severity, label, [(each, page) for each, page in shown if each.severity == severity])
        for severity, label in SEVERITY_LABELS.items()
    ]
    context = {
        "plan": plan,
        "tab": "findings",
        "groups": groups,
        "total": len(found),
        "more": len(found) - len(shown),
        "counts": checking.counted(found),
    }
    template = "found" if part else "findings"
    return render(request, f"personnel/plans/{template}.html", context)


def _near(placed: list[Placed], part: str) -> list[Placed]:
    """For the foot of the grid: those of the page of rows that is shown, then others, not too many
    for a list to be looked through."""
    here = [(each, page) for each, page in placed if str(page) == part]
    others = [(each, page) for each, page in placed if str(page) != part]
    return [*here, *others[: max(MOST - len(here), 0)]]
