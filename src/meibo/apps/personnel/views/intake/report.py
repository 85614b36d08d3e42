"""The report of an intake: page, sheet, file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.personnel.models import Intake
from meibo.apps.personnel.queries.reports import Report, report_of
from meibo.platform.audit.actions import Entry, actor_of, note
from meibo.platform.audit.acts import Act
from meibo.platform.layout.guard import of_personnel
from meibo.platform.layout.handing import handed_out
from meibo.platform.papers.files import as_csv


@require_safe
@never_cache
@of_personnel
def intake_report(request: HttpRequest, number: int) -> HttpResponse:
    """The page, which prints as it is."""
    found = _loaded(number)
    context = {"intake": found, "report": report_of(found)}
    return render(request, "personnel/intake/report.html", context)


@require_safe
@never_cache
@of_personnel
def intake_report_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet."""
    report = _noted(request, number, "pdf")
    return handed_out(report.as_pdf(), "application/pdf", f"取込の報告_{number}.pdf")


@require_safe
@never_cache
@of_personnel
def intake_report_csv(request: HttpRequest, number: int) -> HttpResponse:
    """The file. It holds numbers and names of files, nothing of a person."""
    report = _noted(request, number, "csv")
    heads, *rows = report.cells()
    return handed_out(as_csv(heads, rows), "text/csv; charset=utf-8", f"取込の報告_{number}.csv")


def _loaded(number: int) -> Intake:
    return get_object_or_404(Intake, pk=number, state=Intake.LOADED)


def _noted(request: HttpRequest, number: int, form: str) -> Report:
    found = _loaded(number)
    detail = {"what": "intake report", "intake": number, "form": form}
    note(Entry(Act.FORM, detail), actor=actor_of(request), now=timezone.now())
    return report_of(found)
