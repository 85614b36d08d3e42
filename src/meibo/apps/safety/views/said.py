"""What somebody said in a check, and the pictures that they sent. Every look of somebody else is
noted before anything is shown."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.safety.actions import picturing
from meibo.apps.safety.models import Called, Photo
from meibo.apps.safety.queries import answers
from meibo.domain.documents import DocumentError, kind_of
from meibo.ledger import reader
from meibo.platform.audit.actions import Entry, actor_of, note
from meibo.platform.audit.acts import Act
from meibo.platform.layout.frame import frame_for

_PICTURE = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'"


@require_safe
@never_cache
def said(request: HttpRequest, number: int) -> HttpResponse:
    """All answers of one person in one check."""
    frame, now = frame_for(request), timezone.now()
    called = answers.seen_by(frame.viewer, number, now)
    card = called and reader.card(frame.viewer, called.person, on=frame.today)
    if called is None or card is None:
        raise Http404
    _noted(request, called, "answer-read")
    context = {
        "called": called,
        "card": card,
        "rows": answers.shown(called),
        "photos": answers.photos(called),
        "own": called.person == frame.viewer.person,
    }
    return render(request, "safety/said.html", context)


@require_safe
@never_cache
def photo(request: HttpRequest, number: int, photo: int) -> HttpResponse:
    """One picture. What it is, is told by how it begins; nothing in it may run or load anything."""
    called = answers.seen_by(frame_for(request).viewer, number, timezone.now())
    kept = Photo.objects.filter(called=called, pk=photo).first() if called else None
    if called is None or kept is None:
        raise Http404
    _noted(request, called, "answer-photo")
    content = picturing.content_of(kept)
    try:
        kind = kind_of(content or b"")
    except DocumentError as error:
        raise Http404 from error
    if not kind.startswith("image/"):
        raise Http404
    return HttpResponse(content, content_type=kind, headers={"Content-Security-Policy": _PICTURE})


def _noted(request: HttpRequest, called: Called, what: str) -> None:
    if called.person == frame_for(request).viewer.person:
        return
    detail = {"what": what, "check": called.check_asked_id}
    entry = Entry(Act.EMERGENCY, detail, (called.person,), called.check_asked.title)
    note(entry, actor=actor_of(request), now=timezone.now())
