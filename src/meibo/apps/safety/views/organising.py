"""災対組織: drafts and what holds, place by place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meibo.apps.safety.actions import organising
from meibo.apps.safety.actions.organising import PlanError, StartError
from meibo.apps.safety.models import DisasterPlan
from meibo.apps.safety.queries.organising import lines, places, plan_on, replaced
from meibo.apps.safety.views.events import of_crisis
from meibo.domain.safety.organising import KINDS, ROLES
from meibo.ledger import reader
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.typed import whole

_HITS = 20
SHOWN = frozenset({"name", "kana", "unit", "post"})


class DraftForm(forms.Form):
    """A plan for a year."""

    title = forms.CharField(label="名前", max_length=80, help_text="例：2027年度の災対組織")
    starts = forms.DateField(label="始まる日", widget=forms.DateInput(attrs={"type": "date"}))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_crisis
def plans(request: HttpRequest) -> HttpResponse:
    """All plans; and a new draft by proposal."""
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            plan = organising.draft(
                values["title"], values["starts"], actor=actor_of(request), now=timezone.now()
            )
        except PlanError as error:
            form.add_error("starts" if isinstance(error, StartError) else None, str(error))
        else:
            messages.success(request, "いまの所属と住所から、案をつくりました。")
            return redirect("safety:plan", plan.pk)
    context = {
        "form": form,
        "plans": DisasterPlan.objects.all(),
        "held": plan_on(frame_for(request).today),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "safety/plans.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_crisis
def plan_page(request: HttpRequest, number: int) -> HttpResponse:
    """A plan; with `?place=` the people of a place."""
    plan = DisasterPlan.objects.filter(pk=number).first()
    if plan is None:
        raise Http404
    if request.method == "POST":
        if _deed(request, plan):
            return redirect("safety:plans")
        return redirect(request.get_full_path())
    known = {each.code: each for each in places()}
    place = known.get(request.GET.get("place", ""))
    context: dict[str, Any] = {
        "plan": plan,
        "lines": lines(plan),
        "kinds": KINDS,
        "place": place,
        "places": known.values(),
        "roles": ROLES.items(),
        "discarding": "discard" in request.GET and not plan.approved_at,
        "own": plan.drafted_by == actor_of(request).name,
        "people_in": plan.assignments.count(),
    }
    if not plan.approved_at:
        context["replaced"] = replaced(plan)
    if place is not None:
        query = request.GET.get("q", "").strip()
        context |= {"people": _people(request, plan, place.code), "query": query}
        context["hits"] = _sought(request, plan, query) if query and not plan.approved_at else []
    return render(request, "safety/plan.html", context)


def _people(request: HttpRequest, plan: DisasterPlan, place: str) -> list[tuple[reader.Card, str]]:
    roles = dict(plan.assignments.filter(place=place).values_list("person", "role"))
    frame, order = frame_for(request), list(ROLES)
    cards = reader.cards(frame.viewer, on=frame.today, ids=roles, only=SHOWN)
    return sorted(((c, roles[c.id]) for c in cards), key=lambda each: order.index(each[1]))


def _sought(request: HttpRequest, plan: DisasterPlan, query: str) -> list[tuple[reader.Card, str]]:
    """Whom the house's own search finds, with where they stand in the plan already."""
    frame = frame_for(request)
    cards = [hit.card for hit in reader.search(frame.viewer, query, on=frame.today).hits][:_HITS]
    known = {each.code: each.name for each in places()}
    rows = plan.assignments.filter(person__in=[card.id for card in cards])
    where = {person: known.get(code, code) for person, code in rows.values_list("person", "place")}
    return [(card, where.get(card.id, "")) for card in cards]


def _deed(request: HttpRequest, plan: DisasterPlan) -> bool:
    """Approve it, throw it away, or put somebody elsewhere; whether there is no plan any more."""
    given, actor, now = request.POST, actor_of(request), timezone.now()
    version = whole(given.get("version", ""))
    try:
        if "approve" in given:
            replaces = whole(given.get("replaces", ""), 0)
            organising.approve(plan, version, replaces=replaces, actor=actor, now=now)
            messages.success(request, "承認しました。始まる日から、この組織で動きます。")
        elif "discard" in given:
            organising.discard(plan, version, actor=actor, now=now)
            messages.success(request, f"案「{plan.title}」を捨てました。")
            return True
        else:
            person, place, role = (given.get(name, "") for name in ("person", "place", "role"))
            organising.move(plan, version, person, place, role, actor=actor, now=now)
            messages.success(request, "直しました。")
    except PlanError as error:
        messages.error(request, str(error))
    return False
