"""比べる: what two days have different."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.directory.queries.compare import comparison
from meibo.ledger import reader
from meibo.platform import door
from meibo.platform.layout.frame import fiscal_year_start, frame_for


def _next_turn(today: date) -> date:
    """The next 1 April, the day of the great transfer."""
    start = fiscal_year_start(today)
    return start.replace(year=start.year + 1)


@require_safe
@never_cache
def compare(request: HttpRequest) -> HttpResponse:
    """Compare `from` with `to`; without them today with the next 1 April."""
    frame = frame_for(request)
    asked = [request.GET.get(name, "").strip() for name in ("from", "to")]
    start = door.read_day(asked[0]) or frame.today
    end = door.read_day(asked[1]) or _next_turn(frame.today)
    unit = request.GET.get("unit", "")
    units = [each for each in reader.units(frame.viewer, on=end) if each["level"] <= 2]
    context = {
        "found": comparison(frame.viewer, start, end, unit),
        "units": units,
        "unit": unit,
        "unread": [text for text in asked if text and door.read_day(text) is None],
        "turn": _next_turn(frame.today),
    }
    return render(request, "directory/compare.html", context)
