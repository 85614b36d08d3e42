"""Who may enter: personnel and payroll, who have said what for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from meibo.domain.disclosure import Viewer
from meibo.platform import door
from meibo.platform.layout.frame import frame_for

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]
DUTIES = ("hr", "payroll")


def exchanges(viewer: Viewer) -> bool:
    """Whether this is the viewer's work."""
    return any(viewer.holds(duty) for duty in DUTIES)


def of_exchange(view: View[Rest]) -> View[Rest]:
    """A view for personnel and payroll."""

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        viewer = frame_for(request).viewer
        if not exchanges(viewer):
            raise PermissionDenied
        if not viewer.ties.intersection(DUTIES):
            return door.ask_purpose(request)
        return view(request, *args, **kwargs)

    return guarded
