"""安否確認: all of them, and the end of one. Their start and their boards stand beside this."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.safety.actions import starting
from meibo.apps.safety.models import Check
from meibo.apps.safety.queries.board import totals
from meibo.apps.safety.queries.ending import last_look
from meibo.apps.safety.queries.questions import open_questions
from meibo.apps.safety.queries.templates import templates
from meibo.apps.safety.views.events import of_crisis
from meibo.platform.audit.actions import actor_of
from meibo.platform.emergency.models import Kind
from meibo.platform.emergency.queries import open_event
from meibo.platform.typed import whole

_SHOWN = 20


@require_safe
@never_cache
@of_crisis
def checks(request: HttpRequest) -> HttpResponse:
    """All checks, the newest first; and the templates to begin with."""
    rows = [(check, totals(check)) for check in Check.objects.all()[:_SHOWN]]
    number = whole(request.GET.get("set", ""))
    context = {
        "rows": rows,
        "templates": templates(),
        "waiting": open_questions().count(),
        "found": number if number > 0 else "",
    }
    return render(request, "safety/checks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_crisis
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Ask nobody any more, after a last look at who would be left alone; a drill needs none."""
    check = found(number)
    sure = request.method == "POST" and ("sure" in request.POST or check.kind == Kind.DRILL)
    if not sure and check.closed_at is None:
        look = last_look(check)
        context = {"check": check, "look": look, "event": open_event(timezone.now())}
        return render(request, "safety/close.html", context)
    if sure and starting.close(check, actor=actor_of(request), now=timezone.now()):
        messages.success(request, "終わりにしました。遅れて届く答えは、受け付けます。")
    else:
        messages.info(request, "もう終わっています。")
    return redirect("safety:board", number)


@require_POST
@never_cache
@of_crisis
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Go on with what was ended by mistake."""
    if starting.reopen(found(number), actor=actor_of(request), now=timezone.now()):
        messages.success(request, "もう一度開きました。答えていない人に、続けて聞きます。")
    else:
        messages.error(request, "開き直せません。続いているか、終わってから1日が過ぎています。")
    return redirect("safety:board", number)


def found(number: int) -> Check:
    """The check of this number, or none."""
    check = Check.objects.filter(pk=number).first()
    if check is None:
        raise Http404
    return check
