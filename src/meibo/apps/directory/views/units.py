"""A unit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.directory.queries.chart import below
from meibo.apps.directory.queries.keeping import keeps
from meibo.apps.directory.queries.units import unit_life, unit_links, unit_page
from meibo.apps.directory.views.charting import Pen
from meibo.platform.layout.frame import frame_for

VIEWS = {"list": "一覧", "photos": "写真", "chart": "図"}


@require_safe
@never_cache
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a unit on a day. An abolished unit stays findable: its page names successors,
    or when it was there."""
    frame = frame_for(request)
    page = unit_page(frame.viewer, code, frame.day)
    if page is None:
        links = unit_links(frame.viewer, code)
        life = [] if links else unit_life(frame.viewer, code, frame.day)
        if not links and not life:
            raise Http404
        absent = {"code": code, "links": links, "life": life}
        return render(request, "directory/unit_gone.html", absent, status=404)
    shown = request.GET.get("view", "")
    context = {"page": page, "unit": page.unit, "views": VIEWS.items()}
    context["shown"] = shown if shown in VIEWS else "list"
    context["keeps"] = not frame.other_day and keeps(frame.viewer, code)
    if shown == "chart":
        found = below(frame.viewer, code, frame.day)
        context["drawn"] = Pen(found, frame.dated, lazy=True).draw()
    return render(request, "directory/unit.html", context)
