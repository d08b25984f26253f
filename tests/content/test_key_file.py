"""The golden file of keys: what moves a key is told, and whose answers it would part from it."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from quiz.app import ROOT
from quiz.content import key_file
from quiz.content.load import load
from quiz.content.problems import ContentError
from quiz.core.formats.choice import Choice
from quiz.core.formats.spot import Spot
from quiz.core.identity import identified
from quiz.core.item import Item
from quiz.core.library import Library
from tests.content.test_load import NONE, break_it, copy

__all__ = ["copy"]


@pytest.fixture
def listed(copy: Path) -> Path:
    """The sample content with its keys listed."""
    key_file.renew(load(copy, NONE), copy)
    return copy


def problems(root: Path) -> list[str]:
    return [str(one) for one in key_file.problems(load(root, NONE), root)]


def test_the_shipped_keys_are_listed() -> None:
    assert key_file.problems(load(ROOT / "questions"), ROOT / "questions") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('prompt = "Whose word is it?"', 'prompt = "Who says so?"'),
        ('title = "Bins"', 'title = "Three bins"\nwhy_key = "Read twice."\nminutes = 3'),
        ('ask_the_class = "', 'ask_the_class = "Well: '),
    ],
)
def test_no_key_moves_by_what_authors_and_learners_read(listed: Path, old: str, new: str) -> None:
    new = new.replace("\nminutes = 3", "")
    break_it(listed, "ferry/items/A1.toml", old, new)
    assert problems(listed) == []


def test_a_changed_key_is_told_with_whose_answers_it_parts(listed: Path) -> None:
    library = load(listed, NONE)
    item = library.items["ferry/B1"]
    swapped = Choice(right=frozenset({"b"}), wrong=frozenset({"a"}))
    changed = identified(replace(item, format=swapped), library.articles)
    items = {**library.items, item.id: changed}
    (found,) = map(str, key_file.problems(replace(library, items=items), listed))
    assert "ferry/B1" in found and "Everybody’s answers" in found and "quiz remark ferry/B1" in found


def test_an_item_that_is_gone_is_told_and_the_file_is_not_written_without_it(listed: Path) -> None:
    library = load(listed, NONE)
    fewer = replace(library, items={id: one for id, one in library.items.items() if id != "ferry/B1"})
    (found,) = key_file.problems(fewer, listed)
    assert "retired = true" in found.say
    with pytest.raises(ContentError, match="retired = true"):
        key_file.renew(fewer, listed)
    assert problems(listed) == []


@pytest.mark.parametrize("kind", ["exercises", "misconceptions"])
def test_an_exercise_or_a_misconception_that_is_gone_is_told(listed: Path, kind: str) -> None:
    library = load(listed, NONE)
    first = next(iter(getattr(library, kind)))
    del getattr(library, kind)[first]
    assert [one.field for one in key_file.problems(library, listed)] == [f"{kind}/{first}"]
    with pytest.raises(ContentError, match="bring it back"):
        key_file.renew(library, listed)


def test_a_missing_file_and_a_new_item_say_what_to_run(copy: Path) -> None:
    assert ["quiz check --renew-keys" in one for one in problems(copy)] == [True]
    key_file.renew(load(copy, NONE), copy)
    path = copy / key_file.NAME
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if not row.startswith("ferry/A1")), encoding="utf-8")
    (found,) = problems(copy)
    assert "ferry/A1" in found and "is new" in found


def test_a_format_that_marks_in_another_way_is_told_once(listed: Path) -> None:
    class SpotTwo(Spot):
        scheme = "spot/2"

    library = load(listed, NONE)

    def changed(item: Item) -> Item:
        if not isinstance(item.format, Spot):
            return item
        two = SpotTwo(keys=item.format.keys, noise=item.format.noise, neutral=item.format.neutral)
        return identified(replace(item, format=two), library.articles)

    items = {id: changed(one) for id, one in library.items.items()}
    found = key_file.problems(replace(library, items=items), listed)
    spots = [one for one in items.values() if isinstance(one.format, Spot)]
    assert len(found) == 1 and found[0].field == ("spot/2" if len(spots) > 1 else spots[0].id)


def test_the_frozen_table_of_the_migration_has_every_item_and_the_keys_that_are_shipped(
    library: Library,
) -> None:
    """Until a key changes on purpose, the newest revision of each item in the table has today's key."""
    path = ROOT / "quiz/store/migrations/versions/0007_revisions.tsv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert len({row["revision"] for row in rows}) == len(rows) == 334
    assert {row["item"].partition("/")[0] for row in rows} == {"alleged-support", "bank", "lendal-otters"}
