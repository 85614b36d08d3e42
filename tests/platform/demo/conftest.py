"""One invented ward, folded once, for all who want to look at it."""

from __future__ import annotations

import pytest

from meibo.platform.demo.composing import compose
from tests.platform.demo.paper import NOW, Folded, folded


@pytest.fixture(scope="session")
def ward() -> Folded:
    """The ward that `meibo demo` makes, on paper."""
    return folded(compose(NOW, 1, 3400))
