"""The list of plans that one is named on, and those that wait to be taken over."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions.plans import making
from meibo.apps.personnel.views.plans.forms import BeginForm
from meibo.apps.personnel.views.plans.guard import account_of
from meibo.ledger import drawer
from meibo.ledger.drawer import ANNOUNCED, CORRECTION, DrawerError, PlanCard
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.guard import of_personnel
from meibo.platform.once.guard import once

OPEN = "open"


def _is_correction(plan: PlanCard) -> bool:
    return plan.kind == CORRECTION


def _crowds_no_list(plan: PlanCard) -> bool:
    """Corrections come by the dozen, and once announced nobody looks for them here."""
    return not _is_correction(plan) or plan.state != ANNOUNCED


#: What the list shows: key → label, and which plans.
SHOWN: Mapping[str, tuple[str, Callable[[PlanCard], bool]]] = {
    OPEN: ("済んだ訂正のほか", _crowds_no_list),
    "transfers": ("異動案だけ", lambda plan: not _is_correction(plan)),
    "corrections": ("訂正だけ", _is_correction),
    "all": ("すべて", lambda plan: True),
}


@require_safe
@never_cache
@of_personnel
def plans(request: HttpRequest) -> HttpResponse:
    """One's own plans, with a form for a new one."""
    return _page(request, BeginForm())


def _page(request: HttpRequest, form: BeginForm, status: int = 200) -> HttpResponse:
    mine = drawer.plans(account_of(request))
    form.offer(mine)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else OPEN
    shown = {key: [plan for plan in mine if fits(plan)] for key, (_, fits) in SHOWN.items()}
    context = {
        "plans": shown[show],
        "show": show,
        "ways": [(key, label, len(shown[key])) for key, (label, _) in SHOWN.items()],
        "filtered": len(shown[OPEN]) < len(mine) or show != OPEN,
        "unclaimed": drawer.unclaimed(),
        "form": form,
    }
    return render(request, "personnel/plans/list.html", context, status=status)


@require_POST
@never_cache
@of_personnel
@once
def begin(request: HttpRequest) -> HttpResponse:
    """A new plan: empty, or with what is in another one."""
    form = BeginForm(request.POST)
    form.offer(drawer.plans(account_of(request)))
    if not form.is_valid():
        return _page(request, form, 422)
    values = form.cleaned_data
    number = making.begin(
        values["title"],
        values["day"],
        int(values["like"] or 0),
        actor=actor_of(request),
        now=timezone.now(),
    )
    return redirect("personnel:plan", number)


@require_POST
@never_cache
@of_personnel
@once
def claim(request: HttpRequest, number: int) -> HttpResponse:
    """Take over a plan that an intake laid in."""
    try:
        making.claim(number, actor=actor_of(request), now=timezone.now())
    except DrawerError:  # somebody else's by now, or none
        raise Http404 from None
    return redirect("personnel:plan", number)
