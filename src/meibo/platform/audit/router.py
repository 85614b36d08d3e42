"""Where the log lies: on SQLite in a file of its own, so that reading never waits for the book's
one writer; on PostgreSQL beside the book, over a connection of its own, so that what was noted
stays noted when the deed is rolled back."""

from __future__ import annotations

from typing import Any

from django.conf import settings

DATABASE = "audit"
_APP = "audit"


class AuditRouter:
    """Sends the tables of this package to their place, and nothing else."""

    def db_for_read(self, model: Any, **_hints: Any) -> str | None:
        return DATABASE if model._meta.app_label == _APP else None  # noqa: SLF001  # the documented model API

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool | None:
        labels = {one._meta.app_label, other._meta.app_label}  # noqa: SLF001  # the documented model API
        return True if labels == {_APP} else None

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        apart: bool = settings.MEIBO_AUDIT_APART
        home = DATABASE if app_label == _APP and apart else "default"
        return db == home
