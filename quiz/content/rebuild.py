"""An item as it was written when somebody answered it, built again from the source kept with the answer."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from quiz.content import bank, items
from quiz.content.bank_schema import PairFile, StatementFile, TextFile
from quiz.content.files import Reader
from quiz.content.schema import ItemFile
from quiz.core.article import Article
from quiz.core.identity import identified
from quiz.core.ids import scope
from quiz.core.item import Item


def rebuild(id: str, source: str, articles: Mapping[str, Article]) -> Item | None:
    """The item with its key and its notes of then; None where today's schema can't read the source.

    `id` is the item's, with its scope. What an item takes from its article is as it is today.
    """
    try:
        written = json.loads(source)
        first, *rest = written
        item = _built(id, first, rest, articles)
        return identified(item, articles) if item else None
    except (ValueError, TypeError, KeyError, AttributeError, ValidationError):
        return None


def _built(
    id: str, first: dict[str, Any], rest: list[dict[str, Any]], articles: Mapping[str, Article]
) -> Item | None:
    if "format" in first:
        article = articles[scope(id)]
        pairs = {one["id"]: PairFile.model_validate(one) for one in rest}
        path = Path(article.id, "items", f"{first['id']}.toml")
        # Words that the retelling has no longer are told to the reader, which nobody asks.
        return items.build(ItemFile.model_validate(first), article, pairs, path, Reader(Path()))
    if "more" in first:
        return bank.pair_item(PairFile.model_validate(first))
    if "min_words" in first:
        return bank.text_item(TextFile.model_validate(first))
    return bank.statement_item(StatementFile.model_validate(first))
