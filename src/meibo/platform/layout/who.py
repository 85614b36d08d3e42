"""Who did something, for people to read: records keep the sign-in name, which says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.platform.accounts.models import Account
from meibo.platform.layout.wording import spaced

#: What the house does by itself.
BY_ITSELF: Mapping[str, str] = {
    "meibo telegram": "電文による自動",
    "meibo work": "自動",
}
_SHOWN = frozenset({"name", "unit"})


def who(viewer: Viewer, names: Iterable[str]) -> dict[str, str]:
    """Sign-in name → name and section as the viewer may see them today; the sign-in name itself
    where there is nobody behind it, or nobody who is here any more."""
    wanted = {name for name in names if name}
    accounts = Account.objects.filter(username__in=wanted).exclude(person=None)
    people = {name: str(person) for name, person in accounts.values_list("username", "person")}
    found = {name: BY_ITSELF.get(name, name) for name in wanted}
    if people:
        ids = list(set(people.values()))
        cards = {c.id: c for c in reader.cards(viewer, on=viewer.today, ids=ids, only=_SHOWN)}
        for name, person in people.items():
            if person in cards and "name" in cards[person]:
                found[name] = _words(cards[person])
    return found


def _words(card: reader.Card) -> str:
    path, name = card.get("unit_path") or (), spaced(str(card["name"]))
    return f"{name}（{path[-1]}）" if path else name
