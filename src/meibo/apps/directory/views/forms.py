"""The forms of the directory: what is typed, checked before it is written."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from meibo.apps.directory.actions import CHOICES, Allotted
from meibo.apps.directory.views.shown import KeptForm, Sent
from meibo.domain.names import find_my_numbers
from meibo.ledger.reader import Member

ROLES = {"主": "主", "副": "副"}
NEW_LINES = 3
LONGEST = 120

_telephone = RegexValidator(
    r"^[0-9+][0-9+\-() ]{1,20}$", "数字とハイフンで入れてください（例：03-0000-1234）。"
)
_extension = RegexValidator(r"^[0-9]{2,8}$", "内線は2桁から8桁の数字です。")


def plain_text(value: str) -> None:
    """Refuse control characters, and a 個人番号, which has no place in a roster."""
    if any(unicodedata.category(each) == "Cc" for each in value):
        raise ValidationError("改行などの制御文字は使えません。")
    if find_my_numbers(value):
        raise ValidationError("個人番号と読める数字があります。名簿には入れられません。")


#: What an input method makes of the key with the hyphen, between digits.
_HYPHENS = str.maketrans(dict.fromkeys("ー‐‑‒–—―−ｰ─", "-"))


def _narrow(value: str) -> str:
    """Digits and signs in half width, whichever way they were typed."""
    return unicodedata.normalize("NFKC", value).translate(_HYPHENS).strip()


class NarrowField(forms.CharField):
    """A text of digits and signs."""

    def to_python(self, value: Any) -> str:
        return _narrow(super().to_python(value) or "")


class SharingForm(forms.Form):
    """One's own share choices."""

    photo = forms.ChoiceField(choices=list(CHOICES.items()), label="写真")
    skill = forms.ChoiceField(choices=list(CHOICES.items()), label="技能・資格")


class UnitForm(KeptForm):
    """The representative numbers of a unit."""

    phone = NarrowField(label="電話", required=False, validators=[_telephone])
    fax = NarrowField(label="FAX", required=False, validators=[_telephone])
    mail = forms.EmailField(label="メール", required=False)


class SeatForm(KeptForm):
    """Where one person of the unit is reached."""

    extension = NarrowField(label="内線", required=False, validators=[_extension])
    seat = forms.CharField(label="席", required=False, max_length=40, validators=[plain_text])


class AllotmentForm(KeptForm):
    """One line of the allotment. The text emptied takes the line away. `key` is empty for a new
    one; `ended`: somebody has taken it away since the form was opened."""

    text = forms.CharField(
        label="担当", required=False, max_length=LONGEST, validators=[plain_text]
    )
    role = forms.ChoiceField(label="主・副", choices=list(ROLES.items()))
    person = forms.ChoiceField(label="だれ", required=False)

    def __init__(
        self,
        told: Sent | None,
        now: Mapping[str, str],
        *,
        people: Mapping[str, str],
        key: str = "",
        ended: bool = False,
        **kwargs: Any,
    ) -> None:
        self.key, self.ended = key, ended
        super().__init__(told, {"role": "主", **now}, **kwargs)
        chooser = self.fields["person"]
        if isinstance(chooser, forms.ChoiceField):
            chooser.choices = [("", "選んでください"), *people.items()]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("text") and not values.get("person"):
            self.add_error("person", "だれの担当かを選んでください。")
        return values

    def told_of(self, name: str, now: str) -> str:
        if not self.ended:
            return super().told_of(name, now)
        return (
            "この担当は、ほかの人の保存でこの間になくなりました。もう一度保存すると、また始まります。"
            "要らないときは空にしてください。"
        )

    def _met(self, told: Sent) -> Iterator[tuple[str, str]]:
        if not self.ended:
            return super()._met(told)
        if told.shown.get(self.add_prefix("text")):  # else one has been asked already
            self.overtaken["text"] = ""
        names = {name: self.add_prefix(name) for name in self.now}
        return ((key, told.typed.get(key, self.now[name])) for name, key in names.items())

    def line(self) -> Allotted:
        """The line as it shall be."""
        values = self.cleaned_data
        return Allotted(self.key, values["text"], values["role"], values["person"])


def names_of(members: Iterable[Member]) -> dict[str, str]:
    """Id → name, for choosing a person."""
    return {m.card.id: str(m.card.get("name") or "").replace("\u3000", " ") for m in members}
