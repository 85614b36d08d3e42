"""A found set into a plan: a row for each of its people, still without a place to go to."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meibo.apps.personnel.actions.plans import rows as actions
from meibo.apps.personnel.views.plans.grid import ROWS
from meibo.apps.personnel.views.plans.guard import account_of
from meibo.ledger import drawer
from meibo.ledger.drawer import DrawerError
from meibo.platform.audit.actions import actor_of
from meibo.platform.found import SETS, Found
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.guard import of_personnel
from meibo.platform.once.guard import once


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_personnel
@once
def from_set(request: HttpRequest) -> HttpResponse:
    """Which of one's plans the people of a set go into; then into it."""
    found = _set(request)
    open_to = [plan for plan in drawer.plans(account_of(request)) if plan.changeable]
    status = 200
    if request.method == "POST":
        chosen = request.POST.get("plan", "")
        plan = next((each for each in open_to if str(each.id) == chosen), None)
        if plan is None:
            messages.error(request, "案を選んでください。決裁に出した案には入れられません。")
            status = 422
        else:
            return _put(request, plan, found)
    context = {"found": found, "plans": open_to}
    return render(request, "personnel/plans/from_set.html", context, status=status)


def _set(request: HttpRequest) -> Found:
    """One's own set of this number; 404 for any other, as for none."""
    text = request.GET.get("set", "")
    number = int(text) if text.isdecimal() and len(text) < 10 else 0
    found = SETS.of(account_of(request), number, frame_for(request).today)
    if found is None:
        raise Http404
    return found


def _put(request: HttpRequest, plan: drawer.PlanCard, found: Found) -> HttpResponse:
    """Those who have a row already get no second one."""
    there = {draft.line.person for draft in drawer.lines(plan.id)}
    people = [person for person in found.people if person not in there]
    day = plan.day or frame_for(request).today
    try:
        if people:
            actor, now = actor_of(request), timezone.now()
            actions.add_people(plan.id, people, day, actor=actor, now=now)
    except DrawerError as error:
        messages.error(request, str(error))
        return redirect("personnel:plan", plan.id)
    had = len(found.people) - len(people)
    kept = f"もう案にいる{had}人は加えていません。" if had else ""
    messages.success(request, f"{len(people)}人を加えました。{kept}用語と新所属を書いてください。")
    last = (plan.lines + len(people) - 1) // ROWS + 1  # where the new rows are
    return redirect(f"{reverse('personnel:plan', args=[plan.id])}?page={max(last, 1)}")
