"""Ways in for telegrams, and a receiver that remembers what it was handed."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from meibo.domain.telegram.reading import TOKYO
from meibo.platform.telegrams import receivers
from meibo.platform.telegrams.receivers import Handed

NOW = datetime(2026, 3, 1, 3, 18, tzinfo=TOKYO)  # a Sunday night


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[Handed]:
    got: list[Handed] = []
    monkeypatch.setattr(receivers, "RECEIVERS", [got.append])
    return got


@pytest.fixture
def drop(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    settings.MEIBO_TELEGRAM_DROP_DIR = folder
    return folder


@pytest.fixture(autouse=True)
def closed(settings: Any, tmp_path: Path) -> None:
    """No way in is open unless a test opens it; the town has the rules of the source tree."""
    settings.MEIBO_DATA = tmp_path
    settings.MEIBO_TELEGRAM_FEEDS = []
    settings.MEIBO_TELEGRAM_TOPICS = []
    settings.MEIBO_TELEGRAM_DROP_DIR = None
    settings.MEIBO_TELEGRAM_SECRET = ""
    settings.MEIBO_TELEGRAM_HUB = ""
    settings.MEIBO_TELEGRAM_POLL = 60


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)
