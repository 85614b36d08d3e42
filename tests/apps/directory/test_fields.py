"""Fields that a town adds: on cards and in lists for who may see them, written by who may."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meibo.apps.directory.actions import sets
from meibo.apps.directory.models import FoundSet
from meibo.domain.disclosure import Viewer
from meibo.ledger import documents, reader
from meibo.ledger.models import Stretch
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.free import LANGUAGE, NOTE, PLEDGED, SCAN, add_fields
from tests.apps.directory.ward import NOW, TODAY, Ward

pytestmark = pytest.mark.django_db
STAFF = Viewer(frozenset({"staff"}), TODAY)
HR = Viewer(frozenset({"staff", "hr"}), TODAY)
PDF = b"%PDF-1.4\n%scan\n%%EOF\n"


@pytest.fixture
def person(ward: Ward) -> str:
    add_fields()
    return ward.first("税務係", "060")


def file(person: str, **values: str) -> None:
    filings = [NewFiling(person, f"free:{key}", value, TODAY, NOW) for key, value in values.items()]
    append(Batch(filings=filings), actor="test", now=NOW)


def card_of(viewer: Viewer, person: str) -> reader.Card:
    card = reader.card(viewer, person, on=TODAY)
    assert card is not None
    return card


def test_a_field_is_on_the_card_of_who_may_see_it_and_absent_elsewhere(person: str) -> None:
    file(person, language='["英語"]', health="左耳が聞こえにくい")
    assert card_of(STAFF, person)[LANGUAGE] == ["英語"]
    assert NOTE not in card_of(STAFF, person)
    assert card_of(HR, person)[NOTE] == "左耳が聞こえにくい"


def test_no_value_stands_in_the_drawn_tables(person: str) -> None:
    file(person, language='["英語"]', health="左耳が聞こえにくい")
    states = "".join(Stretch.objects.filter(person=person).values_list("state", flat=True))
    assert LANGUAGE in states
    assert "英語" not in states
    assert "左耳" not in states


def test_the_page_and_the_list_show_it_to_who_may_see_it(signed_in: SignIn, person: str) -> None:
    file(person, language='["英語","手話"]', health="左耳が聞こえにくい")
    colleague, clerk = signed_in("人事係", "060"), signed_in("人事係", "050", ("hr",))
    assert "英語、手話" in colleague.get(f"/people/{person}").content.decode()
    assert "左耳" not in colleague.get(f"/people/{person}").content.decode()
    assert "左耳" in clerk.get(f"/people/{person}").content.decode()
    columns = "/list?col=name&col=free:language&col=free:health"
    assert "英語、手話" in colleague.get(columns).content.decode()
    assert "配慮してほしいこと" not in colleague.get(columns).content.decode()
    assert "左耳" in clerk.get("/list.csv?col=name&col=free:health").content.decode("utf-8-sig")


def test_personnel_writes_and_others_do_not(signed_in: SignIn, person: str) -> None:
    clerk = signed_in("人事係", "050", ("hr",))
    page = clerk.get(f"/people/{person}/fields").content.decode()
    assert "通訳できる言語" in page
    values = {"language": "手話、英語", "health": "", "pledged": "令和2年4月1日"}
    response = clerk.post(f"/people/{person}/fields", values, follow=True)
    assert "2項目を保存しました" in response.content.decode()
    assert card_of(HR, person)[LANGUAGE] == ["英語", "手話"]
    assert card_of(HR, person)[PLEDGED] == "2020-04-01"
    assert AuditRecord.objects.filter(act=Act.FILING.value).exists()
    assert signed_in("文書係", "060").get(f"/people/{person}/fields").status_code == 403


def test_a_value_that_does_not_fit_is_refused_at_its_field(signed_in: SignIn, person: str) -> None:
    clerk = signed_in("人事係", "050", ("hr",))
    response = clerk.post(f"/people/{person}/fields", {"language": "火星語", "pledged": "いつか"})
    assert response.status_code == 422
    assert "選択肢にありません" in response.content.decode()
    assert "日付を入れてください" in response.content.decode()


def test_one_writes_of_oneself_what_the_field_gives_to_oneself(
    signed_in: SignIn, person: str
) -> None:
    own = signed_in("税務係", "060")
    page = own.get(f"/people/{person}/fields").content.decode()
    assert "通訳できる言語" in page
    assert "配慮してほしいこと" not in page
    own.post(f"/people/{person}/fields", {"language": "中国語", "health": "x"})
    assert card_of(HR, person)[LANGUAGE] == ["中国語"]
    assert card_of(HR, person)[NOTE] is None


def test_what_another_changed_meanwhile_is_asked_about(signed_in: SignIn, person: str) -> None:
    clerk = signed_in("人事係", "050", ("hr",))
    page = clerk.get(f"/people/{person}/fields").content.decode()
    shown = re.findall(r'name="shown" value="([^"]*)"', page)[0].replace("&quot;", '"')
    file(person, health="別の人の書き込み")
    response = clerk.post(f"/people/{person}/fields", {"shown": shown, "health": "私の書き込み"})
    assert response.status_code == 422
    assert "「別の人の書き込み」に変わりました" in response.content.decode()


def filled(client: Client, found: FoundSet, **values: str) -> str:
    look = client.post(f"/sets/{found.pk}/fill", {"field": "health", "do": "look", **values})
    page = look.content.decode()
    assert "まだ書いていません" in page
    return re.findall(r'name="mark" value="(\w+)"', page)[0]


def test_many_are_written_after_a_last_look_and_taken_back(
    signed_in: SignIn, ward: Ward, person: str
) -> None:
    clerk = signed_in("人事係", "050", ("hr",))
    other = ward.first("税務係", "050")
    file(other, health="前から")
    owner = str(clerk.get("/").wsgi_request.user.get_username())
    found = sets.make(owner, "二人", [person, other], on=TODAY, today=TODAY, now=NOW)
    values = {"value": "確認ずみ", "on": TODAY.isoformat()}
    mark = filled(clerk, found, **values)
    assert card_of(HR, person)[NOTE] is None
    sent = {"field": "health", "do": "write", "mark": mark, **values}
    response = clerk.post(f"/sets/{found.pk}/fill", sent, follow=True)
    page = response.content.decode()
    assert "2人について書きました" in page
    assert [card_of(HR, each)[NOTE] for each in (person, other)] == ["確認ずみ", "確認ずみ"]
    undo = re.findall(r'name="mark" value="(\w+)"', page)[0]
    clerk.post(f"/sets/{found.pk}/unfill", {"mark": undo})
    assert [card_of(HR, each)[NOTE] for each in (person, other)] == [None, "前から"]
    again = clerk.post(f"/sets/{found.pk}/unfill", {"mark": undo}, follow=True)
    assert "取り消すものはありません" in again.content.decode()


def test_what_changed_since_the_last_look_is_not_written(signed_in: SignIn, person: str) -> None:
    clerk = signed_in("人事係", "050", ("hr",))
    owner = str(clerk.get("/").wsgi_request.user.get_username())
    found = sets.make(owner, "一人", [person], on=TODAY, today=TODAY, now=NOW)
    values = {"value": "確認ずみ", "on": TODAY.isoformat()}
    mark = filled(clerk, found, **values)
    file(person, health="別の人")
    sent = {"field": "health", "do": "write", "mark": mark, **values}
    page = clerk.post(f"/sets/{found.pk}/fill", sent).content.decode()
    assert "ほかの人がこの項目を変えました" in page
    assert card_of(HR, person)[NOTE] == "別の人"


def test_only_personnel_writes_for_many(signed_in: SignIn, person: str) -> None:
    client = signed_in()
    owner = str(client.get("/").wsgi_request.user.get_username())
    found = sets.make(owner, "一人", [person], on=TODAY, today=TODAY, now=NOW)
    assert client.get(f"/sets/{found.pk}/fill").status_code == 403
    assert client.post(f"/sets/{found.pk}/unfill", {"mark": "x"}).status_code == 403


def test_people_are_chosen_by_a_free_field_and_the_search_is_written_down(
    signed_in: SignIn, person: str
) -> None:
    file(person, health="左耳が聞こえにくい")
    row = {"how": "all", "g0-how": "all", "g0r0-kind": "test", "g0r0-field": NOTE}
    data = {**row, "g0r0-op": "has", "g0r0-v": "左耳", "do": "find"}
    clerk = signed_in("人事係", "050", ("hr",))
    clerk.post("/choose/new", data)
    assert FoundSet.objects.latest("pk").people == [person]
    noted = AuditRecord.objects.filter(act=Act.SEARCH.value).latest("no")
    assert NOTE in noted.detail
    assert list(noted.subjects.values_list("person", flat=True)) == [person]
    refused = signed_in("文書係", "060").post("/choose/new", data).content.decode()
    assert "あなたの立場では条件に使えません" in refused


def hung(client: Client, person: str, content: bytes, name: str = "免許.pdf") -> str:
    sent = {"file": SimpleUploadedFile(name, content)}
    return client.post(f"/people/{person}/fields/licence", sent, follow=True).content.decode()


def test_a_scan_is_kept_encrypted_and_handed_out_to_who_may_see_it(
    signed_in: SignIn, person: str
) -> None:
    clerk = signed_in("人事係", "050", ("hr",))
    assert "を入れました" in hung(clerk, person, PDF)
    held = documents.of(card_of(HR, person)[SCAN])
    assert held is not None
    places = documents.all_of(person)
    assert len(places) == 1
    response = clerk.get(f"/people/{person}/documents/licence")
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert AuditRecord.objects.filter(act=Act.EXPORT.value, detail__contains="document").exists()
    assert signed_in("文書係", "060").get(f"/people/{person}/documents/licence").status_code == 404


def test_a_file_of_another_kind_is_refused_whatever_it_is_called(
    signed_in: SignIn, person: str
) -> None:
    clerk = signed_in("人事係", "050", ("hr",))
    page = hung(clerk, person, b"MZ not a pdf", "免許.pdf")
    assert "PDF、JPEG、PNGのどれか" in page
    assert card_of(HR, person)[SCAN] is None


def test_a_colleague_hangs_nothing_up(signed_in: SignIn, person: str) -> None:
    sent = {"file": SimpleUploadedFile("a.pdf", PDF)}
    client = signed_in("文書係", "060")
    assert client.post(f"/people/{person}/fields/licence", sent).status_code == 403
