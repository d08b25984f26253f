"""An answer in words, to show the one that is kept beside the one that was just typed."""

from collections.abc import Mapping, Sequence

from quiz.core.item import Item
from quiz.web.text import _


def in_words(item: Item, answer: Mapping[str, Sequence[str]]) -> list[str]:
    """An answer in words, a line each, to show it beside another."""
    lines = []
    for name, values in answer.items():
        for value in values:
            line = _in_words(item, name, value)
            if line:
                lines.append(line)
    return lines


def _in_words(item: Item, name: str, value: str) -> str:
    text = {unit.id: unit.text for unit in item.units}
    if name == "text":
        return value
    if name == "none_here":
        return _("None here")
    if name == "leave_empty":
        return _("The rest left empty")
    if name in {"mark", "option"}:
        unit = item.by_unit.get(value)
        return unit.brief if unit else value
    if name.startswith("row-"):
        answers = {one.id: one.text for one in item.answers}
        return f"{text.get(name[4:], name[4:])}: {answers.get(value, value)}"
    return _in_a_cell(item, name, value, text)


def _in_a_cell(item: Item, name: str, value: str, text: Mapping[str, str]) -> str:
    for question in item.questions:
        prefix = f"cell-{question.id}-"
        if name.startswith(prefix):
            answers = {one.id: one.text for one in question.answers}
            row = name.removeprefix(prefix)
            return f"{text.get(row, row)}: {question.text} {answers.get(value, value)}"
    return value if name.startswith("reason-") else ""
