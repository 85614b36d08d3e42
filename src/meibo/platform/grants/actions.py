"""Proposing, approving, refusing and revoking what is granted. Each verb writes down first what it
is about to do; what is refused is a GrantError with words for who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from meibo.ledger import roll
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act
from meibo.platform.grants import rules
from meibo.platform.grants.models import Grant, Step

_DECIDED = "もう決まっています。画面を開き直して確かめてください。"


class GrantError(ValueError):
    """It can't be granted, decided or taken away like this; the message says why."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts, with the ties held today."""

    actor: Actor
    ties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wish:
    """A duty for somebody, as long as they have a post in the unit or below it: from `starts`
    through `last` at the longest (None: open)."""

    person: str
    duty: str
    unit: str
    starts: date
    purpose: str
    last: date | None = None


@transaction.atomic
def propose(wish: Wish, *, by: Party, now: datetime) -> Grant:
    """A proposal, of which nothing follows until somebody else approves it."""
    if not rules.may_propose(by.ties, wish.duty):
        raise GrantError("この職務を提案できる立場ではありません。")
    if not by.actor.person:
        raise GrantError("職員と結び付いていないアカウントからは提案できません。")
    if by.actor.person == wish.person:
        raise GrantError("自分への付与は提案できません。ほかの人に頼んでください。")
    _check(wish)
    waiting = Grant.objects.filter(
        person=wish.person, duty=wish.duty, unit=wish.unit, steps__isnull=True
    )
    if waiting.exists():
        raise GrantError("同じ提案が、もう承認を待っています。")
    _note("propose", _facts(wish), wish.person, wish.purpose, by.actor, now)
    return _insert(wish, by.actor.name, by.actor.person, now)


def approve(number: int, *, by: Party, on: date, now: datetime, reason: str = "") -> None:
    """Let a proposal take effect. Never by who proposed it, never by whom it is for."""
    grant = _proposal(number)
    if not rules.may_approve(by.ties, grant.duty):
        raise GrantError("この職務を承認できる立場ではありません。")
    if not by.actor.person:
        raise GrantError("職員と結び付いていないアカウントからは承認できません。")
    if by.actor.person == grant.person:
        raise GrantError("自分への付与は承認できません。")
    if by.actor.name == grant.proposed_by or by.actor.person == grant.proposer:
        raise GrantError("提案した人は承認できません。ほかの人に頼んでください。")
    _require_tenure(grant.person, grant.unit, max(grant.starts, on))
    _take(grant, Step.Stage.DECIDED, Step.Deed.APPROVE, by.actor, now, reason)


def refuse(number: int, *, by: Party, now: datetime, reason: str = "") -> None:
    """Turn a proposal down; by who proposed it, it is a withdrawal."""
    grant = _proposal(number)
    own = by.actor.name == grant.proposed_by
    if not own and (by.actor.person == grant.person or not rules.may_approve(by.ties, grant.duty)):
        raise GrantError("この提案を却下できる立場ではありません。")
    deed = Step.Deed.WITHDRAW if own else Step.Deed.REFUSE
    _take(grant, Step.Stage.DECIDED, deed, by.actor, now, reason)


def revoke(number: int, *, by: Party, now: datetime, reason: str = "") -> None:
    """Take a duty away, from the next request on. One person is enough, the holder too."""
    grant = Grant.objects.filter(pk=number, steps__deed=Step.Deed.APPROVE).first()
    if grant is None:
        raise GrantError("付与されていません。")
    if by.actor.person != grant.person and not rules.may_revoke(by.ties, grant.duty):
        raise GrantError("この職務を解除できる立場ではありません。")
    _take(grant, Step.Stage.ENDED, Step.Deed.REVOKE, by.actor, now, reason)


@transaction.atomic
def install(wish: Wish, *, actor: Actor, now: datetime) -> Grant:
    """Grant by a command, without a second person: for the first ones, and when nobody is left who
    could approve. It is written down, and the page says that it was done so."""
    _check(wish)
    _note("install", _facts(wish), wish.person, wish.purpose, actor, now)
    return bestow(wish, actor=actor.name, now=now)


@transaction.atomic
def strip(person: str, duty: str, *, actor: Actor, now: datetime, reason: str = "") -> int:
    """Revoke, by a command, everything through which somebody holds a duty; how many grants."""
    grants = Grant.objects.filter(person=person, duty=duty, steps__deed=Step.Deed.APPROVE)
    found = list(grants.exclude(steps__deed=Step.Deed.REVOKE))
    for grant in found:
        _take(grant, Step.Stage.ENDED, Step.Deed.REVOKE, actor, now, reason)
    return len(found)


@transaction.atomic
def bestow(wish: Wish, *, actor: str, now: datetime) -> Grant:
    """Write a grant that is in force at once. Who calls it has written down what for."""
    _check(wish)
    grant = _insert(wish, actor, "", now)
    _step(grant, Step.Stage.DECIDED, Step.Deed.APPROVE, Actor(actor), now, "")
    return grant


def _check(wish: Wish) -> None:
    if wish.duty not in rules.DUTIES:
        raise GrantError(f"「{wish.duty}」という職務はありません。")
    if not wish.purpose.strip():
        raise GrantError("理由を書いてください。")
    if wish.last is not None and wish.last < wish.starts:
        raise GrantError("終わりの日が、始まりの日より前です。")
    _require_tenure(wish.person, wish.unit, wish.starts)


def _require_tenure(person: str, unit: str, on: date) -> None:
    seats = roll.seats_between([person], on, on)
    if not any(roll.lies_in(seat.unit, unit, on) for seat in seats):
        raise GrantError("その日、この職員にはその組織の職がありません。")


def _proposal(number: int) -> Grant:
    grant = Grant.objects.filter(pk=number).first()
    if grant is None:
        raise GrantError("その提案はありません。")
    if grant.steps.exists():
        raise GrantError(_DECIDED)
    return grant


def _insert(wish: Wish, name: str, person: str, now: datetime) -> Grant:
    ends = date.max if wish.last is None else wish.last + timedelta(days=1)
    return Grant.objects.create(
        person=wish.person,
        duty=wish.duty,
        unit=wish.unit,
        starts=wish.starts,
        ends=ends,
        purpose=wish.purpose.strip()[:200],
        proposed_by=name,
        proposer=person,
        proposed_at=now,
    )


def _take(
    grant: Grant, stage: Step.Stage, deed: Step.Deed, actor: Actor, now: datetime, reason: str
) -> None:
    facts = {"number": grant.pk, "duty": grant.duty, "unit": grant.unit}
    _note(deed.value, facts, grant.person, reason, actor, now)
    _step(grant, stage, deed, actor, now, reason)


def _step(
    grant: Grant, stage: Step.Stage, deed: Step.Deed, actor: Actor, now: datetime, reason: str
) -> None:
    """The database holds each stage to be reached once: of two at the same moment one is told."""
    try:
        with transaction.atomic():
            Step.objects.create(
                grant=grant,
                stage=stage,
                deed=deed,
                taken_by=actor.name,
                taker=actor.person,
                taken_at=now,
                reason=reason.strip()[:200],
            )
    except IntegrityError:
        raise GrantError(_DECIDED) from None


def _facts(wish: Wish) -> dict[str, object]:
    return {"duty": wish.duty, "unit": wish.unit, "starts": wish.starts, "last": wish.last}


def _note(
    deed: str, facts: dict[str, object], person: str, purpose: str, actor: Actor, now: datetime
) -> None:
    entry = Entry(Act.GRANT, {"deed": deed, **facts}, {person}, purpose)
    note(entry, actor=actor, now=now)
