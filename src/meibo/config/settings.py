"""Django's settings. What an operator sets is read in `environment`; the rest is decided here."""

from csp.constants import NONE, SELF

from meibo.config import environment, logs

# ── Where things are ────────────────────────────────────────────────────────────────────────────
MEIBO_DATA = environment.data_directory()
MEIBO_TOWN = environment.town_directory()
MEIBO_TOWN_NAME = environment.text("MEIBO_TOWN_NAME")
MEIBO_PURPOSE_MINUTES = environment.number("MEIBO_PURPOSE_MINUTES", 60)
MEIBO_SMALL_CELL = environment.number("MEIBO_SMALL_CELL", 5)
MEIBO_MASTER_KEY = environment.master_key(MEIBO_DATA)
SECRET_KEY = environment.secret_key(MEIBO_DATA)
DEBUG = environment.flag("MEIBO_DEBUG")
ALLOWED_HOSTS = environment.names("MEIBO_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
DATABASES = environment.databases(MEIBO_DATA)
DATABASE_ROUTERS = ["meibo.platform.audit.router.AuditRouter"]
MEIBO_AUDIT_APART = DATABASES["default"] != DATABASES["audit"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOT_URLCONF = "meibo.config.urls"
WSGI_APPLICATION = "meibo.config.wsgi.application"

# ── What is on board ────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    # Before allauth: their templates replace its own.
    "meibo.platform.layout",
    "meibo.platform.accounts",
    "meibo.platform.audit",
    "meibo.platform.grants",
    "meibo.platform.entry",
    "meibo.platform.policy",
    "meibo.platform.purpose",
    "meibo.platform.emergency",
    "meibo.apps.safety",
    "meibo.ledger",
    "meibo.apps.directory",
    "meibo.apps.personnel",
    "meibo.apps.oversight",
    "meibo.apps.access",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_cotton",
    "django_htmx",
    "heroicons",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "meibo.platform.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "meibo.platform.layout.errors.AddressLength",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "meibo.platform.pace.PaceMiddleware",
    "meibo.platform.entry.presence.Presence",
    "meibo.platform.watching.WatchingMiddleware",
    "meibo.platform.emergency.looking.EmergencyMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,  # django-cotton puts its own loader in front
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# ── Rights and accounts ─────────────────────────────────────────────────────────────────────────
#: For so many days after a post has changed, what was granted for it still holds.
MEIBO_HANDOVER_DAYS = environment.days("MEIBO_HANDOVER_DAYS", 0, most=30)
#: For so many days a printed sheet opens an account for the first time.
MEIBO_SHEET_DAYS = environment.days("MEIBO_SHEET_DAYS", 14, least=1, most=60)

# ── Language and time ───────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語")]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

# What an operator's --as on the command line needs: "ask" asks for a purpose at a terminal,
# "purpose" refuses without one, "off" allows none but that of any member of staff.
MEIBO_COMMAND_AS = environment.one_of("MEIBO_COMMAND_AS", ("ask", "purpose", "off"))
MEIBO_PURPOSE = environment.text("MEIBO_PURPOSE")

# Requests a minute of one account, 0 for any number.
MEIBO_PACE = environment.number("MEIBO_PACE", 600)

# ── Signing in ──────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "meibo.platform.entry.presence.Doorkeeper"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # shared desks: closing the browser signs out
# Counted in the process's own cache: with n worker processes a guesser gets n times as many.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}

SESSION_COOKIE_NAME = "meibo_session"
SESSION_COOKIE_AGE = 10 * 60 * 60  # one working day, in seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "meibo_csrf"
CSRF_COOKIE_HTTPONLY = True

# ── What a browser may do with our pages ────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Behind a TLS proxy that sets X-Forwarded-Proto, the usual way to run meibo for more than one desk.
HTTPS = environment.flag("MEIBO_HTTPS")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # so that sign-ins are counted by desk
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True  # names below ours only
# Browsers' preload lists are for names of the whole internet; ours may be of a closed network.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# ── Files that never change between releases ────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = MEIBO_DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEIBO_DATA / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

# ── Log ─────────────────────────────────────────────────────────────────────────────────────────
# To standard error, for the operator's journal. Values of persons have no place in it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": logs.LINE},
    "filters": {"brief": {"()": "meibo.config.logs.Brief"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.text("MEIBO_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        "django.request": {"filters": ["brief"]},
        # At DEBUG they write down whatever a template was given and a statement was asked with.
        "django.template": {"level": "INFO"},
        "django.db.backends": {"level": "INFO"},
        # Every record of the audit log as a line, for a collector on another machine.
        "meibo.audit": {
            "level": "INFO" if environment.flag("MEIBO_AUDIT_LOG") else "CRITICAL",
        },
    },
}
