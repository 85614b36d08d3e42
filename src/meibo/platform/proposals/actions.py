"""Proposing, deciding, taking a decision back. Each is noted before it is done, without values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet

from meibo.ledger import filed
from meibo.ledger.vault import Vault
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.proposals.models import Proposal
from meibo.platform.proposals.queries import CURRENT, PROPOSED, WHY, opened


class ProposalError(ValueError):
    """It can't be done; the message says why."""


class StaleProposalError(ProposalError):
    """Somebody else has decided meanwhile."""


@dataclass(frozen=True, slots=True)
class New:
    """A value that somebody would have otherwise. `current`: what stands where it would change."""

    person: str
    field: str
    current: str
    proposed: str
    toward: str
    origin: str
    effective: date
    feed: str = ""
    why: str = ""


def put(new: Iterable[New], *, actor: Actor, now: datetime) -> int:
    """Keep proposals; one that was made before, and is open or was refused, is not made again.
    Returns how many are new."""
    wanted = list(new)
    if not wanted:
        return 0
    people = {each.person for each in wanted}
    with transaction.atomic():
        known = _known(people)
        fresh = [each for each in wanted if _key(each) not in known]
        vault = Vault()
        vault.prepare({each.person for each in fresh})
        if fresh:
            subjects = [each.person for each in fresh]
            detail = {"what": "propose", "count": len(fresh), "toward": fresh[0].toward}
            note(Entry(Act.FILING, detail, subjects), actor=actor, now=now)
        Proposal.objects.bulk_create(
            [_row(each, vault, actor, now) for each in fresh], batch_size=500
        )
    return len(fresh)


def _key(each: New) -> tuple[str, str, str, str, str]:
    return each.person, each.field, each.toward, each.current, each.proposed


def _known(people: set[str]) -> set[tuple[str, str, str, str, str]]:
    states = (Proposal.OPEN, Proposal.REFUSED)
    found: set[tuple[str, str, str, str, str]] = set()
    ids = sorted(people)
    for i in range(0, len(ids), 500):
        rows = Proposal.objects.filter(person__in=ids[i : i + 500], state__in=states)
        found |= {
            (o.row.person, o.row.field, o.row.toward, o.current, o.proposed) for o in opened(rows)
        }
    return found


def _row(each: New, vault: Vault, actor: Actor, now: datetime) -> Proposal:
    def sealed(field: str, value: str) -> str:
        return vault.seal(each.person, field, value) if value else ""

    return Proposal(
        person=each.person,
        field=each.field,
        toward=each.toward,
        origin=each.origin,
        feed=each.feed,
        current=sealed(CURRENT, each.current),
        proposed=sealed(PROPOSED, each.proposed),
        why=sealed(WHY, each.why),
        effective=each.effective,
        made_at=now,
        made_by=actor.name,
    )


def accept(number: int, version: int, *, actor: Actor, now: datetime) -> Proposal:
    """Accept. What personnel accepts becomes a filing; payroll changes its own record."""

    def settle(row: Proposal) -> None:
        row.state = Proposal.ACCEPTED
        if row.toward == Proposal.PERSONNEL:
            row.made = f"proposal:{row.pk}:{row.version}"
            (own,) = opened([row])
            value = own.proposed or None
            filing = NewFiling(row.person, row.field, value, row.effective, now, source=row.made)
            append(Batch(filings=[filing]), actor=actor.name, now=now)

    return _decide(number, version, "accept", settle, actor=actor, now=now)


def refuse(number: int, version: int, reason: str, *, actor: Actor, now: datetime) -> Proposal:
    """Refuse, saying why."""
    if not reason.strip():
        raise ProposalError("断るわけを書いてください。申し出た人が読みます。")

    def settle(row: Proposal) -> None:
        row.state, row.reason = Proposal.REFUSED, reason.strip()

    return _decide(number, version, "refuse", settle, actor=actor, now=now)


def undo(number: int, version: int, *, actor: Actor, now: datetime) -> Proposal:
    """Take a decision back: the proposal is open again, and the filing that it made is void."""
    with transaction.atomic():
        row = _held(number, version, open_=False)
        _note("undo", row, actor, now)
        if row.made and row.toward == Proposal.PERSONNEL:
            filed.take_back(row.made, actor=actor.name, now=now)
        row.state, row.reason, row.made = Proposal.OPEN, "", ""
        row.decided_at, row.decided_by = None, ""
        row.version += 1
        row.save()
    return row


def taken_over(
    people: Collection[str], fields: Collection[str], by: str, *, actor: Actor, now: datetime
) -> int:
    """Payroll has taken what the roster says of these people: their proposals are accepted. `by`
    names the delivery that brought it."""
    rows = _toward_payroll(people, state=Proposal.OPEN, field__in=list(fields))
    return rows.update(state=Proposal.ACCEPTED, decided_at=now, decided_by=actor.name, made=by)


def given_back(people: Collection[str], by: str) -> int:
    """Payroll says later that it did not take that: what this delivery settled is open again."""
    rows = _toward_payroll(people, state=Proposal.ACCEPTED, made=by)
    return rows.update(
        state=Proposal.OPEN, decided_at=None, decided_by="", made="", version=F("version") + 1
    )


def _toward_payroll(people: Collection[str], **which: object) -> QuerySet[Proposal]:
    """Proposals to payroll about these people, of whom there may be more than a query can name."""
    rows = Proposal.objects.filter(toward=Proposal.PAYROLL, **which)
    wanted = set(people)
    found = [pk for pk, person in rows.values_list("pk", "person") if person in wanted]
    return Proposal.objects.filter(pk__in=found)


def _decide(
    number: int,
    version: int,
    what: str,
    settle: Callable[[Proposal], None],
    *,
    actor: Actor,
    now: datetime,
) -> Proposal:
    with transaction.atomic():
        row = _held(number, version, open_=True)
        _note(what, row, actor, now)
        settle(row)
        row.decided_at, row.decided_by = now, actor.name
        row.version += 1
        row.save()
    return row


def _held(number: int, version: int, *, open_: bool) -> Proposal:
    row = Proposal.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise ProposalError("この提案はもうありません。")
    if row.version != version or (row.state == Proposal.OPEN) is not open_:
        raise StaleProposalError(
            "開いている間に、ほかの人が決めました。いまの状態を見てから、もう一度選んでください。"
        )
    return row


def _note(what: str, row: Proposal, actor: Actor, now: datetime) -> None:
    detail = {"what": f"proposal:{what}", "number": row.pk, "field": row.field}
    note(Entry(Act.FILING, detail, [row.person]), actor=actor, now=now)


def forget(person: str, _staff_no: str | None) -> None:
    """What was proposed about somebody goes with their record."""
    Proposal.objects.filter(person=person).delete()
