"""内示, for those concerned: one's own lines and those of one's people, from the hour on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.personnel.actions import deciding as actions
from meibo.apps.personnel.queries.deciding.notices import lines_for
from meibo.apps.personnel.views.deciding.decisions import signed_in
from meibo.ledger import drawer


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
