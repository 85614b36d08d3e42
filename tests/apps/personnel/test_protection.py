"""Personnel keeps somebody from others for a time; why, nobody else reads."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from meibo.domain.disclosure import Protection, Viewer
from meibo.ledger import check, protection, reader
from meibo.ledger.protection import Shielded
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
LAST = TODAY + timedelta(days=20)
WHY = "元配偶者が窓口に来る"


def colleague(today: object = TODAY) -> Viewer:
    return Viewer(frozenset({"staff"}), today)  # type: ignore[arg-type]  # days alone are passed


@pytest.fixture
def person(ward: Ward) -> str:
    return ward.first("税務係", "060")


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


def grant(clerk: Client, person: str, level: str = "2", **more: str) -> str:
    values = {"level": level, "reason": "stalking", "text": WHY, "last": LAST.isoformat()} | more
    answer = clerk.post(f"/personnel/protections/{person}/grant", values, follow=True)
    return answer.content.decode()


def test_who_is_protected_most_is_gone_for_others_at_once(
    clerk: Client, person: str, signed_in: SignIn
) -> None:
    card = reader.card(colleague(), person, on=TODAY)
    assert card is not None
    name = str(card["name"])
    before = reader.search(colleague(), name, on=TODAY).total
    assert "非公開にしました" in grant(clerk, person)
    assert reader.card(colleague(), person, on=TODAY) is None
    assert reader.search(colleague(), name, on=TODAY).total == before - 1
    # Nor on a day before it began, nor is there somebody too many in the count of the unit.
    assert reader.card(colleague(), person, on=TODAY - timedelta(days=400)) is None
    assert signed_in("総務係", "060").get(f"/people/{person}").status_code == 404


def test_the_count_of_a_unit_tells_nothing_of_who_is_not_there(
    clerk: Client, person: str, ward: Ward
) -> None:
    code = ward.codes["税務課"]
    before = reader.unit(colleague(), code, on=TODAY)
    grant(clerk, person)
    after = reader.unit(colleague(), code, on=TODAY)
    near = reader.unit(Viewer(frozenset({"hr"}), TODAY), code, on=TODAY)
    assert before is not None
    assert after is not None
    assert near is not None
    assert (after["count"], near["count"]) == (before["count"] - 1, before["count"])
    assert after["count"] == len(reader.cards(colleague(), on=TODAY, unit=code))


def test_the_own_section_and_personnel_see_as_before(
    clerk: Client, person: str, signed_in: SignIn
) -> None:
    grant(clerk, person)
    mate = signed_in("税務係", "050")
    assert mate.get(f"/people/{person}").status_code == 200
    assert mate.get(f"/people/{person}/card.vcf").status_code == 404
    assert clerk.get(f"/people/{person}").status_code == 200


def test_the_weaker_level_leaves_who_works_where(clerk: Client, person: str) -> None:
    grant(clerk, person, "1")
    card = reader.card(colleague(), person, on=TODAY)
    assert card is not None
    assert not {"photo", "skills"} & set(card)
    assert not card.portable
    public = Viewer(frozenset({"public"}), TODAY)
    assert reader.card(public, person, on=TODAY) is None


def test_it_ends_by_itself_after_its_last_day(clerk: Client, person: str) -> None:
    grant(clerk, person)
    assert reader.card(colleague(LAST), person, on=TODAY) is None
    after = LAST + timedelta(days=1)
    assert reader.card(colleague(after), person, on=TODAY) is not None


def test_it_is_extended_and_ended(clerk: Client, person: str) -> None:
    grant(clerk, person)
    later = LAST + timedelta(days=30)
    clerk.post(f"/personnel/protections/{person}/extend", {"last": later.isoformat()})
    page = clerk.get(f"/personnel/protections/{person}").content.decode()
    assert WHY in page  # the reason stays
    assert reader.card(colleague(later), person, on=TODAY) is None
    clerk.post(f"/personnel/protections/{person}/end")
    assert reader.card(colleague(), person, on=TODAY) is not None
    again = clerk.post(f"/personnel/protections/{person}/end", follow=True).content.decode()
    assert "今、この人に非公開の申出はありません" in again


def test_a_day_at_the_end_of_the_calendar_is_refused(clerk: Client, person: str) -> None:
    grant(clerk, person)
    answer = clerk.post(f"/personnel/protections/{person}/extend", {"last": "9999-12-31"})
    assert answer.status_code == 422
    assert "終わりの日が遠すぎます" in answer.content.decode()


def test_what_has_no_end_is_not_told_to_end_in_the_year_9999(clerk: Client, person: str) -> None:
    shield = Shielded(person, Protection("1"), TODAY, date.max)
    protection.put(shield, actor="test", now=NOW)
    for address in ("/personnel/protections", f"/personnel/protections/{person}"):
        page = clerk.get(address).content.decode()
        assert "期限なし" in page
        assert "9999年" not in page


def test_why_is_for_personnel_alone(clerk: Client, person: str, signed_in: SignIn) -> None:
    grant(clerk, person)
    listed = clerk.get("/personnel/protections").content.decode()
    assert WHY in listed
    own = signed_in("税務係", "060", purpose="").get(f"/people/{person}").content.decode()
    assert "非公開の申出が効いています（2026年12月13日まで）" in own
    assert WHY not in own
    for duty in ("payroll", "crisis", "audit", "it"):
        client = signed_in(
            "法規係",
            {"payroll": "050", "crisis": "052", "audit": "060", "it": "070"}[duty],
            (duty,),
        )
        for address in ("/personnel/protections", f"/personnel/protections/{person}"):
            assert client.get(address).status_code == 403
        assert WHY not in client.get(f"/people/{person}").content.decode()
    noted = AuditRecord.objects.filter(act="protect").get()
    assert WHY not in noted.detail
    assert noted.subjects.get().person == person


def test_the_auditor_reads_that_somebody_was_protected_in_words(
    clerk: Client, person: str, signed_in: SignIn
) -> None:
    grant(clerk, person)
    log = signed_in("法規係", "060", ("audit",)).get("/audit/?act=protect").content.decode()
    assert "登録した" in log
    assert "2026-12-14" in log
    assert "grant" not in log.split("<tbody>")[1].split("</tbody>")[0]


def test_personnel_says_what_for_before_it_sees_the_list(signed_in: SignIn, person: str) -> None:
    client = signed_in("人事係", "060", ("hr",), purpose="")
    answer = client.get("/personnel/protections")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/purpose/?next=%2Fpersonnel%2Fprotections")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last": "2026-11-22"}, "今日かそれより後"),
        ({"last": "2036-11-22"}, "3年より先"),
        ({"reason": "other", "text": ""}, "中身を書いてください"),
        ({"reason": ""}, "選んでください"),
        ({"level": "9"}, "選択"),
    ],
)
def test_what_is_wrong_protects_nobody_and_says_why(
    clerk: Client, person: str, wrong: dict[str, str], said: str
) -> None:
    assert said in grant(clerk, person, **wrong)
    assert reader.card(colleague(), person, on=TODAY) is not None


def test_the_drawn_protection_is_what_the_book_says(clerk: Client, person: str) -> None:
    grant(clerk, person)
    assert not check.verify().differences
