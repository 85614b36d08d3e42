"""The roster that is taken along: who gets it, with whom in it, and what comes back."""

import json
import re
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import LazySettings
from django.test import Client

from meibo.apps.safety.actions.forgetting import forget
from meibo.apps.safety.actions.offline import making, sealing
from meibo.apps.safety.actions.offline.holders import key_in_force
from meibo.apps.safety.models import Answer, Called, Check, OfflineFile, OfflineKey
from meibo.config.cli import main
from meibo.config.clock import now
from meibo.ledger.writer import Batch, NewFiling, append
from meibo.platform.audit.actions import Actor
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import FIRST, NOW, Ward

PASSWORD = "yama-no-oto-wo-kiku"
PHONE = "090-0000-7788"
DRILL = {"kind": "drill", "title": "訓練", "message": "これは訓練です。", "sure": "1"}


@pytest.fixture
def crisis(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("防災計画係", "060", ("crisis",), purpose="")


@pytest.fixture
def head(ward: Ward, signed_in: SignIn) -> Client:
    return signed_in("税務課", "030", purpose="")


def set_up(client: Client, password: str = PASSWORD) -> None:
    answer = client.post("/safety/offline/password", {"first": password, "second": password})
    assert answer.status_code == 302, answer.content.decode()


def opened(page: bytes, password: str = PASSWORD) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and content of a file, as a browser opens it."""
    text = page.decode()
    (rules,) = re.findall(r'Policy" content="([^"]+)"', text)
    (sealed,) = re.findall(r'text/plain">([^<]+)<', text)
    public, _, head, body = sealed.split(".")
    header = json.loads(sealing._bytes(head))
    key = sealing.key_of(password, bytes.fromhex(header["salt"]), header["rounds"])
    raw = sealing._bytes(body)
    bound = f"{rules}\n{head}\n{public}".encode()
    return header, json.loads(AESGCM(key).decrypt(raw[:12], raw[12:], bound))


def taken(client: Client) -> bytes:
    answer = client.post("/safety/offline/file")
    assert answer.status_code == 200
    return answer.content


def ticked(header: dict[str, Any], ticks: dict[str, Any], password: str = PASSWORD) -> str:
    """What the file gives out for these ticks."""
    key = sealing.key_of(password, bytes.fromhex(header["salt"]), header["rounds"])
    bound = f"meibo-ticks\n{header['id']}".encode()
    body = AESGCM(key).encrypt(b"0" * 12, json.dumps(ticks).encode(), bound)
    return f"MEIBO1.{header['id']}.{sealing._letters(b'0' * 12)}.{sealing._letters(body)}"


def test_a_head_takes_their_own_people_along_and_nobody_else(ward: Ward, head: Client) -> None:
    set_up(head)
    header, content = opened(taken(head))
    inside = {person["i"] for person in content["people"]}
    own = {ward.first("税務係", "060"), ward.first("課税第一係", "050")}
    assert own <= inside
    assert ward.first("防災計画係", "060") not in inside
    assert all(not person["c"] for person in content["people"])  # the table gives heads no contacts
    assert header["expires"] - header["made"] == 7 * 24 * 3600 * 1000
    record = AuditRecord.objects.filter(act="export").latest("no")
    assert inside == set(record.subjects.values_list("person", flat=True))


def test_crisis_management_takes_the_whole_house_along_with_contacts(
    ward: Ward, crisis: Client
) -> None:
    person = ward.first("税務係", "060")
    contacts = json.dumps([{"kind": "携帯", "value": PHONE}], ensure_ascii=False)
    append(
        Batch(filings=[NewFiling(person, "contacts", contacts, FIRST, NOW)]), actor="test", now=NOW
    )
    set_up(crisis)
    page = taken(crisis)
    assert PHONE.encode() not in page
    _, content = opened(page)
    (line,) = [each for each in content["people"] if each["i"] == person]
    assert line["c"] == [{"k": "携帯", "v": PHONE}]
    assert len(content["people"]) > 60


def test_the_file_knows_the_variants_of_the_letters_that_are_in_it(
    ward: Ward, crisis: Client
) -> None:
    person = ward.first("税務係", "060")
    append(Batch(filings=[NewFiling(person, "name", "齋藤　愛", FIRST, NOW)]), actor="t", now=NOW)
    set_up(crisis)
    _, content = opened(taken(crisis))
    (line,) = [each for each in content["people"] if each["i"] == person]
    assert "斎藤愛" in line["f"].split("\n")
    (own,) = [each for each in content["v"] if each[0] == "斎"]
    assert set("斉齊齋") <= set(own)
    inside = {letter for each in content["people"] for letter in each["f"]}
    assert all(each[0] in inside for each in content["v"])


def test_who_has_left_or_sits_elsewhere_by_then_is_in_no_file_of_the_night(
    ward: Ward, head: Client, tmp_path: Path
) -> None:
    """The file is made by the ties of its own moment, not by those of the password."""
    set_up(head)
    key = OfflineKey.objects.get()
    _, page = making.make(key, actor=Actor("test"), now=NOW)
    later = NOW.replace(year=2030)
    _, then = making.make(key, actor=Actor("test"), now=later)
    inside, after = ({person["i"] for person in opened(each)[1]["people"]} for each in (page, then))
    assert inside != after


def test_others_take_nothing_along(ward: Ward, signed_in: SignIn) -> None:
    other = signed_in("税務係", "060")
    assert other.get("/safety/offline").status_code == 403
    assert other.post("/safety/offline/file").status_code == 403
    assert other.post("/safety/offline/paper").status_code == 403
    assert other.get("/safety/offline/back").status_code == 403


@pytest.mark.parametrize(
    ("first", "second"), [("short", "short"), (PASSWORD, PASSWORD + "x"), ("1" * 14, "1" * 14)]
)
def test_a_weak_or_mistyped_password_is_refused(head: Client, first: str, second: str) -> None:
    answer = head.post("/safety/offline/password", {"first": first, "second": second})
    assert answer.status_code == 422
    assert not OfflineKey.objects.exists()


def test_the_password_is_kept_nowhere_and_another_one_opens_nothing(head: Client) -> None:
    set_up(head)
    page = taken(head)
    key = OfflineKey.objects.get()
    assert PASSWORD not in json.dumps([key.salt, key.sealed])
    with pytest.raises(InvalidTag):
        opened(page, PASSWORD + "x")


def test_without_a_password_there_is_no_file(head: Client) -> None:
    answer = head.post("/safety/offline/file")
    assert answer.status_code == 302
    assert not OfflineFile.objects.exists()


def test_each_night_every_holder_gets_one_file_and_who_left_none(
    ward: Ward, head: Client, tmp_path: Path, settings: LazySettings
) -> None:
    settings.MEIBO_OFFLINE_DIR = tmp_path / "offline"
    set_up(head)
    key = OfflineKey.objects.get()
    day = NOW.replace(hour=0)  # nine in Tokyo
    stray = tmp_path / "offline" / "meibo-offline-gone-1.html"
    stray.parent.mkdir()
    stray.write_text("old")
    assert making.make_due(now=day.replace(day=22, hour=16)) == 0  # one at night
    assert making.make_due(now=day) == 1
    assert making.make_due(now=day + timedelta(minutes=5)) == 0
    path = tmp_path / "offline" / making.name_of(key)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert opened(path.read_bytes())[1]["people"]
    head.post("/safety/offline/stop")
    assert making.make_all(path.parent, actor=Actor("test"), now=day) == (0, 1)


def begun(crisis: Client) -> Check:
    crisis.post("/safety/checks/new/drill", DRILL)
    return Check.objects.get()


def shown(client: Client, check: Check, text: str, **more: str) -> tuple[int, str]:
    values = {"check_asked": check.pk, "text": text, **more}
    answer = client.post("/safety/offline/back", values)
    return answer.status_code, answer.content.decode()


def mark(page: str) -> str:
    (found,) = re.findall(r'name="mark" value="(\w+)"', page)
    return str(found)


def test_what_was_ticked_off_is_shown_then_written_once(
    ward: Ward, crisis: Client, head: Client
) -> None:
    check = begun(crisis)
    set_up(head)
    header, _ = opened(taken(head))
    own, other = ward.first("税務係", "060"), ward.first("防災計画係", "060")
    at = header["made"] + 1
    text = ticked(header, {own: {"safe": at, "arrived": at}, other: {"safe": at}})
    status, page = shown(head, check, text)
    assert (status, Answer.objects.count()) == (200, 0)
    assert ward.names[own].split()[0] in page
    assert "2件を書き込みます" in page
    assert ward.names[other].split()[-1] not in page or "対象でない職員" in page
    status, _ = shown(head, check, text, mark=mark(page))
    assert status == 302
    called = Called.objects.get(check_asked=check, person=own)
    assert (called.status, called.arrived_at is not None) == ("safe", True)
    answer = Answer.objects.get()
    assert answer.by.startswith("t.")
    assert "0件を書き込みます" in shown(head, check, text)[1]


def test_an_answer_between_the_look_and_the_deed_is_not_overwritten(
    ward: Ward, crisis: Client, head: Client
) -> None:
    check = begun(crisis)
    set_up(head)
    header, _ = opened(taken(head))
    own = ward.first("税務係", "060")
    text = ticked(header, {own: {"safe": header["made"] + 1}})
    _, page = shown(head, check, text)
    later = now() + timedelta(minutes=1)
    Called.objects.filter(check_asked=check, person=own).update(status="hurt", answered_at=later)
    status, again = shown(head, check, text, mark=mark(page))
    assert status == 409
    assert "軽傷" in again
    assert not Answer.objects.exists()


def test_a_tick_makes_a_graver_answer_safe_only_where_somebody_says_so(
    ward: Ward, crisis: Client, head: Client
) -> None:
    check = begun(crisis)
    set_up(head)
    header, _ = opened(taken(head))
    own = ward.first("税務係", "060")
    called = Called.objects.filter(check_asked=check, person=own)
    called.update(status="grave", answered_at=now() - timedelta(hours=1))
    text = ticked(header, {own: {"safe": header["made"] + 1, "arrived": header["made"] + 1}})
    _, page = shown(head, check, text)
    assert "1件を書き込みます" in page
    assert "けが・救助の記録を「無事」に変えることになる印が、1件あります" in page
    assert "「重傷」を「無事」に変える" in page
    assert f'type="checkbox" name="soften" value="{own}">' in page  # not ticked beforehand
    assert shown(head, check, text, mark=mark(page))[0] == 302
    assert (called.get().status, called.get().arrived_at is not None) == ("grave", True)
    _, page = shown(head, check, text)
    assert shown(head, check, text, mark=mark(page), soften=own)[0] == 302
    assert called.get().status == "safe"
    assert Answer.objects.count() == 1


def test_a_changed_byte_in_what_comes_back_is_refused(crisis: Client, head: Client) -> None:
    check = begun(crisis)
    set_up(head)
    header, _ = opened(taken(head))
    text = ticked(header, {})
    for wrong in (text[:-2] + ("A" if text[-2] != "A" else "B") + text[-1], text[:-9], "MEIBO1.x"):
        status, page = shown(head, check, wrong)
        assert status == 422
        assert any(words in page for words in ("中身を開けません", "書き出したものではありません"))
    other = text.replace(header["id"], "0" * 32)
    status, page = shown(head, check, other)
    assert status == 422
    assert "この名簿がつくった" in page


def test_what_was_ticked_under_an_old_password_still_comes_back(
    crisis: Client, head: Client, ward: Ward
) -> None:
    check = begun(crisis)
    set_up(head)
    header, _ = opened(taken(head))
    set_up(head, PASSWORD + "-2")
    held = key_in_force(OfflineKey.objects.all()[0].person)
    assert held is not None
    assert held.pk == OfflineKey.objects.last().pk  # type: ignore[union-attr]  # there are two
    own = ward.first("税務係", "060")
    text = ticked(header, {own: {"safe": header["made"]}})
    assert "1件を書き込みます" in shown(head, check, text)[1]


def test_the_command_makes_what_the_night_makes(
    head: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(head)
    with pytest.raises(SystemExit) as ended:
        main(["safety", "offline", "--to", str(tmp_path / "out")])
    assert ended.value.code in (0, None)
    (path,) = (tmp_path / "out").iterdir()
    assert opened(path.read_bytes())[1]["people"]
    assert "1人分" in capsys.readouterr().err


def test_with_the_record_of_a_person_their_key_goes(ward: Ward, head: Client) -> None:
    set_up(head)
    taken(head)
    forget(ward.first("税務課", "030"), None)
    assert not OfflineKey.objects.exists()
    assert not OfflineFile.objects.exists()


def test_a_folder_that_cannot_be_written_stops_no_worker_and_notes_nothing(
    head: Client, tmp_path: Path, settings: LazySettings
) -> None:
    settings.MEIBO_OFFLINE_DIR = tmp_path / "file"
    settings.MEIBO_OFFLINE_DIR.write_text("no folder")
    set_up(head)
    assert making.make_due(now=NOW) == 0
    assert not OfflineFile.objects.exists()
