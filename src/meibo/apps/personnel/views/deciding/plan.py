"""The tab 決裁と発令 of a plan: from draft to announced, one step at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions import deciding as actions
from meibo.apps.personnel.actions.deciding import Approver
from meibo.apps.personnel.queries.deciding.afterwards import afterwards
from meibo.apps.personnel.queries.deciding.board import board
from meibo.apps.personnel.queries.deciding.deciders import Decider, deciders
from meibo.apps.personnel.queries.deciding.notices import addressed, unopened
from meibo.apps.personnel.queries.deciding.reading import contents
from meibo.apps.personnel.queries.deciding.route import account_named, heads, post_of
from meibo.apps.personnel.views.deciding.forms import ROUTE_LENGTH, NoticeForm
from meibo.apps.personnel.views.plans.guard import of_plan
from meibo.ledger import drawer
from meibo.ledger.drawer import EDIT, NOTICED, DrawerError, PlanCard
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.typed import whole

TOKYO = ZoneInfo("Asia/Tokyo")


@require_safe
@never_cache
@of_plan
def plan_deciding(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Where the plan stands, and what can be done next."""
    return _page(request, plan, NoticeForm(initial=_hour(plan)))


def _page(
    request: HttpRequest,
    plan: PlanCard,
    notice: NoticeForm,
    typed: list[str] | None = None,
    status: int = 200,
    asked: Sequence[Decider] = (),
) -> HttpResponse:
    frame, now = frame_for(request), timezone.now()
    found = board(plan, frame.today)
    given = plan.state == NOTICED and not plan.waits_for_notice(now)
    people = addressed(plan, frame.viewer) if plan.state == NOTICED else []
    route = typed if typed is not None else [each.account for each in found.route]
    context = {
        "plan": plan,
        "tab": "deciding",
        "board": found,
        "mine": plan.mine == EDIT,
        "route": [*route, *[""] * (ROUTE_LENGTH - len(route))][:ROUTE_LENGTH],
        "heads": heads(frame.today) if plan.state == drawer.DRAFT else [],
        "asked": asked,
        "sure": ",".join(each.account for each in asked),
        "words": request.POST.get("words", ""),
        "notice": notice,
        "given": given,
        "people": people,
        "unopened": unopened(people),
        "after": afterwards(plan.id, frame.viewer) if plan.state == drawer.ANNOUNCED else None,
    }
    return render(request, "personnel/deciding/plan.html", context, status=status)


@require_POST
@never_cache
@of_plan
def submit(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Lay the plan before those who decide."""
    today = frame_for(request).today
    typed = [text.strip() for text in request.POST.getlist("approver")][:ROUTE_LENGTH]
    approvers = []
    for text in filter(None, typed):
        account = account_named(text)
        if account is None:
            messages.error(request, f"「{text}」のアカウントはありません。")
            return _page(request, plan, NoticeForm(), typed, 422)
        post = post_of(account.person, today)
        approvers.append(Approver(account.username, account.person or "", post))
    asked = deciders(plan, approvers, today)
    if any(each.never for each in asked):
        names = "、".join(
            each.name.replace("\u3000", " ") or each.account for each in asked if each.never
        )
        messages.error(request, f"この案で異動する人は、この案を決裁できません（{names}）。")
        return _page(request, plan, NoticeForm(), typed, 422)
    sure = request.POST.get("sure") == ",".join(each.account for each in asked)
    if any(each.doubt for each in asked) and not sure:
        return _page(request, plan, NoticeForm(), typed, 422, asked)
    words, version = request.POST.get("words", ""), _version(request)
    actor, now = actor_of(request), timezone.now()

    def deed() -> None:
        actions.submit(
            plan.id, approvers, words, version=version, actor=actor, now=now, today=today
        )

    return _done(request, plan, deed, "決裁に出しました。")


@require_POST
@never_cache
@of_plan
def withdraw(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Make it a draft again."""
    actor, now, version = actor_of(request), timezone.now(), _version(request)
    return _done(
        request,
        plan,
        lambda: actions.withdraw(plan.id, version=version, actor=actor, now=now),
        "案に戻しました。直せます。",
    )


@require_POST
@never_cache
@of_plan
def notice(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Set the hour of notice."""
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _page(request, plan, form, status=422)
    values = form.cleaned_data
    at = datetime.combine(values["day"], values["hour"], TOKYO)
    actor, now, version = actor_of(request), timezone.now(), _version(request)
    try:
        actions.set_notice(plan.id, at, version=version, actor=actor, now=now)
    except DrawerError as error:  # what was chosen stays on the page
        form.add_error(None, str(error))
        return _page(request, plan, form, status=422)
    later = at > now
    said = "それまでは誰にも見えません。" if later else "本人と所属長が、もう開けます。"
    messages.success(request, f"内示の日時を決めました。{said}")
    return redirect("personnel:plan_deciding", plan.id)


@require_POST
@never_cache
@of_plan
def notice_back(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Take the notice back."""
    actor, now = actor_of(request), timezone.now()
    return _done(
        request,
        plan,
        lambda: actions.take_back_notice(plan.id, actor=actor, now=now),
        "内示を取りやめました。開いていた人には、別に知らせてください。",
    )


@require_safe
@never_cache
@of_plan
def announce_confirm(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """What would be announced, in numbers, once more."""
    if plan.mine != EDIT or plan.state not in {drawer.APPROVED, NOTICED}:
        return redirect("personnel:plan_deciding", plan.id)
    frame = frame_for(request)
    context = {
        "plan": plan,
        "board": board(plan, frame.today),
        "contents": contents(plan.id, frame.viewer),
        "early": plan.waits_for_notice(timezone.now()),
    }
    return render(request, "personnel/deciding/announce.html", context)


@require_POST
@never_cache
@of_plan
def announce(request: HttpRequest, plan: PlanCard) -> HttpResponse:
    """Ask for it to be announced."""
    actor, now = actor_of(request), timezone.now()
    try:
        job = actions.ask_to_announce(
            plan.id,
            version=_version(request),
            actor=actor,
            now=now,
            early=bool(request.POST.get("early")),
        )
    except DrawerError as error:
        messages.error(request, str(error))
        return redirect("personnel:plan_deciding", plan.id)
    return redirect("jobs:job", job.pk)


def _done(
    request: HttpRequest, plan: PlanCard, deed: Callable[[], object], said: str
) -> HttpResponse:
    try:
        deed()
    except DrawerError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("personnel:plan_deciding", plan.id)


def _version(request: HttpRequest) -> int:
    """The version of the plan that the page showed; none that there is where it says none."""
    return whole(request.POST.get("version", ""))


def _hour(plan: PlanCard) -> dict[str, object]:
    if plan.notice_at is None:
        return {"hour": time(9)}
    at = plan.notice_at.astimezone(TOKYO)
    return {"day": at.date(), "hour": at.time()}
