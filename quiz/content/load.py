"""Loading questions/ into a library, or saying everything that is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from quiz.content import articles, bank_files, checks, exercises, items, quotas, site, wording
from quiz.content.bank_schema import (
    ExerciseFile,
    ExercisesFile,
    MisconceptionsFile,
    PairFile,
    SiteFile,
    StepFile,
)
from quiz.content.files import Reader
from quiz.content.problems import ContentError
from quiz.content.quotas import Quotas
from quiz.content.schema import ArticleFile, ItemFile
from quiz.core.article import Article
from quiz.core.identity import identified
from quiz.core.item import Item
from quiz.core.library import Exercise, Form, Library, Step

SHIPPED = Quotas()


def load(root: Path, least: Quotas = SHIPPED) -> Library:
    """Read all content below `root`. Raises ContentError with every problem, sorted by file.

    `least`: how much the bank must hold.
    """
    reader = Reader(root)
    bank = bank_files.read(root, reader)
    read = [one for folder in _folders(root) if (one := _article(folder, reader))]
    found = [item for article in read for item in _items(root / article.id, article, bank.pairs, reader)]
    misconceptions = reader.read(root / "misconceptions.toml", MisconceptionsFile)
    listed = _listed(root, read, reader)
    named = reader.read(root / "site.toml", SiteFile)
    if reader.problems:
        raise ContentError(sorted(set(reader.problems)))
    library = Library(
        articles={article.id: article for article in read},
        items={item.id: item for item in found},
        bank={item.id: item for item in bank.items()},
        statements=bank.listed(),
        forms=bank.forms,
        exercises={one.key: one for one in _exercises(listed, bank.forms)},
        misconceptions=misconceptions.misconceptions if misconceptions else {},
        rules=misconceptions.rules if misconceptions else {},
        site=site.build(named),
    )
    problems = [
        *checks.problems(library, root.name),
        *exercises.problems(library, root.name),
        *site.problems(library, root.name),
        *quotas.problems(library, root.name, least),
        *wording.problems(library, root.name),
    ]
    if problems:
        raise ContentError(sorted(set(problems)))
    return replace(
        library,
        items={id: identified(item, library.articles) for id, item in library.items.items()},
        bank={id: identified(item, library.articles) for id, item in library.bank.items()},
    )


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


def _listed(root: Path, read: Iterable[Article], reader: Reader) -> list[ExerciseFile]:
    """The exercises of all, then those that an article brings along in its folder."""
    file = reader.read(root / "exercises.toml", ExercisesFile)
    found = list(file.exercises) if file else []
    for article in read:
        path = root / article.id / "exercises.toml"
        own = reader.read(path, ExercisesFile) if path.exists() else None
        for one in own.exercises if own else ():
            if one.article not in (None, article.id):
                reader.add(path, f"{one.id}.article", "is another folder’s: leave it out")
            found.append(one.model_copy(update={"article": article.id}))
    return found


def _exercises(files: Iterable[ExerciseFile], forms: Mapping[str, Form]) -> Iterable[Exercise]:
    for file in files:
        steps = tuple(_step(one, forms) for one in file.steps)
        yield Exercise(**file.model_dump(exclude={"steps"}), steps=steps)


def _step(file: StepFile, forms: Mapping[str, Form]) -> Step:
    fields = file.model_dump()
    form = forms.get(file.form)
    if form:
        fields["count"] = len(form.statements) + len(form.pairs)
    elif file.mirrors:
        fields["count"] = len(file.mirrors)
    return Step(**fields)
