"""Nothing that somebody can type, leave out or send twice breaks a page of the safety check."""

from collections.abc import Mapping
from urllib.parse import quote

import pytest
from django.test import Client

from meibo.apps.safety.actions.starting import Wanted, close, start
from meibo.apps.safety.models import Bulletin, Called, Check, DisasterPlan, PlannedDrill, Staffing
from meibo.apps.safety.queries.targets import Target
from meibo.config.clock import now
from meibo.platform.audit.actions import Actor
from meibo.platform.emergency.models import Kind
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward

ACTOR = Actor("test")
LONG = "長" * 5_000
HUGE = "9" * 30
ODD = ("", " ", "²", "-1", "0", HUGE, LONG, "'\"<b>", "\u0000", "１２")

READ = (
    *("checks?set={}", "checks/{check}?unit={}", "checks/{check}/people?sort=none&page={}"),
    *(
        "checks/{check}/people?unit={}",
        "checks/{check}/people?place={}",
        "muster?weekday={}&hour=3",
    ),
    *("muster?weekday=1&hour={}", "checks/{check}/desk?q={}", "organisation/{plan}?place={}"),
    *(
        "organisation/{plan}?place=D01&q={}",
        "answers?q={}",
        "checks/new/{}",
        "checks/new/quake?set={}",
    ),
    "checks/{check}/people?sort={}",
)
SENT: Mapping[str, tuple[str, ...]] = {
    "questions/1": ("version", "start"),
    "checks/{check}/desk": ("called", "scanned", "undo"),
    "checks/{check}/bulletins": ("text",),
    "checks/{check}/staffing": ("called", "task", "all", "release", "seen"),
    "checks/new/quake": (
        "title",
        "message",
        "kind",
        "units",
        "groups",
        "need",
        "minutes",
        "then",
        "set",
    ),
    "organisation": ("title", "starts"),
    "organisation/{plan}": ("version", "person", "place", "role", "approve", "replaces"),
    "drills": ("title", "message", "day", "time", "units", "groups", "posts", "skills", "areas"),
    "drills/1/cancel": ("version",),
    "drills/series/1": ("version", "pause", "resume"),
    "events/open": ("kind", "title", "purpose", "hours"),
    "events/prolong": ("hours", "reason"),
    "events/close": ("x",),
    "offline/password": ("first", "second"),
    "offline/back": ("check_asked", "text", "mark", "soften"),
    "answers/{called}": ("status", "comes", "hours", "family", "way", "place", "words"),
    "bulletins/{bulletin}/read": ("x",),
    "ways/arrived/1": ("x",),
}
FINE = {200, 302, 400, 403, 404, 405, 409, 422}


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


@pytest.fixture
def numbers(crisis: Client, ward: Ward) -> dict[str, int]:
    check = begun(ward)
    called = check.called.first()
    assert called is not None
    plan = DisasterPlan.objects.create(
        title="案", starts=now().date(), drafted_by="x", drafted_at=now()
    )
    PlannedDrill.objects.create(title="t", message="m", at=now(), planned_by="x", planned_at=now())
    told = Bulletin.objects.create(check_asked=check, at=now(), by="x", text="指示")
    return {"check": check.pk, "called": called.pk, "plan": plan.pk, "bulletin": told.pk}


def begun(ward: Ward) -> Check:
    target = Target(units=(ward.codes["税務課"],))
    return start(Wanted(Kind.DRILL, "訓練", "訓練です。", target), actor=ACTOR, now=now())


@pytest.mark.parametrize("path", READ)
def test_odd_words_in_an_address_break_no_page(
    crisis: Client, numbers: dict[str, int], path: str
) -> None:
    for odd in ODD:
        at, _, query = path.partition("?")
        if "{}" in at:
            at = at.replace("{}", quote(odd, safe=""))
        answer = crisis.get(f"/safety/{at.format(**numbers)}?{asked(query, odd, numbers)}")
        assert answer.status_code in FINE, (path, odd[:9], answer.status_code)


def asked(query: str, odd: str, numbers: dict[str, int]) -> str:
    return query.replace("{}", quote(odd)).format(**numbers)


@pytest.mark.parametrize("path", SENT)
def test_odd_words_in_a_form_break_no_page(
    crisis: Client, numbers: dict[str, int], path: str
) -> None:
    address = "/safety/" + path.format(**numbers)
    assert crisis.post(address, {}).status_code in FINE
    for odd in ODD:
        for name in SENT[path]:
            one = crisis.post(address, {name: odd})
            assert one.status_code in FINE, (path, name, odd[:9], one.status_code)
        every = crisis.post(address, dict.fromkeys(SENT[path], odd))
        assert every.status_code in FINE, (path, odd[:9], every.status_code)


@pytest.mark.parametrize(
    "path",
    ["checks/{}", "checks/{}/people", "checks/{}/desk", "checks/{}/report", "organisation/{}"],
)
def test_a_number_that_nothing_has_is_not_there(crisis: Client, path: str) -> None:
    for number in ("0", "77777", HUGE):
        assert crisis.get(f"/safety/{path.format(number)}").status_code == 404


def ended(ward: Ward) -> Check:
    """A check whose links are over."""
    check = begun(ward)
    close(check, actor=ACTOR, now=now())
    Check.objects.filter(pk=check.pk).update(until=now())
    return check


def test_of_a_check_that_is_over_nothing_is_changed_any_more(crisis: Client, ward: Ward) -> None:
    check = ended(ward)
    called = check.called.first()
    assert called is not None
    path = f"/safety/checks/{check.pk}"
    said = crisis.post(f"{path}/desk", {"called": str(called.pk)}, follow=True).content.decode()
    assert "もう終わった安否確認です" in said
    Called.objects.filter(pk=called.pk).update(arrived_at=now())
    crisis.post(f"{path}/staffing", {"called": str(called.pk), "task": "職員の安否の確認"})
    assert not Staffing.objects.exists()
    said = crisis.post(f"{path}/bulletins", {"text": "集まれ"}).content.decode()
    assert "もう終わった安否確認です" in said
    assert not Bulletin.objects.exists()
    for name in ("desk", "staffing", "bulletins"):
        page = crisis.get(f"{path}/{name}").content.decode()
        assert "もう終わった安否確認です" in page
        assert page.count('method="post"') == 1, name  # signing out, and nothing else


def test_who_ends_a_check_a_second_time_is_told_that_it_was_ended(
    crisis: Client, ward: Ward
) -> None:
    check = begun(ward)
    path = f"/safety/checks/{check.pk}/close"
    assert "終わりにしました" in crisis.post(path, {"sure": "1"}, follow=True).content.decode()
    first = Check.objects.get(pk=check.pk).closed_at
    assert "もう終わっています" in crisis.post(path, follow=True).content.decode()
    assert Check.objects.get(pk=check.pk).closed_at == first


def test_the_form_of_a_start_that_was_sent_twice_starts_once(crisis: Client, ward: Ward) -> None:
    """Two taps on a slow line are one start."""
    given = {"kind": "drill", "title": "訓練", "message": "訓練です。"}
    look = crisis.post("/safety/checks/new/drill", given)
    (once,) = {value for name, value in look.context["given"] if name == "once"}
    for _ in range(2):
        answer = crisis.post("/safety/checks/new/drill", {**given, "once": once, "sure": "1"})
        assert answer.status_code == 302
        assert answer["Location"] == f"/safety/checks/{Check.objects.get().pk}"
