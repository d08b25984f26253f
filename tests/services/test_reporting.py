"""What a class answered, counted by hand: first answers, without what is out, withheld where few answered."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import cast

import pytest
from sqlalchemy import Engine

from quiz.core.formats import AnyFormat
from quiz.core.formats.registry import FORMATS
from quiz.core.formats.spot import Spot, SpotAnswer
from quiz.core.formats.text import Text
from quiz.core.identity import identified
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.mark import Fields, Mark, Verdict
from quiz.core.skills import Skill
from quiz.services import counting, reporting, reviewing
from quiz.services.reporting import ClassAnswer, ClassReport, Mistake, Sound
from quiz.store.tables import Assignment
from tests.services.test_answering import NOW, writing
from tests.services.test_growing import LATER, How, Room
from tests.web.ways import right, wrong

ON = "alleged-support"
A, B, C = (f"{ON}/{one}" for one in "abc")
KEYS_OF_B1 = ("s1", "s4", "s5", "s13")
PAST, HEDGE, REPEATED = "past-the-full-stop", "hedge-is-source", "repetition-confirms"


@pytest.fixture
def room(engine: Engine, library: Library) -> Iterator[Room]:
    with writing(engine) as session:
        yield Room.new(session, library)


def only(**answers: Fields) -> How:
    """An answer to these tasks, and to no others."""
    return lambda item: answers.get(item.short)


def answered_by_one(room: Room, exercise: str, **answers: Fields) -> Assignment:
    """A class is given an exercise, and one learner answers these tasks of it."""
    given = room.give(exercise)
    for seat in room.sit(1):
        room.work(seat, given, only(**answers))
    return given


def mark(*units: str) -> Fields:
    return {"mark": units}


def choose(option: str) -> Fields:
    return {"option": [option]}


def report(room: Room, given: Assignment, library: Library | None = None) -> ClassReport:
    return reporting.report(room.session, given, library or room.library)


def counted(room: Room, given: Assignment, id: str, library: Library | None = None) -> ClassAnswer:
    """The one answer to a task, named by its short id, as the class counts it."""
    (found,) = (one for one in report(room, given, library).answers if one.kept.item.endswith(f"/{id}"))
    return found


def mistakes(room: Room, given: Assignment) -> list[Mistake]:
    return reporting.mistakes(report(room, given))


def mended(library: Library, **items: Item) -> Library:
    """The library after its authors changed some items on its article."""
    return replace(library, items={**library.items, **{one.id: one for one in items.values()}})


def marked(mark: Mark) -> list[str]:
    return [one.unit for one in mark.units if one.given == "marked"]


def test_the_first_attempt_alone_counts(room: Room) -> None:
    given = room.give("bank/exit-ticket", tries=2)
    (seat,) = room.sit(1)
    room.work(seat, given, wrong, NOW)
    room.work(seat, given, right, LATER)
    assert [one.points for one in report(room, given).answers] == [0, 0, None]
    every = reporting.of_seat(room.session, seat, room.library)
    assert [[one.points for one in answers] for _, answers in every] == [[1, 1, None], [0, 0, None]]


def test_what_was_given_to_one_seat_is_reported_of_that_seat_alone(room: Room) -> None:
    seat, *_others = room.sit(3)
    assert list(report(room, room.give(B, seat=seat)).seats) == [seat]


def test_a_unit_taken_out_changes_points_and_not_what_was_kept(room: Room) -> None:
    # Three of four keys and no false mark are 3/4; without the key that was missed, 3 of 3.
    given = answered_by_one(room, B, B1=mark("s1", "s4", "s5"))
    assert counted(room, given, "B1").points == Fraction(3, 4)
    room.take_out(f"{ON}/B1", "s13")
    found = counted(room, given, "B1")
    assert found.points == 1 and found.kept.points == Fraction(3, 4)


def test_a_unit_put_back_counts_again(room: Room) -> None:
    given = answered_by_one(room, B, B1=mark("s1", "s4", "s5"))
    room.take_out(f"{ON}/B1", "s13")
    counting.put_back(room.session, room.classroom.id, f"{ON}/B1", "s13", room.teacher, now=LATER)
    assert counted(room, given, "B1").points == Fraction(3, 4)


def test_what_was_answered_is_told_of_a_unit_that_is_out(room: Room) -> None:
    given = answered_by_one(room, B, B1=mark(*KEYS_OF_B1, "s2"))
    room.take_out(f"{ON}/B1", "s2")
    voted = counted(room, given, "B1").voted
    assert voted is not None
    assert set(marked(voted)) == {*KEYS_OF_B1, "s2"}
    assert {one.verdict for one in voted.units if one.unit == "s2"} == {Verdict.OPEN}


def test_where_nothing_is_left_to_count_there_are_votes_and_no_points(room: Room) -> None:
    given = room.give(B)
    for seat, option in zip(room.sit(3), "adc", strict=True):
        room.work(seat, given, only(B5=choose(option)))
    room.take_out(f"{ON}/B5", "a")
    assert [(one.points, one.answered) for one in report(room, given).answers] == [(None, None)] * 3
    votes = reporting.marks_of(room.session, given, room.library.items["alleged-support/B5"], room.library)
    assert sorted(option for vote in votes for option in marked(vote)) == ["a", "c", "d"]


def test_a_claim_is_out_in_every_task_on_its_article(room: Room) -> None:
    # A2: two of three sourced claims, and all of both other bins: (2/3 + 1 + 1)/3 = 8/9.
    items = room.library.items
    off = {id: {**right(items[f"{ON}/{id}"]), "row-c16": ["hinted"]} for id in ("A2", "A7")}
    given = answered_by_one(room, A, **off)
    assert counted(room, given, "A2").points == Fraction(8, 9)
    room.take_out("alleged-support", "c16")
    assert [counted(room, given, id).points for id in off] == [1, 1]


def test_a_claim_is_out_with_every_question_that_a_grid_asks_of_it(room: Room) -> None:
    off = {**right(room.library.items["alleged-support/A5"]), "cell-source-c1": ["no"]}
    given = answered_by_one(room, A, A5=off)
    before = counted(room, given, "A5").points
    assert before is not None and before < 1
    room.take_out("alleged-support", "c1")
    assert counted(room, given, "A5").points == 1


def test_an_answer_to_an_item_whose_key_has_changed_keeps_its_mark_and_its_units(room: Room) -> None:
    given = answered_by_one(room, B, B1=mark("s1", "s4", "s5"))
    before = counted(room, given, "B1")
    item = room.library.items["alleged-support/B1"]
    newer = replace(item, key_revision="changed", notes={}, format=Spot(keys=frozenset({"s2"}), noise=()))
    found = counted(room, given, "B1", mended(room.library, B1=newer))
    assert (found.points, found.mark, found.voted) == (Fraction(3, 4), before.mark, before.voted)
    assert found.item is not None and found.item.format.units == item.format.units


def test_points_stand_where_a_unit_is_out_and_the_item_is_marked_in_another_way_now(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SpotTwo(Spot):
        scheme = "spot/2"

    given = answered_by_one(room, B, B1=mark("s1", "s4", "s5"))
    item = room.library.items["alleged-support/B1"]
    assert isinstance(item.format, Spot)
    monkeypatch.setitem(cast("dict[str, type[AnyFormat]]", FORMATS), "spot", SpotTwo)
    other = SpotTwo(keys=item.format.keys, noise=item.format.noise, neutral=item.format.neutral)
    room.take_out(f"{ON}/B1", "s13")
    found = counted(room, given, "B1", mended(room.library, B1=replace(item, format=other)))
    assert (found.points, found.stand, found.kept.scheme) == (Fraction(3, 4), True, "spot/1")
    assert found.mark is not None
    assert {one.verdict for one in found.mark.units if one.unit == "s13"} == {Verdict.OPEN}


def test_answers_marked_in_an_older_and_in_a_newer_way_are_told_apart(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Half(Spot):
        scheme = "spot/2"

        def mark(self, answer: SpotAnswer) -> Mark:
            mark = super().mark(answer)
            return replace(mark, points=(mark.points or Fraction(0)) / 2, scheme=self.scheme)

    given = room.give(B)
    first, second = room.sit(2)
    room.work(first, given, only(B1=mark("s1", "s4", "s5")))
    monkeypatch.setitem(cast("dict[str, type[AnyFormat]]", FORMATS), "spot", Half)
    item = room.library.items["alleged-support/B1"]
    assert isinstance(item.format, Spot)
    half = Half(keys=item.format.keys, noise=item.format.noise, neutral=item.format.neutral)
    later = replace(room, library=mended(room.library, B1=replace(item, format=half)))
    later.work(second, given, only(B1=mark("s1", "s4", "s5")))
    answers = {one.kept.seat_id: one for one in report(later, given).answers}
    old, new = answers[first.id], answers[second.id]
    assert (old.points, old.kept.scheme) == (Fraction(3, 4), "spot/1")
    assert (new.points, new.kept.scheme) == (Fraction(3, 8), "spot/2")
    assert old.mark is not None and new.mark is not None
    assert old.mark.units == new.mark.units


def test_a_mistake_is_told_by_how_many_learners_showed_it_of_those_that_could(room: Room) -> None:
    given = room.give(B)
    *there, _absent = room.sit(7)
    also = [("s2", "s14"), ("s2",), ("s7",), (), (), ()]
    for seat, more in zip(there, also, strict=True):
        room.work(seat, given, only(B1=mark(*KEYS_OF_B1, *more)))
    assert mistakes(room, given) == [
        Mistake(misconception=PAST, learners=2, of=6),
        Mistake(misconception=HEDGE, learners=1, of=6),
    ]


def test_a_mistake_is_withheld_until_five_could_have_made_it_whatever_else_they_answered(room: Room) -> None:
    given = room.give(B)
    there = room.sit(6)
    for seat in there:
        room.work(seat, given, only(B1=mark(*KEYS_OF_B1)))
    for seat, option in zip(there[:4], "bdcc", strict=True):
        room.work(seat, given, only(B5=choose(option)))
    assert mistakes(room, given) == []
    room.work(there[4], given, only(B5=choose("c")))
    assert mistakes(room, given) == [Mistake(misconception=REPEATED, learners=2, of=5)]


def test_a_unit_that_is_out_shows_no_mistake(room: Room) -> None:
    given = room.give(B)
    for seat in room.sit(5):
        room.work(seat, given, only(B1=mark(*KEYS_OF_B1, "s2")))
    room.take_out(f"{ON}/B1", "s2")
    assert mistakes(room, given) == []


def test_who_met_a_mistake_only_where_it_is_out_could_not_have_made_it(room: Room) -> None:
    given = room.give(B)
    for place, seat in enumerate(room.sit(7)):
        room.work(seat, given, only(B1=mark(*KEYS_OF_B1, *(("s2",) if place < 2 else ()))))
    assert mistakes(room, given) == [Mistake(misconception=PAST, learners=2, of=7)]
    notes = room.library.items["alleged-support/B1"].notes
    for unit in {id for id, note in notes.items() if note.misconception == PAST}:
        room.take_out(f"{ON}/B1", unit)
    assert mistakes(room, given) == []


def test_a_key_that_was_missed_shows_the_mistake_that_its_note_names(room: Room) -> None:
    given = room.give("lendal-otters/mini")
    item = room.library.items["lendal-otters/E1"]
    keys = sorted(right(item)["mark"])
    for seat in room.sit(5):
        room.work(seat, given, only(E1=mark(*(one for one in keys if one != "c1"))))
    overlooked = Mistake(misconception="anonymous-is-no-source", learners=5, of=5)
    assert overlooked in mistakes(room, given)


@pytest.mark.parametrize(("learners", "shown"), [(4, []), (5, [(Skill.ANONYMITY, 5)])])
def test_the_figures_of_a_skill_are_withheld_below_five_learners(
    room: Room, learners: int, shown: list[tuple[Skill, int]]
) -> None:
    given = room.give(B)
    for seat in room.sit(learners):
        room.work(seat, given, only(B1=mark(*KEYS_OF_B1)))
    found = reporting.summaries(report(room, given))
    assert [(one.skill, one.full) for one in found] == shown


def reviewed(room: Room, levels: dict[str, int], *, hidden: bool = False) -> Assignment:
    """One text was handed in, and its teacher has marked it."""
    given = answered_by_one(room, C, C7=right(room.library.items["alleged-support/C7"]))
    (text,) = reviewing.queue(room.session, report(room, given))
    said = {"flagged": False, "hidden": hidden}
    reviewing.mark(room.session, text, levels, comment="", **said, teacher=room.teacher, now=LATER)
    return given


@pytest.mark.parametrize(
    ("levels", "points"),
    [
        ({"attribution": 2, "size": 1}, Fraction(3, 4)),
        ({"attribution": 2, "size": 1, "hedges": 0}, Fraction(3, 6)),
        ({"attribution": 0, "size": 0}, Fraction(0)),
    ],
)
def test_a_text_earns_what_its_review_says(room: Room, levels: dict[str, int], points: Fraction) -> None:
    assert counted(room, reviewed(room, levels), "C7").points == points


def test_a_text_without_a_review_has_no_points(room: Room) -> None:
    given = answered_by_one(room, C, C7=right(room.library.items["alleged-support/C7"]))
    assert counted(room, given, "C7").points is None


class SpotTwo(Spot):
    """Spot under another scheme, as a release would bring it."""

    scheme = "spot/2"


def test_an_answer_keeps_its_points_where_nobody_has_the_key_that_marked_it(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two answers to one source, under two schemes; then the key changes, once to one without their units.
    given = room.give(B)
    first, second = room.sit(2)
    room.work(first, given, only(B1=mark("s1", "s4", "s5")))
    monkeypatch.setitem(cast("dict[str, type[AnyFormat]]", FORMATS), "spot", SpotTwo)
    item, articles = room.library.items["alleged-support/B1"], room.library.articles
    assert isinstance(item.format, Spot)

    def newer(item: Item, **key: object) -> Library:
        format = SpotTwo(**{"keys": frozenset({"s2"}), "noise": (), "neutral": frozenset(), **key})  # type: ignore[arg-type]
        return mended(room.library, B1=identified(replace(item, format=format), articles))

    old = item.format
    two = newer(item, keys=old.keys, noise=old.noise, neutral=old.neutral)
    replace(room, library=two).work(second, given, only(B1=mark("s1", "s4", "s5")))
    room.take_out(f"{ON}/B1", "s13")
    alone = replace(item, revision="alone", units=tuple(one for one in item.units if one.id == "s2"))
    other = newer(replace(item, revision="other"), keys=frozenset({"s1"}), noise=(frozenset({"s4"}),))
    for library in (other, newer(alone)):
        found = [(one.points, one.stand) for one in report(room, given, library).answers]
        assert found == [(Fraction(3, 4), True)] * 2


def test_what_is_out_stays_out_once_its_item_is_gone(room: Room) -> None:
    fields = {**right(room.library.items[f"{ON}/A2"]), "row-c16": ["hinted"]}
    given = answered_by_one(room, A, A2=fields)
    room.take_out(ON, "c16")
    gone = replace(room.library, items={k: one for k, one in room.library.items.items() if k != f"{ON}/A2"})
    found = counted(room, given, "A2", gone)
    assert found.stand and found.voted is not None
    assert {one.verdict for one in found.voted.units if one.unit == "c16"} == {Verdict.OPEN}


def test_a_review_counts_by_the_rubric_that_its_text_was_written_to(room: Room) -> None:
    given = reviewed(room, {"attribution": 2, "size": 1})
    text = room.library.items["alleged-support/C7"]
    assert isinstance(text.format, Text)
    first = text.rubric[0]
    for rubric in (
        (replace(first, levels=(*first.levels, "More")), *text.rubric[1:]),
        (replace(first, id="renamed"), *text.rubric[1:]),
    ):
        format = replace(text.format, criteria=tuple(one.id for one in rubric if one.core), levels=4)
        new = identified(replace(text, revision="new", rubric=rubric, format=format), room.library.articles)
        assert new.key_revision != text.key_revision
        found = counted(room, given, "C7", mended(room.library, C7=new))
        assert found.points == Fraction(3, 4)
        assert found.item is not None and found.item.rubric == text.rubric


def test_levels_that_the_rubric_has_no_more_neither_earn_nor_cost(room: Room) -> None:
    # Of attribution 2, size 1 and hedges 2, the mended rubric knows size alone: 1 of 2; then nothing.
    given = reviewed(room, {"attribution": 2, "size": 1, "hedges": 2}, hidden=True)
    text = room.library.items["alleged-support/C7"]
    attribution, size, *_gone = text.rubric
    lower = replace(attribution, levels=attribution.levels[:2])
    for rubric, points in (((lower, size), Fraction(1, 2)), ((lower,), None)):
        newer = mended(room.library, C7=replace(text, rubric=rubric))
        assert counted(room, given, "C7", newer).points == points


@pytest.mark.parametrize(("out", "found", "of"), [([], 2, 4), (["bank/x02"], 2, 3)])
def test_sound_sources_are_counted_from_statements_with_a_sound_source(
    room: Room, out: list[str], found: int, of: int
) -> None:
    # Sound: x01 right, x02 taken for the paper's own voice, x03 left empty; y01 right. Not sound: x07, x16.
    given = room.give("bank/form-x")
    one, other = room.sit(2)
    called = {"x01": "sourced", "x02": "own-voice", "x07": "sourced", "x16": "sourced"}
    empty = wrong(room.library.bank["bank/x03"])
    room.work(one, given, only(x03=empty, **{id: choose(option) for id, option in called.items()}))
    room.work(other, given, only(y01=choose("sourced")))
    for id in out:
        room.take_out(id, "sourced")
    answers = report(room, given).answers
    assert reporting.sound_sources(answers) == Sound(found=found, of=of, learners=2)
