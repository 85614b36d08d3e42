"""安否確認: three taps to ask, and the board."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.apps.safety.actions import starting
from meibo.apps.safety.actions.starting import CheckError, Wanted
from meibo.apps.safety.models import Check
from meibo.apps.safety.queries.board import board
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.apps.safety.queries.templates import TEMPLATES
from meibo.apps.safety.views.events import of_crisis
from meibo.domain.safety.words import STATUS
from meibo.ledger import house
from meibo.platform.audit.actions import actor_of
from meibo.platform.emergency.models import Kind
from meibo.platform.layout.frame import frame_for


class StartForm(forms.Form):
    """What is asked of whom."""

    kind = forms.ChoiceField(label="種類", choices=Kind.choices)
    title = forms.CharField(label="件名", max_length=80)
    message = forms.CharField(label="本文", max_length=600, widget=forms.Textarea)
    units = forms.MultipleChoiceField(
        label="宛先の組織", required=False, help_text="選ばなければ、全職員に送ります。"
    )
    leave = forms.BooleanField(label="休職・休業中の職員にも送る", required=False)

    def wanted(self) -> Wanted:
        """As a check."""
        values = self.cleaned_data
        target = Target(units=tuple(values["units"]), leave=values["leave"])
        return Wanted(Kind(values["kind"]), values["title"], values["message"], target)


@require_safe
@never_cache
@of_crisis
def checks(request: HttpRequest) -> HttpResponse:
    """All checks, the newest first; and the templates to begin with."""
    rows = [(check, board(check).whole) for check in Check.objects.all()[:20]]
    return render(request, "safety/checks.html", {"rows": rows, "templates": TEMPLATES})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_crisis
def begin(request: HttpRequest, template: str) -> HttpResponse:
    """Who, and a last look with the count; then it goes out."""
    chosen = next((each for each in TEMPLATES if each.key == template), None)
    if chosen is None:
        raise Http404
    today = frame_for(request).today
    given = {"kind": chosen.kind, "title": chosen.title, "message": chosen.message}
    form = StartForm(request.POST or None, initial=given)
    organisation = house.organisation(today)
    form.fields["units"].choices = [  # type: ignore[attr-defined]  # a field of choices
        (code, " ".join(organisation.path(code))) for code in organisation.codes
    ]
    count = None
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        if request.POST.get("sure"):
            try:
                check = starting.start(wanted, actor=actor_of(request), now=timezone.now())
            except CheckError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, "送り始めました。")
                return redirect("safety:board", check.pk)
        count = len(targeted(wanted.target, today))
    status = 422 if request.method == "POST" and count is None else 200
    context = {"form": form, "template": chosen, "count": count}
    return render(request, "safety/begin.html", context, status=status)


@require_safe
@never_cache
@of_crisis
def board_page(request: HttpRequest, number: int) -> HttpResponse:
    """How many answered what."""
    check = _found(number)
    counted = board(check)
    organisation = house.organisation(frame_for(request).today)
    lines = [
        (" ".join(organisation.path(code)) or "所属なし", tally)
        for code, tally in sorted(
            counted.units.items(), key=lambda each: organisation.order.get(each[0], 0)
        )
    ]
    words = [(label, counted.whole.status[key]) for key, label in STATUS.items()]
    context = {"check": check, "whole": counted.whole, "lines": lines, "words": words}
    return render(request, "safety/board.html", context)


@require_POST
@never_cache
@of_crisis
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Ask nobody any more."""
    starting.close(_found(number), actor=actor_of(request), now=timezone.now())
    messages.success(request, "終わりにしました。遅れて届く答えは、受け付けます。")
    return redirect("safety:board", number)


def _found(number: int) -> Check:
    check = Check.objects.filter(pk=number).first()
    if check is None:
        raise Http404
    return check
