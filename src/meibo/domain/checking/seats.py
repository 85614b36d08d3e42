"""Checks of who would sit where: heads, posts that one only can hold, what is left vacant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from meibo.domain.checking.findings import PlanFinding
from meibo.domain.checking.rules import Rule
from meibo.domain.checking.scene import MAIN, Held, Scene

_DAY = timedelta(days=1)


def _only(scene: Scene, rule: Rule, post: str | None) -> bool:
    """Whether one person only can hold a post in a unit."""
    known = scene.posts.get(post or "")
    return known is not None and (known.head or known.single or known.name in rule.words("posts"))


def _touched(scene: Scene) -> Iterator[tuple[date, str, list[Held]]]:
    """Each unit with each day on which a seat of the plan's people begins in it, or others are
    merged into it, and who sits there then."""
    merged = _heirs(scene)
    for unit, seats in scene.seats_in.items():
        days = {
            s.starts for s in seats if s.person in scene.by_person and s.starts in set(scene.days)
        }
        for day in sorted(days | merged.get(unit, set())):
            yield day, unit, [s for s in seats if s.on(day)]


def _heirs(scene: Scene) -> dict[str, set[date]]:
    """Units into which others are carried, with the days."""
    found: dict[str, set[date]] = {}
    for order in scene.remaps:
        for row in order.line.successions.rows if order.line.successions else ():
            if row.new:
                found.setdefault(row.new, set()).add(order.line.effective)
    return found


def _by_plan(scene: Scene, people: list[str], day: date) -> bool:
    """Whether it is the plan that brings them together: by a line, or from several units."""
    eve = scene.before(day - _DAY)
    came = {(eve.get(person) or {}).get("unit") for person in people}
    return bool(scene.lines_of(people)) or len(came) > 1


def post_taken(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """A post that one only can hold has two."""
    for day, unit, seats in _touched(scene):
        posts: dict[str, list[Held]] = {}
        for seat in seats:
            if seat.post and _only(scene, rule, seat.post):
                posts.setdefault(seat.post, []).append(seat)
        for post, held in posts.items():
            people = list(dict.fromkeys(s.person for s in held))
            if len(people) > 1 and _by_plan(scene, people, day):
                names = "・".join(scene.name(p) for p in people)
                yield PlanFinding(
                    "",
                    "",
                    f"{scene.unit(unit, day)}の{scene.post(post)}が{len(people)}人になります"
                    f"（{names}）。",
                    (
                        "今いる人の異動・退職を、この案に加えてください。",
                        "事務取扱を解くなら、解除の行を加えてください。",
                        "別の職（担当係長など）に直してください。",
                    ),
                    _own(scene, people, day),
                    people[-1],
                    unit,
                    "post",
                )


def two_heads(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Two people with different posts that lead one unit."""
    for day, unit, seats in _touched(scene):
        heads = [s for s in seats if (p := scene.posts.get(s.post or "")) and p.head]
        people = list(dict.fromkeys(s.person for s in heads))
        if len({s.post for s in heads}) > 1 and len(people) > 1 and _by_plan(scene, people, day):
            named = "・".join(f"{scene.name(s.person)}（{scene.post(s.post)}）" for s in heads)
            yield PlanFinding(
                "",
                "",
                f"{scene.unit(unit, day)}の所属長が二人になります（{named}）。",
                ("どちらかを、所属長でない職に直してください。",),
                _own(scene, people, day),
                people[-1],
                unit,
                "post",
            )


def _own(scene: Scene, people: list[str], day: date) -> tuple[int, ...]:
    orders = (o for p in people for o in scene.by_person.get(p, ()))
    found = tuple(o.id for o in orders if o.line.effective == day)
    merged = tuple(o.id for o in scene.remaps if o.line.effective == day)
    return found or scene.lines_of(people) or merged


def vacancy(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """Who leaves a post that one only can hold, and nobody takes it."""
    for unit, seats in scene.seats_in_before.items():
        for seat in seats:
            if seat.person not in scene.by_person or not _only(scene, rule, seat.post):
                continue
            day = _left(scene, seat)
            if day is None or unit not in scene.organisation(day).states:
                continue
            if _led(scene, rule, unit, seat, day):
                continue
            yield PlanFinding(
                "",
                "",
                f"{scene.unit(unit, day)}の{scene.post(seat.post)}が空きます"
                f"（今は{scene.name(seat.person)}）。",
                (
                    "後任の行を加えてください。",
                    "空けておくなら、上司などの事務取扱を加えてください。",
                ),
                scene.lines_of([seat.person]),
                seat.person,
                unit,
                "person",
            )


def _left(scene: Scene, seat: Held) -> date | None:
    """The first day of the plan on which somebody no longer holds a seat that they would hold."""
    for day in scene.days:
        if not seat.on(day):
            continue
        own = scene.seats_in.get(seat.unit, ())
        if not any(s.person == seat.person and s.post == seat.post and s.on(day) for s in own):
            return day
    return None


def _led(scene: Scene, rule: Rule, unit: str, seat: Held, day: date) -> bool:
    post = scene.posts.get(seat.post or "")
    for other in scene.seats_in.get(unit, ()):
        known = scene.posts.get(other.post or "")
        leads = bool(post and post.head and known and known.head)
        if other.on(day) and (other.post == seat.post or leads):
            return True
    return False


def kin(scene: Scene, rule: Rule) -> Iterator[PlanFinding]:
    """A couple or kin whom the plan puts into one section, together or one to the other."""
    for first, second, relation in scene.kin:
        moved = [p for p in (first, second) if p in scene.by_person]
        if not moved:
            continue
        for day in scene.days:
            places = [_section(scene, p, day) for p in (first, second)]
            before = [_section(scene, p, day - _DAY) for p in (first, second)]
            if places[0] and places[0] == places[1] and set(before) != set(places):
                yield PlanFinding(
                    "",
                    "",
                    f"{scene.name(first)}と{scene.name(second)}（{relation}）が、"
                    f"同じ{scene.unit(places[0], day)}になります。",
                    (
                        "どちらかの行き先を替えてください。",
                        "差し支えなければそのままで構いません。",
                    ),
                    scene.lines_of(moved),
                    moved[0],
                    places[0],
                    "unit",
                )
                break


def _section(scene: Scene, person: str, day: date) -> str | None:
    for seat in scene.kin_seats:
        if seat.person == person and seat.kind is MAIN and seat.on(day):
            return scene.organisation(day).section(seat.unit)
    return None


CHECKS: Mapping[str, Callable[[Scene, Rule], Iterator[PlanFinding]]] = {
    "post_taken": post_taken,
    "two_heads": two_heads,
    "vacancy": vacancy,
    "kin": kin,
}
