"""発令番号 as the town gives them: `town/numbering.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from meibo.ledger.drawer import Numbering, Pattern


def numbering() -> Numbering:
    """What the town says; without its file two digits of the fiscal year and five more. Raises
    ImproperlyConfigured for a file that can't be followed."""
    path = Path(settings.MEIBO_TOWN) / "numbering.toml"
    if not path.exists():
        return Numbering()
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))["orders"]
        return Numbering(Pattern(str(said["number"]), int(said["digits"])))
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured(f"town/numbering.toml: {error}") from error
