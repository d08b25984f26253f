"""What can't be used gets a clear page and a 4xx, and no answer kept is touched."""

import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Response
from tests.web.client import Visitor
from tests.web.ways import ARTICLE, right, start, task_at, text_of, with_key

LARGE = "x" * (300 * 1024)


@pytest.fixture
def at_b1(visitor: Visitor) -> str:
    """The address of B1 in an attempt of the visitor, who stands there."""
    address = start(visitor, "b")
    visitor.get(address)
    return address


def kept(session: Session) -> list[dict[str, list[str]]]:
    session.rollback()
    return [one.answer for one in session.scalars(select(Response))]


def test_unknown_addresses_are_404(visitor: Visitor) -> None:
    for path in ("/nothing", "/learn/nothing", f"/learn/{ARTICLE}/nothing", "/learn/bank/nothing"):
        visitor.get(path, code=404)
    visitor.get("/learn/attempts/00000000-0000-4000-8000-000000000000/1", code=404)
    visitor.get("/learn/attempts/not-a-uuid/1", code=404)


def test_a_step_beyond_the_end_is_404(visitor: Visitor, at_b1: str) -> None:
    for step in ("0", "99", "-1", "99999999999999999999"):
        visitor.get(re.sub(r"\d+$", step, at_b1), code=404)


def test_missing_token_is_400_with_what_was_typed_and_a_new_token(
    visitor: Visitor, at_b1: str, session: Session
) -> None:
    data = with_key(visitor, {"mark": ["s1", "s4"]}) | {"csrf_token": ["stale"]}
    visitor.post(at_b1, data, code=400)
    checked = {str(one["value"]) for one in visitor.page.select("input[name=mark][checked]")}
    assert checked == {"s1", "s4"}
    assert kept(session) == []
    visitor.press(at_b1, with_key(visitor, {"mark": ["s1", "s4"]}))
    assert kept(session) == [{"mark": ["s1", "s4"]}]


def test_a_press_without_any_cookie_is_told_of_cookies(app: Flask) -> None:
    answer = app.test_client().post("/join", data={"code": "ABC234"})
    assert answer.status_code == 400 and "sent no cookie" in answer.text


@pytest.mark.parametrize(
    ("fields", "say"),
    [
        ({"mark": ["s99"]}, "not on this page"),
        ({"mark": ["s1"], "none_here": ["yes"]}, "Keep one of the two"),
        ({}, "none here?"),
        ({"option": ["a"]}, "none here?"),
    ],
)
def test_answers_that_cannot_be_marked_are_422(
    visitor: Visitor, at_b1: str, session: Session, fields: dict[str, list[str]], say: str
) -> None:
    visitor.post(at_b1, with_key(visitor, fields), code=422)
    assert say in text_of(visitor)
    assert kept(session) == []


def test_a_missing_or_broken_submit_key_is_422(visitor: Visitor, at_b1: str, session: Session) -> None:
    visitor.post(at_b1, {"mark": "s1"}, code=422)
    visitor.get(at_b1)
    visitor.post(at_b1, {"mark": "s1", "submit_key": "k" * 65}, code=422)
    visitor.post(at_b1, {"mark": "s1", "submit_key": "k\x00"}, code=422)
    visitor.post(at_b1, {"mark": "s1", "submit_key": "k", "confidence": "very"}, code=422)
    assert kept(session) == []


def test_an_empty_spot_is_asked_once_and_taken_when_confirmed(
    visitor: Visitor, at_b1: str, session: Session
) -> None:
    visitor.post(at_b1, with_key(visitor, {}), code=422)
    assert "Is that your answer: none here?" in text_of(visitor)
    visitor.press(at_b1, with_key(visitor, {"none_here": ["yes"]}))
    assert kept(session) == [{"none_here": ["yes"]}]


def test_gaps_are_asked_about_once_and_taken_the_second_time(
    visitor: Visitor, library: Library, session: Session, at_b1: str
) -> None:
    address = re.sub(r"\d+$", "2", at_b1)
    visitor.get(address)
    item = task_at(library, visitor)
    one_row = dict([next(iter(right(item).items()))])
    visitor.post(address, with_key(visitor, one_row), code=422)
    assert "still empty" in text_of(visitor)
    checked = visitor.page.select("input[type=radio][checked]")
    assert len(checked) == 1
    confirm = visitor.page.select_one("button[name=leave_empty]")
    assert confirm is not None
    visitor.press(address, with_key(visitor, {**one_row, "leave_empty": ["yes"]}))
    assert kept(session) == [{**one_row, "leave_empty": ["yes"]}]


def test_a_second_different_answer_is_409_and_both_are_shown(
    visitor: Visitor, at_b1: str, session: Session
) -> None:
    first = with_key(visitor, {"mark": ["s1", "s4"]})
    token = visitor.token()
    visitor.press(at_b1, first)
    second = first | {"mark": ["s2", "s3"], "csrf_token": [token]}
    visitor.post(at_b1, second, code=409)
    text = text_of(visitor)
    assert "Sentence 2" in text and "Sentence 3" in text and "kept" in text
    unreadable = first | {"mark": ["s99"], "csrf_token": [token]}
    visitor.post(at_b1, unreadable, code=409)
    assert kept(session) == [{"mark": ["s1", "s4"]}]


def test_the_same_answer_again_under_any_key_is_the_kept_one(
    visitor: Visitor, at_b1: str, session: Session
) -> None:
    first = with_key(visitor, {"mark": ["s1", "s4"]}) | {"csrf_token": [visitor.token()]}
    visitor.post(at_b1, first)
    visitor.post(at_b1, first)
    visitor.post(at_b1, first | {"mark": ["s4", "s1"], "submit_key": ["another"]})
    assert kept(session) == [{"mark": ["s1", "s4"]}]


def test_too_large_a_body_is_413(visitor: Visitor, at_b1: str, session: Session) -> None:
    visitor.post(at_b1, with_key(visitor, {"mark": [LARGE]}), code=413)
    assert kept(session) == []


def test_too_long_a_text_is_422(visitor: Visitor, session: Session) -> None:
    address = re.sub(r"\d+$", "7", start(visitor, "c"))
    visitor.get(address)
    visitor.post(f"{address}/draft", {"text": "x" * 5000}, code=422)
    visitor.get(address)
    visitor.post(address, with_key(visitor, {"text": ["x" * 5000]}), code=422)
    assert kept(session) == []


def test_other_methods_are_refused(visitor: Visitor, at_b1: str) -> None:
    assert visitor.client.put(at_b1).status_code == 405
    assert visitor.client.get("/me/delete").status_code == 405


def test_bodies_that_no_form_sends_are_refused(visitor: Visitor, at_b1: str) -> None:
    for body in ("[1]", "{", '{"mark": {"a": 1}}', "null"):
        for mimetype in ("application/json", "text/plain", "application/xml"):
            response = visitor.client.post(at_b1, data=body, content_type=mimetype)
            assert response.status_code == 415


def test_a_foreign_host_is_refused(visitor: Visitor) -> None:
    assert visitor.client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert visitor.client.get("/learn", headers={"Host": "a b"}).status_code == 400


def test_the_face_switches_and_leads_back_to_this_site_alone(visitor: Visitor) -> None:
    visitor.get("/guide")
    token = {"csrf_token": visitor.token()}
    for referrer, back in (
        ("http://localhost/guide", "/guide"),
        ("http://[", "/"),
        ("http://x//evil.example", "/"),
        ("", "/"),
        ("http://localhost/me/leave", "/"),
        ("http://localhost/nowhere/at/all", "/"),
    ):
        response = visitor.client.post("/reading-face", data=token, headers={"Referer": referrer})
        assert (response.status_code, response.headers["Location"]) == (303, back)
    visitor.client.delete_cookie("face")
    visitor.post("/reading-face", {})
    visitor.get("/guide")
    assert visitor.page.select_one("html.readable")


def test_control_characters_in_a_text_are_taken_out(visitor: Visitor, session: Session) -> None:
    address = re.sub(r"\d+$", "7", start(visitor, "c"))
    visitor.get(address)
    visitor.press(f"{address}/draft", {"text": "one\x00two\x1b"})
    box = visitor.page.select_one("textarea")
    assert box is not None and box.get_text().strip() == "onetwo"
    visitor.press(address, with_key(visitor, {"text": ["a\x00b"], "hand_in": ["yes"]}))
    assert kept(session) == [{"hand_in": ["yes"], "text": ["ab"]}]


def test_odd_bytes_are_no_500(visitor: Visitor, at_b1: str) -> None:
    token = visitor.token()
    for value in ("\x00", "\ud7ff", "'; drop table response; --", "<script>", "%s", "s1\n"):
        response = visitor.client.post(at_b1, data={"mark": value, "submit_key": "k", "csrf_token": token})
        assert response.status_code == 422
    assert visitor.client.get("/?try=%00").status_code == 200
    assert visitor.client.get("/learn/%00").status_code == 404


def test_a_body_without_a_length_is_refused(visitor: Visitor) -> None:
    answer = visitor.client.post(
        "/join",
        input_stream=BytesIO(b"code=ABC"),
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert answer.status_code == 411


def test_a_submit_key_with_a_line_end_is_422(visitor: Visitor, library: Library) -> None:
    address = start(visitor, "b")
    visitor.get(address)
    fields = right(task_at(library, visitor))
    visitor.post(address, {**fields, "submit_key": "b" * 64 + "\n"}, code=422)
