"""What is shown to all: claim by claim on the board, and to learners how their class answered."""

import re

import pytest
from flask import Flask

from quiz.core.library import Library
from quiz.core.votes import Votes
from quiz.web.votes_view import board_bars, units
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, new_class, seats_of
from tests.web.ways import right, text_of, with_key
from tests.web.working import past_the_full_stop, work


def test_the_worst_claim_comes_first_and_is_told_press_by_press(
    teacher: Visitor, room: str, library: Library
) -> None:
    page = teacher.get(f"{room}/worst")
    assert page.select_one("h1") and "The alleged aid" in page.select_one("h1").get_text()  # type: ignore[union-attr]
    assert not page.select(".board-votes, .board-key, .ask-line")
    for shown in (".board-key", ".ask-line"):  # 4 of 6 and 2 of 6: no shares that could be shown
        onward = teacher.page.select_one("a[data-press-next]")
        assert onward is not None
        teacher.get(str(onward["href"]))
        assert teacher.page.select(shown)
    assert library.items["alleged-support/B1"].ask_the_class in text_of(teacher)
    named = [one.get_text() for one in teacher.page.select(".ask-line ~ .quote .rule-no")]
    assert named == ["1", "8"], "the question names them, and they aren't on the board"
    onward = teacher.page.select_one("a[data-press-next]")
    assert onward is not None and "place=2" in str(onward["href"])
    for shown in (".board-key", "h1"):
        back = teacher.page.select_one("a[data-press-back]")
        assert back is not None
        teacher.get(str(back["href"]))
        assert teacher.page.select(".worst section, h1")[-1] in teacher.page.select(shown)
    assert not teacher.page.select("a[data-press-back]")
    teacher.get(f"{room}/worst?place=999")
    assert "That was all" in text_of(teacher)


def test_a_press_shows_votes_only_where_some_can_be_shown(teacher: Visitor, room: str) -> None:
    labels = set()
    for place in range(1, 40):
        if "That was all" in board(teacher, room, place):
            break
        told = bool(teacher.page.select(".board-votes .number"))
        onward = teacher.get(f"{room}/worst?place={place}").select_one("a[data-press-next]")
        assert onward and ("show=shares" in str(onward["href"])) is told
        labels.add((told, onward.get_text(strip=True)))
    assert labels == {(True, "Show the votes"), (False, "Show the key")}


def test_learners_see_how_the_class_answered_once_they_have_and_no_small_part_of_it(
    app: Flask, teacher: Visitor, room: str, library: Library
) -> None:
    learner = join(app, code_of(teacher, room))
    step = begin(learner, due(learner)[0])
    learner.get(f"{step}/class", code=404)
    learner.get(step)
    learner.press(step, with_key(learner, right(library.items["alleged-support/B1"])))
    learner.get(f"{step}/class")
    said = text_of(learner)
    assert "How the class answered" in said and "100%" in said
    assert "too few to say" in said and "57%" not in said, "4 of 7 marked sentence 2, 3 of 7 left it"
    assert not any(name in said for name in seats_of(teacher, room))


def test_the_board_works_for_raised_hands_before_anybody_has_answered(
    app: Flask, teacher: Visitor, library: Library
) -> None:
    room = new_class(teacher, "7c")
    give(teacher, room, "alleged-support/c")
    teacher.get(f"{room}/worst")
    assert "by raised hands" in text_of(teacher)
    for say in (
        "Hands up for each answer",
        "Sentence 8 names weaponry",
        library.items["alleged-support/C1"].ask_the_class,
    ):
        onward = teacher.page.select_one("a[data-press-next]")
        assert onward is not None
        teacher.get(str(onward["href"]))
        assert say in text_of(teacher)


def test_the_board_points_at_nobody_and_shows_both_of_two_sentences(
    app: Flask, teacher: Visitor, room: str, library: Library
) -> None:
    learner = join(app, code_of(teacher, room))
    work(learner, library, begin(learner, due(learner)[0]), 9, past_the_full_stop)
    place = next(place for place in range(1, 40) if "is left out" in board(teacher, room, place))
    assert not re.search(r"\b(14|29|43|57)%", board(teacher, room, place)), "1 to 4 of 7"
    pairs = new_class(teacher, "7d")
    give(teacher, pairs, "alleged-support/short")
    quotes = set()
    for place in range(1, 40):
        teacher.get(f"{pairs}/worst?place={place}")
        quotes.add(len(teacher.page.select(".worst .quote")))
    assert quotes == {0, 1, 2}, "what is asked, both of two, and the end"


def test_before_the_key_the_order_of_the_votes_tells_nothing(teacher: Visitor, room: str) -> None:
    """The task's own order, whatever is right and whatever most chose; a choice comes once."""
    orders, prompts = set(), []
    for place in range(1, 40):
        said = board(teacher, room, place)
        if "That was all" in said:
            break
        rows = tuple(one.get_text() for one in teacher.page.select(".board-votes .what"))
        if set(rows) == {"marked it", "left it"}:
            orders.add(rows)
        elif teacher.page.select_one(".worst > .asked") is None:
            prompts.append(said.split("fewest right first")[1][:60])
    assert orders == {("marked it", "left it")}
    assert prompts and len(set(prompts)) == len(prompts)


@pytest.mark.parametrize("left", [20, 7])
def test_whatever_most_chose_the_answers_stand_in_one_order(app: Flask, library: Library, left: int) -> None:
    item = library.items["alleged-support/B1"]
    counted = {"s2": Votes(unit="s2", key="left", answers={"left": left, "marked": 27 - left}, right=left)}
    with app.test_request_context():
        (view,) = units(item, counted)
        assert [one.text for one in board_bars(item, counted, view)] == ["marked it", "left it"]


def test_by_raised_hands_the_key_is_ticked(teacher: Visitor, library: Library) -> None:
    room = new_class(teacher, "7h")
    give(teacher, room)
    teacher.get(f"{room}/worst?hands=yes&show=shares")
    assert "✓" not in text_of(teacher)
    teacher.get(f"{room}/worst?hands=yes&show=key")
    assert [one.get_text(strip=True) for one in teacher.page.select(".worst li")].count("marked it✓") == 1


def test_a_form_is_not_told_on_the_board_before_it_is_taken(teacher: Visitor) -> None:
    room = new_class(teacher, "7g")
    give(teacher, room, "bank/form-x")
    teacher.get(f"{room}/worst?hands=yes")
    assert "Too few to say" in text_of(teacher) and not teacher.page.select(".quote")


def board(teacher: Visitor, room: str, place: int) -> str:
    """What the board says of a claim once its shares are shown."""
    teacher.get(f"{room}/worst?place={place}&show=shares")
    return text_of(teacher)


def test_of_three_learners_nothing_is_said_of_what_most_chose(
    app: Flask, teacher: Visitor, library: Library
) -> None:
    room = new_class(teacher, "7e")
    give(teacher, room)
    for number in range(3):
        learner = join(app, code_of(teacher, room))
        work(learner, library, begin(learner, due(learner)[0]), number, past_the_full_stop)
    teacher.get(f"{room}/heat?item=B1")
    said = text_of(teacher)
    assert "Too few have answered" in said and "Most chose" not in str(teacher.page)


def test_while_a_test_is_shut_the_class_can_not_be_seen(
    app: Flask, teacher: Visitor, library: Library
) -> None:
    room = new_class(teacher, "7f")
    give(teacher, room, mode="test")
    learner = join(app, code_of(teacher, room))
    step = begin(learner, due(learner)[0])
    learner.get(step)
    assert "grade it" not in text_of(learner), "a test isn't practice"
    learner.press(step, with_key(learner, right(library.items["alleged-support/B1"])))
    learner.get(f"{step}/class", code=404)
    task = due_task(teacher, room)
    teacher.get(task)
    teacher.press(f"{task}/release")
    learner.get(f"{step}/class")


def due_task(teacher: Visitor, room: str) -> str:
    """The address of the one task of a class, as its teacher sees it."""
    teacher.get(room)
    found = teacher.page.select_one("#given .attempts a")
    assert found is not None
    return str(found["href"])
