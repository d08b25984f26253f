"""Names for seats: two words from here, or chosen ones that a whole class may read."""

import re
import unicodedata
from enum import StrEnum
from itertools import groupby
from random import Random

from quiz.core.saying import Refusal, say

FIRST = """
    Amber Ashen Azure Bold Brave Bright Brisk Calm Cheery Clever Copper Coral Crisp Curious Daring
    Eager Early Fair Fleet Frosty Gentle Golden Green Happy Hazel Honest Humble Indigo Ivory Jade
    Jolly Keen Kind Lively Lucky Lunar Mellow Merry Mighty Misty Nimble Noble Olive Patient Pearl
    Plucky Polar Proud Quick Quiet Rapid Rosy Royal Ruby Rustic Sandy Scarlet Serene Silver Snowy
    Solar Steady Sunny Swift Tidy Violet Vivid Warm Windy Wise Witty Young Zesty
""".split()
SECOND = """
    Badger Beaver Bison Cedar Comet Condor Crane Cricket Dolphin Eagle Falcon Fern Ferret Finch Fox
    Gecko Heron Ibis Jackdaw Juniper Kestrel Kite Koala Lark Lemur Linnet Lotus Lynx Magpie Maple
    Marten Meadow Meteor Moose Newt Ocelot Orchid Oriole Osprey Otter Owl Panda Pebble Pelican
    Penguin Pine Plover Puffin Quail Rabbit Raven Robin Salmon Seal Sparrow Spruce Starling Stork
    Swallow Swan Thistle Thrush Tiger Toucan Turtle Walrus Willow Wombat Wren Yak Zebra
""".split()
LONGEST = 24
SHORTEST = 2
JOINERS = frozenset("\u200c\u200d")
"""Unseen signs that names in Persian or Hindi need between letters."""
MOST_MARKS = 4
"""Signs that pile up on one letter: pointed Hebrew has so many."""
LONGEST_KEY = 80
"""What the database takes: folding case can make a name up to three times as long."""
LONGEST_TYPED = 1000
"""Beyond this nobody typed a name."""
OFFICES = frozenset({"admin", "teacher"})
"""Refused as words of their own: nobody should pass for one."""
UNFIT = """
    anal arsch arse bastard bitch cock cunt dick fag fuck hitler hure kkk nazi neger nigga
    nigger nutte penis piss porn pussy rape retard scheiss sex shit slut spast wank whore
    wichs
""".split()
_ALIKE = str.maketrans("0134578@$", "oieastbas")


class Naming(StrEnum):
    """How learners come by their names."""

    GENERATED = "generated"
    CHOSEN = "chosen"
    ROSTER = "roster"


class UnfitName(Refusal):
    """A name that can't be had."""


_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o"} | dict.fromkeys("'’‘ʼʹ`´′", ""))


def two_words(random: Random) -> str:
    """A generated name, such as Amber Otter; there are some thousands."""
    return f"{random.choice(FIRST)} {random.choice(SECOND)}"


def is_generated(name: str) -> bool:
    """Whether a name is one that `two_words` gives."""
    first, _, second = name.partition(" ")
    return first in FIRST and second in SECOND


def key(name: str) -> str:
    """What two names share that a reader takes for the same: case and blanks don't count."""
    return " ".join(_composed(name).casefold().split())


def _composed(typed: str) -> str:
    """Signs put together. Of what is far too long for any name only the beginning, which stays too long.

    Putting thousands of signs in order behind one letter takes seconds.
    """
    return unicodedata.normalize("NFKC", typed[:LONGEST_TYPED])


def plain(name: str) -> str:
    """What two names share that differ as phones and lists make them differ.

    Accents, kinds of apostrophes and hyphens, commas and the order of the words don’t count.
    """
    apart = unicodedata.normalize("NFKD", key(name)).translate(_PLAIN)
    letters = (one for one in apart if not unicodedata.combining(one))
    words = "".join(" " if unicodedata.category(one)[0] in "PZS" else one for one in letters).split()
    return " ".join(sorted(words))


def tidied(typed: str, longest: int, shortest: int = 1) -> str:
    """A name with plain characters and single blanks.

    Raises UnfitName where it is too short or too long, or holds no letter or something that doesn't print.
    """
    name = " ".join(_composed(typed).split())
    if len(typed) > LONGEST_TYPED or not shortest <= len(name) <= longest or len(key(name)) > LONGEST_KEY:
        raise UnfitName(
            say("A name has %(shortest)s to %(longest)s characters.", shortest=shortest, longest=longest)
        )
    readable = all(one.isprintable() or one in JOINERS for one in name) and not _piled_up(name)
    if not readable or not any(one.isalnum() for one in name):
        raise UnfitName(say("A name needs a letter or a number, and nothing that can’t be read."))
    return name


def screened(typed: str) -> str:
    """A chosen name, tidied. Raises UnfitName for one that a class should not read."""
    name = tidied(typed, LONGEST, SHORTEST)
    if not all(_of_a_name(one) for one in name) or not any(one.isalpha() for one in name):
        raise UnfitName(say("A name has letters, numbers, blanks and hyphens alone."))
    plain = re.sub(r"[^a-z]", "", key(name).translate(_ALIKE))
    words = {re.sub(r"[^a-z]", "", word.translate(_ALIKE)) for word in key(name).split()}
    if OFFICES & words or any(word in words or (len(word) > 4 and word in plain) for word in UNFIT):
        raise UnfitName(say("Take another name, please: one that the whole class may read."))
    return name


def _is_mark(one: str) -> bool:
    return unicodedata.category(one).startswith("M")


def _piled_up(name: str) -> bool:
    """Whether so many signs stand above and below one letter that they run into other lines."""
    seen = (one for one in name if one not in JOINERS)
    runs = (list(run) for is_mark, run in groupby(seen, _is_mark) if is_mark)
    return any(sum(1 for one in run if unicodedata.combining(one)) > MOST_MARKS for run in runs)


def _of_a_name(one: str) -> bool:
    """A letter, a number, a sign that shapes a letter, or what stands between words."""
    return one.isalnum() or _is_mark(one) or one in JOINERS or one in " -’'."
