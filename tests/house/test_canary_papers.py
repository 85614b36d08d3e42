"""The canary's walk reads what PDFs say: it finds what must be there, and nothing that must not in
forms that others share."""

from urllib.parse import urlencode

import pytest

from meibo.apps.papers.models import OwnForm
from meibo.domain.disclosure import DUTIES
from tests.house.canary import papers, watchers
from tests.house.canary.visits import COLUMNS, Visit
from tests.house.canary.walking import Scene
from tests.house.canary.world import NOW, TODAY

NAMES = [post.name for post in watchers.POSTS]


def there(scene: Scene, name: str) -> list[str]:
    people = scene.ward.ids.values()
    return [person for person in people if scene.there(name, person, TODAY)]


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_record_on_paper_is_read_by_the_walk(scene: Scene, ending: str) -> None:
    answer = scene.visit("officer", Visit(f"/papers/forms/workers/{ending}"))
    assert answer.status == 200
    for person in there(scene, "officer"):
        told = {value.what for value in answer.met if value.owner == person}
        assert {"birth_date", "address", "staff_no"} <= told, person


def test_names_on_the_roster_are_read_by_the_walk(scene: Scene) -> None:
    met = scene.visit("stranger", Visit("/papers/forms/roster/pdf")).met
    for person in there(scene, "stranger"):
        assert any(value.owner == person and value.what == "given name" for value in met), person


@pytest.mark.parametrize("name", NAMES)
def test_a_shared_form_shows_nobody_more_than_they_see(scene: Scene, name: str) -> None:
    for duty in sorted(DUTIES):
        OwnForm.objects.create(
            title=duty, query=urlencode(COLUMNS), owner="clerk", duty=duty, changed_at=NOW
        )
    asked = [
        Visit(**each)
        for kind in ("own_pdf", "own_xlsx")
        for each in papers.visits(kind, scene.ward)
    ]
    found = list(scene.walk(name, asked))
    assert not found, "\n".join(map(str, found[:20]))
