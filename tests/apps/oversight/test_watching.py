"""Whatever page shows more than colleagues see writes down to whom it showed what of whom."""

import json
from typing import Any

import pytest
from django.db import DatabaseError

from meibo.platform import watching
from meibo.platform.audit.acts import Act
from meibo.platform.audit.models import AuditRecord
from tests.apps.directory.conftest import SignIn
from tests.apps.directory.ward import Ward


def noted(act: Act) -> list[tuple[dict[str, Any], set[str]]]:
    """What was noted of one kind: details and people."""
    rows = AuditRecord.objects.filter(act=act)
    return [(json.loads(r.detail), {s.person for s in r.subjects.all()}) for r in rows]


def test_a_colleagues_card_is_nobodys_record(ward: Ward, signed_in: SignIn) -> None:
    assert signed_in().get(f"/people/{ward.first('戸籍係', '060')}").status_code == 200
    assert not AuditRecord.objects.exists()


def test_a_record_opened_by_personnel_is_noted_with_its_fields(
    ward: Ward, signed_in: SignIn
) -> None:
    person = ward.first("戸籍係", "060")
    assert signed_in("人事係", "060", ("hr",)).get(f"/people/{person}").status_code == 200
    [(detail, people)] = noted(Act.READ)
    assert people == {person}
    assert detail["page"] == "directory:person"
    assert {"grade", "hired", "orders"} <= set(detail["fields"])


def test_a_list_notes_those_whose_values_it_shows_and_only_then(
    ward: Ward, signed_in: SignIn
) -> None:
    client = signed_in("人事係", "060", ("hr",))
    client.get("/list?unit=02020000&col=name&col=post")
    assert not noted(Act.READ)
    client.get("/list.csv?unit=02020000&col=name&col=hired")
    [(detail, people)] = noted(Act.READ)
    assert detail["fields"] == ["hired"]
    [(export, nobody)] = noted(Act.EXPORT)
    assert export["count"] == len(people) > 1
    assert export["columns"] == ["氏名", "採用日"]
    assert not nobody


def test_what_is_refused_is_noted(ward: Ward, signed_in: SignIn) -> None:
    assert signed_in().get("/audit/").status_code == 403
    assert noted(Act.REFUSED) == [({"page": "oversight:log", "method": "GET"}, set())]


def test_a_change_is_noted_with_whom_it_is_about(ward: Ward, signed_in: SignIn) -> None:
    person = ward.first("税務係", "060")
    signed_in().post(f"/people/{person}/sharing", {"photo": "none", "skill": "all"})
    assert noted(Act.CHANGE) == [
        ({"page": "directory:share", "what": ["share_photo", "share_skill"]}, {person})
    ]


def test_what_cannot_be_noted_is_not_shown(
    ward: Ward, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_entries: object, **_more: object) -> None:
        raise DatabaseError("disk full")

    client = signed_in("人事係", "060", ("hr",))
    monkeypatch.setattr(watching, "note", full)
    answer = client.get(f"/people/{ward.first('戸籍係', '060')}")
    assert answer.status_code == 503
    assert "監査ログ" in answer.content.decode()
    assert "採用日" not in answer.content.decode()
