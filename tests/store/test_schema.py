"""Tables and migrations agree, up and down, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from quiz.store import schema
from quiz.store.engine import connect
from quiz.store.tables import Base


def test_migrations_make_just_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert schema.is_current(engine)


def test_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'down.sqlite'}")
    assert not schema.is_current(engine)
    schema.upgrade(engine)
    schema.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    schema.upgrade(engine)
    assert schema.is_current(engine)
    engine.dispose()


def test_a_database_that_does_not_answer_is_said_in_one_line() -> None:
    nowhere = connect("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(schema.Unreachable) as said:
        schema.is_current(nowhere)
    assert "\n" not in str(said.value)
