"""取込 through the pages: from choosing files to the report, and everything that may go wrong."""

import io
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meibo.apps.personnel.actions.deliveries import acts, files
from meibo.apps.personnel.models import Intake, OpenFinding
from meibo.ledger import ties
from meibo.ledger.models import BookLine, FilingLine
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.models import AuditRecord
from meibo.platform.jobs.actions import work_all
from meibo.platform.jobs.models import Job
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward
from tests.apps.personnel.deliveries import NOW, package, rows

MASTER = "職員マスタ_20261101"
Package = dict[str, bytes]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEIBO_DATA = tmp_path


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


@pytest.fixture
def second(signed_in: SignIn) -> Client:
    return signed_in("人事係", "050", ("hr",))


def spoilt() -> Package:
    """The small package with a bad date of birth and an unknown unit in its first two rows."""
    table = rows(f"{MASTER}.csv")
    head = table[0]
    table[1][head.index("生年月日")] = "3580230"
    table[2][head.index("所属CD")] = "99999990"
    return package(**{MASTER: table})


def upload(client: Client, contents: Package) -> int:
    """Send files; the number of the intake that came of it."""
    sent = [SimpleUploadedFile(name, data) for name, data in contents.items()]
    answer = client.post("/personnel/intake/upload", {"files": sent})
    assert answer.status_code == 302, re.findall(r"notice-error.*?</p>", answer.content.decode())
    return int(answer["Location"].rsplit("/", 1)[1])


def press(client: Client, number: int, act: str, version: int | None = None, **more: str) -> str:
    """Press a button of an intake's page as it is now; what the page says after the work."""
    if version is None:
        version = Intake.objects.get(pk=number).version
    sent = {"version": version, **more}
    answer = client.post(f"/personnel/intake/{number}/{act}", sent, follow=True)
    work_all(lambda: NOW)
    return answer.content.decode()


def page(client: Client, number: int, path: str = "") -> str:
    return client.get(f"/personnel/intake/{number}{path}").content.decode()


def checked(client: Client, contents: Package | None = None) -> int:
    number = upload(client, spoilt() if contents is None else contents)
    press(client, number, "check")
    assert Job.objects.latest("pk").words.startswith("確かめました"), Job.objects.latest("pk").words
    return number


def finding(number: int, code: str) -> OpenFinding:
    return OpenFinding.objects.get(intake=number, code=code)


def settle(client: Client, found: OpenFinding, way: str, **more: str) -> str:
    sent = {"finding": f"{found.pk}:{found.version}", "way": way, "intake": found.intake, **more}
    return client.post("/personnel/findings/settle", sent, follow=True).content.decode()


def test_a_package_goes_from_the_file_chooser_to_the_report(clerk: Client) -> None:
    number = upload(clerk, spoilt())
    told = page(clerk, number)
    assert "「人事給与パッケージA」の仕様で読みます" in told
    assert "CP932（シフトJIS）" in told
    assert "列が39のうち39あります" in told
    before = BookLine.objects.count(), FilingLine.objects.count()
    press(clerk, number, "check")
    assert (BookLine.objects.count(), FilingLine.objects.count()) == before
    told = page(clerk, number)
    assert "取り込むと、こうなります" in told
    press(clerk, number, "load", sure="1")
    assert Intake.objects.get(pk=number).state == Intake.LOADED
    assert BookLine.objects.count() > before[0]
    report = page(clerk, number, "/report")
    assert "取込の報告" in report
    assert f"第{number}号" in clerk.get("/personnel/intake").content.decode()


def test_the_counts_of_every_file_sum(clerk: Client) -> None:
    number = checked(clerk)
    finding_of_unit = finding(number, "unit-unknown")
    settle(clerk, finding_of_unit, "leave_out")
    press(clerk, number, "check")
    report = Intake.objects.get(pk=number).report
    parts = ("changes", "unchanged", "looked_up", "refused", "left_out")
    for line in report["files"]:
        assert line["read"] == sum(line[part] for part in parts), line
    master = next(line for line in report["files"] if line["file"] == f"{MASTER}.csv")
    assert master["read"] == len(rows(f"{MASTER}.csv")) - 1
    assert master["left_out"] == 1


def test_loading_the_same_again_changes_nothing(clerk: Client) -> None:
    number = checked(clerk)
    press(clerk, number, "load", sure="1")
    lines = BookLine.objects.count(), FilingLine.objects.count()
    again = checked(clerk)
    assert Intake.objects.get(pk=again).report["kinds"] == {}
    assert "変わることはありません" in page(clerk, again)
    press(clerk, again, "load", sure="1")
    assert (BookLine.objects.count(), FilingLine.objects.count()) == lines


def test_differences_are_shown_person_by_person_before_and_after(clerk: Client) -> None:
    press(clerk, checked(clerk, package()), "load", sure="1")
    table = rows("職員マスタ_20270401.csv")
    table[1][table[0].index("ﾒｰﾙ")] = "t.harada@city.shiomi.tokyo.example"
    number = checked(clerk, package(職員マスタ_20270401=table))
    listed = page(clerk, number, "/changes?kind=contact")
    assert "t.harada@city" in listed
    assert Intake.objects.get(pk=number).report["kinds"] == {"contact": {"changes": 1, "people": 1}}
    person = re.search(rf"/personnel/intake/{number}/changes/(p\w+)", listed)
    assert person is not None
    opened = page(clerk, number, f"/changes/{person[1]}")
    assert re.search(r"<del>toshiko-harada2@\S+</del> → <ins>t\.harada@\S+</ins>", opened)
    noted = AuditRecord.objects.filter(act="feed", detail__contains="intake look").latest("no")
    assert {s.person for s in noted.subjects.all()} == {person[1]}
    assert "harada" not in noted.detail


def test_a_confirmed_finding_stays_confirmed_at_the_next_load(clerk: Client) -> None:
    number = checked(clerk)
    found = finding(number, "bad-date")
    assert "確認済み" in settle(clerk, found, "accept", note="本人に確認")
    press(clerk, number, "load", sure="1")
    again = checked(clerk)
    press(clerk, again, "load", sure="1")
    found.refresh_from_db()
    assert (found.way, found.note, found.intake) == ("accept", "本人に確認", again)
    # Under another file name it is confirmed as well: the same thing of the same person.
    contents = spoilt()
    contents["職員マスタ_20261102.csv"] = contents.pop(f"{MASTER}.csv")
    later = checked(clerk, contents)
    renamed = OpenFinding.objects.get(file="職員マスタ_20261102.csv", code="bad-date")
    assert (renamed.way, renamed.note, renamed.intake) == ("accept", "本人に確認", later)


def test_a_corrected_value_is_read_instead_for_this_file_only(clerk: Client) -> None:
    number = checked(clerk)
    found = finding(number, "bad-date")
    settle(clerk, found, "correct", value="3580228")
    assert "もう一度確かめ" in page(clerk, number)
    refused = press(clerk, number, "load", sure="1")
    assert "もう一度「確かめる」から始めてください" in refused
    press(clerk, number, "check")
    assert not OpenFinding.objects.filter(intake=number, code="bad-date", way="").exists()
    press(clerk, number, "load", sure="1")
    person = ties.person_numbered(found.staff_no)
    assert FilingLine.objects.filter(subject=person, field="birth_date").exists()
    # The same file again: it still holds. Another content: it waits again.
    same = checked(clerk)
    found.refresh_from_db()
    assert (found.way, Intake.objects.get(pk=same).report["kinds"]) == ("correct", {})
    press(clerk, same, "discard")
    table = rows(f"{MASTER}.csv")
    table[1][table[0].index("生年月日")] = "3580230"
    checked(clerk, package(**{MASTER: table}))
    found.refresh_from_db()
    assert found.way == ""


def test_a_correction_that_does_not_help_is_taken_back(clerk: Client) -> None:
    number = checked(clerk)
    settle(clerk, finding(number, "bad-date"), "correct", value="3580231")
    press(clerk, number, "check")
    found = finding(number, "bad-date")
    assert (found.way, found.value) == ("", "3580230")
    assert "もう一度確かめ" in page(clerk, number)


def test_findings_are_settled_in_bulk_and_undone(clerk: Client) -> None:
    number = checked(clerk)
    open_ones = OpenFinding.objects.filter(intake=number, way="").exclude(severity="normalised")
    count = open_ones.count()
    assert count >= 2
    sent = {"intake": number, "all": "1", "count": count, "way": "asked", "state": "waiting"}
    told = clerk.post("/personnel/findings/settle", sent, follow=True).content.decode()
    assert f"{count}件を「人事給与側に確かめている」で片付けました" in told
    assert open_ones.count() == 0
    some = OpenFinding.objects.filter(intake=number, way="asked").first()
    assert some is not None
    assert some.settled_by
    undo = {"finding": f"{some.pk}:{some.version}", "intake": number}
    clerk.post("/personnel/findings/undo", undo)
    some.refresh_from_db()
    assert (some.way, some.settled, some.settled_by) == ("", None, "")


def test_all_of_a_filter_is_refused_when_the_number_has_changed(clerk: Client) -> None:
    number = checked(clerk)
    sent = {"intake": number, "all": "1", "count": 1, "way": "accept"}
    told = clerk.post("/personnel/findings/settle", sent, follow=True).content.decode()
    assert "件数が変わりました" in told
    assert not OpenFinding.objects.filter(way="accept").exists()


def test_the_second_to_settle_a_finding_is_told(clerk: Client, second: Client) -> None:
    found = finding(checked(clerk), "bad-date")
    settle(second, found, "accept")
    told = settle(clerk, found, "asked")
    assert "あなたが見ている間に" in told
    found.refresh_from_db()
    assert found.way == "accept"


def test_values_of_what_is_loaded_can_no_longer_be_corrected(clerk: Client) -> None:
    number = checked(clerk)
    press(clerk, number, "load", sure="1")
    found = finding(number, "bad-date")
    assert "取り込む前だけできます" in settle(clerk, found, "correct", value="3580228")
    assert "値を直す" not in page(clerk, number, "/findings").split('name="way"')[1]
    assert "人事給与側に確かめている" in settle(clerk, found, "asked")


def test_what_the_next_load_no_longer_finds_is_told_as_gone(clerk: Client) -> None:
    press(clerk, checked(clerk), "load", sure="1")
    press(clerk, checked(clerk, package()), "load", sure="1")
    assert OpenFinding.objects.get(code="bad-date", record=1).way == "gone"


def test_a_stale_preview_is_not_loaded(clerk: Client, ward: Ward) -> None:
    number = checked(clerk)
    someone = ward.first("税務係", "060")
    filing = NewFiling(someone, "extension", "7123", NOW.date(), NOW)
    append(Batch(filings=[filing]), actor="test", now=NOW)
    lines = BookLine.objects.count()
    assert "もう一度確かめ" in page(clerk, number)
    told = press(clerk, number, "load", sure="1")
    assert "何も取り込んでいません" in told
    assert BookLine.objects.count() == lines
    press(clerk, number, "check")
    press(clerk, number, "load", sure="1")
    assert Intake.objects.get(pk=number).state == Intake.LOADED


def test_books_that_change_between_asking_and_loading_stop_the_load(
    clerk: Client, ward: Ward
) -> None:
    number = checked(clerk)
    version = Intake.objects.get(pk=number).version
    clerk.post(f"/personnel/intake/{number}/load", {"version": version, "sure": "1"})
    filing = NewFiling(ward.first("税務係", "060"), "extension", "7124", NOW.date(), NOW)
    append(Batch(filings=[filing]), actor="test", now=NOW)
    lines = BookLine.objects.count()
    work_all(lambda: NOW)
    job = Job.objects.latest("pk")
    assert (job.state, "何も取り込んでいません" in job.words) == (Job.FAILED, True)
    assert (BookLine.objects.count(), Intake.objects.get(pk=number).state) == (lines, "checked")


def test_of_two_people_at_once_the_second_is_told(clerk: Client, second: Client) -> None:
    number = checked(clerk)
    seen = Intake.objects.get(pk=number).version
    second.post(f"/personnel/intake/{number}/load", {"version": seen, "sure": "1"})
    told = clerk.post(f"/personnel/intake/{number}/discard", {"version": seen}, follow=True)
    assert "仕事が動いています" in told.content.decode()
    work_all(lambda: NOW)
    assert Intake.objects.get(pk=number).state == Intake.LOADED
    told = clerk.post(
        f"/personnel/intake/{number}/load", {"version": seen, "sure": "1"}, follow=True
    )
    assert "もう終わっています" in told.content.decode()


def test_a_button_of_an_old_page_changes_nothing(clerk: Client, second: Client) -> None:
    number = upload(clerk, spoilt())
    press(second, number, "remove", name="分掌表.csv")
    told = press(clerk, number, "remove", version=0, name="職種コード表.csv")
    assert "あなたが見ている間に" in told
    assert "職種コード表.csv" in dict(files.names(number))


def test_loading_before_looking_is_refused(clerk: Client) -> None:
    number = upload(clerk, spoilt())
    assert "まだ確かめていません" in press(clerk, number, "load", sure="1")
    number = checked(clerk)
    assert "印を付けて" in press(clerk, number, "load")
    assert not BookLine.objects.filter(source__startswith="人事給与パッケージA").exists()


def test_files_that_do_not_fit_are_refused_with_words(clerk: Client) -> None:
    cases = {
        "職員.pdf": (b"%PDF-1.7", "取り込める種類ではありません"),
        "壊れた.zip": (b"PK\x03\x04 and no more", "ZIP として開けません"),
        "名簿.zip": (zipped({"中.docx": b"x"}), "取り込める種類ではありません"),
        "二つ.zip": (
            zipped({"a/x.csv": b"1", "b/x.csv": b"2"}),
            "という名前のファイルがもうあります",
        ),
        "爆弾.zip": (zipped({"x.csv": b"0" * (64 << 20)}), "展開すると大きすぎる"),
    }
    for name, (data, words) in cases.items():
        sent = {"files": [SimpleUploadedFile(name, data)]}
        answer = clerk.post("/personnel/intake/upload", sent)
        assert (answer.status_code, words in answer.content.decode()) == (422, True), name
    assert clerk.post("/personnel/intake/upload").status_code == 422
    assert not Intake.objects.exists()
    assert not list((files.folder(0).parent).glob("[1-9]*"))


def zipped(contents: Package) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", compression=8) as packed:
        for name, data in contents.items():
            packed.writestr(name, data)
    return out.getvalue()


def test_a_zip_is_unpacked_and_its_folders_forgotten(clerk: Client) -> None:
    data = zipped({f"../../送付/{name}": data for name, data in spoilt().items()})
    number = upload(clerk, {"一式.zip": data})
    assert Intake.objects.get(pk=number).definition == "package-a"
    assert f"{MASTER}.csv" in dict(files.names(number))
    assert not list(files.folder(number).parents[2].glob("送付"))


def test_files_lie_for_their_owner_alone_and_go_when_it_is_done(clerk: Client) -> None:
    number = checked(clerk)
    place = files.folder(number)
    assert {p.stat().st_mode & 0o077 for p in place.rglob("*")} == {0}
    press(clerk, number, "load", sure="1")
    assert not place.exists()
    dropped = upload(clerk, spoilt())
    press(clerk, dropped, "discard")
    assert not (place.parent / str(dropped)).exists()


def test_what_nobody_touches_for_a_fortnight_goes(clerk: Client) -> None:
    number = checked(clerk)
    touched = Intake.objects.get(pk=number).touched
    acts.expire(now=touched + timedelta(days=13))
    assert Intake.objects.get(pk=number).state == Intake.CHECKED
    acts.expire(now=touched + timedelta(days=15))
    assert Intake.objects.get(pk=number).state == Intake.DISCARDED
    assert not OpenFinding.objects.filter(intake=number, way="").exists()
    assert not (files.folder(0).parent / str(number)).exists()


def test_a_file_that_is_none_of_the_definition_is_said_to_be_left_unread(clerk: Client) -> None:
    number = upload(clerk, spoilt() | {"メモ.csv": b"a,b\r\n1,2\r\n"})
    assert "この仕様に、この名前のファイルはありません" in page(clerk, number)
    alone = upload(clerk, {"メモ.csv": b"a,b\r\n1,2\r\n"})
    assert "どの取込定義にも合いませんでした" in page(clerk, alone)
    assert "決まっていません" in press(clerk, alone, "check")


def test_a_workbook_in_a_csv_coat_is_told_as_such(clerk: Client) -> None:
    number = upload(clerk, spoilt() | {"分掌表.csv": zipped({"xl/workbook.xml": b"<x/>"})})
    assert "中身が CSV でなく Excel ブック" in page(clerk, number)
    press(clerk, number, "check")
    assert finding(number, "file-unreadable").file == "分掌表.csv"


def test_a_my_number_is_neither_taken_nor_shown(clerk: Client) -> None:
    table = rows(f"{MASTER}.csv")
    table[1][table[0].index("備考")] = "123456789018"
    number = checked(clerk, package(**{MASTER: table}))
    found = finding(number, "my-number")
    assert "123456789018" not in page(clerk, number, "/findings")
    assert "値を直せません" in settle(clerk, found, "correct", value="")
    other = OpenFinding.objects.filter(intake=number).exclude(pk=found.pk).first()
    assert other is None or "書けません" in settle(clerk, other, "accept", note="123456789018")
    press(clerk, number, "load", sure="1")
    assert not (files.folder(0).parent / str(number)).exists()


def test_the_report_is_a_sheet_and_a_file_with_the_same_sums(clerk: Client) -> None:
    number = checked(clerk)
    press(clerk, number, "load", sure="1")
    pdf = clerk.get(f"/personnel/intake/{number}/report.pdf")
    assert pdf.content.startswith(b"%PDF")
    text = clerk.get(f"/personnel/intake/{number}/report.csv").content.decode("utf-8-sig")
    line = next(row for row in text.splitlines() if row.startswith("計,"))
    read, *parts = (int(cell) for cell in line.split(",")[1:])
    assert read == sum(parts)
    assert read == sum(len(rows(name)) - 1 for name in package())


def test_the_list_for_the_supplier_says_where_and_what(clerk: Client) -> None:
    number = checked(clerk)
    text = clerk.get(f"/personnel/intake/{number}/findings.csv").content.decode("utf-8-sig")
    assert f"{MASTER}.csv,1,生年月日" in text
    assert "3580230" in text


def test_the_list_of_findings_is_filtered(clerk: Client) -> None:
    number = checked(clerk)
    shown = page(clerk, number, "/findings?code=bad-date")
    assert "3580230" in shown
    assert "99999990" not in shown.split('name="finding"', 1)[1]
    nothing = page(clerk, number, "/findings?text=zzz")
    assert "待っている指摘はありません" in nothing


def test_every_step_is_in_the_audit_log_without_values(clerk: Client) -> None:
    number = checked(clerk)
    settle(clerk, finding(number, "bad-date"), "accept", note="秘密のメモ")
    press(clerk, number, "load", sure="1")
    noted = list(AuditRecord.objects.filter(act="feed").values_list("detail", flat=True))
    assert [json.loads(each)["what"] for each in noted] == [
        "intake begin",
        "intake check",
        "intake settle",
        "intake load",
    ]
    assert "3580230" not in "".join(noted)
    assert "秘密のメモ" not in "".join(noted)


def test_only_personnel_comes_near(signed_in: SignIn, clerk: Client) -> None:
    number = checked(clerk)
    other = signed_in("法規係", "050", ("payroll",))
    for path in ("intake", f"intake/{number}", f"intake/{number}/changes", "findings", "feeds"):
        assert other.get(f"/personnel/{path}").status_code == 403
    asked = signed_in("人事係", "050", ("hr",), purpose="").get(f"/personnel/intake/{number}")
    assert asked.status_code == 302
