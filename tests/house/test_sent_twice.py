"""Forms that make something, sent twice by a browser without JavaScript, make it once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meibo.apps.exchange.queries.feeds import feeds
from meibo.apps.papers.models import Certificate, OwnForm
from meibo.apps.personnel.models import ConductRecord, Deputy, FeedDraft, Intake
from meibo.ledger.models import FilingLine, Plan, PlanLine
from meibo.platform.jobs.models import Job
from meibo.platform.once.guard import FIELD, SAID
from meibo.platform.proposals.models import Proposal
from tests.apps.directory.conftest import SignIn, _built, signed_in, ward
from tests.apps.directory.ward import TODAY, Ward

__all__ = ["_built", "signed_in", "ward"]

DAY = TODAY.isoformat()
CLERK = ("給与係", "060")


@dataclass(frozen=True, slots=True)
class Made:
    """A form on a page: where it is sent, what is written in it, and what it makes. NUMBER in the
    addresses is a plan's, PERSON a person's; `staff_no` in the words, their staff number."""

    page: str
    made: Any
    values: dict[str, str] = field(default_factory=dict)
    action: str = ""
    file: Callable[[], SimpleUploadedFile] | None = None
    file_name: str = "file"


def sheet() -> SimpleUploadedFile:
    return SimpleUploadedFile("職員.csv", "職員番号,氏名\r\n0000001,見本\r\n".encode())


FORMS = {
    "在職証明書": Made("/papers/certificates", Certificate, {"staff_no": "", "purpose": "保育園"}),
    "私の帳票": Made("/papers/own/save?q=係長", OwnForm, {"title": "係長の表"}),
    "帳票をまとめて作る": Made(
        "/papers/forms/jirei?bulk=1", Job, {"from": DAY}, "/papers/forms/jirei/ask"
    ),
    "給与への送出": Made("/exchange/deliveries", Job, {"mode": "full", "on": DAY}),
    "給与との照合": Made("/exchange/reconciliations", Job, {"on": DAY}, file=sheet),
    "自分の記録の申出": Made(
        "/exchange/own", Proposal, {"field": "kana", "value": "みほん いち", "on": DAY}
    ),
    "異動案": Made("/personnel/plans/", Plan, {"title": "案", "day": DAY}, "/personnel/plans/new"),
    "案の行": Made(
        "/personnel/plans/NUMBER/lines/new", PlanLine, {"person": "0000011", "effective": DAY}, " "
    ),
    "案に貼った表": Made(
        "/personnel/plans/NUMBER/",
        PlanLine,
        {"text": "職員番号\t備考\n0000011\t一\n0000012\t二"},
        "/personnel/plans/NUMBER/paste",
    ),
    "代決者": Made("/decisions/deputies", Deputy, {"who": "another", "starts": DAY, "last": DAY}),
    "処分の記録": Made(
        "/personnel/conduct/people/PERSON",
        ConductRecord,
        {"kind": "discipline:admonition", "day": DAY, "reason": "見本"},
        "/personnel/conduct/people/PERSON/enter",
    ),
    "非公開の申出": Made(
        "/personnel/protections/PERSON",
        FilingLine,
        {"level": "2", "reason": "stalking", "last": "2027-09-30"},
        "/personnel/protections/PERSON/grant",
    ),
    "夫婦・親族": Made(
        "/personnel/plans/kin",
        FilingLine,
        {"first": "0000011", "second": "0000012", "relation": "夫婦"},
    ),
    "抜けていた発令": Made(
        "/personnel/corrections/PERSON/late",
        Plan,
        {"kind": "late", "day": DAY, "unit": "収納係", "wording": "配置換", "deed": "plan"},
        "#found-title",
    ),
    "取込のファイル": Made(
        "/personnel/intake", Intake, {}, "/personnel/intake/upload", sheet, "files"
    ),
    "取込定義": Made(
        "/personnel/feeds",
        FeedDraft,
        {"key": "mihon", "name": "見本"},
        "/personnel/feeds/new",
        sheet,
        "files",
    ),
}


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    signed_in("", duties=()).logout()  # an account beside: t.nobody
    return signed_in(*CLERK, ("hr", "payroll", "conduct"))


def _form(client: Client, page: str, action: str) -> dict[str, str]:
    """What a browser sends of a form besides what is typed: its hidden fields, its choices."""
    html = client.get(page, follow=True).content.decode()
    forms = re.findall(r"<form\b([^>]*)>(.*?)</form>", html, re.DOTALL)
    wanted = [body for tag, body in forms if "post" in tag and FIELD in body and action in tag]
    assert wanted, f"no form of {page} holds a token"
    inputs = re.findall(r"<input\b([^>]*)>", wanted[0])
    told = [dict(re.findall(r'(\w+)="([^"]*)"', each)) for each in inputs]
    hidden = {i["name"]: unescape(i.get("value", "")) for i in told if i.get("type") == "hidden"}
    hidden.pop("csrfmiddlewaretoken", None)
    return hidden


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_sent_twice_makes_one_thing(clerk: Client, ward: Ward, form: Made) -> None:
    person = ward.first("税務係", "060")
    words = dict(form.values)
    if "staff_no" in words:
        words["staff_no"] = f"{int(person[1:]):07}"
    if "who" in words:
        words["who"] = "t.nobody"
    if form.page.startswith("/exchange") and "field" not in words:
        words["feed"] = feeds()[0].key
    number = ""
    if "NUMBER" in form.page:
        begun = clerk.post("/personnel/plans/new", {"title": "案", "day": DAY})
        number = re.findall(r"\d+", begun["Location"])[0]

    def there(text: str) -> str:
        return text.replace("NUMBER", number).replace("PERSON", person)

    page, action = there(form.page), there(form.action)
    sent = _form(clerk, page, action.strip()) | words
    address = page if not action.startswith("/") else action
    if words.get("deed"):  # first looked at, then asked for
        looked = clerk.post(address, sent | {"deed": "see"}).content.decode()
        sent |= dict(re.findall(r'name="(seen|once)" value="([^"]+)"', looked))
    before = form.made.objects.count()

    def send() -> Any:
        files = {form.file_name: form.file()} if form.file else {}
        return clerk.post(address, {**sent, **files})

    first = send()
    assert first.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", first.content.decode())[:3000]
    made = form.made.objects.count()
    assert made > before
    again = send()
    assert again["Location"] == first["Location"]
    assert form.made.objects.count() == made
    assert SAID in clerk.get(again["Location"], follow=True).content.decode()
