"""What is typed on the page of requests."""

from __future__ import annotations

from django import forms

from meibo.platform.privacy.models import KINDS


class RequestForm(forms.Form):
    """A request that came in."""

    kind = forms.ChoiceField(label="請求", choices=list(KINDS.items()))
    staff_no = forms.CharField(label="職員番号", max_length=32)
    received = forms.DateField(
        label="請求があった日", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
