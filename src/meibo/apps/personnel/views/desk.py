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
    """The tasks of the viewer; who has none has no business here. What takes its time to count is
    fetched by the page itself, or by its link (`?counts=1`)."""
    groups = tasks(frame_for(request).viewer, whole=bool(request.GET.get("counts")))
    if not groups:
        raise PermissionDenied
    later = [each.task.name for _, own in groups for each in own if each.later]
    context = {"groups": groups, "later": ",".join(f"#waiting-{name}" for name in later)}
    return render(request, "personnel/desk.html", context)
