"""非公開の申出: the list, and one person's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meibo.apps.personnel.actions import protection as actions
from meibo.apps.personnel.actions.protection import LEVELS, REASONS, ProtectionError
from meibo.apps.personnel.queries.protection import last_day, lines
from meibo.domain.disclosure import Protection
from meibo.ledger import protection, reader, ties
from meibo.ledger.protection import Why
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.layout.guard import of_personnel
from meibo.platform.once.guard import once
from meibo.platform.typed import code

#: Far enough for any protection; the day after the last one of the calendar does not exist.
_FARTHEST = MaxValueValidator(date(2999, 12, 31), "終わりの日が遠すぎます。")


class GrantForm(forms.Form):
    """How far, why, until when."""

    level = forms.ChoiceField(
        label="強さ", choices=[(level.value, words) for level, words in LEVELS.items()]
    )
    reason = forms.ChoiceField(label="わけ", choices=[("", "選んでください"), *REASONS.items()])
    text = forms.CharField(
        label="くわしく",
        max_length=300,
        required=False,
        help_text="人事担当だけが読めます。本人の頁や監査ログには出ません。",
    )
    last = forms.DateField(
        label="終わりの日",
        help_text="この日まで効きます。期限が来る前に、本人に確かめて延ばします。",
        validators=[_FARTHEST],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ExtendForm(forms.Form):
    """Until when instead."""

    last = forms.DateField(
        label="新しい終わりの日",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[_FARTHEST],
    )


@require_safe
@never_cache
@of_personnel
def protections(request: HttpRequest) -> HttpResponse:
    """Everybody who is protected. With a staff number it leads to that person's page."""
    number = code(request.GET.get("staff_no", ""))
    person = ties.person_numbered(number) if number else None
    if person is not None:
        return redirect("personnel:protection", person)
    found = lines(frame_for(request).viewer)
    return render(request, "personnel/protections.html", {"lines": found, "missed": number})


@require_safe
@never_cache
@of_personnel
def protection_of(request: HttpRequest, person_id: str) -> HttpResponse:
    """One person: what holds, what was filed, and the form."""
    return _page(request, person_id, GrantForm(), ExtendForm())


def _page(
    request: HttpRequest, person: str, grant: GrantForm, extend: ExtendForm, status: int = 200
) -> HttpResponse:
    viewer = frame_for(request).viewer
    card = reader.card(viewer, person, on=viewer.today)
    if card is None:
        raise Http404
    held = [line for line in lines(viewer) if line.shield.person == person]
    context = {
        "card": card,
        "held": held,
        "filed": [
            (each, LEVELS[each.level] if each.level else "終わり", last_day(each.until))
            for each in protection.filed(person)
        ],
        "grant": grant,
        "extend": extend,
    }
    return render(request, "personnel/protection.html", context, status=status)


@require_POST
@never_cache
@of_personnel
@once
def grant(request: HttpRequest, person_id: str) -> HttpResponse:
    """Protect somebody, or otherwise than until now."""
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _page(request, person_id, form, ExtendForm(), status=422)
    values = form.cleaned_data
    why = Why(values["reason"], values["text"].strip())

    def act(ends: date) -> None:
        actions.grant(
            person_id,
            Protection(values["level"]),
            why,
            ends,
            actor=actor_of(request),
            now=timezone.now(),
            today=frame_for(request).today,
        )

    return _done(request, person_id, lambda: act(_after(values["last"])), "非公開にしました。")


@require_POST
@never_cache
@of_personnel
def extend(request: HttpRequest, person_id: str) -> HttpResponse:
    """Let it end on another day."""
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return _page(request, person_id, GrantForm(), form, status=422)
    now, today = timezone.now(), frame_for(request).today
    ends = _after(form.cleaned_data["last"])
    return _done(
        request,
        person_id,
        lambda: actions.extend(person_id, ends, actor=actor_of(request), now=now, today=today),
        "終わりの日を変えました。",
    )


@require_POST
@never_cache
@of_personnel
def end(request: HttpRequest, person_id: str) -> HttpResponse:
    """End it today."""
    now, today = timezone.now(), frame_for(request).today
    return _done(
        request,
        person_id,
        lambda: actions.end(person_id, actor=actor_of(request), now=now, today=today),
        "非公開を終わりにしました。公開基準のとおりに見えます。",
    )


def _after(last: date) -> date:
    return last + timedelta(days=1)


def _done(request: HttpRequest, person: str, deed: Callable[[], None], said: str) -> HttpResponse:
    viewer = frame_for(request).viewer
    if reader.card(viewer, person, on=viewer.today) is None:
        raise Http404
    try:
        deed()
    except ProtectionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("personnel:protection", person)
