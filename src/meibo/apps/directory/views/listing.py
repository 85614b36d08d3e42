"""The list and its files."""

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.directory.queries.finding import page_of
from meibo.apps.directory.queries.listing import KINDS, Listing, listing, rows, wish_of
from meibo.apps.directory.views.exporting import as_csv, as_xlsx
from meibo.ledger import reader
from meibo.platform import door
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.door import taking_out
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.layout.handing import handed_out
from meibo.platform.watching import exported

LINES = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: 部, 課 and 係 are offered as filters.
DEEPEST = 3


def _found(request: HttpRequest, *, strict: bool = False) -> tuple[Frame, Listing]:
    frame = frame_for(request)
    return frame, listing(frame.viewer, wish_of(request.GET), frame.day, strict=strict)


def _to_take(request: HttpRequest) -> tuple[Frame, Listing]:
    """The list for a file, which cannot say that its day or its filters are others than those that
    were asked for."""
    if door.unread_day(request):
        raise BadRequest
    return _found(request, strict=True)


@require_safe
@never_cache
def list_page(request: HttpRequest) -> HttpResponse:
    """一覧. Filters, columns and order stand in the address, so that it can be kept and sent."""
    frame, found = _found(request)
    units = [u for u in reader.units(frame.viewer, on=frame.day) if u["level"] <= DEEPEST]
    whole = request.GET.get("all") == "1"
    lines_a_page = max(len(found.cards), 1) if whole else LINES
    page = Paginator(found.cards, lines_a_page).get_page(page_of(request.GET))
    lines = [(card, [column.text(card) for column in found.columns]) for card in page]
    dropped = " ".join("kind" if f.key == "concurrent" else f.key for f in found.refused)
    context = {
        "found": found,
        "units": units,
        "dropped": dropped,
        "page": page,
        "lines": lines,
        "kinds": KINDS.items(),
    }
    return render(request, "directory/list.html", context)


def file_of(frame: Frame, content: bytes, kind: str, ending: str) -> HttpResponse:
    """A list as a file, named by the day it is of."""
    return handed_out(content, kind, f"名簿_{frame.day.isoformat()}.{ending}")


@require_safe
@never_cache
@taking_out
@needs_recent_sign_in
def list_csv(request: HttpRequest) -> HttpResponse:
    """The whole list as CSV."""
    frame, found = _to_take(request)
    heads = [column.label for column in found.columns]
    content = as_csv(heads, rows(found.cards, found.columns))
    exported(request, "csv", heads, len(found.cards))
    return file_of(frame, content, "text/csv; charset=utf-8", "csv")


@require_safe
@never_cache
@taking_out
@needs_recent_sign_in
def list_xlsx(request: HttpRequest) -> HttpResponse:
    """The whole list as a workbook."""
    frame, found = _to_take(request)
    heads = [column.label for column in found.columns]
    content = as_xlsx(f"名簿 {frame.day.isoformat()}", heads, rows(found.cards, found.columns))
    exported(request, "xlsx", heads, len(found.cards))
    return file_of(frame, content, XLSX, "xlsx")
