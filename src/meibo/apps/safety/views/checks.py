"""安否確認: all of them, and the end of one. Their start and their boards stand beside this."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.safety.actions import starting
from meibo.apps.safety.models import Check
from meibo.apps.safety.queries.board import totals
from meibo.apps.safety.queries.questions import open_questions
from meibo.apps.safety.queries.templates import templates
from meibo.apps.safety.views.events import of_crisis
from meibo.platform.audit.actions import actor_of
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


@require_POST
@never_cache
@of_crisis
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Ask nobody any more."""
    if starting.close(found(number), actor=actor_of(request), now=timezone.now()):
        messages.success(request, "終わりにしました。遅れて届く答えは、受け付けます。")
    else:
        messages.info(request, "もう終わっています。")
    return redirect("safety:board", number)


def found(number: int) -> Check:
    """The check of this number, or none."""
    check = Check.objects.filter(pk=number).first()
    if check is None:
        raise Http404
    return check
