"""Is there a database, and is it of this version?"""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from meibo.config.cli.refusal import RefusedError


def is_ready() -> bool:
    """Whether every migration has been applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def require_ready() -> None:
    """Refuse where `meibo init` has not been run (or not since an update)."""
    if not is_ready():
        raise RefusedError(
            "名簿のデータベースがまだありません。先に meibo init を実行してください。"
        )


def prepare() -> None:
    """Bring the database to this version."""
    call_command("migrate", verbosity=0, interactive=False)
