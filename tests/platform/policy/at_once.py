"""Run by itself, on a database of its own: two people approve one draft at the same moment.

Nothing that is approved can be taken out again, so this has no place in the database of the tests.
"""

import json
import sys
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import django


def main() -> None:
    django.setup()
    from django.db import connections

    from meibo.config.cli.ready import prepare
    from meibo.ledger import policy
    from meibo.platform.audit.actions import Actor
    from meibo.platform.policy import actions

    prepare()
    now, today = datetime(2026, 11, 23, tzinfo=UTC), date(2026, 11, 23)
    writer = Actor("writer")
    draft = actions.begin(actor=writer, now=now, today=today)
    text = policy.town_version().text.replace("job,職種,,,", "job,職種,,v,", 1)
    actions.write(draft.pk, text, "決裁", today, actor=writer, now=now)
    actions.ask(draft.pk, actor=writer, now=now, today=today)
    ready, results = Barrier(2), []

    def approve(name: str) -> None:
        ready.wait()
        try:
            done = actions.approve(draft.pk, actor=Actor(name), now=now, today=today)
            results.append(f"version {done.number}")
        except actions.PolicyError:
            results.append("too late")
        finally:
            connections.close_all()

    threads = [Thread(target=approve, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump([sorted(results), len(policy.versions())], sys.stdout)


main()
