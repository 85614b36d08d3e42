"""How far a check has come, and whom nothing reaches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from meibo.apps.safety.models import Called, Check, Message, Posted, Trial
from meibo.apps.safety.queries.reached import Reach, dead_addresses, reach_of
from meibo.apps.safety.queries.routes import ADDRESS, routes_of
from meibo.domain.disclosure import Viewer
from meibo.domain.safety.gateways import MAIL, PUSH, SMS, named
from meibo.ledger import reader
from meibo.ledger.reader import Card
from meibo.ledger.reader.people import states_on
from meibo.ledger.vault import Vault

#: What a state is called on pages, in the order of a message's life.
STATES: Mapping[str, str] = {
    Posted.QUEUED: "送る前",
    Posted.SENDING: "送信中",
    Posted.SENT: "送った",
    Posted.DELIVERED: "届いた",
    Posted.BOUNCED: "戻ってきた",
    Posted.REFUSED: "断られた",
    Posted.FAILED: "送れなかった",
    Posted.DROPPED: "送らない（回答済み・終了など）",
}
_BAD = frozenset({Posted.BOUNCED, Posted.REFUSED, Posted.FAILED})
_SHOWN = frozenset({"name", "unit"})
_REASONS = 5
_NO_ADDRESS = "宛先の届出がありません。"
_ASK_PERSON = "本人に、メールか携帯電話を「私の届出」から届け出てもらってください。"
_DEVICES = "通知を受け取る端末は、本人が「端末の通知」で登録し直します。"
_NOBODY_CARRIES = "送る先がまだ設定されていません。"
_CALL = "電話など、別の手段で確かめてください。"
_OWNERS = {
    True: "職場のメールは、人事課（名簿の記録）が直します。",
    False: "本人の届出を、本人が直します。庶務担当から声をかけてください。",
}


def uncarried() -> list[str]:
    """Which of the two routes that everybody has nobody carries yet, as pages call them."""
    carried = settings.MEIBO_REACHING.routes()
    return [named(route) for route in (MAIL, SMS) if route not in carried]


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody whom nothing reaches: as far as the viewer sees them, why, and what to do."""

    card: Card
    why: tuple[str, ...]
    todo: tuple[str, ...]


def states_of(check: Check, *, ended: bool) -> list[tuple[str, list[int]]]:
    """Route → how many messages in each of STATES. Of a check that has ended nothing waits any
    more: what was not sent will not be."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    rows = Message.objects.filter(called__check_asked=check, bulletin=None)
    for route, state in rows.values_list("route", "state"):
        counted[route][Posted.DROPPED if ended and state == Posted.QUEUED else state] += 1
    return [(named(route), [own[state] for state in STATES]) for route, own in counted.items()]


def not_reached(check: Check, viewer: Viewer) -> list[Unreached]:
    """Who was asked, has not answered and is not here, and has no message that may have arrived.
    What waits for a route that nobody carries will not: who has nothing else is not reached."""
    quiet = dict(
        Called.objects.filter(
            check_asked=check, answered_at=None, opened_at=None, arrived_at=None
        ).values_list("pk", "person")
    )
    troubles: dict[str, list[str]] = defaultdict(list)
    carried, hopeful = settings.MEIBO_REACHING.routes(), set()
    rows = Message.objects.filter(called__check_asked=check, called__answered_at=None)
    rows = rows.filter(bulletin=None)
    for called, route, state, trouble in rows.values_list("called_id", "route", "state", "trouble"):
        if called not in quiet:
            continue
        idle = state == Posted.QUEUED and route not in carried
        why = _NOBODY_CARRIES if idle else trouble
        if state not in _BAD and not idle:
            hopeful.add(quiet[called])
        elif (line := f"{named(route)}：{why}") not in troubles[quiet[called]]:
            troubles[quiet[called]].append(line)
    lost = {person: troubles.get(person, []) for person in quiet.values() if person not in hopeful}
    day = viewer.today
    cards = reader.cards(viewer, on=day, ids=lost, only=_SHOWN)
    return [Unreached(card, tuple(lost[card.id]) or (_NO_ADDRESS,), (_CALL,)) for card in cards]


def reasons(lost: Sequence[Unreached]) -> list[tuple[str, int]]:
    """Why people are not reached, and how many for each reason: the most common first."""
    counted = Counter(line for each in lost for line in set(each.why))
    return counted.most_common(_REASONS)


def unreachable(viewer: Viewer) -> tuple[list[Unreached], int]:
    """In quiet times: who has no address that may work, and how many are in service. An address on
    a route that nobody carries does not work."""
    day = viewer.today
    people = list(states_on(day))
    lost = {person: reach for person, reach in reach_of(people, day).items() if not reach.good}
    cards = reader.cards(viewer, on=day, ids=lost, only=_SHOWN)
    return [Unreached(card, *_reason(lost[card.id])) for card in cards], len(people)


def _reason(reach: Reach) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not reach.dead and not reach.idle:
        return (_NO_ADDRESS,), (_ASK_PERSON,)
    idle = dict.fromkeys(named(way.route) for way in reach.idle)
    why = [f"{named(way.route)}：{trouble}" for way, trouble in reach.dead]
    todo = [
        _DEVICES if way.route == PUSH else _OWNERS[way.route == MAIL and way.at_work]
        for way, _ in reach.dead
    ]
    why += [f"{route}：{_NOBODY_CARRIES}" for route in idle]
    todo += [f"情報システム担当に、{route}を送る先の設定を頼んでください。" for route in idle]
    return tuple(why), tuple(dict.fromkeys(todo))


@dataclass(frozen=True, slots=True)
class OwnWay:
    """One address of the person at the browser, masked, and what is known of it. `trial`: the last
    one, where it may still be said to have arrived."""

    route: str
    masked: str
    state: str
    trouble: str
    trial: int | None


def own_ways(person: str, on: date) -> list[OwnWay]:
    """Every way to somebody, in the order in which they are used."""
    vault = Vault()
    last: dict[str, Trial] = {}
    for trial in Trial.objects.filter(person=person).order_by("pk"):
        address = vault.open(person, ADDRESS, trial.address)
        if address is not None:
            last[address] = trial
    dead = dead_addresses([person]).get(person, {})
    carried = settings.MEIBO_REACHING.routes()
    found = []
    for way in routes_of([person], on)[person]:
        trial_of = last.get(way.address)
        asks = trial_of is not None and trial_of.state in {Posted.SENT, Posted.SENDING}
        state = STATES[trial_of.state] if trial_of else "まだ試していません"
        trouble = dead.get(way.address) or (trial_of.trouble if trial_of else "")
        if way.route not in carried:
            trouble = trouble or _NOBODY_CARRIES
        number = trial_of.pk if trial_of and asks else None
        found.append(
            OwnWay(named(way.route), way.label or masked(way.address), state, trouble, number)
        )
    return found


def masked(address: str) -> str:
    """Enough for its owner to know it by, and for nobody who looks over their shoulder."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:2]}…@{host}"
    return f"…{address[-4:]}" if len(address) > 4 else "…"  # the last four digits
