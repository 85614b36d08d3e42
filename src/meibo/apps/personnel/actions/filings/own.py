"""What a person does with a filing of their own: begin, write, send, withdraw, correct, confirm."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from meibo.apps.personnel.actions.filings.kinds import KINDS, day_of
from meibo.apps.personnel.actions.filings.licences import lacking
from meibo.apps.personnel.actions.filings.opening import (
    changed,
    changes_nothing,
    record_of,
    sealed_as,
    values_of,
)
from meibo.apps.personnel.actions.filings.rules import rules
from meibo.apps.personnel.models import Confirmation, OpenFiling
from meibo.ledger import documents, filed, joins
from meibo.ledger.vault import Vault
from meibo.platform.audit.actions import Actor, Entry, note
from meibo.platform.audit.acts import Act


class FilingError(ValueError):
    """It can't be done; the message says why."""


class StaleError(FilingError):
    """Somebody else was quicker; nothing was written."""


GONE = "この届は、開いている間にほかの画面で変わりました。今の内容を確かめてください。"


NOTHING = (
    "変わるところがありません。名簿の記録のままでよければ、届はいりません。"
    "変えるときは「直す」、やめるときは「この届をやめる」を押してください。"
)


def begin(person: str, kind: str, *, actor: Actor, now: datetime, today: date) -> OpenFiling:
    """Begin a filing, or go on with the one of this kind that was begun or returned."""
    if kind not in KINDS or kind not in rules():
        raise FilingError("この届は受け付けていません。")
    open_ones = OpenFiling.objects.filter(
        person__in=joins.members(person), kind=kind, state__in=OpenFiling.OPEN
    )
    held = open_ones.order_by("-changed_at").first()
    if held is not None:
        if held.state == OpenFiling.RETURNED:
            return again(held.pk, held.version, person=person, actor=actor, now=now)
        return held
    values = KINDS[kind].begun(record_of(person, KINDS[kind], today))
    return OpenFiling.objects.create(
        person=person, kind=kind, values=_sealed(person, kind, values), begun_at=now, changed_at=now
    )


def write(number: int, answers: Mapping[str, str], *, person: str, now: datetime) -> OpenFiling:
    """Keep the answers of one question; everything else stays."""
    with transaction.atomic():
        filing = _own(number, person)
        if filing.state != OpenFiling.DRAFT:
            raise StaleError(GONE)
        values = values_of(filing) | dict(answers)
        filing.values = _sealed(filing.person, filing.kind, values)
        return changed(filing, now)


def send(
    number: int, version: int, seen: int, *, person: str, actor: Actor, now: datetime, today: date
) -> OpenFiling:
    """Send it to whoever looks at it first. `seen`: the mark of the record in the last look."""
    with transaction.atomic():
        filing = _own(number, person, version)
        if filing.state != OpenFiling.DRAFT:
            raise StaleError(GONE)
        if filing.kind not in rules():
            raise FilingError("この届は、いま受け付けていません。")
        kind = KINDS[filing.kind]
        if lacking(("licence_level", "scan"), values_of(filing)):
            raise FilingError("級・種別か証書の写しが、まだ入っていません。")
        if filed.mark(filing.person, kind.fields) != seen:
            raise StaleError("開いている間に、名簿の記録が変わりました。もう一度確かめてください。")
        steps = rules()[filing.kind].steps
        filing.effective = day_of(values_of(filing), today)
        if changes_nothing(filing.person, kind, values_of(filing), filing.effective):
            raise FilingError(NOTHING)
        filing.route, filing.step, filing.seen = " ".join(steps), steps[0], seen
        filing.state, filing.sent_at, filing.reason = OpenFiling.SENT, now, ""
        noted("send", filing, actor, now)
        return changed(filing, now)


def withdraw(number: int, version: int, *, person: str, actor: Actor, now: datetime) -> None:
    """Take it back while it is open; a draft is simply gone. A scan that came with it was handed
    over for this filing alone, and goes in either case."""
    with transaction.atomic():
        filing = _own(number, person, version)
        if filing.state not in OpenFiling.OPEN:
            raise StaleError(GONE)
        if scan := documents.read(values_of(filing).get("scan", "")):
            transaction.on_commit(lambda: documents.take_down(scan))
        if filing.state == OpenFiling.DRAFT and filing.sent_at is None:
            filing.delete()
            return
        filing.state, filing.step = OpenFiling.WITHDRAWN, ""
        noted("withdraw", filing, actor, now)
        changed(filing, now)


def again(number: int, version: int, *, person: str, actor: Actor, now: datetime) -> OpenFiling:
    """Take up a filing that was returned, or one that waits, to correct it and send it again."""
    with transaction.atomic():
        filing = _own(number, person, version)
        if filing.state not in {OpenFiling.SENT, OpenFiling.RETURNED}:
            raise StaleError(GONE)
        filing.state, filing.step = OpenFiling.DRAFT, ""
        noted("correct", filing, actor, now)
        return changed(filing, now)


def confirm(person: str, marks: Mapping[str, int], *, actor: Actor, now: datetime) -> None:
    """Say that what was shown of these kinds is still right. `marks`: kind → mark of the record
    that was shown; raises StaleError where another value is there by now."""
    known = rules()
    if not marks or any(kind not in KINDS or not known[kind].confirm_days for kind in marks):
        raise FilingError("確かめる項目がありません。")
    if any(filed.mark(person, KINDS[kind].fields) != seen for kind, seen in marks.items()):
        raise StaleError("開いている間に、連絡先の記録が変わりました。もう一度確かめてください。")
    entry = Entry(Act.FILING, {"what": "confirm", "kind": " ".join(sorted(marks))}, [person])
    note(entry, actor=actor, now=now)
    for kind in marks:
        Confirmation.objects.update_or_create(person=person, kind=kind, defaults={"at": now})


def noted(what: str, filing: OpenFiling, actor: Actor, now: datetime) -> None:
    """Write down what is about to be done with a filing, without any of its values."""
    detail = {"what": what, "kind": filing.kind, "filing": filing.pk}
    note(Entry(Act.FILING, detail, [filing.person]), actor=actor, now=now)


def _own(number: int, person: str, version: int | None = None) -> OpenFiling:
    rows = OpenFiling.objects.select_for_update().filter(pk=number)
    found = rows.filter(person__in=joins.members(person)).first()
    if found is None or (version is not None and found.version != version):
        raise StaleError(GONE)
    return found


def _sealed(person: str, kind: str, values: Mapping[str, str]) -> str:
    vault = Vault()
    vault.prepare([person])
    return vault.seal(person, sealed_as(kind), json.dumps(dict(values), ensure_ascii=False))
