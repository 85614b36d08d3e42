"""Pages for those who hold a duty, and have said what for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from meibo.platform import door
from meibo.platform.layout.frame import frame_for

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, Rest], Answer]


def holding(
    *duties: str,
) -> Callable[[View[Rest, Answer]], View[Rest, Answer | HttpResponse]]:
    """A view for those who hold one of these duties; while all that they hold of them wait, it is
    asked what for. Everybody else is refused."""

    def guard(view: View[Rest, Answer]) -> View[Rest, Answer | HttpResponse]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> Answer | HttpResponse:
            viewer = frame_for(request).viewer
            if not any(map(viewer.holds, duties)):
                raise PermissionDenied
            if not viewer.ties.intersection(duties):
                return door.ask_purpose(request)
            return view(request, *args, **kwargs)

        return guarded

    return guard


#: For the personnel section.
of_personnel = holding("hr")
