"""比べる: what two days have different."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.directory.queries.compare import comparison
from meibo.ledger import reader
from meibo.platform.layout.frame import fiscal_year_start, frame_for
from meibo.platform.layout.wording import as_date


def _next_turn(today: date) -> date:
    """The next 1 April, the day of the great transfer."""
    start = fiscal_year_start(today)
    return start.replace(year=start.year + 1)


@require_safe
@never_cache
def compare(request: HttpRequest) -> HttpResponse:
    """Compare `from` with `to`; without them today with the next 1 April."""
    frame = frame_for(request)
    start = as_date(request.GET.get("from")) or frame.today
    end = as_date(request.GET.get("to")) or _next_turn(frame.today)
    unit = request.GET.get("unit", "")
    units = [each for each in reader.units(frame.viewer, on=end) if each["level"] <= 2]
    context = {
        "found": comparison(frame.viewer, start, end, unit),
        "units": units,
        "unit": unit,
        "turn": _next_turn(frame.today),
    }
    return render(request, "directory/compare.html", context)
