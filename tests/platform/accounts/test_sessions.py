"""Left alone, asked again, signed out from afar."""

from datetime import datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from meibo.platform.accounts.devices import device
from meibo.platform.accounts.entrance.gates import BEGAN, SEEN
from meibo.platform.audit.models import AuditRecord
from tests.platform.accounts.people import (
    PASSWORD,
    SECRET,
    acts,
    code_of,
    is_signed_in,
    opened,
    sign_in,
    with_app,
)

pytestmark = pytest.mark.django_db

AGAIN = "/account/reauthenticate/"
SESSIONS = "/account/sessions/"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


def moment() -> datetime:
    """The same clock as the gates read."""
    return timezone.now()  # noqa: TID251  # sessions are dated by the real clock


def pass_minutes(client: Client, minutes: float) -> None:
    """As if the last sign of life and every proof in this session had been so long ago."""
    session = client.session
    session[SEEN] = session.get(SEEN, moment().timestamp()) - minutes * 60
    for record in session.get("account_authentication_methods", []):
        record["at"] -= minutes * 60
    session.save()


def prove(client: Client, back: str = "/") -> str:
    answer = client.post(AGAIN, {"password": PASSWORD, "next": back})
    return answer.headers["Location"]


def test_after_a_quarter_of_an_hour_the_session_asks_and_returns_to_the_page(
    client: Client,
) -> None:
    opened()
    sign_in(client)
    client.get("/")
    pass_minutes(client, 16)
    answer = client.get("/list?unit=100&on=2027-04-01")
    asked = f"{AGAIN}?next=%2Flist%3Funit%3D100%26on%3D2027-04-01"
    assert answer.headers["Location"] == asked
    assert 'value="/list?unit=100&amp;on=2027-04-01"' in client.get(asked).content.decode()
    assert prove(client, "/list?unit=100&on=2027-04-01") == "/list?unit=100&on=2027-04-01"
    assert client.get("/list").status_code == 200
    assert AuditRecord.objects.filter(act="session", detail='{"what": "idle"}').count() == 1


def test_who_is_at_work_is_not_asked(client: Client) -> None:
    opened()
    sign_in(client)
    for _ in range(4):
        pass_minutes(client, 10)
        assert client.get("/").status_code == 200


def test_a_locked_session_opens_no_page_by_being_tried_again(client: Client) -> None:
    opened()
    sign_in(client)
    client.get("/")
    pass_minutes(client, 16)
    assert [client.get("/").status_code for _ in range(3)] == [302, 302, 302]
    wrong = client.post(AGAIN, {"password": "chigau"})
    assert wrong.status_code == 200
    assert client.get("/").status_code == 302


def test_a_part_of_a_page_leads_the_whole_page_to_where_one_is_asked(client: Client) -> None:
    opened()
    sign_in(client)
    client.get("/")
    pass_minutes(client, 16)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/list?unit=100"}
    answer = client.get("/search?q=x", headers=headers)
    assert answer.headers["HX-Redirect"] == f"{AGAIN}?next=%2Flist%3Funit%3D100"


def test_what_was_sent_too_late_is_not_done_and_leads_back_to_the_page_it_came_from(
    client: Client,
) -> None:
    opened()
    sign_in(client)
    client.get("/")
    pass_minutes(client, 16)
    page = "http://testserver/account/password/change/?x=1"
    answer = client.post("/account/password/change/", {}, headers={"Referer": page})
    assert answer.headers["Location"] == f"{AGAIN}?next=%2Faccount%2Fpassword%2Fchange%2F%3Fx%3D1"
    elsewhere = client.post(SESSIONS, {}, headers={"Referer": "http://example.org/"})
    assert elsewhere.headers["Location"] == f"{AGAIN}?next=%2F"


def test_a_code_of_the_app_opens_a_locked_session_too(client: Client) -> None:
    with_app(opened())
    sign_in(client)
    client.post("/account/factor/code/", {"code": code_of(SECRET)})
    client.get("/")
    pass_minutes(client, 16)
    assert client.get("/").status_code == 302
    later = code_of(SECRET, 1)  # that of this half minute has been used
    answer = client.post("/account/factor/again/", {"code": later, "next": "/"})
    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_leaving_is_possible_from_a_locked_session(client: Client) -> None:
    opened()
    sign_in(client)
    client.get("/")
    pass_minutes(client, 16)
    client.post("/account/logout/")
    assert not is_signed_in(client)


def test_a_house_may_set_another_time_or_none(client: Client, settings: Settings) -> None:
    opened()
    sign_in(client)
    client.get("/")
    settings.MEIBO_IDLE_MINUTES = 0
    pass_minutes(client, 600)
    assert client.get("/").status_code == 200
    settings.MEIBO_IDLE_MINUTES = 700
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("address", ["/list.csv", "/list.xlsx"])
def test_taking_the_list_out_asks_for_a_fresh_proof(
    client: Client, settings: Settings, address: str
) -> None:
    settings.MEIBO_REAUTH_MINUTES = 30
    settings.MEIBO_IDLE_MINUTES = 0
    opened()
    sign_in(client)
    client.post("/purpose/", {"purpose": "transfer"})
    assert client.get(address).status_code == 200
    pass_minutes(client, 31)
    assert client.get("/list").status_code == 200
    assert client.get(address).headers["Location"].startswith(AGAIN)
    assert prove(client, address) == address
    assert client.get(address).status_code == 200


def test_a_session_that_proves_nothing_is_not_recent(client: Client, settings: Settings) -> None:
    settings.MEIBO_REAUTH_MINUTES = 30
    client.force_login(opened())
    assert client.get("/list.csv").status_code == 302


def test_the_list_of_devices_tells_this_one_and_the_others() -> None:
    opened()
    here, there = Client(headers={"User-Agent": EDGE}), Client(headers={"User-Agent": IPHONE})
    sign_in(here)
    sign_in(there)
    page = here.get(SESSIONS).content.decode()
    assert page.index("Windows の Edge") < page.index("この端末") < page.index("iPhone の Safari")


def test_another_device_is_signed_out_from_here() -> None:
    opened()
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    rows = here.get(SESSIONS).context["rows"]
    other = next(session for session, _, current in rows if not current)
    here.post(SESSIONS, {"session": other.pk})
    assert there.get("/").headers["Location"].startswith("/account/login/")
    assert here.get("/").status_code == 200
    assert acts("session") == ["session"]


def test_all_others_are_signed_out_at_once() -> None:
    opened()
    clients = [Client() for _ in range(4)]
    for client in clients:
        sign_in(client)
    clients[0].post(SESSIONS, {})
    assert [is_alive(client) for client in clients] == [True, False, False, False]


def is_alive(client: Client) -> bool:
    return SessionStore(client.session.session_key).get("_auth_user_id") is not None


def test_nobody_ends_the_session_of_somebody_else() -> None:
    opened()
    opened("t.taro")
    mine, theirs = Client(), Client()
    sign_in(mine)
    sign_in(theirs, "t.taro")
    rows = theirs.get(SESSIONS).context["rows"]
    mine.post(SESSIONS, {"session": rows[0][0].pk})
    assert theirs.get("/").status_code == 200


def test_changing_the_password_is_in_the_log_and_ends_the_other_sessions() -> None:
    opened()
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    new = "haru-no-hi-no-asa-hayaku"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post("/account/password/change/", sent)
    assert acts("account") == ["account"]
    assert there.get("/").headers["Location"].startswith("/account/login/")
    assert here.get("/").status_code == 200


def test_a_request_through_a_socket_file_signs_in_too() -> None:
    opened()
    assert sign_in(Client(REMOTE_ADDR="")).status_code == 302


def test_a_device_seen_now_is_told_so(client: Client) -> None:
    opened()
    sign_in(client)
    pass_minutes(client, 5)
    before = moment()
    client.get("/")
    seen = client.get(SESSIONS).context["rows"][0][0].last_seen_at
    assert before - timedelta(seconds=1) <= seen


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (EDGE, "Windows の Edge"),
        (IPHONE, "iPhone の Safari"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Linux の Firefox",
        ),
        ("curl/8.0", "そのほかの端末"),
        ("", "そのほかの端末"),
    ],
)
def test_a_browser_is_called_by_the_name_its_owner_knows(agent: str, name: str) -> None:
    assert device(agent) == name


def test_a_session_ends_with_the_working_day_however_busy_it_was(
    client: Client, settings: Settings
) -> None:
    opened()
    sign_in(client)
    assert client.get("/").status_code == 200
    session = client.session
    session[BEGAN] = moment().timestamp() - settings.SESSION_COOKIE_AGE - 1
    session[SEEN] = moment().timestamp()
    session.save()
    assert client.get("/list").headers["Location"].startswith("/account/login/")
    assert not is_signed_in(client)


def test_a_session_that_was_opened_again_has_another_key(client: Client) -> None:
    opened()
    sign_in(client)
    client.get("/")
    before = client.session.session_key
    pass_minutes(client, 16)
    assert client.get("/list").headers["Location"].startswith(AGAIN)
    prove(client, "/list")
    assert client.get("/list").status_code == 200
    after = client.session.session_key
    assert after != before
    assert client.get(SESSIONS).status_code == 200
    assert UserSession.objects.filter(session_key=after).exists()


def test_who_has_no_password_is_told_so_and_not_sent_astray(client: Client) -> None:
    account = opened()
    account.set_unusable_password()
    account.save()
    client.force_login(account)
    page = client.get("/account/password/change/", follow=True)
    assert page.status_code == 200
    assert "パスワードがありません" in page.content.decode()
