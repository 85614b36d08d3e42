"""What the tests of feeds share."""

from pathlib import Path

import pytest

from tests.platform.feeds.ward import Ward


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    """A clean small ward; reading it gives no finding at all."""
    return Ward(tmp_path)
