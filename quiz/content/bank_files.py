"""Reading the bank: statements by case, pairs, mirrored pairs, forms and texts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quiz.content import bank
from quiz.content.bank_schema import (
    FormFile,
    MirrorFile,
    MirrorsFile,
    PairFile,
    PairsFile,
    PracticeFile,
    StatementFile,
    TextFile,
    TextsFile,
)
from quiz.content.files import Reader
from quiz.core.ids import BANK, scoped
from quiz.core.item import Item
from quiz.core.library import Form, Statement


@dataclass(kw_only=True)
class BankFiles:
    """What was read, with the file that each came from. Versions of `mirrors` are in `statements` too."""

    statements: list[tuple[Path, StatementFile]] = field(default_factory=list)
    mirrors: list[MirrorFile] = field(default_factory=list)
    pairs: dict[str, PairFile] = field(default_factory=dict)
    texts: list[TextFile] = field(default_factory=list)
    forms: dict[str, Form] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        """Everything as tasks."""
        yield from (bank.statement_item(one) for _path, one in self.statements)
        yield from (bank.pair_item(one) for one in self.pairs.values())
        yield from (bank.text_item(one) for one in self.texts)

    def listed(self) -> tuple[Statement, ...]:
        """Every statement, and the two of each pair that isn't a form's."""
        open_pairs = (pair for pair in self.pairs.values() if pair.use == "pair")
        sides = (side for pair in open_pairs for side in bank.sides_of(pair))
        mirrored = (
            bank.statement_of(one, pair=mirror.id, version=version)
            for mirror in self.mirrors
            for version, one in bank.told(mirror).items()
        )
        alone = (bank.statement_of(one) for _path, one in self.statements if one.use != "mirror")
        return (*alone, *mirrored, *sides)


def read(root: Path, reader: Reader) -> BankFiles:
    """Read all of the bank below `root`; what is wrong goes to the reader's problems."""
    files = BankFiles()
    pairs: list[tuple[Path, PairFile]] = []
    for path in sorted(root.glob("bank/practice/*.toml")):
        practice = reader.read(path, PracticeFile)
        files.statements += [(path, one) for one in practice.statements] if practice else []
        _check_use(path, "practice", practice.statements if practice else (), reader)
    path = root / "bank" / "mirrors.toml"
    if mirrors := reader.read(path, MirrorsFile):
        files.mirrors += mirrors.mirrors
        files.statements += [(path, told) for one in mirrors.mirrors for told in bank.told(one).values()]
    for path in sorted(root.glob("bank/forms/*.toml")):
        if form := _form(path, reader):
            files.statements += [(path, one) for one in form.statements]
            pairs += [(path, one) for one in form.pairs]
            files.forms[f"form-{path.stem}"] = _as_core(form)
            _check_use(path, f"form-{path.stem}", (*form.statements, *form.pairs), reader)
    path = root / "bank" / "pairs.toml"
    if open_pairs := reader.read(path, PairsFile):
        pairs += [(path, one) for one in open_pairs.pairs]
        _check_use(path, "pair", open_pairs.pairs, reader)
    if texts := reader.read(root / "bank" / "exit.toml", TextsFile):
        files.texts += texts.texts
    _check(files, pairs, reader)
    files.pairs = {pair.id: pair for _path, pair in pairs}
    return files


def _form(path: Path, reader: Reader) -> FormFile | None:
    """A form; what a retired one holds is retired with it."""
    form = reader.read(path, FormFile)
    if form is None or not form.retired:
        return form
    gone = {"retired": True}
    return form.model_copy(
        update={
            "statements": tuple(one.model_copy(update=gone) for one in form.statements),
            "pairs": tuple(one.model_copy(update=gone) for one in form.pairs),
        }
    )


def _as_core(form: FormFile) -> Form:
    """A form as core knows it: a retired one with all that it held, another with what it asks today."""
    statements = {scoped(BANK, one.id): one.retired and not form.retired for one in form.statements}
    pairs = {scoped(BANK, one.id): one.retired and not form.retired for one in form.pairs}
    return Form(
        statements=tuple(id for id, former in statements.items() if not former),
        pairs=tuple(id for id, former in pairs.items() if not former),
        former=tuple(id for id, former in {**statements, **pairs}.items() if former),
        retired=form.retired,
    )


def _check(files: BankFiles, pairs: list[tuple[Path, PairFile]], reader: Reader) -> None:
    for path, one in files.statements:
        _check_statement(path, one, reader)
    for path, pair in pairs:
        _check_words(path, f"{pair.id}.a", pair.a.text, pair.a.words, reader)
        _check_words(path, f"{pair.id}.b", pair.b.text, pair.b.words, reader)
        if pair.likely_wrong == pair.more:
            reader.add(path, f"{pair.id}.likely_wrong", "is the right answer: name a wrong one")
    places = [(path, one.id) for path, one in files.statements] + [(path, one.id) for path, one in pairs]
    ids = Counter(name for _path, name in places)
    for path, name in places:
        if ids[name] > 1:
            reader.add(path, name, f"stands {ids[name]} times: give each its own id")


def _check_statement(path: Path, one: StatementFile, reader: Reader) -> None:
    right = bank.option(one.use, one.case, one.label)
    if not right:
        reader.add(path, f"{one.id}.label", f"{one.label} can’t be the answer in the case {one.case}")
    elif bank.option(one.use, one.case, one.likely_wrong) in {"", right}:
        reader.add(path, f"{one.id}.likely_wrong", "is no wrong answer to what the case asks: name another")
    _check_words(path, one.id, one.text, one.words, reader)


def _check_words(path: Path, where: str, text: str, words: str, reader: Reader) -> None:
    if text.count(words) != 1:
        reader.add(path, f"{where}.words", f"“{words}” must occur just once in the text")


def _check_use(path: Path, use: str, those: tuple[StatementFile | PairFile, ...], reader: Reader) -> None:
    for one in those:
        if one.use != use:
            reader.add(path, f"{one.id}.use", f"stands in this file, so write {use}")
