"""People of the small ward with their filings: who files, their 庶務担当, personnel."""

from collections.abc import Callable, Mapping

import pytest
from django.test import Client

from tests.apps.directory.conftest import SignIn, _built, signed_in, ward
from tests.apps.directory.ward import Ward

__all__ = ["_built", "signed_in", "ward"]


class Desk:
    """A browser, and the answers of the last filing it made."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def text(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return str(answer.content.decode())

    def post(self, address: str, values: Mapping[str, object] | None = None) -> str:
        answer = self.client.post(address, values or {}, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        return str(answer.content.decode())

    def file(self, kind: str, *answers: Mapping[str, str]) -> int:
        """Begin a filing and answer its questions; returns its number, at the last look."""
        begun = self.client.post(f"/filings/begin/{kind}")
        number = int(begun.headers["Location"].split("/")[2])
        for step, answer in enumerate(answers, 1):
            sent = self.client.post(f"/filings/{number}/questions/{step}", answer)
            assert sent.status_code == 302, sent.content.decode()
        return number

    def send(self, number: int) -> str:
        """Send it as the last look has it."""
        page = self.text(f"/filings/{number}/look")
        hidden = {
            name: page.split(f'name="{name}" value="')[1].split('"')[0]
            for name in ("version", "seen")
        }
        return self.post(f"/filings/{number}/send", hidden)


MakeDesk = Callable[..., Desk]


@pytest.fixture
def sits(signed_in: SignIn) -> MakeDesk:
    """Somebody at a desk: `sits("税務係", "070")`."""
    return lambda *where, **more: Desk(signed_in(*where, **more))


@pytest.fixture
def person(ward: Ward) -> str:
    """Who files: of 税務係, whose 庶務担当 is its first 主任."""
    return ward.first("税務係", "052")


@pytest.fixture
def own(sits: MakeDesk) -> Desk:
    return sits("税務係", "052", purpose="")


@pytest.fixture
def clerk(sits: MakeDesk) -> Desk:
    return sits("税務係", "060", purpose="")


@pytest.fixture
def officer(sits: MakeDesk) -> Desk:
    return sits("人事係", "060", duties=("hr",))
