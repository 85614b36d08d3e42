"""訓練: planned, told of, and what each check was like afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.safety.actions import drilling
from meibo.apps.safety.actions.drilling import Drill, DrillError
from meibo.apps.safety.models import Check, PlannedDrill
from meibo.apps.safety.queries import learning
from meibo.apps.safety.queries.happened import happened
from meibo.apps.safety.queries.reports import as_table, as_tables, log_table, times
from meibo.apps.safety.queries.targets import Target
from meibo.apps.safety.queries.templates import Template, template
from meibo.apps.safety.views.events import of_crisis
from meibo.ledger import house, reader
from meibo.platform.audit.actions import actor_of
from meibo.platform.emergency.models import Kind
from meibo.platform.layout.frame import frame_for, town
from meibo.platform.layout.handing import handed_out
from meibo.platform.papers import setting
from meibo.platform.papers.files import as_csv
from meibo.platform.typed import whole

TOKYO = ZoneInfo("Asia/Tokyo")
_CSV = "text/csv; charset=utf-8"


def _text() -> Template:
    """The town's words for a drill; empty where it has none."""
    return template("drill") or Template("drill", Kind.DRILL, "", "")


class DrillForm(forms.Form):
    """When, with what words, for whom."""

    title = forms.CharField(label="件名", max_length=80, initial=lambda: _text().title)
    message = forms.CharField(
        label="本文", max_length=600, widget=forms.Textarea, initial=lambda: _text().message
    )
    day = forms.DateField(label="日", widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(
        label="時刻",
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text="この時刻に、ひとりでに送り始めます。",
    )
    announced = forms.BooleanField(
        label="職員に予告する",
        required=False,
        initial=True,
        help_text="予告すると、二週間前から、対象の職員の最初の画面に出ます。",
    )
    units = forms.MultipleChoiceField(
        label="対象の組織", required=False, help_text="選ばなければ、全職員です。"
    )
    leave = forms.BooleanField(label="休職・休業中の職員にも送る", required=False)

    def drill(self) -> Drill:
        """As a plan."""
        values = self.cleaned_data
        at = datetime.combine(values["day"], values["time"], TOKYO)
        target = Target(units=tuple(values["units"]), leave=values["leave"])
        return Drill(values["title"], values["message"], at, values["announced"], target)


def _form(request: HttpRequest, today: date) -> DrillForm:
    form = DrillForm(request.POST or None)
    organisation = house.organisation(today)
    form.fields["units"].choices = [  # type: ignore[attr-defined]  # a field of choices
        (code, " ".join(organisation.path(code))) for code in organisation.codes
    ]
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_crisis
def drills(request: HttpRequest) -> HttpResponse:
    """What is planned; planning one more; who never answers."""
    frame, now = frame_for(request), timezone.now()
    form = _form(request, frame.today)
    if request.method == "POST" and form.is_valid():
        try:
            drilling.plan(form.drill(), actor=actor_of(request), now=now)
        except DrillError as error:
            form.add_error("day", str(error))
        else:
            messages.success(request, "訓練を予定しました。時刻になると、ひとりでに始まります。")
            return redirect("safety:drills")
    silent = learning.silent_people(now)
    cards = reader.cards(
        frame.viewer, on=frame.today, ids=silent, only=frozenset({"name", "unit", "extension"})
    )
    context = {
        "form": form,
        "coming": PlannedDrill.objects.filter(started_at=None, cancelled_at=None),
        "past": PlannedDrill.objects.exclude(cancelled_at=None).order_by("-at")[:10],
        "checks": Check.objects.all()[:20],
        "silent": cards,
        "last": learning.SILENT_IN,
    }
    status = 422 if form.errors else 200
    return render(request, "safety/drills.html", context, status=status)


@require_safe
@never_cache
def drill(request: HttpRequest, number: int) -> HttpResponse:
    """An announced drill, for any of the staff."""
    planned = get_object_or_404(PlannedDrill, pk=number, announced=True, cancelled_at=None)
    if not frame_for(request).viewer.held - {"public"}:
        raise Http404
    return render(request, "safety/drill.html", {"drill": planned})


@require_POST
@never_cache
@of_crisis
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Take one back."""
    planned = get_object_or_404(PlannedDrill, pk=number)
    version = whole(request.POST.get("version", ""))
    try:
        drilling.cancel(
            planned,
            version,
            actor=actor_of(request),
            now=timezone.now(),
        )
    except DrillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "取りやめました。")
    return redirect("safety:drills")


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
    context["reach"] = made.whole.percent(made.whole.reached)
    return render(request, "safety/report.html", context)


@require_safe
@never_cache
@of_crisis
def log(request: HttpRequest, number: int, form: str = "") -> HttpResponse:
    """All that happened in a check, in order of time."""
    check = get_object_or_404(Check, pk=number)
    lines = happened(check, timezone.now() + timedelta(seconds=1))
    if form == "csv":
        rows = [
            [f"{each.at.astimezone(TOKYO):%Y-%m-%d %H:%M:%S}", each.kind, each.text, each.by]
            for each in lines
        ]
        content = as_csv(["時刻", "種類", "内容", "した人"], rows)
        return handed_out(content, _CSV, f"安否確認の記録-{check.pk}.csv")
    if form == "pdf":
        sheet = log_table(check, lines).sheet(town(), None)
        content = setting.pdf(sheet, now=timezone.now())
        return handed_out(content, setting.PDF, f"安否確認の記録-{check.pk}.pdf")
    return render(request, "safety/happened.html", {"check": check, "lines": lines})
