"""Of which check the answers in a roster are, and into which check its ticks come back."""

from django.test import Client

from meibo.apps.safety.models import Check, OfflineFile
from tests.apps.directory.ward import Ward
from tests.apps.safety.test_offline import (
    begun,
    crisis,
    head,
    opened,
    set_up,
    shown,
    taken,
    ticked,
)

__all__ = ["crisis", "head"]
QUAKE = {"kind": "disaster", "title": "地震", "message": "安否を知らせてください。", "sure": "1"}


def quake(crisis: Client) -> Check:
    crisis.post("/safety/checks/new/drill", QUAKE)
    return Check.objects.get(kind="disaster")


def brought(client: Client, text: str) -> str:
    answer = client.post("/safety/offline/back", {"text": text})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_disaster_is_taken_along_though_a_drill_was_begun_after_it(
    ward: Ward, crisis: Client, head: Client
) -> None:
    disaster = quake(crisis)
    crisis.post("/safety/checks/new/drill", {**QUAKE, "kind": "drill", "title": "訓練"})
    assert Check.objects.latest("pk").kind == "drill"
    set_up(head)
    _, inside = opened(taken(head))
    assert inside["check"] == "地震"
    assert OfflineFile.objects.get().check_inside == disaster


def test_ticks_come_back_into_the_check_of_their_file_unless_there_is_a_disaster(
    ward: Ward, crisis: Client, head: Client
) -> None:
    drill = begun(crisis)
    set_up(head)
    header, _ = opened(taken(head))
    text = ticked(header, {ward.first("税務係", "060"): {"safe": header["made"] + 1}})
    crisis.post("/safety/checks/new/drill", {**QUAKE, "kind": "drill", "title": "次の訓練"})
    page = brought(head, text)
    assert f"「{drill.title}」" in page
    assert "戻す先は訓練です" in page
    quake(crisis)
    assert "「地震」" in brought(head, text)
    assert f"「{drill.title}」" in shown(head, drill, text)[1]  # who chooses is heard


def test_the_choice_tells_kind_title_and_day(ward: Ward, crisis: Client) -> None:
    check = begun(crisis)
    page = crisis.get("/safety/offline/back").content.decode()
    assert f"訓練：{check.title}（{check.started_at.year}年" in page
    assert "Check object" not in page
    assert "ファイルをつくったときの安否確認" in page


def test_without_a_check_it_is_asked_which_one(ward: Ward, head: Client) -> None:
    set_up(head)
    header, _ = opened(taken(head))
    answer = head.post("/safety/offline/back", {"text": ticked(header, {})})
    assert answer.status_code == 422
    assert "どの安否確認に戻すかを選んでください" in answer.content.decode()
