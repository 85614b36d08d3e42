"""Every command is in the audit log, with who it looked as and what for."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from tests.config.cli.conftest import Meibo


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MEIBO_DATA", tmp_path)


def last(act: Act) -> tuple[AuditRecord, dict[str, Any]]:
    record = AuditRecord.objects.filter(act=act).order_by("-no")[0]
    return record, json.loads(record.detail)


def test_a_command_is_noted_with_its_viewer_and_purpose(loaded: Meibo) -> None:
    loaded("roster", "--as", "tie:hr", "--purpose", "照会への回答", "--format", "json")
    record, detail = last(Act.COMMAND)
    assert (detail["command"], detail["viewer"]) == ("read roster", "tie:hr")
    assert record.purpose == "照会への回答"
    assert record.actor.startswith("command:")
    read, fields = last(Act.READ)
    assert "birth_date" in fields["fields"]
    assert read.subjects.count() > 1
    assert read.purpose == "照会への回答"


def test_what_somebody_looked_for_is_not_written_down(loaded: Meibo) -> None:
    loaded("search", "高橋", "--as", "tie:hr")
    assert not AuditRecord.objects.filter(detail__contains="高橋").exists()


def test_a_load_is_noted_once_with_everybody_it_wrote_about(loaded: Meibo) -> None:
    record, detail = last(Act.CHANGE)
    assert detail["page"] == "intake load"
    assert record.subjects.count() > 1
    assert AuditRecord.objects.filter(act=Act.CHANGE).count() == 1


def test_the_operators_view_can_be_switched_off(
    loaded: Meibo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MEIBO_COMMAND_AS", "off")
    said = loaded("roster", "--as", "tie:hr", "--format", "json")
    assert said.code == 1
    assert "MEIBO_COMMAND_AS" in json.loads(said.out)["error"]
    assert loaded("roster", "--format", "json").code == 0


def test_it_can_be_made_to_need_a_purpose(loaded: Meibo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MEIBO_COMMAND_AS", "purpose")
    assert loaded("roster", "--as", "tie:hr").code == 1
    assert loaded("roster", "--as", "tie:hr", "--purpose", "監査").code == 0


def test_the_log_is_checked_and_anchored_from_the_command_line(loaded: Meibo) -> None:
    said = loaded("audit", "verify", "--format", "json")
    assert json.loads(said.out)["whole"] is True
    anchor = json.loads(loaded("audit", "anchor", "--format", "json").out)
    assert AuditRecord.objects.get(no=anchor["no"]).chain == anchor["chain"]
