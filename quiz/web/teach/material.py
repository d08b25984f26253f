"""What a teacher prints: a page on each article, each exercise with its key, a blank source strip."""

from flask import abort, render_template

from quiz.web.outside import library
from quiz.web.teach import article_page, bp, sheets
from quiz.web.teach.sheets import Sheet


@bp.get("/articles/<article>")
def article_notes(article: str) -> str:
    """The teacher's page on an article: aim, timings, words, likely errors, prompts, key, both readings."""
    found = library().articles.get(article) or abort(404)
    return render_template("teach/material/article.html", page=article_page.build(found, library()))


@bp.get("/print/<article>/<exercise>")
def print_sheet(article: str, exercise: str) -> str:
    """An exercise on paper. Teachers may print the reserved tests as well."""
    return render_template("teach/material/sheet.html", sheet=_sheet(article, exercise))


@bp.get("/print/<article>/<exercise>/key")
def print_key(article: str, exercise: str) -> str:
    """The key to that paper, apart from it."""
    return render_template("teach/material/key.html", sheet=_sheet(article, exercise))


def _sheet(article: str, exercise: str) -> Sheet:
    found = library().exercises.get(f"{article}/{exercise}") or abort(404)
    return sheets.build(found, library())


@bp.get("/source-strip")
def source_strip() -> str:
    """A blank source strip, for any article of a newspaper."""
    return render_template("teach/material/strip.html")
