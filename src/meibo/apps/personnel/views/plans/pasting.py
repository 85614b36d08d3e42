"""Tables taken into a plan: from the clipboard, from a workbook, from CSV."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from meibo.apps.personnel.actions.plans import rows as actions
from meibo.apps.personnel.queries.plans.lookups import desk
from meibo.apps.personnel.queries.plans.tables import TableError, pasted, uploaded
from meibo.apps.personnel.views.plans.forms import PasteForm
from meibo.apps.personnel.views.plans.grid import ROWS, grid_page
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.domain.checking.tables import rows_of
from meibo.ledger import drawer
from meibo.ledger.drawer import DraftLine, DrawerError, PlanCard
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.once.guard import once


@require_POST
@never_cache
@of_plan
@once
def paste(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Add the rows of a table. To the grid it answers as JSON."""
    form = PasteForm(request.POST, request.FILES)
    asked = request.headers.get("Accept", "").startswith("application/json")
    said, saved = "", list[DraftLine]()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = uploaded(file.read()) if file else pasted(form.cleaned_data["text"])
            saved, said = _take(request, plan, table)
        except (TableError, DrawerError) as error:
            form.add_error(None, str(error))
    if asked:
        wrong = "".join(map(str, form.non_field_errors()))
        return JsonResponse(
            {
                "message": wrong or said,
                "count": len(saved),
                "lines": drawer.plan_for_house(plan.id).lines,
            },
            status=422 if wrong else 200,
        )
    if form.errors:
        return grid_page(request, plan, form, status=422)
    messages.success(request, said)
    last = (plan.lines + len(saved) - 1) // ROWS + 1
    return redirect(f"{request.path.removesuffix('paste')}?page={last}")


def _take(
    request: HttpRequest, plan: PlanCard, table: Sequence[Sequence[str]]
) -> tuple[list[DraftLine], str]:
    rows, odd = rows_of(table)
    own = desk(plan, frame_for(request).today)
    saved = actions.add(
        plan.id, rows, own.lookup, own.day, actor=actor_of(request), now=timezone.now()
    )
    unread = sum(len(line.unread) for line in saved)
    said = f"{len(saved)}行を加えました。"
    if unread:
        said += f"読み取れない欄が{unread}個あります。表の赤い欄を直してください。"
    if odd:
        said += f"知らない列（{'・'.join(odd)}）は備考に入れました。"
    return saved, said
