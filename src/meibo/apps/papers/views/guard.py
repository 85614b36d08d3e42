"""Who may enter the pages that keep a register or figures of personnel."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from meibo.platform import door
from meibo.platform.layout.frame import frame_for

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def of_personnel(view: View[Rest]) -> View[Rest]:
    """A view for personnel, who have said what for."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        viewer = frame_for(request).viewer
        if not viewer.holds("hr"):
            raise PermissionDenied
        if "hr" in viewer.waiting:
            return door.ask_purpose(request)
        return view(request, *args, **kwargs)

    return guarded
