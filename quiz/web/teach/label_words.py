"""Labels, cues and doubts in words for teachers. Of the text's sourcing alone: never of who is right."""

from quiz.core.article import Claim, Label
from quiz.core.keys import Level, differs
from quiz.core.skills import Skill
from quiz.web.text import _


def label(one: Label) -> str:
    """A label in words: the bin, and what kind of source or of own voice it is."""
    return {
        Label.NAMED: _("stated source: a person by name"),
        Label.DOCUMENT: _("stated source: a document that one can find"),
        Label.INSTITUTION: _("stated source: an office that one can ask"),
        Label.ANON_ROLE: _("stated source, anonymous: a role, no name"),
        Label.VAGUE: _("hinted: someone says so, not said who"),
        Label.BACKGROUND: _("own voice: anyone can look it up"),
        Label.BARE: _("own voice: it needs a source"),
        Label.EVALUATION: _("own voice: a judgement"),
    }[one]


def doubt(claim: Claim) -> str:
    """How far careful readers differ on a claim; empty where they don’t."""
    level = differs(claim)
    return {
        None: "",
        Level.TWO_WAY: _("Readers differ, even on whether a source is stated"),
        Level.BIN: _("Readers differ on the bin"),
        Level.LABEL: _("Same bin; readers differ on the kind"),
    }[level]


def cue(flag: str) -> str:
    """A cue that the text gives, in words; an unknown one as its author wrote it."""
    kind, _colon, words = flag.partition(":")
    said = words.replace("-", " ")
    quoted = {
        "hedge": _("hedge “%(words)s”", words=said),
        "loaded": _("judging “%(words)s”", words=said),
        "passive": _("passive “%(words)s”", words=said),
        "verb": _("verb of saying “%(words)s”", words=said),
    }
    plain = {
        "act": _("an act, not words"),
        "denial": _("a denial"),
        "editorial-close": _("the article’s closing words"),
        "hedge-in-neighbour-clause": _("the hedge stands in the clause beside it"),
        "no-person": _("no person and no office speaks"),
        "own-reporting": _("the newsroom on its own work"),
        "presupposed": _("taken for granted in passing"),
        "quotation": _("quotation marks"),
        "redescribes": _("gives it another name"),
        "reply": _("part of a reply"),
        "superlative": _("a superlative"),
        "two-readings": _("two readings"),
        "undated": _("no date"),
    }
    return (quoted if words else plain).get(kind, flag.replace("-", " "))


def aim(one: Skill) -> str:
    """What learners can do who have a skill, after “They can”."""
    return {
        Skill.SOURCING: _("see whether a sentence says who tells it, only hints at someone, or just says it"),
        Skill.ANONYMITY: _(
            "tell an office that speaks without a printed name from a source that can’t be asked openly"
        ),
        Skill.COMPARISON: _(
            "say what each side claims and what answer to it is reported, by one test for both"
        ),
        Skill.EDITING: _("see how hedges, judging words, dates and pictures carry a claim"),
    }[one]
