"""保存年限: the table, who is due, and the steps until a record goes. 人事 only."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.retention import actions, queries

_DONE = {
    "approve": "承認しました。",
    "withdraw": "提案を取り下げました。",
    "carry": "廃棄しました。この職員の記録は、もう読めません。",
}


def _personnel(request: HttpRequest) -> Frame:
    frame = frame_for(request)
    if not frame.viewer.holds("hr"):
        raise PermissionDenied
    return frame


@require_safe
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """The table in force, who is due, and what is proposed."""
    frame = _personnel(request)
    rules, findings = queries.table()
    due, proposed = queries.lines(frame.viewer, now=datetime.now(UTC), on=frame.today)
    context = {
        "rules": rules,
        "findings": findings,
        "due": due,
        "proposed": proposed,
        "needed": queries.NEEDED,
    }
    return render(request, "retention/overview.html", context)


@require_POST
@never_cache
def propose(request: HttpRequest) -> HttpResponse:
    """Those who were ticked."""
    frame = _personnel(request)
    people = request.POST.getlist("person")
    count = actions.propose(people, actor=actor_of(request), now=datetime.now(UTC), on=frame.today)
    if count:
        messages.success(request, f"{count}人の廃棄を提案しました。ほかの2人の承認を待ちます。")
    else:
        messages.error(request, "提案する職員を選んでください。何も変わっていません。")
    return redirect("retention:overview")


@require_POST
@never_cache
def step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """One step of a proposal: approve, withdraw, carry."""
    frame = _personnel(request)
    if step not in _DONE:
        raise Http404
    actor, now = actor_of(request), datetime.now(UTC)
    try:
        if step == "approve":
            actions.approve(number, actor=actor, now=now)
        elif step == "withdraw":
            actions.withdraw(number, actor=actor, now=now)
        else:
            actions.carry_out(number, actor=actor, now=now, on=frame.today)
        messages.success(request, _DONE[step])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("retention:overview")
