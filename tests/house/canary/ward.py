"""The canary ward, whole: units, people, what stands between them, and what lies in drawers."""

import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path

from django.conf import settings

from meibo.apps.personnel.actions.filings.kinds import KINDS
from meibo.apps.personnel.actions.filings.opening import REASON, sealed_as
from meibo.apps.personnel.models import OpenFiling, OpenFinding
from meibo.domain.book import Effect, Line, SeatKind
from meibo.ledger import drawer, writer
from meibo.ledger.vault import Vault
from tests.house.canary import exchange, people, units
from tests.house.canary.orders import RECORDED, Clerk
from tests.house.canary.policy import Grant
from tests.house.canary.tokens import in_text
from tests.house.canary.world import NOW, OPEN, TODAY, TOKYO, TURN, World

#: Absences, further posts: between the past and today, and beyond the days that are looked at.
LATELY = (date(2026, 1, 1), date(2026, 10, 31))
LATER = (date(2027, 6, 1), date(2027, 12, 31))
SOON = (date(2026, 12, 1), date(2027, 3, 30))


@dataclass
class Ward:
    """What was built. `ids`: key of people.ROLES → id; `plan`: the number of the secret plan."""

    world: World = field(default_factory=World)
    ids: dict[str, str] = field(default_factory=dict)
    plan: int = 0

    def person(self, key: str) -> str:
        return self.ids[key]

    def role(self, person: str) -> people.Role:
        return next(role for role in people.ROLES if self.ids[role.key] == person)

    def orders(self, key: str) -> Clerk:
        return Clerk(self.world, self.ids[key])


def build() -> Ward:
    """Write the ward into the books."""
    ward = Ward()
    world = ward.world
    filed = world.day(*RECORDED)
    world.note(filed, "moment of every filing")
    world.filed = datetime.combine(filed, time(12), TOKYO)
    units.build(world)
    people.build(world, ward.ids)
    _further(ward)
    _absences(ward)
    _cancelled(ward)
    _allotments(ward)
    clerks = json.dumps([ward.person("clerk")])
    world.file(f"unit:{world.units['A1']}", "clerks", clerks)
    writer.append(world.batch, actor=_secret(world, "actor"), now=NOW)
    _drawer(ward)
    _finding(ward)
    _waiting(ward)
    _check(ward)
    exchange.furnish()
    return ward


def _waiting(ward: Ward) -> None:
    """Filings on their way: their values are seen by whom the table shows that field, no sooner."""
    world = ward.world
    for key, kind, name, state in (
        ("mate", "commuting", "route", OpenFiling.SENT),
        ("chief", "address", "address", OpenFiling.SENT),
        ("clerk", "commuting", "route", OpenFiling.SENT),
        ("away", "commuting", "route", OpenFiling.RETURNED),
    ):
        person, text, why = ward.person(key), world.mint.kanji(), world.mint.kanji()
        grants = [Grant(KINDS[kind].row, world.service[person][0][0], OPEN)]
        world.note(text, f"waiting {kind}", person, grants)
        world.note(why, "reason of a return", person, grants)
        vault = Vault()
        vault.prepare([person])
        values = {"means": "", "postcode": "", name: text, "since": TODAY.isoformat()}
        OpenFiling.objects.create(
            person=person,
            kind=kind,
            state=state,
            step="clerk",
            route="clerk hr",
            values=vault.seal(person, sealed_as(kind), json.dumps(values)),
            reason=vault.seal(person, REASON, why),
            effective=TODAY,
            begun_at=NOW,
            sent_at=NOW,
            changed_at=NOW,
        )


def hang(ward: Ward) -> list[Path]:
    """Store the pictures; returns where, for whoever takes them down."""
    places = []
    folder = Path(settings.MEIBO_DATA) / "photos"
    folder.mkdir(exist_ok=True)
    for name, svg in ward.world.pictures.items():
        places.append(folder / name)
        places[-1].write_text(svg, encoding="utf-8")
    return places


def _secret(world: World, what: str) -> str:
    """A value that nobody may meet anywhere."""
    return world.note(world.mint.kanji(), what).text


def _further(ward: Ward) -> None:
    """兼務 that goes on, 兼務 that was relieved, 事務取扱 as a head that ends by itself."""
    world, both = ward.world, ward.orders("both")
    both.further(world.day(*people.ENTERED), None, "A1a", SeatKind.CONCURRENT)
    ends = world.day(*LATELY)
    started = world.day(*people.ENTERED)
    both.further(started, ends, "B1", SeatKind.CROSS, relieved=True)
    chief = ward.orders("chief")
    last = world.day(*SOON)
    chief.further(world.day(*LATELY), last, "B1", SeatKind.ACTING, leads=True)


def _absences(ward: Ward) -> None:
    world = ward.world
    away, sent = ward.orders("away"), ward.orders("sent")
    start = world.day(*people.ENTERED)
    back = world.day(*people.ENTERED)
    away.absence(start, world.day(*LATER), "leave", back)
    away.line(back, Effect.RESUME, dated="leave", slot="leave")
    away.absence(world.day(*LATELY), world.day(*LATER), "leave")
    sent.absence(world.day(*LATELY), world.day(*LATER), "dispatch")
    # Of the two only the first is told to heads and clerks, and its day with it.
    sent.absence(world.day(*LATELY), world.day(*LATER), "leave")
    # An order that moves nobody, like a new 号給: its day is personnel's.
    ward.orders("mate").line(world.day(*LATELY), Effect.MOVE, dated="orders")


def _cancelled(ward: Ward) -> None:
    """An order that was cancelled: nothing of it counts, nor of the order that cancels it."""
    world, mate = ward.world, ward.orders("mate")
    wrong = mate.seat(world.day(*LATELY), OPEN, "A1b", dead=True)
    mate.line(wrong.effective, Effect.VOID, dead=True, voids=wrong.no)


def _allotments(ward: Ward) -> None:
    """事務分担: a line for everybody, in a unit in which they have their main post."""
    world = ward.world
    for number, role in enumerate(people.ROLES):
        unit = "A1a" if role.key == "mover" else role.units[-1]
        person, text = ward.ids[role.key], world.mint.kanji()
        starts, ends = _there(world, role, person)
        value = {"text": text, "role": "主" if number % 2 else "副", "person": person}
        subject = f"unit:{world.units[unit]}"
        told = json.dumps(value, ensure_ascii=False)
        world.file(subject, f"allotment:{number:02}", told, starts, ends)
        world.note(text, "allotment", person, [Grant("allotment", starts, ends)], ["page", "json"])


def _there(world: World, role: people.Role, person: str) -> tuple[date, date]:
    """From when to when somebody is in the unit of the allotment."""
    starts, ends = world.service[person][0]
    if role.key == "stranger":  # the unit ends, and nobody has filed the line for the next one
        return starts, TURN
    if role.key != "mover":
        return starts, ends
    days = sorted(
        date.fromisoformat(value.text) for value in world.of(person) if value.what == "move day"
    )
    return days[0], days[1]


def _drawer(ward: Ward) -> None:
    """A plan for tomorrow's secret: everything in it is nobody's to read."""
    world, mint = ward.world, ward.world.mint
    post, unit = world.code("post")[0], mint.word()
    line = Line(
        0,
        world.day(*SOON),
        datetime.combine(TODAY, time(8), TOKYO),
        Effect.MOVE,
        ward.person("mate"),
        mint.kanji(),
        mint.word(),
        unit=unit,
        post=post,
        note=mint.kanji(),
    )
    secrets = (post, unit, line.effective, line.wording, line.order_no, line.note)
    for secret in secrets:
        world.note(str(secret) if not isinstance(secret, date) else secret, "plan")
    laid = [(line, _secret(world, "plan"))]
    ward.plan = drawer.lay_in(_secret(world, "plan title"), laid, account="planner", now=NOW)
    _newcomer(ward, line)


def _newcomer(ward: Ward, like: Line) -> None:
    """Somebody who enters by the plan, and a unit that it makes."""
    world, mint, new = ward.world, ward.world.mint, writer.new_id()
    number, name, unit = (mint.word(), mint.kanji(), mint.kanji())
    for secret in (number, name, unit):
        world.note(secret, "plan")
    drawer.welcome([new])
    line = replace(like, effect=Effect.ENTER, person=new, order_no="")
    change = drawer.LineChange(line, newcomer=number, unread={"note": number})
    drawer.put(ward.plan, [change], account="planner", now=NOW)
    drawer.file(ward.plan, new, {"name": name}, like.effective, account="planner", now=NOW)
    subject = f"{writer.UNIT}{like.unit}"
    drawer.file(ward.plan, subject, {"name": unit}, like.effective, account="planner", now=NOW)


def _finding(ward: Ward) -> None:
    world = ward.world
    names = ("package", "file", "column", "staff_no", "value", "code", "message", "action")
    texts = {
        name: world.note(world.mint.kanji(), f"finding {name}", must=["findings"]).text
        for name in names
    }
    OpenFinding.objects.create(record=1, severity="reject", found=NOW, **texts)


def _check(ward: Ward) -> None:
    """The register must find each of its own values again, alone and in a text of all of them."""
    world = ward.world
    for value in world.values:
        if world.met(value.text) != {value}:
            raise ValueError(f"{value} is not found again: {in_text(value.text)}")
