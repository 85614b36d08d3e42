"""What the personnel section keeps of people besides the books, in the canary ward: records of 処分
and the like, a round of renewals, things that fall due."""

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from django.conf import settings

from meibo.apps.personnel.actions import renewal
from meibo.apps.personnel.actions.conduct import Words
from meibo.apps.personnel.models import ConductRecord, RenewalRound
from meibo.apps.safety.models import Called, Check
from meibo.apps.safety.queries.targets import Target, targeted
from meibo.domain.conduct import FIELDS
from meibo.ledger import house
from meibo.ledger.vault import Vault
from meibo.platform.audit.actions import Actor
from tests.house.canary.policy import Grant
from tests.house.canary.world import NOW, OPEN, TODAY, World

WEEK = timedelta(days=7)
#: Kinds of town/conduct.csv, one of each field.
CODES = {"discipline": "admonition", "status": "demotion", "award": "merit", "accident": "duty"}


def furnish(world: World, people: Iterable[str]) -> None:
    """Once, after the ward is in the books, and in a town of its own: files of it are written."""
    for person in people:
        for field in FIELDS:
            _record(world, person, field)
    _check()
    _everybody_counts()
    found = RenewalRound.objects.create(
        title="更新", ends=date(2199, 3, 31), last=date(2200, 3, 31), begun_at=NOW, begun_by="test"
    )
    with patch("meibo.apps.personnel.actions.renewal.note"):
        assert renewal.refresh(found.pk, actor=Actor("test"), now=NOW, on=TODAY)


def _check() -> None:
    """Everybody in service that day is asked whether they are safe; nobody is written to."""
    check = Check.objects.create(
        kind="drill",
        title="訓練",
        message="訓練",
        started_at=NOW,
        started_by="test",
        until=NOW + WEEK,
    )
    people = targeted(Target(leave=True), TODAY)
    Called.objects.bulk_create(
        Called(check_asked=check, person=person, unit=unit) for person, unit in people.items()
    )


def _record(world: World, person: str, field: str) -> None:
    words = Words(world.mint.kanji(), world.mint.word(), world.mint.kanji())
    grants = [Grant(field, world.service[person][0][0], OPEN)]
    for text in (words.reason, words.document, words.remark):
        world.note(text, f"conduct {field}", person, grants)
    vault = Vault()
    vault.prepare([person])
    told = json.dumps(asdict(words), ensure_ascii=False)
    ConductRecord.objects.create(
        person=person,
        field=field,
        code=CODES[field],
        day=TODAY,
        sealed=vault.seal(person, f"conduct:{field}", told),
        entered_at=NOW,
        entered_by="test",
    )


def _everybody_counts() -> None:
    """The canaries' kinds of appointment have names of their own: rules speak to all of them."""
    town = Path(settings.MEIBO_TOWN)
    names = [row.name for row in house.codes().table("employment").values()]
    _rewrite(town / "renewal.csv", "key", {"employment": {"value": " ".join(names)}})
    rules = town / "due_rules.csv"
    with rules.open(encoding="utf-8-sig", newline="") as file:
        every = {row["rule"]: {"applies": ""} for row in csv.DictReader(file)}
    _rewrite(rules, "rule", every)


def _rewrite(path: Path, key: str, cells: dict[str, dict[str, str]]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row | cells.get(row[key], {}) for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
