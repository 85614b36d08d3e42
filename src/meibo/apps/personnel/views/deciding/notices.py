"""内示, for those concerned: one's own lines and those of one's people, from the hour on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.personnel.actions import deciding as actions
from meibo.apps.personnel.queries.deciding.notices import lines_for
from meibo.apps.personnel.queries.deciding.sheets import own_sheet
from meibo.apps.personnel.views.deciding.decisions import signed_in
from meibo.ledger import drawer
from meibo.platform.layout.handing import handed_out
from meibo.platform.papers import setting


@require_safe
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    """What may be read now. To open the page is to have read it, and personnel sees when."""
    viewer, now = signed_in(request).viewer, timezone.now()
    noticed = drawer.noticed_to(viewer, now)
    if noticed and viewer.person and request.method == "GET":
        actions.opened(viewer.person, noticed, now=now)
    lines = lines_for(viewer, noticed)
    context = {
        "own": [line for line in lines if line.kind == "own"],
        "leaves": [line for line in lines if line.kind == "leaves"],
        "joins": [line for line in lines if line.kind == "joins"],
    }
    return render(request, "personnel/deciding/notices.html", context)


@require_safe
@never_cache
def sheet(request: HttpRequest) -> HttpResponse:
    """内示書 of the visitor's own lines. To have it is to have read them. Nothing of it stands in
    the log that auditors read: they are not told who is spoken to before it is announced."""
    frame, now = signed_in(request), timezone.now()
    own = [each for each in drawer.noticed_to(frame.viewer, now) if each.own]
    ready = own_sheet(frame.viewer, own, frame.town)
    if not ready.count or frame.viewer.person is None:
        raise Http404
    actions.opened(frame.viewer.person, own, now=now)
    return handed_out(setting.pdf(ready.sheet, now=now), setting.PDF, "内示書.pdf", inline=True)
