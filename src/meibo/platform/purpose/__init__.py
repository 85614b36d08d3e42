"""利用目的: what a record is opened for. Said once, remembered in the session for a while."""

from meibo.platform.purpose.kept import purpose_of

__all__ = ["purpose_of"]
