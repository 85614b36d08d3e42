"""What a plan would do, seen from its pages; people put into units; a reorganisation in a plan."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from django.test import Client

from meibo.apps.personnel.actions.plans.rows import add_people
from meibo.apps.personnel.queries import checking
from meibo.apps.personnel.queries.plans.board import column
from meibo.apps.personnel.queries.plans.lookups import desk
from meibo.domain.book import Effect, Line
from meibo.ledger import drawer, writer
from meibo.ledger.writer import Batch, NewFiling
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.plans.test_pages import begun

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
MARCH = date(2027, 3, 1)


def put(clerk: Client, plan: int, people: list[str], to: str) -> str:
    answer = clerk.post(f"/personnel/plans/{plan}/place", {"person": people, "to": to}, follow=True)
    return answer.content.decode()


def seen(clerk: Client, plan: int, side: str, more: str = "") -> str:
    return clerk.get(f"/personnel/plans/{plan}/outlook?side={side}{more}").content.decode()


def test_people_are_put_into_a_unit_and_a_post_and_back(
    clerk: Client, plan: int, ward: Ward
) -> None:
    chief, clerk_of = ward.first("文書係", "050"), ward.first("文書係", "060")
    unit, home = ward.codes["法規係"], ward.codes["文書係"]
    assert "2人を" in put(clerk, plan, [chief, clerk_of], unit)
    lines = {d.line.person: d.line for d in drawer.lines(plan)}
    assert {line.unit for line in lines.values()} == {unit}
    assert {line.wording for line in lines.values()} == {"配置換"}
    put(clerk, plan, [clerk_of], f"{unit}|050")
    [line] = [d.line for d in drawer.lines(plan) if d.line.person == clerk_of]
    assert (line.post, line.wording, line.effect) == ("050", "昇任", Effect.MOVE)
    put(clerk, plan, [chief], home)
    assert [d.line.person for d in drawer.lines(plan)] == [clerk_of]
    assert "先に、移す人を選んでください" in put(clerk, plan, [], unit)


def test_the_chart_of_units_shows_who_would_be_there(clerk: Client, plan: int, ward: Ward) -> None:
    person = ward.first("文書係", "060")
    put(clerk, plan, [person], ward.codes["計画係"])
    address = f"/personnel/plans/{plan}/units?left={ward.codes['都市計画課']}"
    page = clerk.get(f"{address}&right={ward.codes['総務課']}").content.decode()
    left, right = page.split('aria-label="右の組織"')
    assert f'value="{person}"' in left
    assert f'value="{person}"' not in right


def test_on_the_whole_chart_anybody_is_put_into_any_unit_and_back(
    clerk: Client, plan: int, ward: Ward
) -> None:
    person, target = ward.first("文書係", "060"), ward.codes["計画係"]
    address = f"/personnel/plans/{plan}/units?view=whole"
    page = clerk.get(address).content.decode()
    assert page.count("data-unit=") == len(ward.codes)
    assert f'value="{person}"' in page
    assert f'name="to" value="{target}"' in page
    assert "<details" in page
    assert " open>" not in page
    sent = {"person": [person], "to": target, "view": "whole"}
    answer = clerk.post(f"/personnel/plans/{plan}/place", sent)
    assert answer["Location"].endswith(f"#u-{target}")
    page = clerk.get(answer["Location"]).content.decode()
    unfolded = set(re.findall(r'data-unit="(\w+)" open>', page))
    assert {target, ward.codes["文書係"], ward.codes["都市計画課"]} <= unfolded
    own = re.search(rf'data-unit="{target}" open>(.*?)</ul>', page, re.DOTALL)
    assert own is not None
    assert f'value="{person}"' in own[1]
    back = {"back": "units", "view": "whole"}
    answer = clerk.post(f"/personnel/plans/{plan}/step/undo", back)
    assert "view=whole" in answer["Location"]
    assert not [d for d in drawer.lines(plan) if d.line.person == person]
    two = {"back": "units", "left": target, "right": ""}
    answer = clerk.post(f"/personnel/plans/{plan}/step/redo", two)
    assert f"left={target}" in answer["Location"]


def test_who_is_there_besides_or_for_a_year_takes_no_place_of_the_unit(
    clerk: Client, plan: int, ward: Ward
) -> None:
    unit = ward.codes["計画係"]
    batch = writer.Batch()
    batch.codes.append(writer.NewCode("employment", "6", "会計年度パートタイム", 6))
    start, person = date(2026, 4, 1), "p99001"
    batch.people[person] = "9900001"
    filed = {"name": "年度　花", "kana": "ネンド　ハナ"}
    batch.filings = [writer.NewFiling(person, k, v, start, NOW) for k, v in filed.items()]
    batch.filings.append(writer.NewFiling(f"unit:{unit}", "establishment", "9", start, NOW))
    stated = {"unit": unit, "post": "901", "employment": "6", "term_end": date(2028, 3, 31)}
    batch.add(Line(0, start, NOW, Effect.ENTER, person, "会計年度任用", **stated))  # type: ignore[arg-type]  # by name
    also = ward.first("調整係", "060")
    batch.add(Line(0, start, NOW, Effect.ADD, also, "兼務", unit=unit, post="060"))
    writer.append(batch, actor="test", now=NOW)
    own = desk(drawer.plan_for_house(plan), TODAY)
    [card] = [c for c in column(own, ward.codes["都市計画課"]) if c.code == unit]
    assert {seat.person for seat in card.seats if not seat.counts} == {person, also}
    assert (card.places, card.besides, card.strength) == (9, 2, len(card.seats) - 2)
    page = clerk.get(f"/personnel/plans/{plan}/units?left={ward.codes['都市計画課']}")
    assert f"{card.strength}人・定数 9" in page.content.decode()
    assert "・ほか2人" in page.content.decode()


def test_the_outlook_tells_before_and_after_by_person_unit_and_chain(
    clerk: Client, plan: int, ward: Ward
) -> None:
    one, two = ward.first("文書係", "050"), ward.first("法規係", "050")
    put(clerk, plan, [one], f"{ward.codes['法規係']}|050")
    put(clerk, plan, [two], f"{ward.codes['計画係']}|050")
    names = {p: ward.names[p].replace("\u3000", " ") for p in (one, two)}
    people = seen(clerk, plan, "people")
    assert "文書係 係長" in people
    assert names[one] in people
    units = seen(clerk, plan, "units")
    assert "空席" in units
    chains = seen(clerk, plan, "chains")
    assert f"{names[one]}は、{names[two]}の後の" in chains
    assert "<svg" in chains
    assert names[two] in seen(clerk, plan, "chart")


def test_two_plans_are_compared_by_who_is_named_on_both(
    clerk: Client, plan: int, ward: Ward, signed_in: SignIn
) -> None:
    one, two = ward.first("文書係", "060"), ward.first("法規係", "060")
    put(clerk, plan, [one, two], ward.codes["計画係"])
    answer = clerk.post(
        "/personnel/plans/new", {"title": "案B", "day": MARCH.isoformat(), "like": str(plan)}
    )
    other = int(answer["Location"].rstrip("/").rsplit("/", 1)[1])
    assert "違う人はいません" in seen(clerk, plan, "compare", f"&with={other}")
    put(clerk, other, [one], ward.codes["調整係"])
    page = seen(clerk, plan, "compare", f"&with={other}")
    assert "<small>1人</small>" in page
    foreign = begun(signed_in("人事係", "050", ("hr",)), "よその案")
    asked = clerk.get(f"/personnel/plans/{plan}/outlook?side=compare&with={foreign}")
    assert asked.status_code == 404


def rows(*written: tuple[str, str, str, str, str]) -> dict[str, list[str]]:
    names = ("kind", "old", "new", "name", "parent")
    return {name: [row[n] for row in written] for n, name in enumerate(names)}


def test_a_reorganisation_is_previewed_and_a_split_names_its_people(
    clerk: Client, plan: int, ward: Ward
) -> None:
    address = f"/personnel/plans/{plan}/reorganisation"
    old = ward.codes["文書係"]
    split = rows(
        ("分割", "文書係", "01010901", "文書第一係", ""),
        ("分割", "文書係", "01010902", "文書第二係", ""),
    )
    version = drawer.plan_for_house(plan).version
    assert clerk.post(address, {**split, "version": version}).status_code == 302
    page = clerk.get(address).content.decode()
    assert f'value="{old}"' in page
    assert 'value="文書第二係"' in page
    tree = drawer.preview(plan).organisation(MARCH)
    assert old not in tree.states
    assert tree.paths["01010901"][-1] == "文書第一係"
    found = [f for f in checking.findings(plan, today=TODAY) if f.code == "split_unnamed"]
    assert len(found) == 1
    stale = clerk.post(address, {**rows(("廃止", old, "", "", "")), "version": version})
    assert stale.status_code == 409
    assert "文書第二係" in stale.content.decode()
    wrong = clerk.post(address, {**rows(("廃止", "無い係", "", "", "")), "version": version})
    assert "「無い係」という組織は、ない" in wrong.content.decode()


def test_a_unit_is_merged_into_another_by_name(clerk: Client, plan: int, ward: Ward) -> None:
    address = f"/personnel/plans/{plan}/reorganisation"
    version = drawer.plan_for_house(plan).version
    nowhere = rows(("統合", "文書係", "無い係", "", ""))
    page = clerk.post(address, {**nowhere, "version": version}).content.decode()
    assert "「無い係」という組織は、ないか、いくつもあります" in page
    merged = rows(("統合", "文書係", "法規係", "", ""))
    assert clerk.post(address, {**merged, "version": version}).status_code == 302
    tree = drawer.preview(plan).organisation(MARCH)
    assert ward.codes["文書係"] not in tree.states
    assert tree.paths[ward.codes["法規係"]][-1] == "法規係"
    [moved] = drawer.lines(plan)[0].line.successions.rows
    assert (moved.old, moved.new) == (ward.codes["文書係"], ward.codes["法規係"])


def test_who_is_to_be_hired_into_a_unit_that_ends_before_is_named(
    clerk: Client, plan: int, ward: Ward
) -> None:
    batch, person = Batch(), writer.new_id()
    batch.people[person] = "7777777"
    seat = {"unit": ward.codes["文書係"], "post": "070"}
    batch.add(Line(0, date(2027, 5, 1), NOW, Effect.ENTER, person, "採用", **seat))
    batch.filings.append(NewFiling(person, "name", "新屋　つぐみ", date(2027, 5, 1), NOW))
    writer.append(batch, actor="test", now=NOW)
    version = drawer.plan_for_house(plan).version
    merged = rows(("統合", "文書係", "法規係", "", ""))
    sent = {**merged, "version": version}
    assert clerk.post(f"/personnel/plans/{plan}/reorganisation", sent).status_code == 302
    found = [f for f in checking.findings(plan, today=TODAY) if f.code == "ordered_into_gone"]
    assert len(found) == 1
    assert "新屋 つぐみ（2027-05-01）" in found[0].message


def test_people_of_a_found_set_come_in_without_a_place(
    clerk: Client, plan: int, ward: Ward
) -> None:
    people = [ward.first("文書係", "060"), ward.first("法規係", "060")]
    name = drawer.plan_for_house(plan).created_by
    add_people(plan, people, MARCH, actor=Actor(name), now=NOW)
    assert [d.line.person for d in drawer.lines(plan)] == people
    assert {f.cell for f in checking.findings(plan, today=TODAY) if f.code == "unread"} == {
        "wording"
    }


def test_who_is_kin_is_filed_and_found_and_noted(clerk: Client, plan: int, ward: Ward) -> None:
    one, two = ward.first("文書係", "060"), ward.first("計画係", "060")
    states = drawer.preview(plan).house(TODAY)
    numbers = {"first": states[one]["staff_no"], "second": states[two]["staff_no"]}
    page = clerk.post("/personnel/plans/kin", {**numbers, "relation": "夫婦"}, follow=True)
    assert "夫婦" in page.content.decode()
    put(clerk, plan, [one], ward.codes["調整係"])  # another 係 of the section that two is in
    assert "kin" in {f.code for f in checking.findings(plan, today=TODAY)}
    told = [r for r in AuditRecord.objects.filter(act="filing") if "kin" in r.detail]
    assert told
    assert all("夫婦" not in record.detail for record in told)
    looked = AuditRecord.objects.filter(act="read", detail__contains="kin").get()
    assert set(looked.subjects.values_list("person", flat=True)) == {one, two}
    for first, second in (("first", "second"), ("second", "first")):
        again = {"first": numbers[first], "second": numbers[second], "relation": "親子"}
        page = clerk.post("/personnel/plans/kin", again, follow=True).content.decode()
        assert "もう「夫婦」として登録されています" in page
        assert page.count("終わりにする<") == 1
    long = clerk.post("/personnel/plans/kin", {**numbers, "relation": "長" * 21})
    assert long.status_code == 422
    clerk.post("/personnel/plans/kin", {"end": f"{one} {two}"})
    assert "登録はありません" in clerk.get("/personnel/plans/kin").content.decode()


def test_the_towns_rules_are_a_page(clerk: Client, ward: Ward) -> None:
    page = clerk.get("/personnel/plans/rules").content.decode()
    assert "所属長が二人" in page
    assert "週38時間45分まで" in page
    assert "任期付 5年まで" in page
    assert "minutes" not in page
    assert "兼務解除" in page


def test_who_is_named_may_be_told_and_taken_off(
    clerk: Client, plan: int, ward: Ward, signed_in: SignIn
) -> None:
    other = signed_in("人事係", "050", ("hr",))
    person = ward.first("人事係", "050")
    account, number = f"t.{person}", f"{int(person[1:]):07}"
    clerk.post(f"/personnel/plans/{plan}/names", {"account": number, "role": "read"})
    page = clerk.get(f"/personnel/plans/{plan}/settings").content.decode()
    assert ward.names[person].replace("\u3000", " ") in page.replace("\u3000", " ")
    assert account in page
    assert other.get(f"/personnel/plans/{plan}/").status_code == 200
    assert "data-grid" in other.get(f"/personnel/plans/{plan}/").content.decode()
    assert "grid.js" not in other.get(f"/personnel/plans/{plan}/").content.decode()
    put(other, plan, [ward.first("文書係", "060")], ward.codes["計画係"])
    assert drawer.lines(plan) == []
    clerk.post(f"/personnel/plans/{plan}/names", {"remove": account})
    assert other.get(f"/personnel/plans/{plan}/").status_code == 404
    nobody = clerk.post(f"/personnel/plans/{plan}/names", {"account": "dare", "role": "read"})
    assert "アカウントはありません" in nobody.content.decode()
