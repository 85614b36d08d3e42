"""The canary ward: built once a module, with everybody signed in at a browser of their own."""

import functools
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from meibo.ledger import house
from meibo.platform import door
from tests.house.canary import desk, watchers
from tests.house.canary.policy import TABLE
from tests.house.canary.walking import Ear, Scene
from tests.house.canary.ward import build, hang
from tests.house.canary.world import TODAY


@pytest.fixture(scope="module")
def _scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    # Who signs in is written into the audit log, which nothing can be taken out of again.
    log = transaction.atomic(using="audit")
    town = override_settings(MEIBO_TOWN=TABLE.parent)
    # Its anchors lie outside of it, and those of other tests speak of days that were not.
    (Path(settings.MEIBO_DATA) / "audit" / "anchors.jsonl").unlink(missing_ok=True)
    with django_db_blocker.unblock(), town, log, transaction.atomic():
        ward = build()
        desk.furnish(ward.world, map(ward.person, ("mate", "chief", "officer")))
        pictures = hang(ward)
        watchers.open_accounts(ward)
        cache.clear()  # where sign-ins are counted, which are many
        clients = {post.name: watchers.sign_in(post.name) for post in watchers.POSTS}
        yield Scene(ward, watchers.watchers(ward), clients, Ear())
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="audit")
    for picture in pictures:
        picture.unlink(missing_ok=True)


@pytest.fixture
def scene(_scene: Scene, db: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """The canary ward on TODAY, with an ear at the log as if an operator had asked for DEBUG."""
    monkeypatch.setattr(door, "today", lambda: TODAY)
    # Nothing is written while pages are walked, so it is asked once only: a third of the time.
    monkeypatch.setattr(house, "version", functools.cache(house.version))
    root = logging.getLogger()
    level = root.level
    root.addHandler(_scene.ear)
    root.setLevel(logging.DEBUG)
    yield _scene
    root.removeHandler(_scene.ear)
    root.setLevel(level)
