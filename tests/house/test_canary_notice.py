"""内示: before its hour nothing of it is anywhere; from then on to each their own line and to heads
those of their people, on one page; to nobody else, and nowhere else, anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest

from meibo.config.clock import now as clock_now
from meibo.domain.book import Effect, Line
from meibo.ledger import drawer, writer
from meibo.ledger.drawer import LineChange
from tests.house.canary import visits, watchers
from tests.house.canary.tokens import latin
from tests.house.canary.visits import Visit
from tests.house.canary.walking import Scene
from tests.house.canary.world import NOW, TODAY

NAMES = [post.name for post in watchers.POSTS]
DAY = date(2027, 5, 17)
NOTICES, SHEET = Visit("/notices/"), Visit("/notices/sheet")
#: Who goes where, and who of the watchers leads them now or then.
MOVES = {
    "mate": ("B1a", {"mate", "head", "director", "chief"}),
    "stranger": ("A2a", {"stranger", "chief", "director"}),
    "hidden": ("A1a", {"head", "chief", "director"}),
}
COMES = {"head", "chief", "director"}


@dataclass
class Notice:
    """A plan whose notice is set. `words`: what it says → who may read it; `never`: what nobody
    reads but its addressee, who is not at a browser."""

    scene: Scene
    number: int = 0
    words: dict[str, set[str]] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)

    def due(self, at: datetime) -> None:
        drawer.pass_on(
            *(self.number, drawer.NOTICED),
            expected=[drawer.APPROVED, drawer.NOTICED],
            notice_at=at,
            now=NOW,
        )

    def met(self, name: str, visit: Visit) -> set[str]:
        text = self.scene.visit(name, visit).text
        # What the address itself says is no news.
        return {word for word in self.words if word in text and word not in visit.address}

    def may(self, name: str) -> set[str]:
        return {word for word, who in self.words.items() if name in who}

    def own(self, name: str) -> set[str]:
        """What stands on a sheet for this one alone."""
        return {word for word in self.words if name in MOVES and self.wordings.get(word) == name}


@pytest.fixture
def notice(scene: Scene) -> Notice:
    """Three who move, one who is away for a reason of theirs, one who comes."""
    made, ward, world = Notice(scene), scene.ward, scene.world
    mint, lines = world.mint, []
    for key, (unit, who) in MOVES.items():
        wording = mint.kanji()
        made.wordings[wording] = key
        made.words |= {wording: who, (note := mint.kanji()): set()}
        move = Line(0, DAY, NOW, Effect.MOVE, ward.person(key), wording, note=note)
        lines.append(LineChange(_to(move, world.units[unit])))
    reason, note = mint.kanji(), mint.kanji()
    made.words |= {reason: set(), note: set()}
    pause = Line(
        0, DAY, NOW, Effect.PAUSE, ward.person("away"), reason, slot="leave", reason="x", note=note
    )
    comes, name = writer.new_id(), mint.kanji()
    drawer.welcome([comes])
    made.words |= {name: COMES, (wording := mint.kanji()): COMES}
    enter = Line(0, DAY, NOW, Effect.ENTER, comes, wording, unit=world.units["A1a"])
    lines += [LineChange(pause), LineChange(enter, newcomer="8888888")]
    made.words |= {"8888888": set(), "canarytitle": set()}
    made.number = drawer.begin("canarytitle", account="planner", now=NOW, day=DAY)
    drawer.put(made.number, lines, account="planner", now=NOW)
    filed = {"name": name, "kana": mint.kana()}
    made.words[filed["kana"]] = made.words[latin(filed["kana"])] = set()
    drawer.file(made.number, comes, filed, DAY, account="planner", now=NOW)
    drawer.pass_on(made.number, drawer.APPROVED, expected=[drawer.DRAFT], now=NOW)
    return made


def _to(line: Line, unit: str) -> Line:

    return replace(line, unit=unit)


def walked(notice: Notice, name: str) -> Iterator[tuple[Visit, set[str]]]:
    """A share of all pages, another one for each watcher, and those that could tell."""
    number = NAMES.index(name)
    planned = list(visits.planned(notice.scene.ward, number))[number :: len(NAMES)]
    near = [
        Visit(a) for a in ("/", "/search?q=8888888", "/people/" + notice.scene.ward.person("mate"))
    ]
    for visit in [*near, *planned, Visit(f"/search?q={DAY.isoformat()}"), NOTICES, SHEET]:
        yield visit, notice.met(name, visit)


@pytest.mark.parametrize("name", NAMES)
def test_before_its_hour_nobody_meets_anything_of_it(notice: Notice, name: str) -> None:
    notice.due(clock_now() + timedelta(minutes=30))
    assert [(str(visit), met) for visit, met in walked(notice, name) if met] == []
    assert "内示があります" not in notice.scene.visit(name, Visit("/")).text


@pytest.mark.parametrize("name", NAMES)
def test_from_its_hour_on_each_meets_their_own_on_one_page(notice: Notice, name: str) -> None:
    notice.due(clock_now() - timedelta(minutes=1))
    for visit, met in walked(notice, name):
        may = notice.may(name) if visit == NOTICES else set()
        assert met == (notice.own(name) if visit == SHEET else may), str(visit)


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_changes_no_letter_of_any_page_of_who_is_not_concerned(
    notice: Notice, name: str
) -> None:
    """Counts, lists, what waits: the same with the notice as without it."""
    pages = [Visit(a) for a in ("/", "/notices/", "/decisions/", "/list", "/search?q=課", "/chart")]
    before = [notice.scene.visit(name, page).content for page in pages]
    notice.due(clock_now() + timedelta(minutes=30))
    assert [_plain(b) for b in before] == [
        _plain(notice.scene.visit(name, page).content) for page in pages
    ]
    if notice.may(name):
        return
    notice.due(clock_now() - timedelta(minutes=1))
    assert [_plain(b) for b in before] == [
        _plain(notice.scene.visit(name, page).content) for page in pages
    ]


def _plain(content: bytes) -> str:

    text = content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken&quot;: &quot|nonce)="?[^"&]*', "", text)


def test_a_head_who_reads_of_an_absence_does_not_read_why(notice: Notice) -> None:
    notice.due(clock_now() - timedelta(minutes=1))
    assert "不在になります" in notice.scene.visit("head", NOTICES).text
    assert TODAY < DAY
