"""人事カレンダー: what falls due, month by month, and with whom."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions import duedays as actions
from meibo.apps.personnel.queries import duedays as queries
from meibo.domain.calendar import day_in_japan
from meibo.domain.due import DueRule
from meibo.domain.due.reckoning import months_after
from meibo.ledger import reader
from meibo.platform import door
from meibo.platform.accounts.recent import needs_recent_sign_in
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.guard import of_personnel
from meibo.platform.layout.handing import handed_out
from meibo.platform.papers.files import as_csv
from meibo.platform.watching import exported

_MONTHS = 13
_BACK = 365


@require_safe
@never_cache
@of_personnel
def calendar(request: HttpRequest) -> HttpResponse:
    """What is to be begun with, then every month from the one that is asked for."""
    today = frame_for(request).today
    start = door.read_day(request.GET.get("from", "")) or today
    first = start.replace(day=1)
    last = months_after(first, _MONTHS)
    rule = request.GET.get("rule", "")
    found = queries.groups(first, date.fromordinal(last.toordinal() - 1), today=today, rule=rule)
    late = date.fromordinal(today.toordinal() - _BACK)
    near = [g for g in queries.groups(late, last, today=today, rule=rule) if g.near(today)]
    months: dict[date, list[queries.Group]] = {}
    for group in found:
        months.setdefault(group.day.replace(day=1), []).append(group)
    known = queries.rules()
    context = {
        "near": near,
        "months": months.items(),
        "first": first,
        "before": months_after(first, -12),
        "after": months_after(first, 12),
        "rules": known.rules.values(),
        "findings": known.findings,
        "rule": rule,
        "ages": queries.ages().steps,
    }
    return render(request, "personnel/duedays/calendar.html", context)


@require_safe
@never_cache
@of_personnel
def due_list(request: HttpRequest, rule: str, day: str) -> HttpResponse:
    """With whom something falls due on a day; ticked ones are marked as settled."""
    frame = frame_for(request)
    asked, on = _asked(rule, day)
    unit = request.GET.get("unit", "")
    found = queries.lines(frame.viewer, rule, on, unit=unit)
    state = request.GET.get("state", "open")
    shown = [x for x in found if state == "all" or (x.mark is None) == (state == "open")]
    units = [u for u in reader.units(frame.viewer, on=frame.today) if u["level"] <= 2]
    context = {
        "rule": asked,
        "day": on,
        "lines": shown,
        "total": len(found),
        "settled": sum(1 for x in found if x.mark),
        "unit": unit,
        "units": units,
        "state": state,
        "told_by": queries.TOLD_BY[rule],
    }
    return render(request, "personnel/duedays/list.html", context)


@require_POST
@never_cache
@of_personnel
def mark(request: HttpRequest, rule: str, day: str) -> HttpResponse:
    """Mark those who were ticked as settled, or take the marks back."""
    _asked(rule, day)
    chosen = queries.chosen(request.POST.getlist("key"), today=frame_for(request).today)
    actor, now = actor_of(request), timezone.now()
    undo = request.POST.get("act") == "reopen"
    if not chosen:
        messages.error(request, "職員を選んでください。何も変わっていません。")
    elif undo:
        count = actions.reopen(chosen, actor=actor, now=now)
        messages.success(request, f"{count}件の「済み」を取り消しました。")
    else:
        count = actions.settle(chosen, request.POST.get("note", ""), actor=actor, now=now)
        messages.success(request, f"{count}件を済みにしました。「済み」の一覧から取り消せます。")
    kept = {k: v for k in ("unit", "state") if (v := request.POST.get(k))}
    address = reverse("personnel:due_list", args=(rule, day))
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)


@require_safe
@never_cache
@door.taking_out
@needs_recent_sign_in
@of_personnel
def due_csv(request: HttpRequest, rule: str, day: str) -> HttpResponse:
    """The list as a file."""
    viewer = frame_for(request).viewer
    asked, on = _asked(rule, day)
    found = queries.lines(viewer, rule, on, unit=request.GET.get("unit", ""))
    heads = ["期限", "件名", "職員番号", "氏名", "所属", "職", "内容", "済み", "メモ"]
    rows = [
        [
            *(on.isoformat(), asked.label, str(x.card.get("staff_no") or "")),
            *(str(x.card.get("name") or ""), " ".join(x.card.get("unit_path") or [])),
            *(str(x.card.get("post") or ""), x.due.about),
            *((day_in_japan(x.mark.marked_at).isoformat(), x.mark.note) if x.mark else ("", "")),
        ]
        for x in found
    ]
    exported(request, "csv", heads, len(rows))
    content = as_csv(heads, rows)
    return handed_out(content, "text/csv; charset=utf-8", f"{asked.label}_{day}.csv")


def _asked(rule: str, day: str) -> tuple[DueRule, date]:
    found, on = queries.rules().rules.get(rule), door.read_day(day)
    if found is None or on is None:
        raise Http404
    return found, on
