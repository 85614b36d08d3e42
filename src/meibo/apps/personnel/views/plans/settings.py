"""設定: what a plan is called, who is named on it, and throwing it away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meibo.apps.personnel.actions.plans import making
from meibo.apps.personnel.queries.deciding.route import account_named
from meibo.apps.personnel.queries.deciding.turns import named
from meibo.apps.personnel.views.plans.forms import DescribeForm, NameForm
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.ledger.drawer import DrawerError, PlanCard, StaleError
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_plan
def settings(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """The plan as a whole."""
    if request.method != "POST":
        return _page(request, plan, _described(plan), NameForm())
    form = DescribeForm(request.POST)
    if not form.is_valid():
        return _page(request, plan, form, NameForm(), 422)
    try:
        making.describe(plan.id, form.cleaned_data, actor=actor_of(request), now=timezone.now())
    except StaleError:
        form.add_error(
            None,
            f"ほかの人が先に変えました。いまの名前は「{plan.title}」です。見て、もう一度保存してください。",
        )
        form.data = {**request.POST.dict(), "version": plan.version}
        return _page(request, plan, form, NameForm(), 409)
    except DrawerError as error:
        form.add_error(None, str(error))
        return _page(request, plan, form, NameForm(), 422)
    messages.success(request, "保存しました。")
    return redirect("personnel:plan_settings", plan.id)


def _page(
    request: HttpRequest, plan: PlanCard, form: DescribeForm, names: NameForm, status: int = 200
) -> HttpResponse:
    context = {
        "plan": plan,
        "tab": "settings",
        "form": form,
        "names": names,
        "named": named(plan.id, frame_for(request).today),
        "roles": dict(names.fields["role"].choices),  # type: ignore[attr-defined]  # a ChoiceField
    }
    return render(request, "personnel/plans/settings.html", context, status=status)


@require_POST
@never_cache
@of_plan
def names(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Let somebody open the plan, or no more."""
    actor, now = actor_of(request), timezone.now()
    form = NameForm(request.POST)
    try:
        if "remove" in request.POST:
            making.unname(plan.id, request.POST["remove"], actor=actor, now=now)
        elif form.is_valid():
            given = form.cleaned_data
            account = account_named(given["account"])
            called = account.username if account else given["account"]
            making.name(plan.id, called, given["role"], actor=actor, now=now)
    except DrawerError as error:
        form.is_valid()
        form.add_error(None, str(error))
    if form.errors and "remove" not in request.POST:
        return _page(request, plan, _described(plan), form, 422)
    return redirect("personnel:plan_settings", plan.id)


def _described(plan: PlanCard) -> DescribeForm:
    initial = {"title": plan.title, "day": plan.day, "note": plan.note, "version": plan.version}
    return DescribeForm(initial=initial)


@require_POST
@never_cache
@of_plan
def discard(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Throw the plan away, for who has said that they mean it: nothing brings it back."""
    if not request.POST.get("sure"):
        messages.error(request, "捨てていません。捨てるときは、先に確かめの印を付けてください。")
        return redirect("personnel:plan_settings", plan.id)
    try:
        making.discard(plan.id, actor=actor_of(request), now=timezone.now())
    except DrawerError as error:
        messages.error(request, str(error))
        return redirect("personnel:plan_settings", plan.id)
    messages.success(request, f"「{plan.title}」を捨てました。")
    return redirect("personnel:plans")
