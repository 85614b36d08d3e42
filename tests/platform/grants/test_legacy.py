"""What stood on the accounts of people before there were grants."""

import importlib

import pytest
from django.apps import apps

from meibo.config.clock import today
from meibo.platform.accounts.actions import open_account
from meibo.platform.accounts.models import Account
from meibo.platform.grants.queries import duties_of
from tests.ledger.scenes import NOW
from tests.platform.grants.people import settle

pytestmark = pytest.mark.django_db
STEP = importlib.import_module("meibo.platform.grants.migrations.0002_duties_of_accounts")


def test_duties_of_accounts_become_grants_on_the_post_held_today() -> None:
    people = settle()
    for name, person, duties in (
        ("plain", people.plain, ["payroll", "crisis"]),
        ("plain-it", people.plain, ["crisis"]),
        ("gone", "nobody", ["hr"]),
        ("machine", None, ["it"]),
    ):
        open_account(name, None, person, actor="test", now=NOW)
        Account.objects.filter(username=name).update(duties=duties)
    STEP.turn(apps, None)
    assert duties_of(people.plain, today()) == {"payroll", "crisis"}
    kept = dict(Account.objects.values_list("username", "duties"))
    assert kept == {"plain": [], "plain-it": [], "gone": [], "machine": ["it"]}
