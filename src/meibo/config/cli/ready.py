"""Is there a database, and is it of this version?"""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from meibo.config.cli.refusal import RefusedError
from meibo.ledger import vault
from meibo.platform.audit.router import DATABASE


def is_ready() -> bool:
    """Whether every migration has been applied."""
    return all(map(_is_migrated, connections))


def _is_migrated(database: str) -> bool:
    executor = MigrationExecutor(connections[database])
    leaves = executor.loader.graph.leaf_nodes(*_alone_in(database))
    return not executor.migration_plan(leaves)


def _alone_in(database: str) -> tuple[str, ...]:
    """The one application whose tables lie in this database; nothing where it holds many. The
    migrations of all others would be gone through there without leaving anything."""
    return ("audit",) if database == DATABASE and settings.MEIBO_AUDIT_APART else ()


def require_ready() -> None:
    """Refuse where `meibo init` has not been run (or not since an update)."""
    if not is_ready():
        raise RefusedError(
            "名簿のデータベースがまだありません。先に meibo init を実行してください。"
        )
    _require_master_key()


def prepare() -> None:
    """Bring the database to this version."""
    for database in connections:
        labels = _alone_in(database)
        call_command("migrate", *labels, database=database, verbosity=0, interactive=False)
    _require_master_key()


def _require_master_key() -> None:
    """Refuse where personal values were sealed under another master key than the one here."""
    if not vault.master_fits():
        raise RefusedError(
            "マスター鍵が、名簿を暗号化した鍵と違います。"
            "控えの master_key をデータの場所に戻すか、MEIBO_MASTER_KEY に設定してください。"
        )
