"""What each check was like afterwards: its report, and all that happened in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.safety.models import Check
from meibo.apps.safety.queries import learning
from meibo.apps.safety.queries.happened import happened
from meibo.apps.safety.queries.reports import as_table, as_tables, homes, log_table, times
from meibo.apps.safety.views.events import of_crisis
from meibo.platform.layout.frame import frame_for, town
from meibo.platform.layout.handing import handed_out
from meibo.platform.layout.who import who
from meibo.platform.papers import setting
from meibo.platform.papers.files import as_csv

TOKYO = ZoneInfo("Asia/Tokyo")
_CSV = "text/csv; charset=utf-8"


@require_safe
@never_cache
@of_crisis
def report(request: HttpRequest, number: int, form: str = "") -> HttpResponse:
    """What a check was like: a page, a PDF, a CSV; nobody is named."""
    check = get_object_or_404(Check, pk=number)
    made = learning.report(check)
    name = f"安否確認の報告-{check.pk}"
    if form == "csv":
        heads, rows = as_table(made)
        return handed_out(as_csv(heads, rows), _CSV, f"{name}.csv")
    if form == "pdf":
        now = timezone.now()
        sheet = as_tables(made).sheet(town(), None)
        return handed_out(setting.pdf(sheet, now=now), setting.PDF, f"{name}.pdf")
    context = {"check": check, "report": made, "times": times(made), "tables": as_tables(made)}
    context["homes"] = homes(made)
    context["reach"] = made.whole.percent(made.whole.reached)
    return render(request, "safety/report.html", context)


@require_safe
@never_cache
@of_crisis
def log(request: HttpRequest, number: int, form: str = "") -> HttpResponse:
    """All that happened in a check, in order of time."""
    check = get_object_or_404(Check, pk=number)
    lines = happened(check, timezone.now() + timedelta(seconds=1))
    if form:
        named = who(frame_for(request).viewer, {each.by for each in lines})
        lines = [replace(each, by=named.get(each.by, "")) for each in lines]
    if form == "csv":
        rows = [
            [f"{each.at.astimezone(TOKYO):%Y-%m-%d} {each.clock}", each.kind, each.text, each.by]
            for each in lines
        ]
        content = as_csv(["時刻", "種類", "内容", "した人"], rows)
        return handed_out(content, _CSV, f"安否確認の記録-{check.pk}.csv")
    if form == "pdf":
        sheet = log_table(check, lines).sheet(town(), None)
        content = setting.pdf(sheet, now=timezone.now())
        return handed_out(content, setting.PDF, f"安否確認の記録-{check.pk}.pdf")
    return render(request, "safety/happened.html", {"check": check, "lines": lines})
