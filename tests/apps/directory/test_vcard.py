"""The card to take away holds what the page shows, in the exact characters of the record."""

from typing import Any

import pytest

from meibo.apps.directory.queries.vcard import vcard
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward

CARD = {
    "id": "p1",
    "name": "葛\U000e0100西\u3000麻美",
    "kana": "カサイ\u3000アサミ",
    "unit_path": ["政策経営部", "企画課"],
    "post": "主査",
    "mail": "asami@ward.example",
    "extension": "2345",
}


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_the_name_keeps_its_exact_characters() -> None:
    lines = unfolded(vcard(CARD, "汐見区"))
    assert "N:葛\U000e0100西;麻美;;;" in lines
    assert "FN:葛\U000e0100西 麻美" in lines
    assert "X-PHONETIC-LAST-NAME:カサイ" in lines


def test_organisation_and_post_are_in_it() -> None:
    lines = unfolded(vcard(CARD, "汐見区"))
    assert "ORG:汐見区;政策経営部;企画課" in lines
    assert "TITLE:主査" in lines


def test_it_begins_and_ends_as_a_vcard() -> None:
    text = vcard(CARD, "")
    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert text.endswith("END:VCARD\r\n")


@pytest.mark.parametrize("missing", ["kana", "unit_path", "post", "mail", "extension"])
def test_what_is_not_on_the_card_is_not_in_the_vcard(missing: str) -> None:
    card: dict[str, Any] = {key: value for key, value in CARD.items() if key != missing}
    text = vcard(card, "")
    value = CARD[missing]
    assert str(value[0] if isinstance(value, list) else value).split("\u3000")[0] not in text


def test_signs_with_a_meaning_are_escaped() -> None:
    lines = unfolded(vcard({**CARD, "post": "課長;代理,甲\\乙\n丙"}, ""))
    assert "TITLE:課長\\;代理\\,甲\\\\乙\\n丙" in lines


def test_no_line_is_longer_than_seventy_five_octets() -> None:
    long = {**CARD, "name": "勅使河原・アレクサンドラ\u3000エリザベートマリアンヌシャルロッテ" * 2}
    text = vcard(long, "汐見区")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "シャルロッテ" in "".join(unfolded(text))


def test_the_file_is_offered_under_the_name_of_the_person(ward: Ward, signed_in: SignIn) -> None:
    chief = ward.first("税務係", "050")
    response = signed_in().get(f"/people/{chief}/card.vcf")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    assert ward.names[chief].replace("\u3000", ";") in response.content.decode()


def test_the_code_is_a_picture_that_stands_for_itself(ward: Ward, signed_in: SignIn) -> None:
    response = signed_in().get(f"/people/{ward.first('税務係', '050')}/card.svg")
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response.content.lstrip().startswith(b"<?xml")
    assert b'xmlns="http://www.w3.org/2000/svg"' in response.content


@pytest.mark.parametrize("file", ["card.vcf", "card.svg", "photo"])
def test_nobody_takes_away_the_card_of_who_is_not_there(
    ward: Ward, signed_in: SignIn, file: str
) -> None:
    assert signed_in().get(f"/people/nobody/{file}").status_code == 404
