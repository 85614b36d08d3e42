"""Choosing what a record is opened for."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meibo.domain.names import find_my_numbers
from meibo.platform.purpose import kept
from meibo.platform.purpose.words import OTHER, choices

_LONGEST = 80


class PurposeForm(forms.Form):
    """A purpose from the list, in more words where these help whoever reads the log."""

    purpose = forms.ChoiceField(label="利用目的", widget=forms.RadioSelect)
    words = forms.CharField(
        label="くわしく",
        max_length=_LONGEST,
        required=False,
        help_text="「その他」を選んだときは、必ず書いてください。個人の名前や番号は書きません。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["purpose"]
        if isinstance(chooser, forms.ChoiceField):
            chooser.choices = list(choices().items())

    def clean_words(self) -> str:
        """Refuse what has no place in a log that others read."""
        words = " ".join(str(self.cleaned_data["words"]).split())
        if any(unicodedata.category(each) == "Cc" for each in words):
            raise ValidationError("改行などの制御文字は使えません。")
        if find_my_numbers(words):
            raise ValidationError("個人番号と読める数字があります。書かないでください。")
        return words

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("purpose") == OTHER and not values.get("words"):
            self.add_error("words", "「その他」の中身を書いてください。")
        return values

    @property
    def said(self) -> str:
        """The purpose in words."""
        label = choices()[self.cleaned_data["purpose"]]
        words = self.cleaned_data["words"]
        return f"{label}：{words}" if words else label


def _next(request: HttpRequest) -> str:
    """Where to go on: an address of this house, else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else "/"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """Say what for, and go on. A file is offered, so that nobody is left on this page."""
    form = PurposeForm(request.POST if request.method == "POST" else None)
    is_file = (request.POST if request.method == "POST" else request.GET).get("file") == "1"
    context = {"form": form, "next": _next(request), "file": is_file}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "purpose/choose.html", context, status=status)
    kept.remember(request, form.said, now=timezone.now())
    if is_file:
        return render(request, "purpose/ready.html", context)
    return redirect(_next(request))


@require_POST
@never_cache
def end(request: HttpRequest) -> HttpResponse:
    """The work is done."""
    kept.forget(request)
    return redirect(_next(request))
