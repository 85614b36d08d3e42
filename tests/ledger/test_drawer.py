"""The drawer: what is in it is nowhere else, nothing in it is lost or overwritten unseen, and
announced it is the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from meibo.domain.book import Effect, Line, Succession, SuccessionTable
from meibo.ledger import check, draw, drawer, kin, reader, writer
from meibo.ledger.drawer import DrawerError, LineChange, NotNamedError, StaleError
from meibo.ledger.models import DataKey, FilingLine, Person, PlanFiling
from meibo.ledger.writer import UNIT
from tests.ledger.scenes import NOW, append, hire, house, order, viewer

pytestmark = pytest.mark.django_db
APRIL = date(2027, 4, 1)
HR = viewer("hr")


@pytest.fixture
def people() -> dict[str, str]:
    batch = house()
    found = {
        "hana": hire(batch, "1", "山田　花子", "ヤマダ　ハナコ", "01010010", "070"),
        "taro": hire(batch, "2", "佐藤　太郎", "サトウ　タロウ", "01010000", "060"),
    }
    append(batch)
    return found


def begin(title: str = "四月の案") -> int:
    return drawer.begin(title, account="jinji", now=NOW, day=APRIL)


def move(person: str, unit: str = "02010000", post: str = "070") -> Line:
    return order(person, APRIL, Effect.MOVE, unit=unit, post=post)


def put(plan: int, *changes: LineChange, account: str = "jinji") -> list[drawer.DraftLine]:
    return drawer.put(plan, changes, account=account, now=NOW)


def ready(plan: int) -> None:
    drawer.pass_on(plan, drawer.APPROVED, expected=[drawer.DRAFT], now=NOW)


def test_a_plan_is_there_for_those_named_on_it_and_for_nobody_else(people: dict[str, str]) -> None:
    plan = begin()
    put(plan, LineChange(move(people["hana"])))
    assert [p.title for p in drawer.plans("jinji")] == ["四月の案"]
    assert drawer.plans("kakari") == []
    with pytest.raises(NotNamedError):
        drawer.plan(plan, "kakari")
    with pytest.raises(NotNamedError):
        put(plan, LineChange(move(people["taro"])), account="kakari")
    drawer.name(plan, "kakari", drawer.READ, by="jinji")
    assert not drawer.plan(plan, "kakari").changeable
    with pytest.raises(NotNamedError):
        put(plan, LineChange(move(people["taro"])), account="kakari")
    drawer.unname(plan, "kakari", by="jinji")
    assert drawer.plans("kakari") == []
    with pytest.raises(DrawerError):
        drawer.unname(plan, "jinji", by="jinji")


def test_a_plan_changes_nothing_that_anybody_reads(people: dict[str, str]) -> None:
    before = [dict(card) for card in reader.cards(HR, on=APRIL)]
    plan = begin()
    put(plan, LineChange(move(people["hana"])))
    assert [dict(card) for card in reader.cards(HR, on=APRIL)] == before
    assert check.verify().differences == []


def test_who_saves_what_somebody_else_has_changed_is_refused_and_shown_both(
    people: dict[str, str],
) -> None:
    plan = begin()
    [line] = put(plan, LineChange(move(people["hana"])))
    theirs = replace(line.line, post="060")
    put(plan, LineChange(theirs, line.id, line.version))
    mine = replace(line.line, unit="01010000")
    with pytest.raises(StaleError) as stale:
        put(plan, LineChange(mine, line.id, line.version), LineChange(move(people["taro"])))
    [clash] = stale.value.clashes
    assert clash.theirs is not None
    assert (clash.theirs.line.post, clash.mine, clash.by) == ("060", mine, "jinji")
    [kept] = drawer.lines(plan)
    assert kept.line.post == "060"


def test_steps_are_taken_back_and_done_again(people: dict[str, str]) -> None:
    plan = begin()
    [line] = put(plan, LineChange(move(people["hana"])))
    put(plan, LineChange(replace(line.line, post="060"), line.id, line.version))
    put(plan, LineChange(None, line.id, line.version + 1), LineChange(move(people["taro"])))

    def seen() -> list[tuple[str, str | None]]:
        return [(each.line.person, each.line.post) for each in drawer.lines(plan)]

    assert drawer.undo(plan, account="jinji", now=NOW)
    assert seen() == [(people["hana"], "060")]
    assert drawer.undo(plan, account="jinji", now=NOW)
    assert seen() == [(people["hana"], "070")]
    assert drawer.redo(plan, account="jinji", now=NOW)
    assert seen() == [(people["hana"], "060")]
    with pytest.raises(StaleError):  # a page that shows what was taken back
        put(plan, LineChange(line.line, line.id, line.version))
    assert drawer.steps(plan) == (2, 1)
    [now_there] = drawer.lines(plan)
    put(plan, LineChange(None, now_there.id, now_there.version))
    assert not drawer.redo(plan, account="jinji", now=NOW)


def test_a_copy_stands_by_itself(people: dict[str, str]) -> None:
    plan = begin()
    [line] = put(plan, LineChange(move(people["hana"])))
    other = drawer.copy(plan, "別の案", account="jinji", now=NOW)
    put(plan, LineChange(None, line.id, line.version))
    assert [each.line.unit for each in drawer.lines(other)] == ["02010000"]


def test_the_preview_is_the_book_and_the_plan_folded_together(people: dict[str, str]) -> None:
    plan = begin()
    put(plan, LineChange(move(people["hana"])))
    seen = drawer.preview(plan)
    after = seen.after(people["hana"], APRIL)
    before = seen.before(APRIL)[people["hana"]]
    assert (before["unit"], after and after["unit"]) == ("01010010", "02010000")
    assert after
    assert after["name"] == "山田　花子"
    everyone = seen.everyone(APRIL)
    assert everyone[people["taro"]]["unit"] == "01010000"
    assert len(everyone) == 2


def test_a_newcomer_of_a_plan_is_known_to_it_alone_until_announced(
    people: dict[str, str],
) -> None:
    plan, person = begin(), writer.new_id()
    drawer.welcome([person])
    enter = order(person, APRIL, Effect.ENTER, "採用", unit="02010000", post="070")
    put(plan, LineChange(enter, newcomer="3"))
    drawer.file(
        plan,
        person,
        {"name": "新　人子", "kana": "アラタ　ヒトコ"},
        APRIL,
        account="jinji",
        now=NOW,
    )
    sealed = PlanFiling.objects.get(field="name").value
    assert sealed is not None
    assert "新" not in sealed
    seen = drawer.preview(plan).after(person, APRIL)
    assert seen
    assert seen["name"] == "新　人子"
    assert len(reader.cards(HR, on=APRIL)) == 2
    ready(plan)
    drawer.announce(plan, actor="jinji", now=NOW)
    names = {card["name"]: card["staff_no"] for card in reader.cards(HR, on=APRIL)}
    assert names["新　人子"] == "3"
    assert check.verify().differences == []


def test_what_is_thrown_away_leaves_nobody_behind(people: dict[str, str]) -> None:
    plan, person = begin(), writer.new_id()
    drawer.welcome([person])
    put(plan, LineChange(order(person, APRIL, Effect.ENTER, unit="02010000"), newcomer="3"))
    drawer.discard(plan, account="jinji")
    assert not Person.objects.filter(pk=person).exists()
    assert not DataKey.objects.filter(person_id=person).exists()
    assert drawer.plans("jinji") == []


def test_announcing_gives_numbers_and_draws_what_the_preview_showed(
    people: dict[str, str],
) -> None:
    plan = begin()
    units = SuccessionTable([Succession("01010010", "01010020", "コード変更")])
    remap = Line(0, APRIL, NOW, Effect.REMAP, successions=units)
    put(plan, LineChange(move(people["taro"])), LineChange(remap))
    filed = {"name": "収納係", "parent": "01010000", "level": "3"}
    drawer.file(plan, UNIT + "01010020", filed, APRIL, account="jinji", now=NOW)
    seen = drawer.preview(plan)
    promised = {p: s["unit"] for p, s in seen.everyone(APRIL).items()}
    assert promised == {people["taro"]: "02010000", people["hana"]: "01010020"}
    assert seen.organisation(APRIL).codes["01010020"]
    with pytest.raises(DrawerError):
        drawer.announce(plan, actor="jinji", now=NOW)
    ready(plan)
    done = drawer.announce(plan, actor="jinji", now=NOW)
    assert done.orders == 2
    assert [each.line.order_no for each in drawer.lines(plan)] == ["2700001", "2700002"]
    cards = {card.id: card["unit_code"] for card in reader.cards(HR, on=APRIL)}
    assert cards == promised
    assert reader.unit(HR, "01010020", on=APRIL) is not None
    assert reader.cards(HR, on=APRIL - timedelta(days=1))[0]["unit_code"].startswith("0101")
    with pytest.raises(DrawerError):
        drawer.announce(plan, actor="jinji", now=NOW)


def test_numbers_go_on_within_the_fiscal_year(people: dict[str, str]) -> None:
    first = begin()
    put(first, LineChange(move(people["taro"])))
    ready(first)
    drawer.announce(first, actor="jinji", now=NOW)
    second = begin("つづき")
    march = order(people["hana"], date(2027, 3, 31), Effect.LEAVE, "退職")
    put(second, LineChange(march), LineChange(move(people["hana"], post="060")))
    ready(second)
    drawer.announce(second, actor="jinji", now=NOW)
    numbers = [each.line.order_no for each in drawer.lines(second)]
    assert numbers == ["2600001", "2700002"]


def test_who_is_not_fast_enough_does_not_pass_a_plan_on_twice(people: dict[str, str]) -> None:
    plan = begin()
    ready(plan)
    with pytest.raises(DrawerError):
        ready(plan)


def test_a_staff_number_that_somebody_has_can_not_be_given(people: dict[str, str]) -> None:
    plan, person = begin(), writer.new_id()
    drawer.welcome([person])
    put(plan, LineChange(order(person, APRIL, Effect.ENTER, unit="02010000"), newcomer="2"))
    ready(plan)
    with pytest.raises(DrawerError, match="2"):
        drawer.announce(plan, actor="jinji", now=NOW)
    assert drawer.plan(plan, "jinji").state == drawer.APPROVED


def test_notice_shows_a_persons_own_lines_from_its_hour_on(people: dict[str, str]) -> None:
    plan = begin()
    put(plan, LineChange(move(people["hana"])), LineChange(move(people["taro"])))
    ready(plan)
    hour = NOW + timedelta(days=10)
    drawer.pass_on(plan, drawer.NOTICED, expected=[drawer.APPROVED], now=NOW, notice_at=hour)
    assert drawer.noticed_lines(people["hana"], hour - timedelta(seconds=1)) == []
    [(card, line)] = drawer.noticed_lines(people["hana"], hour)
    assert (card.notice_at, line.line.unit) == (hour, "02010000")
    drawer.announce(plan, actor="jinji", now=hour)
    assert drawer.noticed_lines(people["hana"], hour) == []


def test_looking_ahead_is_the_whole_fold_only_quicker(people: dict[str, str]) -> None:
    plan, new = begin(), writer.new_id()
    drawer.welcome([new])
    later = APRIL + timedelta(days=30)
    put(
        plan,
        LineChange(move(people["hana"])),
        LineChange(order(people["hana"], later, Effect.PAUSE, "休職", slot="leave")),
        LineChange(order(people["taro"], APRIL - timedelta(days=1), Effect.LEAVE, "退職")),
        LineChange(order(people["taro"], later, Effect.ENTER, "再任用", unit="01010010")),
        LineChange(order(new, APRIL, Effect.ENTER, "採用", unit="02010000"), newcomer="3"),
    )
    drawer.file(plan, new, {"name": "新　人子"}, APRIL, account="jinji", now=NOW)
    seen = drawer.preview(plan)
    whole = {d.person: d.pieces for d in draw.drawings(seen.people, beside=seen.beside)}
    for on in (APRIL - timedelta(days=1), APRIL, later):
        for person in seen.people:
            states = [p.state for p in whole[person] if p.starts <= on < p.ends]
            assert seen.after(person, on) == (states[0] if states else None)


def test_a_line_that_could_not_be_read_keeps_the_plan_from_being_announced(
    people: dict[str, str],
) -> None:
    plan = begin()
    [line] = put(plan, LineChange(move(people["hana"]), unread={"unit": "無限課"}))
    assert line.unread == {"unit": "無限課"}
    other = drawer.copy(plan, "写し", account="jinji", now=NOW)
    assert [each.unread for each in drawer.lines(other)] == [{"unit": "無限課"}]
    ready(plan)
    with pytest.raises(DrawerError, match="読み取れていない"):
        drawer.announce(plan, actor="jinji", now=NOW)


def test_a_reorganisation_is_one_step_with_what_units_file(people: dict[str, str]) -> None:
    plan = begin()

    def kept() -> tuple[int, list[str]]:
        return len(drawer.lines(plan)), sorted(f.subject for f in drawer.filings(plan))

    def keep(code: str, version: int) -> None:
        table = SuccessionTable([Succession("01010010", code, "改称")])
        line = Line(0, APRIL, NOW, Effect.REMAP, successions=table)
        filed = {code: {"name": "収納係"}}
        drawer.reorganise(plan, line, filed, APRIL, version, account="jinji", now=NOW)

    keep("01010020", drawer.plan(plan, "jinji").version)
    keep("01010030", drawer.plan(plan, "jinji").version)
    assert kept() == (1, ["unit:01010030"])
    assert drawer.undo(plan, account="jinji", now=NOW)
    assert kept() == (1, ["unit:01010020"])
    assert drawer.undo(plan, account="jinji", now=NOW)
    assert kept() == (0, [])
    assert drawer.redo(plan, account="jinji", now=NOW)
    assert kept() == (1, ["unit:01010020"])
    with pytest.raises(StaleError):
        keep("01010040", 0)


def test_kin_are_sealed_and_drawn_nowhere(people: dict[str, str]) -> None:
    pair = kin.Pair(people["hana"], people["taro"], "夫婦")
    kin.put(pair, NOW.date(), actor="jinji", now=NOW)
    assert kin.pairs(APRIL) == [pair]
    assert not any("夫婦" in str(dict(card)) for card in reader.cards(HR, on=APRIL))
    [row] = FilingLine.objects.filter(field__startswith="kept:kin")
    assert "夫婦" not in str(row.value)
    kin.put(replace(pair, relation=""), APRIL, actor="jinji", now=NOW)
    assert kin.pairs(APRIL) == []
    assert check.verify().differences == []
