"""Deliveries and reconciliations as jobs: asked for on a page, done beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from meibo.apps.exchange.actions import uploads
from meibo.apps.exchange.actions.delivering import DeliveryError, deliver
from meibo.apps.exchange.actions.keeping import Wanted
from meibo.apps.exchange.actions.reconciling import ReconcileError, Sent, reconcile
from meibo.apps.exchange.queries.feeds import Feed, feed
from meibo.platform.audit.actions import Actor
from meibo.platform.jobs.kinds import Done, JobError, Progress


def run_delivery(
    arguments: Mapping[str, Any], *, actor: Actor, now: datetime, progress: Progress
) -> Done:
    """Make a delivery."""
    wanted = Wanted(
        _feed(arguments["feed"]),
        date.fromisoformat(arguments["on"]),
        full=bool(arguments["full"]),
        format=str(arguments["format"]),
    )
    try:
        made = deliver(wanted, actor=actor, now=now, progress=progress)
    except DeliveryError as error:
        raise JobError(str(error)) from error
    said = f"第{made.number}号をつくりました。{made.counts['rows']}行です。"
    return Done(said, reverse("exchange:delivery", args=(made.number,)))


def run_reconciliation(
    arguments: Mapping[str, Any], *, actor: Actor, now: datetime, progress: Progress
) -> Done:
    """Compare a file that was sent."""
    token = str(arguments["upload"])
    try:
        data = uploads.read(token)
    except FileNotFoundError as error:
        raise JobError("ファイルが残っていません。もう一度送ってください。") from error
    on = date.fromisoformat(arguments["on"])
    sent = Sent(_feed(arguments["feed"]), str(arguments["name"]), data, on)
    try:
        run = reconcile(sent, actor=actor, now=now, progress=progress)
    except ReconcileError as error:
        raise JobError(str(error)) from error
    finally:
        uploads.drop(token)
    count = run.differences.count()
    said = f"照合しました。違いは{count}件です。" if count else "照合しました。違いはありません。"
    if run.notes:
        said += "給与側のファイルに、確かめることがあります。"
    return Done(said, reverse("exchange:reconciliation", args=(run.pk,)))


def _feed(key: str) -> Feed:
    found = feed(key)
    if found is None:
        raise JobError("この定義はもうありません。")
    return found
