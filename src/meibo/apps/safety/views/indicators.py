"""指標: whether the house is reached, and answers, better than before."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.safety.queries.indicators import GOAL, briefs, trend
from meibo.apps.safety.queries.reaching import uncarried
from meibo.apps.safety.queries.reports import took, took_so_far
from meibo.apps.safety.views.events import of_crisis
from meibo.platform.figures import FIGURES
from meibo.platform.layout.frame import frame_for

#: What is known of addresses before anything happens; each as far as somebody has registered it.
_BEFORE = ("reach", "contacts-confirmed")


@require_safe
@never_cache
@of_crisis
def indicators(request: HttpRequest) -> HttpResponse:
    """Before a disaster: how many can be reached. After checks: how they went, one by one."""
    today = frame_for(request).today
    found = briefs()
    before = [(FIGURES[key].label, *FIGURES[key].read(today)) for key in _BEFORE if key in FIGURES]
    context = {
        "before": [
            (label, count, of, 100 * count / of if of else 0.0) for label, count, of in before
        ],
        "goal": GOAL,
        "missing": uncarried(),
        "rows": [
            (
                each,
                [took_so_far(each.check, t) for t in each.times.values()],
                _since(each.arrived, each.supported),
            )
            for each in found
        ],
        "trend": trend(found) if len(found) > 1 else None,
    }
    return render(request, "safety/figures.html", context)


def _since(*times: timedelta | None) -> list[str]:
    return ["―" if time is None else took(time) for time in times]
