"""The small ward of the directory's tests, and people of it at their browsers."""

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

PASSWORD = "fuyu-no-hi-no-yuugata"
SignIn = Callable[..., Client]


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ward]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def ward(_built: Ward, db: Any, monkeypatch: pytest.MonkeyPatch) -> Ward:
    monkeypatch.setattr(door, "today", lambda: TODAY)
    for name in ("_organisation", "_codes"):
        getattr(house, name).cache_clear()
    return _built


@pytest.fixture
def at(ward: Ward) -> SignIn:
    """A browser in which somebody is signed in: `at("人事係", "050", "hr")`."""

    def sign_in(unit: str, post: str, *duties: str, nth: int = 0) -> Client:
        person = ward.seats[ward.codes[unit], post][nth]
        account = open_account(f"t.{person}", PASSWORD, person, duties, actor="test", now=NOW)
        client = Client()
        client.force_login(account)
        return client

    return sign_in
