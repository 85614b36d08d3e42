"""feed out, feed ack: deliveries to payroll, and its answers."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings

from meibo.apps.exchange.actions import answering, delivering, handing
from meibo.apps.exchange.actions.keeping import Wanted
from meibo.apps.exchange.models import Delivery
from meibo.apps.exchange.queries.feeds import feed_at
from meibo.config.cli.noting import operator
from meibo.config.cli.ready import require_ready
from meibo.config.cli.refusal import RefusedError
from meibo.config.cli.show import Progress, show_json, tell
from meibo.config.clock import now, today
from meibo.platform.audit.actions import Actor

_STATES = {
    Delivery.ACCEPTED: "受け取られました",
    Delivery.PARTLY: "一部が受け取られました",
    Delivery.REFUSED: "受け取られませんでした",
}


def out(options: argparse.Namespace) -> int:
    """Make a delivery and write its file."""
    require_ready()
    feed = feed_at(options.definition)
    if feed is None:
        raise RefusedError(f"送り出し（[out]）のある定義として読めません: {options.definition}")
    folder = options.to or settings.MEIBO_OUT_DIR
    if folder is None or not folder.is_dir():
        raise RefusedError("置き場所がありません。MEIBO_OUT_DIR か --to に書いてください。")
    actor = Actor(operator())
    wanted = Wanted(feed, options.on or today(), full=options.full, format=options.form)
    try:
        delivery = delivering.deliver(wanted, actor=actor, now=now(), progress=Progress())
        path = handing.write_out(delivery, folder, actor=actor, now=now())
    except (delivering.DeliveryError, handing.HandingError) as error:
        raise RefusedError(str(error)) from error
    _report(delivery, {"file": str(path)}, json=options.json)
    return 2 if delivery.counts["held"] else 0


def ack(options: argparse.Namespace) -> int:
    """Read an acknowledgement file."""
    require_ready()
    try:
        data = options.file.read_bytes()
        done = answering.answer(data, actor=Actor(operator()), now=now(), agreed=options.rest)
    except OSError as error:
        raise RefusedError(f"読めません: {options.file}（{error.strerror}）") from error
    except answering.IncompleteAnswerError as error:
        hint = f"残りも受け取られたと確かめたときは、--rest {error.rest} を付けてください。"
        raise RefusedError(f"{error}{hint}") from error
    except answering.AnswerError as error:
        raise RefusedError(str(error)) from error
    for each in done:
        tell(f"{each.words}{_AGAIN if each.before else ''}")
        more = {"named": each.taken + each.refused, "rest": each.rest}
        refused = each.delivery.rows.filter(accepted=False).count()
        told = {"refused": refused, **more, "again": each.before is not None}
        _report(each.delivery, told, json=options.json)
    return 0 if all(each.delivery.state == Delivery.ACCEPTED for each in done) else 2


_AGAIN = "この送出には前にも返事が記録されています。書かれた行を、今度の返事に書きかえました。"


def _report(delivery: Delivery, more: dict[str, Any], *, json: bool) -> None:
    told = {
        "feed": delivery.feed,
        "number": delivery.number,
        "as_of": delivery.as_of,
        "full": delivery.full,
        "state": delivery.state,
        **delivery.counts,
        "totals": delivery.totals,
        "sha256": delivery.digest,
        **more,
    }
    if json:
        show_json(told)
        return
    kind = "全件" if delivery.full else "差分"
    state = _STATES.get(delivery.state, "")
    tell(f"{delivery.feed} 第{delivery.number}号（{kind}） {state}".rstrip())
    for key, value in told.items():
        print(f"{key}: {value}")
