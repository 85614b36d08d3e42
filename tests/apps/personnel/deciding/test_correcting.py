"""訂正: what was answered becomes lines, and everything that would come of them is told before."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from meibo.apps.personnel.actions.correcting import (
    Answer,
    CorrectionError,
    Kind,
    lines_for,
)
from meibo.apps.personnel.queries.checking.town import posts, terms
from meibo.apps.personnel.queries.correcting.consequences import Consequences, consequences
from meibo.domain.book import Effect, Line, SeatKind
from meibo.ledger import drawer
from meibo.ledger.books import lines_of
from meibo.ledger.writer import Batch, append
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.grants.actions import Wish, bestow
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.deciding.scenes import NOW, actor

AUTUMN, WINTER = date(2026, 10, 1), date(2026, 11, 1)


def announced(ward: Ward, *lines: Line) -> list[Line]:
    """Put orders into the book; returns them with their numbers."""
    batch = Batch()
    for line in lines:
        batch.add(line)
    numbers = append(batch, actor="test", now=NOW)
    wanted = set(numbers.values())
    people = dict.fromkeys(line.person for line in lines)
    return [x for person in people for x in lines_of(person) if x.no in wanted]


def line(ward: Ward, person: str, effect: Effect, day: date, unit: str, **more: object) -> Line:
    word = {Effect.MOVE: "配置換", Effect.ADD: "兼務", Effect.RELIEVE: "兼務解除"}[effect]
    return Line(0, day, NOW, effect, person, word, unit=ward.codes[unit], **more)  # type: ignore[arg-type]  # by name


def answer(ward: Ward, kind: Kind, person: str, **more: object) -> Answer:
    said = {"day": AUTUMN, "term": terms()["配置換"], "post": "060", **more}
    return Answer(kind, person, **said)  # type: ignore[arg-type]  # by name


def said(lines: list[Line]) -> list[tuple[Effect, str, date, str | None, int | None]]:
    return [(x.effect, x.person, x.effective, x.unit, x.grade) for x in lines]


def shown(lines: list[Line]) -> Consequences:
    return consequences(lines, TODAY)


@pytest.fixture
def person(ward: Ward) -> str:
    return ward.first("税務係", "060")


@pytest.fixture
def wrong(ward: Ward, person: str) -> Line:
    """She was sent to 戸籍係 on 1 October by mistake."""
    [found] = announced(ward, line(ward, person, Effect.MOVE, AUTUMN, "戸籍係", post="060"))
    return found


def test_she_should_have_been_in_another_unit_since_october(
    ward: Ward, person: str, wrong: Line
) -> None:
    right = answer(ward, Kind.CONTENT, person, unit=ward.codes["収納係"], why="所属の誤り")
    lines = lines_for(right, wrong, "060", posts(), NOW)
    [void, new] = lines
    assert (void.effect, void.voids, void.order_no) == (Effect.VOID, wrong.no, wrong.order_no)
    assert (new.unit, new.effective, new.note) == (ward.codes["収納係"], AUTUMN, "所属の誤り")
    [life] = shown(lines).lives
    [row] = [row for row in life.rows if row.changed]
    assert (row.starts, row.past) == (AUTUMN, True)
    assert "戸籍係" in row.before
    assert "収納係" in row.after
    assert row.pays == "所属"
    assert [r.starts for r in life.repay] == [AUTUMN]


def test_nothing_is_stored_by_looking(ward: Ward, person: str, wrong: Line) -> None:
    right = answer(ward, Kind.CONTENT, person, unit=ward.codes["収納係"])
    before = lines_of(person)
    shown(lines_for(right, wrong, "060", posts(), NOW))
    assert lines_of(person) == before
    assert drawer.plans("jinji") == []


def test_another_day_is_two_periods_to_pay_anew(ward: Ward, person: str, wrong: Line) -> None:
    later = AUTUMN + timedelta(days=14)
    right = answer(ward, Kind.CONTENT, person, day=later, unit=wrong.unit)
    [life] = shown(lines_for(right, wrong, "060", posts(), NOW)).lives
    changed = [row for row in life.rows if row.changed]
    assert [(row.starts, row.last) for row in changed] == [(AUTUMN, later - timedelta(days=1))]


def test_a_wrong_person_is_a_void_here_and_an_order_there(
    ward: Ward, person: str, wrong: Line
) -> None:
    other = ward.first("文書係", "060")
    right = answer(ward, Kind.PERSON, person, unit=wrong.unit, right=other)
    lines = lines_for(right, wrong, "060", posts(), NOW)
    assert [(x.effect, x.person) for x in lines] == [
        (Effect.VOID, person),
        (Effect.MOVE, other),
    ]
    assert {life.person for life in shown(lines).lives} == {person, other}
    with pytest.raises(CorrectionError):
        lines_for(
            answer(ward, Kind.PERSON, person, unit=wrong.unit, right=person),
            *(wrong, "060", posts(), NOW),
        )


def test_a_cancellation_and_the_cancellation_of_one(ward: Ward, person: str, wrong: Line) -> None:
    [void] = lines_for(Answer(Kind.CANCEL, person), wrong, None, posts(), NOW)
    assert void.voids == wrong.no
    [life] = shown([void]).lives
    assert "税務係" in next(row for row in life.rows if row.changed).after
    [stored] = announced(ward, void)
    [again] = lines_for(Answer(Kind.RESTORE, person), stored, None, posts(), NOW)
    assert again.voids == stored.no
    [life] = shown([again]).lives
    assert "戸籍係" in next(row for row in life.rows if row.changed).after


def test_an_order_that_was_left_out_has_the_grade_of_a_new_post_alone(
    ward: Ward, person: str
) -> None:
    late = answer(ward, Kind.LATE, person, unit=ward.codes["収納係"])
    assert said(lines_for(late, None, "060", posts(), NOW))[0][4] is None
    late = answer(ward, Kind.LATE, person, unit=ward.codes["収納係"], post="052")
    assert said(lines_for(late, None, "060", posts(), NOW))[0][4] == 3


def test_what_can_not_be_followed_any_more_is_told(ward: Ward, person: str) -> None:
    """兼務 was ordered in October and ended in November: without it, its end ends nothing."""
    add, _ = announced(
        ward,
        line(ward, person, Effect.ADD, AUTUMN, "収納係", post="060", kind=SeatKind.CONCURRENT),
        line(ward, person, Effect.RELIEVE, WINTER, "収納係", post="060"),
    )
    found = shown(lines_for(Answer(Kind.CANCEL, person), add, None, posts(), NOW))
    [life] = found.lives
    [(order, message, cured)] = life.faults
    assert "2026/11/01 兼務解除" in order
    assert message == "解く兼務がありません"
    assert not cured
    assert found.faults == 1
    [row] = life.repay
    assert (row.pays, row.last) == ("兼務など", WINTER - timedelta(days=1))


def test_later_orders_that_read_differently_are_told(ward: Ward, person: str, wrong: Line) -> None:
    announced(ward, line(ward, person, Effect.MOVE, WINTER, "資格係", post="060"))
    right = answer(ward, Kind.CONTENT, person, unit=ward.codes["収納係"])
    [life] = shown(lines_for(right, wrong, "060", posts(), NOW)).lives
    [(order, was, now)] = [each for each in life.retold if "2026/11/01" in each[0]]
    assert "資格係" in order
    assert "戸籍係" in was
    assert "収納係" in now
    [row] = life.repay
    assert row.last == WINTER - timedelta(days=1)


def test_heads_and_rights_that_go_or_come_are_told(ward: Ward) -> None:
    head = ward.first("税務課", "030")
    bestow(Wish(head, "payroll", ward.codes["税務課"], TODAY, "試し"), actor="test", now=NOW)
    late = answer(ward, Kind.LATE, head, unit=ward.codes["納税課"], post="030")
    found = shown(lines_for(late, None, "030", posts(), NOW))
    units = {unit.split()[-1]: (before, after) for unit, _, _, before, after in found.heads}
    assert units["税務課"] == (ward.names[head], "いません")
    assert ward.names[head] in units["納税課"][1]
    [life] = found.lives
    told = " ".join(life.rights)
    assert "職務「給与」は、発令するとすぐ効かなくなります" in told
    assert "税務課の所属長の権限が、すぐなくなります" in told
    assert "納税課の所属長の権限が、すぐ付きます" in told


def test_forms_made_since_are_told(ward: Ward, person: str, wrong: Line) -> None:
    made = datetime(2026, 10, 2, 3, tzinfo=UTC)
    entry = Entry(Act.FORM, {"form": "辞令"}, [person])
    note(entry, actor=Actor("jinji"), now=made)
    [life] = shown(lines_for(Answer(Kind.CANCEL, person), wrong, None, posts(), NOW)).lives
    assert life.printed == ((made.date(), "辞令"),)


def test_a_form_made_in_the_morning_is_told_with_the_day_in_japan(
    ward: Ward, person: str, wrong: Line
) -> None:
    early = datetime(2026, 10, 4, 23, 30, tzinfo=UTC)  # half past eight on the fifth
    note(Entry(Act.FORM, {"form": "辞令"}, [person]), actor=Actor("jinji"), now=early)
    [life] = shown(lines_for(Answer(Kind.CANCEL, person), wrong, None, posts(), NOW)).lives
    assert life.printed == ((date(2026, 10, 5), "辞令"),)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"day": None}, "day"), ({"term": None}, "wording"), ({"post": None}, "unit")],
)
def test_what_is_missing_is_asked_for(
    ward: Ward, person: str, wrong: Line, more: dict[str, object], field: str
) -> None:
    with pytest.raises(CorrectionError) as refused:
        lines_for(answer(ward, Kind.CONTENT, person, **more), wrong, "060", posts(), NOW)
    assert refused.value.field == field


def test_an_answer_that_changes_nothing_is_no_correction(
    ward: Ward, person: str, wrong: Line
) -> None:
    same = answer(ward, Kind.CONTENT, person, unit=wrong.unit)
    with pytest.raises(CorrectionError, match="もとの発令と同じ"):
        lines_for(same, wrong, "060", posts(), NOW)


def test_the_guide_leads_from_a_card_to_a_plan_that_waits_for_decision(
    ward: Ward, person: str, wrong: Line, signed_in: SignIn
) -> None:
    actor(ward, "jinjikacho", "人事課", "030")
    clerk = signed_in("人事係", "060", ("hr",))
    assert f"/personnel/corrections/{person}/" in clerk.get(f"/people/{person}").content.decode()
    page = clerk.get(f"/personnel/corrections/{person}/").content.decode()
    address = f"/personnel/corrections/{person}/{wrong.no}"
    assert address in page
    assert "戸籍住民課 戸籍係" in page
    answers = {"kind": "content", "day": "2026-10-01", "unit": "収納係", "post": "060"}
    answers |= {"wording": "配置換", "right": "", "why": ""}
    page = clerk.post(address, answers | {"deed": "see"}).content.decode()
    assert "給与が計算し直す期間" in page
    mark = re.search(r'name="seen" value="(\w+)"', page)
    assert mark
    # Something else than was shown is shown first.
    other = answers | {"unit": "資格係", "deed": "submit", "seen": mark[1]}
    assert "もう一度見てください" in clerk.post(address, other).content.decode()
    sent = clerk.post(address, answers | {"deed": "submit", "seen": mark[1]}, follow=True)
    assert "訂正の案を決裁に出しました" in sent.content.decode()
    [plan] = drawer.plans(f"t.{ward.first('人事係', '060')}")
    assert (plan.kind, plan.state, plan.lines) == ("correction", drawer.SUBMITTED, 2)


def test_only_personnel_mends_orders(ward: Ward, person: str, signed_in: SignIn) -> None:
    for client in (signed_in("税務係", "050"), Client()):
        for path in ("", f"{person}/", f"{person}/late", f"{person}/1"):
            answer = client.get(f"/personnel/corrections/{path}")
            assert answer.status_code in {302, 403}
