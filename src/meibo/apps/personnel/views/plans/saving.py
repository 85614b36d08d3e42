"""What the grid sends while it is typed into: rows to save, steps to take back, what is meant."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions.plans import rows as actions
from meibo.apps.personnel.actions.plans.rows import RowChange
from meibo.apps.personnel.queries.plans.candidates import candidates
from meibo.apps.personnel.queries.plans.grid import Row, row
from meibo.apps.personnel.queries.plans.lookups import Desk, desk
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.apps.personnel.views.plans.units import back_to_units
from meibo.ledger import drawer
from meibo.ledger.drawer import Clash, DraftLine, DrawerError, PlanCard, StaleError
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for

_CONFLICT, _UNWILLING = 409, 422


@require_POST
@never_cache
@of_plan
def save(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Save rows as JSON: `{"rows": [{"id", "version", "cells", "remove"}]}`. Answers with the rows
    as they are now; 409 with both where somebody else was first."""
    changes = _changes(request.body)
    if changes is None:
        return HttpResponseBadRequest()
    own = desk(plan, frame_for(request).today)
    try:
        saved = actions.save(
            plan.id, changes, own.lookup, own.day, actor=actor_of(request), now=timezone.now()
        )
    except StaleError as stale:
        said = {"message": str(stale), "clashes": [_clash(own, c, changes) for c in stale.clashes]}
        return JsonResponse(said, status=_CONFLICT)
    except DrawerError as error:
        return JsonResponse({"message": str(error)}, status=_UNWILLING)
    own = desk(plan, own.today)  # with newcomers of these rows
    return JsonResponse({**_counts(plan), "rows": _drawn(own, saved)})


def _changes(body: bytes) -> list[RowChange] | None:
    """The rows that were sent; None where that is no such thing."""
    try:
        sent = json.loads(body)
        return [_change(each) for each in sent["rows"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _change(sent: dict[str, Any]) -> RowChange:
    cells = {str(name): str(text) for name, text in (sent.get("cells") or {}).items()}
    id_, version = sent.get("id"), sent.get("version")
    return RowChange(
        None if id_ is None else int(id_),
        None if version is None else int(version),
        cells,
        bool(sent.get("remove")),
    )


def _drawn(own: Desk, saved: Iterable[DraftLine]) -> list[dict[str, Any]]:
    places = {line: n for n, line in enumerate(drawer.order(own.plan.id), 1)}
    drawn = [row(own, line, places.get(line.id, 0)) for line in saved]
    return [{"id": each.id, "html": _html(own, each)} for each in drawn]


def _html(own: Desk, each: Row) -> str:
    return render_to_string("personnel/plans/row.html", {"row": each, "plan": own.plan})


def _clash(own: Desk, clash: Clash, changes: list[RowChange]) -> dict[str, Any]:
    mine = next(change for change in changes if change.id == clash.id)
    theirs = row(own, clash.theirs) if clash.theirs else None
    return {
        "id": clash.id,
        "by": clash.by,
        "mine": dict(mine.cells),
        "removes": mine.remove,
        "theirs": {cell.name: cell.text for cell in theirs.cells} if theirs else None,
        "version": theirs.version if theirs else None,
        "html": _html(own, theirs) if theirs else "",
    }


def _counts(plan: PlanCard) -> dict[str, int]:
    undo, redo = drawer.steps(plan.id)
    return {"undo": undo, "redo": redo, "lines": drawer.plan_for_house(plan.id).orders}


@require_POST
@never_cache
@of_plan
def step(request: HttpRequest, plan: PlanCard, way: str) -> HttpResponse:
    """Take a step back, or do it again."""
    act = actions.undo if way == "undo" else actions.redo
    asked = request.headers.get("Accept", "").startswith("application/json")
    try:
        act(plan.id, actor=actor_of(request), now=timezone.now())
    except DrawerError as error:
        if asked:
            return JsonResponse({"message": str(error)}, status=_CONFLICT)
    if request.POST.get("back") == "units":
        return back_to_units(plan, request.POST)
    return JsonResponse(_counts(plan)) if asked else redirect("personnel:plan", plan.id)


@require_safe
@never_cache
@of_plan
def suggest(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """What a cell may mean, while it is typed."""
    own = desk(plan, frame_for(request).today)
    found = candidates(own, request.GET.get("cell", ""), request.GET.get("q", ""))
    told = [{"value": c.value, "label": c.label, "hint": c.hint} for c in found]
    return JsonResponse({"found": told})
