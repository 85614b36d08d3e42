"""自由項目 in a draft: fields that the town adds, as rows of the table like all others."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meibo.domain.disclosure import Row, parse_cached
from meibo.domain.free_fields import PREFIX, TYPES, WRITERS, FieldError, Type, field_of, kind_text
from meibo.platform.audit.actions import actor_of
from meibo.platform.policy import actions
from meibo.platform.policy.models import Draft
from meibo.platform.policy.views.gate import drafts, only

#: With what cells a new field begins; each can be changed in the grid before it is put forward.
AUDIENCES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "record": ("本人と人事担当だけ", {"self": "v", "hr": "v"}),
    "head": ("所属長・本人・人事担当", {"head": "v", "self": "v", "hr": "v"}),
    "staff": (
        "庁内の全員",
        dict.fromkeys(("staff", "unit", "clerk", "head", "self", "hr"), "v"),
    ),
}


class FieldForm(forms.Form):
    """A field to be added."""

    label = forms.CharField(
        label="項目の名前",
        max_length=40,
        help_text="カードや一覧に出る名前です。例：通訳できる言語",
    )
    key = forms.CharField(
        label="記号",
        max_length=30,
        required=False,
        help_text="取込定義で使う名前です（英小文字・数字・_）。空なら自動でつきます。例：language",
    )
    type = forms.ChoiceField(label="種類", choices=[(t.value, words) for t, words in TYPES.items()])
    choices = forms.CharField(
        label="選択肢",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="「一つ選ぶ」「いくつか選ぶ」のとき、1行に一つ入れます。",
    )
    by = forms.MultipleChoiceField(
        label="人事担当のほかに書ける人",
        choices=list(WRITERS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.ChoiceField(
        label="見られる人（はじめの設定）",
        choices=[(key, words) for key, (words, _) in AUDIENCES.items()],
        help_text="細かくは、あとで「書き直す」の表で変えられます。",
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        name = PREFIX + (values["key"] or f"f{secrets.token_hex(4)}")
        choices = [each.strip() for each in values["choices"].splitlines() if each.strip()]
        kind = kind_text(Type(values["type"]), choices, values["by"])
        try:
            field_of(name, values["label"], kind)
        except FieldError as error:
            raise ValidationError(f"{error}。") from error
        cells = dict(AUDIENCES[values["audience"]][1])
        if "clerk" in values["by"]:
            cells["clerk"] = cells.get("clerk", "v")  # who writes a value must see it
        values["row"] = Row(name, values["label"].strip(), MappingProxyType(cells), kind)
        return values


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@only(drafts)
def fields(request: HttpRequest, number: int) -> HttpResponse:
    """The town's own fields in a draft: what there is, one more, one less."""
    draft = Draft.objects.filter(pk=number).first()
    if draft is None:
        raise Http404
    if not draft.editable:
        return redirect("policy:draft", number)
    form = FieldForm(request.POST if "add" in request.POST else None)
    drop = request.POST.get("drop", "")
    if request.method == "POST" and (drop or form.is_valid()):
        row = None if drop else form.cleaned_data["row"]
        try:
            actions.change_fields(
                number, row, drop=drop, actor=actor_of(request), now=timezone.now()
            )
            messages.success(request, "案に書きました。承認されて施行日が来ると効きます。")
        except actions.PolicyError as error:
            messages.error(request, str(error))
        return redirect("policy:fields", number)
    context = {"draft": draft, "form": form, "held": parse_cached(draft.text).free.values()}
    return render(request, "policy/fields.html", context, status=422 if form.errors else 200)
