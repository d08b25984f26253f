"""The disk is full while learners answer: they are told, and what was confirmed stays."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store import schema
from quiz.store.engine import connect
from quiz.store.tables import Response
from tests.faults.crowd import crowd
from tests.faults.kept import compare
from tests.faults.served import serving
from tests.web.client import Visitor
from tests.web.ways import right, start, task_at, with_key

LEARNERS = 4
SIZE = 2 * 1024 * 1024
SEED = 5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_no_page_can_be_added_the_answer_is_not_confirmed_and_the_others_stay(
    app: Flask, engine: Engine, library: Library
) -> None:
    limits = {"pages": 1_000_000}

    @event.listens_for(app.extensions["quiz_engine"], "checkout")
    def allow_only_so_many_pages(connection: object, *_rest: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {limits['pages']}")  # type: ignore[attr-defined]

    def stored() -> int:
        with Session(engine) as session:
            return session.scalar(select(func.count()).select_from(Response)) or 0

    confirmed, codes = 0, []
    while 503 not in codes:
        visitor = Visitor(app, hurried=True)
        address = start(visitor, "b")
        visitor.get(address)
        fields = with_key(visitor, right(task_at(library, visitor)))
        limits["pages"] = 1  # SQLite takes this as: not one page more than there are
        posted = visitor.client.post(address, data={**fields, "csrf_token": visitor.token()})
        limits["pages"] = 1_000_000
        codes.append(posted.status_code)
        confirmed += posted.status_code == 303
    assert set(codes) <= {303, 503}
    assert stored() == confirmed
    again = visitor.client.post(address, data={**fields, "csrf_token": visitor.token()})
    assert again.status_code == 303
    assert stored() == confirmed + 1


def refuse(session: Session) -> None:
    """What a commit meets on a full disk; a savepoint is released without one."""
    if not session.in_nested_transaction():
        raise OperationalError("COMMIT", None, Exception("database or disk is full"))


def test_a_form_that_could_not_be_committed_can_be_sent_again_as_it_was(app: Flask) -> None:
    address = "/learn/alleged-support/b"
    visitor = Visitor(app, hurried=True)
    visitor.get(address)
    fields = {"csrf_token": visitor.token()}
    event.listen(Session, "before_commit", refuse)
    try:
        codes = [visitor.client.post(address, data=fields).status_code for _ in range(2)]
    finally:
        event.remove(Session, "before_commit", refuse)
    assert codes == [503, 503]
    assert visitor.client.post(address, data=fields).status_code == 303


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room; only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("NO SMALL DISK: a tmpfs can be mounted by root alone")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607


def fill(file: Path) -> None:
    """Write until there is no room left."""
    with suppress(OSError), file.open("wb", buffering=0) as ballast:
        while True:
            ballast.write(b"\0" * 4096)


def test_answers_outlive_a_full_disk_and_go_on_when_there_is_room_again(
    small_disk: Path, library: Library
) -> None:
    url = f"sqlite:///{small_disk / 'full.sqlite'}"
    engine = connect(url)
    schema.upgrade(engine)
    ballast = small_disk / "ballast"
    with serving(url) as server, crowd(server.port, library, LEARNERS, pause=0, seed=SEED) as seen:
        time.sleep(1)
        fill(ballast)
        time.sleep(4)
        ballast.unlink()
        time.sleep(2)
    kept = compare(engine, library, seen)
    engine.dispose()
    print(f"\nsqlite: a full disk, {kept}")
    assert kept.whole and kept.confirmed
    assert set(seen.refused) == {503}, "learners are told that the answers can’t be reached"
