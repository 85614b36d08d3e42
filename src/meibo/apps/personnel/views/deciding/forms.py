"""Forms of 決裁・内示・発令."""

from __future__ import annotations

from django import forms

#: So many decide at most.
ROUTE_LENGTH = 4


class NoticeForm(forms.Form):
    """From when those concerned may read."""

    day = forms.DateField(
        label="内示の日", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hour = forms.TimeField(
        label="時刻",
        help_text="この時刻から、本人と新旧の所属長が自分に関わる行だけを見られます。",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
