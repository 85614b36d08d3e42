"""The exchange with payroll in the canary ward: a delivery of everybody, a reconciliation in which
every address differs, and proposals about what few may see. All of it says what is said of people
elsewhere, so it needs no canaries of its own."""

import json
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from django.conf import settings

from meibo.apps.exchange.actions.answering import accept_all
from meibo.apps.exchange.actions.delivering import deliver
from meibo.apps.exchange.actions.handing import hand_out
from meibo.apps.exchange.actions.keeping import Wanted
from meibo.apps.exchange.actions.reconciling import Sent, reconcile
from meibo.apps.exchange.queries.feeds import feed_at
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.platform.audit.actions import Actor
from meibo.platform.proposals.actions import New, put
from meibo.platform.proposals.models import Proposal
from tests.house.canary.world import NOW, TODAY

ACTOR = Actor("test")
#: Who writes into the audit log. It tells auditors of whom a file told, and that is its task; here
#: it would tell them of everybody before anything was looked at.
WRITERS = ("keeping", "handing", "answering", "reconciling")
#: What of a person is proposed: fields of which the table tells each duty something else.
ASKED = ("note", "address", "step")
HR = Viewer(frozenset({"hr"}), TODAY)


def furnish() -> None:
    """Once, after the ward is in the books."""
    feed = feed_at(Path(settings.MEIBO_TOWN) / "feeds" / "payroll-link.toml")
    assert feed is not None
    with ExitStack() as silent:
        for name in WRITERS:
            silent.enter_context(patch(f"meibo.apps.exchange.actions.{name}.note"))
        silent.enter_context(patch("meibo.platform.proposals.actions.note"))
        wanted = Wanted(feed, TODAY, full=True, format="json")
        delivery = deliver(wanted, actor=ACTOR, now=NOW)
        content = json.loads(hand_out(delivery, actor=ACTOR, now=NOW))
        accept_all(delivery, actor=ACTOR, now=NOW)
        for row in content["rows"]:
            row["住所"] += "乙"
            row["氏名漢字"] += "乙"
        data = json.dumps(content, ensure_ascii=False).encode()
        reconcile(Sent(feed, "給与連携_20261123.json", data, TODAY), actor=ACTOR, now=NOW)
        put(_proposals(), actor=ACTOR, now=NOW)


def _proposals() -> list[New]:
    return [
        New(
            person=card.id,
            field=field,
            current=str(card[field]),
            proposed=f"{card[field]}乙",
            toward=(Proposal.PAYROLL, Proposal.PERSONNEL)[number % 2],
            origin="intake",
            effective=TODAY,
            why=str(card[field]),
        )
        for number, card in enumerate(reader.cards(HR, on=TODAY))
        for field in ASKED
        if card.get(field)
    ]
