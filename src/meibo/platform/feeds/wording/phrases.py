"""What a wording consists of, and the actions that many of them share."""

from __future__ import annotations

from dataclasses import dataclass

from meibo.domain.findings import Severity


@dataclass(frozen=True, slots=True)
class Wording:
    """One kind of departure: severity, what is wrong and what became of it, what to do."""

    severity: Severity
    message: str
    action: str


NOTHING = "対応は要りません。"
SOURCE = "人事給与側の登録を直して、出力し直してください。"
TELL = "出力する側に、仕様どおりに直すよう伝えてください。"
CHECK = "本人の記録を確かめて、正しければ確認済みにしてください。"
