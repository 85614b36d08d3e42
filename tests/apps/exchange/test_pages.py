"""The pages of the exchange, as personnel, payroll and a colleague meet them."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meibo.apps.exchange.actions import uploads
from meibo.apps.exchange.models import Delivery, Difference, Run
from meibo.domain.disclosure import Viewer
from meibo.ledger import policy, reader
from meibo.ledger.policy import Approval
from meibo.platform.jobs.actions import work_all
from meibo.platform.jobs.models import Job
from meibo.platform.proposals.models import Proposal
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import NOW, TODAY, Ward

HR = Viewer(frozenset({"hr"}), TODAY)
PAGES = ("ownership", "proposals", "deliveries", "reconciliations")


@pytest.fixture
def payroll(signed_in: SignIn) -> Client:
    return signed_in("給与係", "060", ("payroll",))


@pytest.fixture
def personnel(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


def clock() -> datetime:
    return NOW


def text(client: Client, address: str) -> str:
    answer = client.get(f"/exchange/{address}", follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def make(client: Client, mode: str = "full", form: str = "") -> Job:
    """Ask for a delivery on the page, and let it be made."""
    values = {"feed": "payroll-link", "mode": mode, "on": TODAY.isoformat(), "form": form}
    assert client.post("/exchange/deliveries", values).status_code == 302
    work_all(clock)
    return Job.objects.latest("pk")


def taken(client: Client) -> bytes:
    """The newest delivery's file."""
    number = Delivery.objects.latest("pk").number
    answer = client.get(f"/exchange/deliveries/{number}/file")
    assert answer.status_code == 200
    return bytes(answer.content)


def compare(client: Client, data: bytes, name: str = "給与連携_20261123.csv") -> Job:
    file = SimpleUploadedFile(name, data)
    values = {"feed": "payroll-link", "on": TODAY.isoformat(), "file": file}
    assert client.post("/exchange/reconciliations", values).status_code == 302
    work_all(clock)
    return Job.objects.latest("pk")


@pytest.mark.parametrize("page", PAGES)
def test_a_colleague_has_no_business_here(ward: Ward, signed_in: SignIn, page: str) -> None:
    assert signed_in("税務係", "060").get(f"/exchange/{page}").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_payroll_and_personnel_come_in_after_saying_what_for(
    ward: Ward, signed_in: SignIn, payroll: Client, page: str
) -> None:
    assert "<h1>" in text(payroll, page)
    unasked = signed_in("人事係", "052", ("hr",), purpose="")
    answer = unasked.get(f"/exchange/{page}")
    assert (answer.status_code, answer.headers["Location"].startswith("/purpose/")) == (302, True)


def test_a_delivery_is_made_on_the_page_and_taken_as_a_file(ward: Ward, payroll: Client) -> None:
    job = make(payroll)
    assert (job.state, job.address) == (Job.DONE, "/exchange/deliveries/1")
    shown = text(payroll, "deliveries/1")
    assert "まだ返事がない" in shown
    assert taken(payroll) == taken(payroll)
    assert "まだ渡していません" not in text(payroll, "deliveries/1")
    payroll.post("/exchange/deliveries/1/accept")
    assert Delivery.objects.get().state == Delivery.ACCEPTED
    nothing = make(payroll, "difference")
    assert (nothing.state, "変わったところはありません" in nothing.words) == (Job.FAILED, True)


def test_a_delivery_goes_to_nobody_who_may_not_see_all_that_is_in_it(
    ward: Ward, payroll: Client, personnel: Client
) -> None:
    make(payroll)
    table = (Path(settings.MEIBO_TOWN) / "disclosure.csv").read_text(encoding="utf-8-sig")
    closed = re.sub(r"^(step,(?:[^,]*,){7})v", r"\1", table, flags=re.M)
    assert closed != table
    policy.approve(Approval(closed, TODAY, "", "a", NOW, "b"), now=NOW, today=TODAY)
    answer = personnel.get("/exchange/deliveries/1/file", follow=True)
    assert "見せない項目が入っているので、渡せません" in answer.content.decode()
    assert "（号給）" in answer.content.decode()
    assert taken(payroll).startswith('"職員番号"'.encode("cp932"))


def test_an_acknowledgement_is_read_on_the_page(ward: Ward, payroll: Client) -> None:
    make(payroll)
    data = "送出番号,職員番号,結果,理由\r\n1,0000053,9,番号なし\r\n".encode("cp932")
    answer = payroll.post(
        "/exchange/deliveries/answer", {"file": SimpleUploadedFile("a.csv", data)}, follow=True
    )
    shown = answer.content.decode()
    assert "番号なし" in shown
    assert "一部だけ受け取られた" in shown


def test_the_page_of_a_reconciliation_shows_what_differs_and_why(
    ward: Ward, payroll: Client
) -> None:
    make(payroll)
    payroll.post("/exchange/deliveries/1/accept")
    data = taken(payroll).decode("cp932").replace("2053", "2035").encode("cp932")
    job = compare(payroll, data)
    run = Run.objects.get()
    assert job.address == f"/exchange/reconciliations/{run.pk}"
    shown = text(payroll, f"reconciliations/{run.pk}")
    assert "2035" in shown
    assert "打ち間違いらしい" in shown
    narrowed = text(payroll, f"reconciliations/{run.pk}?cause=ahead")
    assert "2035" not in narrowed
    assert "99.9" in text(payroll, "reconciliations")


def test_the_list_of_differences_leaves_as_csv_and_as_a_workbook(
    ward: Ward, payroll: Client
) -> None:
    make(payroll)
    compare(payroll, taken(payroll).decode("cp932").replace("2053", "2035").encode("cp932"))
    run = Run.objects.get()
    rows = payroll.get(f"/exchange/reconciliations/{run.pk}/list.csv").content.decode("utf-8-sig")
    assert rows.splitlines()[1].split(",")[4:6] == ["2053", "2035"]
    book = payroll.get(f"/exchange/reconciliations/{run.pk}/list.xlsx")
    assert bytes(book.content).startswith(b"PK")


def test_a_difference_is_explained_and_a_stale_save_is_refused(ward: Ward, payroll: Client) -> None:
    make(payroll)
    compare(payroll, taken(payroll).decode("cp932").replace("2053", "2035").encode("cp932"))
    row = Difference.objects.get()
    address = f"/exchange/reconciliations/{row.run_id}/explain"
    values = {"pick": row.pk, f"version-{row.pk}": 0, "note": "給与係が直す", "deed": "explain"}
    assert "給与係が直す" in payroll.post(address, values, follow=True).content.decode()
    row.refresh_from_db()
    assert row.explained_at is not None
    assert "給与係" not in row.note  # sealed
    stale = payroll.post(address, {**values, "note": "ちがう"}, follow=True).content.decode()
    assert "ほかの人が説明を書きました" in stale
    assert "給与係が直す" in stale
    undone = {**values, f"version-{row.pk}": 1, "deed": "undo", "note": ""}
    payroll.post(address, undone)
    row.refresh_from_db()
    assert row.explained_at is None


def test_what_was_sent_lies_sealed_and_is_gone_when_read(ward: Ward, payroll: Client) -> None:
    token = uploads.keep("秘密".encode(), now=NOW)
    assert uploads.read(token) == "秘密".encode()
    folder = uploads._folder()
    assert "秘密".encode() not in (folder / f"{token}.sealed").read_bytes()
    uploads.drop(token)
    make(payroll)
    compare(payroll, taken(payroll))
    assert list(folder.glob("*.sealed")) == []


def test_a_person_asks_personnel_accepts_and_takes_it_back(
    ward: Ward, signed_in: SignIn, personnel: Client
) -> None:
    person = ward.first("税務係", "060")
    own = signed_in("税務係", "060")
    values = {
        "field": "kana",
        "value": "ほんとう　のよみ",
        "on": "2022-04-01",
        "why": "戸籍のとおり",
    }
    assert "申し出ました" in own.post("/exchange/own", values, follow=True).content.decode()
    (row,) = Proposal.objects.all()
    assert "ホントウ　ノヨミ" not in row.proposed  # sealed
    address = f"/exchange/proposals/{row.pk}"
    shown = text(personnel, "proposals")
    assert "ホントウ" in shown
    personnel.post(address, {"version": 0, "deed": "accept"})
    card = reader.card(HR, person, on=TODAY)
    assert card is not None
    assert card["kana"] == "ホントウ　ノヨミ"
    stale = personnel.post(address, {"version": 0, "deed": "undo"}, follow=True)
    assert "ほかの人が決めました" in stale.content.decode()
    personnel.post(address, {"version": 1, "deed": "undo"})
    card = reader.card(HR, person, on=TODAY)
    assert card is not None
    assert card["kana"] != "ホントウ　ノヨミ"
    row.refresh_from_db()
    assert row.state == Proposal.OPEN


def test_a_refusal_needs_a_reason_and_the_person_reads_it(
    ward: Ward, signed_in: SignIn, personnel: Client
) -> None:
    own = signed_in("税務係", "060")
    values = {"field": "birth_date", "value": "平成2年5月6日", "on": "2022-04-01", "why": ""}
    own.post("/exchange/own", values)
    (row,) = Proposal.objects.all()
    address = f"/exchange/proposals/{row.pk}"
    personnel.post(address, {"version": 0, "deed": "refuse", "reason": " "})
    row.refresh_from_db()
    assert row.state == Proposal.OPEN
    personnel.post(address, {"version": 0, "deed": "refuse", "reason": "戸籍と違います"})
    shown = own.get("/exchange/own").content.decode()
    assert "戸籍と違います" in shown
    assert "1990-05-06" in shown


def test_payroll_does_not_decide_for_personnel(
    ward: Ward, signed_in: SignIn, payroll: Client
) -> None:
    values = {"field": "kana", "value": "ホントウ　ノヨミ", "on": "2022-04-01", "why": ""}
    signed_in("税務係", "060").post("/exchange/own", values)
    (row,) = Proposal.objects.all()
    answer = payroll.post(f"/exchange/proposals/{row.pk}", {"version": 0, "deed": "accept"})
    assert answer.status_code == 403


def test_a_number_that_may_be_a_my_number_is_refused(ward: Ward, signed_in: SignIn) -> None:
    values = {"field": "name", "value": "123456789018", "on": "2022-04-01", "why": ""}
    answer = signed_in("税務係", "060").post("/exchange/own", values)
    assert answer.status_code == 422
    assert not Proposal.objects.exists()


def test_a_cut_off_acknowledgement_is_asked_about_before_it_counts(
    ward: Ward, payroll: Client
) -> None:
    make(payroll)
    delivery = Delivery.objects.get()
    number, rest = delivery.rows.values_list("staff_no", flat=True)[0], delivery.rows.count() - 1
    data = f"送出番号,職員番号,結果,理由\r\n1,{number},0,\r\n".encode("cp932")
    address = "/exchange/deliveries/answer"
    asked = payroll.post(address, {"file": SimpleUploadedFile("a.csv", data)})
    shown = asked.content.decode()
    assert (asked.status_code, "まだ何も記録していません" in shown) == (422, True)
    delivery.refresh_from_db()
    assert delivery.state == Delivery.MADE
    (kept,) = re.findall(r'name="kept" value="([0-9a-f]{32})"', shown)
    told = payroll.post(address, {"kept": kept, "rest": str(rest)}, follow=True).content.decode()
    assert f"なかった行 {rest}。" in told
    delivery.refresh_from_db()
    assert delivery.state == Delivery.ACCEPTED
    again = payroll.post(address, {"kept": kept, "rest": str(rest)}, follow=True)
    assert "受領ファイルが残っていません" in again.content.decode()
    payroll.post(address, {"kept": "../../secret", "rest": "1"}, follow=True)


def test_a_second_answer_is_told_as_such(ward: Ward, payroll: Client) -> None:
    make(payroll)
    payroll.post("/exchange/deliveries/1/accept")
    data = "送出番号,職員番号,結果,理由\r\n1,0000053,9,番号なし\r\n".encode("cp932")
    answer = payroll.post(
        "/exchange/deliveries/answer", {"file": SimpleUploadedFile("a.csv", data)}, follow=True
    )
    assert "にも返事が記録されています" in answer.content.decode()


def test_what_cannot_be_read_is_on_the_page_and_in_the_file(ward: Ward, payroll: Client) -> None:
    make(payroll)
    whole = taken(payroll).decode("cp932")
    number = f"{int(ward.first('税務係', '060')[1:]):07}"
    lines = whole.splitlines()
    (place,) = [at for at, line in enumerate(lines) if line.startswith(f'"{number}"')]
    lines[place] = lines[place].replace(',"060",', ',"999",', 1)
    lines[-1] = lines[-1].replace(f'"{len(lines) - 2}"', '"7"', 1)
    job = compare(payroll, "".join(f"{line}\r\n" for line in lines).encode("cp932"))
    assert "確かめること" in job.words
    run = Run.objects.get()
    shown = text(payroll, f"reconciliations/{run.pk}")
    assert "読めない値" in shown
    assert ">999<" in shown
    assert "件数（7）" in shown
    assert "100.00" not in shown
    rows = payroll.get(f"/exchange/reconciliations/{run.pk}/list.csv").content.decode("utf-8-sig")
    _, note, line = rows.splitlines()
    assert "件数（7）" in note
    assert line.split(",")[2:6:3] == ["読めない値", "999"]
