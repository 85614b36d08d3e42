"""見通し: what a plan would do, seen from several sides, and beside another plan."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.personnel.queries.plans.drawing import drawings
from meibo.apps.personnel.queries.plans.lookups import desk
from meibo.apps.personnel.queries.plans.outlook import Outlook, differences
from meibo.apps.personnel.views.plans.guard import account_of, of_plan
from meibo.ledger import drawer
from meibo.ledger.drawer import NotNamedError, PlanCard
from meibo.platform.layout.frame import frame_for

SIDES = {
    "people": "人ごと",
    "units": "所属ごと",
    "chains": "玉突き",
    "chart": "その日の組織と人",
    "compare": "ほかの案と比べる",
}


@require_safe
@never_cache
@of_plan
def outlook(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """One side of what would be."""
    side = request.GET.get("side", "people")
    if side not in SIDES:
        raise Http404
    seen = Outlook(desk(plan, frame_for(request).today))
    context = {
        "plan": plan,
        "tab": "outlook",
        "sides": SIDES,
        "side": side,
        "day": seen.desk.day,
        **_SHOWN[side](request, plan, seen),
    }
    return render(request, f"personnel/plans/outlook_{side}.html", context)


def _people(request: HttpRequest, plan: PlanCard, seen: Outlook) -> dict[str, object]:
    return {"fates": seen.fates()}


def _units(request: HttpRequest, plan: PlanCard, seen: Outlook) -> dict[str, object]:
    return {"balances": seen.balances(), "vacancies": seen.vacancies()}


def _chains(request: HttpRequest, plan: PlanCard, seen: Outlook) -> dict[str, object]:
    found = seen.chains()
    return {"chains": drawings(seen, found), "alone": sum(len(c.shifts) == 1 for c in found)}


def _chart(request: HttpRequest, plan: PlanCard, seen: Outlook) -> dict[str, object]:
    return {"chart": seen.chart()}


def _compare(request: HttpRequest, plan: PlanCard, seen: Outlook) -> dict[str, object]:
    others = [each for each in drawer.plans(account_of(request)) if each.id != plan.id]
    others.sort(key=lambda each: (each.state == drawer.ANNOUNCED, each.day != plan.day))
    asked = request.GET.get("with", "")
    if not asked:
        return {"others": others}
    try:
        card = drawer.plan(int(asked), account_of(request))
    except (ValueError, NotNamedError):
        raise Http404 from None
    other = Outlook(desk(card, frame_for(request).today))
    counts = {b.code: [b, None] for b in seen.balances()}
    for balance in other.balances():
        counts.setdefault(balance.code, [None, balance])[1] = balance
    return {
        "others": others,
        "other": card,
        "differences": differences(seen, other),
        "counts": list(counts.values()),
    }


_SHOWN = {
    "people": _people,
    "units": _units,
    "chains": _chains,
    "chart": _chart,
    "compare": _compare,
}
