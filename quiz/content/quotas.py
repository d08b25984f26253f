"""How much of what the bank must hold, so that sound sourcing counts and the forms are one test."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.content.problems import Problem
from quiz.core.article import Article, Label
from quiz.core.formats.choice import Choice
from quiz.core.item import Case, Item
from quiz.core.library import Library, Statement

WEAK = frozenset({Label.VAGUE, Label.BARE, Label.EVALUATION})
FORMS = ("form-x", "form-y", "form-z")
A_LABEL = 2
A_FORM_PAIRS = 4
LENGTHS_APART = 0.1
"""How far the words of two forms may lie apart, as a share of the longer."""


@dataclass(frozen=True, kw_only=True)
class Quotas:
    """The least that must be there; what is shipped keeps to the figures given here."""

    practice: int = 80
    a_case: int = 8
    a_label: int = 10
    pairs: int = 12
    even_pairs: int = 3
    mirrors: int = 12
    forms: tuple[str, ...] = FORMS
    firm_article: bool = True


def problems(library: Library, root: str, quotas: Quotas) -> list[Problem]:
    """Every quota that isn't met."""
    places = (
        ("practice", _practice(library, quotas)),
        ("pairs.toml", _pairs(library, quotas)),
        ("mirrors.toml", _mirrors(library, quotas)),
        ("forms", _forms(library, quotas)),
    )
    found = [
        Problem(file=f"{root}/bank/{place}", field="", say=say) for place, says in places for say in says
    ]
    return found + [Problem(file=root, field="", say=say) for say in _articles(library, quotas)]


def of_use(library: Library, use: str) -> list[Statement]:
    """The statements of one use; retired ones don't count."""
    return [one for one in library.statements if one.use == use and not one.retired]


def open_pairs(library: Library) -> list[Item]:
    """The pairs that no form holds, as tasks."""
    ids = {one.pair for one in of_use(library, "pair")}
    return [library.bank[id] for id in sorted(ids)]


def is_even(pair: Item) -> bool:
    """Whether neither statement of a pair lets a reader check more."""
    return "same" in right(pair)


def right(item: Item) -> frozenset[str]:
    """The right options of a choice; none for another format."""
    return item.format.right if isinstance(item.format, Choice) else frozenset()


def _practice(library: Library, quotas: Quotas) -> Iterator[str]:
    practice = of_use(library, "practice")
    if len(practice) < quotas.practice:
        yield f"{len(practice)} statements: {quotas.practice} are needed"
    labels = Counter(one.label for one in practice)
    for label in Label:
        if labels[label] < quotas.a_label:
            yield f"{labels[label]} statements with the label {label}: {quotas.a_label} are needed"
    sound = sum(1 for one in practice if one.label.sound)
    weak = sum(labels[label] for label in WEAK)
    if sound < weak:
        yield f"{sound} sound statements, {weak} that are vague, bare or judging: write more sound ones"
    for case in Case:
        those = [one for one in practice if one.case is case]
        if len(those) < quotas.a_case:
            yield f"{len(those)} statements for the case {case}: {quotas.a_case} are needed"
        answers = {answer for one in those for answer in right(library.bank[one.id])}
        if quotas.a_case and len(answers) < 2:
            yield f"the case {case} has one answer alone: write statements in both directions"


def _pairs(library: Library, quotas: Quotas) -> Iterator[str]:
    pairs = open_pairs(library)
    even = sum(1 for pair in pairs if is_even(pair))
    if len(pairs) < quotas.pairs or even < quotas.even_pairs:
        needed = f"{quotas.pairs} and {quotas.even_pairs} are needed"
        yield f"{len(pairs)} pairs, {even} without a difference: {needed}"


def _mirrors(library: Library, quotas: Quotas) -> Iterator[str]:
    count = len(of_use(library, "mirror")) // 2
    if count < quotas.mirrors:
        yield f"{count} mirrored pairs: {quotas.mirrors} are needed"


def _forms(library: Library, quotas: Quotas) -> Iterator[str]:
    given = [form for form in quotas.forms if form not in library.forms or not library.forms[form].retired]
    statements = {form: of_use(library, form) for form in given}
    for form, those in statements.items():
        if form not in library.forms:
            yield f"{form} is missing: write it"
            continue
        labels = Counter(one.label for one in those)
        uneven = [label for label in Label if labels[label] != A_LABEL]
        if uneven:
            yield f"{form} needs {A_LABEL} statements a label: see {', '.join(uneven)}"
        pairs = len(library.forms[form].pairs)
        if pairs != A_FORM_PAIRS:
            yield f"{form} has {pairs} pairs: it needs {A_FORM_PAIRS}"
    yield from _matched(statements)
    used = {id for form in library.forms.values() for id in (*form.pairs, *form.former)}
    short = {library.bank[pair].short for pair in used}
    for item in library.items.values():
        if taken := short & item.format.units:
            yield f"{item.id} uses {', '.join(sorted(taken))}, which a form reserves: take another pair"


def _matched(forms: dict[str, list[Statement]]) -> Iterator[str]:
    """The forms are one test: the same cases, labels and levels, and about as many words."""
    slots = {
        form: Counter((one.case, one.label, one.level) for one in those) for form, those in forms.items()
    }
    words = {form: sum(len(one.text.split()) for one in those) for form, those in forms.items()}
    first, *others = forms or [""]
    for form in others:
        if slots[form] != slots[first]:
            yield f"{form} and {first} don’t match by case, label and level: mend one slot for slot"
        longer, shorter = max(words[form], words[first]), min(words[form], words[first])
        if longer - shorter > LENGTHS_APART * longer:
            yield f"{form} has {words[form]} words, {first} has {words[first]}: bring them within a tenth"


def _articles(library: Library, quotas: Quotas) -> Iterator[str]:
    if quotas.firm_article and not any(_all_firm(article) for article in library.articles.values()):
        yield "no article has all eight labels, each of them firm: write one"


def _all_firm(article: Article) -> bool:
    claims = article.claims.values()
    return all(one.label_firm for one in claims) and {one.label for one in claims} == set(Label)
