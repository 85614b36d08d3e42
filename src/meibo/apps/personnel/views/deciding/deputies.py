"""代決: who decides for the visitor, and for whom they do."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meibo.apps.personnel.actions import deciding as actions
from meibo.apps.personnel.models import Deputy
from meibo.apps.personnel.queries.deciding.route import account_named
from meibo.apps.personnel.queries.deciding.turns import called
from meibo.apps.personnel.views.deciding.decisions import signed_in
from meibo.ledger.drawer import DrawerError
from meibo.platform.audit.actions import actor_of
from meibo.platform.once.guard import once


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DeputyForm(forms.Form):
    """Who, from when, until when."""

    who = forms.CharField(
        label="代わりに決裁する人",
        max_length=150,
        help_text="職員番号かサインイン名を入れてください。",
    )
    starts = forms.DateField(label="いつから", widget=_day())
    last = forms.DateField(
        label="いつまで", widget=_day(), help_text="この日まで、代わりに決裁できます。"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@once
def deputies(request: HttpRequest) -> HttpResponse:
    """The visitor's deputies, and a form for another one."""
    frame, actor = signed_in(request), actor_of(request)
    form = DeputyForm(request.POST or None, initial={"starts": frame.today, "last": frame.today})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        account = account_named(values["who"])
        if account is None:
            form.add_error("who", "この番号・名前のアカウントはありません。")
        else:
            try:
                actions.appoint(
                    *(account.username, account.person or "", values["starts"], values["last"]),
                    actor=actor,
                    now=timezone.now(),
                    today=frame.today,
                )
            except DrawerError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "代決者を決めました。")
                return redirect("deciding:deputies")
    rows = Deputy.objects.filter(account=actor.name).order_by("-pk")[:20]
    standing_in = Deputy.objects.filter(deputy=actor.name, ended_at=None, last__gte=frame.today)
    context = {
        "form": form,
        "mine": [
            (row, called(row.deputy, row.deputy_person, frame.today), _open(row, frame.today))
            for row in rows
        ],
        "for_others": standing_in,
    }
    status = 422 if form.is_bound else 200
    return render(request, "personnel/deciding/deputies.html", context, status=status)


def _open(row: Deputy, today: date) -> bool:
    return row.ended_at is None and row.last >= today


@require_POST
@never_cache
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End one of them now."""
    signed_in(request)
    try:
        actions.dismiss(number, actor=actor_of(request), now=timezone.now())
    except DrawerError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "代決をやめました。")
    return redirect("deciding:deputies")
