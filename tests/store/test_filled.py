"""Databases that the code of each earlier revision filled: upgraded, every figure is the one of that day."""

import gzip
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, make_url, select, text
from sqlalchemy.orm import Session

from quiz import cli_upgrade
from quiz.app import ROOT
from quiz.cli_upgrade import bring_up_to_date
from quiz.core.library import Library
from quiz.store import schema
from quiz.store.engine import WRITES, connect
from quiz.store.tables import Response, Revision
from tests.store.figures import figures

FILLED = Path(__file__).parent / "filled"
REVISIONS = ["0001", "0002", "0003", "0004", "0005", "0006"]


def restored(revision: str, url: str) -> Engine:
    """The filled database of a revision, in an empty place."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        Path(place.database or "").write_bytes(
            gzip.decompress((FILLED / f"{revision}.sqlite.gz").read_bytes())
        )
        return connect(url)
    engine = connect(url)
    dump = gzip.decompress((FILLED / f"{revision}.sql.gz").read_bytes()).decode()
    with engine.begin() as connection:
        connection.exec_driver_sql(re.sub(r"^SET transaction_timeout.*$", "", dump, flags=re.MULTILINE))
        connection.execute(text("SET search_path TO public"))
    engine.dispose()
    return engine


def kept(revision: str) -> tuple[dict[str, Any], datetime]:
    """The figures that pages of that day showed, and when that was."""
    found = json.loads((FILLED / f"{revision}.json").read_text(encoding="utf-8"))
    return found, datetime.fromisoformat(found.pop("now"))


def as_that_day(revision: str, found: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    """Today's figures without what no page of that day showed, or showed by another rule.

    Before 0005 pages told no learner's growth, before 0006 not how many had begun. 0005 told what came
    first and lately apart after one sitting too, and its lesson 1 had no figures by skill.
    """
    found = {name: value for name, value in found.items() if name in then}
    for id, assignment in then.get("assignments", {}).items():
        if assignment["counts"] is None:
            found["assignments"][id]["counts"] = None
        if revision == "0005" and assignment["exercise"] == "alleged-support/lesson-1":
            found["assignments"][id]["skills"] = assignment["skills"]
    for id, growth in then.get("growth", {}).items():
        found["growth"][id] |= {name: None for name, value in growth.items() if value is None}
    if revision == "0005":
        for learners in (found["learners"], then["learners"]):
            for learner in learners.values():
                learner["skills"] = [
                    [skill, [sum(both) for both in zip(first or [0, 0], lately, strict=True)]]
                    for skill, first, lately in learner["skills"]
                ]
    return found


@pytest.mark.parametrize("revision", REVISIONS)
def test_upgrade_of_a_filled_database_keeps_every_figure(
    empty_url: str, library: Library, revision: str
) -> None:
    engine = restored(revision, empty_url)
    then, now = kept(revision)
    assert bring_up_to_date(engine)
    assert schema.is_current(engine) and not bring_up_to_date(engine)
    with Session(engine) as session:
        found = json.loads(json.dumps(figures(session, library, now)))
        assert session.scalars(select(Response.id).where(Response.units.is_(None))).all() == []
        assert session.scalars(select(Revision.id).where(Revision.task.is_(None))).all() == []
    engine.dispose()
    found = as_that_day(revision, found, then)
    assert found.keys() == then.keys()
    for name in then:
        assert found[name] == then[name], name


def test_upgrade_killed_before_ten_commits_goes_on_to_every_figure(empty_url: str, library: Library) -> None:
    restored("0006", empty_url).dispose()
    then, now = kept("0006")
    command = [sys.executable, "-m", "tests.store.killed_upgrade", empty_url]
    killed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    counts = [int(line) for line in killed.stdout.split()]
    assert counts == [0, 0, *range(50, 450, 50)]
    engine = connect(empty_url)
    assert bring_up_to_date(engine)
    with Session(engine) as session:
        found = json.loads(json.dumps(figures(session, library, now)))
    engine.dispose()
    assert found == then


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_database_that_no_release_shipped_is_not_done_once_it_is_migrated(database_url: str) -> None:
    """Revisions of an author's own folder: the frozen table of the migration has none of them."""
    engine = restored("0006", database_url)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql("UPDATE revision SET id = 'zz' || substr(id, 3)")
        connection.exec_driver_sql("UPDATE response SET revision = 'zz' || substr(revision, 3)")
    schema.upgrade(engine)
    assert not schema.is_current(engine)
    assert bring_up_to_date(engine) and schema.is_current(engine)
    with Session(engine) as session:
        assert session.scalars(select(Response.id).where(Response.units.is_(None))).all() == []
    engine.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_upgrade_says_how_many_answers_have_lost_their_tasks(
    database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = restored("0006", database_url)
    without = {id: one for id, one in library.items.items() if one.article != "alleged-support"}
    articles = {id: one for id, one in library.articles.items() if id != "alleged-support"}
    monkeypatch.setattr(cli_upgrade, "load", lambda _root: replace(library, items=without, articles=articles))
    bring_up_to_date(engine)
    with Session(engine) as session:
        lost = session.scalar(select(func.count()).where(Response.units.is_(None)))
        assert session.scalar(select(func.count()).where(Response.points_num.is_not(None)))
    engine.dispose()
    assert lost and f"{lost} answers are to tasks that questions/ no longer has" in capsys.readouterr().out
