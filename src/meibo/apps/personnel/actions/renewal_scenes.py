"""The winter's round of 会計年度任用職員 half way, for the demo ward: begun for everybody, answered
in a few sections and partly decided, by the deeds that everybody's is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from meibo.apps.personnel.actions import renewal
from meibo.apps.personnel.actions.renewal import RenewalError
from meibo.apps.personnel.actions.renewal_scope import authority_of, contracts, tree_of
from meibo.apps.personnel.models import RenewalItem, RenewalRound
from meibo.domain.calendar import fiscal_bounds, fiscal_label, fiscal_year
from meibo.domain.renewal import EITHER, END, MOVE, NO, RENEW, YES, Answer
from meibo.ledger import house
from meibo.platform.audit.actions import Actor

TOKYO = ZoneInfo("Asia/Tokyo")
_CLERK, _ASKED = "jinji", ("shomu", "kacho")
_SECTIONS, _PEOPLE = 5, 12
_BEGUN, _LEFT = timedelta(days=21), timedelta(days=24)
#: What people say, in turn; who says nothing has not answered yet.
_OWN = (YES, YES, EITHER, YES, "", NO, YES)


def show(who: Mapping[str, str], *, now: datetime) -> None:
    """Begin, answer, decide. `who`: sign-in name → person. A tiny ward may have no contracts."""
    today = now.astimezone(TOKYO).date()
    clerk, year = Actor(_CLERK, who.get(_CLERK, "")), fiscal_year(today)
    ends, last = (fiscal_bounds(each)[1] - timedelta(days=1) for each in (year, year + 1))
    title, until = f"{fiscal_label(year + 1)} 再度の任用", today + _LEFT
    try:
        begun = now - _BEGUN
        number = renewal.begin(title, ends, last, until, actor=clerk, now=begun, on=today)
    except RenewalError:
        return
    found = RenewalRound.objects.get(pk=number)
    for place, items in enumerate(_sections(found, who, today)):
        _answer(number, place, items, clerk, now)
        if place > 1:  # where the sign-ins are asked, nothing is decided yet
            _decide(found, items, clerk, now)


def _sections(found: RenewalRound, who: Mapping[str, str], today: date) -> list[list[RenewalItem]]:
    """The contracts of those sections whose people sign in here, then of a few others, of one
    authority after the other."""
    tree, held = house.organisation(today), contracts(found, today)
    parts: dict[tuple[str, str], list[RenewalItem]] = {}
    for item in found.items.order_by("pk"):
        contract = held[item.person, item.appointment]
        place = (authority_of(contract, tree), tree.section(contract.unit) or "")
        parts.setdefault(place, []).append(item)
    posts = house.posts_of([who[name] for name in _ASKED if name in who], today)
    asked = {tree.section(seat.unit) for seat in posts if seat.kind == "main"}
    order = sorted(parts, key=lambda place: (-len(parts[place]), place))
    own = [place for place in order if place[1] in asked]
    first = {place[0]: place for place in reversed(order) if place not in own}
    rest = [place for place in order if place not in [*own, *first.values()]]
    return [parts[place][:_PEOPLE] for place in (*own, *first.values(), *rest)][:_SECTIONS]


def _answer(
    number: int, place: int, items: Sequence[RenewalItem], clerk: Actor, now: datetime
) -> None:
    """What people say, and what their section does: of the first one only half."""
    said = items[::2] if place == 0 else items
    unwanted = {item.pk for item in said[2::6]}
    for wish, chosen in ((NO, unwanted), (YES, {item.pk for item in said} - unwanted)):
        renewal.say_for_section(number, chosen, wish, None, actor=clerk, now=now)
    for n, item in enumerate(items):
        if wish := _OWN[n % len(_OWN)]:
            actor = Actor("demo", item.person)
            renewal.say_for_oneself(item.pk, wish, actor=actor, now=now)


def _decide(found: RenewalRound, items: Sequence[RenewalItem], clerk: Actor, now: datetime) -> None:
    """Where both are of one mind; one of them goes to another unit of the same section."""
    rows = list(found.items.filter(pk__in=[item.pk for item in items]).order_by("pk"))
    agreed = [row for row in rows if row.section == row.own == YES]
    over = [row for row in rows if NO in {row.section, row.own}]
    for decision, chosen in ((RENEW, agreed[1:]), (END, over)):
        versions = {row.pk: row.version for row in chosen}
        renewal.decide(found.pk, versions, decision, actor=clerk, now=now)
    for row in agreed[:1]:
        contract = contracts(found, now.astimezone(TOKYO).date())[row.person, row.appointment]
        tree = tree_of(found)
        near = tree.below(tree.section(contract.unit) or "")
        other = next((unit for unit in near[1:] if unit != contract.unit), "")
        answer = Answer(decision=MOVE if other else RENEW, unit=other)
        renewal.change(row.pk, row.version, answer, actor=clerk, now=now)
