"""Tables that are only added to: the database itself refuses UPDATE and DELETE, whoever asks."""

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the book is append-only: {table}'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION meibo_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the book is append-only: %', TG_TABLE_NAME; END $$
"""
_POSTGRES = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION meibo_append_only()
"""


def guard(tables: Sequence[str]) -> RunPython:
    """A step of a migration that lays the triggers on these tables."""

    def forbid(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(_FUNCTION, params=None)  # its % is its own
            for table in tables:
                editor.execute(_POSTGRES.format(table=table))
            return
        for table in tables:
            for verb in ("UPDATE", "DELETE"):
                editor.execute(_SQLITE.format(table=table, verb=verb))

    def allow(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        """Only when the tables themselves go."""
        for table in tables:
            if editor.connection.vendor == "postgresql":
                editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            else:
                for verb in ("UPDATE", "DELETE"):
                    editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")

    return RunPython(forbid, allow)
