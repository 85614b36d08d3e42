"""The units of the canary ward: two 部, three 課, a few 係; one renamed, two that follow others."""

from datetime import date

from meibo.domain.book import Effect, Line, Succession, SuccessionTable
from tests.house.canary.policy import Grant
from tests.house.canary.world import OPEN, START, TURN, World

#: key → the unit above, level. A: 部; A1, A2, B1: 課; the rest 係.
TREE = {
    "A": (None, 1),
    "A1": ("A", 2),
    "A1a": ("A1", 3),
    "A1b": ("A1", 3),
    "A2": ("A", 2),
    "A2a": ("A2", 3),
    "B": (None, 1),
    "B1": ("B", 2),
    "B1z": ("B1", 3),
    "B1a": ("B1", 3),
    "B1c": ("B1", 3),
}
BEFORE = date(2023, 4, 1)
#: Units that are not there all the time.
LIVES = {"B1z": (START, BEFORE), "B1a": (BEFORE, TURN), "B1c": (TURN, OPEN)}
RENAMED = "A2a"


def build(world: World) -> None:
    """File every unit with a value of its own in every field."""
    for number, (key, (above, level)) in enumerate(TREE.items()):
        code = world.mint.word()
        world.units[key] = code
        starts, ends = LIVES.get(key, (START, OPEN))
        _note(world, code, "code", "unit.name", starts, ends)
        plain = {"level": str(level), "order": f"{number:03}", "branch": "0"}
        if above is not None:
            plain["parent"] = world.units[above]
        for name, value in plain.items():
            world.file(f"unit:{code}", name, value, starts, ends)
        _values(world, key, starts, ends)
    _follow(world, BEFORE, "B1z", "B1a")
    _follow(world, TURN, "B1a", "B1c")


def _note(world: World, text: str, what: str, name: str, starts: date, ends: date) -> None:
    world.note(text, what, None, [Grant(name, starts, ends, "house")])


def _values(world: World, key: str, starts: date, ends: date) -> None:
    mint, subject = world.mint, f"unit:{world.units[key]}"
    building, shown = world.code("building")
    values = {
        "name": (mint.kanji(), "unit.name"),
        "short": (mint.kanji(), "unit.name"),
        "phone": (mint.phone(), "unit.phone"),
        "fax": (mint.phone(), "unit.phone"),
        "mail": (f"{mint.word()}@canary.example", "unit.phone"),
        "building": (building, "unit.place"),
        "floor": (mint.word(), "unit.place"),
        "duty:01": (mint.kanji() + "に関すること。", "unit.duties"),
        "duty:02": (mint.kanji() + "に関すること。", "unit.duties"),
    }
    _note(world, shown, "building", "unit.place", starts, ends)
    for name, (text, ruled) in values.items():
        own = text.partition("@")[0].removesuffix("に関すること。")
        until = TURN if (key, name) == (RENAMED, "name") else ends
        _note(world, own, name, ruled, starts, until)
        world.file(subject, name, text, starts, ends)
    if key == RENAMED:
        later = mint.kanji()
        _note(world, later, "name", "unit.name", TURN, ends)
        world.file(subject, "name", later, TURN)


def _follow(world: World, day: date, old: str, new: str) -> None:
    """組織改編: everyone goes along. What the order says of itself stands in the book of orders,
    for who sees orders; its note is nobody's to read."""
    mint = world.mint
    book = [Grant("orders", day, place="house")]
    for what in ("wording", "order_no", "note"):
        world.note(mint.kanji(), f"reorganisation {what}", grants=() if what == "note" else book)
    wording, number, note = (value.text for value in world.values[-3:])
    table = SuccessionTable([Succession(world.units[old], world.units[new], "改称")])
    line = Line(0, day, world.filed, Effect.REMAP, wording=wording, order_no=number)
    world.batch.add(_with(line, table, note))


def _with(line: Line, table: SuccessionTable, note: str) -> Line:
    return Line(
        line.no,
        line.effective,
        line.recorded,
        line.effect,
        wording=line.wording,
        order_no=line.order_no,
        note=note,
        successions=table,
    )
