"""名寄せ by two clerks: one proposes, another one decides; nothing is joined or parted before. What
was done is taken back in the same way. Every step is noted before it is taken.

Whoever may do this is asked by the caller (人事).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from meibo.apps.personnel.models import IdentityCase as Case
from meibo.ledger import identity, joins
from meibo.ledger.identity import Clerks, IdentityError, Parting
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

LONGEST = 400


def propose_join(kept: str, joined: str, why: str, *, actor: Actor, now: datetime) -> Case:
    """Propose that two ids are one person, shown under the first."""
    _once(kept, joined)
    if joins.lead(kept) != kept or joins.lead(joined) != joined or kept == joined:
        raise IdentityError("この二つの番号は、いまは名寄せできません。開き直してください。")
    return _proposed(Case(deed=Case.JOIN, person=kept, other=joined), why, actor, now)


def propose_part(parting: Parting, why: str, *, actor: Actor, now: datetime) -> Case:
    """Propose that some of what stands under an id belongs to somebody else."""
    _once(parting.person)
    if not parting.lines:
        raise IdentityError("別の人のものだった発令を、1つ以上選んでください。")
    moved = {
        "lines": sorted(parting.lines),
        "filings": sorted(parting.filings),
        "staff_no": parting.staff_no,
    }
    return _proposed(Case(deed=Case.PART, person=parting.person, moved=moved), why, actor, now)


def propose_undo(number: int, why: str, *, actor: Actor, now: datetime) -> Case:
    """Propose to take back what was done."""
    done = Case.objects.filter(pk=number, state=Case.DONE, deed__in=[Case.JOIN, Case.PART]).first()
    if done is None or done.undone_by.filter(state__in=[Case.PROPOSED, Case.DONE]).exists():
        raise IdentityError("この名寄せは、もう取り消されているか、取消の承認を待っています。")
    undo = Case(deed=Case.UNDO, person=done.person, other=done.other, undoes=done)
    return _proposed(undo, why, actor, now)


@transaction.atomic
def approve(number: int, *, actor: Actor, now: datetime) -> Case:
    """The second clerk says yes, and it is done at once."""
    case = _open(number)
    if actor.name == case.proposed_by or (case.proposer and _same(actor.person, case.proposer)):
        raise IdentityError("提案した人は、承認できません。ほかの人事担当に頼んでください。")
    _note(f"{case.deed}.approve", case, actor, now)
    _DEEDS[case.deed](case, Clerks(case.proposed_by, actor.name), now)
    return _ended(case, Case.DONE, actor, now)


@transaction.atomic
def refuse(number: int, *, actor: Actor, now: datetime) -> Case:
    """The second clerk says no, or the first one thinks better of it."""
    case = _open(number)
    _note(f"{case.deed}.refuse", case, actor, now)
    mine = actor.name == case.proposed_by
    return _ended(case, Case.WITHDRAWN if mine else Case.REFUSED, actor, now)


def call_distinct(one: str, other: str, *, actor: Actor, now: datetime) -> Case:
    """Remember that two who look alike are two people: they are not suggested again."""
    _once(one, other)
    case = Case(deed=Case.DISTINCT, person=one, other=other, proposed_by=actor.name)
    case.proposer, case.proposed_at = actor.person, now
    _note("distinct", case, actor, now)
    return _ended(case, Case.DONE, actor, now)


def forget_distinct(number: int, *, actor: Actor, now: datetime) -> None:
    """Suggest the two again."""
    case = Case.objects.filter(pk=number, deed=Case.DISTINCT, state=Case.DONE).first()
    if case is None:
        raise IdentityError("この「別人」の印は、もう外されています。")
    _note("distinct.end", case, actor, now)
    _ended(case, Case.WITHDRAWN, actor, now)


def _join(case: Case, clerks: Clerks, now: datetime) -> None:
    case.number = identity.join(case.person, case.other, clerks, now=now)


def _part(case: Case, clerks: Clerks, now: datetime) -> None:
    lines, filings = frozenset(case.moved["lines"]), frozenset(case.moved["filings"])
    parting = Parting(case.person, lines, filings, str(case.moved["staff_no"]))
    case.other = identity.part(parting, case.source, actor=_both(clerks), now=now)


def _undo(case: Case, clerks: Clerks, now: datetime) -> None:
    done = case.undoes
    if done is None:
        raise IdentityError("取り消すものがありません。")
    if done.deed == Case.JOIN:
        identity.undo_join(done.number or 0, clerks, now=now)
    else:
        who = _both(clerks)
        identity.undo_part(done.person, done.other, done.source, actor=who, now=now)


_DEEDS = {Case.JOIN: _join, Case.PART: _part, Case.UNDO: _undo}


def _both(clerks: Clerks) -> str:
    return f"{clerks.proposed_by}+{clerks.approved_by}"[:80]


def _once(*people: str) -> None:
    """One open proposal about anybody at a time: two would be decided in either order."""
    rows = Case.objects.filter(state=Case.PROPOSED)
    ids: Sequence[str] = people
    if rows.filter(person__in=ids).exists() or rows.filter(other__in=ids).exists():
        raise IdentityError("この人の名寄せの提案が、もう承認を待っています。")


def _proposed(case: Case, why: str, actor: Actor, now: datetime) -> Case:
    if not why.strip():
        raise IdentityError("わけを書いてください。承認する人が、確かめるのに使います。")
    case.why, case.proposed_by, case.proposer = why.strip()[:LONGEST], actor.name, actor.person
    case.proposed_at = now
    _note(f"{case.deed}.propose", case, actor, now)
    case.save()
    return case


def _open(number: int) -> Case:
    found = Case.objects.select_for_update().filter(pk=number, state=Case.PROPOSED).first()
    if found is None:
        raise IdentityError("この提案は、もう終わっています。")
    return found


def _ended(case: Case, state: str, actor: Actor, now: datetime) -> Case:
    case.state, case.decided_by, case.decided_at = state, actor.name, now
    case.save()
    return case


def _same(one: str, other: str) -> bool:
    return bool(one) and joins.lead(one) == joins.lead(other)


def _note(what: str, case: Case, actor: Actor, now: datetime) -> None:
    subjects = [each for each in (case.person, case.other) if each]
    note(Entry(Act.FILING, {"what": what}, subjects), actor=actor, now=now)
