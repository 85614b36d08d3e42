"""The people behind the numbers of the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.safety.models import Check
from meibo.apps.safety.queries.answers import helpful
from meibo.apps.safety.queries.board import HARM, HARMED, SORTS, sorted_out
from meibo.apps.safety.views.board import (
    by_role,
    crumbs,
    in_order,
    lines,
    place_asked,
    unit_asked,
)
from meibo.apps.safety.views.checks import found
from meibo.apps.safety.views.events import of_crisis
from meibo.domain.safety.words import STATUS
from meibo.domain.units import Organisation
from meibo.ledger import house, reader
from meibo.platform.audit.actions import Entry, actor_of, note
from meibo.platform.audit.acts import Act
from meibo.platform.layout.frame import frame_for

PAGE = 50
_HURT = HARMED | {HARM}
_MOST_HITS = 500
_LEVELS = 2  # 部 and 課; a choice of every 係 is too long for a thumb


@require_safe
@never_cache
@of_crisis
def people(request: HttpRequest, number: int) -> HttpResponse:
    """Who they are: a page of those who answered so, or not at all."""
    check, frame = found(number), frame_for(request)
    organisation = house.organisation(frame.today)
    unit, sort = unit_asked(request, organisation), request.GET.get("sort", "")
    if sort not in {"", *STATUS, *SORTS}:
        raise Http404
    rows, query = (
        sorted_out(check, sort, organisation.below(unit) if unit else None),
        _query(request),
    )
    if query:
        hits = reader.search(frame.viewer, query, on=frame.today, limit=_MOST_HITS).hits
        rows = rows.filter(person__in=[hit.card.id for hit in hits])
    place, roles = place_asked(request, check, frame.today)
    ordered = in_order(rows, organisation) if place is None else by_role(rows, roles)
    paged = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    shown = lines(frame, list(paged.object_list))
    told = _told(request, check, shown) if sort in _HURT else {}
    for line in shown:
        line["role"] = roles.get(line["called"].pk, "")
        line["told"] = told.get(line["called"].pk, ())
    context = {
        "check": check,
        "page": paged,
        "lines": shown,
        "place": place,
        "sort": sort,
        "sorts": [*SORTS.items(), *STATUS.items()],
        "title": {**SORTS, **STATUS}.get(sort, "聞いた人"),
        "unit": unit,
        "crumbs": crumbs(organisation, unit),
        "query": query,
        "units": _units(check, organisation, unit),
    }
    return render(request, "safety/people.html", context)


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()


def _units(check: Check, organisation: Organisation, unit: str) -> list[tuple[str, str]]:
    """What can be chosen: 部 and 課 in which somebody was asked; and what is chosen already."""
    asked = set(check.called.values_list("unit", flat=True).distinct())
    chains = [organisation.codes.get(code, ()) for code in asked]
    known = {code for chain in chains for code in chain[:_LEVELS]} | ({unit} - {""})
    ordered = sorted(known, key=lambda code: organisation.order[code])
    return [(code, " ".join(organisation.path(code))) for code in ordered]


def _told(
    request: HttpRequest, check: Check, shown: Sequence[dict[str, Any]]
) -> dict[int, tuple[tuple[str, str], ...]]:
    """Where those are who are hurt, and what they said: who goes to help has no time to open one
    page after the other. That it was looked at is noted of whoever said anything."""
    told = helpful([line["called"] for line in shown])
    said = {line["called"].person for line in shown if told.get(line["called"].pk)}
    if said:
        detail = {"what": "answer-read", "check": check.pk}
        entry = Entry(Act.EMERGENCY, detail, said, check.title)
        note(entry, actor=actor_of(request), now=timezone.now())
    return told
