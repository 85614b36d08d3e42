"""Of somebody who is protected (非公開の申出) nothing is taken along that the holder's own screens
do not show in an open event, whatever the level; and no telephone of theirs leaves the house."""

import json

import pytest
from django.test import Client

from meibo.apps.safety.queries.offline import paper
from meibo.apps.safety.queries.offline.roster import content, viewer_in_event
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor
from meibo.platform.grants.models import Grant
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, TODAY, Ward

PHONE, OTHER = "090-0000-7788", "090-0000-9911"
SKILL, PLAIN = "秘密の手話", "秘密の英語"
ACTOR = Actor("test")


def filed(person: str, phone: str, skill: str, level: str = "") -> None:
    contacts = json.dumps([{"kind": "携帯", "value": phone}], ensure_ascii=False)
    said = {"contacts": contacts, "skills": skill, "skill_shared": "1"}
    said |= {"protected": level} if level else {}
    filings = [NewFiling(person, name, value, FIRST, NOW) for name, value in said.items()]
    append(Batch(filings=filings), actor="test", now=NOW)


def written(viewer: Viewer) -> tuple[dict[str, dict[str, object]], list[list[str]]]:
    """Lines of the file by person, and the rows of the paper."""
    lines = {each["i"]: each for each in content(viewer, NOW).data["people"]}
    table = paper.noted(viewer, actor=ACTOR, now=NOW)
    return lines, [row for section in table.sections for row in section.rows]


@pytest.fixture
def person(ward: Ward) -> str:
    return ward.first("税務係", "060")


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Viewer:
    signed_in("防災計画係", "060", ("crisis",), purpose="")
    assert Grant.objects.exists()
    return viewer_in_event(ward.first("防災計画係", "060"), TODAY)


@pytest.mark.parametrize("level", ["1", "2", "何か"])
def test_crisis_management_takes_no_more_along_than_its_screens_show(
    ward: Ward, person: str, crisis: Viewer, level: str
) -> None:
    plain = ward.first("課税第一係", "060")
    filed(person, PHONE, SKILL, level)
    filed(plain, OTHER, PLAIN)
    lines, rows = written(crisis)
    on_paper = json.dumps(rows, ensure_ascii=False)
    assert OTHER in json.dumps(lines[plain], ensure_ascii=False)
    assert OTHER in on_paper
    told = json.dumps(lines[person], ensure_ascii=False)
    assert PHONE not in told + on_paper
    assert SKILL not in told + on_paper
    card = reader.card(crisis, person, on=TODAY)
    assert card is not None
    assert lines[person]["n"] == str(card["name"]).replace("\u3000", " ")
    assert lines[person]["s"] == []
    assert not card.get("skills")
    assert lines[plain]["s"] == [PLAIN]  # shown of who is not protected, so it can fail


@pytest.mark.parametrize("level", ["1", "2"])
def test_every_value_in_the_file_is_on_the_card_of_the_screen(
    ward: Ward, person: str, crisis: Viewer, level: str
) -> None:
    filed(person, PHONE, SKILL, level)
    for viewer in (crisis, viewer_in_event(ward.first("税務課", "030"), TODAY)):
        lines, rows = written(viewer)
        cards = {card.id: card for card in reader.cards(viewer, on=TODAY)}
        assert set(lines) <= set(cards)
        for number, line in lines.items():
            card = cards[number]
            assert line["n"] == str(card["name"]).replace("\u3000", " ")
            assert line["p"] == str(card.get("post") or "")
            assert line["x"] == str(card.get("extension") or "")
            assert line["s"] == [str(each) for each in card.get("skills") or ()]
            shown = [str(way["value"]) for way in card.get("contacts") or ()]
            assert [way["v"] for way in line["c"]] in ([], shown)  # type: ignore[attr-defined]  # a list of ways
        assert len(rows) == len(lines)


@pytest.mark.parametrize("level", ["1", "2"])
def test_a_head_takes_their_own_protected_people_along_and_no_others(
    ward: Ward, person: str, level: str
) -> None:
    other = ward.first("総務係", "060")
    for each in (person, other):
        filed(each, PHONE, SKILL, level)
    lines, rows = written(viewer_in_event(ward.first("税務課", "030"), TODAY))
    assert person in lines
    assert other not in lines
    assert PHONE not in json.dumps([lines, rows], ensure_ascii=False)


def test_from_the_day_on_which_it_ends_the_telephone_is_in_the_file_again(
    ward: Ward, person: str, crisis: Viewer
) -> None:
    filed(person, PHONE, SKILL, "2")
    ended = NewFiling(person, "protected", None, TODAY, NOW)
    append(Batch(filings=[ended]), actor="test", now=NOW)
    lines, _ = written(crisis)
    assert PHONE in json.dumps(lines[person], ensure_ascii=False)


def test_the_file_itself_holds_none_of_it(ward: Ward, person: str, signed_in: SignIn) -> None:
    filed(person, PHONE, SKILL, "2")
    client: Client = signed_in("防災計画係", "050", ("crisis",), purpose="")
    word = "yama-no-oto-wo-kiku"
    client.post("/safety/offline/password", {"first": word, "second": word})
    page = client.post("/safety/offline/file").content.decode()
    assert PHONE not in page
    assert ward.names[person] not in page
