"""名寄せ on the pages: suspected, never joined by itself, done by two clerks and taken back."""

import pytest

from meibo.apps.personnel.actions.forgetting import forget
from meibo.apps.personnel.models import IdentityCase
from meibo.domain.disclosure import Viewer
from meibo.ledger import check, doubles, identity, joins, reader, ties
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.models import AuditRecord
from meibo.platform.audit.queries import about
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, TODAY, Ward
from tests.apps.personnel.filings.conftest import Desk

HR = Viewer(frozenset({"hr"}), TODAY)
Pair = tuple[str, str]


@pytest.fixture
def pair(ward: Ward) -> Pair:
    """Two people of the ward of whom the second has the birth date and the names of the first."""
    one, other = ward.first("税務係", "070"), ward.first("資格係", "070")
    card = reader.card(HR, one, on=TODAY)
    assert card is not None
    values = {"name": card["name"], "kana": card["kana"], "birth_date": card["birth_date"]}
    filings = [NewFiling(other, f, v, FIRST, NOW) for f, v in values.items()]
    append(Batch(filings=filings), actor="test", now=NOW)
    doubles._doubles.cache_clear()  # a version of a test undone may come again
    return one, other


@pytest.fixture
def first(signed_in: SignIn) -> Desk:
    return Desk(signed_in("人事係", "060", ("hr",)))


@pytest.fixture
def second(signed_in: SignIn) -> Desk:
    return Desk(signed_in("人事係", "070", ("hr",)))


def propose(desk: Desk, pair: Pair, why: str = "本人に確かめた") -> IdentityCase:
    values = {"deed": "join", "kept": pair[0], "why": why}
    assert "提案しました" in desk.post(f"/personnel/doubles/{pair[0]}/{pair[1]}", values)
    return IdentityCase.objects.latest("pk")


def decide(desk: Desk, case: IdentityCase, deed: str, **more: str) -> str:
    return desk.post(f"/personnel/doubles/{case.pk}/decide", {"deed": deed, **more})


def number(person: str) -> str:
    card = reader.card(HR, person, on=TODAY)
    assert card is not None
    return str(card["staff_no"])


def test_a_suspected_pair_is_listed_with_its_evidence_side_by_side(first: Desk, pair: Pair) -> None:
    assert "生年月日と読みが同じ" in first.text("/personnel/doubles")
    page = first.text(f"/personnel/doubles/{pair[0]}/{pair[1]}")
    assert page.count("同じ</span>") >= 3
    assert number(pair[0]) in page
    assert number(pair[1]) in page
    assert AuditRecord.objects.filter(act="read", detail__contains="birth_date").exists()
    assert joins.lead(pair[1]) == pair[1]  # nothing was joined by looking


def test_it_takes_two_clerks_to_join_and_two_to_take_it_back(
    first: Desk, second: Desk, pair: Pair
) -> None:
    numbers = [number(person) for person in pair]
    case = propose(first, pair)
    assert "提案した人は、承認できません" in decide(first, case, "approve")
    assert joins.lead(pair[1]) == pair[1]
    assert "承認しました" in decide(second, case, "approve")
    assert [ties.person_numbered(each) for each in numbers] == [pair[0], pair[0]]
    assert second.client.get(f"/people/{pair[1]}").headers["Location"] == f"/people/{pair[0]}"
    assert numbers[1] in second.text(f"/people/{pair[0]}")
    assert check.verify().differences == []
    case.refresh_from_db()
    decide(second, case, "undo", why="別人だった")
    undo = IdentityCase.objects.latest("pk")
    assert "提案した人は、承認できません" in decide(second, undo, "approve")
    decide(first, undo, "approve")
    assert [ties.person_numbered(each) for each in numbers] == list(pair)
    assert check.verify().differences == []
    assert "もう取り消されているか" in decide(first, case, "undo", why="もう一度")


def test_who_looked_at_either_number_is_told_to_the_one_person(
    first: Desk, second: Desk, pair: Pair
) -> None:
    first.text(f"/people/{pair[1]}")
    before = about(pair[0]).count()
    looked = about(pair[1]).count()
    decide(second, propose(first, pair), "approve")
    assert about(pair[0]).count() >= before + looked
    assert looked


def test_two_people_are_remembered_as_two(first: Desk, pair: Pair) -> None:
    address = f"/personnel/doubles/{pair[0]}/{pair[1]}"
    assert address in first.text("/personnel/doubles")
    first.post(address, {"deed": "distinct"})
    assert address not in first.text("/personnel/doubles")
    case = IdentityCase.objects.get(deed=IdentityCase.DISTINCT)
    decide(first, case, "suggest")
    assert address in first.text("/personnel/doubles")


def test_a_proposal_needs_a_reason_and_is_made_once(first: Desk, pair: Pair) -> None:
    address = f"/personnel/doubles/{pair[0]}/{pair[1]}"
    answer = first.client.post(address, {"deed": "join", "kept": pair[0], "why": " "})
    assert (answer.status_code, "わけを書いて" in answer.content.decode()) == (422, True)
    case = propose(first, pair)
    again = first.client.post(address, {"deed": "join", "kept": pair[0], "why": "また"})
    assert "もう承認を待っています" in again.content.decode()
    assert "提案を終わりにしました" in decide(first, case, "refuse")
    assert IdentityCase.objects.get(pk=case.pk).state == IdentityCase.WITHDRAWN


def test_numbers_typed_lead_to_the_pair_or_to_the_parting(first: Desk, pair: Pair) -> None:
    a, b = (number(person) for person in pair)
    both = first.client.get(f"/personnel/doubles?a={a}&b={b}")
    assert both.headers["Location"] == f"/personnel/doubles/{pair[0]}/{pair[1]}"
    one = first.client.get(f"/personnel/doubles?a={a}")
    assert one.headers["Location"] == f"/personnel/doubles/part/{pair[0]}"
    said = first.text(f"/personnel/doubles?a={a}&b=9999999")
    assert "職員番号「9999999」の人は見つかりません" in said
    assert f'value="{a}"' in said
    assert 'value="9999999"' in said
    assert "二つの番号が同じです" in first.text(f"/personnel/doubles?a={a}&b={a}")


def test_numbers_that_were_joined_say_so_and_lead_to_the_undoing(
    first: Desk, second: Desk, pair: Pair
) -> None:
    a, b = (number(person) for person in pair)
    case = propose(first, pair)
    decide(second, case, "approve")
    for asked in (f"a={a}", f"a={b}", f"a={a}&b={b}", f"a={b}&b="):
        page = first.text(f"/personnel/doubles?{asked}")
        assert "名寄せ済みです" in page
        assert f"（{a}）" in page
        assert f"（{b}）" in page
        assert f'href="#case-{case.pk}"' in page
        assert f'id="case-{case.pk}"' in page
    assert "本人に確かめた" in first.text("/personnel/doubles")  # why, in the history
    for address in (f"{pair[0]}/{pair[1]}", f"part/{pair[0]}"):
        answer = first.client.get(f"/personnel/doubles/{address}", follow=True)
        assert "名寄せ済みです" in answer.content.decode()
    decide(second, case, "undo", why="別人だった")
    page = first.text("/personnel/doubles").split("これまでの名寄せ")[0]
    assert f"（{a}）" in page
    assert f"（{b}）" in page
    assert "のわけ：</span>本人に確かめた" in page
    assert "いまのカードを見る" in page


def test_one_number_is_parted_by_two_clerks_and_put_together_again(
    first: Desk, second: Desk, ward: Ward
) -> None:
    person = ward.first("税務係", "052")  # has a concurrent post since 2024
    page = first.text(f"/personnel/doubles/part/{person}")
    assert "防災計画係" in page
    assert "汐見区見本町" in page
    orders = identity.orders_of(person)
    moved = next(entry for entry in orders if entry.words == "採用")
    values = {"line": [moved.no], "staff_no": "9990001", "why": "二人だった"}
    said = first.post(f"/personnel/doubles/part/{person}", values)
    assert "提案しました" in said
    case = IdentityCase.objects.latest("pk")
    decide(second, case, "approve")
    new = ties.person_numbered("9990001")
    assert new is not None
    card = reader.card(HR, new, on=TODAY)
    assert card is not None
    assert card["unit_path"][-1] == "税務係"
    assert check.verify().differences == []
    decide(first, case, "undo", why="やはり一人")
    decide(second, IdentityCase.objects.latest("pk"), "approve")
    assert reader.card(HR, new, on=TODAY) is None
    restored = reader.card(HR, person, on=TODAY)
    assert restored is not None
    assert restored["unit_path"][-1] == "税務係"
    assert check.verify().differences == []


def test_only_personnel_come_here(signed_in: SignIn, pair: Pair) -> None:
    stranger = signed_in("総務係", "060")
    for address in ("", f"/{pair[0]}/{pair[1]}", f"/part/{pair[0]}"):
        assert stranger.get(f"/personnel/doubles{address}").status_code == 403


def test_every_step_is_in_the_audit_log_with_both_and_what_is_kept_goes_with_them(
    first: Desk, second: Desk, pair: Pair
) -> None:
    decide(second, propose(first, pair), "approve")
    rows = AuditRecord.objects.filter(act="filing").order_by("no")
    assert [row.detail for row in rows] == ['{"what": "join.propose"}', '{"what": "join.approve"}']
    assert {s.person for row in rows for s in row.subjects.all()} == set(pair)
    forget(pair[0], None)
    assert not IdentityCase.objects.exists()
