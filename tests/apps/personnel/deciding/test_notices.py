"""内示: nothing before its hour; then to each their own, to heads their people, to nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from meibo.apps.personnel.actions import deciding
from meibo.apps.personnel.actions.forgetting import forget
from meibo.apps.personnel.models import Receipt
from meibo.apps.personnel.queries.deciding.notices import addressed, lines_for
from meibo.domain.book import Effect, Line
from meibo.domain.disclosure import Viewer
from meibo.ledger import drawer, ties, writer
from meibo.ledger.drawer import DrawerError, LineChange
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.deciding.scenes import APRIL, NOW, Case, case, move

HOUR = NOW + timedelta(days=7)
BEFORE = HOUR - timedelta(seconds=1)


@pytest.fixture
def plan(ward: Ward) -> Case:
    """Somebody goes from 税務係 to 収納係, another from 戸籍係 to 資格係, a newcomer to 資格係,
    and somebody of 税務係 is away from April on."""
    made = case(ward)
    comes = writer.new_id()
    drawer.welcome([comes])
    lines = [
        LineChange(move(ward, ward.first("戸籍係", "060"), "資格係")),
        LineChange(
            Line(
                *(0, APRIL, NOW, Effect.ENTER, comes, "採用"),
                unit=ward.codes["資格係"],
                post="070",
                grade=1,
            ),
            newcomer="9000001",
        ),
        LineChange(
            Line(
                *(0, APRIL, NOW, Effect.PAUSE, ward.first("税務係", "070"), "病気休職"),
                slot="leave",
                reason="2",
                note="適応障害",
                until=APRIL + timedelta(days=90),
            )
        ),
    ]
    drawer.put(made.number, lines, account=made.clerk.name, now=NOW)
    filed = {"name": "新　人子", "kana": "アラタ　ヒトコ", "birth_date": "2004-05-06"}
    drawer.file(made.number, comes, filed, APRIL, account=made.clerk.name, now=NOW)
    made.approved()
    return made


def give(plan: Case, at: datetime = HOUR) -> None:
    deciding.set_notice(plan.number, at, version=plan.version, actor=plan.clerk, now=NOW)


def viewer(ward: Ward, unit: str, post: str) -> Viewer:
    return ties.viewer_of(ward.first(unit, post), (), TODAY)


def read(who: Viewer, now: datetime = HOUR) -> list[tuple[str, str, str]]:
    lines = lines_for(who, drawer.noticed_to(who, now))
    return [(line.kind, line.name, line.wording) for line in lines]


def test_before_its_hour_there_is_nothing_for_anybody(plan: Case, ward: Ward) -> None:
    give(plan)
    for person in ward.names:
        assert drawer.noticed_to(ties.viewer_of(person, (), TODAY), BEFORE) == []
    assert not drawer.due(BEFORE)


def test_each_reads_their_own_line_and_heads_those_of_their_people(plan: Case, ward: Ward) -> None:
    give(plan)
    mover, other = ward.first("税務係", "060"), ward.first("戸籍係", "060")
    own = [("own", ward.names[mover], "配置換")]
    assert read(viewer(ward, "税務係", "060")) == own
    # The head of the old unit, and who is above; away is told without its reason.
    away = ("leaves", ward.names[ward.first("税務係", "070")], "不在になります")
    goes = ("leaves", ward.names[mover], "配置換")
    assert set(read(viewer(ward, "税務係", "050"))) == {goes, away}
    # The head of the new unit reads who comes, newcomers by the name that the plan knows.
    comes = [("joins", ward.names[other], "配置換"), ("joins", "新　人子", "採用")]
    assert read(viewer(ward, "資格係", "050")) == comes
    assert read(viewer(ward, "国保年金課", "030")) == comes
    assert read(viewer(ward, "収納係", "050")) == [("joins", ward.names[mover], "配置換")]


def test_nobody_else_reads_anything(plan: Case, ward: Ward) -> None:
    give(plan)
    readers = {p for p in ward.names if drawer.noticed_to(ties.viewer_of(p, (), TODAY), HOUR)}
    about = {draft.line.person for draft in plan.lines}
    heads = {
        *(ward.first(unit, "050") for unit in ("税務係", "収納係", "戸籍係", "資格係")),
        *(ward.first(unit, "030") for unit in ("税務課", "戸籍住民課", "国保年金課")),
        *(ward.first(unit, "010") for unit in ("区民部", "福祉部")),
    }
    acting = readers - about - heads
    for person in acting:  # 事務取扱: they lead as long as that lasts
        assert "head" in ties.viewer_of(person, (), TODAY).over
    assert about & set(ward.names) <= readers
    assert heads <= readers
    assert len(acting) <= 2


def test_why_somebody_is_away_is_theirs_alone(plan: Case, ward: Ward) -> None:
    give(plan)
    who = viewer(ward, "税務係", "050")
    told = repr(lines_for(who, drawer.noticed_to(who, HOUR)))
    assert "休職" not in told
    assert "適応障害" not in told
    assert read(viewer(ward, "税務係", "070")) == [
        ("own", ward.names[ward.first("税務係", "070")], "病気休職")
    ]


def test_who_has_opened_it_is_written_down_once_with_the_first_time(plan: Case, ward: Ward) -> None:
    give(plan)
    who = viewer(ward, "税務係", "060")
    hr = Viewer(frozenset({"hr"}), TODAY)
    assert who.person
    for now in (HOUR, HOUR + timedelta(hours=3)):
        deciding.opened(who.person, drawer.noticed_to(who, now), now=now)
    people = {each.person: each for each in addressed(drawer.plan_for_house(plan.number), hr)}
    assert len(people) == 4
    assert people[who.person].opened == HOUR
    assert people[ward.first("戸籍係", "060")].opened is None
    head = viewer(ward, "収納係", "050")
    assert head.person
    deciding.opened(head.person, drawer.noticed_to(head, HOUR), now=HOUR)
    people = {each.person: each for each in addressed(drawer.plan_for_house(plan.number), hr)}
    assert (ward.names[head.person], HOUR) in people[who.person].heads


def test_whom_the_list_of_receipts_names_as_heads_can_read_it(plan: Case, ward: Ward) -> None:
    give(plan)
    for each in drawer.spoken_to(plan.number, TODAY):
        for head in each.heads:
            lines = drawer.noticed_to(ties.viewer_of(head, (), TODAY), HOUR)
            assert each.person in {line.draft.line.person for line in lines}


def test_a_notice_is_taken_back_and_nobody_reads_it_any_more(plan: Case, ward: Ward) -> None:
    give(plan)
    deciding.take_back_notice(plan.number, actor=plan.clerk, now=HOUR)
    assert plan.state == drawer.APPROVED
    assert read(viewer(ward, "税務係", "060")) == []
    give(plan, HOUR + timedelta(days=1))
    assert read(viewer(ward, "税務係", "060"), HOUR) == []


def test_an_hour_that_has_come_is_not_moved_and_none_lies_in_the_past(plan: Case) -> None:
    with pytest.raises(DrawerError, match="過ぎています"):
        give(plan, NOW - timedelta(minutes=1))
    give(plan)
    give(plan, HOUR + timedelta(days=1))  # not come yet: another one
    later = HOUR + timedelta(days=2)
    with pytest.raises(DrawerError, match="先に内示を取りやめて"):
        deciding.set_notice(
            *(plan.number, later + timedelta(days=1)),
            version=plan.version,
            actor=plan.clerk,
            now=later,
        )


def test_receipts_go_with_the_person(plan: Case, ward: Ward) -> None:
    give(plan)
    who = viewer(ward, "税務係", "060")
    assert who.person
    deciding.opened(who.person, drawer.noticed_to(who, HOUR), now=HOUR)
    forget(who.person, None)
    assert not Receipt.objects.exists()
