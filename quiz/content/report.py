"""What `quiz check --json` prints: the content as other programs may read it."""

from collections import Counter
from typing import Any

from quiz.content import wording
from quiz.content.quotas import WEAK, is_even, of_use, open_pairs
from quiz.core import ids
from quiz.core.article import Article
from quiz.core.item import Item
from quiz.core.library import Library, Statement


def report(library: Library) -> dict[str, Any]:
    """The whole library as one object for JSON; ids are short ones, beside their article or the bank.

    See the README of the command, `quiz check --help`.
    """
    return {
        "articles": [_article(one) for one in library.articles.values()],
        "items": [_item(one) for one in library.items.values() if not one.retired],
        "practice": [_statement(one) for one in library.statements if not one.retired],
        "figures": figures(library),
        "problems": [],
    }


def figures(library: Library) -> dict[str, object]:
    """How large the bank is, how much of it is sound, and whether looks give an answer away."""
    practice = of_use(library, "practice")
    pairs = open_pairs(library)
    return {
        "items": sum(1 for one in library.items.values() if not one.retired),
        "practice_statements": len(practice),
        "practice_by_case": dict(Counter(one.case.value for one in practice)),
        "practice_by_label": dict(Counter(one.label.value for one in practice)),
        "practice_sound": sum(1 for one in practice if one.label.sound),
        "practice_vague_bare_or_judging": sum(1 for one in practice if one.label in WEAK),
        "pairs": len(pairs),
        "pairs_without_difference": sum(1 for one in pairs if is_even(one)),
        "mirrored_pairs": len(of_use(library, "mirror")) // 2,
        "form_words": {form: _words(of_use(library, form)) for form in library.forms},
        "right_option_longest": wording.longest(library),
        "right_option_place": dict(sorted(wording.places(library).items())),
    }


def _words(statements: list[Statement]) -> int:
    return sum(len(one.text.split()) for one in statements)


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
        "id": item.short,
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
        "id": ids.short(statement.id),
        "use": statement.use,
        "case": statement.case,
        "level": statement.level,
        "label": statement.label,
        "bin": statement.label.bin,
        "two_way": statement.label.two_way,
        "text": statement.text,
    }
