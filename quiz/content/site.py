"""The content that pages name, in questions/site.toml: read, and checked against what there is."""

from collections.abc import Iterator

from quiz.content.bank_schema import SiteFile
from quiz.content.problems import Problem
from quiz.core.forms import FORMS
from quiz.core.ids import short
from quiz.core.library import DemoTask, ExerciseKind, Library, Site

NOTHING = Site(first="", starter=(), rules={}, demo=())


def build(file: SiteFile | None) -> Site:
    """The file as core knows it; a site that names nothing where it can't be read."""
    if file is None:
        return NOTHING
    return Site(
        first=file.first,
        starter=file.starter,
        rules={int(number): statement for number, statement in file.rules.items()},
        demo=tuple(DemoTask(**one.model_dump()) for one in file.demo),
    )


def problems(library: Library, root: str) -> list[Problem]:
    """Every name that leads nowhere, or to what is retired."""
    found = [Problem(file=f"{root}/site.toml", field=field, say=say) for field, say in _named(library)]
    return found + [
        Problem(file=f"{root}/exercises.toml", field=form, say='is missing: write it, with kind = "form"')
        for form in FORMS
        if library.forms and not _is_retired(library, form) and not _is(library, form, ExerciseKind.FORM)
    ]


def _named(library: Library) -> Iterator[tuple[str, str]]:
    site = library.site
    if not _is(library, site.first, ExerciseKind.SECTION, ExerciseKind.LESSON):
        yield "first", f"there is no section or lesson {site.first}: name one, as in ferry/a"
    for task in site.demo:
        if not _is(library, task.exercise, *ExerciseKind):
            yield "demo", f"there is no exercise {task.exercise}: name one, as in ferry/a"
    statements = [("starter", one) for one in site.starter]
    statements += [(f"rules.{number}", one) for number, one in site.rules.items()]
    for field, id in statements:
        if id not in library.bank or library.bank[id].retired or library.bank[id].case is None:
            yield field, f"there is no statement {id}: name one of the bank, as in bank/n01"


def _is_retired(library: Library, form: str) -> bool:
    found = library.forms.get(short(form))
    return found is not None and found.retired


def _is(library: Library, key: str, *kinds: ExerciseKind) -> bool:
    found = library.exercises.get(key)
    return found is not None and found.kind in kinds and not found.retired
