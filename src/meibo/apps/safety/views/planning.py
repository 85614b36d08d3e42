"""訓練: planned, for whom, and told of."""

from __future__ import annotations

from datetime import datetime
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
from meibo.apps.safety.queries.scopes import words
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.apps.safety.queries.templates import Template, template
from meibo.apps.safety.views.events import of_crisis
from meibo.apps.safety.views.picking import TargetForm
from meibo.ledger import house, reader
from meibo.platform.audit.actions import actor_of
from meibo.platform.emergency.models import Kind
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.typed import whole

TOKYO = ZoneInfo("Asia/Tokyo")


def _text() -> Template:
    """The town's words for a drill; empty where it has none."""
    return template("drill") or Template("drill", Kind.DRILL, "", "")


class DrillForm(TargetForm):
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

    def choose(self, frame: Frame) -> None:
        """Offer what this house has on the day; here every unit, for many a drill is one's own."""
        super().choose(frame)
        organisation = house.organisation(frame.today)
        units = [(code, " ".join(organisation.path(code))) for code in organisation.codes]
        self.offer("units", units)

    def drill(self) -> Drill:
        """As a plan."""
        values = self.cleaned_data
        at = datetime.combine(values["day"], values["time"], TOKYO)
        return Drill(values["title"], values["message"], at, values["announced"], self.target())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_crisis
def drills(request: HttpRequest) -> HttpResponse:
    """What is planned; planning one more; who never answers."""
    frame, now = frame_for(request), timezone.now()
    form = DrillForm(request.POST or None)
    form.choose(frame)
    if request.method == "POST" and form.is_valid():
        try:
            drilling.plan(form.drill(), actor=actor_of(request), now=now)
        except DrillError as error:
            form.add_error("day", str(error))
        else:
            _say(request, len(targeted(form.target(), frame.today)))
            return redirect("safety:drills")
    silent = learning.silent_people(now)
    cards = reader.cards(
        frame.viewer, on=frame.today, ids=silent, only=frozenset({"name", "unit", "extension"})
    )
    coming = PlannedDrill.objects.filter(started_at=None, cancelled_at=None)
    context = {
        "form": form,
        "coming": [(each, words(Target.of(each.target), frame.today)) for each in coming],
        "past": PlannedDrill.objects.exclude(cancelled_at=None).order_by("-at")[:10],
        "checks": Check.objects.all()[:20],
        "silent": cards,
        "last": learning.SILENT_IN,
    }
    status = 422 if form.errors else 200
    return render(request, "safety/drills.html", context, status=status)


def _say(request: HttpRequest, people: int) -> None:
    """How many that would be by now, and a warning where it would be nobody."""
    if people:
        told = f"いまの名簿では{people:,}人です。時刻になると、ひとりでに始まります。"
        messages.success(request, f"訓練を予定しました。{told}")
    else:
        told = "いまの名簿では、この対象に職員がいません。そのままなら、訓練は始まりません。"
        messages.warning(request, f"訓練を予定しましたが、{told}")


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
