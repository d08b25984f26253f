"""The files for those who run the app agree with the app."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from quiz.app import ROOT
from quiz.cli import main
from quiz.serving import LONGEST_REQUEST
from quiz.settings import Settings

UNITS = sorted((ROOT / "deploy").glob("whose-word*.service")) + sorted((ROOT / "deploy").glob("*.timer"))
SYSTEMD_ANALYZE = shutil.which("systemd-analyze")
MOST_EXPOSED = 20
"""In tenths, as `systemd-analyze security` counts them; 100 is a service without any protection."""

needs_systemd = pytest.mark.skipif(
    SYSTEMD_ANALYZE is None, reason="NO SYSTEMD: systemd-analyze was not found, so the units aren’t read"
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


class Asked(Mapping[str, str]):
    """An environment without anything in it, which remembers what it was asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@pytest.fixture
def settings_read(tmp_path: Path) -> set[str]:
    """The names of all settings that the app reads."""
    asked = Asked()
    Settings.from_environment(asked, tmp_path)
    return asked.names


def test_the_table_in_the_docs_and_the_example_name_every_setting_and_no_other(
    settings_read: set[str],
) -> None:
    table = read("docs/operate.md").partition("## Settings")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == settings_read
    example = re.findall(r"^#?([A-Z_]+)=", read("deploy/whose-word.env.example"), re.MULTILINE)
    assert sorted(example) == sorted(settings_read)


def test_compose_names_settings_alone_and_passes_each_by_its_own_name(settings_read: set[str]) -> None:
    app = read("compose.yaml").partition("  app:")[2].partition("  database:\n    image")[0]
    named = dict(re.findall(r"^      ([A-Z_]+): (.+)$", app, re.MULTILINE))
    assert set(named) == settings_read - {"HOST", "PORT"}, "the image itself sets HOST"
    for name in set(named) - {"DATABASE_URL"}:
        assert re.fullmatch(rf"\$\{{{name}:(\?|-1?)\}}", named[name]), f"{name} takes another’s value"


def test_the_example_starts_the_app_once_a_secret_is_written_in(tmp_path: Path) -> None:
    text = read("deploy/whose-word.env.example").replace("#", "")
    environ = dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))
    settings = Settings.from_environment({**environ, "SECRET_KEY": "k" * 32}, tmp_path)
    defaults = Settings.from_environment({"SECRET_KEY": "k" * 32}, tmp_path)
    for name in re.findall(r"^#([A-Z_]+)=", read("deploy/whose-word.env.example"), re.MULTILINE):
        assert getattr(settings, name.lower()) == getattr(defaults, name.lower()), f"{name} has changed"
    assert settings.secure and settings.trusted_proxies == 1


def test_every_command_that_a_file_calls_is_there() -> None:
    files = [*UNITS, ROOT / "Dockerfile", ROOT / "compose.yaml"]
    called = {
        found
        for path in files
        for found in re.findall(r"(?:bin/|exec app |exec |\")quiz ([a-z]+)", path.read_text(encoding="utf-8"))
    }
    assert {"upgrade", "run", "purge", "backup", "invite"} == called
    assert called <= set(main.commands)


def test_whoever_stops_the_app_waits_longer_than_a_request_may_take() -> None:
    found = re.search(r"TimeoutStopSec=(\d+)", read("deploy/whose-word.service"))
    assert found and int(found[1]) > LONGEST_REQUEST
    found = re.search(r"stop_grace_period: (\d+)s", read("compose.yaml"))
    assert found and int(found[1]) > LONGEST_REQUEST


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units, with this checkout as the place where the app stands, and its Python."""
    for path in UNITS:
        text = re.sub(r"/opt/whose-word/\.venv/bin/quiz", sys.executable, path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(text.replace("/opt/whose-word", str(ROOT)), encoding="utf-8")
    return sorted(tmp_path.iterdir())


@needs_systemd
def test_systemd_finds_nothing_wrong_with_the_units(units: list[Path]) -> None:
    assert len(units) == 3
    assert analyze("verify", "--man=no", *map(str, units)) == (0, "")


@needs_systemd
def test_the_services_are_shut_in(units: list[Path]) -> None:
    options = ["--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}"]
    for path in units:
        if path.suffix == ".service":
            assert analyze("security", *options, str(path)) == (0, ""), path.name


def analyze(*arguments: str) -> tuple[int, str]:
    """What systemd-analyze ends with, and what it complains of."""
    assert SYSTEMD_ANALYZE
    ended = subprocess.run([SYSTEMD_ANALYZE, *arguments], capture_output=True, text=True, check=False)
    return ended.returncode, ended.stderr


def test_what_the_image_takes_in_is_enough_to_serve(tmp_path: Path) -> None:
    taken = [line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")]
    for name in taken:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    ask = "import quiz.app, wsgi; print(quiz.app.ROOT, wsgi.application.test_client().get('/guide').status)"
    ended = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "DATABASE_URL": "sqlite:///none.sqlite", "SECRET_KEY": "k" * 32},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout.splitlines()[-1:] == [f"{tmp_path} 200 OK"], ended.stderr
