"""人事の仕事: everything there is to do, and what waits."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.workbench import tasks


@require_safe
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """The tasks of the viewer; who has none has no business here."""
    groups = tasks(frame_for(request).viewer)
    if not groups:
        raise PermissionDenied
    return render(request, "personnel/desk.html", {"groups": groups})
