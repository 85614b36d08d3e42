"""Where a filing goes when it is in the book: whether payroll hears of it by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from meibo.apps.personnel.actions.filings.kinds import KINDS
from meibo.apps.personnel.actions.filings.rules import rules
from meibo.platform.feeds.carrying import carried_by


def onward(kinds: Iterable[str], today: date) -> list[str]:
    """What to say of the kinds that were accepted: by which delivery payroll hears of them, and of
    which it does not."""
    known, sent, silent = rules(), dict[str, list[str]](), []
    for kind in dict.fromkeys(kinds):
        label = known[kind].label if kind in known else kind
        names = "、".join(carried_by(KINDS[kind].row, today))
        if names:
            sent.setdefault(names, []).append(label)
        else:
            silent.append(label)
    said = [
        f"{'、'.join(labels)}は、次の送出で給与に届きます（定義：{names}）。"
        for names, labels in sent.items()
    ]
    if silent:
        said.append(
            f"{'、'.join(silent)}は、給与への送出に入りません（公開基準か定義で送らない項目です）。"
        )
    return said
