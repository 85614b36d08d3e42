"""Somebody of personnel, and a plan of March that they have begun."""

from datetime import date

import pytest
from django.test import Client

from tests.apps.directory.conftest import SignIn

MARCH = date(2027, 3, 1)


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


@pytest.fixture
def plan(clerk: Client) -> int:
    answer = clerk.post("/personnel/plans/new", {"title": "三月の案", "day": MARCH.isoformat()})
    return int(answer["Location"].rstrip("/").rsplit("/", 1)[1])
