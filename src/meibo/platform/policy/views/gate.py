"""Who may do what here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from meibo.domain.disclosure import Viewer
from meibo.platform.layout.frame import frame_for

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def drafts(viewer: Viewer) -> bool:
    """Whoever writes drafts: personnel."""
    return viewer.holds("hr")


def decides(viewer: Viewer) -> bool:
    """Whoever reads drafts and, as a second person, approves one: personnel and audit."""
    return viewer.holds("hr") or viewer.holds("audit")


def only(may: Callable[[Viewer], bool]) -> Callable[[View[Rest]], View[Rest]]:
    """A view for those alone who may."""

    def guard(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponse:
            if not may(frame_for(request).viewer):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard
