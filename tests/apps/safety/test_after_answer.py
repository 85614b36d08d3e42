"""What comes behind an answer, at the face by itself: pictures, instructions, the code."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from meibo.apps.safety.face import after, aside, upload
from meibo.apps.safety.face.box import opened_photo
from meibo.apps.safety.face.form import Given, read
from meibo.apps.safety.face.serving import Face
from meibo.apps.safety.face.store import Asked, Told
from meibo.apps.safety.face.upload import PhotoError
from meibo.domain.safety.words import PHOTO_BYTES
from tests.apps.safety.test_face import ASKED, CARD, HOUSE, NOW, SAFE, Memory, answers, post, token
from tests.domain.test_documents import jpeg

MARK = "----meibo"
KIND = f"multipart/form-data; boundary={MARK}"
UNREAD = Told(9, NOW, "市役所に<集まる>", read=False)


def form(content: bytes, name: str = "photo") -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"; filename="a.jpg"\r\n\r\n'.encode()
    first = b"--" + MARK.encode() + b'\r\nContent-Disposition: form-data; name="sheet"\r\n\r\n1\r\n'
    return (
        first
        + b"--"
        + MARK.encode()
        + b"\r\n"
        + head
        + content
        + b"\r\n--"
        + MARK.encode()
        + b"--\r\n"
    )


def asked(
    store: Memory, verb: str, wish: str, body: bytes = b"", kind: str = KIND
) -> tuple[int, str]:
    """One request with a query, as gunicorn hands it over: the body in two pieces."""
    half = len(body) // 2
    pieces = [(body[:half], True), (body[half:], False)]
    said: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        content, more = pieces.pop(0)
        return {"type": "http.request", "body": content, "more_body": more}

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    async def run() -> None:
        face = Face(CARD, lambda: store, lambda: NOW)
        face.start()
        headers = [
            (b"content-type", kind.encode()),
            (b"content-length", str(len(body)).encode()),
        ]
        scope = {"type": "http", "method": verb, "path": f"/a/{token()}", "headers": headers}
        await face({**scope, "query_string": wish.encode()}, receive, send)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run()).result()
    return said[0]["status"], said[1]["body"].decode()


def test_a_picture_leaves_the_face_in_a_box_and_says_nothing_of_the_place() -> None:
    store = Memory()
    code, text = asked(store, "POST", "photo", form(jpeg()))
    assert (code, text) == (303, "")  # who loads the next page again sends nothing again
    code, text = asked(store, "GET", "sent")
    assert (code, "1枚届いています" in text) == (200, True)
    (photo,) = store.photos
    assert b"\xff\xd8" not in photo.sealed[:120]
    content = opened_photo(HOUSE, 7, photo.sealed)
    assert content.startswith(b"\xff\xd8\xff")
    assert b"GPS" in jpeg()
    assert b"GPS" not in content
    assert photo.size == len(content)
    assert not store.items  # it answers nothing


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (form(b"%PDF-1.7 x"), KIND),
        (form(b"<svg onload='alert(1)'>"), KIND),
        (form(b""), KIND),
        (form(jpeg()[:40]), KIND),
        (form(jpeg(), "other"), KIND),
        (form(jpeg()), "application/x-www-form-urlencoded"),
        (jpeg(), "multipart/form-data"),
        (form(jpeg() + bytes(PHOTO_BYTES)), KIND),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused_and_the_answer_is_not_touched(
    body: bytes, kind: str
) -> None:
    store = Memory()
    code, text = asked(store, "POST", "photo", body, kind)
    assert (code, store.photos, store.items) == (422, [], [])
    assert "答えには、かかわりありません" in text
    assert "PDF" not in text


def test_a_picture_that_can_not_be_kept_is_told_so_and_a_fourth_is_one_too_many() -> None:
    code, text = asked(Memory(bad=7), "POST", "photo", form(jpeg()))
    assert (code, "もう一度送ってください" in text) == (422, True)
    store = Memory()
    codes = [asked(store, "POST", "photo", form(jpeg()))[0] for _ in range(4)]
    assert codes == [303, 303, 303, 422]


def test_pictures_take_so_much_memory_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "ROOM", 10)
    store = Memory()
    code, text = asked(store, "POST", "photo", form(jpeg()))
    assert (code, store.photos) == (422, [])
    assert "たくさんの写真" in text


def test_who_has_answered_is_thanked_and_told_what_to_do() -> None:
    store = Memory(bulletins=[UNREAD])
    ((code, text),) = answers(store, post(SAFE))
    assert (code, "受け取りました" in text) == (200, True)
    assert "市役所に&lt;集まる&gt;" in text
    assert 'value="9"' in text


def test_nobody_is_looked_up_for_instructions_while_there_are_none() -> None:
    store = Memory()
    answers(store, *(post(SAFE, called) for called in range(1, 20)))
    assert store.looked_up == 0


def test_instructions_that_can_not_be_read_keep_nobody_from_being_thanked() -> None:
    class Broken(Memory):
        def told(self, called: int) -> list[Told]:
            raise OSError("broken")

    ((code, _),) = answers(Broken(bulletins=[UNREAD]), post(SAFE))
    assert code == 200


def test_a_receipt_is_kept_for_who_has_read_the_page_and_for_no_robot() -> None:
    store = Memory(bulletins=[UNREAD])
    code, text = asked(store, "POST", "read", b"sheet=1&bulletin=9")
    assert (code, "読んだことを伝えました" in text) == (200, True)
    assert [(item.called, item.bulletin, item.given) for item in store.items] == [(7, 9, None)]
    for robot in (b"bulletin=9", b"sheet=1", b"sheet=1&bulletin=x"):
        asked(store, "POST", "read", robot)
    assert len(store.items) == 1


def test_the_code_for_the_gate_is_drawn_until_one_has_arrived() -> None:
    code, text = asked(Memory(), "GET", "code")
    assert (code, "<svg" in text, len(text.encode()) < 20_000) == (200, True, True)
    arrived = Asked(ASKED.kind, "t", "m", "safe", NOW, NOW, NOW)
    assert "<svg" not in after.code(arrived, "/a/x")
    assert "到着を受け付けました" in after.code(arrived, "/a/x")


def test_the_page_stays_small_however_much_there_is_to_be_told() -> None:
    told = [Told(n, NOW + timedelta(minutes=n), "あ" * 600, read=n > 7) for n in range(12)]
    values = {"words": "あ" * 200, "place": "あ" * 60}
    text = after.ask(ASKED, told, family=True, wrong="もう一度", values=values)
    assert len(text.encode()) <= 20_000
    assert "ほかに9件あります" in text
    assert text.index('value="7"') < text.index('value="6"')
    given = read(SAFE, now=NOW)
    assert isinstance(given, Given)
    assert len(after.thanks(given, told).encode()) <= 20_000


def test_the_home_is_asked_for_besides_the_family() -> None:
    given = read({**SAFE, "home": "lost", "family": "safe"}, family=False, now=NOW)
    assert isinstance(given, Given)
    assert given.more == {"home": "lost"}
    odd = read({**SAFE, "home": "castle"}, now=NOW)
    assert isinstance(odd, Given)
    assert not odd.more


def test_a_quoted_boundary_is_read_and_what_a_picture_hides_behind_it_is_left() -> None:
    body = form(jpeg() + b"PK\x03\x04 hidden")
    content = upload.picture(f'multipart/form-data; boundary="{MARK}"', body)
    assert b"hidden" not in content
    with pytest.raises(PhotoError):
        upload.picture("multipart/form-data; boundary=", body)
