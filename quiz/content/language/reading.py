"""Whether feedback can be read at about twelve: the Flesch-Kincaid grade, item by item.

Kincaid, Fishburne, Rogers, Chissom, Derivation of New Readability Formulas (1975): 0.39 words a
sentence + 11.8 syllables a word - 15.59. Syllables are counted by where a word may be hyphenated.
"""

import re

from pyphen import Pyphen

from quiz.content.wording import open_feedback
from quiz.core.library import Library

MOST = 7.0


def look(library: Library) -> tuple[dict[str, object], list[str]]:
    """The grade of the feedback of each item taken together, the highest and the mean of all."""
    hyphens = Pyphen(lang="en_US", left=1, right=1)
    grades = {}
    for item in (*library.items.values(), *library.bank.values()):
        text = " ".join(text for _unit, text in open_feedback(item))
        if text:
            grades[item.id] = grade(text, hyphens)
    problems = [
        f"{id}: its feedback reads at grade {at:.1f}, above {MOST:.0f}: use shorter sentences and words"
        for id, at in grades.items()
        if at > MOST
    ]
    hardest = max(grades, key=lambda name: grades[name], default="")
    mean = sum(grades.values()) / max(1, len(grades))
    figures = {"feedback_grade_mean": round(mean, 1)}
    return figures | {"feedback_grade_highest": f"{hardest}: {grades.get(hardest, 0):.1f}"}, problems


def grade(text: str, hyphens: Pyphen) -> float:
    """The school grade at which a text can be read."""
    words = re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", text)
    sentences = max(1, len(re.findall(r"[.!?]+(?=\W|$)", text)))
    syllables = sum(len(hyphens.positions(word)) + 1 for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / max(1, len(words)) - 15.59
