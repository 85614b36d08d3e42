"""在職証明書: what is certified of a person, and the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meibo.apps.papers.models import Certificate
from meibo.apps.papers.queries.asked import Made, PaperError, name
from meibo.domain import calendar
from meibo.domain.disclosure import Viewer
from meibo.ledger import reader
from meibo.platform.layout.wording import era_date
from meibo.platform.papers.setting import Sheet
from meibo.platform.papers.wording import WordingError, joined, wording

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register; `name` is empty where the person is not in service any more."""

    certificate: Certificate
    label: str
    name: str


def register(viewer: Viewer, on: date) -> list[Line]:
    """The newest certificates, with the names that the viewer sees today."""
    rows = list(Certificate.objects.all()[:_SHOWN])
    ids = {row.person for row in rows if row.person}
    names = {card.id: name(card) for card in reader.cards(viewer, on=on, ids=sorted(ids))}
    return [Line(row, label(row), names.get(row.person, "")) for row in rows]


def label(row: Certificate) -> str:
    """The number as it is printed."""
    return f"{calendar.fiscal_label(row.year)} 第{row.number}号"


def certificate(viewer: Viewer, row: Certificate, town: str) -> Made:
    """The certificate as of its day, as often as it is asked for. Of somebody who has left it
    tells the whole time of service."""
    on = row.on
    card = reader.card(viewer, row.person, on=on) if row.person else None
    left = None
    if card is None and row.person:
        left = reader.day_in_service(viewer, row.person, on=on)
        left = left if left and left < on else None
        card = reader.card(viewer, row.person, on=left) if left else None
    if card is None:
        raise PaperError("この人は、その日までに在職していないか、記録を見ることができません。")
    facts: Sequence[tuple[str, str]] = (
        ("生年月日", era_date(card.get("birth_date"))),
        ("住所", str(card.get("address") or "")),
        ("在職の期間", _service(card.get("hired"), left)),
        ("所属・職", joined("".join(card.get("unit_path") or ()), str(card.get("post") or ""))),
        ("任用形態", str(card.get("employment") or "")),
        ("任期", f"{era_date(card.get('term_end'))}まで" if card.get("term_end") else ""),
        ("使う目的", row.purpose),
        ("提出先", row.recipient),
    )
    office, seal = _signer(town)
    data = {
        "no": label(row),
        "name": name(card),
        "facts": [list(fact) for fact in facts if fact[1]],
        "day": calendar.wareki(on),
        "office": office,
        "seal": seal,
        "left": left is not None,
    }
    title = "在職証明書" if left is None else "在職期間証明書"
    return Made(Sheet("certificate", title, data, town), 1)


def _service(hired: object, left: date | None) -> str:
    ends = f"{calendar.wareki(left)}まで" if left else "現在まで"
    return f"{era_date(hired)}から{ends}"


def _signer(town: str) -> tuple[str, str]:
    try:
        said = wording()
    except WordingError as error:
        raise PaperError(f"辞令の文言の表を読めません。{error}") from error
    office, signer = said.signer("", {"town": town})
    return " ".join(filter(None, (office, signer))), said.seal
