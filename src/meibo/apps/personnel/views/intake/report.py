"""The report of an intake: page, sheet, file."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.personnel.models import Intake
from meibo.apps.personnel.queries.reports import Report, report_of
from meibo.apps.personnel.queries.sheets import harmless
from meibo.apps.personnel.views.guard import of_personnel
from meibo.platform.audit.actions import Entry, actor_of, note
from meibo.platform.audit.acts import Act


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
    return _file(report.as_pdf(), "application/pdf", f"取込の報告_{number}.pdf")


@require_safe
@never_cache
@of_personnel
def intake_report_csv(request: HttpRequest, number: int) -> HttpResponse:
    """The file. It holds numbers and names of files, nothing of a person."""
    report = _noted(request, number, "csv")
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in report.cells())
    content = out.getvalue().encode("utf-8-sig")
    return _file(content, "text/csv; charset=utf-8", f"取込の報告_{number}.csv")


def _loaded(number: int) -> Intake:
    return get_object_or_404(Intake, pk=number, state=Intake.LOADED)


def _noted(request: HttpRequest, number: int, form: str) -> Report:
    found = _loaded(number)
    detail = {"what": "intake report", "intake": number, "form": form}
    note(Entry(Act.FORM, detail), actor=actor_of(request), now=timezone.now())
    return report_of(found)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
