"""How a line of the log is made: by structlog, whoever wrote it, and redacted last of all."""

from __future__ import annotations

import logging
from typing import Any

import structlog

from meibo.platform.redacting import redact

_SHARED: list[Any] = [
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    structlog.stdlib.ExtraAdder(),
]
LINE: dict[str, Any] = {
    "()": structlog.stdlib.ProcessorFormatter,
    "foreign_pre_chain": _SHARED,
    "processors": [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        redact,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
}

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_SHARED,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)


class Brief(logging.Filter):
    """A request that was refused (4xx) is one line; a trace is for what the house did wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 0) < 500:
            record.exc_info = None
        return True


def settings(level: str, *, send_audit: bool) -> dict[str, Any]:
    """Django's LOGGING. `send_audit`: every record of the audit log is a line as well, for a
    collector on another machine."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": LINE},
        "filters": {"brief": {"()": "meibo.config.logs.Brief"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "NOTSET", "propagate": True},
            "django.request": {"filters": ["brief"]},
            # At DEBUG they write down whatever a template was given and a statement asked with.
            "django.template": {"level": "INFO"},
            "django.db.backends": {"level": "INFO"},
            "meibo.audit": {"level": "INFO" if send_audit else "CRITICAL"},
            # Tells what was typed as a name, which may have been a password.
            "axes": {"level": "ERROR"},
        },
    }
