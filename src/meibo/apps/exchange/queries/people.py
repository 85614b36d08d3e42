"""Names beside numbers, for who may see them."""

from __future__ import annotations

from collections.abc import Iterable

from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.platform.layout.wording import spaced


def names_of(viewer: Viewer, ids: Iterable[str]) -> dict[str, str]:
    """Id → name of those in service today whom the viewer sees."""
    cards = reader.cards(viewer, on=viewer.today, ids=sorted(set(ids)))
    return {card.id: spaced(str(card.get("name") or "")) for card in cards}
