"""The org chart: units folded to 課, opened in place; the large sheet; faces."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.directory.queries import chart as charts
from meibo.apps.directory.queries.finding import cleaned, page_of
from meibo.apps.directory.views.charting import Pen
from meibo.ledger import reader
from meibo.platform.layout.frame import frame_for

FACES_A_PAGE = 120


@require_safe
@never_cache
def chart(request: HttpRequest) -> HttpResponse:
    """組織図. `q` opens it where something was found; `people=1` draws everybody, for A3."""
    frame = frame_for(request)
    query = cleaned(request.GET.get("q", ""))
    full = request.GET.get("people") == "1"
    found = (
        charts.everyone(frame.viewer, frame.day)
        if full
        else charts.chart(frame.viewer, frame.day, query)
    )
    pen = Pen(found, frame.dated, lazy=not full)
    context = {"chart": found, "drawn": pen.draw(), "query": query, "full": full}
    partial = request.headers.get("HX-Target") == "chart"
    return render(
        request, "directory/chart_tree.html" if partial else "directory/chart.html", context
    )


@require_safe
@never_cache
def chart_people(request: HttpRequest, code: str) -> HttpResponse:
    """The people of one unit, for the place in the chart that was opened."""
    frame = frame_for(request)
    members = reader.members(frame.viewer, code, on=frame.day)
    pen = Pen(charts.Chart([], None), frame.dated, lazy=True)
    lines = "".join(pen.person(m.card, m.post) for m in members)
    return HttpResponse(mark_safe(lines))  # nosec B308  # escaped in parts


@require_safe
@never_cache
def faces(request: HttpRequest) -> HttpResponse:
    """写真名簿: the faces of one unit and of all below it."""
    frame = frame_for(request)
    units = [each for each in reader.units(frame.viewer, on=frame.day) if each["level"] <= 2]
    own = (frame.me or {}).get("unit_codes") or [each.code for each in units[:1]]
    code = request.GET.get("unit") or next(iter(own[:2][-1:]), "")
    unit = next((each for each in units if each.code == code), None)
    if unit is None and request.GET.get("unit"):
        raise Http404
    cards = reader.cards(frame.viewer, on=frame.day, unit=code) if unit else []
    page = Paginator(cards, FACES_A_PAGE).get_page(page_of(request.GET))
    context = {"unit": unit, "units": units, "page": page, "total": len(cards)}
    return render(request, "directory/faces.html", context)
