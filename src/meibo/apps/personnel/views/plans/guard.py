"""Who may open a plan: personnel, who have said what for, and are named on it. For everybody else
there is no such plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from meibo.ledger import drawer
from meibo.ledger.drawer import NotNamedError
from meibo.platform.layout.guard import of_personnel


def account_of(request: HttpRequest) -> str:
    """The name by which the drawer knows who asks."""
    return request.user.get_username()


def of_plan(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of one plan, for who is named on it: `view(request, plan, …)`. `number` in the
    address becomes the plan, a PlanCard."""

    @wraps(view)
    def guarded(request: HttpRequest, number: int, **more: Any) -> HttpResponseBase:
        try:
            plan = drawer.plan(number, account_of(request))
        except NotNamedError:
            raise Http404 from None
        return view(request, plan, **more)

    return of_personnel(guarded)
