"""The page behind the link, served by the house itself. Looking answers nothing, so a robot that
follows links changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from meibo.apps.safety.actions.answering import answer
from meibo.apps.safety.face import page as drawn
from meibo.apps.safety.face.form import Wrong, read
from meibo.apps.safety.face.store import Asked
from meibo.apps.safety.models import Called
from meibo.apps.safety.queries.links import called_of


@csrf_exempt  # the link is the proof; there is no session that could be abused
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, take the answer, thank."""
    now = timezone.now()
    called = called_of(token, now)
    if called is None:
        return _page(drawn.gone(), 410)
    family: bool = settings.MEIBO_ASK_FAMILY
    if request.method != "POST":
        if request.method == "GET":
            _opened(called, now)
        return _page(drawn.ask(_asked(called), family=family))
    values = {name: str(value) for name, value in request.POST.items()}
    given = read(values, family=family, now=now)
    if isinstance(given, Wrong):
        text = drawn.ask(_asked(called), family=family, wrong=given.text, values=given.values)
        return _page(text, 422)
    answer(called, given)
    return _page(drawn.thanks(given))


def _page(text: str, status: int = 200) -> HttpResponse:
    """With the policy of this page, whose style and script are in it to spare the line."""
    return HttpResponse(text, status=status, headers={"Content-Security-Policy": drawn.POLICY})


def _asked(called: Called) -> Asked:
    check = called.check_asked
    return Asked(
        *(check.kind, check.title, check.message),
        *(called.status, called.answered_at, called.first_at),
    )


def _opened(called: Called, now: datetime) -> None:
    Called.objects.filter(pk=called.pk, opened_at=None).update(opened_at=now)
