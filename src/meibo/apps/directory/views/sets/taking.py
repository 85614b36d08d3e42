"""Taking a set along: as CSV and workbook, mail addresses, labels."""

from __future__ import annotations

from urllib.parse import quote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.directory.queries.fields import BY_KEY
from meibo.apps.directory.queries.listing import columns_of, rows
from meibo.apps.directory.queries.sets import Members, members
from meibo.apps.directory.views.exporting import as_csv, as_xlsx
from meibo.apps.directory.views.listing import XLSX, file_of
from meibo.apps.directory.views.sets.pages import mine
from meibo.ledger import reader
from meibo.platform import door
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.door import taking_out
from meibo.platform.layout.frame import frame_for
from meibo.platform.watching import exported

#: A mail program takes an address of about two thousand characters.
LONGEST = 1800


def _laid(request: HttpRequest, number: int) -> Members:
    if door.unread_day(request):
        raise BadRequest
    frame = frame_for(request)
    found = mine(request, number)
    return members(frame.viewer, found.people, frame.day, columns_of(request.GET))


@require_safe
@never_cache
@taking_out
@needs_recent_sign_in
def as_csv_file(request: HttpRequest, number: int) -> HttpResponse:
    """The set as CSV, in the columns shown."""
    laid = _laid(request, number)
    heads = [column.label for column in laid.columns]
    content = as_csv(heads, rows(laid.cards, laid.columns))
    exported(request, "csv", heads, len(laid.cards))
    return file_of(frame_for(request), content, "text/csv; charset=utf-8", "csv")


@require_safe
@never_cache
@taking_out
@needs_recent_sign_in
def as_xlsx_file(request: HttpRequest, number: int) -> HttpResponse:
    """The set as a workbook, in the columns shown."""
    frame = frame_for(request)
    laid = _laid(request, number)
    heads = [column.label for column in laid.columns]
    content = as_xlsx(f"名簿 {frame.day.isoformat()}", heads, rows(laid.cards, laid.columns))
    exported(request, "xlsx", heads, len(laid.cards))
    return file_of(frame, content, XLSX, "xlsx")


@require_safe
@never_cache
@taking_out
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """The mail addresses of a set, to be copied or written to at once."""
    frame = frame_for(request)
    found = mine(request, number)
    only = frozenset({"name", "mail"})
    cards = reader.cards(frame.viewer, on=frame.day, ids=found.people, only=only)
    addresses = list(dict.fromkeys(str(card["mail"]) for card in cards if card.get("mail")))
    exported(request, "mail", [BY_KEY["mail"].label], len(addresses))
    target = "mailto:?bcc=" + quote(",".join(addresses), safe="@,.-_+")
    context = {
        "found": found,
        "addresses": addresses,
        "without": [card for card in cards if not card.get("mail")],
        "target": target if len(target) <= LONGEST else "",
        "number": str(number),
    }
    return render(request, "directory/sets/mail.html", context)


@require_safe
@never_cache
@taking_out
def labels(request: HttpRequest, number: int) -> HttpResponse:
    """Card labels for printing: unit, post, name."""
    frame = frame_for(request)
    found = mine(request, number)
    only = frozenset({"name", "record_name", "kana", "unit", "post"})
    cards = reader.cards(frame.viewer, on=frame.day, ids=found.people, only=only)
    exported(request, "labels", ["氏名", "所属", "職"], len(cards))
    context = {"found": found, "cards": cards, "number": str(number)}
    return render(request, "directory/sets/labels.html", context)
