"""The exchange with payroll in the canary ward: a delivery of everybody, a reconciliation in which
every address differs, and proposals about what few may see. All of it says what is said of people
elsewhere, so it needs no canaries of its own."""

import json
from pathlib import Path

from django.conf import settings

from meibo.apps.exchange.actions.answering import accept_all
from meibo.apps.exchange.actions.delivering import deliver
from meibo.apps.exchange.actions.handing import hand_out
from meibo.apps.exchange.actions.keeping import Wanted
from meibo.apps.exchange.actions.reconciling import Sent, reconcile
from meibo.apps.exchange.queries.feeds import feed_at
from meibo.platform.audit.actions import Actor
from meibo.platform.proposals.actions import New, put
from meibo.platform.proposals.models import Proposal
from tests.house.canary.world import NOW, TODAY, World

ACTOR = Actor("test")
#: What of a person is proposed: fields of which the table tells each duty something else.
ASKED = frozenset({"note", "address", "step"})


def furnish(world: World, ids: dict[str, str]) -> None:
    """Once, after the ward is in the books."""
    feed = feed_at(Path(settings.MEIBO_TOWN) / "feeds" / "payroll-link.toml")
    assert feed is not None
    wanted = Wanted(feed, TODAY, full=True, format="json")
    delivery = deliver(wanted, actor=ACTOR, now=NOW)
    content = json.loads(hand_out(delivery, actor=ACTOR, now=NOW))
    accept_all(delivery, actor=ACTOR, now=NOW)
    for row in content["rows"]:
        row["住所"] += "乙"
        row["氏名漢字"] += "乙"
    data = json.dumps(content, ensure_ascii=False).encode()
    reconcile(Sent(feed, "給与連携_20261123.json", data, TODAY), actor=ACTOR, now=NOW)
    put(_proposals(world, ids), actor=ACTOR, now=NOW)


def _proposals(world: World, ids: dict[str, str]) -> list[New]:
    return [
        New(
            person=person,
            field=value.what,
            current=value.text,
            proposed=f"{value.text}乙",
            toward=Proposal.PAYROLL if number % 2 else Proposal.PERSONNEL,
            origin="own",
            effective=TODAY,
            why=value.text,
        )
        for person in ids.values()
        for number, value in enumerate(world.of(person))
        if value.what in ASKED and isinstance(value.text, str)
    ]
