"""The one door: who is looking, and at which day.

A page asks here for its viewer and its 基準日 and reads through `ledger.reader` with them. A duty
that shows what no colleague sees waits here until the visitor has said what for, so that no page
can forget to ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from meibo.domain import calendar
from meibo.domain.disclosure import Viewer
from meibo.ledger import policy, ties
from meibo.platform.accounts.models import Account
from meibo.platform.emergency.queries import event_of, open_event
from meibo.platform.grants import queries as grants
from meibo.platform.purpose.kept import current, taken
from meibo.platform.watching import told

Rest = ParamSpec("Rest")
TOKYO = ZoneInfo("Asia/Tokyo")


def moment() -> datetime:
    """This moment, for what is written down on the way in."""
    return timezone.now()


def today() -> date:
    """The day in Tokyo, where every ward is."""
    return timezone.now().astimezone(TOKYO).date()


def viewer_for(request: HttpRequest) -> Viewer:
    """The viewer of a request: ties by tenures and duties of today; without sign-in, 住民."""
    kept = getattr(request, "meibo_viewer", None)
    if isinstance(kept, Viewer):
        return kept
    account = request.user
    purpose = taken(request, now=timezone.now())
    if isinstance(account, Account) and account.is_active:
        viewer = ties.viewer_of(account.person, duties_of(account), today())
        viewer = viewer if purpose else ties.waiting(viewer)
        viewer = _in_event(request, viewer)
        told(request).purpose = purpose.words if purpose else ""
    else:
        viewer = Viewer(frozenset({"public"}), today())
    request.meibo_viewer = viewer  # type: ignore[attr-defined]  # one viewer a request
    return viewer


def read_day(text: str) -> date | None:
    """A day as people write it: 2027-04-01, 2027/4/1, 20270401, 令和9年4月1日, R9.4.1. None for
    nothing and for what is no day."""
    found = calendar.parse_date(text)
    return found if isinstance(found, date) else None


def duties_of(account: Account) -> frozenset[str]:
    """The duties in force today: a person's grants, or what an account without a person has."""
    if account.person:
        return grants.duties_of(account.person, today())
    return frozenset(account.duties)


def viewer_of_job(username: str, on: date) -> Viewer | None:
    """The viewer whom work beside the pages is done for, with the eyes they have when it is done;
    None where the account is closed."""
    account = Account.objects.filter(username=username, is_active=True).first()
    return ties.viewer_of(account.person, duties_of(account), on) if account else None


def _in_event(request: HttpRequest, viewer: Viewer) -> Viewer:
    """The viewer while an event is open: where the table has an `e` for any of their ties, it
    holds, and the event is kept beside the request for the band and for the log."""
    event = open_event(timezone.now())
    if event is None:
        return viewer
    held = viewer.ties.union(viewer.over)
    if not policy.table(viewer.today).waits_for_event(held):
        return viewer
    request.meibo_event = event  # type: ignore[attr-defined]  # one event a request
    return replace(viewer, event=True)


def taking_out(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """A view that hands out a list as a file: for who has said what for, and else it asks."""

    @wraps(view)
    def asking(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        viewer_for(request)
        if current(request) is None and event_of(request) is None:
            return ask_purpose(request, file="1")
        return view(request, *args, **kwargs)

    return asking


def ask_purpose(request: HttpRequest, **more: str) -> HttpResponse:
    """Ask what for, and come back to where the request went."""
    asked = {"next": request.get_full_path(), **more}
    return redirect(f"{reverse('purpose:choose')}?{urlencode(asked)}")


def day_for(request: HttpRequest) -> date:
    """基準日: `?on=`, today where it is missing or no day (see `unread_day`)."""
    return read_day(request.GET.get("on", "")) or today()


def unread_day(request: HttpRequest) -> str:
    """What was given for the 基準日 and cannot be read; empty where all is well."""
    text = request.GET.get("on", "").strip()
    return text if text and read_day(text) is None else ""
