"""Filling the tables of any revision, and telling whether their rows are as they were."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, MetaData, inspect, select

from quiz.store import schema
from quiz.store.engine import WRITES

REVISIONS = [one.revision for one in ScriptDirectory(str(schema.FOLDER)).walk_revisions()][::-1]
"""Every migration there is, the oldest first."""

TIME = datetime(2026, 11, 24, 12, 34, 56, 789, tzinfo=UTC)
VALUES = {datetime: TIME, bool: True, float: 1.5, dict: {"mark": ["s1", "s4"], "text": ["“Ø”\n"]}}
Rows = dict[str, list[tuple[object, ...]]]


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
            if table.name == "attempt":
                row |= {"exercise": "ferry/a", "tasks": [["n01", 0], ["F7", 1], ["an-authors-own", 2]]}
            if table.name == "attempt" and "seat_id" in row:
                row["learner_id"] = None  # an attempt has one owner
            connection.execute(table.insert(), row)
            made |= {f"{table.name}.{name}": value for name, value in row.items()}


def _value(column: Column[object], made: dict[str, object]) -> object:
    """A value that no other column of the table has: the number that a column is, or chance."""
    for key in column.foreign_keys:
        return made[key.target_fullname]
    kind = column.type.python_type
    if kind is int:
        return 1 + list(column.table.columns).index(column)
    if kind is UUID:
        return uuid4()
    return VALUES.get(kind) or uuid4().hex[: getattr(column.type, "length", None)]


def rows(engine: Engine, columns: MetaData) -> Rows:
    """What stands in those columns, table by table; ids of content without their scope, which came later."""
    with engine.connect() as connection:
        return {
            table.name: [tuple(_bare(value) for value in row) for row in connection.execute(select(table))]
            for table in columns.sorted_tables
        }


def _bare(value: object) -> object:
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return value.removeprefix("bank/").removeprefix("ferry/") if isinstance(value, str) else value


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
    """The rows that point to what isn't there; PostgreSQL has none by itself."""
    if engine.dialect.name != "sqlite":
        return []
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]


def at_head(engine: Engine) -> bool:
    """Whether every migration was applied, whatever is still to be filled in."""
    with engine.connect() as connection:
        here = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return here == schema.revisions()[0]
