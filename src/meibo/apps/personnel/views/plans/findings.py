"""指摘: what the town's rules find in a plan."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.personnel.queries import checking
from meibo.apps.personnel.views.plans.grid import ROWS
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.domain.checking import SEVERITY_LABELS
from meibo.ledger import drawer
from meibo.ledger.drawer import PlanCard
from meibo.platform.layout.frame import frame_for


@require_safe
@never_cache
@of_plan
def findings(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Everything found, each leading to its cell. `?part=1`: for the foot of the grid."""
    found = checking.findings(plan.id, today=frame_for(request).today)
    places = {line.id: n for n, line in enumerate(drawer.lines(plan.id))}
    groups = [
        (
            severity,
            label,
            [
                (each, places.get(each.lines[0], 0) // ROWS + 1 if each.lines else 0)
                for each in found
                if each.severity == severity
            ],
        )
        for severity, label in SEVERITY_LABELS.items()
    ]
    context = {
        "plan": plan,
        "tab": "findings",
        "groups": groups,
        "total": len(found),
        "counts": checking.counted(found),
    }
    part = "found" if request.GET.get("part") else "findings"
    return render(request, f"personnel/plans/{part}.html", context)
