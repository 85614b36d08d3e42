"""What a list is exported as: made where forms are made, so that both are equally harmless."""

from meibo.platform.papers.files import as_csv, as_xlsx, harmless

__all__ = ["as_csv", "as_xlsx", "harmless"]
