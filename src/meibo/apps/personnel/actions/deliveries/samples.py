"""A sample delivery for the demo ward: a job, since it reads the whole roster."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from meibo.apps.personnel.actions.deliveries.acts import begin
from meibo.apps.personnel.actions.deliveries.files import Offered
from meibo.platform.accounts.models import Account
from meibo.platform.audit.actions import Actor
from meibo.platform.demo.sample import sample
from meibo.platform.jobs.kinds import Done, JobError, Progress

SAMPLE = "intake sample"


def is_demo() -> bool:
    """Whether this is the demo ward: in a real house nobody is given invented files."""
    return Account.objects.filter(is_demo=True).exists()


def make(_arguments: Mapping[str, Any], *, actor: Actor, now: datetime, progress: Progress) -> Done:
    """Make the files as of now and begin an intake with them."""
    if not is_demo():
        raise JobError("見本のファイルは、見本の区でだけつくれます。")
    progress("見本のファイルをつくる", 1, 3)
    files = sample(now=now)
    progress("ファイルを調べる", 2, 3)
    offered = [Offered(name, io.BytesIO(data), len(data)) for name, data in files.items()]
    made = begin(offered, "sample", actor=actor, now=now)
    address = reverse("personnel:intake_one", args=(made.pk,))
    return Done("見本のファイルを用意しました。次は、内容を確かめます。", address)
