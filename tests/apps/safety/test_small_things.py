"""Small things that a crisis manager stumbled over."""

import re

from meibo.apps.safety.actions.starting import Wanted, call, start
from meibo.apps.safety.face.form import SHEET, read
from meibo.apps.safety.queries.targets import Target
from meibo.config.clock import now
from meibo.platform.emergency.models import Kind
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, Ward
from tests.apps.safety.test_places import ACTOR, asked

FAMILY = "👨\u200d👩\u200d👧"


def said(words: str) -> str:
    given = read({SHEET[0]: SHEET[1], "status": "safe", "words": words}, now=NOW)
    return given.more["words"]  # type: ignore[union-attr]  # it is an answer


def test_a_drawn_sign_of_several_parts_is_kept_together() -> None:
    assert said(f"{FAMILY}無事\u202e") == f"{FAMILY}無事"
    assert said("あ" * 199 + FAMILY) == "あ" * 199 + "👨"


def test_the_first_page_and_the_page_of_a_heads_people_count_the_same(
    ward: Ward, signed_in: SignIn
) -> None:
    asked(now())
    head = signed_in("税務課", "030", purpose="")
    home = re.search(r"答えていない人が(\d+)人", head.get("/").content.decode())
    page = head.get("/safety/mine/people").content.decode()
    told = re.search(r"答えていない人</dt><dd>(\d+)", page)
    assert home
    assert told
    assert home[1] == told[1]
    asked(now())  # who is asked twice is one person
    again = re.search(r"答えていない人が(\d+)人", head.get("/").content.decode())
    assert again
    assert again[1] == home[1]


def test_a_heads_people_stand_in_order_of_rank(ward: Ward, signed_in: SignIn) -> None:
    team = [ward.first("税務係", post) for post in ("050", "052", "060", "070")]
    last = Target(people=(team[-1],), leave=True)
    check = start(Wanted(Kind.DRILL, "訓練", "訓練です。", last), actor=ACTOR, now=now())
    for person in reversed(team):  # who was called first does not stand first for that
        call(check, {person: ward.codes["税務係"]}, now=now())
    page = signed_in("税務課", "030", purpose="").get("/safety/mine/people").content.decode()
    places = [page.index(ward.names[person]) for person in team]
    assert places == sorted(places)


def test_the_first_page_leads_to_ones_own_answer(ward: Ward, signed_in: SignIn) -> None:
    home = signed_in("税務係", "060", purpose="").get("/").content.decode()
    shortcuts = home[home.index('aria-label="近道"') :]
    assert "/safety/mine" in shortcuts[: shortcuts.index("</nav>")]
