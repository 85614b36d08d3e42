"""What can be filed: the questions of each kind, what they write into the book, how it is read.

A kind is asked one question a screen. Answers are text by name; `made` turns them into the fields
of the book, given what is on record on the day they are accepted, so that two filings about two
children, accepted one after the other, both count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from meibo.apps.personnel.actions.filings import licences
from meibo.apps.personnel.actions.filings.making import (
    Fields,
    Values,
    address_made,
    address_told,
    commuting_begun,
    commuting_made,
    commuting_told,
    contacts_begun,
    contacts_made,
    contacts_told,
    emergency_begun,
    emergency_made,
    emergency_told,
    family_made,
    family_told,
    goes_on,
    licence_made,
    licence_told,
    name_begun,
    name_made,
    name_told,
)


@dataclass(frozen=True, slots=True)
class Question:
    """One screen. `asked`: whether it is asked at all, after the answers before it."""

    title: str
    names: tuple[str, ...]
    asked: Callable[[Values], bool] = lambda values: True


@dataclass(frozen=True, slots=True)
class Kind:
    """`row`: of the disclosure table, which says who reads it while it waits as well. `fields`: of
    the book. `made`: answers and record → fields; `told`: fields → lines of label and text."""

    key: str
    row: str
    icon: str
    fields: tuple[str, ...]
    questions: tuple[Question, ...]
    made: Callable[[Values, Values], Fields]
    told: Callable[[Mapping[str, str | None]], list[tuple[str, str]]]
    begun: Callable[[Values], dict[str, str]] = lambda record: {}

    def asked(self, values: Values) -> list[Question]:
        """The questions that these answers leave to be asked, in order."""
        return [question for question in self.questions if question.asked(values)]


_SINCE = Question("いつからですか", ("since",))
KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            *("address", "address", "home", ("postcode", "address")),
            (
                Question("新しい郵便番号は", ("postcode",)),
                Question("新しい住所は", ("address",)),
                _SINCE,
            ),
            *(address_made, address_told),
        ),
        Kind(
            *("name", "record_name", "identification"),
            ("name", "kana", "maiden_name", "maiden_kana", "uses_maiden_name"),
            (
                Question("新しい氏名は（戸籍のとおり）", ("family", "given")),
                Question("読みは", ("family_kana", "given_kana")),
                Question("今までの姓を職場で使い続けますか", ("keeps_maiden",)),
                _SINCE,
            ),
            *(name_made, name_told, name_begun),
        ),
        Kind(
            *("contacts", "contacts", "device-phone-mobile", ("contacts",)),
            (
                Question("携帯電話の番号は", ("mobile",)),
                Question("自宅の電話の番号は", ("home_phone",)),
                Question("個人のメールアドレスは", ("own_mail",)),
            ),
            *(contacts_made, contacts_told, contacts_begun),
        ),
        Kind(
            *("commuting", "commuting", "map", ("commuting",)),
            (
                Question("主な通勤の手段は", ("means",)),
                Question("経路は", ("route",)),
                Question("距離と1か月の費用は", ("distance", "cost")),
                _SINCE,
            ),
            *(commuting_made, commuting_told, commuting_begun),
        ),
        Kind(
            *("family", "family", "users", ("family",)),
            (
                Question("だれのことですか", ("who",)),
                Question("氏名と続柄は", ("relative", "relation"), goes_on),
                Question("生まれた日と、住まいは", ("born", "together"), goes_on),
                _SINCE,
            ),
            *(family_made, family_told),
        ),
        Kind(
            *("emergency", "emergency", "phone-arrow-up-right", ("emergency",)),
            (
                Question("だれに連絡しますか", ("relative", "relation")),
                Question("その人の電話番号は", ("phone",)),
            ),
            *(emergency_made, emergency_told, emergency_begun),
        ),
        Kind(
            *("licence", "licence", "academic-cap", ("licence",)),
            (
                Question("資格・免許の名前は", ("licence_name",)),
                Question("級・種別は", ("licence_level",), licences.has_levels),
                Question("番号と、取得した日は", ("licence_number", "got")),
                Question("有効期限はありますか", ("expires",)),
                Question("証書の写しを付けてください", ("scan",), licences.wants_scan),
            ),
            *(licence_made, licence_told),
        ),
    )
}


def day_of(values: Values, today: date) -> date:
    """From which day a filing speaks; one that names none, from today."""
    since = values.get("since")
    return date.fromisoformat(since) if since else today
