"""組織: people taken from one unit to another, dragged or chosen."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions.plans.placing import Around
from meibo.apps.personnel.actions.plans.placing import place as put_into
from meibo.apps.personnel.queries.plans.board import column, sections, whole
from meibo.apps.personnel.queries.plans.lookups import Desk, desk
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.ledger import drawer
from meibo.ledger.drawer import DrawerError, PlanCard
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for

WHOLE = "whole"
OPENED = 5  # so many of the units that people came from are unfolded again


@require_safe
@never_cache
@of_plan
def units(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Two columns of units, or the whole chart, with the people whom the plan would put there."""
    own = desk(plan, frame_for(request).today)
    undo, redo = drawer.steps(plan.id)
    around = {"plan": plan, "tab": "units", "day": own.day, "undo": undo, "redo": redo}
    if request.GET.get("view") == WHOLE:
        opened = request.GET.get("open", "").split(".")
        context = {**around, "view": WHOLE, "branches": whole(own, opened)}
        return render(request, "personnel/plans/units_whole.html", context)
    choices = sections(own)
    left, right = _asked(own, choices, request.GET)
    context = {
        **around,
        "sections": choices,
        "columns": [
            ("left", "左", left, column(own, left, right)),
            ("right", "右", right, column(own, right, left)),
        ],
    }
    return render(request, "personnel/plans/units.html", context)


def _asked(own: Desk, choices: list[tuple[str, str]], asked: QueryDict) -> tuple[str, str]:
    """Which two: as asked for, else the first two."""
    codes = [code for code, _ in choices]
    first = (codes[0] if codes else "", codes[1] if len(codes) > 1 else "")
    found = [asked.get(name, "") for name in ("left", "right")]
    known = {*own.tree.states, *codes}
    left, right = (c if c in known else f for c, f in zip(found, first, strict=True))
    return left, right


@require_POST
@never_cache
@of_plan
def place(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Put the chosen people into a unit, or into a post there: `to` is `unit` or `unit|post`."""
    own = desk(plan, frame_for(request).today)
    people = list(dict.fromkeys(request.POST.getlist("person")))  # both columns may show one
    unit, _, post = request.POST.get("to", "").partition("|")
    if not people:
        messages.error(request, "先に、移す人を選んでください。")
    elif unit not in own.tree.states or (post and post not in own.posts):
        messages.error(request, "移す先がありません。")
    else:
        try:
            put_into(
                plan.id,
                people,
                unit,
                post or None,
                Around(own.day, own.states, own.posts, own.lookup.terms),
                actor=actor_of(request),
                now=timezone.now(),
            )
            messages.success(request, f"{len(people)}人を{own.unit_text(unit)}に移しました。")
        except DrawerError as error:
            messages.error(request, str(error))
    seats = (own.states.get(person, {}).get("unit") for person in people[:OPENED])
    return back_to_units(plan, request.POST, [unit, *filter(None, seats)])


def back_to_units(plan: PlanCard, given: QueryDict, touched: Sequence[str] = ()) -> HttpResponse:
    """To the page that a form was sent from: the same two columns, or the whole chart with the
    units that were touched unfolded, the first of them in sight."""
    address = reverse("personnel:plan_units", args=[plan.id])
    if given.get("view") == WHOLE:
        shown = urlencode({"view": WHOLE, "open": ".".join(dict.fromkeys(touched))})
        return redirect(f"{address}?{shown}#u-{touched[0]}" if touched else f"{address}?{shown}")
    names = {name: given.get(name, "") for name in ("left", "right")}
    return redirect(f"{address}?{urlencode(names)}")
