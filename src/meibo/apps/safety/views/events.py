"""災害・訓練: opened, prolonged and closed by crisis management."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.safety.actions.contacts import Opening, opened
from meibo.apps.safety.models import Check
from meibo.platform.audit.actions import actor_of
from meibo.platform.emergency import actions
from meibo.platform.emergency.actions import HOURS, MOST_HOURS, EmergencyError
from meibo.platform.emergency.models import EmergencyEvent, Kind
from meibo.platform.emergency.queries import looked_at, open_event
from meibo.platform.layout.frame import frame_for
from meibo.platform.typed import whole

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]
_SHOWN = 20
PURPOSE = "職員の安否確認と参集のため"


def of_crisis(view: View[Rest]) -> View[Rest]:
    """A view for crisis management alone."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not frame_for(request).viewer.holds("crisis"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class OpenForm(forms.Form):
    """What happened, what the contacts are needed for, and for how long."""

    kind = forms.ChoiceField(label="種類", choices=Kind.choices)
    title = forms.CharField(label="名前", max_length=80, help_text="例：11月26日 震度5弱の地震")
    purpose = forms.CharField(
        label="何のために連絡先を見るか",
        max_length=150,
        help_text="見られた職員にも、このまま伝わります。例：職員の安否確認と参集のため",
    )
    hours = forms.IntegerField(
        label="時間",
        min_value=1,
        max_value=MOST_HOURS,
        initial=HOURS,
        help_text=f"この時間が過ぎると、ひとりでに閉じます。{MOST_HOURS}時間までで、後で延ばせます。",
    )

    def wanted(self) -> Opening:
        """As it was given."""
        given = self.cleaned_data
        return Opening(Kind(given["kind"]), given["title"], given["purpose"], given["hours"])


class ProlongForm(forms.Form):
    """For how long from now, and why."""

    hours = forms.IntegerField(
        label="今から何時間", min_value=1, max_value=MOST_HOURS, initial=HOURS
    )
    reason = forms.CharField(label="延ばすわけ", max_length=200)


@require_safe
@never_cache
@of_crisis
def events(request: HttpRequest) -> HttpResponse:
    """What is open now, and what was. Who comes from a check finds its words in the form."""
    check = _check(request.GET)
    given = {"kind": check.kind, "title": check.title, "purpose": PURPOSE} if check else {}
    return _page(request, OpenForm(initial=given), ProlongForm(), check=check)


def _check(given: QueryDict) -> Check | None:
    """The check from which somebody comes."""
    return Check.objects.filter(pk=whole(given.get("check", ""))).first()


def _page(
    request: HttpRequest,
    opening: OpenForm,
    prolonging: ProlongForm,
    status: int = 200,
    check: Check | None = None,
) -> HttpResponse:
    event = open_event(timezone.now())
    past = EmergencyEvent.objects.prefetch_related("prolongings")[:_SHOWN]
    context = {
        "event": event,
        "check": check,
        "opening": opening,
        "prolonging": prolonging,
        "events": [(each, looked_at(each)) for each in past],
    }
    return render(request, "safety/events.html", context, status=status)


@require_POST
@never_cache
@of_crisis
def open_up(request: HttpRequest) -> HttpResponse:
    """Open one."""
    form, check = OpenForm(request.POST), _check(request.POST)
    if not form.is_valid():
        return _page(request, form, ProlongForm(), status=422, check=check)
    return _done(
        request,
        lambda: opened(form.wanted(), check, actor=actor_of(request), now=timezone.now()),
        "開きました。職員の連絡先が見られます。見たことは、その職員に伝わります。",
        check,
    )


@require_POST
@never_cache
@of_crisis
def prolong(request: HttpRequest) -> HttpResponse:
    """Let the open one last longer."""
    form = ProlongForm(request.POST)
    if not form.is_valid():
        return _page(request, OpenForm(), form, status=422)
    hours, reason = form.cleaned_data["hours"], form.cleaned_data["reason"]
    now = timezone.now()
    return _done(
        request,
        lambda: actions.prolong(hours, reason, actor=actor_of(request), now=now),
        "終わりの時刻を延ばしました。",
    )


@require_POST
@never_cache
@of_crisis
def close(request: HttpRequest) -> HttpResponse:
    """Close the open one."""
    now = timezone.now()
    return _done(
        request,
        lambda: actions.close(actor=actor_of(request), now=now),
        "閉じました。職員の連絡先は、もう見られません。",
    )


def _done(
    request: HttpRequest, deed: Callable[[], object], said: str, check: Check | None = None
) -> HttpResponse:
    """Do it, and say so; who came from a check goes back there."""
    try:
        deed()
    except EmergencyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("safety:board", check.pk) if check else redirect("safety:events")
