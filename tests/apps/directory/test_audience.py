"""The eye on one's own card tells just who sees what: whatever the table, choice and protection."""

from datetime import UTC, datetime, timedelta

import pytest

from meibo.apps.directory.actions import choose_sharing
from meibo.apps.directory.queries.audience import Audience
from meibo.apps.directory.queries.fields import BY_KEY
from meibo.apps.directory.queries.people import person_page
from meibo.domain.disclosure import TIES, Protection, Viewer
from meibo.ledger import policy, protection, reader, ties
from meibo.ledger.policy import Approval
from meibo.ledger.protection import Shielded
from meibo.ledger.writer import Batch, NewFiling, append
from tests.apps.directory.ward import FIRST, TODAY, Ward

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
NEAR = ("unit", "clerk", "head")


def own_page(person: str) -> dict[str, Audience]:
    page = person_page(ties.viewer_of(person, (), TODAY), person, TODAY)
    assert page is not None
    return dict(page.audiences)


def sees(person: str, tie: str, *, event: bool) -> set[str]:
    """The keys that somebody with this tie has on this person's card."""
    held = frozenset({tie, "staff"} if tie in NEAR else {tie})
    card = reader.card(Viewer(held, TODAY, event=event), person, on=TODAY)
    return set(card or ())


def rows_on(keys: set[str]) -> set[str]:
    return {field.row for key, field in BY_KEY.items() if key in keys} | ({"photo"} & keys)


@pytest.mark.parametrize("level", [None, *Protection])
@pytest.mark.parametrize("choice", ["all", "unit", "none"])
@pytest.mark.parametrize("version", [False, True])
def test_the_eye_tells_what_the_door_does(
    ward: Ward, level: Protection | None, choice: str, version: bool
) -> None:
    person = ward.first("税務係", "060")
    choose_sharing(person, {"photo": choice, "skill": choice}, on=TODAY, actor="t", now=NOW)
    given = (("photo", "face.svg"), ("skills", "手話"))
    filings = [NewFiling(person, name, value, FIRST, NOW) for name, value in given]
    append(Batch(filings=filings), actor="t", now=NOW)
    if level:
        shield = Shielded(person, level, TODAY, TODAY + timedelta(days=9))
        protection.put(shield, actor="t", now=NOW)
    if version:
        text = policy.town_version().text.replace("job,職種,,,", "job,職種,,v,", 1)
        text = text.replace(
            "contacts,自宅・携帯の電話,,,,,,v,v,,e", "contacts,電話,,,,e,,v,v,,e", 1
        )
        approval = Approval(text, TODAY, "試し", "a", NOW, "b")
        policy.approve(approval, now=NOW, today=TODAY)
    told = own_page(person)
    keys = set(reader.card(ties.viewer_of(person, (), TODAY), person, on=TODAY) or ())
    for tie in [tie for tie in TIES if tie != "self"]:
        always = rows_on(sees(person, tie, event=False))
        events = rows_on(sees(person, tie, event=True)) - always
        for key in (keys & set(BY_KEY)) | {"photo"}:
            row = BY_KEY[key].row if key in BY_KEY else key
            if key in {"former_names", "maiden_name", "leave_from"} or key not in told:
                continue
            audience = told[key]
            named = TIES[tie] in audience.always or (
                audience.everyone and tie in {"staff", *NEAR, "hr", "payroll", "crisis"}
            )
            assert named or row not in always, (tie, row)
            assert TIES[tie] not in audience.always or row in always, (tie, row)
            assert (TIES[tie] in audience.in_event) == (
                row in events and not (audience.everyone and tie != "public")
            ), (tie, row)


def test_every_field_of_ones_own_card_has_an_eye(ward: Ward) -> None:
    person = ward.first("税務係", "060")
    told = own_page(person)
    card = reader.card(ties.viewer_of(person, (), TODAY), person, on=TODAY)
    assert card is not None
    keys = {key for key in card.filled if key in BY_KEY} | {"photo", "history"}
    assert keys <= set(told)
