"""The guide: anchors to link to, and a statement to try under each rule, of which nothing is kept."""

import pytest
from bs4 import Tag
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.core.item import Item
from quiz.core.library import Library
from quiz.store.tables import Base
from tests.web.client import Visitor
from tests.web.ways import text_of

RULES = range(1, 6)
MOST_OPEN = 25


def tried(library: Library, rule: int) -> tuple[Item, str]:
    """The statement under a rule, and its right answer."""
    item = library.bank[library.site.rules[rule]]
    return item, next(unit for unit, note in item.notes.items() if note.found)


def press(visitor: Visitor, rule: object, answer: str, code: int = 200, *, token: bool = True) -> None:
    """Press an answer under a rule."""
    visitor.get("/guide")
    visitor.post("/guide", {"rule": str(rule), "answer": answer}, code=code, token=token)


def the_note(visitor: Visitor, rule: int) -> Tag:
    """The one note on the page, which stands open under that rule."""
    notes = visitor.page.select(".note")
    assert len(notes) == 1
    assert notes == visitor.page.select(f"#rule-{rule} details[open] > .note")
    return notes[0]


def test_the_guide_has_a_place_for_each_link(visitor: Visitor) -> None:
    page = visitor.get("/guide")
    for place in ("openly", "both-sides", *(f"rule-{rule}" for rule in RULES)):
        assert page.select_one(f"#{place}"), place
    assert not page.select(".try-one[open], .note")


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_an_easy_statement_of_its_own(visitor: Visitor, library: Library, rule: int) -> None:
    item, _right = tried(library, rule)
    statement = next(one for one in library.statements if one.id == item.id)
    assert (statement.use, statement.level, statement.case.rule) == ("practice", 1, rule)
    form = visitor.get("/guide").select_one(f"#rule-{rule} form")
    assert form is not None
    assert form["action"] == f"/guide#rule-{rule}"
    shown = form.select_one(".quote")
    assert shown is not None and shown.get_text() == statement.text
    assert [one.get_text() for one in form.select("mark")] == [statement.words]
    assert {str(one["value"]) for one in form.select("button")} == set(item.by_unit)


@pytest.mark.parametrize("rule", RULES)
def test_the_key_is_found(visitor: Visitor, library: Library, rule: int) -> None:
    item, right = tried(library, rule)
    press(visitor, rule, right)
    note = the_note(visitor, rule)
    assert "found" in note["class"]
    said = note.get_text(" ")
    assert item.notes[right].stamp in said and item.notes[right].found in said
    assert len(item.notes[right].found.split()) <= MOST_OPEN


@pytest.mark.parametrize("rule", RULES)
def test_each_wrong_answer_has_its_note_and_the_right_reason_folded(
    visitor: Visitor, library: Library, rule: int
) -> None:
    item, right = tried(library, rule)
    for wrong in item.by_unit.keys() - {right}:
        press(visitor, rule, wrong)
        note = the_note(visitor, rule)
        assert "misplaced" in note["class"]
        why = note.select_one("details:not([open])")
        assert why is not None and item.notes[right].found in why.extract().get_text()
        said = note.get_text(" ")
        assert item.notes[right].stamp in said and item.notes[wrong].over in said
        assert len(item.notes[wrong].over.split()) <= MOST_OPEN
        assert "stands with the right answer" not in said, "the answer needs a note of its own"
        ticked = visitor.page.select_one(f"#rule-{rule} button:has(.found)")
        assert ticked is not None and ticked["value"] == right


def test_nothing_is_kept(visitor: Visitor, library: Library, session: Session) -> None:
    for rule in RULES:
        for answer in tried(library, rule)[0].by_unit:
            press(visitor, rule, answer)
            assert visitor.response is not None
            assert all(one.startswith("session=") for one in visitor.response.headers.getlist("Set-Cookie"))
    with visitor.client.session_transaction() as cookie:
        assert cookie.keys() == {"csrf_token"}
    for table in Base.metadata.sorted_tables:
        assert session.scalar(select(func.count()).select_from(table)) == 0, table.name


def test_sound_sourcing_is_the_answer_to_two_of_five_at_least(library: Library) -> None:
    ids = set(library.site.rules.values())
    assert sum(one.label.sound for one in library.statements if one.id in ids) >= 2


@pytest.mark.parametrize(
    ("rule", "answer", "place", "say"),
    [
        ("9", "sourced", "main", "no such rule"),
        ("", "", "main", "no such rule"),
        ("1", "nobody", "#rule-1 [open]", "isn’t one of the answers"),
        ("3", "sourced", "#rule-3 [open]", "isn’t one of the answers"),
        ("2", "", "#rule-2 [open]", "isn’t one of the answers"),
    ],
)
def test_what_can_not_be_meant_is_refused(
    visitor: Visitor, rule: str, answer: str, place: str, say: str
) -> None:
    press(visitor, rule, answer, code=422)
    told = visitor.page.select_one(f"{place} .problem")
    assert told is not None and say in told.get_text()
    assert not visitor.page.select(".note")


def test_without_its_token_the_page_comes_again(visitor: Visitor, library: Library) -> None:
    item, right = tried(library, 1)
    press(visitor, 1, right, code=400, token=False)
    assert item.notes[right].found in text_of(visitor)
    press(visitor, 9, "nobody", code=400, token=False)
    assert visitor.page.select_one("#rule-1 form")
