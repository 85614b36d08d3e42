"""Settling findings, one by one or many at once, and taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meibo.apps.personnel.actions.deliveries.acts import IntakeError, is_busy
from meibo.apps.personnel.actions.intake.findings import (
    ACCEPT,
    AMENDING,
    CORRECT,
    GONE,
    LEAVE_OUT,
    reopen,
)
from meibo.apps.personnel.models import Intake, OpenFinding
from meibo.domain.findings import MASK
from meibo.domain.names import find_my_numbers
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act

ASKED = "asked"
WAYS: Mapping[str, str] = {
    ACCEPT: "確認済み（このままでよい）",
    LEAVE_OUT: "この行を取り込まない",
    CORRECT: "この取込に限り、値を直す",
    ASKED: "人事給与側に確かめている",
    GONE: "次の取込でなくなった",
}
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Settlement:
    """How something is settled. `value`: what the cell reads instead."""

    way: str
    note: str = ""
    value: str = ""


def settle(seen: Mapping[int, int], settlement: Settlement, *, actor: Actor, now: datetime) -> int:
    """Settle findings: number → the version that was seen of each. All of them or none.

    Raises IntakeError where somebody was faster, or where this way does not fit one of them.
    """
    _check(seen, settlement)
    with transaction.atomic():
        found = _held(seen)
        for each in found:
            _fits(each, settlement)
        _note("intake settle", found, actor, now, way=f"finding {settlement.way}")
        contents = dict(
            Intake.objects.filter(pk__in={o.intake for o in found}).values_list("pk", "digests")
        )
        for each in found:
            each.way, each.note = settlement.way, settlement.note
            each.settled, each.settled_by = now, actor.name
            each.correction = settlement.value if settlement.way == CORRECT else ""
            amends = settlement.way in AMENDING
            each.digest = contents.get(each.intake, {}).get(each.file, "") if amends else ""
            each.version += 1
        _save(found)
    return len(found)


def undo(seen: Mapping[int, int], *, actor: Actor, now: datetime) -> int:
    """Let findings wait again."""
    if not seen:
        raise IntakeError("指摘が選ばれていません。左の四角に印を付けてください。")
    with transaction.atomic():
        found = [each for each in _held(seen) if each.way]
        for each in found:
            if each.way in AMENDING and not _is_open(each.intake):
                raise IntakeError(
                    "取り込みの終わったファイルの「直した値」「除いた行」は戻せません。"
                    "発令・届出か、次の取込で直してください。"
                )
        _note("intake unsettle", found, actor, now)
        for each in found:
            reopen(each)
        _save(found)
    return len(found)


def _check(seen: Mapping[int, int], settlement: Settlement) -> None:
    if not seen:
        raise IntakeError("指摘が選ばれていません。左の四角に印を付けてください。")
    if settlement.way not in WAYS or settlement.way == GONE:
        raise IntakeError("片付け方を選んでください。")
    if len(settlement.note) > LONGEST or len(settlement.value) > LONGEST:
        raise IntakeError(f"メモと直す値は、それぞれ{LONGEST}字までにしてください。")
    if settlement.way == CORRECT and len(seen) > 1 and not settlement.value:
        raise IntakeError("まとめて空にはできません。一件ずつ直してください。")
    if find_my_numbers(settlement.value) or find_my_numbers(settlement.note):
        raise IntakeError("個人番号（マイナンバー）は書けません。")


def _fits(finding: OpenFinding, settlement: Settlement) -> None:
    """Whether a finding can be settled this way."""
    if settlement.way in AMENDING:
        if not _is_open(finding.intake):
            raise IntakeError(
                "もう取り込んだファイルの指摘があります。値を直す・行を除くは、取り込む前だけできます。"
                "今からは、発令・届出で直して「確認済み」にしてください。"
            )
        if not finding.record:
            raise IntakeError("ファイル全体の指摘は、値を直したり行を除いたりできません。")
    if settlement.way == CORRECT and (not finding.column or finding.value == MASK):
        raise IntakeError(
            "行全体の指摘と個人番号の指摘は、値を直せません。行を除くか、ファイルを直してください。"
        )


def _is_open(intake: int) -> bool:
    return Intake.objects.filter(pk=intake, state__in=[Intake.OPEN, Intake.CHECKED]).exists()


def _held(seen: Mapping[int, int]) -> list[OpenFinding]:
    """The findings in the versions that were seen, locked."""
    found = list(OpenFinding.objects.select_for_update().filter(pk__in=seen).order_by("pk"))
    if len(found) < len(seen):
        raise IntakeError("もうない指摘が含まれています。一覧を開き直してください。")
    for each in found:
        if each.version != seen[each.pk]:
            who = each.settled_by or "ほかの人"
            raise IntakeError(
                f"あなたが見ている間に、{who} さんが同じ指摘を片付けました。"
                "いまの様子を表示しています。何も変えていません。"
            )
    for intake in Intake.objects.filter(pk__in={each.intake for each in found}):
        if intake.state in {Intake.OPEN, Intake.CHECKED} and is_busy(intake):
            raise IntakeError("この取込の仕事が動いています。終わってからもう一度試してください。")
    return found


def _note(what: str, found: list[OpenFinding], actor: Actor, now: datetime, **more: object) -> None:
    codes = sorted({each.code for each in found})
    detail = {"what": what, "findings": len(found), "codes": codes[:10], **more}
    note(Entry(Act.FEED, detail), actor=actor, now=now)


def _save(found: list[OpenFinding]) -> None:
    fields = ["way", "note", "settled", "settled_by", "correction", "digest", "version"]
    OpenFinding.objects.bulk_update(found, fields, batch_size=200)
