"""Two answers to one step at the same instant, at two workers that know nothing of each other."""

import threading
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from random import Random

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Response
from tests.faults.crowd import Learner
from tests.faults.served import serving
from tests.web.ways import ARTICLE

ROUNDS = 10
AT_ONCE = 2


def test_of_two_answers_at_one_instant_one_is_kept_and_the_other_is_told(
    engine: Engine, database_url: str, library: Library
) -> None:
    kept = []
    with serving(database_url, WEB_CONCURRENCY=str(AT_ONCE)) as server:
        for _ in range(ROUNDS):
            learner = Learner(server.port, library, Random(1), threading.Event())
            start = f"/learn/{ARTICLE}/b"
            token = learner.ask("GET", start).value("csrf_token")
            address = learner.ask("POST", start, {"csrf_token": [token]}).location
            page = learner.ask("GET", address)
            hidden = {one: [page.value(one)] for one in ("csrf_token", "submit_key")}
            together = threading.Barrier(AT_ONCE)

            def answer(unit: str) -> int:
                together.wait()  # noqa: B023 - each round waits for its own
                posted = copy(learner).ask("POST", address, {"mark": [unit], **hidden})  # noqa: B023
                return posted.status

            with ThreadPoolExecutor(AT_ONCE) as pool:
                assert sorted(pool.map(answer, ("s1", "s2"))) == [303, 409]
            again = learner.ask("GET", address)
            kept.append(again.status)
    assert kept == [200] * ROUNDS
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Response)) == ROUNDS
