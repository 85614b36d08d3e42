"""人事の仕事: the page is there at once, and counts what takes its time afterwards."""

from __future__ import annotations

import pytest
from django.test import Client

from meibo.apps.personnel.queries import duedays
from meibo.ledger import doubles, writer
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TODAY


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


def test_what_takes_its_time_is_counted_by_the_page_afterwards(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change() -> None:
        batch = writer.Batch()
        batch.codes.append(writer.NewCode("away", "9", "出張", 9))
        writer.append(batch, actor="test", now=NOW)

    change()
    with monkeypatch.context() as patch:
        for module, name in ((doubles, "_doubles"), (duedays, "_all")):
            patch.setattr(module, name, lambda *_: pytest.fail("reckoned over the whole house"))
        page = clerk.get("/personnel/").content.decode()
    assert 'hx-select-oob="#waiting-doubles,#waiting-calendar"' in page
    assert 'href="?counts=1"' in page
    counted = clerk.get("/personnel/?counts=1").content.decode()
    assert "hx-select-oob" not in counted
    assert 'id="waiting-doubles"' in counted
    again = clerk.get("/personnel/").content.decode()
    assert "hx-select-oob" not in again, "what is known is told at once"
    assert doubles.ready()
    assert duedays.ready()
    change()
    assert not doubles.ready()
    assert not duedays.ready()
    assert duedays.all_due(TODAY) is not None
