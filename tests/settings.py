"""The product's settings with what tests need otherwise: speed where safety is not being tested."""

from tests import surroundings

surroundings.apart()

from meibo.config.settings import *  # noqa: F403  # all of them, then the few below
from meibo.config.settings import DATABASES, MEIBO_DATA, STATIC_ROOT, STORAGES

# Argon2 is slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# No collectstatic before a page can be rendered.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT.mkdir(exist_ok=True)

# A file, as in production: SQLite in memory has other locks, and a live server's threads trip over
# them. With xdist every worker has its own data directory.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(MEIBO_DATA / "test.sqlite3")}
    DATABASES["audit"]["TEST"] = {"NAME": str(MEIBO_DATA / "test-audit.sqlite3")}

# Tests ask faster than any person.
MEIBO_PACE = 0

# Most tests sign somebody in without asking for more than they are about. The tests of the second
# factor, of asking again and of providers set what they need.
MEIBO_SECOND_FACTOR = "duties"
MEIBO_SECOND_FACTOR_DUTIES: frozenset[str] = frozenset()
MEIBO_REAUTH_MINUTES = 0

# The walks of the canary take longer than a clerk's errand.
MEIBO_PURPOSE_MINUTES = 24 * 60
