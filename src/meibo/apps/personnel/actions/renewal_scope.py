"""What a round of 会計年度任用職員 is about: the contracts in it, who appoints, and what counts
together."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from meibo.apps.personnel.models import RenewalItem, RenewalRound
from meibo.domain.renewal import FILE, MOVE, Answer, Contract, parse, together
from meibo.domain.renewal import RenewalRules as Rules
from meibo.domain.units import Organisation
from meibo.ledger import contracts as ledger
from meibo.ledger import drawer, house, joins
from meibo.platform import town

Key = tuple[str, str]


def rules() -> Rules:
    """The town's rules."""
    return parse(town.text(FILE))


def contracts(found: RenewalRound, today: date) -> dict[Key, Contract]:
    """The contracts that belong in a round, by the person and the appointment that they were
    written for: so a row stays with its contract when numbers are joined or parted."""
    own, tree = ledger.contracts(rules().employment, today), house.organisation(today)
    return {
        joins.written(c.person, c.appointment): c
        for c in own
        if c.term_end is not None
        and today <= c.term_end <= found.ends
        and found.authority in {"", authority_of(c, tree)}
    }


def authority_of(contract: Contract, tree: Organisation) -> str:
    """Who appointed: as the order says, else as the unit tells."""
    return contract.authority or town.appoints(contract.unit, tree)


def next_authority(
    contract: Contract, answer: Answer, now: Organisation, tree: Organisation
) -> str:
    """Who appoints when it goes on: elsewhere, whoever does there. `tree`: the units of then."""
    if answer.decision == MOVE and answer.unit and answer.unit != contract.unit:
        return town.appoints(answer.unit, tree) or authority_of(contract, now)
    return authority_of(contract, now)


def sums(found: RenewalRound, today: date) -> dict[str, int]:
    """Minutes a week of all that each person goes on with: in this round, in others that are open
    (of another authority), and by contracts that do not end with it."""
    rows = RenewalItem.objects.filter(Q(round=found) | Q(round__state="open"))
    own_last = sorted(rows, key=lambda row: row.round_id == found.pk)
    answers = {(row.person, row.appointment): answer_of(row) for row in own_last}
    return together(
        (contract, answers.get(joins.written(contract.person, contract.appointment), Answer()))
        for contract in ledger.contracts(rules().employment, today)
        if joins.written(contract.person, contract.appointment) in answers
        or (contract.term_end or date.max) > found.ends
    )


def tree_of(found: RenewalRound) -> Organisation:
    """The units that there are when the new contracts begin."""
    return house.organisation(date.fromordinal(found.ends.toordinal() + 1))


def answer_of(row: RenewalItem) -> Answer:
    """An item as the domain weighs it."""
    return Answer(
        row.section, row.own, row.decision, row.unit, row.post, row.minutes, row.recruited
    )


def is_full(contract: Contract, known: Rules, codes: house.Codes) -> bool:
    """Whether a contract is full time, by the name of its 任用形態."""
    name = codes.name("employment", contract.employment) or ""
    return name in known.full


def source_of(number: int) -> str:
    """What the drawer is told of lines that a round laid in."""
    return f"renewal:{number}"


def laid(number: int) -> set[Key]:
    """Whose order, and of which appointment, a round has laid into a plan."""
    return {joins.written(*key) for key in drawer.laid(source_of(number))}
