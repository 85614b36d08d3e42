"""First staffing: whoever arrives is put to a task of the plan, by a tap."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meibo.apps.safety.actions import mustering
from meibo.apps.safety.actions.mustering import MusterError
from meibo.apps.safety.models import Called, Check
from meibo.apps.safety.queries import muster
from meibo.apps.safety.queries.staffing import Crew, crew
from meibo.apps.safety.views.board import lines
from meibo.apps.safety.views.checks import found
from meibo.apps.safety.views.events import of_crisis
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.typed import whole

_SHOWN, _KEPT = 30, 100
_OTHER = "外しませんでした。見ている間に、ほかの人が外したか、別の仕事に付けました。"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_crisis
def staffing(request: HttpRequest, number: int) -> HttpResponse:
    """Tasks and what they lack; who is free, and where they should go."""
    check, frame = found(number), frame_for(request)
    if request.method == "POST":
        try:
            _deed(request, check)
        except MusterError as error:
            messages.error(request, str(error))
        return redirect("safety:staffing", number)
    now = crew(check, frame.today)
    proposed = dict(now.free)
    free = [
        (line, proposed[line["called"]]) for line in _posted(frame, list(proposed)[:_SHOWN], now)
    ]
    busy = Called.objects.filter(check_asked=check).exclude(staffing=None)
    busy = busy.select_related("staffing").order_by("-staffing__at")[:_SHOWN]
    context = {
        "check": check,
        "tasks": now.tasks,
        "free": free,
        "kept": _posted(frame, now.kept[:_KEPT], now),
        "keeping": len(now.kept),
        "count": len(now.free),
        "now": timezone.now(),
        "over": mustering.is_over(check, timezone.now()),
        "ready": sum(put is not None for _, put in free),
        "busy": lines(frame, list(busy), contacts=False),
    }
    return render(request, "safety/staffing.html", context)


def _posted(frame: Frame, called: list[Called], now: Crew) -> list[dict[str, Any]]:
    """Lines, each with the place in the disaster organisation."""
    shown = lines(frame, called, contacts=False)
    for line in shown:
        line["posted"] = now.posts.get(line["called"].person)
    return shown


def _seen(request: HttpRequest, check: Check) -> dict[int, str]:
    """The proposals that were on the page when all of them were taken, as far as they still are
    for somebody who waits for one."""
    waiting = {each.pk for each, put in crew(check, frame_for(request).today).free if put}
    given = (each.partition(" ") for each in request.POST.getlist("put"))
    names = {task.name for task in muster.tasks()}
    return {int(n): name for n, _, name in given if whole(n) in waiting and name in names}


def _deed(request: HttpRequest, check: Check) -> None:
    given, actor, now = request.POST, actor_of(request), timezone.now()
    called = whole(given.get("called", ""))
    if "release" in given:
        seen = whole(given.get("seen", ""))
        if mustering.release(check, called, seen, actor=actor, now=now):
            messages.success(request, "仕事から外しました。着いた記録は残っています。")
        else:
            messages.error(request, _OTHER)
        return
    names = {task.name for task in muster.tasks()}
    if "all" in given:
        wanted = _seen(request, check)
    else:
        wanted = {called: given.get("task", "")} if given.get("task") in names else {}
    count = mustering.staff(check, wanted, actor=actor, now=now)
    if count:
        messages.success(request, f"{count}人を仕事に付けました。")
    else:
        messages.error(request, "付けられませんでした。ほかの人が先に付けたかもしれません。")
