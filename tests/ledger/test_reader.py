"""Cards hold what the viewer may see, and nothing else."""

from datetime import date

import pytest

from meibo.domain.book import Effect
from meibo.ledger import reader, ties
from meibo.ledger.writer import Batch
from tests.ledger import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, str]:
    batch = scenes.house()
    found = {
        "head": scenes.hire(batch, "0000001", "課　長子", "カ　チョウコ", "01010000", "030"),
        "chief": scenes.hire(batch, "0000002", "係　長太", "カカリ　チョウタ", "01010010", "050"),
        "clerk": scenes.hire(batch, "0000003", "渡辺　明美", "ワタナベ　アケミ", "01010010", "070"),
        "other": scenes.hire(batch, "0000004", "福祉　花子", "フクシ　ハナコ", "02010000", "070"),
    }
    scenes.file(batch, found["clerk"], "maiden_name", "今枝")
    scenes.file(batch, found["clerk"], "maiden_kana", "イマエダ")
    scenes.file(batch, found["clerk"], "uses_maiden_name", "1")
    add = scenes.order(
        found["chief"], scenes.START, Effect.ADD, "兼務", unit="02010000", post="060"
    )
    batch.add(add)
    scenes.append(batch)
    return found


def test_staff_see_the_name_used_at_work_and_personnel_the_record_name(
    people: dict[str, str],
) -> None:
    staff = reader.card(scenes.viewer("staff"), people["clerk"], on=scenes.TODAY)
    hr = reader.card(scenes.viewer("hr"), people["clerk"], on=scenes.TODAY)
    assert staff is not None
    assert hr is not None
    assert (staff["name"], staff["kana"]) == ("今枝　明美", "イマエダ　アケミ")
    assert (hr["name"], hr["name_at_work"]) == ("渡辺　明美", "今枝　明美")
    assert (hr["maiden_name"], hr["uses_maiden_name"]) == ("今枝", True)
    assert "渡辺" not in str(dict(staff))


def test_what_is_not_allowed_is_absent_not_blank(people: dict[str, str]) -> None:
    card = reader.card(scenes.viewer("staff"), people["head"], on=scenes.TODAY)
    assert card is not None
    hidden = {"staff_no", "birth_date", "grade", "address", "hired", "leave", "term_end"}
    assert hidden.isdisjoint(card)


def test_the_public_it_and_audit_see_nobody(people: dict[str, str]) -> None:
    for tie in ("public", "it", "audit", "peer"):
        assert reader.cards(scenes.viewer(tie), on=scenes.TODAY) == []


def test_everyone_is_on_the_roster_once_in_order_of_house_and_rank(people: dict[str, str]) -> None:
    found = reader.cards(scenes.viewer("staff"), on=scenes.TODAY)
    assert [c.id for c in found] == [people[k] for k in ("head", "chief", "clerk", "other")]
    inside = reader.cards(scenes.viewer("staff"), on=scenes.TODAY, unit="01000000")
    assert [c.id for c in inside] == [people[k] for k in ("head", "chief", "clerk")]


def test_a_unit_lists_those_who_hold_a_post_besides_another(people: dict[str, str]) -> None:
    members = reader.members(scenes.viewer("staff"), "02010000", on=scenes.TODAY)
    assert [(m.card.id, m.kind_label) for m in members] == [
        (people["chief"], "兼務"),
        (people["other"], "本務"),
    ]


def test_a_unit_says_who_leads_it_or_that_nobody_does(people: dict[str, str]) -> None:
    staff = scenes.viewer("staff")
    led = reader.unit(staff, "01010000", on=scenes.TODAY)
    empty = reader.unit(staff, "02010000", on=scenes.TODAY)
    assert led is not None
    assert empty is not None
    assert led["head"]["id"] == people["head"]
    assert (led["count"], led["here"]) == (3, 1)
    assert empty["head"] is None
    assert empty["vacant"]


def test_a_head_is_whoever_holds_the_head_post_today(people: dict[str, str]) -> None:
    head = ties.viewer_of(people["head"], (), scenes.TODAY)
    card = reader.card(head, people["clerk"], on=scenes.TODAY)
    stranger = reader.card(head, people["other"], on=scenes.TODAY)
    assert card is not None
    assert stranger is not None
    assert card["staff_no"] == "0000003"
    assert "staff_no" not in stranger


def test_acting_for_a_head_brings_the_tie_while_it_lasts(people: dict[str, str]) -> None:
    from meibo.domain.book import SeatKind

    batch = Batch()
    acting = scenes.order(
        people["other"],
        date(2026, 11, 1),
        Effect.ADD,
        "事務取扱",
        unit="01010010",
        post="050",
        kind=SeatKind.ACTING,
        until=date(2026, 11, 30),
    )
    batch.add(acting)
    scenes.append(batch)
    during = ties.viewer_of(people["other"], (), date(2026, 11, 30))
    after = ties.viewer_of(people["other"], (), date(2026, 12, 1))
    assert people["clerk"] in during.over["head"]
    assert "head" not in after.over


def test_who_has_left_is_nobody(people: dict[str, str]) -> None:
    batch = Batch()
    batch.add(scenes.order(people["head"], date(2026, 11, 22), Effect.LEAVE, "退職"))
    scenes.append(batch)
    viewer = ties.viewer_of(people["head"], (), scenes.TODAY)
    assert viewer.ties == frozenset()
    assert reader.cards(viewer, on=scenes.TODAY) == []


def test_everyone_sees_all_of_their_own_record(people: dict[str, str]) -> None:
    own = ties.viewer_of(people["clerk"], (), scenes.TODAY)
    card = reader.card(own, people["clerk"], on=scenes.TODAY)
    assert card is not None
    assert (card["birth_date"], card["grade"], card["name"]) == ("1990-05-06", 1, "渡辺　明美")


def test_comparing_two_days_tells_promotion_move_and_leaving(people: dict[str, str]) -> None:
    april = date(2027, 4, 1)
    batch = Batch()
    batch.add(scenes.order(people["clerk"], april, Effect.MOVE, "昇任", post="060", grade=2))
    batch.add(scenes.order(people["other"], april, Effect.MOVE, "配置換", unit="01010010"))
    batch.add(scenes.order(people["head"], date(2027, 3, 31), Effect.LEAVE, "退職"))
    scenes.append(batch)
    found = reader.changes(scenes.viewer("staff"), scenes.TODAY, april)
    assert {(c.id, c.kind) for c in found} == {
        (people["clerk"], "promote"),
        (people["other"], "move"),
        (people["head"], "leave"),
    }
    assert next(c for c in found if c.kind == "leave").effective == date(2027, 3, 31)


def test_history_for_staff_holds_posts_only_and_for_personnel_the_orders(
    people: dict[str, str],
) -> None:
    batch = Batch()
    batch.add(scenes.order(people["clerk"], date(2026, 10, 1), Effect.PAUSE, "休職", reason="1"))
    scenes.append(batch)
    staff = reader.history(scenes.viewer("staff"), people["clerk"])
    hr = reader.history(scenes.viewer("hr"), people["clerk"])
    assert [r.wording for r in staff] == [""]
    assert [r.wording for r in hr] == ["休職", "採用"]
