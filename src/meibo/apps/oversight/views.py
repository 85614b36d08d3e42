"""監査ログ, 目立つ使われ方 and 控え for the auditor; 閲覧履歴 for everybody."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.oversight.queries.lines import shown
from meibo.apps.oversight.queries.unusual import notable, rules
from meibo.apps.oversight.writing import as_csv
from meibo.platform import door
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.audit import anchors as kept
from meibo.platform.audit import queries
from meibo.platform.audit.actions import Entry, actor_of, note
from meibo.platform.audit.acts import LABELS, Act
from meibo.platform.audit.queries import Wish
from meibo.platform.layout.frame import Frame, frame_for

LINES = 100
MOST_EXPORTED = 100_000
DAYS = 30


def _auditor(request: HttpRequest) -> Frame:
    """The frame of a request by an auditor; whoever else asks is refused."""
    frame = frame_for(request)
    if not frame.viewer.holds("audit"):
        raise PermissionDenied
    return frame


def _now() -> datetime:
    return timezone.now()


def _day(request: HttpRequest, name: str) -> date | None:
    """A day that was asked for; that one could not be read is said, for the list is longer then."""
    text = request.GET.get(name, "").strip()
    found = door.read_day(text)
    if text and found is None:
        messages.warning(request, f"「{text}」は日付として読めないので、絞り込みに使っていません。")
    return found


def _wish(request: HttpRequest) -> Wish:
    asked = request.GET
    return Wish(
        act=asked.get("act", ""),
        actor=asked.get("actor", "").strip(),
        subject=asked.get("subject", "").strip(),
        since=_day(request, "since"),
        until=_day(request, "until"),
        text=asked.get("text", "").strip(),
    )


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 1


@require_safe
@never_cache
def log(request: HttpRequest) -> HttpResponse:
    """The log, newest first, as far as the auditor asked for it. Looking is noted, too."""
    frame = _auditor(request)
    wish = _wish(request)
    note(Entry(Act.AUDIT, {"page": "oversight:log"}), actor=actor_of(request), now=_now())
    page = Paginator(queries.records(wish), LINES).get_page(_page(request))
    context = {
        "page": page,
        "lines": shown(frame.viewer, page.object_list),
        "wish": wish,
        "acts": [(act.value, label) for act, label in LABELS.items()],
    }
    return render(request, "oversight/log.html", context)


@require_safe
@never_cache
@needs_recent_sign_in
def log_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    _auditor(request)
    for name in ("since", "until"):  # a file cannot say that it holds more than was asked for
        if request.GET.get(name) and door.read_day(request.GET[name]) is None:
            raise BadRequest(name)
    found = queries.records(_wish(request))[:MOST_EXPORTED]
    lines = [queries.line(record) for record in found]
    entry = Entry(Act.EXPORT, {"kind": "csv", "page": "oversight:log", "count": len(lines)})
    note(entry, actor=actor_of(request), now=_now())
    response = HttpResponse(as_csv(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return response


@require_safe
@never_cache
def unusual(request: HttpRequest) -> HttpResponse:
    """What stands out in the last 30 days, or between two days."""
    frame = _auditor(request)
    until = _day(request, "until") or frame.today
    since = _day(request, "since") or until - timedelta(days=DAYS)
    context = {
        "found": notable(since, until),
        "rules": rules().values(),
        "since": since,
        "until": until,
    }
    return render(request, "oversight/unusual.html", context)


@require_safe
@never_cache
def anchors(request: HttpRequest) -> HttpResponse:
    """The anchors of all days, to be printed and kept where nobody of the house can change them."""
    _auditor(request)
    context = {"days": kept.days()[::-1], "newest": queries.newest()}
    return render(request, "oversight/anchors.html", context)


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """閲覧履歴: who looked at one's own record, at what, when and what for."""
    frame = frame_for(request)
    if frame.viewer.person is None:
        raise PermissionDenied
    page = Paginator(queries.about(frame.viewer.person), LINES).get_page(_page(request))
    context = {"page": page, "lines": shown(frame.viewer, page.object_list)}
    return render(request, "oversight/mine.html", context)
