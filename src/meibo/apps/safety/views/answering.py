"""The page behind the link: no sign-in, no script, no picture. Looking answers nothing, so a robot
that follows links changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from meibo.apps.safety.actions.answering import Given, answer
from meibo.apps.safety.models import Called
from meibo.apps.safety.queries.links import called_of
from meibo.domain.safety.words import COMES, FAMILY, HOURS, STATUS


class AnswerForm(forms.Form):
    """What one may answer, in the order in which it matters."""

    status = forms.ChoiceField(label="あなたは", choices=list(STATUS.items()))
    comes = forms.ChoiceField(label="職場に", choices=list(COMES.items()), required=False)
    hours = forms.ChoiceField(
        label="着くのは",
        choices=[("", "わからない"), *((key, f"{hours}時間以内") for key, hours in HOURS.items())],
        required=False,
    )
    family = forms.ChoiceField(label="家族は", choices=list(FAMILY.items()), required=False)
    place = forms.CharField(label="今いる所", max_length=60, required=False)
    words = forms.CharField(label="伝えたいこと", max_length=200, required=False)

    def given(self, now: datetime) -> Given:
        """As an answer."""
        values = self.cleaned_data
        hours = HOURS.get(values["hours"])
        arrives = now + timedelta(hours=hours) if hours and values["comes"] != "no" else None
        more = {name: values[name] for name in ("family", "place", "words") if values[name]}
        return Given(values["status"], values["comes"], arrives, more)


@csrf_exempt  # the link is the proof; there is no session that could be abused
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, take the answer, thank."""
    now = timezone.now()
    called = called_of(token, now)
    if called is None:
        return render(request, "safety/answer_gone.html", status=410)
    if request.method != "POST":
        _opened(called, now)
        return render(request, "safety/answer.html", {"called": called, "form": AnswerForm()})
    form = AnswerForm(request.POST)
    if not form.is_valid():
        context = {"called": called, "form": form, "failed": True}
        return render(request, "safety/answer.html", context, status=422)
    kept = answer(called, form.given(now), now=now)
    context = {"called": called, "answer": kept, "status": STATUS[kept.status]}
    return render(request, "safety/answer_thanks.html", context)


def _opened(called: Called, now: datetime) -> None:
    Called.objects.filter(pk=called.pk, opened_at=None).update(opened_at=now)
