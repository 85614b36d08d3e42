"""A few filings on their way, for the demo ward: made by the same deeds as everybody's."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from meibo.apps.personnel.actions.filings import deciding, own
from meibo.apps.personnel.actions.filings.deciding import By, Marked
from meibo.apps.personnel.actions.filings.kinds import KINDS
from meibo.apps.personnel.models import Confirmation, OpenFiling
from meibo.domain.disclosure import Viewer
from meibo.ledger import filed, roll
from meibo.platform.audit.actions import Actor

TOKYO = ZoneInfo("Asia/Tokyo")
#: Sign-in name → kind, answers, and how long ago it was sent.
_SENT: tuple[tuple[str, str, dict[str, str], int], ...] = (
    (
        *("ippan", "address"),
        {"postcode": "000-0901", "address": "東京都けやき野区月見坂三丁目９０１番８号"},
        2,
    ),
    (
        *("kenmu", "commuting"),
        {
            "means": "電車・バス",
            "route": "若葉駅―緑線―けやき野駅",
            "distance": "12.5",
            "cost": "14800",
        },
        9,
    ),
    (
        *("kakari", "family"),
        {"who": "new", "relative": "見本　はる", "relation": "子", "together": "1"}
        | {"born": "2026-10-03"},
        4,
    ),
    (
        *("kacho", "emergency"),
        {"relative": "見本　なお", "relation": "配偶者", "phone": "090-0000-0907"},
        1,
    ),
    (
        *("kiki", "licence"),
        {"licence_name": "防災士", "licence_number": "000901", "got": "2024-07-20", "expires": ""},
        6,
    ),
)
_RETURNED = {"kenmu": "定期券の写しを、庶務担当に出してください。経路の区間も書いてください。"}
_CONFIRMED = 0.72  # of everyone; the others are asked on their first page


def show(who: Mapping[str, str], *, now: datetime) -> None:
    """Write them. `who`: sign-in name → person."""
    today = now.astimezone(TOKYO).date()
    for name, kind, answers, days in _SENT:
        if name not in who:
            continue
        moment = now - timedelta(days=days)
        actor, person = Actor(name, who[name]), who[name]
        since = {"since": (today - timedelta(days=days + 3)).isoformat()}
        begun = own.begin(person, kind, actor=actor, now=moment, today=today)
        told = own.write(begun.pk, answers | since, person=person, now=moment)
        seen = filed.mark(person, KINDS[kind].fields)
        sent = own.send(
            told.pk, told.version, seen, person=person, actor=actor, now=moment, today=today
        )
        if name in _RETURNED:
            _give_back(sent, _RETURNED[name], who, moment)
    _confirm(who, now)


def _give_back(sent: OpenFiling, reason: str, who: Mapping[str, str], now: datetime) -> None:
    officer = who.get("jinji", "")
    by = By(Viewer(frozenset({"hr"}), now.date(), officer), Actor("jinji", officer))
    deciding.give_back(Marked(sent.pk, sent.version), reason, by, now=now)


def _confirm(who: Mapping[str, str], now: datetime) -> None:
    """Most people have said within the quarter that their contacts are right; those who sign in
    here have not, so that it can be tried."""
    rng = random.Random(1)  # nosec B311  # a story, not a secret
    people = sorted(roll.serving(now.astimezone(TOKYO).date()) - set(who.values()))
    Confirmation.objects.bulk_create(
        [
            Confirmation(person=person, kind=kind, at=now - timedelta(days=rng.randrange(1, 85)))
            for person in people
            if rng.random() < _CONFIRMED
            for kind in ("contacts", "emergency")
        ],
        batch_size=500,
    )
