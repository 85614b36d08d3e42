"""自由項目 in a master: columns that the definition calls `free.KEY`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from meibo.apps.personnel.actions.intake.desk import Desk, midnight
from meibo.domain import free_fields
from meibo.domain.calendar import day_in_japan
from meibo.domain.findings import Severity
from meibo.domain.free_fields import FieldError, FreeField
from meibo.platform.feeds import Record
from meibo.platform.feeds.definition.fields import FREE


def file_free(desk: Desk, record: Record, person: str, fields: Mapping[str, FreeField]) -> None:
    """File what is new in the town's own fields. A cell with nothing in it says nothing: the value
    may have been written here, and only here."""
    base = record.base or day_in_japan(desk.now)
    for name, given in _free(record.values):
        field = fields.get(free_fields.PREFIX + name.removeprefix(FREE))
        if field is None:
            _unknown(desk, record, name)
            continue
        try:
            filed = free_fields.read(field, _text(given))
        except FieldError as error:
            _unread(desk, record, name, field, str(error), given)
            continue
        if filed is not None and desk.value(person, field.name, base) != filed:
            desk.file(person, field.name, filed, base, min(midnight(base), desk.now))


def _free(values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return [(name, given) for name, given in values.items() if name.startswith(FREE)]


def _text(given: Any) -> str:
    """A cell as text, whatever the definition made of it."""
    if given is None:
        return ""
    if isinstance(given, bool):
        return "1" if given else "0"
    return given.isoformat() if isinstance(given, date) else str(given)


def _unknown(desk: Desk, record: Record, name: str) -> None:
    """Told once a file, at its first row."""
    if record.number != 1:
        return
    desk.find(
        record,
        name,
        Severity.CONFIRM,
        "unknown_free_field",
        "公開基準にこの自由項目がありません。この列は取り込みませんでした。",
        "項目を公開基準に足して承認を受けるか、取込定義の記号を直してください。",
    )


def _unread(desk: Desk, record: Record, name: str, field: FreeField, why: str, given: Any) -> None:
    desk.find(
        record,
        name,
        Severity.CONFIRM,
        "free_field_unread",
        f"「{field.label}」の値として読めません（{why}）。前の値を残しました。",
        "もとの値を直して出力し直すか、職員の記録で書いてください。",
        str(given),
    )
