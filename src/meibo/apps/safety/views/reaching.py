"""What becomes of messages: of a check, of everybody in quiet times, of one's own addresses; and
where gateways tell of it."""

from __future__ import annotations

import hmac
import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.safety.actions.reaching import reports, steps, trials
from meibo.apps.safety.actions.reaching.steps import ResendError
from meibo.apps.safety.actions.reaching.trials import TrialError
from meibo.apps.safety.models import Check, Message, Posted, Round
from meibo.apps.safety.queries import heard
from meibo.apps.safety.queries import reaching as told
from meibo.apps.safety.queries.fallen import fell
from meibo.apps.safety.views.events import of_crisis
from meibo.domain.safety.gateways import Provider, named
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for

_MOST = 64 * 1024  # bytes of a report
_SHOWN = 50
_FEW = 20
"""Of whom there are no news: before the first drill that is everybody."""


@require_safe
@never_cache
@of_crisis
def reaching(request: HttpRequest, number: int) -> HttpResponse:
    """How far a check has come, route by route, and whom nothing of it reaches."""
    check = get_object_or_404(Check, pk=number)
    ended = check.closed_at is not None or check.until <= timezone.now()
    lost = told.not_reached(check, frame_for(request).viewer)
    carried = set(settings.MEIBO_REACHING.routes())
    waiting = Message.objects.filter(called__check_asked=check, bulletin=None, state=Posted.QUEUED)
    stuck = sorted(set(waiting.values_list("route", flat=True)) - carried)
    context = {
        "check": check,
        "states": told.STATES.values(),
        "rows": [
            (route, list(zip(told.STATES.values(), counts, strict=True)))
            for route, counts in told.states_of(check, ended=ended)
        ],
        "lost": lost[:_SHOWN],
        "count": len(lost),
        "rest": len(lost) - _SHOWN,
        "reasons": told.reasons(lost),
        "rounds": Round.objects.filter(check_asked=check).order_by("step"),
        "stuck": [named(route) for route in stuck],
        "troubles": waiting.exclude(trouble="").values_list("trouble", flat=True).distinct()[:5],
        "reaching": settings.MEIBO_REACHING,
        "unsent": waiting.count() if ended else 0,
        "open": not ended,
        "quiet": check.called.filter(answered_at=None, arrived_at=None).count(),
        "fell": fell(check),
    }
    return render(request, "safety/reaching.html", context)


@require_POST
@never_cache
@of_crisis
def resend(request: HttpRequest, number: int) -> HttpResponse:
    """Ask again whoever has not answered; after one more look where its telegram was taken back."""
    check = get_object_or_404(Check, pk=number)
    open_now = check.closed_at is None and check.until > timezone.now()
    if open_now and fell(check) is not None and "sure" not in request.POST:
        quiet = check.called.filter(answered_at=None, arrived_at=None).count()
        context = {"check": check, "fell": fell(check), "quiet": quiet}
        return render(request, "safety/resend_sure.html", context)
    try:
        count = steps.resend(check, actor=actor_of(request), now=timezone.now())
    except ResendError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"答えのない職員に、{count:,}通を送り直します。")
    return redirect("safety:reaching", number)


@require_safe
@never_cache
@of_crisis
def unreached(request: HttpRequest) -> HttpResponse:
    """In quiet times: whom no way reaches, why, and who mends it."""
    lost, people = told.unreachable(frame_for(request).viewer)
    share = 100 * (people - len(lost)) / people if people else 0
    known = heard.known(frame_for(request).viewer, settings.MEIBO_REACHING, timezone.now())
    context = {
        "lost": lost[:_SHOWN],
        "count": len(lost),
        "rest": len(lost) - _SHOWN,
        "reasons": told.reasons(lost),
        "people": people,
        "share": share,
        "missing": told.uncarried(),
        "known": known,
        "unheard": known.unheard[:_FEW],
        "more": len(known.unheard) - _FEW,
        "probing": settings.MEIBO_REACHING.probing,
    }
    return render(request, "safety/unreached.html", context)


@require_safe
@never_cache
def ways(request: HttpRequest) -> HttpResponse:
    """By which ways a message would come to whoever is at the browser."""
    frame = frame_for(request)
    ways = told.own_ways(_person(request), frame.today)
    return render(request, "safety/ways.html", {"ways": ways})


@require_POST
@never_cache
def try_out(request: HttpRequest) -> HttpResponse:
    """Send a trial to every address of one's own."""
    try:
        count, idle = trials.try_out(_person(request), now=timezone.now())
    except TrialError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{count}つの宛先に送ります。1分ほどで届きます。")
        if idle:
            messages.warning(request, f"{'と'.join(idle)}には送りません。{trials.NOBODY}")
    return redirect("safety:ways")


@require_POST
@never_cache
def arrived(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a trial arrived."""
    if not trials.arrived(_person(request), number, now=timezone.now()):
        raise Http404
    messages.success(request, "届いたことを記録しました。")
    return redirect("safety:ways")


@csrf_exempt  # a machine without a session; its token is the proof
@login_not_required
@never_cache
@require_POST
def gateway_told(request: HttpRequest, provider: str) -> HttpResponse:
    """A gateway tells what became of messages: JSON or a form, one or a list."""
    found = next((p for p in settings.MEIBO_REACHING.providers if p.name == provider), None)
    if found is None or not _is_it(request, found):
        return HttpResponse(status=403)
    if len(request.body) > _MOST:
        return HttpResponse(status=413)
    try:
        said = json.loads(request.body) if _is_json(request) else request.POST.dict()
    except ValueError:
        return HttpResponse(status=400)
    rows = said if isinstance(said, list) else [said]
    now = timezone.now()
    known = [isinstance(row, dict) and reports.told(found, row, now=now) for row in rows]
    return HttpResponse(status=204 if all(known) else 404)


def _is_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json"


def _is_it(request: HttpRequest, provider: Provider) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = provider.reports.token
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _person(request: HttpRequest) -> str:
    person = frame_for(request).viewer.person
    if person is None:
        raise PermissionDenied
    return person
