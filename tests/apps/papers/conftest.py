"""The small ward of the directory's tests, and people of it at their browsers."""

from tests.apps.directory.conftest import _built, signed_in, ward

__all__ = ["_built", "signed_in", "ward"]
