"""What authors retire through the files: the content loads, and a new draw leaves it out."""

import re
import shutil
from pathlib import Path
from random import Random

import pytest

from quiz.app import ROOT
from quiz.content import key_file
from quiz.content.load import load
from quiz.core.drawing import unfold


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the shipped content."""
    return Path(shutil.copytree(ROOT / "questions", tmp_path / "questions"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


def replace_x01(root: Path) -> None:
    """Retire x01 of form X, and put x91 in its slot."""
    path = root / "bank/forms/x.toml"
    text = path.read_text(encoding="utf-8")
    block = re.search(r'\[\[statements\]\]\nid = "x01"\n.*?(?=\[\[)', text, re.DOTALL)
    assert block
    new = block[0].replace('"x01"', '"x91"').replace("Minna Tarrow", "Olla Brenn")
    old = block[0].rstrip() + "\nretired = true\n\n"
    path.write_text(text.replace(block[0], old + new), encoding="utf-8")


def test_a_form_can_be_retired_with_its_exercise(root: Path) -> None:
    path = root / "bank/forms/z.toml"
    path.write_text("retired = true\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    edit(root / "exercises.toml", 'id = "form-z"\n', 'id = "form-z"\nretired = true\n')
    library = load(root)
    assert library.forms["form-z"].retired and library.task("bank/z01")
    assert "bank/form-z" not in {one.key for one in library.listed}
    assert key_file.problems(library, root) == []


def test_a_statement_of_a_form_can_be_replaced_and_is_asked_no_more(root: Path) -> None:
    replace_x01(root)
    library = load(root)
    form = library.forms["form-x"]
    assert "bank/x91" in form.statements and form.former == ("bank/x01",)
    asked = {one.item for one in unfold(library.exercises["bank/form-x"], library, Random(1))}
    assert len(asked) == library.exercises["bank/form-x"].count == len(form.statements) + len(form.pairs)
    assert "bank/x91" in asked and "bank/x01" not in asked
