"""Writing a draft."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meibo.domain.disclosure import TIES, parse_cached
from meibo.platform.audit.actions import actor_of
from meibo.platform.layout.frame import frame_for
from meibo.platform.policy import actions
from meibo.platform.policy.grid import CHOICES, Grid, grid, read
from meibo.platform.policy.models import Draft
from meibo.platform.policy.views.gate import decides, drafts, only


class AboutForm(forms.Form):
    """What a draft says of itself besides the table."""

    note = forms.CharField(
        label="変えるわけ", max_length=400, required=False, help_text="決裁の番号もここに書きます。"
    )
    starts = forms.DateField(
        label="施行日",
        required=False,
        help_text="この日の午前0時から、ひとりでに効きます。今日にすると、承認したときから効きます。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@require_safe
@never_cache
@only(decides)
def draft_list(request: HttpRequest) -> HttpResponse:
    """Every draft, newest first."""
    context = {"drafts": Draft.objects.all()[:50], "writes": drafts(frame_for(request).viewer)}
    return render(request, "policy/drafts.html", context)


@require_POST
@never_cache
@only(drafts)
def begin(request: HttpRequest) -> HttpResponse:
    """A new draft, from the table in force or from another version."""
    base = request.POST.get("base", "")
    number = int(base) if base.isdecimal() and len(base) < 6 else None
    today = frame_for(request).today
    try:
        draft = actions.begin(actor=actor_of(request), now=timezone.now(), today=today, base=number)
    except actions.PolicyError as error:
        messages.error(request, str(error))
        return redirect("policy:drafts")
    return redirect("policy:edit", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@only(drafts)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """The grid. What is wrong is named by row and column, and nothing is kept until it is right."""
    draft = Draft.objects.filter(pk=number).first()
    if draft is None:
        raise Http404
    if not draft.editable:
        return redirect("policy:draft", number)
    table = parse_cached(draft.text)
    if request.method != "POST":
        about = AboutForm(initial={"note": draft.note, "starts": draft.starts})
        return _sheet(request, draft, about, grid(table))
    about = AboutForm(request.POST)
    text, shown = read(table, request.POST.dict())
    if shown.flaws or not about.is_valid():
        return _sheet(request, draft, about, shown, status=422)
    return _keep(request, number, text, about.cleaned_data["note"], about.cleaned_data["starts"])


def _keep(
    request: HttpRequest, number: int, text: str, words: str, starts: date | None
) -> HttpResponse:
    try:
        actions.write(number, text, words, starts, actor=actor_of(request), now=timezone.now())
    except actions.PolicyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "案を保存しました。まだ、だれの画面にも効いていません。")
    return redirect("policy:draft", number)


def _sheet(
    request: HttpRequest, draft: Draft, about: AboutForm, shown: Grid, status: int = 200
) -> HttpResponse:
    context = {
        "draft": draft,
        "about": about,
        "grid": shown,
        "ties": TIES.values(),
        "choices": CHOICES.items(),
    }
    return render(request, "policy/edit.html", context, status=status)
