"""The fields of every question: label, help, and how what was typed is tidied and checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from meibo.apps.personnel.actions.filings import licences
from meibo.apps.personnel.actions.filings.making import END, NEW, person_key, rows_of
from meibo.domain import names
from meibo.domain.documents import KINDS, LARGEST, DocumentError, cleaned, kind_of
from meibo.domain.names import Reason
from meibo.platform.layout.wording import short_date, spaced

_POSTCODE = re.compile(r"(\d{3})-?(\d{4})")
_PHONE = re.compile(r"0\d{1,4}-?\d{1,4}-?\d{3,4}")
#: What people type along with a number, after `half`.
_AROUND = re.compile(r"[,、\s]|^¥|円$|km$|キロ$")
_IN_WORDS = re.compile(r"^第(.+)号$")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
MEANS = ("徒歩", "自転車", "電車・バス", "自動車・バイク", "その他")
RELATIONS = ("配偶者", "子", "父", "母", "兄弟姉妹", "祖父母", "孫", "その他")
#: A filing may speak of so long ago, and of so soon.
_BACK, _AHEAD = timedelta(days=5 * 366), timedelta(days=366)


def half(text: str) -> str:
    """Digits, letters and dashes in half width, however they were typed."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    return re.sub(r"[‐‑‒–—―ー−]", "-", narrow)


class Answer(forms.CharField):
    """A short text in which a 個人番号 has no place (番号法20条: nobody may collect it here)."""

    def __init__(self, label: str, note: str = "", **options: Any) -> None:
        attributes = {"autocomplete": options.pop("autocomplete", "off")}
        attributes |= {"inputmode": mode} if (mode := options.pop("inputmode", "")) else {}
        widget = forms.TextInput(attrs=attributes)
        given: dict[str, Any] = {"max_length": 120, "required": False, "widget": widget, **options}
        super().__init__(label=label, help_text=note, **given)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if names.find_my_numbers(text):
            raise ValidationError("個人番号（マイナンバー）は書かないでください。")
        return self.tidy(text) if text else ""

    def tidy(self, text: str) -> str:
        return text.strip()


class NameAnswer(Answer):
    def tidy(self, text: str) -> str:
        name = names.exact(text).value
        if any(letter.isdecimal() for letter in name):
            raise ValidationError("名前に数字は入れられません。戸籍のとおりに入れてください。")
        return name


class KanaAnswer(Answer):
    def tidy(self, text: str) -> str:
        read = names.kana(text)
        if Reason.NOT_KANA in read.reasons:
            raise ValidationError("カタカナか、ひらがなで入れてください。")
        return read.value


class PostcodeAnswer(Answer):
    def tidy(self, text: str) -> str:
        found = _POSTCODE.fullmatch(half(text))
        if not found:
            raise ValidationError("7けたの数字で入れてください（例 000-0000）。")
        return "-".join(found.groups())


class PhoneAnswer(Answer):
    def tidy(self, text: str) -> str:
        number = half(text).replace(" ", "")
        digits = number.replace("-", "")
        if not _PHONE.fullmatch(number) or len(digits) not in {10, 11}:
            raise ValidationError(
                "0から始まる10けたか11けたの番号を入れてください（例 090-0000-0000）。"
            )
        if "-" not in number and len(digits) == 11:
            return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
        return number


class MailAnswer(Answer):
    def tidy(self, text: str) -> str:
        mail = half(text)
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", mail):
            raise ValidationError("メールアドレスの形ではありません（例 namae@example.jp）。")
        return mail


class SignAnswer(Answer):
    """A number as a certificate has it: letters and digits in half width, words as they are."""

    def tidy(self, text: str) -> str:
        return _IN_WORDS.sub(r"\1", text.translate(_NARROW).strip())


class NumberAnswer(Answer):
    """A number that is reckoned with; commas and the unit may be typed along."""

    def __init__(self, label: str, note: str, form: str, wrong: str) -> None:
        self.form, self.wrong = re.compile(form), wrong
        super().__init__(label, note, inputmode="decimal")

    def tidy(self, text: str) -> str:
        number = _AROUND.sub("", half(text).lower())
        if not self.form.fullmatch(number):
            raise ValidationError(self.wrong)
        return number


class DayAnswer(forms.DateField):
    """A day, kept as ISO text. `first`, `last`: what makes sense here."""

    def __init__(self, label: str, note: str = "", *, first: date, last: date, **more: Any) -> None:
        self.first, self.last = first, last
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, help_text=note, widget=widget, **more)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is None:
            return ""
        if not self.first <= day <= self.last:
            raise ValidationError(
                f"{short_date(self.first)}から{short_date(self.last)}までの日を入れてください。"
            )
        return day.isoformat()


class ScanAnswer(forms.FileField):
    """A scan of a certificate: checked as every document is, by what is in it."""

    def __init__(self, paper: str, *, held: str) -> None:
        note = f"PDFか、写真（JPEG・PNG）。{LARGEST // 1024 // 1024}MBまでです。"
        if held:
            note = f"付いているもの：{held}。替えるときだけ、選び直してください。{note}"
        widget = forms.FileInput(attrs={"accept": ",".join(KINDS)})
        wrong = {
            "required": "写しのファイルを選んでください。",
            "empty": "ファイルが空です。",
            "invalid": "写しのファイルを選び直してください。",
        }
        super().__init__(
            label=f"{paper or '証書'}の写し",
            help_text=note,
            widget=widget,
            required=not held,
            error_messages=wrong,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > LARGEST:
            raise ValidationError(f"{LARGEST // 1024 // 1024}MBまでのファイルにしてください。")
        content = file.read()
        try:
            cleaned(content, kind_of(content))
        except DocumentError as error:
            raise ValidationError(str(error)) from error
        return str(file.name), content


def _choice(label: str, words: Mapping[str, str], note: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=list(words.items()), widget=forms.RadioSelect, help_text=note
    )


def _who(record: Mapping[str, str]) -> forms.ChoiceField:
    """Somebody new, or one of those on record, or one who is no dependant any more."""
    held = [(person_key(row), spaced(row.get("name"))) for row in rows_of(record.get("family"))]
    words = {NEW: "新しく届け出る人"}
    words |= {key: f"{name}のことを直す" for key, name in held}
    words |= {END + key: f"{name}を外す（扶養でなくなった、など）" for key, name in held}
    return _choice("だれのことですか", words)


def _since(today: date) -> forms.Field:
    note = "住み始めた日、変わった日などです。今日より前でも、少し先でもかまいません。"
    return DayAnswer("いつから", note, first=today - _BACK, last=today + _AHEAD)


def _maiden(record: Mapping[str, str]) -> forms.ChoiceField:
    kept = record.get("maiden_name") or spaced(record.get("name")).split(" ")[0]
    words = {"no": "使わない（新しい氏名を職場でも使う）", "yes": f"「{kept}」を職場で使い続ける"}
    note = (
        "使い続けると、名簿や検索に出る氏名は今までの姓のままです。"
        "戸籍の氏名は、人事課と給与の担当だけに見えます。"
    )
    return _choice("旧姓の使用", words, note)


Maker = Callable[[date, Mapping[str, str]], forms.Field]
_LONG_AGO, _FAR = date(1900, 1, 1), date(2100, 1, 1)
ANSWERS: Mapping[str, Maker] = {
    "postcode": lambda today, record: PostcodeAnswer(
        *(
            "郵便番号",
            "7けたの数字です。",
        ),
        required=True,
        inputmode="numeric",
        autocomplete="postal-code",
    ),
    "address": lambda today, record: Answer(
        *("住所", "都道府県から、建物の名前と部屋番号まで入れてください。"),
        required=True,
        autocomplete="street-address",
    ),
    "since": lambda today, record: _since(today),
    "family": lambda today, record: NameAnswer("姓", required=True, autocomplete="family-name"),
    "given": lambda today, record: NameAnswer("名", required=True, autocomplete="given-name"),
    "family_kana": lambda today, record: KanaAnswer("姓の読み", required=True),
    "given_kana": lambda today, record: KanaAnswer("名の読み", required=True),
    "keeps_maiden": lambda today, record: _maiden(record),
    "mobile": lambda today, record: PhoneAnswer(
        *("携帯電話", "いつも使う番号です。なければ空のままにします。"),
        inputmode="tel",
        autocomplete="tel",
    ),
    "home_phone": lambda today, record: PhoneAnswer(
        "自宅の電話", "なければ空のままにします。", inputmode="tel"
    ),
    "own_mail": lambda today, record: MailAnswer(
        *("個人のメール", "職場のメールが使えないときの連絡先です。なければ空のままにします。"),
        inputmode="email",
        autocomplete="email",
    ),
    "means": lambda today, record: _choice("通勤の手段", {word: word for word in MEANS}),
    "route": lambda today, record: Answer(
        *("経路", "自宅の最寄り駅から順に書きます（例 若葉駅―緑線―区役所前駅）。"), required=True
    ),
    "distance": lambda today, record: NumberAnswer(
        *("片道の距離（km）", "小数は1けたまで（例 12.5）。"),
        *(r"\d{1,3}(\.\d)?", "キロメートルを数字で入れてください（例 12.5）。"),
    ),
    "cost": lambda today, record: NumberAnswer(
        *("1か月の費用（円）", "定期券なら1か月分の額です。かからなければ空のままにします。"),
        *(r"\d{1,6}", "円の額を数字で入れてください（例 15000）。"),
    ),
    "who": lambda today, record: _who(record),
    "relative": lambda today, record: NameAnswer(
        "氏名", "姓と名の間を空けてください。", required=True
    ),
    "relation": lambda today, record: _choice("続柄", {word: word for word in RELATIONS}),
    "born": lambda today, record: DayAnswer("生年月日", first=_LONG_AGO, last=today),
    "together": lambda today, record: _choice("住まい", {"1": "同居", "0": "別居"}),
    "phone": lambda today, record: PhoneAnswer("電話番号", required=True, inputmode="tel"),
    "licence_name": lambda today, record: Answer(
        *("名前", "級・種別は付けずに、証書に書いてあるとおりに入れてください（例 保健師）。"),
        required=True,
    ),
    "licence_level": lambda today, record: _choice(
        "級・種別", {level: level for level in licences.paper(record["licence_name"]).levels}
    ),
    "scan": lambda today, record: ScanAnswer(
        licences.paper(record["licence_name"]).paper, held=record.get("scan_name", "")
    ),
    "licence_number": lambda today, record: SignAnswer("番号", "証書の番号です。"),
    "got": lambda today, record: DayAnswer("取得した日", first=_LONG_AGO, last=today),
    "expires": lambda today, record: DayAnswer(
        *("有効期限", "期限のない資格は、空のままにします。"),
        first=today - _BACK,
        last=_FAR,
        required=False,
    ),
}


class QuestionForm(forms.Form):
    """One screen."""

    def __init__(
        self, names: tuple[str, ...], today: date, record: Mapping[str, str], **more: Any
    ) -> None:
        super().__init__(**more)
        for name in names:
            self.fields[name] = ANSWERS[name](today, record)
