"""訓練: planned, for whom, and told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.forms.boundfield import BoundWidget
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.safety.actions import drilling, recurring
from meibo.apps.safety.actions.drilling import Drill, DrillError
from meibo.apps.safety.models import Check, DrillSeries, PlannedDrill
from meibo.apps.safety.queries import learning
from meibo.apps.safety.queries.beside import in_earnest
from meibo.apps.safety.queries.scopes import words
from meibo.apps.safety.queries.series import series
from meibo.apps.safety.queries.targets import Target
from meibo.apps.safety.queries.templates import Template, template
from meibo.apps.safety.queries.whom import whom
from meibo.apps.safety.views.events import of_crisis
from meibo.apps.safety.views.picking import TargetForm, given, many
from meibo.domain.safety.repeating import By, Every, RepeatError, Repetition
from meibo.ledger import house, reader
from meibo.platform.audit.actions import Actor, actor_of
from meibo.platform.emergency.models import Kind
from meibo.platform.layout.frame import Frame, frame_for
from meibo.platform.typed import whole

TOKYO = ZoneInfo("Asia/Tokyo")
AHEAD, LAST = timedelta(days=731), timedelta(days=3653)
"""So far off may a drill be, and the end of one that comes again."""


def _text() -> Template:
    """The town's words for a drill; empty where it has none."""
    return template("drill") or Template("drill", Kind.DRILL, "", "")


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of the top and all below it, as boxes to tick; `open`: one of those is ticked."""

    box: BoundWidget
    below: list[BoundWidget]
    open: bool


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
    repeat = forms.ChoiceField(
        label="繰り返し",
        required=False,
        choices=[
            ("", "しない"),
            (Every.MONTH, "毎月"),
            (Every.QUARTER, "3か月ごと"),
            (Every.YEAR, "毎年"),
        ],
    )
    by = forms.ChoiceField(
        label="繰り返す日",
        required=False,
        choices=[
            (By.DAY, "同じ日（月にない日は、その月の終わりの日）"),
            (By.WEEKDAY, "同じ第何曜日（第5がない月は、最後のその曜日）"),
            (By.LAST, "最後のその曜日"),
        ],
        help_text="上の「日」を最初として、そこから数えます。例：最初が第2水曜日なら、いつも第2水曜日",
    )
    until = forms.DateField(
        label="いつまで繰り返すか",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="入れなければ、やめるまで続きます。",
    )
    announced = forms.BooleanField(
        label="職員に予告する",
        required=False,
        initial=True,
        help_text="予告すると、二週間前から、対象の職員の最初の画面に出ます。",
    )
    units = many(
        "対象の組織", "選ばなければ、全職員です。上の組織を選ぶと、その下もすべて入ります。"
    )

    def choose(self, frame: Frame) -> None:
        """Offer what this house has on the day; here every unit, for many a drill is one's own."""
        super().choose(frame)
        organisation = house.organisation(frame.today)
        paths = ((code, organisation.path(code)) for code in organisation.order)
        self.offer("units", [(code, " ".join(path[1:] or path)) for code, path in paths])

    def tree(self) -> list[Branch]:
        """The boxes of the units: each at the top with those below it."""
        organisation = house.organisation(self.frame.today)
        boxes = {str(box.data["value"]): box for box in self["units"]}
        found = []
        for top in organisation.children(None):
            below = [boxes[code] for code in organisation.below(top)[1:]]
            found.append(Branch(boxes[top], below, any(b.data["selected"] for b in below)))
        return found

    def clean(self) -> dict[str, Any]:
        """The first day has to be one of those that it begins, and no slip of the pen."""
        values = dict(self.cleaned_data)
        for name, ahead, word in (("day", AHEAD, "2年"), ("until", LAST, "10年")):
            if values.get(name) and values[name] > self.frame.today + ahead:
                self.add_error(name, f"{word}より先の日です。年を確かめてください。")
        if values.get("repeat") and values.get("day"):
            try:
                by = By(values.get("by") or By.DAY)
                values["repetition"] = Repetition(values["day"], Every(values["repeat"]), by)
            except RepeatError as error:
                self.add_error("by", str(error))
        return values

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
    asked = request.method == "POST" and "back" not in request.POST
    if asked and form.is_valid():
        if "sure" not in request.POST and form.drill().at > now:
            return _sure(request, form, now)
        try:
            _plan(form, actor=actor_of(request), now=now)
        except DrillError as error:
            form.add_error("day", str(error))
        else:
            messages.success(request, "訓練を予定しました。時刻になると、ひとりでに始まります。")
            return redirect("safety:drills")
    silent = learning.silent_people(now)
    cards = reader.cards(
        frame.viewer, on=frame.today, ids=silent, only=frozenset({"name", "unit", "extension"})
    )
    coming = PlannedDrill.objects.filter(started_at=None, cancelled_at=None)
    context = {
        "form": form,
        "coming": [(each, words(Target.of(each.target), frame.today)) for each in coming],
        "series": series(frame.today),
        "past": PlannedDrill.objects.exclude(cancelled_at=None).order_by("-at")[:10],
        "checks": Check.objects.all()[:20],
        "silent": cards,
        "last": learning.SILENT_IN,
    }
    status = 422 if asked else 200
    return render(request, "safety/drills.html", context, status=status)


def _sure(request: HttpRequest, form: DrillForm, now: datetime) -> HttpResponse:
    """A last look: for whom and for how many it would be by now, and when."""
    repetition = form.cleaned_data.get("repetition")
    context = {
        "drill": form.drill(),
        "days": repetition.words if repetition else "",
        "until": form.cleaned_data["until"],
        "whom": whom(form.target(), frame_for(request).today),
        "earnest": in_earnest(now),
        "given": given(request),
    }
    return render(request, "safety/drill_sure.html", context)


def _plan(form: DrillForm, *, actor: Actor, now: datetime) -> None:
    """One drill, or the first of many."""
    repetition, until = form.cleaned_data.get("repetition"), form.cleaned_data["until"]
    if repetition is None:
        drilling.plan(form.drill(), actor=actor, now=now)
    else:
        recurring.plan_series(form.drill(), repetition, until=until, actor=actor, now=now)


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
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Let one start that a disaster held."""
    planned, now = get_object_or_404(PlannedDrill, pk=number), timezone.now()
    version = whole(request.POST.get("version", ""))
    try:
        drilling.release(planned, version, actor=actor_of(request), now=now)
    except DrillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "訓練を始めます。数秒後に送り始めます。")
    return redirect("safety:drills")


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
        recurring.plan_ahead(now=timezone.now())
        messages.success(request, "取りやめました。")
    return redirect("safety:drills")


@require_POST
@never_cache
@of_crisis
def change_series(request: HttpRequest, number: int) -> HttpResponse:
    """Pause one that comes again, resume it, or end it."""
    found = get_object_or_404(DrillSeries, pk=number)
    version, actor, now = whole(request.POST.get("version", "")), actor_of(request), timezone.now()
    try:
        if "pause" in request.POST:
            recurring.pause(found, version, actor=actor, now=now)
            messages.success(request, "休みにしました。再開するまで、この訓練は始まりません。")
        elif "resume" in request.POST:
            recurring.resume(found, version, actor=actor, now=now)
            messages.success(request, "再開しました。")
        elif "end" in request.POST:
            recurring.end(found, version, actor=actor, now=now)
            messages.success(request, "繰り返しを終えました。これまでの記録は残ります。")
    except DrillError as error:
        messages.error(request, str(error))
    return redirect("safety:drills")
