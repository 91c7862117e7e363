"""The one settings module. Everything an operator may change is read from the environment, loudly.

Importing it needs no key; keys are read on first use from KEY_DIR.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

BASE_DIR = Path(__file__).resolve().parent.parent


SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON")


def env_bool(name: str, default: bool) -> bool:
    """`1/true/yes/on` or `0/false/no/off`. Raises ImproperlyConfigured on anything else."""
    raw = os.environ.get(name, "").strip().lower()
    if raw in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if not raw else raw in {"1", "true", "yes", "on"}
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def database(url: str, folder: Path) -> dict[str, Any]:
    """A Django database from `sqlite:///path` or `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
            "PORT": parts.port or "",
            "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 4, "timeout": 10}},
        }
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path) or str(folder / "agreements.sqlite3"),
            "TEST": {"NAME": str(folder / "test.sqlite3")},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "".join(f"PRAGMA {pragma};" for pragma in SQLITE_PRAGMAS),
            },
        }
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgresql://.")


def mail(url: str) -> dict[str, Any]:
    """Django's mail settings from `smtp://`, `smtp+tls://`, `smtps://user:password@host:port`, `console:` or `off:`."""
    parts = urlsplit(url)
    backends = {"console": "console.EmailBackend", "off": "dummy.EmailBackend"}
    if parts.scheme in backends:
        return {"EMAIL_BACKEND": f"django.core.mail.backends.{backends[parts.scheme]}"}
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"}:
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtp+tls://, smtps://, console: or off:.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def secret(folder: Path) -> str:
    """SECRET_KEY from the environment or from the file that `setup`, `demo` and `test` make; empty before that."""
    if key := os.environ.get("SECRET_KEY", ""):
        return key
    path = folder / "secret.key"
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""


DEBUG = env_bool("DEBUG", default=False)
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var")).resolve()
KEY_DIR = Path(os.environ.get("KEY_DIR", VAR_DIR / "keys")).resolve()
SECRET_KEY = secret(KEY_DIR)
PUBLIC_ADDRESS = os.environ.get("PUBLIC_ADDRESS", "").rstrip("/")
if PUBLIC_ADDRESS and not PUBLIC_ADDRESS.startswith("https://"):
    raise ImproperlyConfigured("PUBLIC_ADDRESS must begin with https://.")
HTTPS = bool(PUBLIC_ADDRESS)
SEAL_PKCS12 = os.environ.get("SEAL_PKCS12", "")
SEAL_PKCS12_BASE64 = os.environ.get("SEAL_PKCS12_BASE64", "")
SEAL_PASSPHRASE = os.environ.get("SEAL_PASSPHRASE", "")
if SEAL_PKCS12 and SEAL_PKCS12_BASE64:
    raise ImproperlyConfigured("Set SEAL_PKCS12 or SEAL_PKCS12_BASE64, not both.")
TSA_URL, TSA_ROOT = os.environ.get("TSA_URL", ""), os.environ.get("TSA_ROOT", "")
TSA_POLICY = os.environ.get("TSA_POLICY", "")
if bool(TSA_URL) != bool(TSA_ROOT) or (TSA_URL and not TSA_URL.startswith(("http://", "https://"))):
    raise ImproperlyConfigured(
        "TSA_URL is an address with http:// or https://, and TSA_ROOT the file to trust with it."
    )
ALLOWED_HOSTS = [*filter(None, [urlsplit(PUBLIC_ADDRESS).hostname]), "localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += os.environ.get("ALLOWED_HOSTS", "").split()
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS] if PUBLIC_ADDRESS else []
CSRF_FAILURE_VIEW = "agreements.views.errors.csrf_failure"

INSTALLED_APPS = [
    "agreements.apps.AgreementsConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "agreements.views.headers.Smaller",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "agreements.views.headers.PrivateHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "agreements.views.sign_in.SignInFirst",
    "agreements.views.session_mode.SessionMode",
    "agreements.views.access.SecondFactorForStaff",
    "agreements.views.access.ClientsForTherapists",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "agreements.views.practice_run.PracticeRun",
]
ROOT_URLCONF = "agreements.urls"
WSGI_APPLICATION = "agreements.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agreements.views.access.installation",
            ]
        },
    }
]
INSTALLED_APPS.insert(-1, "django.forms")

DATABASES = {"default": database(os.environ.get("DATABASE_URL") or "sqlite://", VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "rate_limits"}}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTH_USER_MODEL = "agreements.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("home")
ACCOUNT_ADAPTER = "agreements.views.sign_in.ClosedSignUp"
ACCOUNT_FORMS = {"login": "agreements.forms.sign_in.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Between Sessions"
MFA_ADAPTER = "agreements.views.sign_in.EncryptedSecrets"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", VAR_DIR / "static"))
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
if env_bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CRISPY_TEMPLATE_PACK = "own"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["own"]
CRISPY_FAIL_SILENTLY = False

for _name, _value in mail(os.environ.get("EMAIL_URL", "console:")).items():
    globals()[_name] = _value
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "reminders@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"pyhanko": {"level": "CRITICAL"}},  # what it finds wrong with a file is our answer, not news
}
