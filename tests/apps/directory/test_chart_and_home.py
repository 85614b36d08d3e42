"""The chart when something is looked for in it, and the first page of those who lead a section."""

import re

from django.test import Client

from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def people_in(text: str) -> list[str]:
    return re.findall(r'/people/(p\d+)"', text)


def drawn(page: str) -> str:
    return page.split('id="chart"')[1].split("</main>", maxsplit=1)[0]


def test_people_found_in_the_chart_come_by_post_as_everywhere(
    ward: Ward, signed_in: SignIn
) -> None:
    chart = drawn(page_of(signed_in(), "/chart?q=税務係"))
    code = ward.codes["税務係"]
    posts = [ward.seats.get((code, post), []) for post in ("050", "052", "060", "070")]
    found = people_in(chart)
    ranks = [next(n for n, people in enumerate(posts) if person in people) for person in found]
    assert len(found) == 5
    assert ranks == sorted(ranks)


def test_people_and_units_are_counted_apart(ward: Ward, signed_in: SignIn) -> None:
    page = page_of(signed_in(), "/chart?q=税務係")
    assert "「税務係」　職員5人、組織1件" in page
    assert "か所" not in page


def test_a_unit_that_shows_only_who_was_found_says_of_how_many(
    ward: Ward, signed_in: SignIn
) -> None:
    chief = ward.first("税務係", "050")
    chart = drawn(page_of(signed_in(), f"/chart?q={2000 + int(chief[1:])}"))
    assert people_in(chart) == [chief]
    assert "5人のうち1人" in chart
    assert chart.count("のうち1人") == 3


def test_whoever_and_whatever_was_found_is_marked_alike(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    chart = drawn(page_of(client, "/chart?q=区民部"))
    assert '<h2 class="chart-head chart-found">' in chart
    assert all(
        "chart-found" in line for line in re.findall(r'<li class="chart-person[^"]*"', chart)
    )
    assert "chart-found" not in drawn(page_of(client, "/chart"))


def test_a_section_head_sees_everybody_of_the_section_on_the_first_page(
    ward: Ward, signed_in: SignIn
) -> None:
    page = page_of(signed_in("税務課", "030"), "/")
    assert "17人・不在 1人" in page
    main = page.split('aria-labelledby="own-section"')[1].split("</section>")[0]
    assert len(set(people_in(main))) == 17
    assert "課税第一係" in main


def test_the_first_page_links_the_units_of_further_posts(ward: Ward, signed_in: SignIn) -> None:
    page = page_of(signed_in("税務係", "052"), "/")
    assert f'href="/units/{ward.codes["防災計画係"]}"' in page
    assert "防災計画係（兼務など）" in page


def test_the_first_page_of_a_department_head_does_not_list_hundreds(
    ward: Ward, signed_in: SignIn
) -> None:
    page = page_of(signed_in("区民部", "010"), "/")
    assert page.count('class="row"') < 5
