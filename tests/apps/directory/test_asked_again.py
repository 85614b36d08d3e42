"""Who opens somebody else's record proves again who they are; a colleague's card asks nothing."""

import pytest
from pytest_django import Settings

from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings) -> None:
    settings.MEIBO_REAUTH_MINUTES = 30


def test_a_record_of_somebody_else_is_not_opened_without_a_recent_proof(
    ward: Ward, signed_in: SignIn
) -> None:
    other = ward.first("相談第一係", "050")
    answer = signed_in("人事係", "050", ("hr",)).get(f"/people/{other}")
    assert answer.status_code == 302
    assert f"next=%2Fpeople%2F{other}" in answer.headers["Location"]
    assert not AuditRecord.objects.filter(act="read").exists()  # it was not read either


def test_one_s_own_record_and_a_colleague_s_card_open_at_once(
    ward: Ward, signed_in: SignIn
) -> None:
    client = signed_in("人事係", "050", ("hr",))
    own = ward.first("人事係", "050")
    assert client.get(f"/people/{own}").status_code == 200
    other = ward.first("相談第一係", "050")
    assert signed_in().get(f"/people/{other}").status_code == 200


def test_the_list_on_the_screen_opens_and_its_files_do_not(ward: Ward, signed_in: SignIn) -> None:
    client = signed_in()
    assert client.get("/list").status_code == 200
    assert client.get("/list.csv").status_code == 302
    assert client.get("/list.xlsx").status_code == 302
