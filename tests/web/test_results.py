"""What a teacher sees of a class's answers, what they say of it, and what they take along."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.services import demo
from quiz.store.engine import WRITES
from quiz.store.remark_tables import Review
from quiz.store.tables import Attempt, Base, Response, Seat
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, new_class, seats_of
from tests.web.watching import before_each, watched
from tests.web.ways import finish, right, text_of, with_key
from tests.web.working import LEARNERS, past_the_full_stop, work


def test_the_results_state_the_finding_in_words(teacher: Visitor, room: str, library: Library) -> None:
    teacher.get(f"{room}/results")
    said = text_of(teacher)
    assert f"4 of {LEARNERS}: {library.misconceptions['past-the-full-stop']}" in said
    assert f"{LEARNERS} have started, {LEARNERS} have finished." in said
    assert "100%" in said
    assert [one.get_text() for one in teacher.page.select(".strip .who")] == [
        "Most chose",
        "The key",
        "Read rightly",
    ]
    (by_learner,) = teacher.page.select("a[href*='names=yes']")
    teacher.get(str(by_learner["href"]))
    assert all(name in text_of(teacher) for name in seats_of(teacher, room))


def test_the_heat_map_washes_the_very_words_and_names_the_most_frequent_error(
    teacher: Visitor, room: str
) -> None:
    page = teacher.get(f"{room}/heat?item=B1")
    washed = {one.get_text(): " ".join(one["class"]) for one in page.select(".heat-row .heat")}
    second = next(value for words, value in washed.items() if words.startswith("The alleged aid"))
    assert second == "heat heat-4"
    assert "33% right" in text_of(teacher) and f"4 of {LEARNERS} marked it." in text_of(teacher)
    rows = [one.get_text() for one in page.select(".strip .who")]
    assert rows == ["Most chose", "The key", "Read rightly"]
    cells = page.select(".strip .row:last-of-type .heat")
    assert {str(one["title"]).rpartition(": ")[2]: one["class"][-1] for one in cells}["33% right"] == "heat-4"
    steps = [one.get_text() for one in page.select(".onward .heat")]
    assert steps == ["85% and more", "70% and more", "55% and more", "40% and more", "less"]
    teacher.get(f"{room}/heat?item=A7", code=404)


def test_a_claim_taken_out_is_counted_anew_logged_and_put_back(
    teacher: Visitor, room: str, session: Session
) -> None:
    before = points(teacher, room, "B1")
    assert before.count(1.0) == LEARNERS - 4
    page = teacher.get(f"{room}/heat?item=B1")
    form = next(one for one in page.select("form.count") if one.select_one("input[value=s2]"))
    data = {str(one["name"]): str(one["value"]) for one in form.select("input")}
    teacher.press(f"{room}/claims", data | {"to": "out"})
    assert "not counted in this class" in text_of(teacher)
    shares = [str(one["title"]) for one in teacher.page.select(".strip .row:last-of-type .heat")]
    assert {one.rpartition(": ")[2] for one in shares} == {"100% right"}, "no share of what doesn’t count"
    assert points(teacher, room, "B1") == [1.0] * LEARNERS
    teacher.get(f"{room}/results")
    assert "by Ms Vane" in text_of(teacher)
    kept = session.scalars(select(Response).where(Response.item == "alleged-support/B1")).all()
    assert sum(one.points == 1 for one in kept) == LEARNERS - 4, "the marks that were kept stay"
    teacher.press(f"{room}/claims", data | {"to": "back"})
    assert points(teacher, room, "B1") == before


def points(teacher: Visitor, room: str, item: str) -> list[float]:
    """The points of an item, learner by learner, as the CSV has them."""
    rows = list(csv.DictReader(StringIO(table(teacher, room))))
    return [float(row[item]) for row in rows]


def table(teacher: Visitor, room: str) -> str:
    answer = teacher.client.get(f"{room}/results.csv")
    assert answer.mimetype == "text/csv"
    data = answer.get_data()
    assert data.startswith(b"\xef\xbb\xbf")
    return data.decode("utf-8-sig")


def test_csv_and_workbook_hold_what_the_database_holds(
    teacher: Visitor, room: str, session: Session, library: Library
) -> None:
    seat = next(iter(seats_of(teacher, room).values()))
    teacher.get(seat)
    teacher.press(f"{seat}/name", {"name": "=1+1"})
    rows = {row["name"]: row for row in csv.DictReader(StringIO(table(teacher, room)))}
    assert "'=1+1" in rows
    book = openpyxl.load_workbook(BytesIO(teacher.client.get(f"{room}/results.xlsx").get_data()))
    assert book.sheetnames == ["scores", "answers", "items", "about"]
    sheet = book["scores"]
    heads = [cell.value for cell in sheet[1]]
    named = {row[0].value: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    assert named["=1+1"]["name"].data_type == "s"
    kept = session.execute(
        select(Seat.name, Response.item, Response.points_num, Response.points_den)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Seat, Seat.id == Attempt.seat_id)
    ).all()
    assert len(kept) == book["answers"].max_row - 1
    for name, id, num, den in kept:
        item = id.rpartition("/")[2]
        in_csv = rows["'=1+1" if name == "=1+1" else name][item]
        assert float(in_csv) == named[name][item].value == pytest.approx((num or 0) / (den or 1), abs=0.0005)
    counts = {row[0].value: row[3].value for row in book["items"].iter_rows(min_row=2)}
    steps = library.exercises["alleged-support/b"].steps
    assert counts == {step.item.rpartition("/")[2]: LEARNERS for step in steps}


def test_the_glance_is_304_while_nothing_came_and_holds_no_name(
    app: Flask, teacher: Visitor, room: str, library: Library
) -> None:
    first = teacher.client.get(f"{room}/results/glance")
    names = seats_of(teacher, room)
    assert not any(name in first.get_data(as_text=True) for name in names)
    same = teacher.client.get(f"{room}/results/glance", headers={"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304
    late = join(app, code_of(teacher, room))
    work(late, library, begin(late, due(late)[0]), 9, past_the_full_stop)
    changed = teacher.client.get(f"{room}/results/glance", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_at_most_twelve_statements_for_any_page_of_results(app: Flask, teacher: Visitor, room: str) -> None:
    seat = next(iter(seats_of(teacher, room).values())).removeprefix(f"{room}/")
    exports = ("results.csv", "results.xlsx", "print?names=yes")
    for page in ("results", "results/glance", "heat", "worst", "texts", "growth", "print", *exports, seat):
        with watched(app) as statements:
            teacher.client.get(f"{room}/{page}")
        assert 0 < len(statements) <= 12, (page, len(statements))


def test_too_few_answers_are_withheld(app: Flask, teacher: Visitor, library: Library) -> None:
    room = new_class(teacher, "7a")
    teacher.get(f"{room}/results")
    assert "No results yet" in text_of(teacher)
    give(teacher, room)
    learner = join(app, code_of(teacher, room))
    finish(learner, library, begin(learner, due(learner)[0]))
    teacher.get(f"{room}/results")
    assert "Too few have answered" in text_of(teacher) and "too few to say" in text_of(teacher)
    teacher.get(f"{room}/heat")
    assert not teacher.page.select(".heat-1, .heat-2, .heat-3, .heat-4") and "too few to say" in text_of(
        teacher
    )
    teacher.get(f"{room}/worst")
    assert "by raised hands" in text_of(teacher)


@pytest.fixture
def written(app: Flask, teacher: Visitor, library: Library) -> tuple[str, list[Visitor], list[str]]:
    """A class where three have handed in a text: its address, the learners, and the steps they wrote at."""
    room = new_class(teacher, "8a")
    give(teacher, room, "alleged-support/c")
    code, learners, steps = code_of(teacher, room), [], []
    for _learner in range(3):
        learner = join(app, code)
        step = re.sub(r"\d+$", "7", begin(learner, due(learner)[0]))
        learner.get(step)
        learner.press(step, with_key(learner, right(library.items["alleged-support/C7"])))
        learners.append(learner)
        steps.append(step)
    return room, learners, steps


def test_texts_are_marked_without_names_and_shown_together(
    teacher: Visitor, written: tuple[str, list[Visitor], list[str]], session: Session
) -> None:
    room, learners, steps = written
    names = seats_of(teacher, room)
    for number in range(3):
        teacher.get(f"{room}/texts")
        assert f"{number} of 3 are marked, 0 of them shown to the writer." in text_of(teacher)
        assert not any(name in text_of(teacher) for name in names)
        shown = teacher.page.select_one("input[name=text]")
        assert shown is not None
        said = {"text": str(shown["value"]), "comment": "Keep the hedges."}
        teacher.post(f"{room}/texts", said | {"level-attribution": "9"}, code=422)
        assert "Keep the hedges." in text_of(teacher)
        teacher.post(f"{room}/texts", said | {"level-attribution": "2"}, code=422)
        assert "Choose a level for" in text_of(teacher)
        teacher.press(f"{room}/texts", said | {"level-attribution": "2", "level-size": "1"})
    learners[0].get(steps[0])
    assert "Keep the hedges." not in text_of(learners[0])
    assert "Keep the hedges." not in learners[0].client.get("/me/data.json").get_data(as_text=True)
    teacher.press(f"{room}/texts/release")
    teacher.get(f"{room}/texts")
    assert "3 of 3 are marked, 3 of them shown to the writer." in text_of(teacher)
    for learner, step in zip(learners, steps, strict=True):
        learner.get(step)
        assert "Keep the hedges." in text_of(learner) and "Partly: one half is there" in text_of(learner)
        assert "Keep the hedges." in learner.client.get("/me/data.json").get_data(as_text=True)
    assert session.scalar(select(func.count()).where(Review.released_at.is_not(None))) == 3
    text_id = str(session.scalars(select(Review.response_id)).first())
    teacher.get(f"{room}/texts?text={text_id}&names=yes")
    assert any(name in text_of(teacher) for name in names)


def test_where_only_texts_were_answered_there_are_results_without_figures(
    teacher: Visitor, written: tuple[str, list[Visitor], list[str]]
) -> None:
    teacher.get(f"{written[0]}/results")
    assert teacher.page.select(".skills") == []


def test_another_reading_is_kept_for_the_teacher_and_never_scored(
    app: Flask, teacher: Visitor, room: str, library: Library, session: Session
) -> None:
    learner = join(app, code_of(teacher, room))
    step = begin(learner, due(learner)[0])
    learner.get(step)
    learner.press(step, with_key(learner, right(library.items["alleged-support/B1"])))
    latest = select(Response.points_num).order_by(Response.answered_at.desc()).limit(1)
    before = session.scalar(latest)
    learner.post(f"{step}/reading", {"unit": "s6", "reason-s6": ""}, code=422)
    learner.post(f"{step}/reading", {"unit": "s99", "reason-s99": "why"}, code=422)
    learner.press(f"{step}/reading", {"unit": "s6", "reason-s6": "Intelligence is a document to me."})
    assert "You wrote: Intelligence is a document to me." in text_of(learner)
    assert "a document to me" in learner.client.get("/me/data.json").get_data(as_text=True)
    session.rollback()
    assert (
        session.scalar(select(Response.points_num).order_by(Response.answered_at.desc()).limit(1)) == before
    )
    teacher.get(f"{room}/results")
    assert "Intelligence is a document to me." in text_of(teacher)


def test_deleting_the_class_leaves_nothing_of_its_results(
    teacher: Visitor, written: tuple[str, list[Visitor], list[str]], session: Session
) -> None:
    room = written[0]
    teacher.get(f"{room}/texts")
    shown = teacher.page.select_one("input[name=text]")
    assert shown is not None
    teacher.press(f"{room}/texts", {"text": str(shown["value"]), "level-attribution": "2", "level-size": "1"})
    teacher.post(f"{room}/claims", {"scope": "alleged-support", "unit": "c1", "to": "out"})
    teacher.get(room)
    teacher.press(f"{room}/delete", {"name": "8a"})
    kept = {"learner", "teacher", "revision"}
    for one in Base.metadata.sorted_tables:
        count = session.scalar(select(func.count()).select_from(one))
        assert (one.name in kept) == bool(count), one.name


CROWD = """
INSERT INTO learner (id, epoch, created_at)
    SELECT gen_random_uuid(), 0, now() FROM generate_series(1, 1000);
INSERT INTO attempt (id, learner_id, exercise, number, tasks, started_at)
    SELECT gen_random_uuid(), id, 'alleged-support/b', 1, '[]', now() FROM learner WHERE birth IS NULL;
INSERT INTO response (id, attempt_id, step, item, revision, answer, outcome, hits, keys, false_marks, noise,
                      scheme, submit_key, late, answered_at)
    SELECT gen_random_uuid(), attempt.id, step, 'B1', (SELECT id FROM revision LIMIT 1), '{}', 'full',
           1, 1, 0, 0, 'spot/1', 'k', false, now()
    FROM attempt CROSS JOIN generate_series(1, 100) AS step WHERE attempt.learner_id IS NOT NULL;
"""
"""100,000 answers of a thousand others."""


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_beside_100_000_other_answers_no_query_of_a_report_reads_them_all(
    app: Flask, engine: Engine, teacher: Visitor, room: str
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(CROWD)
        assert connection.scalar(text("SELECT count(*) FROM response")) > 100_000
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    with explained(app) as plans:
        for page in ("results", "heat", "worst", "texts", "growth", "print", "results.xlsx"):
            assert teacher.client.get(f"{room}/{page}").status_code == 200
    read = [plan for plan in plans if "response" in plan]
    assert read and not any(
        f"Seq Scan on {table}" in plan for plan in read for table in ("response", "attempt")
    )


@contextmanager
def explained(app: Flask) -> Iterator[list[str]]:
    """The plans of the queries that run meanwhile, each asked for just before its query."""
    plans: list[str] = []
    busy = False

    def explain(_connection, cursor, statement, parameters, *_):  # type: ignore[no-untyped-def]
        nonlocal busy
        if not busy and statement.startswith("SELECT"):
            busy = True
            cursor.execute("EXPLAIN " + statement, parameters)
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
            busy = False

    with before_each(app, explain):
        yield plans


def test_the_names_behind_a_number_are_one_press_away_and_never_shown_unasked(
    teacher: Visitor, room: str
) -> None:
    names = seats_of(teacher, room)
    teacher.get(f"{room}/heat?item=B1")
    assert not any(name in text_of(teacher) for name in names)
    shown = teacher.page.find("a", string="Show who answered what")
    assert shown is not None
    teacher.get(str(shown["href"]))
    said = [one.get_text() for one in teacher.page.select("#s2 .who-said")]
    assert sorted(name for line in said for name in line.split(", ")) == sorted(names)


def test_one_learners_answers_stand_beside_the_key(teacher: Visitor, room: str, library: Library) -> None:
    seat = next(iter(seats_of(teacher, room).values()))
    page = teacher.get(seat)
    rows = page.select(".answer-row")
    assert len(rows) == library.exercises["alleged-support/b"].count
    assert "The key" in rows[0].get_text() and "US officials pointed out" in rows[0].get_text()
    marked, cells = len(page.select(".cell.mark")), len(page.select(".cell"))
    assert marked == sum("Fully" in row.get_text() for row in rows) and cells == len(rows)
    assert f"Fully right: {marked} of {cells} answers" in text_of(teacher)


def test_growth_is_said_with_its_interval_and_only_of_those_who_did_both(
    app: Flask, engine: Engine, library: Library
) -> None:
    with Session(engine.execution_options(**{WRITES: True}), expire_on_commit=False) as one, one.begin():
        classroom = demo.fill(one, library, seed=28, now=datetime.now(UTC))
    teacher = Visitor(app)
    teacher.get("/teach/sign-in")
    teacher.press("/teach/sign-in", {"name": demo.NAME, "password": demo.PASSWORD})
    room = f"/teach/classes/{classroom.id}"
    teacher.get(f"{room}/growth")
    said = text_of(teacher)
    assert re.search(r"\d+ learners did both forms \(half A \d+, half B \d+\); \d+ seats? missed", said)
    heads = [one.get_text() for one in teacher.page.select(".figures tbody th")]
    assert heads[0] == "Sound sources recognised"
    assert_drawn_as_said(teacher)
    assert "That never means that nothing changed." in said
    again = teacher.client.get(f"{room}/growth").get_data(as_text=True)
    assert [one.get_text() for one in teacher.page.select(".figures td")] == [
        one.get_text() for one in BeautifulSoup(again, "lxml").select(".figures td")
    ]
    fresh = new_class(teacher, "empty")
    give(teacher, fresh)
    teacher.get(f"{fresh}/growth?beside={classroom.id}")
    assert "No form has been given yet" in text_of(teacher) and "Beside it: 9b (demo)" in text_of(teacher)
    teacher.get(f"{fresh}/growth?beside=00000000-0000-4000-8000-000000000000", code=404)


def assert_drawn_as_said(teacher: Visitor) -> None:
    """The ring stands at the figure before, the disc at the one after, within its band."""
    rows = teacher.page.select(".figures tbody tr")
    drawn = teacher.page.select(".measure")
    assert len(drawn) == 3
    for row, picture, most in zip(rows, drawn, (100, 16, 4), strict=False):
        figures = [float(cell.get_text().removesuffix("%")) for cell in row.select("td")[:2]]
        places = [float(str(one["cx"]).removesuffix("%")) for one in picture.select("circle")]
        assert places == pytest.approx([100 * one / most for one in figures], abs=0.6)
        band = picture.select("rect")[1]
        low, wide = (float(str(band[side]).removesuffix("%")) for side in ("x", "width"))
        assert low <= places[1] <= low + wide


def test_who_has_not_finished_is_one_press_away(app: Flask, teacher: Visitor, room: str) -> None:
    learner = join(app, code_of(teacher, room))
    teacher.get(f"{room}/results")
    assert "Not begun (1)" in text_of(teacher)
    learner.get(begin(learner, due(learner)[0]))
    teacher.get(f"{room}/results")
    assert "Under way (1)" in text_of(teacher) and "Not begun" not in text_of(teacher)


def test_the_printed_page_has_names_only_when_asked(teacher: Visitor, room: str) -> None:
    names = seats_of(teacher, room)
    teacher.get(f"{room}/print")
    assert not any(name in text_of(teacher) for name in names)
    teacher.get(f"{room}/print?names=yes")
    assert all(name in text_of(teacher) for name in names)


def test_what_a_teacher_took_out_is_not_called_a_matter_of_reading(teacher: Visitor, room: str) -> None:
    teacher.get(f"{room}/heat?item=B1")
    teacher.press(f"{room}/claims", {"scope": "alleged-support/B1", "unit": "s2", "item": "B1", "to": "out"})
    beside = teacher.page.find(id="s2")
    assert beside is not None and "took it out" in beside.get_text()
    assert "Readers differ" not in beside.get_text()
