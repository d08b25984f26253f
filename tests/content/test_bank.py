"""The shipped bank keeps its quotas; each quota and refusal, broken on purpose, fails with a clear line."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.app import ROOT
from quiz.content.load import load
from quiz.content.problems import ContentError

Break = Callable[[Path], None]


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped content to break."""
    return Path(shutil.copytree(ROOT / "questions", tmp_path / "questions"))


def cut(file: str, start: str, table: str) -> Break:
    """Take one entry out of a file: the one that holds `start`."""

    def do(root: Path) -> None:
        path = root / file
        head, *entries = re.split(
            rf"(?=^\[\[{table}\]\])", path.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        kept = [one for one in entries if start not in one]
        assert len(kept) == len(entries) - 1
        path.write_text(head + "".join(kept), encoding="utf-8")

    return do


def change(file: str, old: str, new: str, count: int = 1) -> Break:
    """Put other words in a file."""

    def do(root: Path) -> None:
        path = root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    return do


def both(*steps: Break) -> Break:
    """One after the other."""

    def do(root: Path) -> None:
        for step in steps:
            step(root)

    return do


def fewer(*ids: str, case: str) -> Break:
    """Take statements out of a case."""
    return both(*(cut(f"bank/practice/{case}.toml", f'id = "{id}"', "statements") for id in ids))


def only_judging(root: Path) -> None:
    """Give a whole case the same answer."""
    path = root / "bank/practice/plain-or-judging.toml"
    text = re.sub(r'label = "(BARE|BACKGROUND)"', 'label = "EVALUATION"', path.read_text(encoding="utf-8"))
    path.write_text(text.replace('likely_wrong = "EVALUATION"', 'likely_wrong = "BARE"'), encoding="utf-8")


CASES: dict[str, tuple[Break, str]] = {
    "too few practice statements": (
        both(
            fewer("n02", "n31", "n32", "n33", "n34", case="full-stop"),
            fewer("n04", "n05", "n37", "n38", "n39", "n40", case="doer-and-teller"),
        ),
        "79 statements: 80 are needed",
    ),
    "too few of a case": (fewer("n02", "n03", case="full-stop"), "7 statements for the case full-stop"),
    "too few of a label": (fewer("n11", case="office-or-anonymous"), "9 statements with the label ANON-ROLE"),
    "one direction alone": (only_judging, "the case plain-or-judging has one answer alone"),
    "more weak than sound": (
        both(fewer("n10", case="office-or-anonymous"), fewer("n13", "n55", case="document-identified")),
        "33 sound statements, 34 that are vague, bare or judging",
    ),
    "too few pairs": (cut("bank/pairs.toml", 'id = "p07"', "pairs"), "11 pairs"),
    "too few even pairs": (
        both(
            cut("bank/pairs.toml", 'id = "p09"', "pairs"),
            cut("bank/pairs.toml", 'id = "p12"', "pairs"),
        ),
        "2 without a difference: 12 and 3 are needed",
    ),
    "too few mirrored pairs": (cut("bank/mirrors.toml", 'id = "m12"', "mirrors"), "11 mirrored pairs"),
    "a form is missing": (lambda root: (root / "bank/forms/z.toml").unlink(), "form-z is missing"),
    "a form without two a label": (
        cut("bank/forms/y.toml", 'id = "y05"', "statements"),
        "2 statements a label: see INSTITUTION",
    ),
    "a form with three pairs": (cut("bank/forms/x.toml", 'id = "xp4"', "pairs"), "form-x has 3 pairs"),
    "forms that differ by level": (
        change("bank/forms/y.toml", "level = 3", "level = 1"),
        "form-y and form-x don’t match",
    ),
    "a form that is longer": (
        change("bank/forms/z.toml", 'text = "The little', 'text = "' + "Listen well. " * 30 + "The little"),
        "bring them within a tenth",
    ),
    "a form's pair used elsewhere": (
        change("alleged-support/items/B6.toml", '"p06"', '"xp1"'),
        "B6 uses xp1, which a form reserves",
    ),
    "a form's statement used elsewhere": (
        change("exercises.toml", 'item = "bank/n01"', 'item = "bank/x01"'),
        "x01 belongs to a form, which nothing else may use",
    ),
    "a form open to all": (
        change("exercises.toml", 'kind = "form"', 'kind = "section"'),
        'is a test: write kind = "form"',
    ),
    "a practice statement in a form's file": (
        change("bank/forms/x.toml", 'use = "form-x"', 'use = "practice"'),
        "stands in this file, so write form-x",
    ),
    "no article with all labels firm": (
        change("lendal-otters/article.toml", 'label = "BARE"', 'label = "BACKGROUND"'),
        "no article has all eight labels, each of them firm",
    ),
    "feedback that is too long": (
        change("bank/practice/full-stop.toml", 'reason = "', 'reason = "' + "so " * 26),
        "at most 25 stand open",
    ),
    "a right option that is always the longest": (
        both(
            *(
                change(
                    f"{item}.toml",
                    f'text = "{old}',
                    f'text = "{"Long ago and far away, it is said, " * 4}{old}',
                )
                for item, old in [
                    ("alleged-support/items/C2", "China does not supply weapons to any side in"),
                    ("alleged-support/items/D7", "In 1 it measures China’s help"),
                ]
            )
        ),
        "the right option is the longest in",
    ),
    "a graded spot with three keys": (
        change("alleged-support/items/D2.toml", "graded = false", "graded = true"),
        "3 keys: a graded item needs 4",
    ),
    "a classify with one unit in a bin": (
        both(
            change("lendal-otters/items/E2.toml", 'r1 = "not-openly", ', ""),
            cut("lendal-otters/items/E2.toml", 'id = "r1"', "units"),
        ),
        "not-openly is right for 1 unit",
    ),
    "a claim keyed where its rule isn't on screen": (
        change("alleged-support/items/A3.toml", "rules_on_screen = [1, 2]", "rules_on_screen = [2]"),
        "rests on rule 1 alone",
    ),
    "a glossary word that stands nowhere": (
        change("lendal-otters/article.toml", 'word = "silt"', 'word = "granite"'),
        "stands in no sentence",
    ),
    "a mirrored pair that isn't there": (
        change("exercises.toml", '"bank/m05"', '"bank/m99"'),
        "there is no mirrored pair bank/m99",
    ),
}


@pytest.mark.parametrize(("broken", "say"), CASES.values(), ids=CASES.keys())
def test_each_quota_and_refusal_says_so(shipped: Path, broken: Break, say: str) -> None:
    broken(shipped)
    with pytest.raises(ContentError) as raised:
        load(shipped)
    problems = [str(problem) for problem in raised.value.problems]
    assert any(say in problem for problem in problems), problems


def test_what_is_shipped_keeps_to_all_of_them(shipped: Path) -> None:
    assert load(shipped).forms.keys() == {"form-x", "form-y", "form-z"}


def test_an_article_is_a_folder_alone(shipped: Path) -> None:
    shutil.copytree(shipped / "lendal-otters", shipped / "other-otters")
    for path in (shipped / "other-otters").rglob("*.toml"):
        text = path.read_text(encoding="utf-8").replace("lendal-otters", "other-otters")
        path.write_text(text, encoding="utf-8")
    library = load(shipped)
    exercise = library.exercises["other-otters/mini"]
    assert [step.item for step in exercise.steps] == [f"other-otters/E{at}" for at in range(1, 6)]
    assert {library.items[step.item].article for step in exercise.steps} == {"other-otters"}
