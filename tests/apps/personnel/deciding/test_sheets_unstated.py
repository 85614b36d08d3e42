"""What an order does not state is said on paper as it stays: a post that is kept, a unit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from meibo.apps.papers.queries.asked import Asked
from meibo.apps.papers.queries.book import letters, notes
from meibo.apps.personnel.queries.deciding.sheets import sheet_of
from meibo.domain.book import Effect, Line
from meibo.domain.disclosure import Viewer
from meibo.ledger import drawer, writer
from meibo.ledger.drawer import LineChange
from tests.apps.directory.ward import TODAY, Ward
from tests.apps.personnel.deciding.scenes import APRIL, NOW, case

HR = Viewer(frozenset({"hr", "staff"}), TODAY)


def test_an_order_that_names_no_post_says_where_its_addressee_goes_with_the_post_they_keep(
    ward: Ward,
) -> None:
    scene = case(ward)
    mover, riser, also = (ward.first("戸籍係", post) for post in ("070", "052", "050"))
    back = ward.first("住民記録係", "052")
    comes, unit = writer.new_id(), ward.codes["収納係"]
    drawer.welcome([comes])

    def line(effect: Effect, person: str, wording: str, **stated: Any) -> Line:
        day = stated.pop("day", APRIL)
        return Line(0, day, NOW, effect, person, wording, **stated)

    lines = [
        LineChange(line(Effect.MOVE, mover, "配置換", unit=unit)),
        LineChange(line(Effect.MOVE, riser, "昇任", post="040", grade=4)),
        LineChange(line(Effect.ADD, also, "兼務", unit=unit)),
        LineChange(line(Effect.MOVE, back, "特命", unit=unit)),
        LineChange(
            line(Effect.ENTER, comes, "採用", day=APRIL - timedelta(days=1), unit=unit),
            newcomer="9000002",
        ),
        LineChange(line(Effect.MOVE, comes, "転任", unit=ward.codes["資格係"])),
    ]
    number = drawer.begin("職のない案", account=scene.clerk.name, now=NOW, day=APRIL)
    drawer.put(number, lines, account=scene.clerk.name, now=NOW)
    filed = {"name": "職　無子", "kana": "ショク　ナシコ", "birth_date": "2004-05-06"}
    eve = APRIL - timedelta(days=1)
    drawer.file(number, comes, filed, eve, account=scene.clerk.name, now=NOW)
    scene.number = number
    scene.approved()
    told = sheet_of("informal", drawer.plan_for_house(number), HR, "試験区", None)
    draft = sheet_of("jirei", drawer.plan_for_house(number), HR, "試験区", None)
    scene.announced()
    asked = Asked(HR, APRIL, "試験区", first=APRIL, last=APRIL)
    expected = {
        mover: ["区民部収納課収納係主事に補する"],
        riser: ["4級に昇任させる", "区民部戸籍住民課戸籍係課長補佐に補する"],
        also: ["兼ねて区民部収納課収納係勤務を命ずる"],
        back: ["区民部収納課収納係主査を命ずる"],
        comes: ["福祉部国保年金課資格係に転任させる"],
    }
    names = {**ward.names, comes: "職　無子"}
    said = {names[who].replace("\u3000", " "): lines for who, lines in expected.items()}
    day = "令和9年4月2日"
    for made in (told, draft, letters(asked), notes(asked)):
        pages = [each for each in made.sheet.data["letters"] if each["day"] == day]
        assert {page["name"]: page["lines"] for page in pages} == said
    tables = [
        {
            m["new"]
            for page in made.sheet.data["letters"]
            if page["day"] == day
            for m in page["moves"]
        }
        for made in (told, notes(asked))
    ]
    assert tables[0] == tables[1]
    assert {"区民部収納課収納係 主事", "区民部収納課収納係"} <= tables[0]
