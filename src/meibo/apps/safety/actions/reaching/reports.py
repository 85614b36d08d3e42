"""What a gateway tells afterwards: this message arrived, that one did not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from meibo.apps.safety.actions.reaching.keys import named_in, rows_of
from meibo.apps.safety.models import Message, Notice, Posted, Trial
from meibo.domain.safety.gateways import Provider

_OPEN = (Posted.SENDING, Posted.SENT, Posted.FAILED)
_GONE = "届きませんでした。電源が切れているか、番号が変わっています。職員に届出を確かめてください。"


def told(provider: Provider, report: Mapping[str, Any], *, now: datetime) -> bool:
    """Take one report; False where it is about no message of this provider. A word that is in
    neither list means that nothing is certain yet."""
    reference = str(report.get(provider.reports.reference, ""))
    word = str(report.get(provider.reports.state, ""))
    if not reference:
        return False
    named = named_in(reference)
    found = False
    for model in (Message, Trial, Notice):
        rows = rows_of(model).filter(route=provider.route)
        if named is not None:
            rows = rows.filter(pk=named[1]) if named[0] is model else rows.none()
        else:
            rows = rows.filter(reference=reference, provider=provider.name)
        if not rows.exists():
            continue
        found = True
        if word in provider.reports.delivered:
            rows.filter(state__in=_OPEN).update(state=Posted.DELIVERED, told_at=now, trouble="")
        elif word in provider.reports.bounced:
            rows.filter(state__in=_OPEN).update(state=Posted.BOUNCED, told_at=now, trouble=_GONE)
    return found
