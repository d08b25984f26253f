"""Odd requests at every route: no 5xx, nothing of the inside shown, no row changed without a token."""

from collections import Counter
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from quiz.app import ROOT
from quiz.web.headers import security_headers
from tests.fuzz import rows
from tests.fuzz.conftest import EACH, SEED
from tests.fuzz.shapes import Shape, shapes
from tests.fuzz.world import Person, World

INSIDE = [b"Traceback", b"sqlalchemy", b"sqlite3", b"psycopg", b"site-packages", str(ROOT).encode()]
READS = {"GET", "HEAD", "OPTIONS", "TRACE"}
addresses = count()


def ways(app: Flask) -> list[tuple[Rule, str]]:
    """Every rule with each method that does something."""
    every = [(rule, way) for rule in app.url_map.iter_rules() for way in ("GET", "POST")]
    return sorted(((rule, way) for rule, way in every if way in (rule.methods or ())), key=str)


def send(world: World, shape: Shape) -> TestResponse:
    """The answer. Each request comes from an address of its own, so that no limit stops the next one."""
    number = next(addresses)
    cookies = "; ".join(f"{name}={value}" for name, value in shape.cookies)
    sender = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
    return world.app.test_client(use_cookies=False).open(
        shape.path,
        base_url="https://localhost",
        method=shape.method,
        query_string=shape.query,
        headers=[("X-Forwarded-For", sender), *shape.headers, ("Cookie", cookies)],
        content_type=shape.kind or None,
        data=shape.body,
        environ_overrides={"REMOTE_ADDR": sender},
    )


def check_answer(answer: TestResponse, headers: dict[str, str]) -> None:
    """What holds of every answer."""
    assert answer.status_code < 500
    body = answer.get_data()
    assert not [one for one in INSIDE if one in body]
    assert answer.mimetype != "text/html" or b"<script>alert" not in body
    assert {name: answer.headers.get(name) for name in headers} == headers


def fuzz(world: World, rule: Rule, method: str, seen: Counter[int], *, token: bool) -> None:
    """Send requests to one way to ask, and look at answers and rows after each."""

    headers = security_headers(secure=world.app.config["SESSION_COOKIE_SECURE"])

    @seed(f"{SEED} {method} {rule.rule} {token}")
    @settings(
        max_examples=EACH[world.engine.dialect.name],
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(data: DataObject) -> None:
        person = data.draw(st.sampled_from(world.fitting(rule.endpoint)))
        shape = data.draw(shapes(world, rule, method, person, token=token))
        answer = send(world, shape)
        seen[answer.status_code] += 1
        check_answer(answer, headers)
        check_rows(world, person, may_write=token and shape.method not in READS)

    run()


def check_rows(world: World, person: Person, *, may_write: bool) -> None:
    """That no row changed, or none of somebody else's; then all is put back as it was."""
    after = rows.read(world.engine)
    if after == world.rows:
        return
    rows.put_back(world.engine, world.rows)
    assert may_write, "rows changed"
    wrong = rows.changed(world.rows, after) & world.foreign(person)
    assert wrong == set(), "rows of somebody else changed"


@pytest.mark.filterwarnings("ignore:Exception ignored in.*SpooledTemporaryFile")
@pytest.mark.parametrize("token", [False, True], ids=["without a token", "with a token"])
def test_nothing_breaks_and_nothing_changes_that_must_not(fuzzed: World, *, token: bool) -> None:
    seen: Counter[int] = Counter()
    for rule, method in ways(fuzzed.app):
        fuzz(fuzzed, rule, method, seen, token=token)
    classes = ", ".join(
        f"{group}xx {sum(n for code, n in seen.items() if code // 100 == group)}" for group in range(2, 6)
    )
    print(f"\n{fuzzed.engine.dialect.name}: {seen.total()} requests; {classes}; 500s: {seen[500]}")
