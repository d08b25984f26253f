"""One frozen Settings, read from the environment and checked at start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

INSTANCE = Path(__file__).parent.parent / "instance"
SHORTEST_KEY = 32
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
        host = self.environ.get("HOST") or "127.0.0.1"
        port = self._number("PORT", 8000, least=1, most=65535)
        database_url = self._database_url()
        settings = Settings(
            database_url=database_url,
            secret_key=self._secret_key(sqlite=database_url.startswith("sqlite")),
            secret_key_fallbacks=tuple(self.environ.get("SECRET_KEY_FALLBACKS", "").split()),
            host=host,
            port=port,
            public_url=self._public_url(host, port),
            trusted_proxies=self._number("TRUSTED_PROXIES", 0, least=0, most=10),
            web_concurrency=self._number("WEB_CONCURRENCY", 2, least=1, most=64),
            timezone=self._timezone(),
            ratelimit_storage_uri=self.environ.get("RATELIMIT_STORAGE_URI") or "memory://",
            teacher_signup=self._teacher_signup(),
        )
        if self.wrong:
            raise SettingsError("\n".join(self.wrong))
        return settings

    def _number(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.environ.get(name) or str(default)
        if value.isascii() and value.isdigit() and least <= int(value) <= most:
            return int(value)
        self.wrong.append(f"{name} is “{value}”: give a whole number from {least} to {most}.")
        return default

    def _database_url(self) -> str:
        value = self.environ.get("DATABASE_URL", "")
        if not value:
            self.instance.mkdir(parents=True, exist_ok=True)
            return f"sqlite:///{self.instance / 'whose-word.sqlite'}"
        for scheme in ("postgresql+psycopg://", "postgresql://", "postgres://"):
            if value.startswith(scheme):
                return "postgresql+psycopg://" + value.removeprefix(scheme)
        if value.startswith("sqlite:///") and value != "sqlite:///":
            return value
        self.wrong.append("DATABASE_URL must start with postgresql:// or with sqlite:/// and a file.")
        return value

    def _secret_key(self, *, sqlite: bool) -> str:
        value = self.environ.get("SECRET_KEY", "")
        if not value and sqlite:
            return self._kept_secret()
        if len(value) < SHORTEST_KEY:
            self.wrong.append(f"SECRET_KEY must be set, with at least {SHORTEST_KEY} characters.")
        return value

    def _kept_secret(self) -> str:
        """The secret in the instance folder, made once, readable by its owner alone."""
        self.instance.mkdir(parents=True, exist_ok=True)
        path = self.instance / "secret-key"
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        secret = secrets.token_hex(SHORTEST_KEY)
        with os.fdopen(file, "w", encoding="ascii") as stream:
            stream.write(secret)
        return secret

    def _public_url(self, host: str, port: int) -> str:
        value = self.environ.get("PUBLIC_URL", "").rstrip("/")
        if not value:
            return f"http://{f'[{host}]' if ':' in host else host}:{port}"
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
            self.wrong.append("PUBLIC_URL must look like https://words.school.example, without a path.")
        return value

    def _teacher_signup(self) -> str:
        value = self.environ.get("TEACHER_SIGNUP") or "invite"
        if value not in {"invite", "open"}:
            self.wrong.append(f"TEACHER_SIGNUP is “{value}”: write invite or open.")
        return value

    def _timezone(self) -> str:
        value = self.environ.get("TIMEZONE") or "UTC"
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.wrong.append(f"TIMEZONE is “{value}”: give a name such as Europe/Lisbon.")
        return value
