"""What the engine of telegrams asks crisis management: start a check, or not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.safety.actions import deciding
from meibo.apps.safety.actions.deciding import DecideError
from meibo.apps.safety.queries.questions import answered, asked
from meibo.apps.safety.queries.watch import on_watch, unknown
from meibo.apps.safety.views.events import of_crisis
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.who import who
from meibo.platform.typed import whole


@require_safe
@never_cache
@of_crisis
def questions(request: HttpRequest) -> HttpResponse:
    """What is open, with whom a start would call; and what was decided before."""
    return _page(request)


def _page(request: HttpRequest, trouble: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {"open": asked(now), "past": answered(), "now": now, "trouble": trouble}
    context |= {"watch": on_watch(frame_for(request).viewer), "unknown": unknown()}
    return render(request, "safety/questions.html", context, status=status)


@require_POST
@never_cache
@of_crisis
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Start, or not. Whoever comes second, or has not seen the newest telegram, is told."""
    version, actor, now = whole(request.POST.get("version", "")), actor_of(request), timezone.now()
    try:
        if "start" in request.POST:
            check = deciding.begin(number, version, actor=actor, now=now)
            messages.success(request, "安否確認を送り始めました。")
            return redirect("safety:board", check.pk)
        if "add" in request.POST:
            chosen = whole(request.POST["add"])
            check = deciding.add(number, version, chosen, actor=actor, now=now)
            messages.success(request, "続いている安否確認に加え、指示で知らせました。")
            return redirect("safety:board", check.pk)
        deciding.decline(number, version, actor=actor, now=now)
    except DecideError as error:
        named = who(frame_for(request).viewer, [error.by])
        return _page(request, str(error).replace("{by}", named.get(error.by, "")), status=409)
    messages.success(
        request, "始めないことにしました。いまより重くなったときは、もう一度たずねます。"
    )
    return redirect("safety:questions")
