"""A feed definition is made and tried in the browser."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meibo.apps.personnel.models import FeedDraft, Intake
from meibo.platform.feeds import library
from tests.apps.directory.conftest import SignIn

SAMPLE = (
    "令和8年11月1日現在\r\n"
    "職員番号,氏名,フリガナ,生年月日,性別,所属,職名,採用年月日,好きな色\r\n"
    "1000012,山田　太郎,ヤマダ　タロウ,昭和58年12月3日,男,税務課,主事,2010/4/1,青\r\n"
    "1000020,佐藤　花子,サトウ　ハナコ,平成2年2月30日,女,税務課,主事,2015/4/1,赤\r\n"
).encode("cp932")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEIBO_DATA = tmp_path


@pytest.fixture
def clerk(signed_in: SignIn) -> Client:
    return signed_in("人事係", "060", ("hr",))


def begin(clerk: Client, key: str = "waga-ku") -> FeedDraft:
    sent = {
        "key": key,
        "name": "わが区",
        "files": [SimpleUploadedFile("職員_20261101.csv", SAMPLE)],
    }
    answer = clerk.post("/personnel/feeds/new", sent)
    assert answer.status_code == 302, re.findall("notice-error.*?</p>", answer.content.decode())
    return FeedDraft.objects.get(key=key)


def press(clerk: Client, draft: FeedDraft, act: str, text: str | None = None) -> str:
    draft.refresh_from_db()
    sent = {"act": act, "text": draft.text if text is None else text, "version": draft.version}
    answer = clerk.post(f"/personnel/feeds/drafts/{draft.pk}", sent, follow=True)
    return answer.content.decode()


def test_a_definition_is_suggested_from_a_sample(clerk: Client) -> None:
    text = begin(clerk).text
    assert 'name = "職員_{base}.csv"' in text
    assert 'encoding = "cp932"' in text
    assert '"フリガナ" = "kana"' in text
    assert '"生年月日" = { field = "birth_date", dates = "wareki" }' in text
    assert '"採用年月日" = { field = "hired", dates = "slash" }' in text
    assert '"性別" = { field = "sex", values = { "女" = "F", "男" = "M" } }' in text
    assert 'ignore = ["好きな色"]' in text
    assert "digits = 7" in text


def test_the_suggestion_reads_its_own_sample(clerk: Client) -> None:
    told = press(clerk, begin(clerk), "try")
    assert "見本で試した結果" in told
    assert "1983-12-03" in told  # 昭和58年12月3日, as it was read
    assert "ヤマダ　タロウ" in told
    assert "平成2年2月30日" in told  # a finding: no such day


def test_a_mistake_is_told_with_its_line_and_what_to_do(clerk: Client) -> None:
    draft = begin(clerk)
    wrong = draft.text.replace('"フリガナ" = "kana"', '"フリガナ" = "yomi"')
    line = next(n for n, each in enumerate(wrong.splitlines(), 1) if "yomi" in each)
    told = press(clerk, draft, "check", wrong)
    assert f"<strong>{line}行目</strong>" in told
    assert "「yomi」という項目はありません。使えるもの" in told
    told = press(clerk, draft, "check", 'name = "a"\nages = [15, \n')
    assert "TOML として読めません" in told
    assert re.search(r"<strong>\d行目</strong>", told)


def test_what_is_no_definition_yet_cannot_be_saved(clerk: Client) -> None:
    draft = begin(clerk)
    assert "保存できません" in press(clerk, draft, "publish", 'name = "a"')
    assert library.find("waga-ku") is None


def test_a_saved_definition_recognises_the_next_delivery(clerk: Client, tmp_path: Path) -> None:
    draft = begin(clerk)
    number = draft.pk
    told = press(clerk, draft, "publish")
    assert "取込定義を保存しました" in told
    assert not (tmp_path / "feed-drafts" / str(number)).exists()
    known = library.find("waga-ku")
    assert known is not None
    assert (known.name, known.own) == ("わが区", True)
    assert known.path.is_relative_to(tmp_path)
    sent = {"files": [SimpleUploadedFile("職員_20261201.csv", SAMPLE)]}
    answer = clerk.post("/personnel/intake/upload", sent)
    made = Intake.objects.get(pk=int(answer["Location"].rsplit("/", 1)[1]))
    assert made.definition == "waga-ku"


def test_a_second_version_stands_beside_the_first(clerk: Client) -> None:
    press(clerk, begin(clerk), "publish")
    clerk.post("/personnel/feeds/new", {"copy": "waga-ku", "key": "waga-ku"})
    draft = FeedDraft.objects.get(key="waga-ku")
    press(clerk, draft, "publish", draft.text + "\n# 二版\n")
    first, second = reversed(library.versions("waga-ku"))
    assert "# 二版" not in first.read_text("utf-8")
    known = library.find("waga-ku")
    assert known is not None
    assert known.path == second
    shown = clerk.get(f"/personnel/feeds/waga-ku?version={first.stem}").content.decode()
    assert "# 二版" not in shown


def test_the_files_of_the_town_are_never_written(clerk: Client) -> None:
    answer = clerk.post("/personnel/feeds/new", {"copy": "package-a", "key": "package-a"})
    assert answer.status_code == 422
    assert "区の取込定義で使われています" in answer.content.decode()
    clerk.post("/personnel/feeds/new", {"copy": "package-a", "key": "copy-of-a"})
    draft = FeedDraft.objects.get(key="copy-of-a")
    assert "という名前の取込定義がもうあります" in press(clerk, draft, "publish")
    assert library.find("copy-of-a") is None


def test_a_key_that_leads_elsewhere_is_refused(clerk: Client) -> None:
    for key in ("../../etc", "", "Waga", "a" * 41, "区"):
        answer = clerk.post("/personnel/feeds/new", {"copy": "package-a", "key": key})
        assert answer.status_code == 422, key
    assert not FeedDraft.objects.exists()


def test_of_two_who_write_one_draft_the_second_sees_both(clerk: Client, signed_in: SignIn) -> None:
    second = signed_in("人事係", "050", ("hr",))
    draft = begin(clerk)
    press(second, draft, "check", draft.text + "# 二人目\n")
    sent = {"act": "check", "text": draft.text + "# 一人目\n", "version": 0}
    answer = clerk.post(f"/personnel/feeds/drafts/{draft.pk}", sent)
    told = answer.content.decode()
    assert (answer.status_code, "# 一人目" in told, "# 二人目" in told) == (409, True, True)
    draft.refresh_from_db()
    assert "# 一人目" not in draft.text


def test_orders_in_a_sample_bring_their_kinds_along(clerk: Client) -> None:
    rows = (
        "発令番号,職員番号,氏名,発令日,異動区分,新所属\r\n"
        "1,1000012,山田　太郎,20270401,配置換,税務課\r\n"
        "2,1000020,佐藤　花子,20270331,退職,\r\n"
    )
    sent = {
        "key": "orders",
        "name": "発令",
        "files": [SimpleUploadedFile("発令.csv", rows.encode())],
    }
    clerk.post("/personnel/feeds/new", sent)
    draft = FeedDraft.objects.get(key="orders")
    assert 'role = "orders"' in draft.text
    assert '[terms."退職"]\neffect = "leave"' in draft.text
    told = press(clerk, draft, "try")
    assert "2行のうち 2行を読み" in told
