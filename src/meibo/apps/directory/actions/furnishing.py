"""What the demo ward has at hand here: two conditions that personnel keeps."""

from __future__ import annotations

from datetime import date, datetime

from meibo.apps.directory.actions.conditions import keep
from meibo.apps.directory.models import SavedCondition
from meibo.domain.conditions import Been, Compared, Group, Held, Part
from meibo.ledger import house, policy

_SINCE = date(2020, 1, 1)


def furnish(owner: str, *, now: datetime, today: date) -> None:
    """Keep two conditions for somebody who has none: one by posts and years, one by a field that
    the ward added."""
    if SavedCondition.objects.filter(owner=owner).exists():
        return
    posts = {row.name: code for code, row in house.codes().table("post").items()}
    units = {str(state["name"]): code for code, state in house.organisation(today).states.items()}
    asked: list[Part] = [Held((posts["係長"],), mode="now", months=36)]
    asked += [Compared("job", "in", ("保健師", "事務"))]
    asked += [Been((units["健康部"],), _SINCE, never=True)] if "健康部" in units else []
    heads = Group("all", (Group("all", tuple(asked)),))
    keep(
        owner, "係長3年以上（健康部のほか）", heads, note="係長級の異動の候補", shared="hr", now=now
    )
    if "free:language" in policy.table(today).free:
        speaks = Compared("free:language", "in", ("英語", "中国語"))
        part = Group("all", (speaks, Compared("away", "no")))
        keep(owner, "英語か中国語で話せる人", Group("all", (part,)), shared="staff", now=now)
