"""Everything that the demo ward consists of, before any of it is written."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime

from meibo.ledger.writer import Batch
from meibo.platform.demo import allotments, codes, corrections, faces, filings, free, unit_filings
from meibo.platform.demo.fiscal import years_between
from meibo.platform.demo.people import Staff
from meibo.platform.demo.sign_ins import SIGN_INS, SignIn, choose
from meibo.platform.demo.story import tell
from meibo.platform.demo.ward import Ward


@dataclass(slots=True)
class Composition:
    """A ward on paper. `pictures`: file name → SVG. `accounts`: who signs in as which person."""

    batch: Batch
    pictures: dict[str, str]
    accounts: list[tuple[SignIn, str]]


def compose(now: datetime, seed: int, people: int) -> Composition:
    """Invent a ward. The same arguments give the same ward but for the random ids of people.

    Raises ValueError for fewer people than the units need.
    """
    players: dict[str, Staff] = {}
    ward = tell(now, seed, people, before_april=lambda w: players.update(choose(w)))
    corrections.correct(ward)
    batch = Batch(people={s.id: s.number for s in ward.staff}, codes=codes.tables())
    ward.scribe.settle(batch)
    batch.filings += unit_filings.filed(ward)
    batch.filings += allotments.filed(ward)
    batch.filings += free.filed(ward)
    files = filings.Files(ward)
    for staff in ward.staff:
        batch.filings += files.of(staff)
    accounts = [(sign_in, players[sign_in.username].id) for sign_in in SIGN_INS]
    return Composition(batch, _pictures(ward, files, seed), accounts)


def _pictures(ward: Ward, files: filings.Files, seed: int) -> dict[str, str]:
    rng = random.Random(seed)  # nosec B311  # a drawing, not a secret
    return {
        name: faces.draw(faces.Sitter(staff.sex, years_between(staff.born, ward.today)), rng)
        for staff, name in files.photos
    }
