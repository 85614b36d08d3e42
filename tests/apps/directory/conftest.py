"""A small ward in the books, and people of it at their browsers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from meibo.ledger import house
from meibo.platform import door
from meibo.platform.accounts.actions import open_account
from tests.apps.directory.ward import NOW, TODAY, Ward, build

SignIn = Callable[..., Client]


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ward]:
    """The ward, built once a module and taken down with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def ward(_built: Ward, db: Any, monkeypatch: pytest.MonkeyPatch) -> Ward:
    """The ward on TODAY. What a test changes is gone after it, so caches by number go as well."""
    monkeypatch.setattr(door, "today", lambda: TODAY)
    for name in ("_organisation", "_codes"):
        getattr(house, name).cache_clear()
    return _built


@pytest.fixture
def signed_in(ward: Ward) -> SignIn:
    """A browser in which somebody is signed in: `signed_in("税務係", "060", duties=["hr"])`, and
    has said what for, unless `purpose` is empty."""

    def sign_in(
        unit: str = "税務係",
        post: str = "060",
        duties: tuple[str, ...] = (),
        purpose: str = "transfer",
    ) -> Client:
        person = ward.first(unit, post) if unit else None
        name = f"t.{person or 'nobody'}"
        account = open_account(name, None, person, duties, actor="test", now=NOW)
        client = Client()
        client.force_login(account)
        if purpose:
            client.post("/purpose/", {"purpose": purpose})
        return client

    return sign_in
