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

from meibo.apps.safety.actions import mustering, picturing
from meibo.apps.safety.actions.answering import answer
from meibo.apps.safety.face import after, again, upload
from meibo.apps.safety.face import page as drawn
from meibo.apps.safety.face.form import SHEET, Wrong, read
from meibo.apps.safety.face.page import FULL
from meibo.apps.safety.face.store import Asked, Told
from meibo.apps.safety.face.upload import PhotoError
from meibo.apps.safety.models import Called
from meibo.apps.safety.queries.given import last_said
from meibo.apps.safety.queries.links import called_of


@csrf_exempt  # the link is the proof; there is no session that could be abused
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, take the answer, thank; then instructions, pictures, the code for the gate."""
    now = timezone.now()
    called = called_of(token, now)
    if called is None:
        return _page(drawn.gone(), 410)
    wish = request.META.get("QUERY_STRING", "")
    if request.method != "POST":
        if wish == "code":
            return _page(after.code(_asked(called), request.path))
        if wish == after.SENT:
            return _page(after.photo_kept(_told(called), called.photos.count()))
        if request.method == "GET":
            _opened(called, now)
        return _ask(called, now)
    if wish == "photo":
        return _photo(request, called, now)
    if wish == "read":
        return _read(request, called, now)
    return _take(request, called, now)


def _ask(called: Called, now: datetime) -> HttpResponse:
    asked, told = _asked(called), _told(called) if called.status else []
    values = again.last(asked, now, last_said(called))
    return _page(after.ask(asked, told, family=settings.MEIBO_ASK_FAMILY, values=values))


def _take(request: HttpRequest, called: Called, now: datetime) -> HttpResponse:
    family: bool = settings.MEIBO_ASK_FAMILY
    values = {name: str(value) for name, value in request.POST.items()}
    given = read(values, family=family, now=now)
    if isinstance(given, Wrong):
        text = drawn.ask(_asked(called), family=family, wrong=given.text, values=given.values)
        return _page(text, 422)
    answer(called, given)
    full = FULL in request.POST
    phone: str = settings.MEIBO_SAFETY_PHONE
    return _page(after.thanks(given, _told(called), phone=phone, full=full))


def _photo(request: HttpRequest, called: Called, now: datetime) -> HttpResponse:
    try:
        kept = picturing.keep(called, _picture(request), now=now)
    except PhotoError as error:
        return _page(after.photo_wrong(str(error)), 422)
    if not kept:
        return _page(after.photo_wrong(upload.ENOUGH), 422)
    return HttpResponse(status=303, headers={"Location": f"?{after.SENT}"})


def _picture(request: HttpRequest) -> bytes:
    """Read here and not by Django, which lays large files down in the clear for a moment."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > upload.MOST_BYTES:
        raise PhotoError(upload.LARGE)  # before any of it is read
    return upload.picture(request.META.get("CONTENT_TYPE", ""), request.read(length))


def _read(request: HttpRequest, called: Called, now: datetime) -> HttpResponse:
    number = request.POST.get("bulletin", "")
    if request.POST.get(SHEET[0]) == SHEET[1] and number.isascii() and number.isdigit():
        bulletin = called.check_asked.bulletins.filter(pk=int(number)).first()
        if bulletin is not None:
            mustering.read(bulletin, called, now=now)
    return _page(after.noted(_told(called)))


def _page(text: str, status: int = 200) -> HttpResponse:
    """With the policy of this page, whose style and script are in it to spare the line."""
    return HttpResponse(text, status=status, headers={"Content-Security-Policy": drawn.POLICY})


def _asked(called: Called) -> Asked:
    check = called.check_asked
    newest = check.bulletins.first()
    return Asked(
        check.kind,
        check.title,
        check.message,
        called.status,
        called.answered_at,
        called.first_at,
        called.arrived_at,
        called.comes,
        called.arrives_at,
        called.photos.count(),
        check.closed_at is not None,
        newest.text if newest else None,
        newest.at if newest else None,
    )


def _told(called: Called) -> list[Told]:
    """Instructions of a check that was not ended."""
    if called.check_asked.closed_at is not None:
        return []
    read_ones = set(called.receipt_set.values_list("bulletin", flat=True))
    rows = called.check_asked.bulletins.all()
    return [Told(each.pk, each.at, each.text, each.pk in read_ones) for each in rows]


def _opened(called: Called, now: datetime) -> None:
    Called.objects.filter(pk=called.pk, opened_at=None).update(opened_at=now)
