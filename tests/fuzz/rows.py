"""All rows of a database: whether any changed, whose they are, and putting them back."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Engine, Row, Table, delete, insert, select

from quiz.store.tables import Base

TABLES = Base.metadata.sorted_tables
"""Those that others point to come first."""

Key = tuple[str, ...]
Rows = dict[Key, Row[Any]]
"""Each row by the name of its table and its primary key."""


def read(engine: Engine) -> Rows:
    """Every row of every table."""
    with engine.connect() as connection:
        return {_key(table, row): row for table in TABLES for row in connection.execute(select(table))}


def put_back(engine: Engine, rows: Rows) -> None:
    """Make the database hold these rows and no others."""
    with engine.begin() as connection:
        for table in reversed(TABLES):
            connection.execute(delete(table))
        for table in TABLES:
            values = [dict(row._mapping) for key, row in rows.items() if key[0] == table.name]
            if values:
                connection.execute(insert(table), values)


def changed(before: Rows, after: Rows) -> set[Key]:
    """The rows that were there and are otherwise now, or gone. New ones don't count."""
    return {key for key, row in before.items() if after.get(key) != row}


def belonging_to(rows: Rows, owners: Collection[str]) -> set[Key]:
    """The rows of these ids, and all that point to them: what their owner may change."""
    found: set[Key] = set()
    known = set(owners)
    for table in TABLES:
        points = [key.parent.name for key in table.foreign_keys]
        for key, row in rows.items():
            if key[0] == table.name and known & {*key[1:], *(str(row._mapping[one]) for one in points)}:
                found.add(key)
                known.update(key[1:] if len(key) == 2 else ())
    return found


def _key(table: Table, row: Row[Any]) -> Key:
    return (table.name, *(str(row._mapping[column.name]) for column in table.primary_key))
