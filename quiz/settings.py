"""One frozen Settings, read from the environment and checked at start."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from quiz.core.opening import is_zone

INSTANCE = Path(__file__).parent.parent / "instance"
SHORTEST_KEY = 32
LONGEST_NUMBER = 10
EVERYWHERE = frozenset({"0.0.0.0", "::"})


class SettingsError(Exception):
    """Some settings can't be used; the message has one clear line for each."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this app runs. See docs/operate.md for each."""

    database_url: str
    secret_key: str
    secret_key_fallbacks: tuple[str, ...]
    host: str
    port: int
    public_url: str
    trusted_proxies: int
    web_concurrency: int
    timezone: str
    ratelimit_storage_uri: str
    teacher_signup: str
    retention_days: int

    @property
    def secure(self) -> bool:
        """Whether the app is reached by TLS."""
        return self.public_url.startswith("https://")

    @property
    def allowed_hosts(self) -> list[str] | None:
        """The host names that requests may ask for; None for any, where the app listens everywhere."""
        name = urlsplit(self.public_url).hostname or self.host
        if name in EVERYWHERE:
            return None
        return sorted({name, "localhost", "127.0.0.1"})

    @property
    def address(self) -> str:
        """Where whoever runs the app opens it on the same computer; elsewhere the public address."""
        name = urlsplit(self.public_url).hostname or ""
        return f"http://127.0.0.1:{self.port}" if name in EVERYWHERE else self.public_url

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str] | None = None, instance: Path = INSTANCE
    ) -> "Settings":
        """Read and check all settings.

        Makes the folder `instance` and a secret in it where SQLite is used and none is set.
        Raises SettingsError with a line for every value that can't be used.
        """
        return _Reading(os.environ if environ is None else environ, instance).settings()


class _Reading:
    """One reading of the environment, gathering what is wrong with it."""

    def __init__(self, environ: Mapping[str, str], instance: Path) -> None:
        self.environ = environ
        self.instance = instance
        self.wrong: list[str] = []

    def settings(self) -> Settings:
        host = self._host()
        port = self._number("PORT", 8000, least=1, most=65535)
        database_url = self._database_url()
        settings = Settings(
            database_url=database_url,
            secret_key=self._secret_key(sqlite=database_url.startswith("sqlite")),
            secret_key_fallbacks=self._fallbacks(),
            host=host,
            port=port,
            public_url=self._public_url(host, port),
            trusted_proxies=self._number("TRUSTED_PROXIES", 0, least=0, most=10),
            web_concurrency=self._number("WEB_CONCURRENCY", 2, least=1, most=64),
            timezone=self._timezone(),
            ratelimit_storage_uri=self._ratelimit_storage_uri(),
            teacher_signup=self._teacher_signup(),
            retention_days=self._number("RETENTION_DAYS", 365, least=0, most=36500),
        )
        if self.wrong:
            raise SettingsError("\n".join(self.wrong))
        return settings

    def _number(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.environ.get(name) or str(default)
        plain = value.isascii() and value.isdigit() and len(value) < LONGEST_NUMBER
        if plain and least <= int(value) <= most:
            return int(value)
        self.wrong.append(f"{name} is “{value}”: give a whole number from {least} to {most}.")
        return default

    def _database_url(self) -> str:
        value = self.environ.get("DATABASE_URL", "")
        if not value:
            self._make_instance()
            return f"sqlite:///{self.instance / 'whose-word.sqlite'}"
        for scheme in ("postgresql+psycopg://", "postgresql://", "postgres://"):
            if value.startswith(scheme):
                value = "postgresql+psycopg://" + value.removeprefix(scheme)
                break
        if not self._is_database(value):
            self.wrong.append(
                "DATABASE_URL must look like postgresql://name@host/database or sqlite:///file."
            )
        return value

    def _is_database(self, value: str) -> bool:
        try:
            url = make_url(value)
        except (ArgumentError, ValueError):
            return False
        plain = bool(url.database) and not url.query
        return url.drivername == "postgresql+psycopg" or (url.drivername == "sqlite" and plain)

    def _make_instance(self) -> None:
        try:
            self.instance.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            self.wrong.append(f"The folder {self.instance.name}/ can’t be made: {problem.strerror}.")

    def _secret_key(self, *, sqlite: bool) -> str:
        value = self.environ.get("SECRET_KEY", "")
        if not value and sqlite:
            return self._kept_secret()
        if len(value) < SHORTEST_KEY:
            self.wrong.append(f"SECRET_KEY must be set, with at least {SHORTEST_KEY} characters.")
        return value

    def _kept_secret(self) -> str:
        """The secret in the instance folder, made once, readable by its owner alone."""
        self._make_instance()
        path = self.instance / "secret-key"
        try:
            if not path.exists():
                _write_once(path, secrets.token_hex(SHORTEST_KEY))
            secret = path.read_text(encoding="ascii")
        except PermissionError:
            self.wrong.append(
                f"{self.instance.name}/secret-key can’t be read by this user: be the one that serves."
            )
            return ""
        except (OSError, UnicodeDecodeError):
            secret = ""
        if len(secret) < SHORTEST_KEY:
            self.wrong.append(
                f"{self.instance.name}/secret-key is damaged: without it one is made, and all sign in anew."
            )
        return secret

    def _public_url(self, host: str, port: int) -> str:
        value = self.environ.get("PUBLIC_URL", "").rstrip("/")
        if not value:
            return f"http://{f'[{host}]' if ':' in host else host}:{port}"
        if not _is_address(value):
            self.wrong.append("PUBLIC_URL must look like https://words.school.example, without a path.")
            return ""
        return value

    def _host(self) -> str:
        value = self.environ.get("HOST") or "127.0.0.1"
        if not _is_host(value):
            self.wrong.append(f"HOST is “{value}”: give a name or an address such as 0.0.0.0 or ::1.")
        return value

    def _fallbacks(self) -> tuple[str, ...]:
        keys = tuple(self.environ.get("SECRET_KEY_FALLBACKS", "").split())
        if any(len(one) < SHORTEST_KEY for one in keys):
            self.wrong.append(f"SECRET_KEY_FALLBACKS must have at least {SHORTEST_KEY} characters each.")
        return keys

    def _ratelimit_storage_uri(self) -> str:
        value = self.environ.get("RATELIMIT_STORAGE_URI") or "memory://"
        try:
            storage_from_string(value)
        except ConfigurationError as error:
            self.wrong.append(f"RATELIMIT_STORAGE_URI can’t be used: {error}.")
        except (
            Exception
        ):  # each kind of store fails in its own way; where it is away, the app counts in memory
            return value
        return value

    def _teacher_signup(self) -> str:
        value = self.environ.get("TEACHER_SIGNUP") or "invite"
        if value not in {"invite", "open"}:
            self.wrong.append(f"TEACHER_SIGNUP is “{value}”: write invite or open.")
        return value

    def _timezone(self) -> str:
        value = self.environ.get("TIMEZONE") or "UTC"
        if not is_zone(value):
            self.wrong.append(f"TIMEZONE is “{value}”: give a name such as Europe/Lisbon.")
        return value


def _write_once(path: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner alone; where another was first, its file stands."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as stream:
        stream.write(text)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _is_host(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?", name) is not None
    return True


def _is_address(value: str) -> bool:
    """Whether it is http or https, a host and perhaps a port, and nothing else."""
    try:
        parts = urlsplit(value)
        plain = parts.hostname is not None and parts.port != 0 and _is_host(parts.hostname)
    except ValueError:
        return False
    rest = (parts.path, parts.query, parts.fragment, parts.username, parts.password)
    return parts.scheme in {"http", "https"} and plain and not any(rest)
