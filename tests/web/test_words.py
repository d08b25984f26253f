"""Every word on a page can be translated: seen in a pseudo-language, with content in other letters."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
import time_machine
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from flask import Flask, render_template
from flask_babel import LazyString
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from wtforms.fields.core import UnboundField

from quiz.app import ROOT, create_app
from quiz.core import names
from quiz.core.library import ExerciseKind, Library
from quiz.services import demo
from quiz.settings import Settings
from quiz.store.engine import WRITES
from quiz.web import errors, look, numbers, times
from quiz.web.forms import TypedForm
from tests.pseudo import LONG, MARK, RTL
from tests.web.client import Visitor
from tests.web.room import PASSWORD, code_of, due, give, link, new_class, seats_of
from tests.web.unwrapped import Reader, foreign, has_letters, ids_of, in_other_letters, outside, texts
from tests.web.ways import is_step, next_address, right, task_at, with_key, wrong

NOT_PAGES = frozenset(
    """
    account.download home.healthz home.readyz learn.item static teach.results_csv teach.results_xlsx
    """.split()
)
"""GET addresses that give files or facts for machines, or lead elsewhere."""
MARKERS = {"_": 1, "ngettext": 2, "later": 1, "say": 1, "say_many": 2}
"""What marks a message, and how many of its arguments are messages."""
BY_VISITOR = frozenset(
    """
    account.deleted account.me account.resume entry.sign_in entry.sign_up home.bookmark home.front home.guide
    home.privacy
    join.ask learn.index practice.practice
    """.split()
)
BY_LEARNER = frozenset("account.code learn.article learn.result learn.start learn.step".split())
AT_MAKING = frozenset(
    """
    entry.invited join.room teach.account teach.bar teach.classroom teach.index teach.projector teach.seat
    """.split()
)
ABOUT_A_TASK = frozenset("learn.assignment learn.class_votes teach.assignment teach.new_assignment".split())
OF_RESULTS = frozenset(
    """
    polls.glance teach.article_notes teach.growth teach.heat teach.next_worst teach.print_key
    teach.print_results teach.print_sheet teach.results teach.source_strip teach.starter teach.texts
    """.split()
)
"""The pages that each walk below sees."""
NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True, kw_only=True)
class Walk:
    """Somebody who walks over the pages of an app and notes what isn't translated."""

    app: Flask
    engine: Engine
    library: Library
    reader: Reader


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The messages that `make messages` finds."""
    path = tmp_path_factory.mktemp("translations") / "messages.pot"
    extract = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "-o", str(path)]
    subprocess.run(extract, cwd=ROOT, check=True)
    with path.open("rb") as file:
        found = read_po(file)
    return frozenset(one.id if isinstance(one.id, str) else one.id[0] for one in found)


@pytest.fixture
def library(library: Library) -> Library:
    """The shipped content in other letters than messages are written in."""
    changed: Library = in_other_letters(library)
    return changed


@pytest.fixture
def app(settings: Settings, library: Library) -> Iterator[Flask]:
    """The app, speaking the pseudo-language with brackets."""
    app = create_app(settings, library)
    LONG.speak(app)
    yield app
    app.extensions["quiz_engine"].dispose()


@pytest.fixture
def walk(
    app: Flask, engine: Engine, library: Library, catalogue: frozenset[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Walk]:
    """A walk to begin, among people called in other letters; at its end nothing may have been found."""
    monkeypatch.setattr(names, "FIRST", [foreign(one) for one in names.FIRST])
    monkeypatch.setattr(names, "SECOND", [foreign(one) for one in names.SECOND])
    monkeypatch.setattr(demo, "NAME", foreign(demo.NAME))
    monkeypatch.setattr(demo, "CLASS_NAME", foreign(demo.CLASS_NAME))
    LONG.asked.clear()
    reader = Reader(app)
    yield Walk(app=app, engine=engine, library=library, reader=reader)
    known = ids_of(library) | reader.codes
    found = {text: path for text, path in reader.found.items() if has_letters(outside(text, known))}
    assert not found, f"{len(found)} texts that no translation reaches: {found}"
    assert not LONG.asked - catalogue, "said on pages, and not found by `make messages`"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands at noon until it is moved."""
    with time_machine.travel("2026-11-24 12:00 +0000", tick=True) as clock:
        yield clock


sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def fields_of(walk: Walk, reader: Visitor, number: int) -> dict[str, list[str]]:
    """Right and wrong answers in turn, and texts in other letters."""
    item = task_at(walk.library, reader)
    if item.format.name == "text":
        return with_key(reader, {"text": [foreign("word ") * 50], "hand_in": ["yes"]})
    return with_key(reader, wrong(item) if number % 2 else right(item))


def go_through(walk: Walk, reader: Visitor, address: str) -> str:
    """Answer every task from a step on, with the gap that is asked about first; the address of the result."""
    for number in count():
        reader.get(address)
        reader.post(address, with_key(reader, {}), code=422)
        reader.press(address, fields_of(walk, reader, number))
        reader.post(address, {"submit_key": "again", "mark": foreign("other")}, code=409)
        address = next_address(reader)
        if not is_step(address):
            return address
    raise AssertionError("no end")


@sqlite
def test_all_that_a_visitor_reads_is_translated(walk: Walk) -> None:
    reader = walk.reader
    for path in (
        "/",
        "/?try=sourced",
        "/?try=hinted",
        "/?try=own-voice",
        "/guide",
        "/guide/bookmark",
        "/privacy",
        "/me",
        "/resume",
    ):
        reader.get(path)
    for path in ("/me/deleted", "/practice", "/join", "/learn", "/teach/sign-in"):
        reader.get(path)
    reader.get("/no-such-page", code=404)
    reader.get("/teach/invite/gone", code=404)
    reader.post("/privacy", code=405)
    reader.get("/guide")
    for rule in range(1, 6):
        for answer in (form.get("value") for form in reader.page.select(f"#try-{rule} button")):
            reader.post("/guide", {"rule": str(rule), "answer": str(answer)}, code=200)
    reader.post("/guide", {"rule": "9", "answer": "yes"}, code=422)
    reader.post("/guide", {"rule": "1", "answer": "maybe"}, code=422)
    for path, data in (
        ("/resume", {"code": ""}),
        ("/resume", {"code": "ы" * 61}),
        ("/resume", {"code": "short"}),
        ("/resume", {"code": "7K3M-Q2RD-9TVA-C4XE"}),
        ("/join", {"code": ""}),
        ("/join", {"code": "ABC234"}),
        ("/teach/sign-in", {"name": "", "password": ""}),
        ("/teach/sign-in", {"name": "ы" * 201, "password": "x"}),
        ("/teach/sign-in", {"name": "ы", "password": "x"}),
    ):
        reader.get(path)
        reader.post(path, data, code=422)
    reader.post("/", {"answer": "nothing"}, code=422)
    reader.post("/practice", code=400, token=False)
    walk.app.config["TEACHER_SIGNUP_OPEN"] = True
    reader.get("/teach/sign-up")
    reader.post("/teach/sign-up", {"name": "", "password": ""}, code=422)
    for _try in range(9):
        reader.post("/teach/sign-in", {"name": "ы", "password": "x"}, code=422)
    reader.post("/teach/sign-in", {"name": "ы", "password": "x"}, code=429)
    assert reader.seen >= BY_VISITOR


@pytest.mark.parametrize("code", [400, 404, 405, 409, 410, 413, 429, 500, 503])
@sqlite
def test_whatever_goes_wrong_is_said_translated(app: Flask, code: int) -> None:
    with app.test_request_context():
        trouble = errors.trouble(code, 60)
        page = BeautifulSoup(render_template("errors/error.html", trouble=trouble, noted_as=""), "lxml")
    assert not [text for text in texts(page) if has_letters(outside(text))]


@sqlite
def test_all_that_a_learner_reads_is_translated(walk: Walk) -> None:
    reader = walk.reader
    for article in walk.library.articles:
        reader.get(f"/learn/{article}")
    for exercise in walk.library.exercises.values():
        if exercise.kind is ExerciseKind.SECTION:
            address = f"/learn/{exercise.key}"
            reader.get(address)
            step = reader.post(address).headers["Location"]
            reader.get(address)
            reader.get(step.rsplit("/", 1)[0])
            reader.get(go_through(walk, reader, step))
    for _session in range(2):
        reader.get("/practice")
        reader.get(go_through(walk, reader, reader.post("/practice").headers["Location"]))
    for form in ("bank/form-x", "bank/form-y"):
        reader.get("/me")
        reader.get(go_through(walk, reader, reader.post("/me/test", {"form": form}).headers["Location"]))
    reader.get("/me")
    reader.post("/me/test", {"form": "bank/form-y"}, code=409)
    reader.post("/me/delete", code=422)
    reader.press("/me/code")
    reader.press("/how-sure")
    reader.get("/me")
    assert reader.seen >= BY_LEARNER


def signed_up(walk: Walk) -> Reader:
    """A teacher who came in by a link, after some slips."""
    teacher, name = walk.reader.another(), foreign("Ms Vane")
    address = link(walk.engine)
    teacher.get(address)
    for typed, password in [("", ""), ("ы" * 41, PASSWORD), ("...", PASSWORD), (name, "short")]:
        teacher.post(address, {"name": typed, "password": password}, code=422)
    for password in ("passwordpassword", "ж" * 201, name.lower() + "ы" * 4):
        teacher.post(address, {"name": name, "password": password}, code=422)
    teacher.press(address, {"name": name, "password": PASSWORD})
    teacher.get("/teach/account?changed=yes")
    teacher.post("/teach/account/password", {"old": "", "password": ""}, code=422)
    teacher.post("/teach/account/password", {"old": "ы", "password": PASSWORD}, code=422)
    return teacher


def refused(reader: Reader, path: str, *every: dict[str, str], code: int = 422) -> None:
    """Post each of these, none of which can be used."""
    for data in every:
        reader.post(path, data, code=code)


def sits_down(walk: Walk, teacher: Reader, room: str, name: str) -> Reader:
    """A learner who walks in, after some slips."""
    learner, code = walk.reader.another(), code_of(teacher, room)
    learner.get(f"/join/{code}")
    refused(learner, f"/join/{code}", {"name": ""}, {"name": "..."}, {"name": "ы"}, {"name": "ы" * 81})
    learner.post(f"/join/{code}/digits", {"digits": ""}, code=422)
    learner.post(f"/join/{code}/digits", {"digits": "123456"}, code=422)
    learner.press(f"/join/{code}", {"name": name})
    learner.get(f"/join/{code}")
    return learner


@sqlite
def test_all_that_makes_a_class_is_translated(walk: Walk) -> None:
    teacher = signed_up(walk)
    teacher.get("/teach")
    new = {"id": "", "name": "", "zone": "", "naming": ""}
    refused(teacher, "/teach/classes", new, new | {"id": NOBODY, "name": "...", "zone": "UTC+25"})
    chosen, listed = new_class(teacher, "9б", "chosen"), new_class(teacher, "9в", "roster")
    plain = new_class(teacher, "9г")
    for room in (chosen, listed, plain):
        for page in ("", "/results", "/growth", "/projector", "/projector/bar"):
            teacher.get(room + page)
    teacher.get(listed)
    for text in ("", "...", "\n".join(["ы"] * 401)):
        teacher.post(f"{listed}/roster", {"text": text}, code=422)
    teacher.press(
        f"{listed}/roster", {"text": f"{foreign('Ada')}\n{foreign('Ada')}\n...\n\n{foreign('Ben')}"}
    )
    teacher.post(f"{listed}/delete", {"name": "ы"}, code=422)
    teacher.post(f"{listed}/leave", code=409)
    teacher.press(f"{listed}/link")
    walk.reader.get(str(teacher.page.select("#teachers code")[0].get_text()))
    one = walk.reader.another()
    one.get(f"/join/{code_of(teacher, listed)}")
    one.post(f"/join/{code_of(teacher, listed)}", {"name": foreign("Nobody")}, code=422)
    teacher.press(f"{listed}/doors", {"to": "closed"})
    one.get(f"/join/{code_of(teacher, listed)}")
    one.post(f"/join/{code_of(teacher, listed)}", {"name": foreign("Ada")}, code=422)
    one.get(f"/join/{code_of(teacher, plain)}")
    one.post(f"/join/{code_of(teacher, plain)}", {"name": foreign("Ada")}, code=422)
    first, second = (sits_down(walk, teacher, chosen, name) for name in ("Ждан", "Яна"))
    third = walk.reader.another()
    third.get(f"/join/{code_of(teacher, chosen)}")
    third.post(f"/join/{code_of(teacher, chosen)}", {"name": "Яна"}, code=422)
    seat, other = seats_of(teacher, chosen).values()
    teacher.get(seat)
    refused(teacher, f"{seat}/name", {"name": ""}, {"name": "Яна"}, {"name": "..."})
    refused(teacher, f"{seat}/extra", {"minutes": ""}, {"minutes": "ы"}, {"minutes": "9999"})
    refused(teacher, f"{seat}/merge", {"other": ""}, {"other": "ы"}, {"other": NOBODY})
    teacher.post(f"{seat}/merge", {"other": other.rsplit("/", 1)[1]}, code=200)
    teacher.press(f"{seat}/extra", {"minutes": "1"})
    teacher.press(f"{seat}/digits")
    teacher.press("/teach/account/sign-out-everywhere")
    second.get("/me")
    second.press("/me/code")
    code = second.page.select(".code-shown output")[0].get_text()
    first.get("/resume")
    first.post("/resume", {"code": code}, code=409)
    assert teacher.seen >= AT_MAKING


@sqlite
def test_all_that_becomes_of_a_task_is_translated(walk: Walk, clock: time_machine.Traveller) -> None:
    teacher = signed_up(walk)
    room = new_class(teacher, "9б", "chosen", "UTC")
    learner = sits_down(walk, teacher, room, "Ждан")
    teacher.get(f"{room}/assignments/new")
    good = {"id": NOBODY, "exercise": "alleged-support/b", "mode": "practice", "tries": "1"}
    for bad in (
        {"exercise": "", "mode": "", "tries": "", "seat": "ы", "opens": "ы", "note": "ы" * 301},
        {"exercise": "ы", "tries": "11"},
        {"exercise": "ы"},
        {"seat": NOBODY},
        {"closes": "2026-01-01T00:00"},
        {"closes": "2040-01-01T00:00"},
    ):
        teacher.post(f"{room}/assignments", good | bad, code=422)
    london = new_class(teacher, "9в", zone="Europe/Lisbon")
    for opens in ("2027-03-28T01:30", "2027-10-31T01:30"):
        teacher.get(f"{london}/assignments/new")
        teacher.post(f"{london}/assignments", good | {"opens": opens}, code=422)
    soon = give(teacher, room, note=foreign("Take your time"), closes="2026-11-24T14:00")
    test = give(teacher, room, "alleged-support/c", mode="test")
    form = give(teacher, room, "bank/form-x", closes="2026-11-24T18:00")
    teacher.get(f"{room}/results")
    for task in (soon, test, form):
        teacher.get(task)
        teacher.post(f"{task}/end", {"closes": "ы"}, code=422)
        teacher.post(f"{task}/end", {"closes": "2026-11-23T14:00"}, code=422)
        teacher.post(f"{task}/release", code=400, token=False)
    todo = due(learner)
    for address in todo:
        learner.get(address)
        learner.get(go_through(walk, learner, learner.post(address).headers["Location"]))
        learner.get(address)
        learner.post(address, code=409)
    refused(teacher, f"{test}/reopen", {}, code=409)
    teacher.press(f"{test}/release")
    teacher.post(f"{test}/end", {"closes": "2026-11-25T14:00"}, code=409)
    talk_about_it(learner, teacher, room, test)
    teacher.press(f"{soon}/close")
    clock.shift(timedelta(hours=8))
    late = sits_down(walk, teacher, room, "Яна")
    for address in due(late):
        late.get(address)
        late.post(address, code=409)
    for page in (room, soon, test, form, f"{room}/results", f"{room}/growth"):
        teacher.get(page)
    assert teacher.seen >= ABOUT_A_TASK


def talk_about_it(learner: Reader, teacher: Reader, room: str, task: str) -> None:
    """Say of answers what can be said of them: another reading, marks of texts, a claim taken out."""
    learner.get(due(learner)[1])
    result = learner.page.select_one("a.button[href*=attempts]")
    assert result is not None
    step = f"{result['href']}/1"
    learner.get(step)
    unit = learner.page.select_one("button[name=unit]")
    assert unit is not None
    refused(learner, f"{step}/reading", {"unit": "ы"}, {"unit": str(unit["value"])})
    said = {"unit": str(unit["value"]), f"reason-{unit['value']}": foreign("So I read it")}
    learner.press(f"{step}/reading", said)
    learner.get(f"{step}/class")
    id = task.rsplit("/", 1)[1]
    teacher.get(f"{room}/texts?task={id}&names=yes")
    text = {"task": id, "text": str(teacher.page.select("input[name=text]")[0]["value"])}
    levels = {str(one["name"]): "1" for one in teacher.page.select("[name^=level-]")}
    refused(teacher, f"{room}/texts", text, text | levels | {"comment": "ы" * 1001}, text | {"level-ы": "1"})
    teacher.press(f"{room}/texts", text | levels | {"flagged": "y", "comment": foreign("Well said")})
    teacher.press(f"{room}/texts/release?task={id}")
    teacher.press(f"{room}/texts", text | levels | {"hidden": "y"})
    teacher.get(f"{room}/results?task={id}")
    refused(teacher, f"{room}/claims", {"task": id, "scope": "ы", "unit": "ы", "to": "out"}, {"task": id})
    teacher.press(f"{room}/claims", {"task": id, "scope": "alleged-support", "unit": "c1", "to": "out"})
    teacher.press(f"{room}/claims", {"task": id, "scope": "alleged-support", "unit": "c1", "to": "back"})
    teacher.get(f"{room}/results?task={id}")
    for seat in seats_of(teacher, room).values():
        teacher.get(seat)
    for number in range(1, 8):
        learner.get(f"{result['href']}/{number}")


def demo_class(walk: Walk) -> str:
    """The class of the demo; its address."""
    with Session(walk.engine.execution_options(**{WRITES: True}), expire_on_commit=False) as one, one.begin():
        classroom = demo.fill(one, walk.library, seed=28, now=datetime.now(UTC))
    return f"/teach/classes/{classroom.id}"


@sqlite
def test_all_that_a_teacher_reads_of_a_class_is_translated(walk: Walk) -> None:
    room = demo_class(walk)
    teacher = walk.reader
    teacher.get("/teach/sign-in")
    teacher.press("/teach/sign-in", {"name": demo.NAME, "password": demo.PASSWORD})
    code_of(teacher, room)
    for given in teacher.get(room).select("#given li a"):
        task = str(given["href"]).rsplit("/", 1)[1]
        teacher.get(str(given["href"]))
        for page in ("results", "texts", "growth", "print", "results/glance"):
            teacher.get(f"{room}/{page}?task={task}")
        teacher.get(f"{room}/print?task={task}&names=yes")
        teacher.get(f"{room}/heat?task={task}")
        for option in teacher.page.select("#item option"):
            teacher.get(f"{room}/heat?task={task}&item={option['value']}&names=yes")
        for show in ("sentence", "shares", "key", "talk"):
            teacher.get(f"{room}/worst?task={task}&show={show}")
            teacher.get(f"{room}/worst?task={task}&show={show}&hands=yes")
        teacher.get(f"{room}/worst?task={task}&place=999")
    for seat in list(seats_of(teacher, room).values())[:2]:
        teacher.get(seat)
    teacher.get("/teach/starter")
    teacher.get("/teach/source-strip")
    for article in walk.library.articles:
        teacher.get(f"/teach/articles/{article}")
    for exercise in walk.library.exercises.values():
        teacher.get(f"/teach/print/{exercise.key}")
        teacher.get(f"/teach/print/{exercise.key}/key")
    assert teacher.seen >= OF_RESULTS


@sqlite
def test_every_page_is_walked_over(app: Flask) -> None:
    there = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert there - NOT_PAGES == BY_VISITOR | BY_LEARNER | AT_MAKING | ABOUT_A_TASK | OF_RESULTS


def test_messages_are_written_where_they_are_marked() -> None:
    for path in sorted((ROOT / "quiz").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and path.name != "text.py":
                messages = call.args[: MARKERS.get(call.func.id, 0)]
                plain = all(isinstance(one, ast.Constant) for one in messages)
                assert plain, f"{path.name}:{call.lineno}: write the message itself, its values behind it"


def forms_of(form: type[TypedForm]) -> Iterator[type[TypedForm]]:
    """A form and all that are made of it."""
    yield form
    for one in form.__subclasses__():
        yield from forms_of(one)


@sqlite
def test_no_form_says_what_wtforms_says(app: Flask) -> None:
    for form in forms_of(TypedForm):
        for name, unbound in vars(form).items():
            for check in unbound.kwargs.get("validators", ()) if isinstance(unbound, UnboundField) else ():
                if hasattr(check, "message"):
                    assert isinstance(check.message, LazyString), f"{form.__name__}.{name}: give it words"


@sqlite
def test_a_page_goes_from_right_to_left_where_its_language_does(settings: Settings, library: Library) -> None:
    app = create_app(settings, library)
    visitor = Visitor(app)
    page = visitor.get("/").html
    assert page and (page["lang"], page["dir"]) == ("en-GB", "ltr")
    RTL.speak(app)
    page = visitor.get("/").html
    assert page and (page["lang"], page["dir"]) == ("ar", "rtl")
    heading = visitor.page.h1
    assert heading and heading.get_text().startswith(MARK)
    app.extensions["quiz_engine"].dispose()


@pytest.mark.parametrize(
    ("locale", "share", "moved", "day", "moment"),
    [
        ("en_GB", "13%", "+1.50", "Tuesday 24 November", "24 Nov 2026, 14:30"),
        ("de", "13\xa0%", "+1,50", "Di., 24. November", "24.11.2026, 14:30"),
        ("fr", "13\xa0%", "+1,50", "mar. 24 novembre", "24 nov. 2026, 14:30"),
    ],
)
@sqlite
def test_numbers_and_days_are_written_as_the_language_writes_them(
    app: Flask, locale: str, share: str, moved: str, day: str, moment: str
) -> None:
    app.extensions["babel"].locale_selector = lambda: locale
    time = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    with app.test_request_context():
        assert numbers.percent(13) == share
        assert numbers.decimal(1.5, moved=True) == moved
        assert times.day(time) == day
        assert times.in_zone(time, "UTC") == moment


@sqlite
def test_a_browser_gets_its_language_where_that_has_a_catalogue(app: Flask, tmp_path: Path) -> None:
    babel = app.extensions["babel"]
    babel.translation_directories = [str(tmp_path)]
    (tmp_path / "de" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "de" / "LC_MESSAGES" / "messages.mo").touch()
    for asked, given in (("de-AT,de;q=0.9,en;q=0.5", "de"), ("fr", None), ("en-US,de;q=0.5", None)):
        with app.test_request_context(headers={"Accept-Language": asked}):
            assert look.language() == given
