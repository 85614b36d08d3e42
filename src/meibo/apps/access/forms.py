"""What is typed about rights and accounts, checked before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from meibo.domain.names import find_my_numbers

LONGEST = 200
#: Why somebody can't get in; the word is kept.
REASONS: Mapping[str, str] = {
    "パスワードを忘れた": "パスワードを忘れた",
    "二要素認証の端末をなくした・替えた": "二要素認証の端末をなくした・替えた",
    "両方": "両方",
}


def no_my_number(value: str) -> None:
    """A 個人番号 has no place in a roster."""
    if find_my_numbers(value):
        raise ValidationError("個人番号と読める数字があります。書かないでください。")


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class WishForm(forms.Form):
    """A proposal for one person: which duty, for which post, from when, what for."""

    duty = forms.ChoiceField(label="職務")
    unit = forms.ChoiceField(
        label="どの職に付けるか", help_text="この組織（とその下）に職がある間だけ有効です。"
    )
    starts = forms.DateField(label="始まりの日", widget=DayInput())
    last = forms.DateField(
        label="終わりの日",
        required=False,
        widget=DayInput(),
        help_text="空のときは、職を離れるまで。",
    )
    purpose = forms.CharField(
        label="理由",
        max_length=LONGEST,
        validators=[no_my_number],
        help_text="何のために要るかを書きます。承認する人と監査が読みます。",
    )

    def __init__(
        self, *args: Any, duties: Mapping[str, str], units: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("duty", duties), ("unit", units)):
            chooser = self.fields[name]
            if isinstance(chooser, forms.ChoiceField):
                chooser.choices = list(choices.items())


class ReasonForm(forms.Form):
    """A word on a decision."""

    reason = forms.CharField(
        label="ひとこと", required=False, max_length=LONGEST, validators=[no_my_number]
    )


class RecoveryForm(forms.Form):
    """What happened to who stands at the desk."""

    reason = forms.ChoiceField(label="何が起きたか", choices=list(REASONS.items()))


class OpenForm(forms.Form):
    """For whom accounts are opened."""

    day = forms.DateField(
        label="この日に在籍している人",
        widget=DayInput(),
        help_text="これからの日を選ぶと、その日までに採用される人も入ります。"
        "使えるのは採用の日からです。",
    )


class CodeForm(forms.Form):
    """The code on a sheet."""

    code = forms.CharField(
        label="紙に書いてある番号",
        max_length=40,
        help_text="16けたの英数字です。ハイフンはなくてもかまいません。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class PasswordForm(forms.Form):
    """A new password, twice, with the code that allows it."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    password = forms.CharField(
        label="新しいパスワード",
        strip=False,
        help_text="12文字以上。数字だけのもの、よくあるもの、職員番号に似たものは使えません。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="もう一度",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("password") and values.get("password") != values.get("again"):
            self.add_error("again", "二つのパスワードが違います。もう一度入れてください。")
        return values
