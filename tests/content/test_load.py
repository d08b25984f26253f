"""Content with an error is refused with the file, the field and what to do; all errors at once."""

import shutil
from pathlib import Path

import pytest

from quiz.content.load import load
from quiz.content.problems import ContentError
from quiz.content.quotas import Quotas
from quiz.core.library import Library

SAMPLE = Path(__file__).parent / "sample"
NONE = Quotas(practice=0, a_case=0, a_label=0, pairs=0, even_pairs=0, mirrors=0, forms=(), firm_article=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sample content to break."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "sample"))


def break_it(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(root: Path) -> list[str]:
    with pytest.raises(ContentError) as raised:
        load(root, NONE)
    return [str(problem) for problem in raised.value.problems]


def test_the_sample_loads(copy: Path) -> None:
    library = load(copy, NONE)
    assert {item.format.name for item in library.items.values()} == {
        "classify",
        "spot",
        "choice",
        "grid",
        "text",
    }


def test_a_revision_changes_with_its_item_alone(copy: Path) -> None:
    before = load(copy, NONE)
    break_it(copy, "ferry/items/B1.toml", "Read on to the end.", "Read on, to the end.")
    after = load(copy, NONE)
    changed = {one for one in before.items if before.items[one].revision != after.items[one].revision}
    assert changed == {"ferry/B1"}


CASES = [
    ("exercises.toml", 'kind = "practice"', "", "kind", "just one exercise"),
    ("ferry/article.toml", 'keep = ["reportedly"]', 'keep = ["half", "It is"]', "keep", "“It is” is gone"),
    ("ferry/article.toml", 'words = "Passengers deny it"', 'words = "e"', "c4.words", "just once"),
    ("ferry/article.toml", 'words = "the quay belongs to the town"', 'words = "is"', "c3", "overlap"),
    ("ferry/article.toml", 'other_reading = "the hedge may reach it"', "", "c3.other_reading", "missing"),
    (
        "ferry/article.toml",
        'label = "VAGUE"\nrule',
        'label = "MAYBE"\nrule',
        "claims.1.label",
        "input should",
    ),
    ("ferry/article.toml", 'id = "ferry"', 'id = "boat"', "id", "write ferry"),
    ("ferry/article.toml", "number = 2", "number = 7", "sentences", "in order"),
    ("ferry/article.toml", "sentence = 3", "sentence = 9", "sentence", "there is no sentence 9"),
    ("ferry/items/A1.toml", 'title = "Bins"', 'titel = "Bins"', "titel", "is not a field here"),
    ("ferry/items/A1.toml", 'prompt = "Whose word is it?"', "", "prompt", "missing: add it"),
    ("ferry/items/A1.toml", 'id = "A1"', 'id = "A9"', "id", "write A1"),
    ("ferry/items/A1.toml", 'c4 = "sourced"', 'c4 = "hinted"', "key.c4", "says sourced"),
    (
        "ferry/items/A1.toml",
        "[notes.c1.wrong.hinted]",
        "[notes.c1.wrong.sourced]",
        "wrong.sourced",
        "is right",
    ),
    ("ferry/items/A1.toml", 'x1 = "own-voice"', 'x1 = "hinted"', "key.x1", "says own-voice"),
    ("ferry/items/A1.toml", "rules_on_screen = [1]", "", "key.c2", "rule 1 alone"),
    ("ferry/items/A1.toml", 'neutral = ["c3"]', 'neutral = ["c3", "c4"]', "key", "both keyed and neutral"),
    ("ferry/items/A1.toml", 'c2 = "hinted"', 'c2 = "hinted", c3 = "own-voice"', "key", "neutral"),
    ("ferry/items/A1.toml", '[[units]]\nid = "x1"', '[[units]]\nid = "x2"', "units.x1", "key alone"),
    ("ferry/items/A1.toml", 'words = "ugly"', 'words = "g"', "units.x1.words", "occurs 2 times"),
    ("ferry/items/A1.toml", "claims = [1, 2, 3, 4]", "claims = [1, 99]", "claims", "no claim 99"),
    ("ferry/items/A1.toml", "[notes.c3]", "[notes.c9]", "notes.c9", "about nothing"),
    ("ferry/items/A1.toml", 'stamp = "Readers differ here"', "", "notes.c3.stamp", "missing"),
    ("ferry/items/A1.toml", 'misconception = "overlooked"', 'misconception = "no"', "notes.c1", "not in"),
    ("ferry/items/A1.toml", 'id = "hinted"\ntext', 'id = "hint"\ntext', "answers", "must list just"),
    ("ferry/items/A2.toml", 'keys = ["c1", "c4"]', 'keys = ["c1", "c4", "c2"]', "key", "more than one"),
    ("ferry/items/A2.toml", "graded = false", "graded = true", "key", "2 keys: a graded item needs 4"),
    ("ferry/items/A2.toml", 'keys = ["c1", "c4"]', 'keys = ["c1"]', "notes.c4", "about nothing"),
    (
        "ferry/items/A2.toml",
        'noise = [["c2"], ["c3"]]',
        'noise = [["c2"]]\nneutral = ["c3"]',
        "c3",
        "missing",
    ),
    ("ferry/items/B1.toml", 'right = ["a"]', 'right = ["a", "b"]', "key", "several = true"),
    ("ferry/items/B1.toml", 'over = "The town', 'left = "The town', "notes.b.over", "missing"),
    ("ferry/items/B2.toml", '"p06"]', '"p66"]', "pairs", "no pair p66"),
    ("ferry/items/C1.toml", 's2 = "no"', 's2 = "yes"', "key", "only one answer is ever right"),
    ("ferry/items/C1.toml", 'source = ["yes", "no"]', 'source = ["no", "yes"]', "questions", "same order"),
    ("ferry/items/C1.toml", 's2 = "yes"', 's3 = "yes"', "key", "s3 is not among the rows"),
    ("ferry/items/C2.toml", "min_words = 3", "min_words = 9", "key", "min_words"),
    ("ferry/items/C2.toml", "max_words = 5", "", "key.max_words", "missing"),
    ("ferry/items/C2.toml", 'model = "The', '#model = "The', "model", "write a model answer"),
    ("ferry/items/C2.toml", 'criteria = ["kept"]', 'criteria = ["keep"]', "rubric", "must list just"),
    ("bank/practice/all.toml", 'words = "boat 1 is late"', 'words = "a"', "n01.words", "just once"),
    ("bank/practice/all.toml", 'id = "n02"', 'id = "n01"', "n01", "stands 2 times"),
    (
        "bank/practice/all.toml",
        'likely_wrong = "VAGUE"',
        'likely_wrong = "NAMED"',
        "likely_wrong",
        "no wrong",
    ),
    ("bank/practice/all.toml", 'label = "BACKGROUND"', 'label = "NAMED"', "n09.label", "can’t be the answer"),
    ("bank/practice/all.toml", 'misunderstands = "overlooked"', 'misunderstands = "x"', "n01", "x is not in"),
    ("bank/practice/all.toml", 'label = "INSTITUTION"', 'label = "ANON-ROLE"', "n03", "no wrong answer"),
    ("bank/pairs.toml", 'likely_wrong = "same"', 'likely_wrong = "a"', "p01.likely_wrong", "is the right"),
    ("exercises.toml", 'item = "ferry/B1"', 'item = "ferry/B9"', "ferry/all", "there is no item ferry/B9"),
    (
        "exercises.toml",
        'item = "ferry/B1"',
        'item = "B1"',
        "ferry/all",
        "there is no item B1: write ferry/B1",
    ),
    ("site.toml", 'first = "ferry/all"', 'first = "ferry/none"', "first", "no section or lesson ferry/none"),
    (
        "site.toml",
        'first = "ferry/all"',
        'first = "ferry/all"\nstarter = ["n01"]',
        "starter",
        "no statement n01",
    ),
    (
        "ferry/items/A1.toml",
        "[[units]]",
        '[[units]]\nid = "s99"\ntext = "A row."\n\n[[units]]',
        "units.s99",
        "another id",
    ),
    ("exercises.toml", "count = 4", "count = 40", "bank/bank", "draws 40 of 12"),
    ("exercises.toml", "sound = 2", "sound = 5", "bank/bank", "5 sound ones of 4"),
    ("exercises.toml", 'article = "ferry"', 'article = "train"', "train/all", "no article train"),
    (
        "exercises.toml",
        'item = "ferry/A1"',
        'item = "ferry/A1"\ndraw = "pair"',
        "ferry/all",
        "an item, a draw, mirrors or a form",
    ),
    ("misconceptions.toml", "overlooked", "overheard", "notes", "overlooked is not in"),
]


@pytest.mark.parametrize(("file", "old", "new", "field", "say"), CASES, ids=[f"{c[0]}-{c[3]}" for c in CASES])
def test_each_error_names_file_field_and_remedy(
    copy: Path, file: str, old: str, new: str, field: str, say: str
) -> None:
    break_it(copy, file, old, new)
    found = problems(copy)
    assert any(field in one and say in one for one in found), found


def test_all_errors_come_at_once(copy: Path) -> None:
    break_it(copy, "ferry/items/A1.toml", 'title = "Bins"', "")
    break_it(copy, "ferry/items/B1.toml", 'title = "Who?"', "")
    break_it(copy, "bank/practice/all.toml", 'id = "n02"', 'id = "n01"')
    (copy / "misconceptions.toml").unlink()
    found = problems(copy)
    assert len(found) == 4
    assert [one.split(":")[0] for one in found] == sorted(one.split(":")[0] for one in found)


def test_a_claim_that_is_not_firm_at_the_level_asked_must_be_neutral(copy: Path) -> None:
    break_it(copy, "ferry/items/A1.toml", 'neutral = ["c3"]', "neutral = []")
    break_it(copy, "ferry/items/A1.toml", 'c2 = "hinted"', 'c2 = "hinted", c3 = "own-voice"')
    break_it(copy, "ferry/items/A1.toml", 'text = "The hedge may', 'found = "Yes."\nmissed = "The hedge may')
    assert any("key.c3: is not firm" in one for one in problems(copy))


def test_broken_toml_and_odd_bytes_are_said(copy: Path) -> None:
    (copy / "exercises.toml").write_text("[[", encoding="utf-8")
    (copy / "misconceptions.toml").write_bytes(b"\xff")
    found = problems(copy)
    assert any("is not TOML" in one for one in found)
    assert any("save it as UTF-8" in one for one in found)


def test_a_blanket_answer_above_chance_is_refused(library: Library) -> None:
    for item in library.items.values():
        for blanket in item.format.blankets():
            points = item.format.mark(item.format.read(blanket)).points
            chance = item.format.chance
            assert points is None or (chance is not None and points <= chance), item.id
