"""What the exchange brings to the house: tasks, kinds of work, names of its pages.

Apart from `apps.py`, which is read before there are any tables.
"""

from __future__ import annotations

from meibo.apps.exchange.actions.jobs import run_delivery, run_reconciliation
from meibo.apps.exchange.queries.carrying import carriers
from meibo.domain.disclosure import Viewer
from meibo.platform.feeds.carrying import CARRIERS
from meibo.platform.jobs.kinds import KINDS
from meibo.platform.layout.navigation import NAVIGATION, Entry, Guest
from meibo.platform.layout.workbench import WORKBENCH, Task


def _works(viewer: Viewer) -> bool:
    return viewer.holds("hr") or viewer.holds("payroll")


def _has_a_record(guest: Guest) -> tuple[str, ...] | None:
    return () if guest.me is not None else None


TASKS = (
    Task(
        *("給与への送出", "exchange:deliveries", "paper-airplane", "取込と連携", 60),
        "名簿で変わったところを給与へ送り、受け取られたかを見ます。",
        _works,
    ),
    Task(
        *("給与との照合", "exchange:reconciliations", "scale", "取込と連携", 70),
        "名簿と給与のファイルを比べ、違いと原因、データ連携率を見ます。",
        _works,
        "meibo.apps.exchange.queries.waiting.open_differences",
    ),
    Task(
        *("直しの提案", "exchange:proposals", "chat-bubble-left-right", "取込と連携", 80),
        "別の所が元になる項目の直しを、認めるか断ります。",
        _works,
        "meibo.apps.exchange.queries.waiting.open_proposals",
    ),
    Task(
        *("項目の元", "exchange:ownership", "map", "取込と連携", 90),
        "項目ごとに、人事給与・名簿・本人のどれが元かを見ます。",
        _works,
    ),
)
PAGES = {
    "exchange:ownership": "項目の元",
    "exchange:proposals": "直しの提案",
    "exchange:own": "記録の直しの申出",
    "exchange:deliveries": "給与への送出",
    "exchange:delivery": "給与への送出",
    "exchange:delivery_file": "給与への送出のファイル",
    "exchange:reconciliations": "給与との照合",
    "exchange:reconciliation": "給与との照合",
    "exchange:reconciliation_csv": "給与との照合（CSV）",
    "exchange:reconciliation_xlsx": "給与との照合（Excel）",
}


def register() -> None:
    """Make it known; called once, when the tables are there."""
    KINDS["exchange.deliver"] = run_delivery
    KINDS["exchange.reconcile"] = run_reconciliation
    CARRIERS.append(carriers)
    WORKBENCH.extend(TASKS)
    NAVIGATION.pages.update(PAGES)
    entry = Entry("記録の直しの申出", "exchange:own", "pencil-square", 20, _has_a_record)
    NAVIGATION.footer.append(entry)
