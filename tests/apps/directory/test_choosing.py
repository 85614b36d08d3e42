"""People are chosen by conditions that are put together row by row, kept, and asked again."""

import json
import re
from datetime import date

import pytest
from django.test import Client

from meibo.apps.directory.models import FoundSet, SavedCondition
from meibo.domain.conditions import Compared, Group, written
from meibo.ledger import writer
from meibo.ledger.writer import Batch, NewCode, NewFiling
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, Ward

pytestmark = pytest.mark.django_db

START, GONE = date(2020, 4, 1), date(2024, 4, 1)
#: One group with 職 = 係長 (050) and 所属 = 税務課 or below.
HEADS = {
    "how": "all",
    "g0-how": "all",
    "g0r0-kind": "test",
    "g0r0-field": "post",
    "g0r0-op": "in",
    "g0r0-v": ["050", ""],
}


def in_tax(ward: Ward) -> dict[str, object]:
    return {
        **HEADS,
        "g0r1-kind": "test",
        "g0r1-field": "unit",
        "g0r1-op": "in",
        "g0r1-v": ward.codes["税務課"],
    }


def found_by(client: Client, data: dict[str, object]) -> FoundSet:
    response = client.post("/choose/new", {**data, "do": "find"})
    assert response.status_code == 302, response.content.decode()
    return FoundSet.objects.get(pk=int(re.findall(r"/sets/(\d+)", response["Location"])[0]))


def test_a_row_is_added_by_a_button_and_shows_what_fits_its_field(signed_in: SignIn) -> None:
    client = signed_in()
    page = client.post(
        "/choose/new", {"how": "all", "g0-how": "all", "g0-add": "post", "do": "add:0"}
    )
    html = page.content.decode()
    assert 'name="g0r0-field" value="post"' in html
    assert "が次のどれか" in html
    assert ">係長<" in html


def test_the_condition_is_read_back_and_counted(signed_in: SignIn, ward: Ward) -> None:
    client = signed_in()
    html = client.post("/choose/new", {**in_tax(ward), "do": "count"}).content.decode()
    assert "職が係長である、かつ、所属（本務）が税務課（下の組織も）である人" in html
    heads = sum(
        len(people)
        for (code, post), people in ward.seats.items()
        if post == "050" and code.startswith(ward.codes["税務課"][:4])
    )
    assert f'<span class="builder-count">{heads}</span>' in html


def test_a_row_that_is_not_filled_in_is_named_and_not_counted(
    signed_in: SignIn, ward: Ward
) -> None:
    data = {**in_tax(ward), "g0r1-v": ""}
    html = signed_in().post("/choose/new", {**data, "do": "find"}).content.decode()
    assert "値を入れてください" in html
    assert "1個）は、人数に入れていません" in html
    assert not FoundSet.objects.exists()


def test_a_row_is_taken_out_and_a_group_added(signed_in: SignIn, ward: Ward) -> None:
    client = signed_in()
    html = client.post("/choose/new", {**in_tax(ward), "do": "drop:0:0"}).content.decode()
    assert 'name="g0r0-field" value="unit"' in html
    assert "g0r1-field" not in html
    html = client.post("/choose/new", {**in_tax(ward), "do": "group"}).content.decode()
    assert 'name="g1-how"' in html


def test_a_unit_that_is_gone_can_be_asked_for_and_posts_of_one_name_are_told_apart(
    signed_in: SignIn, ward: Ward
) -> None:
    batch = Batch()
    for field, day, value in (("name", START, "窓口改革係"), ("name", GONE, None)):
        batch.filings.append(NewFiling("unit:98989898", field, value, day, NOW))
    for code, grade in (("033", 5), ("054", 3)):
        batch.codes.append(NewCode("post", code, "館長", 90, f'{{"grade": {grade}}}'))
    writer.append(batch, actor="test", now=NOW)
    client = signed_in()
    sent = {"how": "all", "g0-how": "all", "do": "add:0"}
    html = client.post("/choose/new", {**sent, "g0-add": "been"}).content.decode()
    assert '<option value="98989898">窓口改革係（2024年3月31日まで）</option>' in html
    html = client.post("/choose/new", {**sent, "g0-add": "held"}).content.decode()
    assert ">館長（5級）<" in html
    assert ">館長（3級）<" in html
    assert ">係長<" in html
    now = client.post("/choose/new", {**sent, "g0-add": "unit"}).content.decode()
    assert "窓口改革係" not in now


def test_htmx_gets_the_form_alone(signed_in: SignIn, ward: Ward) -> None:
    headers = {"HX-Request": "true"}
    html = (
        signed_in()
        .post("/choose/new", {**in_tax(ward), "do": "count"}, headers=headers)
        .content.decode()
    )
    assert html.lstrip().startswith("<form")


def test_finding_makes_a_set_of_ones_own(signed_in: SignIn, ward: Ward) -> None:
    client = signed_in()
    found = found_by(client, in_tax(ward))
    assert set(found.people) == {
        person
        for (code, post), people in ward.seats.items()
        for person in people
        if post == "050" and code.startswith(ward.codes["税務課"][:4])
    }
    page = client.get(f"/sets/{found.pk}").content.decode()
    assert "職が係長である" in page
    other = signed_in("人事係", "060")
    assert other.get(f"/sets/{found.pk}").status_code == 404


def test_nobody_asks_by_a_field_that_they_may_not_see(signed_in: SignIn) -> None:
    data = {**HEADS, "g0r0-field": "birth_date", "g0r0-op": "older", "g0r0-v": "40"}
    html = signed_in().post("/choose/new", {**data, "do": "find"}).content.decode()
    assert "この項目は、あなたの立場では条件に使えません" in html


def test_a_head_asks_their_own_people_alone_by_what_only_heads_see(
    signed_in: SignIn, ward: Ward
) -> None:
    client = signed_in("税務課", "030")
    data = {**HEADS, "g0r0-field": "employment", "g0r0-op": "in", "g0r0-v": "常勤"}
    found = found_by(client, data)
    own = {
        p
        for (code, _), people in ward.seats.items()
        for p in people
        if code.startswith(ward.codes["税務課"][:4])
    }
    assert found.people
    assert set(found.people) <= own
    # What is not known of others is not known either way.
    assert set(found_by(client, {**data, "g0r0-op": "not"}).people) <= own


def test_a_kept_condition_is_used_shared_copied_dropped_and_brought_back(
    signed_in: SignIn, ward: Ward
) -> None:
    client = signed_in()
    data = {**in_tax(ward), "do": "save", "name": "税務の係長", "shared": "staff"}
    assert client.post("/choose/new", data).status_code == 302
    kept = SavedCondition.objects.get()
    assert "税務の係長" in client.get("/choose/").content.decode()
    other = signed_in("人事係", "060")
    assert "税務の係長" in other.get("/choose/").content.decode()
    assert other.post(f"/choose/{kept.pk}", {"do": "drop"}).status_code == 404
    other.post(f"/choose/{kept.pk}", {"do": "copy"})
    assert SavedCondition.objects.filter(name="税務の係長の写し", shared="").count() == 1
    page = client.post(f"/choose/{kept.pk}", {"do": "drop"}, follow=True).content.decode()
    assert "元に戻す" in page
    assert "税務の係長</span>" not in page
    client.post(f"/choose/{kept.pk}", {"do": "back"})
    assert "税務の係長" in client.get("/choose/").content.decode()


def test_a_condition_changed_at_another_desk_is_not_written_over(
    signed_in: SignIn, ward: Ward
) -> None:
    client = signed_in()
    client.post("/choose/new", {**in_tax(ward), "do": "save", "name": "一"})
    kept = SavedCondition.objects.get()
    change = {"do": "change", "version": kept.version, "name": "二", "note": "", "shared": ""}
    client.post(f"/choose/{kept.pk}", change)
    page = client.post(f"/choose/{kept.pk}", {**change, "name": "三"}, follow=True)
    assert "別の画面でこの条件が変わりました（今の名前は「二」）" in page.content.decode()
    assert SavedCondition.objects.get().name == "二"


def test_the_definition_is_handed_on_as_a_file(signed_in: SignIn, ward: Ward) -> None:
    client = signed_in()
    client.post("/choose/new", {**in_tax(ward), "do": "save", "name": "一"})
    kept = SavedCondition.objects.get()
    told = json.loads(client.get(f"/choose/{kept.pk}.json").content)
    assert told["condition"]["parts"][0]["parts"][0]["values"] == ["050"]


def test_one_opens_a_kept_condition_and_goes_on(signed_in: SignIn, ward: Ward) -> None:
    client = signed_in()
    client.post("/choose/new", {**in_tax(ward), "do": "save", "name": "一"})
    kept = SavedCondition.objects.get()
    html = client.get(f"/choose/new?saved={kept.pk}").content.decode()
    assert 'value="050" checked' in html
    changed = {**in_tax(ward), "g0r0-v": "060", "saved": kept.pk, "version": kept.version}
    client.post("/choose/new", {**changed, "do": "over", "name": "主任"})
    assert '"060"' in SavedCondition.objects.get().body
    stale = client.post("/choose/new", {**changed, "do": "over", "name": "古い"}).content.decode()
    assert "別の画面でこの条件が変わりました" in stale


def test_a_condition_that_cannot_be_read_any_more_is_said_to_be_so(signed_in: SignIn) -> None:
    client = signed_in()
    owner = client.session["_auth_user_id"]
    assert owner
    body = written(Group("all", (Compared("free:gone", "is", ("x",)),)))
    from_somebody = SavedCondition.objects.create(
        owner="somebody", name="昔の項目", body=body, shared="staff", changed=NOW
    )
    page = client.get("/choose/").content.decode()
    assert "（今はない項目）" in page
    html = client.get(f"/choose/new?saved={from_somebody.pk}").content.decode()
    assert "今はない項目" in html
