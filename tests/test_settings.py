"""Settings: sensible without any, and every wrong value said in one line."""

from pathlib import Path

import pytest

from quiz.settings import Settings, SettingsError

SECRET = "s" * 32


def test_nothing_set_means_sqlite_and_a_secret_made_once(tmp_path: Path) -> None:
    first = Settings.from_environment({}, tmp_path / "instance")
    again = Settings.from_environment({}, tmp_path / "instance")
    assert first == again
    assert first.database_url.startswith("sqlite:///") and len(first.secret_key) >= 32
    assert (tmp_path / "instance" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert (first.host, first.port, first.public_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_by_psycopg_and_needs_a_secret(tmp_path: Path, scheme: str) -> None:
    url = f"{scheme}://someone@127.0.0.1/words"
    settings = Settings.from_environment({"DATABASE_URL": url, "SECRET_KEY": SECRET}, tmp_path)
    assert settings.database_url == "postgresql+psycopg://someone@127.0.0.1/words"
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        Settings.from_environment({"DATABASE_URL": url}, tmp_path)
    assert not (tmp_path / "secret-key").exists()


def test_every_wrong_value_is_said_at_once(tmp_path: Path) -> None:
    wrong = {
        "DATABASE_URL": "mysql://x",
        "SECRET_KEY": "short",
        "PORT": "eighty",
        "TRUSTED_PROXIES": "-1",
        "WEB_CONCURRENCY": "0",
        "TIMEZONE": "right/UTC",
        "HOST": "foo bar",
        "SECRET_KEY_FALLBACKS": "short",
        "RATELIMIT_STORAGE_URI": "foo://x",
        "TEACHER_SIGNUP": "maybe",
        "RETENTION_DAYS": "a year",
        "PUBLIC_URL": "words.example",
    }
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment(wrong, tmp_path)
    lines = str(raised.value).splitlines()
    assert len(lines) == len(wrong)
    assert all(any(name in line for line in lines) for name in wrong)


def test_a_public_address_by_tls_means_secure_cookies_and_its_host_alone(tmp_path: Path) -> None:
    settings = Settings.from_environment({"PUBLIC_URL": "https://words.school.example"}, tmp_path)
    assert settings.secure
    assert settings.allowed_hosts == ["127.0.0.1", "localhost", "words.school.example"]
    assert Settings.from_environment({"HOST": "0.0.0.0"}, tmp_path).allowed_hosts is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "http://["),
        ("PUBLIC_URL", "https://x:99999"),
        ("PUBLIC_URL", "https://x?q=1"),
        ("PUBLIC_URL", "https://u:p@x"),
        ("PUBLIC_URL", "https://x y"),
        ("PUBLIC_URL", "https://x#f"),
        ("HOST", "[::1]"),
        ("PORT", "8" * 5000),
        ("DATABASE_URL", "postgresql://x:y@z:notaport/x"),
        ("DATABASE_URL", "sqlite:////f?b=c"),
        ("TIMEZONE", "localtime"),
    ],
)
def test_a_value_that_can_not_be_used_is_one_clear_line(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment({"SECRET_KEY": SECRET, name: value}, tmp_path)
    (line,) = str(raised.value).splitlines()
    assert name in line


def test_a_store_of_limits_that_is_away_does_not_stop_the_start(tmp_path: Path) -> None:
    away = "redis://127.0.0.1:1"
    settings = Settings.from_environment({"SECRET_KEY": SECRET, "RATELIMIT_STORAGE_URI": away}, tmp_path)
    assert settings.ratelimit_storage_uri == away


@pytest.mark.parametrize("kept", [b"", b"short", "schlüssel".encode() * 10])
def test_a_kept_secret_that_can_not_be_used_stops_the_start(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "secret-key").write_bytes(kept)
    with pytest.raises(SettingsError, match="secret-key is damaged"):
        Settings.from_environment({}, tmp_path)


def test_an_instance_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("")
    with pytest.raises(SettingsError, match="instance/"):
        Settings.from_environment({}, tmp_path / "instance")
