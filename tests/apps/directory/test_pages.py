"""Every page of the directory opens, says what it is about, and says it of the right day."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from meibo.domain.book import Effect, Line, Succession, SuccessionTable
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.ledger.writer import Batch, NewFiling, append
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, TODAY, TURN, Ward

STAFF = Viewer(frozenset({"staff"}), TODAY)


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def test_the_first_page_shows_the_search_box_and_my_section(ward: Ward, signed_in: SignIn) -> None:
    page = text_of(signed_in(), "/")
    assert 'name="q"' in page
    assert "autofocus" in page
    assert "税務係" in page
    assert "不在" in page


def test_a_card_shows_name_post_unit_and_extension(ward: Ward, signed_in: SignIn) -> None:
    chief = ward.first("税務係", "050")
    page = text_of(signed_in("相談第一係"), f"/people/{chief}")
    for shown in (
        ward.names[chief].replace("\u3000", " "),
        "係長",
        "税務課",
        "特別区民税の証明窓口",
    ):
        assert shown in page


def test_a_card_of_others_holds_nothing_of_the_personnel_record(
    ward: Ward, signed_in: SignIn
) -> None:
    other = ward.first("相談第一係", "050")
    page = text_of(signed_in(), f"/people/{other}")
    assert "人事の記録" not in page
    assert "職員番号" not in page
    assert "見本町" not in page


def test_personnel_sees_the_whole_record(ward: Ward, signed_in: SignIn) -> None:
    other = ward.first("相談第一係", "050")
    page = text_of(signed_in("人事係", "050", ("hr",)), f"/people/{other}")
    for shown in ("人事の記録", "職員番号", "見本町", "生年月日"):
        assert shown in page


def test_my_own_card_tells_for_each_field_who_sees_it(ward: Ward, signed_in: SignIn) -> None:
    page = text_of(signed_in(), f"/people/{ward.first('税務係', '060')}")
    assert page.count("あなたのほかに見える人") > 10
    assert "だれに見えるか" not in text_of(
        signed_in("管理係"), f"/people/{ward.first('税務係', '060')}"
    )


def test_a_person_who_left_is_not_there_but_the_page_leads_back(
    ward: Ward, signed_in: SignIn
) -> None:
    client = signed_in()
    teams = [code for code in ward.codes.values() if not code.endswith("0000")]
    gone = ward.seats[teams[5], "050"][0]
    assert "退職" not in text_of(client, f"/people/{gone}")
    page = text_of(client, f"/people/{gone}?on=2027-04-01", status=404)
    assert "名簿にはありません" in page
    assert f'href="/people/{gone}"' in page


def test_the_last_day_before_leaving_is_a_day_in_service(ward: Ward, signed_in: SignIn) -> None:
    teams = [code for code in ward.codes.values() if not code.endswith("0000")]
    gone = ward.seats[teams[5], "050"][0]
    text_of(signed_in(), f"/people/{gone}?on=2027-03-31")


def test_a_unit_shows_people_duties_and_who_does_what(ward: Ward, signed_in: SignIn) -> None:
    page = text_of(signed_in(), f"/units/{ward.codes['税務課']}")
    for shown in (
        "税務係",
        "課税第一係",
        "課長",
        "賦課に関すること",
        "特別区民税の証明窓口",
        "事務分担",
    ):
        assert shown in page


def test_an_acting_head_is_marked_so(ward: Ward, signed_in: SignIn) -> None:
    page = text_of(signed_in(), f"/units/{ward.codes['納税課']}")
    assert "事務取扱" in page


def test_another_day_is_said_across_the_page_and_leads_back(ward: Ward, signed_in: SignIn) -> None:
    code = ward.codes["納税課"]
    page = text_of(signed_in(), f"/units/{code}?on=2027-04-01&view=photos")
    assert "2027年4月1日（木）現在の名簿です" in page
    assert "収納課" in page
    assert f'href="/units/{code}?view=photos"' in page
    assert "今日に戻る" in page


def test_links_on_a_page_of_another_day_stay_on_that_day(ward: Ward, signed_in: SignIn) -> None:
    page = text_of(signed_in(), f"/units/{ward.codes['税務課']}?on=2027-04-01")
    people = [line for line in page.split('href="') if line.startswith("/people/")]
    own = ward.first("税務係", "060")
    assert people
    assert all(
        "?on=2027-04-01" in each[:60] for each in people if not each.startswith(f"/people/{own}")
    )


@pytest.mark.parametrize("view", ["list", "photos", "chart", "nonsense"])
@pytest.mark.parametrize("name", ["区民部", "税務課", "税務係"])
def test_every_unit_has_three_faces(ward: Ward, signed_in: SignIn, view: str, name: str) -> None:
    assert f"{name} <small>" in text_of(signed_in(), f"/units/{ward.codes[name]}?view={view}")


def test_the_chart_opens_folded_with_counts(ward: Ward, signed_in: SignIn) -> None:
    page = text_of(signed_in(), "/chart")
    assert "総務部" in page
    assert "<details hx-get=" in page
    assert "<details open" not in page
    assert "内線" not in page.split('id="chart"')[1]


def test_a_place_in_the_chart_opens_with_its_people(ward: Ward, signed_in: SignIn) -> None:
    page = text_of(signed_in(), f"/chart/units/{ward.codes['税務係']}")
    assert page.count("<li") == 5
    assert "係長" in page


def test_the_full_chart_names_everyone_once(ward: Ward, signed_in: SignIn) -> None:
    page = text_of(signed_in(), "/chart?people=1")
    drawn = page.split('id="chart"')[1]
    for person in ward.names:
        if person in page:
            assert drawn.count(f"/people/{person}") == 1


def test_the_disclosure_table_is_open_to_every_member_of_staff(
    ward: Ward, signed_in: SignIn
) -> None:
    page = text_of(signed_in(), "/disclosure")
    for shown in ("公開基準", "職員番号", "危機管理担当", "代表電話"):
        assert shown in page


@pytest.mark.parametrize("address", ["/people/nobody", "/units/99999999", "/chart/faces?unit=9"])
def test_what_does_not_exist_is_told_in_plain_words(
    ward: Ward, signed_in: SignIn, address: str
) -> None:
    page = text_of(signed_in(), address, status=404)
    assert "ありません" in page
    assert "Not Found" not in page


@pytest.mark.parametrize(
    "address", ["/", "/search?q=a", "/chart", "/list", "/list.csv", "/compare", "/disclosure"]
)
def test_nobody_gets_in_without_signing_in(ward: Ward, address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    "address", ["/", "/chart", "/list", "/list.csv", "/compare", "/disclosure"]
)
def test_no_browser_keeps_a_page(ward: Ward, signed_in: SignIn, address: str) -> None:
    assert "no-store" in signed_in().get(address)["Cache-Control"]


def test_an_account_without_a_person_sees_units_but_nobody(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("", "", ("it",))
    assert "税務課" in text_of(client, "/chart")
    page = text_of(client, "/list")
    assert "当てはまる人はいません" in page
    assert "公開基準を見る" in page
    for person in ward.names.values():
        assert person.replace("\u3000", " ") not in page


def test_nothing_stands_inline_that_the_browser_would_refuse(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    person, unit = ward.first("税務係", "050"), ward.codes["税務課"]
    for address in ("/", f"/people/{person}", f"/units/{unit}", "/chart", "/list", "/compare"):
        page = text_of(client, address)
        for refused in (
            "<script>",
            "<style",
            " style=",
            " onclick=",
            "javascript:",
            "http://",
            "https://",
        ):
            assert refused not in page, (address, refused)


def test_a_mail_address_is_broken_before_the_at_sign_and_not_in_a_word(
    ward: Ward, signed_in: SignIn
) -> None:
    page = text_of(signed_in(), f"/people/{ward.first('税務係', '050')}")
    assert re.search(r'href="mailto:(\w+)@ward\.example">\1<wbr>@ward\.example</a>', page)


def test_on_paper_a_unit_names_what_it_belongs_to(ward: Ward, signed_in: SignIn) -> None:
    page = text_of(signed_in(), f"/units/{ward.codes['税務係']}")
    assert '<p class="only-print">区民部 › 税務課</p>' in page


def test_the_end_of_a_leave_is_a_day_as_people_read_it(ward: Ward, signed_in: SignIn) -> None:
    person = ward.first("税務係", "070")
    page = text_of(signed_in("人事係", "050", ("hr",)), f"/people/{person}")
    assert "（2027年9月30日まで）" in page
    assert "2027-09-30まで" not in page


def test_what_is_still_to_come_of_a_unit_is_told_in_the_future_tense(
    ward: Ward, signed_in: SignIn
) -> None:
    code, batch = "04900000", Batch()
    values = {"name": "都市計画第一課", "parent": ward.codes["都市整備部"], "level": "2"}
    for field, value in values.items():
        batch.filings.append(NewFiling(f"unit:{code}", field, value, TURN, NOW))
    table = SuccessionTable([Succession(ward.codes["都市計画課"], code, "分割")])
    batch.add(Line(0, TURN, NOW, Effect.REMAP, wording="組織改正", successions=table))
    append(batch, actor="test", now=NOW)
    client = signed_in()
    gone = text_of(client, f"/units/{code}", status=404)
    assert "次の組織からできます" in gone
    assert "できました" not in gone
    later = text_of(client, f"/units/{ward.codes['都市計画課']}?on=2027-05-01")
    assert "分割になります" in later


@pytest.mark.parametrize("field", ["skill", "photo"])
def test_what_is_hidden_by_choice_looks_like_what_is_not_there(
    ward: Ward, signed_in: SignIn, field: str
) -> None:
    one, other = ward.seats[ward.codes["課税第一係"], "060"]
    batch = Batch()
    stored = {"skill": "skills", "photo": "photo"}[field]
    batch.filings.append(NewFiling(f"{one}", stored, "何か", FIRST, NOW))
    batch.filings.append(NewFiling(f"{one}", f"share_{field}", "none", FIRST, NOW))
    for each in (one, other):
        kept = {"name": "同　姓", "kana": "ドウ　セイ", "extension": "1", "mail": "a@b.example"}
        kept |= {} if each == one and field == "skill" else {"skills": None}
        for name, value in kept.items():
            batch.filings.append(NewFiling(each, name, value, FIRST, NOW))
    append(batch, actor="test", now=NOW)
    client = signed_in("管理係")
    pages = [text_of(client, f"/people/{each}") for each in (one, other)]
    colours = re.compile(r"disc-\d|20\d\d年\d+月\d+日")
    plain = [colours.sub("", page.replace(one, other)) for page in pages]
    mine, theirs = (re.sub(r'csrf\w+" value="\w+"', "", page) for page in plain)
    assert mine == theirs
    keys = [set(card) for each in (one, other) if (card := reader.card(STAFF, each, on=TODAY))]
    assert keys[0] == keys[1]


def test_a_unit_that_is_not_there_on_a_day_tells_when_it_is(ward: Ward, signed_in: SignIn) -> None:
    batch, parent = Batch(), ward.codes["都市整備部"]
    for code, name, day in (("04910000", "臨時課", FIRST), ("04920000", "来春課", TURN)):
        values = {"name": name, "parent": parent, "level": "2"}
        for field, value in values.items():
            batch.filings.append(NewFiling(f"unit:{code}", field, value, day, NOW))
    last = date(2024, 3, 31)
    ended = last + timedelta(days=1)
    batch.filings.append(NewFiling("unit:04910000", "name", None, ended, NOW))
    append(batch, actor="test", now=NOW)
    client = signed_in()
    page = text_of(client, "/units/04910000?on=2026-11-01", status=404)
    assert re.search(r"臨時課：この組織は2024年3月31日[^。]*までです", page)
    assert "/units/04910000?on=2024-03-31" in page
    assert "臨時課" in text_of(client, "/units/04910000?on=2024-03-31")
    page = text_of(client, "/units/04920000", status=404)
    assert re.search(r"来春課：この組織は2027年4月1日[^。]*からです", page)
    assert "/units/04920000?on=2027-04-01" in page
    assert "この組織は" not in text_of(client, "/units/04930000", status=404)


def test_when_a_unit_is_there_is_told_to_nobody_who_may_not_see_units(
    ward: Ward, signed_in: SignIn
) -> None:
    life = reader.unit_life(Viewer(frozenset(), TODAY), ward.codes["文書係"], on=date(2020, 4, 1))
    assert life == []
    [seen] = reader.unit_life(STAFF, ward.codes["文書係"], on=date(2020, 4, 1))
    assert (seen.name, seen.first, seen.last) == ("文書係", FIRST, None)
