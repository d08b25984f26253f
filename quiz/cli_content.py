"""The commands for authors: checking all content, and skeletons to fill in."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from quiz.app import ROOT
from quiz.content import key_file, skeleton
from quiz.content.articles import RESERVED
from quiz.content.load import load
from quiz.content.problems import ContentError
from quiz.content.report import report
from quiz.core.library import Library

if TYPE_CHECKING:
    from quiz.content.language import Language

ARTICLE = rf"(?!({'|'.join(RESERVED)})$)(?=.{{1,40}}$)[a-z0-9]+(-[a-z0-9]+)*"


def named(pattern: str, like: str) -> Callable[[click.Context, click.Parameter, str], str]:
    """A check for an argument that names a file."""

    def check_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise click.BadParameter(f"write {like}")
        return value

    return check_name


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print all content as one object.")
@click.option("--language", is_flag=True, help="Check the language too; needs the development packages.")
@click.option(
    "--renew-keys", is_flag=True, help="Write questions/key-revisions.tsv anew: keys changed on purpose."
)
def check(*, as_json: bool, language: bool, renew_keys: bool) -> None:
    """Check all content: every problem with its file, field and what to do."""
    root = ROOT / "questions"
    try:
        library = load(root)
        if renew_keys:
            key_file.renew(library, root)
    except ContentError as error:
        _say(as_json=as_json, problems=[str(problem) for problem in error.problems])
        raise SystemExit(1) from None
    found = report(library)
    found["problems"] += [str(problem) for problem in key_file.problems(library, root)]
    if language:
        measured = _language(library)
        found["figures"] |= measured.figures
        found["problems"] += measured.problems
    _say(as_json=as_json, **found)
    if found["problems"]:
        raise SystemExit(1)


def _say(
    *, as_json: bool, problems: list[str], figures: dict[str, object] | None = None, **rest: object
) -> None:
    if as_json:
        print(
            json.dumps(rest | {"figures": figures or {}, "problems": problems}, ensure_ascii=False, indent=1)
        )
        return
    for name, figure in (figures or {}).items():
        print(f"{name.replace('_', ' ')}: {_plain(figure)}")
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("content: no problems")


def _plain(figure: object) -> str:
    if isinstance(figure, dict):
        return ", ".join(f"{name} {count}" for name, count in figure.items())
    return ", ".join(map(str, figure)) if isinstance(figure, list) else str(figure)


def _language(library: Library) -> "Language":
    try:
        from quiz.content import language  # noqa: PLC0415 - its packages are there for development alone
    except ModuleNotFoundError as missing:
        print(f"quiz check --language needs {missing.name}: run `make check`.", file=sys.stderr)
        raise SystemExit(1) from None
    return language.look(library)


@contextmanager
def _said() -> Iterator[None]:
    """End with the message alone where a skeleton can't be written."""
    try:
        yield
    except (skeleton.AlreadyThere, skeleton.NoArticle) as problem:
        raise click.ClickException(str(problem)) from None


@click.group()
def new() -> None:
    """Write a commented skeleton for an author to fill in."""


@new.command("article")
@click.argument("id", callback=named(ARTICLE, "lower-case words joined by hyphens, 40 letters at most"))
def new_article(id: str) -> None:
    """Write questions/ID/article.toml."""
    with _said():
        print(f"Written: {skeleton.article(ROOT / 'questions', id)}. Then: quiz new item {id} A1 classify")


@new.command("item")
@click.argument("article")
@click.argument("id", callback=named(r"[A-Z][0-9]{1,3}s?", "a capital and a number, such as E1"))
@click.argument("format", type=click.Choice(skeleton.FORMATS))
def new_item(article: str, id: str, format: str) -> None:
    """Write questions/ARTICLE/items/ID.toml in a FORMAT."""
    with _said():
        print(f"Written: {skeleton.item(ROOT / 'questions', article, id, format)}. Then: quiz check")
