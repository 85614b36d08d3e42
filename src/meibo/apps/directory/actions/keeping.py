"""What the directory lets people change: one's own share choices, and what a 庶務担当 keeps. Each
verb writes filings, in one transaction; nothing is written where nothing changed."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from meibo.domain.disclosure import CHOSEN
from meibo.ledger.reader.people import states_on
from meibo.ledger.writer import UNIT, Batch, NewFiling, append
from meibo.platform import ownership
from meibo.platform.audit.actions import Actor
from meibo.platform.ownership import Leader
from meibo.platform.proposals.actions import New, put
from meibo.platform.proposals.models import Proposal

CHOICES: Mapping[str, str] = {"all": "庁内の全員", "unit": "同じ課の人まで", "none": "見せない"}
ALLOTMENT = "allotment:"
_KEY_BYTES = 6


@dataclass(frozen=True, slots=True)
class Allotted:
    """One line of the allotment: `key` is empty for a new one, `text` for one to be taken away."""

    key: str
    text: str
    role: str
    person: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a section keeps of itself, as it shall be: values of the unit (phone, fax, mail), values
    of its people (id → extension, seat), and the allotment lines that changed."""

    unit: Mapping[str, str]
    people: Mapping[str, Mapping[str, str]]
    allotments: Iterable[Allotted] = ()


def choose_sharing(
    person: str, choices: Mapping[str, str], *, on: date, actor: str, now: datetime
) -> None:
    """Who sees a person's photo and skills from `on` on. `choices`: a field in CHOSEN → a key of
    CHOICES. Raises ValueError for others."""
    if set(choices) - CHOSEN or set(choices.values()) - set(CHOICES):
        raise ValueError("写真と技能について、全員・同じ課・見せない から選びます")
    filings = [
        NewFiling(person, f"share_{field}", choice, on, now) for field, choice in choices.items()
    ]
    _append(filings, actor, now)


def keep_unit(code: str, kept: Kept, *, on: date, actor: str, now: datetime) -> int:
    """Write what a section keeps of itself; returns the number of filings. An empty text takes the
    value away."""
    subject = f"{UNIT}{code}"
    filings = [
        NewFiling(subject, field, value or None, on, now) for field, value in kept.unit.items()
    ]
    for person, values in kept.people.items():
        filings += [
            NewFiling(person, field, value or None, on, now)
            for field, value in values.items()
            if not led_by_payroll(field, on)
        ]
    filings += [_allotment(subject, line, on, now) for line in kept.allotments]
    _append(filings, actor, now)
    return len(filings)


def led_by_payroll(field: str, on: date) -> bool:
    """Whether a change here is but a proposal (`town/ownership.csv`)."""
    owned = ownership.ownership(on).get(field)
    return owned is not None and owned.leads is Leader.PAYROLL


def propose_kept(kept: Kept, *, on: date, actor: Actor, now: datetime) -> int:
    """What a section changed of its people in fields that payroll leads, as proposals to personnel;
    returns how many."""
    wanted = [
        (person, field, value)
        for person, values in kept.people.items()
        for field, value in values.items()
        if led_by_payroll(field, on)
    ]
    states = states_on(on, ids={person for person, _, _ in wanted})
    new = [
        New(
            person=person,
            field=field,
            current=str(states.get(person, {}).get(field) or ""),
            proposed=value,
            toward=Proposal.PERSONNEL,
            origin="directory",
            effective=on,
        )
        for person, field, value in wanted
    ]
    return put(new, actor=actor, now=now)


def _allotment(subject: str, line: Allotted, on: date, now: datetime) -> NewFiling:
    key = line.key or secrets.token_hex(_KEY_BYTES)
    stated = {"text": line.text, "role": line.role, "person": line.person}
    value = json.dumps(stated, ensure_ascii=False) if line.text else None
    return NewFiling(subject, ALLOTMENT + key, value, on, now)


def _append(filings: list[NewFiling], actor: str, now: datetime) -> None:
    if filings:
        append(Batch(filings=filings), actor=actor, now=now)
