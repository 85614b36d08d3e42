"""The ward of the directory's tests, watched."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.apps.directory.conftest import SignIn, _built, signed_in, ward

__all__ = ["SignIn", "_built", "signed_in", "ward"]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Anchors of this test alone."""
    monkeypatch.setattr(settings, "MEIBO_DATA", tmp_path)
    return tmp_path
