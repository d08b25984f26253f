"""Migrations of a SQLite database that holds rows: where a table stays, its rows do."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Column, Engine, MetaData, inspect, select

from quiz.store import schema
from quiz.store.engine import WRITES, connect
from quiz.store.tables import Base

VALUES = {datetime: datetime(2026, 11, 24, 12, tzinfo=UTC), bool: True, int: 1, float: 1.5, dict: {"s1": 2}}
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite file that nothing was migrated in."""
    engine = connect(f"sqlite:///{tmp_path / 'rows.sqlite'}")
    yield engine
    engine.dispose()


def there(engine: Engine) -> MetaData:
    """The tables as the database has them now."""
    found = MetaData()
    found.reflect(engine)
    found.remove(found.tables["alembic_version"])
    return found


def fill(engine: Engine) -> None:
    """Put a row into every table, each pointing to the rows of the tables before."""
    made: dict[str, object] = {}
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        for table in there(engine).sorted_tables:
            row = {one.name: _value(one, made) for one in table.columns}
            if table.name == "attempt" and "seat_id" in row:
                row["learner_id"] = None  # an attempt has one owner
            connection.execute(table.insert(), row)
            made |= {f"{table.name}.{name}": value for name, value in row.items()}


def _value(column: Column[object], made: dict[str, object]) -> object:
    for key in column.foreign_keys:
        return made[key.target_fullname]
    return VALUES.get(column.type.python_type) or uuid4().hex


def rows(engine: Engine, columns: MetaData) -> Rows:
    """What stands in those columns, table by table."""
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in columns.sorted_tables
        }


def keys(engine: Engine, tables: MetaData) -> dict[str, set[str]]:
    """Where the foreign keys of those tables point, and what goes along when that goes."""
    found = inspect(engine)
    return {
        name: {
            f"{one['constrained_columns']} -> {one['referred_table']} {one['options']}"
            for one in found.get_foreign_keys(name)
        }
        for name in tables.tables
    }


def dangling(engine: Engine) -> list[tuple[object, ...]]:
    """The rows that point to what isn't there."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]


def test_down_to_before_0003_and_up_again_every_row_of_a_table_that_stayed_is_there(engine: Engine) -> None:
    schema.upgrade(engine, "0002")
    before_0003 = there(engine)
    schema.upgrade(engine)
    fill(engine)
    full = rows(engine, there(engine))
    assert full.keys() == Base.metadata.tables.keys() and all(len(one) == 1 for one in full.values())
    kept, pointing = rows(engine, before_0003), keys(engine, before_0003)
    schema.downgrade(engine, "0002")
    assert there(engine).tables.keys() == before_0003.tables.keys()
    assert rows(engine, before_0003) == kept
    assert keys(engine, before_0003) == pointing
    schema.upgrade(engine)
    assert schema.is_current(engine)
    assert rows(engine, before_0003) == kept
    assert keys(engine, before_0003) == pointing
    assert dangling(engine) == []
    assert {name: len(one) for name, one in rows(engine, there(engine)).items()} == {
        name: int(name in before_0003.tables) for name in full
    }


@pytest.mark.parametrize("step", ["0002", "0003", "0004"])
def test_from_each_migration_on_upgrading_keeps_every_row(engine: Engine, step: str) -> None:
    schema.upgrade(engine, step)
    before = there(engine)
    fill(engine)
    kept, pointing = rows(engine, before), keys(engine, before)
    assert all(kept.values())
    schema.upgrade(engine)
    assert rows(engine, before) == kept
    assert keys(engine, before) == pointing
    assert dangling(engine) == []


def test_answers_from_before_there_were_classes_outlive_the_upgrade_and_the_way_back(engine: Engine) -> None:
    schema.upgrade(engine, "0001")
    before = there(engine)
    fill(engine)
    kept = rows(engine, before)
    schema.upgrade(engine)
    assert rows(engine, before) == kept
    schema.downgrade(engine, "0001")
    assert rows(engine, before) == kept
    assert dangling(engine) == []


def test_back_to_before_there_were_classes_their_attempts_go_with_all_that_is_in_them(engine: Engine) -> None:
    schema.upgrade(engine)
    fill(engine)
    schema.downgrade(engine, "0001")
    assert {name: len(one) for name, one in rows(engine, there(engine)).items()} == {
        "attempt": 0,
        "draft": 0,
        "learner": 1,
        "response": 0,
        "revision": 1,
    }
    assert dangling(engine) == []


def test_on_the_connection_that_migrated_what_belongs_to_a_class_goes_with_it(engine: Engine) -> None:
    schema.upgrade(engine)
    other = connect(engine.url.render_as_string())
    fill(other)
    other.dispose()
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM classroom")
    left = rows(engine, there(engine))
    assert not left["seat"] and not left["assignment"] and not left["attempt"] and not left["response"]
    assert dangling(engine) == []
