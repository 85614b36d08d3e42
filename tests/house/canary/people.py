"""The people of the canary ward: one for each way of standing to others, and each with a value of
its own in every field, in each of three generations: then, now, and announced."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from meibo.domain.book import Effect
from tests.house.canary.orders import Clerk
from tests.house.canary.policy import FREE, Grant
from tests.house.canary.tokens import latin
from tests.house.canary.world import OPEN, START, TODAY, World

#: When filings change; pages show days before, between and after.
CHANGES = (date(2025, 11, 1), date(2027, 2, 1))
TOMORROW = TODAY + timedelta(days=1)
RENAMING = date(2026, 2, 2)
ENTERED = (date(2023, 5, 1), date(2025, 3, 31))
MOVED = (date(2025, 6, 1), date(2026, 10, 31))
MOVING = (date(2026, 12, 1), date(2027, 3, 30))


@dataclass(frozen=True)
class Role:
    """One person: the units of the three main posts, and what is particular."""

    key: str
    units: Sequence[str]
    leads: bool = False
    photo: str = "all"
    skill: str = "all"
    name: str = "plain"  # or "used", "unused" (maiden name), "renamed"
    life: str = "stays"  # or "left", "term", "coming"
    protected: tuple[str, date, date] | None = None  # level, from, until


ROLES = (
    Role("director", "AAA", leads=True),
    Role("head", ("A1", "A1", "A1"), leads=True, skill="unit"),
    Role("chief", ("A1a", "A1a", "A1a"), leads=True),
    Role("clerk", ("A1a", "A1a", "A1a"), photo="none"),
    Role("mate", ("A1b", "A1b", "A1b"), photo="unit", skill="unit"),
    Role("both", ("A2a", "A2a", "A2a"), skill="none"),
    Role("stranger", ("B1a", "B1a", "B1a"), photo="unit"),
    Role("away", ("A1a", "A1a", "A1a"), photo="unit", skill="none"),
    Role("sent", ("A1b", "A1b", "A1b"), photo="none", skill="unit"),
    Role("maiden", ("A1a", "A1a", "A1a"), name="used", protected=("1", TODAY, OPEN)),
    Role("unused", ("A2a", "A2a", "A2a"), name="unused", photo="unit"),
    Role("renamed", ("A1b", "A1b", "A1b"), name="renamed", protected=("2", START, TODAY)),
    Role("mover", ("A2a", "A1a", "B1a"), skill="unit", protected=("2", TOMORROW, OPEN)),
    Role("term", ("A1b",), life="term"),
    Role("left", ("A1a", "A1a"), life="left"),
    Role("hidden", ("A2a", "A2a", "A2a"), photo="none", skill="none", protected=("2", TODAY, OPEN)),
    Role("coming", ("A1b",), life="coming"),
    Role("officer", ("A2a", "A2a", "A2a")),
)


@dataclass
class Making:
    """One person while being written."""

    world: World
    role: Role
    orders: Clerk
    starts: date
    ends: date = OPEN

    @property
    def id(self) -> str:
        return self.orders.person

    def note(
        self,
        text: str | date,
        what: str,
        names: Sequence[str],
        starts: date | None = None,
        ends: date | None = None,
        must: Sequence[str] = ("page", "json"),
    ) -> None:
        """Remember a value that stands on the card under each of these fields."""
        chosen = {"photo": self.role.photo, "skill": self.role.skill}
        share = chosen.get(names[0], "all") if names else "all"
        grants = [
            Grant(name, starts or self.starts, ends or self.ends, share=share) for name in names
        ]
        self.world.note(text, what, self.id, grants, must)

    def file(self, name: str, value: str, day: date | None = None) -> None:
        self.world.file(self.id, name, value, day or self.starts)


def build(world: World, ids: dict[str, str]) -> None:
    """Write everybody. `ids` takes key → id."""
    for role in ROLES:
        person = world.mint.word()
        ids[role.key] = person
        number = world.mint.number(7)
        world.numbers[role.key] = world.batch.people[person] = number
        making = Making(world, role, Clerk(world, person), date.min)
        _career(making)
        world.service[person] = [(making.starts, making.ends)]
        making.note(person, "id", ["exists"], must=["page", "json"])
        making.note(number, "staff_no", ["staff_no"])
        making.file("staff_no", number)
        _names(making)
        _filings(making)
        _never(making)


def _career(making: Making) -> None:
    """The main posts: taken up, moved once, to be moved again."""
    world, role = making.world, making.role
    pool = MOVING if role.life == "coming" else ENTERED
    days = [world.day(*pool)]
    days += [world.day(*span) for span, _ in zip((MOVED, MOVING), role.units[1:], strict=False)]
    making.starts, making.ends = days[0], _end(world, role)
    hired = world.day(date(1990, 1, 1), date(2005, 12, 31))
    making.note(hired, "hired", ["hired"])
    ends = [*days[1:], making.ends]
    for number, (unit, day, end) in enumerate(zip(role.units, days, ends, strict=True)):
        more = {"hired": hired} if number == 0 else {}
        if role.life == "term":
            more["term_end"] = making.ends - timedelta(days=1)
            making.note(more["term_end"], "term_end", ["term_end"])
        effect = Effect.ENTER if number == 0 else Effect.MOVE
        making.orders.seat(day, end, unit, effect=effect, leads=role.leads, **more)
    if role.life == "left":
        making.orders.line(making.ends - timedelta(days=1), Effect.LEAVE)


def _end(world: World, role: Role) -> date:
    if role.life == "left":
        return world.day(*MOVED) + timedelta(days=1)
    return world.day(*MOVING) + timedelta(days=1) if role.life == "term" else OPEN


def _names(making: Making) -> None:
    """Family and given name, each with its reading and its romaji."""
    mint, role = making.world.mint, making.role
    given, given_kana = mint.kanji(), mint.kana()
    making.note(given, "given name", ["name"])
    making.note(given_kana, "given reading", ["kana"])
    making.note(latin(given_kana), "given romaji", ["romaji"], must=_romaji(role))
    family, family_kana = mint.kanji(), mint.kana()
    _file_name(making, (family, given), (family_kana, given_kana), making.starts)
    if role.name == "used":
        _file_maiden(making, "1")
        making.note(family, "name on record", ["record_name"])
        making.note(family_kana, "reading on record", ["record_name"])
        making.note(latin(family_kana), "romaji on record", ["record_name"], must=[])
        return
    ends = RENAMING if role.name == "renamed" else None
    _family(making, family, family_kana, None, ends)
    if role.name == "unused":
        _file_maiden(making, "0")
    if role.name == "renamed":
        family, family_kana = mint.kanji(), mint.kana()
        _file_name(making, (family, given), (family_kana, given_kana), RENAMING)
        _family(making, family, family_kana, RENAMING, None)
        spelled = mint.word()
        making.file("romaji", spelled)
        making.note(spelled, "romaji as filed", ["romaji"])


def _romaji(role: Role) -> list[str]:
    """Who has filed romaji is not shown with those of the reading."""
    return [] if role.name == "renamed" else ["page", "json"]


def _file_name(making: Making, name: tuple[str, str], kana: tuple[str, str], day: date) -> None:
    making.file("name", "\u3000".join(name), day)
    making.file("kana", "\u3000".join(kana), day)


def _family(making: Making, family: str, kana: str, starts: date | None, ends: date | None) -> None:
    """A family name for a time; afterwards it is the former one."""
    world, person = making.world, making.id
    first, last = starts or making.starts, ends or making.ends
    for text, what, name in (
        (family, "family name", "name"),
        (kana, "family reading", "kana"),
        (latin(kana), "family romaji", "romaji"),
    ):
        grants = [Grant(name, first, last)]
        if ends is not None:
            grants.append(Grant("former_name", ends, making.ends))
        shown = ["page", "json"] if name == "name" or ends is None else []
        must = _romaji(making.role) if name == "romaji" else shown
        world.note(text, what, person, grants, must)


def _file_maiden(making: Making, used: str) -> None:
    mint = making.world.mint
    name, kana = mint.kanji(), mint.kana()
    for field_name, value in (("name", name), ("kana", kana)):
        making.file(f"maiden_{field_name}", value)
    making.file("uses_maiden_name", used)
    at_work = {"1": (["name"], ["kana"], ["romaji"]), "0": ([], [], [])}[used]
    making.note(name, "maiden name", ["maiden_name", *at_work[0]])
    # Its reading stands nowhere for who sees the name on record instead.
    making.note(kana, "maiden reading", ["maiden_name", *at_work[1]], must=[])
    making.note(latin(kana), "maiden romaji", ["maiden_name", *at_work[2]], must=[])


def _filings(making: Making) -> None:
    """Everything that is filed, three times over; birth and sex once."""
    world, mint = making.world, making.world.mint
    born = world.day(date(1965, 1, 1), date(1989, 1, 1))
    making.note(born, "birth_date", ["birth_date"])
    making.file("birth_date", born.isoformat())
    sex = mint.word()
    making.note(sex, "sex", ["sex"])
    making.file("sex", sex)
    for name in ("photo", "skill"):
        making.file(f"share_{name}", getattr(making.role, name))
    days = [making.starts, *(day for day in CHANGES if making.starts < day < making.ends)]
    for starts, ends in zip(days, [*days[1:], making.ends], strict=True):
        _generation(making, starts, ends)


def _generation(making: Making, starts: date, ends: date) -> None:
    mint, world = making.world.mint, making.world
    building, shown = world.code("building")
    post = mint.number(7)
    making.note(building, "building code", ["place"], starts, ends, [])
    making.note(shown, "building", ["place"], starts, ends)
    making.file("building", building, starts)
    for name, ruled, text in (
        ("extension", "extension", mint.number()),
        ("floor", "place", mint.word()),
        ("seat", "place", mint.kanji()),
        ("postcode", "address", f"{post[:3]}-{post[3:]}"),
        ("address", "address", mint.kanji()),
        ("note", "note", mint.kanji()),
        *((name, name, mint.kanji()) for name in FREE),
    ):
        making.note(text, name, [ruled], starts, ends)
        making.file(name, text, starts)
    hours = mint.number()
    minutes = str(int(hours) * 60)
    making.note(hours, "hours in words", ["hours"], starts, ends, ["page"])
    making.note(minutes, "hours", ["hours"], starts, ends, ["json"])
    making.file("hours", minutes, starts)
    mail = mint.word()
    making.note(mail, "mail", ["mail"], starts, ends)
    making.file("mail", f"{mail}@canary.example", starts)
    skills = [mint.kanji(), mint.kanji()]
    for skill in skills:
        making.note(skill, "skill", ["skill"], starts, ends)
    making.file("skills", "\n".join(skills), starts)
    _picture(making, starts, ends)
    _phones(making, starts, ends)


def _picture(making: Making, starts: date, ends: date) -> None:
    mint = making.world.mint
    name, drawn = mint.word(), mint.kanji()
    # With many suppliers the file's name is the staff number, so it goes nowhere.
    making.note(name, "photo file", [], must=[])
    making.note(drawn, "photo", ["photo"], starts, ends, ["photo"])
    making.file("photo", f"{name}.svg", starts)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{drawn}</title></svg>'
    making.world.pictures[f"{name}.svg"] = svg


def _phones(making: Making, starts: date, ends: date) -> None:
    mint = making.world.mint
    contacts = [{"kind": mint.kanji(), "value": mint.phone()} for _ in range(2)]
    kin = {"name": mint.kanji(), "relation": mint.kanji(), "phone": mint.phone()}
    trip = {"means": mint.kanji(), "route": mint.kanji()}
    child = {"name": mint.kanji(), "relation": mint.kanji(), "together": mint.kanji()}
    paper = {"name": mint.kanji(), "number": mint.word()}
    filed = (("commuting", [trip]), ("family", [child]), ("licence", [paper]))
    for ruled, rows in (("contacts", contacts), ("emergency", [kin]), *filed):
        making.file(ruled, json.dumps(rows, ensure_ascii=False), starts)
        for row in rows:
            for what, text in row.items():
                making.note(text, f"{ruled} {what}", [ruled], starts, ends)


def _protect(making: Making) -> None:
    """非公開の申出: the level works by itself; why it was granted is on no card."""
    level, starts, ends = making.role.protected or ("", TODAY, TODAY)
    world, why = making.world, making.world.mint.kanji()
    world.file(making.id, "protected", level, starts, ends)
    world.file(making.id, "protected_why", json.dumps({"text": why}), starts, ends)
    # Personnel reads it where it protects people, as long as the protection is not over.
    world.note(why, "protected why", making.id, must=["reasons"] if ends > TODAY else [])
    if starts <= TODAY < ends:
        world.protected[making.id] = level


def _never(making: Making) -> None:
    """What is filed and is on no card: rows for apps to come, marks, fields nobody knows yet."""
    mint = making.world.mint
    roles = ("training", "licences", "evaluation", "declarations", "muster")
    if making.role.protected:
        _protect(making)
    for name in (*(f"kept:{role}" for role in roles), "something_new"):
        text = mint.kanji()
        making.note(text, name, [], must=[])
        rows = json.dumps([{"course": text}], ensure_ascii=False)
        making.file(name, rows if name.startswith("kept:") else text)
