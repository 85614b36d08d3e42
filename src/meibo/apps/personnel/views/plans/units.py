"""組織: people taken from one unit to another, dragged or chosen."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions.plans.placing import Around
from meibo.apps.personnel.actions.plans.placing import place as put_into
from meibo.apps.personnel.queries.plans.board import column, sections
from meibo.apps.personnel.queries.plans.lookups import Desk, desk
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.ledger.drawer import DrawerError, PlanCard
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for


@require_safe
@never_cache
@of_plan
def units(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Two columns of units, each with the people whom the plan would put there."""
    own = desk(plan, frame_for(request).today)
    choices = sections(own)
    left, right = _asked(own, choices, request.GET)
    context = {
        "plan": plan,
        "tab": "units",
        "sections": choices,
        "columns": [
            ("left", "左", left, column(own, left)),
            ("right", "右", right, column(own, right)),
        ],
        "day": own.day,
    }
    return render(request, "personnel/plans/units.html", context)


def _asked(own: Desk, choices: list[tuple[str, str]], asked: QueryDict) -> tuple[str, str]:
    """Which two: as asked for, else the first two."""
    codes = [code for code, _ in choices]
    first = (codes[0] if codes else "", codes[1] if len(codes) > 1 else "")
    found = [asked.get(name, "") for name in ("left", "right")]
    left, right = (c if c in own.tree.states else f for c, f in zip(found, first, strict=True))
    return left, right


@require_POST
@never_cache
@of_plan
def place(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Put the chosen people into a unit, or into a post there: `to` is `unit` or `unit|post`."""
    own = desk(plan, frame_for(request).today)
    people = request.POST.getlist("person")
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
    shown = QueryDict(mutable=True)
    shown.update({name: request.POST.get(name, "") for name in ("left", "right")})
    return redirect(f"{reverse('personnel:plan_units', args=[plan.id])}?{shown.urlencode()}")
