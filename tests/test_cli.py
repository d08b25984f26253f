"""The command: what it prints, and how it ends."""

import csv
import io
import json
import shutil
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from quiz.app import ROOT
from quiz.cli import main
from quiz.content.load import load


def quiz(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from quiz.cli import main; main()", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_upgrade_migrates_once_and_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    assert "up to date" in quiz("upgrade", DATABASE_URL=url, SECRET_KEY="k" * 32).stdout
    assert quiz("upgrade", DATABASE_URL=url, SECRET_KEY="k" * 32).stdout == ""


def test_run_on_a_database_that_is_not_migrated_says_so_in_one_line(tmp_path: Path) -> None:
    ended = quiz("run", DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite'}", SECRET_KEY="k" * 32)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1 and "quiz upgrade" in ended.stderr


def test_run_without_a_database_says_so_in_one_line() -> None:
    ended = quiz("run", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", SECRET_KEY="k" * 32)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1 and "DATABASE_URL" in ended.stderr


@pytest.mark.parametrize("command", ["run", "demo"])
def test_a_port_in_use_is_told_in_one_line(tmp_path: Path, command: str) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    quiz("upgrade", DATABASE_URL=url, SECRET_KEY="k" * 32)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ended = quiz(command, DATABASE_URL=url, SECRET_KEY="k" * 32, PORT=port)
    assert ended.returncode == 1
    assert ended.stdout == "", "no address that another program answers"
    assert ended.stderr.count("\n") == 1 and f"uses port {port}" in ended.stderr


def test_an_address_of_another_machine_is_told_in_one_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    quiz("upgrade", DATABASE_URL=url, SECRET_KEY="k" * 32)
    ended = quiz("run", DATABASE_URL=url, SECRET_KEY="k" * 32, HOST="192.0.2.1")
    assert ended.returncode == 1 and ended.stdout == ""
    assert ended.stderr.count("\n") == 1 and "192.0.2.1" in ended.stderr


def test_wrong_settings_are_a_line_each() -> None:
    ended = quiz("run", PORT="eighty", TIMEZONE="Nowhere")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 2


def test_check_counts_and_finds_no_problem() -> None:
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0
    assert "no problems" in result.output


def test_check_of_the_language_prints_its_figures() -> None:
    result = CliRunner().invoke(main, ["check", "--language"])
    assert result.exit_code == 0, result.output
    for figure in ("cue words practice", "most alike", "feedback grade highest", "invented places"):
        assert figure in result.output


def test_check_lists_every_item_and_every_use_of_the_bank() -> None:
    data = json.loads(CliRunner().invoke(main, ["check", "--json"]).output)
    assert data["problems"] == []
    ids = {item["id"] for item in data["items"] if item["article"] == "alleged-support"}
    sections = {"A": 7, "B": 7, "C": 7, "D": 8}
    assert ids == {f"{name}{at}" for name, most in sections.items() for at in range(1, most + 1)} | {
        "B1s",
        "C1s",
    }
    second = [item for item in data["items"] if item["article"] == "lendal-otters"]
    assert {item["format"] for item in second} == {"choice", "spot", "classify", "grid", "text"}
    uses = Counter(one["use"] for one in data["practice"])
    assert uses["practice"] >= 80
    assert uses["pair"] >= 24
    assert uses["mirror"] >= 24
    assert [uses[f"form-{name}"] for name in "xyz"] == [16, 16, 16]
    assert len({one["text"] for one in data["practice"]}) == len(data["practice"])


def test_check_as_json_has_the_fields_laid_down() -> None:
    data = json.loads(CliRunner().invoke(main, ["check", "--json"]).output)
    assert set(data) == {"articles", "items", "practice", "figures", "problems"}
    (article,) = [one for one in data["articles"] if one["id"] == "alleged-support"]
    assert article["sentences"] == 16
    fields = {"id", "sentence", "label", "bin", "two_way", "label_firm", "bin_firm", "two_way_firm"}
    assert all(set(claim) == fields for claim in article["claims"])
    fields = {"id", "article", "section", "skill", "format", "revision", "graded", "claims"}
    assert all(set(item) == fields for item in data["items"])
    fields = {"id", "use", "case", "level", "label", "bin", "two_way", "text"}
    assert all(set(one) == fields for one in data["practice"])


CLAIMS = """\
c1,1,ANON-ROLE,yes,yes,yes c2,1,ANON-ROLE,yes,yes,yes c3,2,VAGUE,yes,yes,yes c4,3,VAGUE,yes,yes,yes
c5,3,VAGUE,no,no,yes c6,4,ANON-ROLE,yes,yes,yes c7,4,ANON-ROLE,no,no,no c8,5,ANON-ROLE,yes,yes,yes
c9,5,ANON-ROLE,yes,yes,yes c10,6,EVALUATION,yes,yes,yes c11,6,VAGUE,no,no,no c12,6,BACKGROUND,no,no,no
c13,7,BARE,no,no,yes c14,7,VAGUE,yes,yes,yes c15,7,BACKGROUND,yes,yes,yes c16,8,INSTITUTION,yes,yes,yes
c17,9,INSTITUTION,no,yes,yes c18,10,BACKGROUND,yes,yes,yes c19,10,BACKGROUND,yes,yes,yes
c20,11,BARE,no,yes,yes c21,11,EVALUATION,yes,yes,yes c22,12,BACKGROUND,yes,yes,yes
c23,12,BACKGROUND,yes,yes,yes c24,12,INSTITUTION,no,no,no c25,13,ANON-ROLE,yes,yes,yes
c26,13,ANON-ROLE,yes,yes,yes c27,13,ANON-ROLE,yes,yes,yes c28,13,ANON-ROLE,yes,yes,yes
c29,13,ANON-ROLE,yes,yes,yes c30,14,VAGUE,yes,yes,yes c31,14,VAGUE,no,no,yes c32,15,VAGUE,no,no,yes
c33,15,EVALUATION,no,no,yes c34,16,BARE,no,yes,yes c35,16,EVALUATION,yes,yes,yes
"""


def test_the_claims_are_labelled_as_they_were_read_twice() -> None:
    """The key to the article: sentence, label, and whether label, bin and two-way are firm."""
    data = json.loads(CliRunner().invoke(main, ["check", "--json"]).output)
    (article,) = [one for one in data["articles"] if one["id"] == "alleged-support"]
    read = [tuple(row) for row in csv.reader(io.StringIO("\n".join(CLAIMS.split())))]
    firm = {True: "yes", False: "no"}
    shipped = [
        (
            claim["id"],
            str(claim["sentence"]),
            claim["label"],
            firm[claim["label_firm"]],
            firm[claim["bin_firm"]],
            firm[claim["two_way_firm"]],
        )
        for claim in article["claims"]
    ]
    assert sorted(shipped) == sorted(read)


def test_check_fails_with_the_whole_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("quiz.cli_content.ROOT", tmp_path)
    (tmp_path / "questions").mkdir()
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert result.output.count("the file is missing") == 6


FORMATS = ["choice", "spot", "classify", "grid", "text"]


def test_new_writes_skeletons_that_pass_the_schema(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "questions", tmp_path / "questions")
    monkeypatch.setattr("quiz.cli_content.ROOT", tmp_path)
    run = CliRunner().invoke
    assert run(main, ["new", "article", "bridge"]).exit_code == 0
    for number, format in enumerate(FORMATS, start=1):
        result = run(main, ["new", "item", "bridge", f"F{number}", format])
        assert result.exit_code == 0, result.output
    result = run(main, ["check"])
    assert result.exit_code == 1
    assert result.output.count("is new: run `quiz check --renew-keys`") == len(FORMATS)
    result = run(main, ["check", "--renew-keys"])
    assert result.exit_code == 0, result.output
    library = load(tmp_path / "questions")
    assert {library.items[f"bridge/F{number}"].format.name for number in range(1, 6)} == set(FORMATS)


@pytest.mark.parametrize(
    ("arguments", "say"),
    [
        (["article", "lendal-otters"], "exists already: nothing was written"),
        (["article", "../outside"], "lower-case words joined by hyphens"),
        (["item", "lendal-otters", "E1", "spot"], "exists already: nothing was written"),
        (["item", "nowhere", "Z1", "spot"], "There is no article nowhere"),
        (["item", "lendal-otters", "e1", "spot"], "a capital and a number"),
        (["item", "lendal-otters", "E9", "riddle"], "riddle"),
    ],
)
def test_new_refuses_with_a_plain_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], say: str
) -> None:
    shutil.copytree(ROOT / "questions", tmp_path / "questions")
    monkeypatch.setattr("quiz.cli_content.ROOT", tmp_path)
    before = sorted(path.read_bytes() for path in tmp_path.rglob("*.toml"))
    result = CliRunner().invoke(main, ["new", *arguments])
    assert result.exit_code != 0
    assert say in result.output
    assert "Traceback" not in result.output
    assert sorted(path.read_bytes() for path in tmp_path.rglob("*.toml")) == before
