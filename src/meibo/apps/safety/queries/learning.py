"""What a check was like, from its rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from meibo.apps.safety.models import Called, Check, Message
from meibo.domain.book import fold_filings
from meibo.domain.safety import learning
from meibo.domain.safety.gateways import ROUTES
from meibo.domain.safety.learning import SHARES, Carried, Fact, Line, Part, Way
from meibo.domain.safety.words import HOME
from meibo.domain.small_cells import held_back
from meibo.ledger import house, rows
from meibo.ledger.vault import Vault

TOKYO = ZoneInfo("Asia/Tokyo")
EARLIER = 5
SILENT_IN = 3
_SENT = frozenset({Message.SENT, Message.DELIVERED})


@dataclass(frozen=True, slots=True)
class Report:
    """A check in figures: all of it, its times (percent → how long), by unit, route and age of the
    address, and the checks before it; small groups are held back. `homes`: how many said what of
    their home (word → count); None where there are so few that they could be known."""

    check: Check
    whole: Part
    times: dict[int, timedelta | None]
    units: list[Line]
    routes: list[Carried]
    ages: list[Line]
    earlier: list[tuple[Check, Part]]
    homes: dict[str, int | None]


def facts(check: Check, *, ages: bool = False) -> list[Fact]:
    """Everybody who was asked, by organisation; `ages`: with how long their address has stood."""
    on = check.started_at.astimezone(TOKYO).date()
    order = house.organisation(on).order
    called = sorted(check.called.all(), key=lambda each: (order.get(each.unit, 10**9), each.pk))
    ways = _ways(check)
    since = _since([each.person for each in called], on) if ages else {}
    return [
        Fact(
            each.person,
            each.unit,
            each.first_at - check.started_at if each.first_at else None,
            each.opened_at is not None,
            tuple(ways.get(each.pk, ())),
            since.get(each.person),
        )
        for each in called
    ]


def _ways(check: Check) -> dict[int, list[Way]]:
    """By route: sent where any message went and did not come back, delivered where any did."""
    states: dict[tuple[int, str], set[str]] = defaultdict(set)
    messages = Message.objects.filter(called__check_asked=check, bulletin=None)
    for called, route, state in messages.values_list("called_id", "route", "state"):
        states[called, route].add(state)
    found: dict[int, list[Way]] = defaultdict(list)
    for (called, route), own in states.items():
        found[called].append(Way(route, bool(own & _SENT), Message.DELIVERED in own))
    return found


def _since(people: Collection[str], on: date) -> dict[str, date]:
    """From when the private address stood that was filed on a day."""
    filings = defaultdict(list)
    vault = Vault()
    vault.prepare(people)
    for filing, _ in rows.filings(people, vault, fields={"contacts"}):
        filings[filing.subject].append(filing)
    return {
        person: period.starts
        for person, own in filings.items()
        for period in fold_filings(own)
        if period.starts <= on < period.ends and period.value not in ("", "[]")
    }


def report(check: Check) -> Report:
    """All figures of a check."""
    on = check.started_at.astimezone(TOKYO).date()
    organisation, known = house.organisation(on), facts(check, ages=True)
    waited = [fact.waited for fact in known]

    def place(fact: Fact) -> tuple[str, str]:
        top, *below = organisation.path(organisation.section(fact.unit)) or ["所属なし"]
        return top, " ".join(below)

    return Report(
        check,
        learning.part("全体", known),
        {share: learning.time_to(share, waited, len(known)) for share in SHARES},
        learning.by_unit(known, place, settings.MEIBO_SMALL_CELL),
        learning.by_route(known, ROUTES),
        learning.by_age(known, on, settings.MEIBO_SMALL_CELL),
        [(each, learning.part("", facts(each))) for each in before(check)],
        homes(check),
    )


def homes(check: Check) -> dict[str, int | None]:
    """What was said of homes, without small counts: the report goes to who does not see the people
    counted. Nor can they be worked out from those who did not say."""
    said = Counter(check.called.values_list("home", flat=True))
    parts = {key: said[key] for key in HOME}
    hidden = held_back(parts, settings.MEIBO_SMALL_CELL)
    return {label: None if key in hidden else parts[key] for key, label in HOME.items()}


def before(check: Check) -> list[Check]:
    """The checks of the same kind before this one, the newest first."""
    return list(Check.objects.filter(kind=check.kind, pk__lt=check.pk)[:EARLIER])


def silent_people(now: datetime) -> dict[str, int]:
    """Who was asked in each of the last checks that are over and answered none of them."""
    over = [each for each in Check.objects.all()[:20] if each.closed_at or each.until <= now]
    last = over[:SILENT_IN]
    if len(last) < SILENT_IN:
        return {}
    asked = [
        {
            person: first is not None
            for person, first in Called.objects.filter(check_asked=check).values_list(
                "person", "first_at"
            )
        }
        for check in last
    ]
    return learning.silent(asked, SILENT_IN)
