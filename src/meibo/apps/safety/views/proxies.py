"""Answers by telephone: heads and crisis management answer for somebody; who did is kept."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meibo.apps.safety.actions.answering import answer_for
from meibo.apps.safety.face.form import SHEET, Wrong, read
from meibo.apps.safety.queries import proxies as asked
from meibo.domain.safety.words import COMES, FAMILY, HOME, HOURS, PLACE, STATUS, WAYS, WORDS
from meibo.ledger import reader
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for


class ProxyForm(forms.Form):
    """What somebody said on the telephone."""

    status = forms.ChoiceField(
        label="本人の様子", choices=[("", "選んでください"), *STATUS.items()]
    )
    comes = forms.ChoiceField(
        label="職場に来られるか", choices=[("", "聞いていない"), *COMES.items()], required=False
    )
    hours = forms.ChoiceField(
        label="いつごろ着くか",
        choices=[("", "わからない"), *((key, f"{hours}時間以内") for key, hours in HOURS.items())],
        required=False,
    )
    way = forms.ChoiceField(label="何で来るか", choices=list(WAYS.items()), required=False)
    family = forms.ChoiceField(label="家族", choices=list(FAMILY.items()), required=False)
    home = forms.ChoiceField(label="住まい", choices=list(HOME.items()), required=False)
    place = forms.CharField(label="今いる所", max_length=PLACE, required=False)
    words = forms.CharField(
        label="聞いたこと",
        max_length=WORDS,
        required=False,
        help_text="だれから聞いたかも書いてください。例：配偶者から電話。病院で手当て中",
    )


@require_safe
@never_cache
def proxies(request: HttpRequest) -> HttpResponse:
    """Find the person."""
    frame = frame_for(request)
    if not asked.may_answer_for(frame.viewer):
        raise PermissionDenied
    query = request.GET.get("q", "").strip()[:100]
    found = asked.lines(frame.viewer, query, on=frame.today, now=timezone.now())
    return render(request, "safety/proxies/find.html", {"lines": found, "query": query})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer_page(request: HttpRequest, number: int) -> HttpResponse:
    """Answer for one person, below what is known of them so far."""
    frame, now = frame_for(request), timezone.now()
    if not asked.may_answer_for(frame.viewer):
        raise PermissionDenied
    called = asked.callable_by(frame.viewer, now).filter(pk=number).first()
    card = called and reader.card(frame.viewer, called.person, on=frame.today)
    if called is None or card is None:
        raise Http404
    form = ProxyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: str(value) for name, value in form.cleaned_data.items()}
        given = read({**values, SHEET[0]: SHEET[1]}, now=now)
        if isinstance(given, Wrong):
            form.add_error(None, given.text)
        else:
            answer_for(called, given, actor=actor_of(request), now=now)
            messages.success(request, "代わりに答えました。だれが答えたかも残しました。")
            return redirect("safety:proxies")
    by = asked.answered_by([called]).get(called.pk, "")
    context = {
        "form": form,
        "called": called,
        "card": card,
        "status": STATUS.get(called.status, ""),
        "by": by,
    }
    status = 422 if form.errors else 200
    return render(request, "safety/proxies/answer.html", context, status=status)
