"""The answer face by itself: what it takes, what it refuses, and what it can't read."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography.exceptions import InvalidTag

from meibo.apps.safety.face import page
from meibo.apps.safety.face.box import Sealer, opened, private_of
from meibo.apps.safety.face.card import Card
from meibo.apps.safety.face.form import Given, Wrong, read
from meibo.apps.safety.face.serving import Face
from meibo.apps.safety.face.store import Asked, Item, Photo, Told, turns
from meibo.domain.safety import links

NOW = datetime(2026, 11, 26, 18, 5, tzinfo=UTC)
HOUSE = private_of(b"m" * 32)
CARD = Card(b"k" * 32, "m", HOUSE.public_key().public_bytes_raw(), family=True)
ASKED = Asked(
    "drill", "訓練 <1>", "答えてください。\n<script>", "safe", NOW, NOW - timedelta(hours=1)
)
SAFE = {"sheet": "1", "status": "safe"}


@dataclass
class Memory:
    """A store that remembers, and breaks when it is told to."""

    items: list[Item] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    bad: int = 0
    bulletins: list[Told] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    looked_up: int = 0

    def look(self, called: int) -> Asked | None:
        return replace(ASKED, photos=len(self.photos)) if called < 1000 else None

    def keep(self, items: Sequence[Item]) -> list[bool]:
        if any(item.called == self.bad for item in items):
            raise OSError("broken")
        self.batches.append(len(items))
        self.items += items
        return [item.called < 1000 for item in items]

    def instructs(self, now: datetime) -> bool:
        return bool(self.bulletins)

    def told(self, called: int) -> list[Told]:
        self.looked_up += 1
        return self.bulletins

    def keep_photo(self, photo: Photo) -> bool:
        if photo.called == self.bad:
            raise OSError("broken")
        if len(self.photos) == 3:
            return False
        self.photos.append(photo)
        return True

    def afresh(self) -> None:
        self.batches.append(0)


def token(called: int = 7, until: datetime = NOW + timedelta(hours=1)) -> str:
    return links.written(CARD.link, called, until)


def sent(verb: str, path: str, body: bytes = b"") -> tuple[str, str, bytes]:
    return verb, path, body


def post(values: dict[str, str], called: int = 7) -> tuple[str, str, bytes]:
    return sent("POST", f"/a/{token(called)}", urlencode(values).encode())


def answers(store: Memory, *requests: tuple[str, str, bytes]) -> list[tuple[int, str]]:
    """What the face says to requests that come at once: status and text."""

    async def one(face: Face, verb: str, path: str, body: bytes) -> tuple[int, str]:
        said: list[MutableMapping[str, Any]] = []

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            said.append(message)

        await face({"type": "http", "method": verb, "path": path}, receive, send)
        start, content = said
        headers = dict(start["headers"])
        assert headers[b"content-security-policy"] == page.POLICY.encode()
        assert headers[b"cache-control"] == b"no-store"
        return start["status"], content["body"].decode()

    async def every() -> list[tuple[int, str]]:
        face = Face(CARD, lambda: store, lambda: NOW)
        face.start()
        return await asyncio.gather(*(one(face, *request) for request in requests))

    # Beside a browser test of the same process, whose loop never leaves this thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, every()).result()


def test_looking_answers_nothing_and_shows_the_last_answer_and_the_first() -> None:
    store = Memory()
    (code, text), (headed, empty) = answers(
        store, sent("GET", f"/a/{token()}"), sent("HEAD", f"/a/{token()}")
    )
    assert (code, headed, empty) == (200, 200, "")
    assert all(item.given is None for item in store.items)
    assert "11月27日 3:05" in text
    assert "最初の答え：11月27日 2:05" in text
    assert "&lt;script&gt;" in text


def test_the_page_fits_twenty_kilobytes_and_asks_nobody_else() -> None:
    text = page.ask(ASKED, family=True, wrong="もう一度", values={"words": "あ" * 200})
    assert len(text.encode()) <= 20_000
    assert "src=" not in text
    assert "href=" not in text
    assert "url(" not in text


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"status": "safe"}, 422),  # without the page's own field: a robot
        ({"sheet": "1"}, 422),
        ({"sheet": "1", "status": "fine"}, 422),
        ({**SAFE, "comes": "soon"}, 422),
        ({**SAFE, "words": "あ" * 3000}, 413),
        (SAFE, 200),
    ],
)
def test_only_a_page_that_was_filled_in_is_an_answer(values: dict[str, str], code: int) -> None:
    store = Memory()
    assert answers(store, post(values))[0][0] == code
    assert bool(store.items) == (code == 200)


def test_links_that_are_not_ours_or_have_ended_or_lead_to_nobody_are_gone() -> None:
    body = urlencode(SAFE).encode()
    ended = token(until=NOW - timedelta(minutes=1))
    store = Memory()
    paths = ("/a/", "/a/x", f"/a/{ended}", f"/b/{token()}", f"/a/{token(1000)}", f"/a/{token()}A")
    assert [code for code, _ in answers(store, *(sent("POST", p, body) for p in paths))] == [
        410
    ] * 6
    assert [code for code, _ in answers(store, *(sent("GET", p) for p in paths))] == [410] * 6


def test_who_answers_at_once_shares_a_transaction() -> None:
    store = Memory()
    said = answers(store, *(post(SAFE, called) for called in range(1, 65)))
    assert {code for code, _ in said} == {200}
    assert len(store.items) == 64
    assert max(store.batches) > 1


def test_an_answer_that_can_not_be_kept_is_not_thanked_for_and_takes_no_other_along() -> None:
    store = Memory(bad=3)
    said = answers(store, *(post(SAFE, called) for called in (1, 2, 3, 4)))
    assert [code for code, _ in said] == [200, 200, 503, 200]
    assert "受け取れていません" in said[2][1]


def test_words_leave_the_face_in_a_box_that_only_the_house_opens() -> None:
    store = Memory()
    answers(store, post({**SAFE, "words": "足をけが"}))
    (item,) = store.items
    assert "足" not in item.sealed
    assert "足をけが" in opened(HOUSE, 7, item.sealed)
    for called, box in ((8, item.sealed), (7, item.sealed[:-8] + "AAAAAAA=")):
        with pytest.raises((InvalidTag, ValueError)):
            opened(HOUSE, called, box)
    with pytest.raises(InvalidTag):
        opened(private_of(b"n" * 32), 7, item.sealed)


def test_no_two_boxes_are_alike_and_all_open_past_a_change_of_the_senders_key() -> None:
    sealer = Sealer(CARD.master, CARD.public)
    boxes = [sealer.seal(n, "同じ") for n in range(4100)]
    assert len(set(boxes)) == 4100
    assert {opened(HOUSE, n, boxes[n]) for n in (0, 4095, 4096, 4099)} == {"同じ"}


def test_an_answer_that_waited_for_a_line_counts_from_when_it_was_given() -> None:
    given = read({**SAFE, "comes": "now", "hours": "3", "waited": "600"}, now=NOW)
    assert isinstance(given, Given)
    assert given.at == NOW - timedelta(minutes=10)
    assert given.arrives_at == NOW + timedelta(hours=3) - timedelta(minutes=10)
    for odd in ("-5", "１２", "99999999", "x"):
        late = read({**SAFE, "waited": odd}, now=NOW)
        assert isinstance(late, Given)
        assert late.at == NOW


def test_the_town_may_leave_the_family_out() -> None:
    assert "家族" not in page.ask(ASKED, family=False)
    given = read({**SAFE, "family": "hurt"}, family=False, now=NOW)
    assert not isinstance(given, Wrong)
    assert not given.more


def test_somebody_who_answers_twice_at_once_is_taken_in_turns() -> None:
    first, second, other = (
        Item(n, NOW, Given(NOW, status)) for n, status in ((5, "safe"), (5, "hurt"), (4, "safe"))
    )
    assert turns([first, second, other]) == [[other, first], [second]]
