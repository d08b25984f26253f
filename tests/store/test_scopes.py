"""Migration 0007 gives ids of content their article: items that were shipped, and an author's own."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from alembic.util import CommandError
from sqlalchemy import Engine, MetaData, select, text

from quiz.cli_upgrade import bring_up_to_date
from quiz.store import schema
from quiz.store.engine import WRITES
from tests.store.rows import at_head

FROZEN = schema.FOLDER / "versions/0007_revisions.tsv"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
LEARNER, TEACHER, ROOM = UUID(int=1), UUID(int=2), UUID(int=3)
OWN, BANK = UUID(int=4), UUID(int=5)
ANSWER = {"answer": {"mark": ["s1"]}, "outcome": "partly", "hits": 0, "keys": 0, "false_marks": 0, "noise": 0}
KEPT = {"scheme": "spot/1", "submit_key": "k", "late": False, "answered_at": NOW}


def fill(engine: Engine) -> None:
    """A learner's answers to shipped items and to an author's own, and what a class has taken out."""
    tables = MetaData()
    tables.reflect(engine)
    rows: Mapping[str, Sequence[dict[str, Any]]] = {
        "learner": [{"id": LEARNER, "epoch": 0, "created_at": NOW}],
        "classroom": [
            {"id": ROOM, "name": "9b", "zone": "UTC", "code": "ABCDEF", "naming": "chosen", "is_open": True}
            | {"created_at": NOW}
        ],
        "attempt": [
            _attempt(OWN, "ferry/a", ["F7", "A1", "mine"]),
            _attempt(BANK, "bank/exit-ticket", ["n01", "exit"]),
        ],
        "revision": [
            {"id": id, "item": item, "source": "[]", "kept_at": NOW}
            for id, item in [("1" * 16, "F7"), ("2" * 16, "A1"), ("3" * 16, "mine"), ("4" * 16, "F9")]
        ],
        "response": [
            _response(OWN, 1, "F7", "1" * 16),
            _response(OWN, 2, "A1", "2" * 16),
            _response(OWN, 3, "mine", "3" * 16),
        ],
        "taken_out": [
            {
                "id": UUID(int=10 + place),
                "classroom_id": ROOM,
                "scope": scope,
                "unit": "c1",
                "by": "V",
                "at": NOW,
            }
            for place, scope in enumerate(["ferry", "F7", "A1", "n01"])
        ],
    }
    is_text = engine.dialect.name == "sqlite"  # SQLite keeps an id as its digits.
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        for name, those in rows.items():
            values = [
                {key: one.hex if is_text and isinstance(one, UUID) else one for key, one in row.items()}
                for row in those
            ]
            connection.execute(tables.tables[name].insert(), values)


def _attempt(id: UUID, exercise: str, tasks: list[str]) -> dict[str, Any]:
    listed = [[task, part] for part, task in enumerate(tasks)]
    return {
        "id": id,
        "learner_id": LEARNER,
        "exercise": exercise,
        "number": 1,
        "tasks": listed,
        "started_at": NOW,
    }


def _response(attempt: UUID, step: int, item: str, revision: str) -> dict[str, Any]:
    named = {
        "id": UUID(int=100 + step),
        "attempt_id": attempt,
        "step": step,
        "item": item,
        "revision": revision,
    }
    return named | ANSWER | KEPT


def column(engine: Engine, table: str, name: str) -> list[Any]:
    """The values of a column, in the order of the table's first one."""
    tables = MetaData()
    tables.reflect(engine, only=[table])
    found = tables.tables[table]
    with engine.connect() as connection:
        return list(connection.scalars(select(found.c[name]).order_by(found.c.id)))


@pytest.fixture
def older(unmigrated: Engine) -> Engine:
    schema.upgrade(unmigrated, "0006")
    fill(unmigrated)
    return unmigrated


def test_upgrade_scopes_items_shipped_and_an_authors_own(older: Engine) -> None:
    bring_up_to_date(older)
    assert column(older, "response", "item") == ["ferry/F7", "ferry/A1", "bank/mine"]
    assert column(older, "revision", "item") == ["ferry/F7", "ferry/A1", "bank/mine", "bank/F9"]
    assert column(older, "taken_out", "scope") == ["ferry", "ferry/F7", "ferry/A1", "bank/n01"]
    own, bank = column(older, "attempt", "tasks")
    assert own == [["ferry/F7", 0], ["ferry/A1", 1], ["bank/mine", 2]]
    assert bank == [["bank/n01", 0], ["bank/exit", 1]]


def test_a_shipped_item_is_known_by_its_revision_in_an_exercise_of_another_article(older: Engine) -> None:
    with FROZEN.open(encoding="utf-8", newline="") as stream:
        shipped = next(one for one in csv.DictReader(stream, delimiter="\t") if one["item"].endswith("/A1"))
    tables = MetaData()
    tables.reflect(older, only=["revision"])
    row = {"id": shipped["revision"], "item": "A1", "source": "[]", "kept_at": NOW}
    with older.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.execute(tables.tables["revision"].insert(), row)
        changed = {"new": shipped["revision"], "old": "2" * 16}
        connection.execute(text("UPDATE response SET revision = :new WHERE revision = :old"), changed)
    bring_up_to_date(older)
    assert column(older, "response", "item")[1] == "alleged-support/A1"
    assert column(older, "attempt", "tasks")[0][1] == ["alleged-support/A1", 1]


def test_upgrade_keeps_answers_to_revisions_that_nobody_knows_without_a_key(older: Engine) -> None:
    bring_up_to_date(older)
    for name in ("key_revision", "text_revision", "units"):
        assert column(older, "response", name) == [None, None, None]
    assert column(older, "response", "answer") == [ANSWER["answer"]] * 3
    assert at_head(older)


def test_downgrade_gives_the_ids_of_before_and_upgrade_scopes_them_again(older: Engine) -> None:
    names = [("response", "item"), ("revision", "item"), ("taken_out", "scope"), ("attempt", "tasks")]
    before = [column(older, *name) for name in names]
    schema.upgrade(older)
    after = [column(older, *name) for name in names]
    schema.downgrade(older, "0006")
    assert [column(older, *name) for name in names] == before
    schema.upgrade(older)
    assert [column(older, *name) for name in names] == after


@pytest.mark.parametrize(
    ("item", "say"),
    [("quay/F7", "Two items are called F7"), (f"quay/{'long' * 20}", "longer than 40 characters")],
)
def test_downgrade_refuses_in_one_sentence_what_no_older_release_can_keep(
    older: Engine, item: str, say: str
) -> None:
    bring_up_to_date(older)
    tables = MetaData()
    tables.reflect(older, only=["revision"])
    with older.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        row = {"id": "5" * 16, "item": item, "source": "[]", "task": {}, "kept_at": NOW}
        connection.execute(tables.tables["revision"].insert(), row)
    with pytest.raises(CommandError, match=say) as refused:
        schema.downgrade(older, "0006")
    assert "\n" not in str(refused.value)
    assert at_head(older)


def test_database_of_a_newer_release_is_told_in_one_sentence(older: Engine) -> None:
    schema.upgrade(older)
    with older.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(schema.Newer, match="newer release") as told:
        bring_up_to_date(older)
    assert "\n" not in str(told.value)
