"""The small ward of the directory's tests, and people of it at their browsers."""

from pathlib import Path

import pytest
from django.conf import settings

from meibo.apps.exchange.queries.feeds import Feed, feed_at
from tests.apps.directory.conftest import _built, signed_in, ward

__all__ = ["_built", "link", "signed_in", "ward"]


@pytest.fixture
def link() -> Feed:
    """The town's feed to payroll."""
    found = feed_at(Path(settings.MEIBO_TOWN) / "feeds" / "payroll-link.toml")
    assert found is not None
    return found
