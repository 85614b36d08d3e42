"""The auditor reads the log and nothing else; everybody reads who looked at them."""

from datetime import UTC, date, datetime

import pytest

from meibo.apps.oversight.queries.unusual import notable, rules
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # 11 o'clock in Tokyo
NIGHT = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
HOLIDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 勤労感謝の日
HR = Actor("jinji", "", "192.0.2.1")
PAGES = ("/audit/", "/audit/log.csv", "/audit/unusual", "/audit/anchors")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("duty", ["hr", "it", "crisis", "payroll", ""])
def test_nobody_but_the_auditor_reads_the_log(
    ward: Ward, signed_in: SignIn, page: str, duty: str
) -> None:
    assert signed_in(duties=(duty,) if duty else ()).get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_an_auditor_who_is_nobody_reads_the_log_and_no_roster(
    ward: Ward, signed_in: SignIn, page: str
) -> None:
    someone = ward.first("戸籍係", "060")
    note(Entry(Act.READ, {"fields": ["address"]}, {someone}, "照会"), actor=HR, now=MONDAY)
    client = signed_in("", "", ("audit",))
    answer = client.get(page)
    assert answer.status_code == 200
    assert someone in client.get("/audit/").content.decode()
    assert client.get("/list").context["found"].cards == []


def test_the_log_is_searched_by_all_that_it_shows(ward: Ward, signed_in: SignIn) -> None:
    note(Entry(Act.READ, {"fields": ["address"]}, {"p1"}, "照会への回答"), actor=HR, now=MONDAY)
    note(Entry(Act.EXPORT, {"kind": "csv"}), actor=Actor("kyuyo"), now=HOLIDAY)
    client = signed_in("", "", ("audit",))

    def found(query: str) -> list[str]:
        return [each.line.act for each in client.get(f"/audit/?{query}").context["lines"]]

    for query in (
        "act=read",
        "actor=JINJI",
        "subject=p1",
        "until=2026-11-20",
        "text=照会",
        "text=192.0",
    ):
        assert found(query) == ["read"], query
    assert "export" in found("since=2026-11-23")
    assert found("text=見つからない") == []


def test_that_the_auditor_looked_is_noted_as_well(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in("", "", ("audit",))
    client.get("/audit/")
    assert [each.line.act for each in client.get("/audit/").context["lines"]][:2] == ["audit"] * 2


def test_everybody_reads_who_looked_at_them_at_what_and_what_for(
    ward: Ward, signed_in: SignIn
) -> None:
    person = ward.first("税務係", "060")
    looker = ward.first("人事係", "060")
    actor = Actor("t.jinji", looker)
    note(
        Entry(Act.READ, {"fields": ["address"], "page": "x"}, {person}, "異動事務"),
        actor=actor,
        now=MONDAY,
    )
    text = signed_in().get("/audit/mine").content.decode()
    assert "自宅の住所" in text
    assert "異動事務" in text
    assert "2026年11月16日 11:00" in text
    assert (
        "まだだれも見ていません" in signed_in("戸籍係", "060").get("/audit/mine").content.decode()
    )


def test_what_stands_out_is_pointed_out_by_plain_rules(ward: Ward) -> None:
    for number in range(50):
        note(Entry(Act.READ, {}, {f"p{number}"}), actor=Actor("many"), now=MONDAY)
        note(Entry(Act.READ, {}, {"watched"}), actor=Actor(f"a{number % 12}"), now=MONDAY)
    note(Entry(Act.EXPORT), actor=Actor("day"), now=MONDAY)
    note(Entry(Act.EXPORT), actor=Actor("night"), now=NIGHT)
    note(Entry(Act.EXPORT), actor=Actor("holiday"), now=HOLIDAY)
    refused = [Entry(Act.REFUSED)] * 5
    note(*refused, actor=Actor("knocks"), now=MONDAY)
    note(*[Entry(Act.SIGN_IN_FAILED)] * 10, actor=Actor("", "", "192.0.2.7"), now=MONDAY)
    looks = [{"viewer": "tie:hr"}, {"viewer": "tie:staff"}]
    note(*[Entry(Act.COMMAND, detail) for detail in looks], actor=Actor("command:x"), now=MONDAY)
    found = {(n.rule.key, n.actor or n.subject, n.count) for n in notable(date(2026, 11, 1), TODAY)}
    assert found == {
        ("mass", "many", 50),
        ("watched", "watched", 12),
        ("late_export", "night", 1),
        ("late_export", "holiday", 1),
        ("refused", "knocks", 5),
        ("failed", "192.0.2.7", 10),
        ("no_purpose", "command:x", 1),
    }
    assert notable(date(2026, 1, 1), date(2026, 1, 31)) == []


def test_the_towns_thresholds_are_all_in_force() -> None:
    assert set(rules()) == {"mass", "watched", "late_export", "refused", "failed", "no_purpose"}


def test_the_file_holds_what_the_page_shows(ward: Ward, signed_in: SignIn) -> None:
    note(Entry(Act.READ, {"fields": ["address"]}, {"p1"}, "=1+1"), actor=HR, now=MONDAY)
    text = signed_in("", "", ("audit",)).get("/audit/log.csv").content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("1,2026-11-16T11:00:00+09:00,限られた項目の閲覧,jinji")
    assert ",'=1+1," in text
    assert AuditRecord.objects.filter(act=Act.EXPORT).count() == 1


@pytest.mark.parametrize("page", ["/audit/", "/audit/unusual"])
def test_a_day_that_cannot_be_read_is_said(ward: Ward, signed_in: SignIn, page: str) -> None:
    client = signed_in("", "", ("audit",))
    assert "日付として読めない" in client.get(f"{page}?since=2026-99-99").content.decode()
    assert "日付として読めない" not in client.get(f"{page}?since=2026/11/1").content.decode()


def test_a_file_of_days_that_cannot_be_read_is_not_handed_out(
    ward: Ward, signed_in: SignIn
) -> None:
    client = signed_in("", "", ("audit",))
    assert client.get("/audit/log.csv?since=2026-99-99").status_code == 400
    assert client.get("/audit/log.csv?since=2026-11-01").status_code == 200
