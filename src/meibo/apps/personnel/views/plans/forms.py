"""Forms about a plan as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from meibo.domain.checking.cells import FILED, STATED
from meibo.ledger.drawer import PlanCard

ENTERING = (*FILED[:-1], *STATED[:-1], FILED[-1], STATED[-1])
"""What is written of somebody who enters alone, in the order of the page."""


def day_field(label: str, note: str = "", *, required: bool = True) -> forms.DateField:
    """A day, with the browser's calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=note, required=required, widget=widget)


class BeginForm(forms.Form):
    """What a new plan is called, its day, and what it begins with."""

    title = forms.CharField(
        label="案の名前", max_length=200, help_text="例：2027年4月1日 定期異動（案A）"
    )
    day = day_field("発令日", "ほとんどの行の発令日です。行ごとに変えられます。")
    like = forms.ChoiceField(
        label="はじめの中身",
        required=False,
        help_text="案を写すと、元の案はそのまま残り、並べて比べられます。",
    )

    def offer(self, plans: Iterable[PlanCard]) -> None:
        """Let plans be copied."""
        field = self.fields["like"]
        if isinstance(field, forms.ChoiceField):
            copies = [(str(plan.id), f"「{plan.title}」を写す") for plan in plans]
            field.choices = [("", "空の案"), *copies]


class PasteForm(forms.Form):
    """A table: pasted, or as a file."""

    text = forms.CharField(
        label="貼り付ける表",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Excel で範囲を写して、ここに貼ります。見出しの行（職員番号・氏名・用語・発令日・"
        "新所属・新職・級・期限・備考）があれば、列の順は自由です。採用なら、よみ・生年月日・性別・"
        "任用形態・職種・週の勤務時間の列も読みます。",
    )
    file = forms.FileField(
        label="または、ファイル",
        required=False,
        help_text="Excel ブック（最初のシート）か CSV。読み取れない値も捨てずに指摘にします。",
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        values = super().clean() or {}
        if not self.errors and not values.get("text", "").strip() and not values.get("file"):
            raise forms.ValidationError("表を貼り付けるか、ファイルを選んでください。")
        return values


class LineForm(forms.Form):
    """One row without the grid: the same cells, the same reader."""

    person = forms.CharField(
        label="職員番号か氏名", required=False, help_text="採用なら新しい番号。"
    )
    wording = forms.CharField(label="用語", required=False)
    effective = forms.CharField(
        label="発令日", required=False, help_text="2027-04-01、R9.4.1 など。"
    )
    unit = forms.CharField(
        label="新所属",
        required=False,
        help_text="同じ名の係があるときは「税務課 管理係」のように書きます。",
    )
    post = forms.CharField(label="新職", required=False)
    grade = forms.CharField(label="級", required=False, help_text="昇任・降任のときだけ書きます。")
    until = forms.CharField(
        label="期限", required=False, help_text="任期・休職・派遣・事務取扱の末日。"
    )
    note = forms.CharField(label="備考", required=False)
    name = forms.CharField(label="氏名", required=False, help_text="姓と名の間を空けます。")
    kana = forms.CharField(label="よみ", required=False)
    birth_date = forms.CharField(
        label="生年月日", required=False, help_text="2000-05-06、H12.5.6 など。"
    )
    sex = forms.CharField(label="性別", required=False, help_text="男か女。空でもかまいません。")
    employment = forms.CharField(
        label="任用形態",
        required=False,
        help_text="用語から決まります。違うときだけ書きます（会計年度フルタイムなど）。",
    )
    job = forms.CharField(label="職種", required=False, help_text="事務、保健師など。")
    hours = forms.CharField(
        label="週の勤務時間", required=False, help_text="パートタイムなど。29時間、38:45 のように。"
    )
    appointment = forms.CharField(
        label="任用の番号",
        required=False,
        help_text="すでに在職している人を、もう一つ任用するときだけ。2、3 のように書きます。",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def moving(self) -> list[forms.BoundField]:
        """The cells that any order has."""
        return [field for field in self.visible_fields() if field.name not in ENTERING]

    def entering(self) -> list[forms.BoundField]:
        """Those of somebody who enters."""
        return [self[name] for name in ENTERING]


class DescribeForm(forms.Form):
    """What a plan is called."""

    title = forms.CharField(label="案の名前", max_length=200)
    day = day_field("発令日", "行ごとに変えられます。", required=False)
    note = forms.CharField(
        label="覚え書き", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class NameForm(forms.Form):
    """Who else may open a plan."""

    account = forms.CharField(label="サインイン名か職員番号", max_length=150)
    role = forms.ChoiceField(
        label="できること",
        choices=[("edit", "直す"), ("read", "見る"), ("decide", "見て決裁する")],
    )
