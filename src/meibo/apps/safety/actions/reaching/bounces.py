"""Mail that came back: reports of delivery (RFC 3464) that the mail server lays into a folder.

Which message it was is read from the name that the house gave it, wherever the report quotes it.
What can't be read stays in the folder `unread` beside, for a person to look at.
"""

from __future__ import annotations

import email
import email.policy
import logging
import re
from datetime import datetime
from email.message import Message as Mail
from pathlib import Path

from django.conf import settings

from meibo.apps.safety.actions.reaching.keys import named_in, rows_of
from meibo.apps.safety.actions.reaching.mail import meaning
from meibo.apps.safety.models import Posted

_LOG = logging.getLogger("meibo.safety")
_MOST = 1024 * 1024  # bytes of a report
_STATUS = re.compile(r"([245]\.\d{1,3}\.\d{1,3})")


def sweep(*, now: datetime) -> int:
    """Read what lies in MEIBO_BOUNCE_DIR; how many messages that told of."""
    folder: Path | None = settings.MEIBO_BOUNCE_DIR
    if folder is None or not folder.is_dir():
        return 0
    count = 0
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or not path.is_file() or path.is_symlink():
            continue
        read = path.stat().st_size <= _MOST and told(path.read_bytes(), now=now)
        if read:
            count += 1
            path.unlink()
        else:
            aside = folder / "unread"
            aside.mkdir(mode=0o700, exist_ok=True)
            path.rename(aside / path.name)
            _LOG.warning("a report of delivery could not be read")
    return count


def told(report: bytes, *, now: datetime) -> bool:
    """Take one report; False for what is none, or is about no message of ours."""
    mail = email.message_from_bytes(report, policy=email.policy.compat32)
    found = named_in(report.decode("ascii", "replace"))
    said = _said(mail)
    if found is None or said is None:
        return False
    action, status = said
    model, number = found
    rows = rows_of(model).filter(pk=number)
    if action == "failed":
        rows = rows.exclude(state=Posted.DELIVERED)
        trouble = meaning(status) or f"メールが戻ってきました（{status or '理由不明'}）。"
        rows.update(state=Posted.BOUNCED, told_at=now, trouble=trouble[:200])
    elif action == "delivered":
        rows.filter(state__in=[Posted.SENDING, Posted.SENT]).update(
            state=Posted.DELIVERED, told_at=now
        )
    return True  # delayed, relayed, expanded: nothing is certain yet


def _said(mail: Mail) -> tuple[str, str] | None:
    """Action and status of the first recipient; our mails have one each."""
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if isinstance(block, Mail) and block.get("Action"):
                status = _STATUS.search(str(block.get("Status", "")))
                return str(block["Action"]).strip().lower(), status.group(1) if status else ""
    return None
