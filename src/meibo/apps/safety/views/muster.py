"""参集の見込み: of an event, or of any hour of the week beforehand; and the table of levels."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meibo.apps.safety.queries import gaps, muster
from meibo.apps.safety.queries import levels as tables
from meibo.apps.safety.views.checks import found
from meibo.apps.safety.views.events import of_crisis
from meibo.domain.safety.forecast import HOURS, When
from meibo.domain.safety.levels import LevelError
from meibo.platform.layout.frame import frame_for

TOKYO = ZoneInfo("Asia/Tokyo")
DAYS = tuple("月火水木金土日")
_FRIDAY = 4
_DAY = 24


class HourForm(forms.Form):
    """Any hour of the week."""

    weekday = forms.TypedChoiceField(
        label="曜日", coerce=int, choices=[(n, f"{name}曜日") for n, name in enumerate(DAYS)]
    )
    hour = forms.TypedChoiceField(
        label="時刻", coerce=int, choices=[(hour, f"{hour}時") for hour in range(_DAY)]
    )
    trains = forms.BooleanField(label="電車・バスが動いている", required=False)


@require_safe
@never_cache
@of_crisis
def simulate(request: HttpRequest) -> HttpResponse:
    """If it happened then: how many are here by when."""
    today = frame_for(request).today
    given = request.GET if "weekday" in request.GET else {"weekday": "6", "hour": "3"}
    form = HourForm(given)
    if not form.is_valid():
        return render(request, "safety/muster.html", {"form": form}, status=422)
    values = form.cleaned_data
    day = today + timedelta(days=(values["weekday"] - today.weekday()) % len(DAYS))
    moment = datetime.combine(day, time(values["hour"]), TOKYO)
    when = When(moment, values["weekday"] <= _FRIDAY, values["trains"])
    context = {
        "form": form,
        "outlook": gaps.simulated(when, today),
        "hours": HOURS,
        "told": f"{DAYS[values['weekday']]}曜日の{values['hour']}時に起きたとき",
        "office": when.in_office(muster.manner()),
    }
    return render(request, "safety/muster.html", context)


@require_safe
@never_cache
@of_crisis
def of_check(request: HttpRequest, number: int) -> HttpResponse:
    """As it goes."""
    check = found(number)
    outlook = gaps.lived(check, frame_for(request).today)
    context = {"check": check, "outlook": outlook, "hours": HOURS, "told": check.title}
    return render(request, "safety/muster.html", context)


@require_safe
@never_cache
@of_crisis
def levels(request: HttpRequest) -> HttpResponse:
    """The town's table as it is read; what is wrong with it is told here."""
    try:
        rows = [
            (each, tables.names(each.called), tables.names(each.comes)) for each in tables.levels()
        ]
        wrong = ""
    except LevelError as error:
        rows, wrong = [], str(error)
    return render(request, "safety/levels.html", {"rows": rows, "wrong": wrong})
