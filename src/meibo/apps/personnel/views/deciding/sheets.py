"""書類 of a plan before it is announced: 内示書 and drafts of 辞令, for who may open the plan."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions import deciding as actions
from meibo.apps.personnel.actions.deciding.printing import INFORMAL, KINDS, LETTER, can_be_made
from meibo.apps.personnel.queries.deciding.notices import Addressed, addressed
from meibo.apps.personnel.queries.deciding.sheets import printed, set_sheet
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.ledger.drawer import ANNOUNCED, DrawerError, PlanCard
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.audit.actions import actor_of
from meibo.platform.door import taking_out
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.handing import handed_out
from meibo.platform.once.guard import once
from meibo.platform.papers import beside, setting

#: So many people are listed at once, each with sheets of their own; the rest is looked for.
LISTED = 200


@require_safe
@never_cache
@of_plan
def notice_sheets(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """What can be printed of the plan as it stands, for everybody or for one."""
    if plan.state == ANNOUNCED:
        return redirect("personnel:plan_deciding", plan.id)
    people = _people(request, plan)
    sought = request.GET.get("q", "").strip()
    plain = sought.replace(" ", "").replace("\u3000", "")
    found = [each for each in people if plain in each.name.replace("\u3000", "")]
    context = {
        "plan": plan,
        "tab": "deciding",
        "people": found[:LISTED],
        "sought": sought,
        "more": len(found) - LISTED,
        "found": len(found),
        "count": len(people),
        "unopened": sum(each.opened is None for each in people),
        "many": len(people) > beside.AT_ONCE,
        "informal": can_be_made(INFORMAL, plan),
        "letter": can_be_made(LETTER, plan),
    }
    return render(request, "personnel/deciding/notice_sheets.html", context)


@require_safe
@never_cache
@of_plan
@taking_out
@needs_recent_sign_in
def sheet(request: HttpRequest, plan: PlanCard, kind: str) -> HttpResponse:
    """The PDF, for everybody, for one (`?person=`), or for who has not opened theirs
    (`?unopened=1`)."""
    people = _chosen(request, plan, kind)
    now = datetime.now(UTC)
    if len(people) > beside.AT_ONCE:
        messages.error(request, "人数が多いため、「まとめて作る」で作ってください。")
        return redirect("personnel:plan_notice_sheets", plan.id)
    viewer, actor = frame_for(request).viewer, actor_of(request)
    try:
        ready = set_sheet(plan.id, kind, people, viewer, actor=actor, now=now)
    except DrawerError as error:
        messages.error(request, str(error))
        return redirect("personnel:plan_notice_sheets", plan.id)
    for remark in ready.remarks:
        messages.warning(request, remark)
    name = f"{ready.sheet.title}_異動案{plan.id}.pdf"
    return handed_out(setting.pdf(ready.sheet, now=now), setting.PDF, name, inline=True)


@require_POST
@never_cache
@of_plan
@taking_out
@needs_recent_sign_in
@once
def ask_for_sheet(request: HttpRequest, plan: PlanCard, kind: str) -> HttpResponse:
    """The same as a job, for any number."""
    chosen = _chosen(request, plan, kind)
    people = chosen if request.POST.get("unopened") == "1" else None
    actor, now = actor_of(request), datetime.now(UTC)
    try:
        job = actions.ask_for_sheet(plan.id, kind, people, actor=actor, now=now)
    except DrawerError as error:
        messages.error(request, str(error))
        return redirect("personnel:plan_notice_sheets", plan.id)
    return redirect("jobs:job", job.pk)


def _people(request: HttpRequest, plan: PlanCard) -> list[Addressed]:
    there = {draft.line.person for draft in printed(plan.id)}
    viewer = frame_for(request).viewer
    return [each for each in addressed(plan, viewer) if each.person in there]


def _chosen(request: HttpRequest, plan: PlanCard, kind: str) -> list[str]:
    """Whom the sheet is for. 404 for a kind there is not, and for nobody."""
    if kind not in KINDS:
        raise Http404
    given = request.GET if request.method == "GET" else request.POST
    one, unopened = given.get("person", ""), given.get("unopened") == "1"
    found = [
        each.person
        for each in _people(request, plan)
        if one in {"", each.person} and not (unopened and each.opened)
    ]
    if one and not found:
        raise Http404
    return found
