"""Two days compared read like the page that a staff newspaper prints."""

import re

import pytest

from meibo.domain.book import Effect, Line, Succession, SuccessionTable
from meibo.ledger.writer import Batch, NewFiling, append
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TURN, Ward


def page_of(client_page: bytes) -> str:
    return client_page.decode()


def test_without_days_today_is_compared_with_the_next_first_of_april(
    ward: Ward, signed_in: SignIn
) -> None:
    page = page_of(signed_in().get("/compare").content)
    assert "2026年11月23日（月） と 2027年4月1日（木） の違い" in page


def test_those_who_rise_come_first_and_those_who_left_after_those_who_came(
    ward: Ward, signed_in: SignIn
) -> None:
    page = page_of(signed_in().get("/compare").content)
    titles = re.findall(r'id="(\w+)-title"', page)
    assert titles[:4] == ["promote", "move", "enter", "leave"]
    assert titles[-1] == "units"


def test_a_line_names_new_place_post_name_and_where_from(ward: Ward, signed_in: SignIn) -> None:
    page = page_of(signed_in().get("/compare").content)
    teams = [code for code in ward.codes.values() if not code.endswith("0000")]
    risen = ward.seats[teams[3], "050"][0]
    section = page.split('id="promote"')[1].split("</section>")[0]
    assert "課長補佐級" in section
    row = next(each for each in section.split("<tr>") if f"/people/{risen}" in each)
    assert "総務部 人事課" in row
    assert "課長補佐" in row
    assert "総務部 人事課 人事係 係長" in row
    assert "?on=2027-04-01" in row


def test_who_left_leads_to_the_card_of_the_earlier_day(ward: Ward, signed_in: SignIn) -> None:
    page = page_of(signed_in().get("/compare?from=2027-01-15&to=2027-04-01").content)
    section = page.split('id="leave"')[1].split("</section>")[0]
    links = re.findall(r"/people/\w+\?on=([\d-]+)", section)
    assert links
    assert set(links) == {"2027-01-15"}


def test_a_renamed_unit_is_told_with_both_names(ward: Ward, signed_in: SignIn) -> None:
    page = page_of(signed_in().get("/compare").content)
    units = page.split('id="units"')[1]
    assert "区民部 収納課" in units
    assert "区民部 納税課" in units


def test_the_same_day_twice_has_no_difference(ward: Ward, signed_in: SignIn) -> None:
    page = page_of(signed_in().get("/compare?from=2026-10-01&to=2026-10-01").content)
    assert "二つの日の間に違いはありません" in page


def test_one_unit_alone_can_be_compared(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    everywhere = page_of(client.get("/compare").content).count('<th scope="row">')
    inside = page_of(client.get(f"/compare?unit={ward.codes['総務部']}").content)
    assert 0 < inside.count('<th scope="row">') < everywhere


def test_days_that_are_no_days_count_as_not_said(ward: Ward, signed_in: SignIn) -> None:
    assert signed_in().get("/compare?from=x&to=2027-13-01").status_code == 200


@pytest.fixture
def parted(ward: Ward) -> Ward:
    """On the turn the 都市計画課 is split in two, and 計画係 ends for good."""
    old, batch = ward.codes["都市計画課"], Batch()
    new = {"都市計画第一課": "04900000", "都市計画第二課": "04910000"}
    for name, code in new.items():
        values = {"name": name, "parent": ward.codes["都市整備部"], "level": "2"}
        for field, value in values.items():
            batch.filings.append(NewFiling(f"unit:{code}", field, value, TURN, NOW))
    rows = [Succession(old, code, "分割") for code in new.values()]
    rows.append(Succession(ward.codes["計画係"], "", "廃止"))
    for code in (old, ward.codes["計画係"]):
        batch.filings.append(NewFiling(f"unit:{code}", "name", None, TURN, NOW))
    table = SuccessionTable(rows)
    batch.add(Line(0, TURN, NOW, Effect.REMAP, wording="組織改正", successions=table))
    append(batch, actor="test", now=NOW)
    return ward


def test_a_unit_that_was_split_names_what_came_of_it_and_each_part_where_it_came_from(
    parted: Ward, signed_in: SignIn
) -> None:
    old = parted.codes["都市計画課"]
    units = page_of(signed_in().get("/compare").content).split('id="units"')[1]
    rows = units.split("<tr>")
    new = next(row for row in rows if "都市計画第一課</a></th>" in row)
    assert f'<a href="/units/{old}?on=2027-03-31">都市計画課</a>' in new
    assert "新設（分割）" in new
    gone = next(row for row in rows if "都市計画課</a></th>" in row)
    for code in ("04900000", "04910000"):
        assert f'<a href="/units/{code}?on=2027-04-01">' in gone
    ended = next(row for row in rows if "計画係</a></th>" in row)
    assert "（なくなりました）" in ended
