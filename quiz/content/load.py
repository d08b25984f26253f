"""Loading questions/ into a library, or saying everything that is wrong with it."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from quiz.content import articles, bank, checks, items
from quiz.content.files import Reader
from quiz.content.problems import ContentError
from quiz.content.schema import (
    ArticleFile,
    ExerciseFile,
    ExercisesFile,
    ItemFile,
    MisconceptionsFile,
    PairFile,
    PairsFile,
    PracticeFile,
    StatementFile,
)
from quiz.core.article import Article
from quiz.core.library import Exercise, Item, Library, Step


def load(root: Path) -> Library:
    """Read all content below `root`. Raises ContentError with every problem, sorted by file."""
    reader = Reader(root)
    statements = _statements(root, reader)
    pairs = _pairs(root, reader)
    read = [one for folder in _folders(root) if (one := _article(folder, reader))]
    found = [item for article in read for item in _items(root / article.id, article, pairs, reader)]
    misconceptions = reader.read(root / "misconceptions.toml", MisconceptionsFile)
    exercises = reader.read(root / "exercises.toml", ExercisesFile)
    for name, count in Counter(item.id for item in found).items():
        if count > 1:
            reader.add(root, name, f"{count} items have this id: give each its own")
    if reader.problems:
        raise ContentError(sorted(set(reader.problems)))
    tasks = [bank.statement_item(one) for one in statements] + [bank.pair_item(one) for one in pairs.values()]
    library = Library(
        articles={article.id: article for article in read},
        items={item.id: item for item in found},
        bank={item.id: item for item in tasks},
        statements=(
            *(bank.statement_of(one) for one in statements),
            *(side for pair in pairs.values() for side in bank.sides_of(pair)),
        ),
        exercises={one.key: one for one in _exercises(exercises.exercises if exercises else ())},
        misconceptions=misconceptions.misconceptions if misconceptions else {},
    )
    if problems := checks.problems(library, root.name):
        raise ContentError(sorted(set(problems)))
    return library


def _folders(root: Path) -> list[Path]:
    return sorted(path.parent for path in root.glob("*/article.toml"))


def _article(folder: Path, reader: Reader) -> Article | None:
    path = folder / "article.toml"
    file = reader.read(path, ArticleFile)
    return articles.build(file, path, reader) if file else None


def _items(folder: Path, article: Article, pairs: dict[str, PairFile], reader: Reader) -> Iterable[Item]:
    for path in sorted(folder.glob("items/*.toml")):
        file = reader.read(path, ItemFile)
        item = items.build(file, article, pairs, path, reader) if file else None
        if item:
            yield item


def _statements(root: Path, reader: Reader) -> list[StatementFile]:
    path = root / "bank" / "practice.toml"
    file = reader.read(path, PracticeFile)
    statements = list(file.statements) if file else []
    for one in statements:
        if not bank.option(one.case, one.label):
            reader.add(path, f"{one.id}.label", f"{one.label} can’t be the answer in the case {one.case}")
        elif bank.option(one.case, one.likely_wrong) in {"", bank.option(one.case, one.label)}:
            reader.add(
                path, f"{one.id}.likely_wrong", "is no wrong answer to what the case asks: name another"
            )
        _check_words(path, one.id, one.text, one.words, reader)
    _check_once(path, [one.id for one in statements], reader)
    return statements


def _pairs(root: Path, reader: Reader) -> dict[str, PairFile]:
    path = root / "bank" / "pairs.toml"
    file = reader.read(path, PairsFile)
    pairs = list(file.pairs) if file else []
    for one in pairs:
        _check_words(path, f"{one.id}.a", one.a.text, one.a.words, reader)
        _check_words(path, f"{one.id}.b", one.b.text, one.b.words, reader)
        if one.likely_wrong == one.more:
            reader.add(path, f"{one.id}.likely_wrong", "is the right answer: name a wrong one")
    _check_once(path, [one.id for one in pairs], reader)
    return {one.id: one for one in pairs}


def _check_words(path: Path, where: str, text: str, words: str, reader: Reader) -> None:
    if text.count(words) != 1:
        reader.add(path, f"{where}.words", f"“{words}” must occur just once in the text")


def _check_once(path: Path, ids: list[str], reader: Reader) -> None:
    for name, count in Counter(ids).items():
        if count > 1:
            reader.add(path, name, f"stands {count} times: give each its own id")


def _exercises(files: Iterable[ExerciseFile]) -> Iterable[Exercise]:
    for file in files:
        steps = tuple(Step(**one.model_dump()) for one in file.steps)
        yield Exercise(**file.model_dump(exclude={"steps"}), steps=steps)
