"""発令の表: the lines of a plan, to be typed into."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.personnel.queries.plans.grid import TITLES, rows
from meibo.apps.personnel.queries.plans.lookups import desk
from meibo.apps.personnel.views.plans.forms import PasteForm
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.ledger import drawer
from meibo.ledger.drawer import PlanCard
from meibo.platform.layout.frame import frame_for

ROWS = 200


@require_safe
@never_cache
@of_plan
def plan(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """The grid, a page of rows at a time."""
    return grid_page(request, plan, PasteForm())


def grid_page(
    request: HttpRequest, plan: PlanCard, paste: PasteForm, status: int = 200
) -> HttpResponse:
    """The grid with the form for whole tables."""
    own = desk(plan, frame_for(request).today)
    page = Paginator(drawer.order(plan.id), ROWS).get_page(request.GET.get("page"))
    drafts = drawer.some_lines(plan.id, list(page.object_list))
    undo, redo = drawer.steps(plan.id)
    context = {
        "plan": plan,
        "tab": "grid",
        "titles": TITLES,
        "page": page,
        "rows": rows(own, drafts, page.start_index()),
        "undo": undo,
        "redo": redo,
        "paste": paste,
    }
    return render(request, "personnel/plans/grid.html", context, status=status)
