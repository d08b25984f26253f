"""What `quiz check --json` prints: the content as other programs may read it."""

from typing import Any

from quiz.core.article import Article
from quiz.core.library import Item, Library, Statement


def report(library: Library) -> dict[str, Any]:
    """The whole library as one object for JSON. See the README of the command, `quiz check --help`."""
    return {
        "articles": [_article(one) for one in library.articles.values()],
        "items": [_item(one) for one in library.items.values()],
        "practice": [_statement(one) for one in library.statements],
        "figures": figures(library),
        "problems": [],
    }


def figures(library: Library) -> dict[str, int]:
    """Counts that show how large the bank is, and how much of it is sound."""
    practice = [one for one in library.statements if one.use == "practice"]
    pairs = [item for item in library.bank.values() if len(item.passages) == 2]
    return {
        "items": len(library.items),
        "practice_statements": len(practice),
        "practice_sound": sum(1 for one in practice if one.label.sound),
        "pairs": len(pairs),
        "pairs_without_difference": sum(1 for one in pairs if "same" in getattr(one.format, "right", ())),
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "sentences": len(article.sentences),
        "claims": [
            {
                "id": claim.id,
                "sentence": claim.sentence,
                "label": claim.label,
                "bin": claim.label.bin,
                "two_way": claim.label.two_way,
                "label_firm": claim.label_firm,
                "bin_firm": claim.bin_firm,
                "two_way_firm": claim.two_way_firm,
            }
            for claim in article.claims.values()
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "article": item.article,
        "section": item.section,
        "skill": item.skill,
        "format": item.format.name,
        "revision": item.revision,
        "graded": item.graded,
        "claims": [f"c{number}" for number in item.claims],
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "use": statement.use,
        "case": statement.case,
        "level": statement.level,
        "label": statement.label,
        "bin": statement.label.bin,
        "two_way": statement.label.two_way,
        "text": statement.text,
    }
