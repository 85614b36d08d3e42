"""Django's settings. What an operator sets is read in `environment`; the rest is decided here."""

from datetime import timedelta

from csp.constants import NONE, SELF

from meibo.config import aboard, environment, logs, reaching, sign_in

# ── Where things are ────────────────────────────────────────────────────────────────────────────
MEIBO_DATA = environment.data_directory()
MEIBO_TOWN = environment.town_directory()
MEIBO_PROVIDERS = sign_in.providers(MEIBO_TOWN / "sign_in.toml")
#: Where deliveries for the intake are laid down, and for how many seconds one must lie unchanged.
MEIBO_DROP_DIR = environment.file("MEIBO_DROP_DIR")
MEIBO_DROP_QUIET = environment.number("MEIBO_DROP_QUIET", 60)
#: Ways in for telegrams of the weather agency: feeds that are polled, a folder, a hub (WebSub).
MEIBO_TELEGRAM_FEEDS = environment.names("MEIBO_TELEGRAM_FEEDS", "")
MEIBO_TELEGRAM_POLL = environment.number("MEIBO_TELEGRAM_POLL", 60, least=10)
MEIBO_TELEGRAM_DROP_DIR = environment.file("MEIBO_TELEGRAM_DROP_DIR")
MEIBO_TELEGRAM_DROP_QUIET = environment.number("MEIBO_TELEGRAM_DROP_QUIET", 2)
MEIBO_TELEGRAM_SECRET = environment.text("MEIBO_TELEGRAM_SECRET")
MEIBO_TELEGRAM_TOPICS = environment.names("MEIBO_TELEGRAM_TOPICS", ",".join(MEIBO_TELEGRAM_FEEDS))
MEIBO_TELEGRAM_HUB = environment.text("MEIBO_TELEGRAM_HUB")
MEIBO_TOWN_NAME = environment.text("MEIBO_TOWN_NAME")
MEIBO_PURPOSE_MINUTES = environment.number("MEIBO_PURPOSE_MINUTES", 60)
MEIBO_SMALL_CELL = environment.number("MEIBO_SMALL_CELL", 5)
MEIBO_MASTER_KEY = environment.master_key(MEIBO_DATA)
MEIBO_MASTER_KEY_FILE = environment.master_key_file(MEIBO_DATA)
MEIBO_OLD_MASTER_KEYS = environment.old_master_keys()
MEIBO_KEY_COMMAND = environment.key_command()
MEIBO_OUT_DIR = environment.file("MEIBO_OUT_DIR")
#: Where rosters to be taken along are put each night, and for how many days they open.
MEIBO_OFFLINE_DIR = environment.file("MEIBO_OFFLINE_DIR")
MEIBO_OFFLINE_DAYS = environment.days("MEIBO_OFFLINE_DAYS", 7, least=1, most=31)
MEIBO_BACKUP_DIR = environment.backup_directory(MEIBO_DATA)
MEIBO_BACKUP_RECIPIENTS = environment.names("MEIBO_BACKUP_RECIPIENTS", "")
MEIBO_BACKUP_IDENTITY = environment.text("MEIBO_BACKUP_IDENTITY")
#: Whether 安否確認 asks for the family; whom somebody rings who needs help, beside 119.
MEIBO_ASK_FAMILY = environment.flag("MEIBO_ASK_FAMILY", default=True)
MEIBO_SAFETY_PHONE = environment.text("MEIBO_SAFETY_PHONE")
SECRET_KEY = environment.secret_key(MEIBO_DATA)
DEBUG = environment.flag("MEIBO_DEBUG")
ALLOWED_HOSTS = environment.names("MEIBO_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
DATABASES = environment.databases(MEIBO_DATA)
DATABASE_ROUTERS = ["meibo.platform.audit.router.AuditRouter"]
MEIBO_AUDIT_APART = DATABASES["default"] != DATABASES["audit"]
#: What apps hang on one another by name; see there.
MEIBO_FORGETTERS = aboard.MEIBO_FORGETTERS
MEIBO_DEMO_SCENES = aboard.MEIBO_DEMO_SCENES
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOT_URLCONF = "meibo.config.urls"
WSGI_APPLICATION = "meibo.config.wsgi.application"

# ── What is on board ────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    *aboard.OURS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *sign_in.apps(MEIBO_PROVIDERS),
    "allauth.usersessions",
    "axes",
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
    "meibo.platform.layout.errors.Addresses",
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
    "meibo.platform.accounts.entrance.gates.IdleGate",
    "meibo.platform.accounts.entrance.gates.SecondFactorGate",
    "axes.middleware.AxesMiddleware",  # last: it puts the page of the lock in place of another
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

MEIBO_FORGETTERS = aboard.MEIBO_FORGETTERS
MEIBO_DEMO_SCENES = aboard.MEIBO_DEMO_SCENES
#: Who tells accounts the duties that hang on their person's posts.
MEIBO_DUTIES_OF = "meibo.platform.door.duties_of"

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
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: who is locked out is not asked further
    "allauth.account.auth_backends.AuthenticationBackend",
]
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
    {"NAME": "meibo.platform.accounts.breaches.BreachListValidator"},
]
MEIBO_BREACH_LIST = environment.file("MEIBO_BREACH_LIST")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "meibo.platform.entry.presence.Doorkeeper"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # shared desks: closing the browser signs out
# axes counts by name and in the database; this only slows down who tries many names from one desk,
# and is counted in the process's own cache.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # seconds; who comes back from a page that asked

# ── The second factor ───────────────────────────────────────────────────────────────────────────
MEIBO_SECOND_FACTOR = environment.one_of("MEIBO_SECOND_FACTOR", ("all", "duties"))
#: These always need one, whatever the operator says.
MEIBO_SECOND_FACTOR_DUTIES = frozenset({"hr", "crisis", "it", "audit", "conduct"})
#: Pages that stand open to who has none yet, besides those on which one is set up.
MEIBO_OPEN_PAGES = frozenset({"directory:help"})
MFA_ADAPTER = "meibo.platform.accounts.entrance.factors.HouseFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = MEIBO_TOWN_NAME or "名簿"
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are half a minute off now and then
MFA_FORMS = {
    "authenticate": "meibo.platform.accounts.entrance.factors.CodeForm",
    "authenticate_webauthn": "meibo.platform.accounts.entrance.factors.PasskeyStepForm",
    "login_webauthn": "meibo.platform.accounts.entrance.factors.PasskeyAloneForm",
    "reauthenticate_webauthn": "meibo.platform.accounts.entrance.factors.PasskeyAgainForm",
    "reauthenticate": "meibo.platform.accounts.entrance.factors.CodeAgainForm",
    "activate_totp": "meibo.platform.accounts.entrance.factors.FirstCodeForm",
    "add_webauthn": "meibo.platform.accounts.entrance.factors.PasskeyForm",
}

# ── Left alone, asked again, locked out ─────────────────────────────────────────────────────────
MEIBO_IDLE_MINUTES = environment.number("MEIBO_IDLE_MINUTES", 15)
MEIBO_REAUTH_MINUTES = environment.number("MEIBO_REAUTH_MINUTES", 30)
MEIBO_LOCK_AFTER = environment.number("MEIBO_LOCK_AFTER", 5, least=1)
MEIBO_LOCK_MINUTES = environment.number("MEIBO_LOCK_MINUTES", 15, least=1)
AXES_HANDLER = "meibo.platform.accounts.entrance.lockout.HouseHandler"
AXES_FAILURE_LIMIT = MEIBO_LOCK_AFTER
AXES_COOLOFF_TIME = timedelta(minutes=MEIBO_LOCK_MINUTES)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username"]
AXES_LOCKOUT_CALLABLE = "meibo.platform.accounts.entrance.lockout.locked"
AXES_CLIENT_IP_CALLABLE = "meibo.platform.address.of"
AXES_USERNAME_CALLABLE = "meibo.platform.accounts.entrance.lockout.counted_name"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the lock ends when it said it would
# The audit log is the one that counts; axes keeps no second one, and nothing that was typed.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["login", "username", "code", "credential", "next"]

# ── The municipality's own sign-in ──────────────────────────────────────────────────────────────
SOCIALACCOUNT_PROVIDERS = sign_in.for_allauth(MEIBO_PROVIDERS)
SOCIALACCOUNT_ADAPTER = "meibo.platform.accounts.entrance.providers.ProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # our policy lets no form of ours end at another host
SOCIALACCOUNT_STORE_TOKENS = False

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
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
# Without TLS browsers let a passkey be used on the very machine only (localhost), under http:.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-meibo_session", "__Host-meibo_csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True  # names below ours only
# Browsers' preload lists are for names of the whole internet; ours may be of a closed network.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# ── Who carries the messages of 安否確認 ────────────────────────────────────────────────────────
MEIBO_PROXIES = environment.proxies()
MEIBO_REACHING = reaching.reaching(MEIBO_TOWN / "reaching.toml", secure=HTTPS, hosts=ALLOWED_HOSTS)
#: Where a hub finds this house, if not where the links of messages lead.
MEIBO_TELEGRAM_CALLBACK = environment.text("MEIBO_TELEGRAM_CALLBACK", MEIBO_REACHING.public_url)
MEIBO_BOUNCE_DIR = environment.file("MEIBO_BOUNCE_DIR")

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
LOGGING = logs.settings(
    environment.text("MEIBO_LOG_LEVEL", "WARNING"), send_audit=environment.flag("MEIBO_AUDIT_LOG")
)
