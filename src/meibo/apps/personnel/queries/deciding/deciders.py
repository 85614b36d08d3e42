"""Who would decide on a plan, looked at once more before it is laid before them: whoever is asked
reads all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meibo.apps.personnel.actions.deciding import Approver
from meibo.apps.personnel.queries.deciding.route import name_of, proposed
from meibo.ledger import drawer, house
from meibo.ledger.drawer import PlanCard


@dataclass(frozen=True, slots=True)
class Decider:
    """One who would be asked. `doubt`: why one should look again; `never`: it can't be they."""

    account: str
    name: str
    post: str
    doubt: str = ""
    never: bool = False


def deciders(plan: PlanCard, approvers: Sequence[Approver], today: date) -> list[Decider]:
    """These people by name. Whom the town's own route names is in no doubt."""
    route = {each.account for each in proposed(plan.kind, today)}
    moved = {draft.line.person for draft in drawer.lines(plan.id)} - {""}
    codes = house.codes()
    leading = {seat.person for seat in house.seats(today) if codes.leads(seat.post)}

    def decider(each: Approver) -> Decider:
        beside, leads = each.account not in route, each.person in leading
        inside, doubt = beside and each.person in moved, ""
        if inside:
            doubt = "この案で異動する人です。"
        elif beside and not leads:
            doubt = "所属長の職にある人ではありません。"
        name = name_of(each.person, today)
        return Decider(each.account, name, each.post, doubt, never=inside and not leads)

    return [decider(each) for each in approvers]
