"""What is said to a wrong option that has no note of its own: by what is right, and what was chosen."""

from quiz.core.article import Bin

SOURCED, HINTED, OWN = Bin.SOURCED.value, Bin.HINTED.value, Bin.OWN_VOICE.value

NONE_STATED = "A stated source is a name, a role or an office that says just this. None is given here."
BINS = {
    (SOURCED, HINTED): "A hint leaves open who says it. Here the text says who.",
    (SOURCED, OWN): "Own voice means that nobody is stated. Here the text says who.",
    (HINTED, SOURCED): NONE_STATED,
    (HINTED, OWN): "In its own voice the article just says it. Here a word hints that somebody else does.",
    (OWN, SOURCED): NONE_STATED,
    (OWN, HINTED): "A hint is a word such as “reportedly”. The article just says these words.",
}
KINDS = {
    ("look-up", "source"): "For this nobody need have counted, asked or been there. Anyone can look it up.",
    ("look-up", "judgement"): "A judgement weighs: good, bad, too much. These words tell what happened.",
    ("source", "look-up"): "Where would you look? Somebody must have counted, asked or been there.",
    ("source", "judgement"): "A judgement weighs. These words claim something that one could count or check.",
    ("judgement", "look-up"): "You can look up what happened, not how to weigh it. These words weigh.",
    (
        "judgement",
        "source",
    ): "A source could tell what happened. Here the article weighs it itself.",
}


def said_to(right: str, chosen: str) -> str:
    """What is said to somebody who chose otherwise; empty where the options are of another kind."""
    return (BINS | KINDS).get((right, chosen), "")
