"""What is typed about a round of 会計年度任用職員."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from meibo.apps.personnel.models import RenewalRound
from meibo.apps.personnel.queries import renewal as queries
from meibo.domain.renewal import read_clock
from meibo.ledger import house

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoundForm(forms.Form):
    """A new round."""

    title = forms.CharField(label="名前", max_length=120)
    authority = forms.ChoiceField(
        label="任命権者",
        required=False,
        help_text="任命権者ごとに、べつべつに進めることもできます。",
    )
    ends = forms.DateField(
        label="対象：この日までに任期が満了する人",
        widget=_DAY,
        help_text="年度末の更新なら3月31日。年度の途中の更新なら、途中の満了日。",
    )
    last = forms.DateField(label="続ける人の、新しい満了日", widget=_DAY)
    until = forms.DateField(
        label="答えの締め切り", widget=_DAY, required=False, help_text="所属と本人の画面に出ます。"
    )

    def __init__(self, authorities: Iterable[str], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what a form takes
        own = [(name, name) for name in authorities]
        self.fields["authority"].choices = [("", "すべて"), *own]  # type: ignore[attr-defined]  # a ChoiceField


class ChangeForm(forms.Form):
    """Where somebody goes, how long they work."""

    decision = forms.ChoiceField(label="決定", choices=list(queries.DECISIONS.items()))
    unit = forms.CharField(
        label="異動先の所属",
        max_length=80,
        required=False,
        help_text="異動のときだけ。名前かコード。同じ名前があれば「税務課 管理係」のように。",
    )
    post = forms.ChoiceField(label="異動先の職", required=False)
    hours = forms.CharField(
        label="週の勤務時間",
        max_length=12,
        required=False,
        help_text="29時間、38:45 のように。空なら変えません。",
    )
    recruited = forms.BooleanField(
        label="公募を経た",
        required=False,
        help_text="公募による選考で選ばれた人です。再度の任用の回数の上限を数えません。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, found: RenewalRound, *args: object, **kwargs: object) -> None:
        self.round = found
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what a form takes
        posts = [(code, row.name) for code, row in house.codes().table("post").items()]
        self.fields["post"].choices = [("", "今のまま"), *posts]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_unit(self) -> str:
        text = str(self.cleaned_data.get("unit") or "").strip()
        codes = queries.units_named(self.round, text) if text else [""]
        if not codes:
            raise forms.ValidationError("この所属は、新しい任用の日にはありません。")
        if len(codes) > 1:
            raise forms.ValidationError(
                "同じ名前の所属がいくつかあります。上の組織の名前から書いてください。"
            )
        return codes[0]

    def clean_hours(self) -> int | None:
        text = str(self.cleaned_data.get("hours") or "").strip()
        minutes = read_clock(text) if text else None
        if text and minutes is None:
            raise forms.ValidationError("時間として読めません。38:45 のように書いてください。")
        return minutes
