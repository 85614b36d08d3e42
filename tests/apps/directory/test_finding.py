"""Results: who is found, what the page says of it, and what it says when nobody is found."""

import pytest
from django.test import Client

from meibo.apps.directory.queries import reasons
from meibo.apps.directory.queries.finding import cleaned, page_of
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward

QUICK = {"HX-Request": "true", "HX-Target": "quick"}
TYPING = {"HX-Request": "true", "HX-Target": "results"}


def results(client: Client, query: str, **headers: str) -> str:
    response = client.get("/search", {"q": query}, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_a_name_in_another_writing_is_found_and_marked(ward: Ward, signed_in: SignIn) -> None:
    page = results(signed_in(), "高橋")
    assert "<mark>髙橋</mark>" in page
    assert "<mark>高橋</mark>" in page


@pytest.mark.parametrize("query", ["たかはし", "ﾀｶﾊｼ", "takahashi"])
def test_a_reading_finds_in_kana_and_romaji(ward: Ward, signed_in: SignIn, query: str) -> None:
    assert "タカハシ" in results(signed_in(), query)


def test_two_words_must_both_match(ward: Ward, signed_in: SignIn) -> None:
    page = results(signed_in(), "税務 課長補佐")
    assert page.count('class="row-name"') == 1
    assert "職員1人" in page


def test_a_unit_called_so_comes_before_its_people(ward: Ward, signed_in: SignIn) -> None:
    page = results(signed_in(), "税務課")
    assert page.index('id="found-units"') < page.index('id="found-people"')


def test_a_duty_is_a_group_of_its_own_and_says_which(ward: Ward, signed_in: SignIn) -> None:
    page = results(signed_in(), "国民健康保険")
    duties = page.split('id="found-duties"')[1]
    assert "国保年金課" in duties
    assert "事務分掌「<mark>国民健康保険</mark>の" in duties


def test_what_the_row_does_not_show_is_said_as_the_reason(ward: Ward, signed_in: SignIn) -> None:
    page = results(signed_in(), "証明窓口")
    assert "事務分担「特別区民税の<mark>証明窓口</mark>" in page


def test_the_matching_of_what_the_row_shows_is_not_said_twice(
    ward: Ward, signed_in: SignIn
) -> None:
    assert "row-why" not in results(signed_in(), "高橋")


def test_nobody_found_says_what_was_searched_and_what_to_try(ward: Ward, signed_in: SignIn) -> None:
    page = results(signed_in(), "ぬるぽ")
    assert "「ぬるぽ」は見つかりませんでした" in page
    assert "さがした範囲：2026年11月23日（月）現在の、氏名" in page
    assert "職員番号" not in page
    none = page.split('class="empty stack')[1].split("</ul>")[0]
    assert none.count("<li>") == 3


def test_a_later_page_shows_others(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    first = client.get("/search", {"q": "係", "page": "1"}).content.decode()
    second = client.get("/search", {"q": "係", "page": "2"}).content.decode()
    assert 'aria-current="page"><span class="visually-hidden">ページ </span>2' in second
    people = [{p for p in ward.names if f'/people/{p}"' in page} for page in (first, second)]
    own = ward.first("税務係", "060")
    assert len(people[0]) >= 20
    assert people[0] & people[1] <= {own}


def test_as_one_types_only_what_is_below_the_box_is_sent(ward: Ward, signed_in: SignIn) -> None:
    response = signed_in().get("/search", {"q": "高橋"}, headers=TYPING)
    page = response.content.decode()
    assert "<header" not in page
    assert "<title>「高橋」をさがす — 名簿</title>" in page
    assert 'id="find-status" hx-swap-oob="innerHTML"' in page
    assert response["HX-Replace-Url"] == "/search?q=%E9%AB%98%E6%A9%8B"


def test_an_emptied_box_brings_back_the_first_page(ward: Ward, signed_in: SignIn) -> None:
    response = signed_in().get("/search", {"q": "  "}, headers=TYPING)
    assert "税務係" in response.content.decode()
    assert response["HX-Replace-Url"] == "/"


def test_the_day_shown_stays_while_one_types(ward: Ward, signed_in: SignIn) -> None:
    address = {"q": "高橋", "on": "2027-04-01"}
    response = signed_in().get("/search", address, headers=TYPING)
    assert "on=2027-04-01" in response["HX-Replace-Url"]
    assert "?on=2027-04-01" in response.content.decode()


def test_under_the_top_bar_a_few_are_enough(ward: Ward, signed_in: SignIn) -> None:
    response = signed_in().get("/search", {"q": "係"}, headers=QUICK)
    page = response.content.decode()
    assert page.count('class="disc') <= 8 + 3
    assert "すべての結果を見る" in page
    assert "HX-Replace-Url" not in response


def test_what_was_typed_never_becomes_markup(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    for headers in ({}, QUICK, TYPING):
        assert "<script>alert" not in results(client, '"><script>alert(1)</script>', **headers)


@pytest.mark.parametrize("query", ["\x00", "%", "'", '"', "*", "NEAR(", "課" * 300, "　", "😀"])
def test_nothing_that_is_typed_breaks_the_page(ward: Ward, signed_in: SignIn, query: str) -> None:
    results(signed_in(), query)


def test_blanks_and_control_signs_are_cleaned_away_and_letters_kept() -> None:
    assert cleaned("  福祉　高橋\t\x00 ") == "福祉 高橋"
    assert cleaned("渡邉\U000e0101") == "渡邉\U000e0101"
    assert len(cleaned("課" * 300)) == 100


@pytest.mark.parametrize(
    ("said", "page"), [("3", 3), ("", 1), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 9, 1)]
)
def test_a_page_that_is_no_number_is_the_first(said: str, page: int) -> None:
    assert page_of({"page": said}) == page


def test_a_comma_inside_a_reason_does_not_part_it() -> None:
    why = "氏名: 高橋　花子、事務分担: 窓口、電話、郵送、技能・資格: 手話、以前の氏名"
    assert reasons.reasons(why) == [
        ("氏名", "高橋　花子"),
        ("事務分担", "窓口、電話、郵送"),
        ("技能・資格", "手話"),
        ("以前の氏名", ""),
    ]
    shown = "事務分担「窓口、電話、郵送」、技能・資格「手話」、以前の氏名"
    assert reasons.besides(why, reasons.ON_PERSON_ROW, "高橋 花子 主事") == shown


def test_what_people_say_is_found_and_the_page_tells_what_was_looked_for(
    ward: Ward, signed_in: SignIn
) -> None:
    client = signed_in()
    for headers in ({}, QUICK, TYPING):
        page = results(client, "高橋さん", **headers)
        assert "「高橋さん」では見つからないため、「高橋」" in page
        assert "<mark>髙橋</mark>" in page
    assert 'value="高橋さん"' in results(client, "高橋さん")


def test_an_extension_is_found_by_what_is_said_of_it(ward: Ward, signed_in: SignIn) -> None:
    chief = ward.first("税務係", "050")
    number = 2000 + int(chief[1:])
    client = signed_in("管理係")
    for query in (f"内線{number}", f"内線 {number}", f"{number}番"):
        assert f'/people/{chief}"' in results(client, query)


def test_a_section_found_by_its_old_name_says_so_and_so_do_its_people(
    ward: Ward, signed_in: SignIn
) -> None:
    response = signed_in().get("/search", {"q": "納税課", "on": "2027-04-01"})
    page = response.content.decode()
    assert "組織「旧 <mark>納税課</mark>」" in page
    assert "所属「旧 <mark>納税課</mark>」" in page


def test_everybody_found_shows_on_the_row_or_beside_it_why(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("人事係", "050", ("hr",))
    for query in ("納税", "たかはし", "係長", "2005", "手話", "yamada"):
        response = client.get("/search", {"q": query, "on": "2027-04-01"})
        rows = response.content.decode().split('class="row"')[1:]
        assert rows
        assert all("<mark>" in row or "row-why" in row or query in row for row in rows)


def test_nobody_found_leads_to_the_past_for_whoever_may_look_there(
    ward: Ward, signed_in: SignIn
) -> None:
    page = results(signed_in(), "ぬるぽ")
    assert "この日にいない人は、基準日を変えて探せます" in page
    assert "on=2025-04-01" in page
    assert "基準日を変えて探せます" not in results(signed_in("", duties=("it",)), "ぬるぽ")
