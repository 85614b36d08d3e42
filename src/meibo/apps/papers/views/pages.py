"""帳票: what there is, and what has to be chosen for each."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.papers.actions import keeping
from meibo.apps.papers.queries.catalogue import open_to
from meibo.apps.papers.queries.own import usable
from meibo.apps.papers.views.asking import Read, form_of, read, waits
from meibo.domain import calendar
from meibo.ledger import reader
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for

#: 部, 課 and 係 are offered.
_DEEPEST = 3


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Every form that the viewer may make."""
    viewer = frame_for(request).viewer
    groups = open_to(viewer)
    if not groups:
        raise PermissionDenied
    keeping.sweep(datetime.now(UTC))
    own = usable(actor_of(request).name, viewer).count()
    return render(request, "papers/index.html", {"groups": groups, "own": own})


@require_safe
@never_cache
def form(request: HttpRequest, key: str) -> HttpResponse:
    """One form: its choices, and the ways to make it."""
    found = form_of(request, key)
    return waits(request, found) or show(request, read(request, found, request.GET))


def show(
    request: HttpRequest, asked: Read, trouble: str = "", *, status: int = 200
) -> HttpResponse:
    """The page of a form, with what could not be made or read."""
    units = [
        unit
        for unit in reader.units(asked.frame.viewer, on=asked.asked.on)
        if unit["level"] <= _DEEPEST
    ]
    context: dict[str, object] = {
        "form": asked.form,
        "values": asked.values,
        "errors": asked.errors,
        "units": units if asked.form.unit else [],
        "trouble": trouble,
        "confirm": asked.form.bulk and request.GET.get("bulk") == "1" and not asked.errors,
        "told": _told(asked, units),
    }
    return render(request, "papers/form.html", context, status=status)


def _told(read: Read, units: list[reader.UnitCard]) -> list[str]:
    """What would be made, in words."""
    asked = read.asked
    first, last = asked.period()
    days = [first] if first == last else [first, last]
    period = "から".join(calendar.wareki(day) for day in days)
    when = f"{period}{'まで' if len(days) > 1 else ''}の発令" if read.form.period else ""
    where = next((unit["name"] for unit in units if unit.code == asked.unit), "すべての組織")
    who = f"選んだ{len(asked.people)}人" if asked.people else where
    return [when or f"{calendar.wareki(asked.on)}現在", who]
