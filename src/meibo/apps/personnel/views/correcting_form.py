"""The questions of 訂正, in plain words."""

from __future__ import annotations

from typing import Any

from django import forms

from meibo.apps.personnel.actions.correcting import KINDS, Answer, Kind
from meibo.apps.personnel.queries.correcting.orders import Choices
from meibo.domain.book import Effect, Line
from meibo.domain.checking import Term
from meibo.ledger import ties
from meibo.platform.typed import code

_MENDS = (Kind.CONTENT, Kind.PERSON, Kind.CANCEL)
_STATING = (Kind.CONTENT, Kind.PERSON, Kind.LATE)


class CorrectionForm(forms.Form):
    """What was wrong, and how it should have been. What is right stays as it stands there."""

    kind = forms.ChoiceField(label="何が違っていましたか", widget=forms.RadioSelect)
    day = forms.DateField(
        label="いつから",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    unit = forms.CharField(
        label="どこに",
        required=False,
        max_length=120,
        help_text="所属の名前の一部か所属コード。",
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )
    post = forms.CharField(
        label="どの職だったことにしますか",
        required=False,
        max_length=60,
        help_text="職名か職名コード。同じ職名がいくつもあるときはコードを入れてください。",
        widget=forms.TextInput(attrs={"list": "posts", "autocomplete": "off"}),
    )
    wording = forms.ChoiceField(label="異動用語", required=False)
    right = forms.CharField(
        label="正しい人の職員番号",
        required=False,
        max_length=40,
        help_text="発令する人を間違えたときだけ入れてください。",
    )
    why = forms.CharField(
        label="訂正のわけ",
        required=False,
        max_length=200,
        help_text="発令簿の備考に残ります。",
    )

    def __init__(self, posted: Any, *, target: Line | None, choices: Choices) -> None:
        super().__init__(posted, initial=_initial(target, choices))
        self.choices = choices
        kinds = _kinds(target)
        self.fields["kind"].choices = [(k.value, KINDS[k]) for k in kinds]  # type: ignore[attr-defined]  # a ChoiceField
        words = list(choices.terms)
        if target and target.wording and target.wording not in words:
            words.insert(0, target.wording)
        self.fields["wording"].choices = [(w, w) for w in words]  # type: ignore[attr-defined]  # a ChoiceField
        self.target = target
        if kinds == (Kind.RESTORE,):
            for name in ("day", "unit", "post", "wording", "right"):
                del self.fields[name]
        elif target is None:
            del self.fields["right"]

    def clean_unit(self) -> str | None:
        """The code of the unit that was typed."""
        text = str(self.cleaned_data["unit"]).strip()
        if not text:
            return None
        found = self.choices.unit(text)
        if len(found) == 1:
            return found[0]
        if self.target is not None and text == self.choices.unit_text(self.target.unit):
            return self.target.unit
        if not found:
            raise forms.ValidationError("この名前の所属はありません。")
        raise forms.ValidationError(
            "同じ名前の所属がいくつもあります。課の名前から入れてください。"
        )

    def clean_post(self) -> str | None:
        """The code of the post that was typed."""
        text = str(self.cleaned_data["post"]).strip()
        if not text:
            return None
        found = self.choices.post(text)
        if len(found) == 1:
            return found[0]
        if self.target is not None and text == self.choices.post_text(self.target.post):
            return self.target.post
        if not found:
            raise forms.ValidationError("この名前の職はありません。")
        raise forms.ValidationError(
            f"同じ職名があります。コードを入れてください（{'、'.join(found)}）。"
        )

    def clean_right(self) -> str | None:
        """The id of the person whose order it should have been."""
        number = code(str(self.cleaned_data["right"]))
        if not number:
            return None
        person = ties.person_numbered(number)
        if person is None:
            raise forms.ValidationError("この職員番号の職員はいません。")
        return person

    def answer(self, person: str) -> Answer:
        """What was answered."""
        values, kind = self.cleaned_data, Kind(self.cleaned_data["kind"])
        if kind not in _STATING:
            return Answer(kind, person, why=values["why"])
        word = values["wording"]
        term = _as_ordered(self.target, word) or self.choices.terms.get(word)
        return Answer(
            *(kind, person, values["day"], term, values["unit"], values["post"]),
            right=values.get("right"),
            why=values["why"],
        )


def _as_ordered(target: Line | None, word: str) -> Term | None:
    """What the word of the order itself meant there; the town may have other words by now."""
    if target is None or target.wording != word:
        return None
    return Term(word, target.effect, target.kind, target.slot, target.reason)


def _kinds(target: Line | None) -> tuple[Kind, ...]:
    if target is None:
        return (Kind.LATE,)
    return (Kind.RESTORE,) if target.effect is Effect.VOID else _MENDS


def _initial(target: Line | None, choices: Choices) -> dict[str, object]:
    initial: dict[str, object] = {"kind": _kinds(target)[0].value}
    if target is None:
        return initial | {"wording": "配置換"}
    return initial | {
        "day": target.effective,
        "unit": choices.unit_text(target.unit),
        "post": choices.post_text(target.post),
        "wording": target.wording,
    }
