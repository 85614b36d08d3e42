"""The first page and the results, which are one page: the box stays, what is below it changes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from meibo.apps.directory.queries import finding
from meibo.apps.directory.queries.home import own_section
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.layout.waiting import Asker, Waiting, waiting

#: Under the box of the top bar only the first few are shown.
QUICK = 8


def _htmx(request: HttpRequest) -> HtmxDetails:
    details: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # set by its middleware
    return details


@require_safe
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """さがす. With `q`, the results; without, one's own section. As one types, only what is below
    the box is sent (`HX-Target`)."""
    frame = frame_for(request)
    query = finding.cleaned(request.GET.get("q", ""))
    htmx = _htmx(request)
    if htmx and htmx.target == "quick":
        found = finding.find(frame.viewer, query, frame.day, size=QUICK) if query else None
        return render(request, "directory/find_quick.html", {"found": found, "query": query})
    context = {"query": query, "hide_search": True}
    if query:
        context["found"] = finding.find(
            frame.viewer, query, frame.day, finding.page_of(request.GET)
        )
    else:
        context["section"] = own_section(frame.viewer, frame.me, frame.day)
        asker = Asker(actor_of(request).name, frame.viewer, timezone.now())
        # What waits does so today; who looks at another day has something else in hand.
        context["waiting"] = Waiting() if frame.other_day else waiting(asker)
    if not htmx:
        return render(request, "directory/find.html", context)
    response = render(request, "directory/find_results.html", context)
    response["HX-Replace-Url"] = _address(frame, query)
    return response


def _address(frame: Frame, query: str) -> str:
    if not query:
        return frame.dated(reverse("directory:home"))
    return frame.dated(f"{reverse('directory:search')}", q=query)
