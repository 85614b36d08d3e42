"""What is typed on these pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from meibo.apps.exchange.queries.feeds import feeds
from meibo.domain import names
from meibo.domain.names import find_my_numbers
from meibo.platform.door import read_day
from meibo.platform.feeds.outbound import FORMAT_LABELS

MOST_BYTES = 64 << 20
"""A master of 100,000 people takes some 50 MB."""


def _day_field(label: str, note: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=note, widget=widget)


class DeliverForm(forms.Form):
    """Which feed, for which day, all or the difference."""

    feed = forms.ChoiceField(label="送り先の定義")
    mode = forms.ChoiceField(
        label="範囲",
        choices=[
            ("difference", "差分（前に受け取られた内容から変わったところ）"),
            ("full", "全件"),
        ],
        help_text="はじめての送出は、差分でも全員になります。",
    )
    on = _day_field("基準日", "この日の名簿を送ります。")
    form = forms.ChoiceField(label="形式", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["feed"], [(feed.key, feed.name) for feed in feeds()])
        _choose(self.fields["form"], [("", "定義のとおり"), *FORMAT_LABELS.items()])


class ReconcileForm(forms.Form):
    """A file of payroll, and the day of the roster to hold it against."""

    feed = forms.ChoiceField(label="ファイルの定義")
    file = forms.FileField(
        label="給与側のファイル",
        help_text="職員マスタを1つ選びます。CSV、TSV、Excel、JSON、固定長（.txt）を読めます。",
    )
    on = _day_field("基準日", "名簿のこの日と比べます。ふつうはファイルの日付です。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["feed"], [(feed.key, feed.name) for feed in feeds()])

    def clean_file(self) -> Any:
        """Not larger than any export of a municipality."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"ファイルは{MOST_BYTES >> 20}MBまでです。")
        return file


class AnswerForm(forms.Form):
    """The acknowledgement file."""

    file = forms.FileField(
        label="受領ファイル",
        help_text="給与側が返したファイルです。送出番号で、どの送出かが決まります。",
    )


class OwnForm(forms.Form):
    """What somebody asks to be put right in their own record."""

    field = forms.ChoiceField(label="直したい項目")
    value = forms.CharField(label="正しい値", max_length=120)
    on = _day_field("いつから", "その値が正しい最初の日です。はじめから違うときは、採用の日です。")
    why = forms.CharField(
        label="わけ",
        max_length=300,
        required=False,
        help_text="人事だけが読みます。書類があるときは、その名前を書いてください。",
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["field"], choices)

    def clean(self) -> dict[str, Any]:
        """The value in the form in which its field is kept."""
        values = super().clean() or {}
        text, name = values.get("value"), values.get("field", "")
        if not text:
            return values
        if find_my_numbers(text):
            self.add_error("value", "個人番号と読める数字があります。名簿には入れられません。")
            return values
        made = _made(name, text)
        if made is None:
            self.add_error("value", _ASKED[name])
        else:
            values["value"] = made
        return values


_ASKED = {
    "birth_date": "日付で書いてください（例：1990年5月6日）。",
    "kana": "かなで、姓と名の間を空けて書いてください。",
    "maiden_kana": "かなで書いてください。",
}


def _made(name: str, text: str) -> str | None:
    if name == "birth_date":
        day: date | None = read_day(text)
        return day.isoformat() if day else None
    if name in ("kana", "maiden_kana"):
        read = names.kana(text)
        return read.value if read.value and not _odd(read.value) else None
    return names.exact(text).value or None


def _odd(reading: str) -> bool:
    return any(not ("ァ" <= letter <= "ヿ" or letter in "\u3000 ・ー") for letter in reading)


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
