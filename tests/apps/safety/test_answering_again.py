"""The page of the link: short for who is safe, filled for who answers again, plain about help."""

import re
from datetime import timedelta

from django.test import Client
from pytest_django import Settings

from meibo.apps.safety.face import after, again, page
from meibo.apps.safety.face.card import Card
from meibo.apps.safety.face.form import Given
from meibo.apps.safety.face.store import Asked
from meibo.apps.safety.models import Answer, Called, Photo
from meibo.apps.safety.queries.links import token_of
from tests.apps.safety.test_after_answer import form
from tests.apps.safety.test_board import begun, crisis
from tests.apps.safety.test_face import ASKED, CARD, NOW, SAFE, Memory, answers, post, sent, token
from tests.domain.test_documents import jpeg

__all__ = ["crisis"]
FORM = 'enctype="multipart/form-data"'


def own(client: Client, values: dict[str, str] | None = None) -> str:
    called = Called.objects.order_by("pk")[0]
    path = f"/a/{token_of(called.pk, called.check_asked.until)}"
    answer = client.get(path) if values is None else client.post(path, values)
    assert answer.status_code == 200
    return answer.content.decode()


def chosen(text: str) -> set[str]:
    return set(re.findall(r'value="(\w+)" (?:required )?(?:checked|selected)', text))


def test_a_second_answer_begins_with_the_first_and_loses_nothing_of_it(
    crisis: Client, client: Client
) -> None:
    begun(crisis)
    said = {"comes": "later", "hours": "3", "way": "bike", "family": "safe", "home": "part"}
    own(client, {**SAFE, **said, "place": "駅", "words": "橋が\r\n通れない"})
    text = own(client)
    assert chosen(text) == {"safe", "later", "3", "bike", "part"}
    assert 'value="駅"' in text
    assert "橋が  通れない</textarea>" in text
    assert "<details open>" in text
    own(client, {**SAFE, **said, "place": "駅", "words": ""})
    assert Answer.objects.count() == 2
    assert Called.objects.order_by("pk")[0].arrives_at is not None


def test_what_is_left_of_the_time_is_chosen_and_a_time_that_has_passed_is_not() -> None:
    arrives = NOW + timedelta(hours=3)
    asked = Asked("drill", "t", "m", "safe", NOW, NOW, None, "later", arrives)
    assert again.last(asked, NOW)["hours"] == "3"
    assert again.last(asked, NOW + timedelta(hours=2))["hours"] == "1"
    assert again.last(asked, NOW + timedelta(hours=4))["hours"] == ""
    assert again.last(Asked("drill", "t", "m"), NOW) == {}


def test_the_face_that_can_read_nothing_sealed_still_knows_what_was_ticked() -> None:
    ((code, text),) = answers(Memory(), sent("GET", f"/a/{token()}"))
    assert (code, "safe" in chosen(text)) == (200, True)


def test_who_is_badly_hurt_is_told_that_nobody_comes_by_this_alone() -> None:
    for status in ("grave", "rescue"):
        text = after.thanks(Given(NOW, status), phone="03-0000-0<1>")
        assert 'href="tel:119"' in text
        assert 'href="tel:03000001"' in text
        assert "03-0000-0&lt;1&gt;" in text
    assert 'href="tel:119"' in after.thanks(Given(NOW, "rescue"))
    assert "（役所）" not in after.thanks(Given(NOW, "rescue"))
    for status in ("safe", "hurt"):
        assert "119" not in after.thanks(Given(NOW, status), phone="03-0000-0000")


def test_the_number_of_the_house_goes_to_both_faces(
    crisis: Client, client: Client, settings: Settings
) -> None:
    settings.MEIBO_SAFETY_PHONE = "03-0000-0000"
    begun(crisis)
    assert "tel:0300000000" in own(client, {"sheet": "1", "status": "grave"})
    written = Card(CARD.link, "m", CARD.public, family=True, phone="1").written()
    assert Card.read(written).phone == "1"


def test_who_is_safe_finds_the_button_before_the_rest() -> None:
    text = page.ask(Asked("drill", "t", "m"), family=True)
    before, _, folded = text.partition("<details>")
    assert all(f'name="{name}"' in before for name in ("status", "comes", "hours"))
    assert all(f'name="{name}"' in folded for name in ("way", "family", "home", "place", "words"))
    assert '<textarea name="words" rows="2"' in folded


def test_a_picture_is_sent_once_however_often_the_page_is_loaded_again(
    crisis: Client, client: Client
) -> None:
    begun(crisis)
    own(client, SAFE)
    called = Called.objects.order_by("pk")[0]
    path = f"/a/{token_of(called.pk, called.check_asked.until)}"
    kind = "multipart/form-data; boundary=----meibo"
    for count in (1, 2, 3):
        answer = client.generic("POST", f"{path}?photo", form(jpeg()), kind)
        assert (answer.status_code, answer["Location"]) == (303, "?sent")
        shown = [client.get(f"{path}?sent").content.decode() for _ in range(2)][1]
        assert f"{count}枚届いています" in shown
        assert (FORM in shown) == (count < 3)
    assert Photo.objects.count() == 3
    assert FORM not in client.get(path).content.decode()
    fourth = client.generic("POST", f"{path}?photo", form(jpeg()), kind)
    assert fourth.status_code == 422
    assert FORM not in fourth.content.decode()
    assert FORM not in own(client, {**SAFE, page.FULL: "1"})
    assert f'name="{page.FULL}"' in own(client)


def test_a_full_answer_at_the_face_offers_no_picture() -> None:
    (first, second) = answers(Memory(), post(SAFE), post({**SAFE, page.FULL: "1"}))
    assert FORM in first[1]
    assert FORM not in second[1]


def test_every_page_fits_twenty_kilobytes() -> None:
    values = {"words": "あ" * 200, "place": "い" * 60, "comes": "now"}
    for text in (after.ask(ASKED, [], family=True, values=values), after.photo_kept([], 2)):
        assert len(text.encode()) <= 20_000
