"""Forms about a plan as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from meibo.ledger.drawer import PlanCard


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
