"""Ids of content with their scope; the key, the text and the units that an answer was marked with.

Each id of an item gets its article, or the bank, in front. The table beside this file has every item
that was ever shipped: its scoped id and, for each revision of it, the key and the text. An answer to a
revision that isn't there gets neither. `quiz upgrade` fills `units` afterwards.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FROZEN = Path(__file__).with_name("0007_revisions.tsv")
AT_ONCE = 1000
LONG = sa.String(120)
WIDENED = (
    ("revision", "item", 40, False),
    ("response", "item", 40, False),
    ("attempt", "exercise", 80, False),
    ("assignment", "exercise", 80, False),
    ("assignment", "exercise_b", 80, True),
    ("taken_out", "scope", 40, False),
    ("taken_out", "unit", 40, False),
    ("other_reading", "unit", 40, False),
)
"""Each column that holds an id of content, its length before, and whether it may be empty."""
ADDED = {
    "response": (("key_revision", sa.String(16)), ("text_revision", sa.String(16)), ("units", sa.JSON())),
    "revision": (("task", sa.JSON()),),
    "old_mark": (("key_revision", sa.String(16)), ("units", sa.JSON())),
}
WITHOUT_UNITS = sa.text("units IS NULL AND key_revision IS NOT NULL")
OF_ARTICLE = re.compile(r"[A-Z][0-9]+s?")
"""What items of articles were called; all others were of the bank."""

TASKS = sa.table("attempt", sa.column("id", sa.Uuid()), sa.column("exercise"), sa.column("tasks", sa.JSON()))
RESPONSE = sa.table(
    "response", *map(sa.column, ("item", "attempt_id", "revision", "key_revision", "text_revision"))
)
ATTEMPT = sa.table("attempt", sa.column("id"), sa.column("exercise"))
REVISION = sa.table("revision", sa.column("id"), sa.column("item"))
TAKEN_OUT = sa.table("taken_out", sa.column("scope"))
OLD_MARK = sa.table("old_mark", sa.column("revision"), sa.column("key_revision"))
SCOPED = (RESPONSE.c.item, REVISION.c.item, TAKEN_OUT.c.scope)


def upgrade() -> None:
    for table in dict.fromkeys([name for name, *_ in WIDENED] + list(ADDED)):
        with op.batch_alter_table(table) as change:
            for _table, column, length, empty in (one for one in WIDENED if one[0] == table):
                change.alter_column(
                    column, existing_type=sa.String(length), type_=LONG, existing_nullable=empty
                )
            for name, kind in ADDED.get(table, ()):
                change.add_column(sa.Column(name, kind))
    with FROZEN.open(encoding="utf-8", newline="") as stream:
        frozen = list(csv.DictReader(stream, delimiter="\t"))
    known = {_short(one["item"]): one["item"] for one in frozen}
    revisions = _temporary("known_revision", ("revision", "item", "key_revision", "text_revision"), frozen)
    names = _temporary("known_item", ("short", "item"), [{"short": a, "item": b} for a, b in known.items()])
    shipped = _asked_as_shipped(revisions)
    _scope_responses(names, revisions)
    _scope_revisions(names, revisions)
    _scope_taken_out(names)
    _rewrite_tasks(
        lambda item, exercise: (
            known[item]
            if item in known and ((item, exercise) in shipped or _agrees(known[item], exercise))
            else _guessed(item, exercise)
        )
    )
    _give_revisions(revisions)
    op.drop_table("known_item")
    op.drop_table("known_revision")
    op.create_index(
        "ix_response_without_units",
        "response",
        ["id"],
        sqlite_where=WITHOUT_UNITS,
        postgresql_where=WITHOUT_UNITS,
    )


def _short(item: str) -> str:
    return item.rpartition("/")[2]


def _guessed(item: str, exercise: str) -> str:
    """The scope of an author's own item: those of an article are asked in its exercises."""
    if "/" in item:
        return item
    return f"{exercise.partition('/')[0] if OF_ARTICLE.fullmatch(item) else 'bank'}/{item}"


def _temporary(name: str, columns: tuple[str, ...], rows: list[dict[str, str]]) -> sa.Table:
    """A table of this connection alone, found by its first column."""
    made = op.create_table(name, *(sa.Column(one, LONG) for one in columns), prefixes=["TEMPORARY"])
    op.bulk_insert(made, rows)
    op.create_index(f"ix_{name}", name, [columns[0]])
    return made


def _agrees(item: str, exercise: str) -> bool:
    """Whether an exercise is where a shipped item was asked: in its article's, or in one of the bank."""
    scope = item.partition("/")[0]
    return scope == "bank" or exercise.partition("/")[0] in {scope, "bank"}


def _asked_as_shipped(revisions: sa.Table) -> set[tuple[str, str]]:
    """Each item and exercise of an answer to a revision that was shipped."""
    query = sa.select(RESPONSE.c.item, ATTEMPT.c.exercise).distinct()
    query = query.join(ATTEMPT, ATTEMPT.c.id == RESPONSE.c.attempt_id)
    query = query.where(RESPONSE.c.revision.in_(sa.select(revisions.c.revision)))
    return {(item, exercise) for item, exercise in op.get_bind().execute(query)}


def _scope_responses(names: sa.Table, revisions: sa.Table) -> None:
    """What was shipped goes by its revision, else by its exercise; an author may have an A1 of their own."""
    item = sa.select(revisions.c.item).where(revisions.c.revision == RESPONSE.c.revision).scalar_subquery()
    of_then = sa.update(RESPONSE).where(RESPONSE.c.revision.in_(sa.select(revisions.c.revision)))
    op.execute(of_then.values(item=item))
    bind = op.get_bind()
    known = {one.short: one.item for one in bind.execute(sa.select(names.c.short, names.c.item))}
    asked = sa.select(RESPONSE.c.item, ATTEMPT.c.exercise).distinct()
    asked = asked.join(ATTEMPT, ATTEMPT.c.id == RESPONSE.c.attempt_id).where(RESPONSE.c.item.not_like("%/%"))
    for short, exercise in bind.execute(asked).all():
        shipped = known.get(short, "")
        scoped = shipped if shipped and _agrees(shipped, exercise) else _guessed(short, exercise)
        within = sa.select(ATTEMPT.c.id).where(ATTEMPT.c.exercise == exercise)
        change = sa.update(RESPONSE).where(RESPONSE.c.item == short, RESPONSE.c.attempt_id.in_(within))
        op.execute(change.values(item=scoped))


def _scope_revisions(names: sa.Table, revisions: sa.Table) -> None:
    """As the answers to it; what nobody answered by its name, and else it is of the bank."""
    shipped = sa.select(revisions.c.item).where(revisions.c.revision == REVISION.c.id)
    answered = sa.select(sa.func.min(RESPONSE.c.item)).where(
        RESPONSE.c.revision == REVISION.c.id, RESPONSE.c.item.like(sa.literal("%/") + REVISION.c.item)
    )
    named = sa.select(names.c.item).where(names.c.short == REVISION.c.item)
    found = (one.scalar_subquery() for one in (shipped, answered, named))
    bare = sa.update(REVISION).where(REVISION.c.item.not_like("%/%"))
    op.execute(bare.values(item=sa.func.coalesce(*found, sa.literal("bank/") + REVISION.c.item)))


def _scope_taken_out(names: sa.Table) -> None:
    """A scope that is an item's goes by what was answered; one that is an article's stays."""
    bind = op.get_bind()
    for scope in bind.execute(sa.select(TAKEN_OUT.c.scope).distinct()).scalars().all():
        named = sa.select(names.c.item).where(names.c.short == scope).scalar_subquery()
        item = sa.select(sa.func.min(REVISION.c.item)).where(REVISION.c.item.like(f"%/{scope}"))
        change = sa.update(TAKEN_OUT).where(TAKEN_OUT.c.scope == scope)
        found = (item.scalar_subquery(), named) if OF_ARTICLE.fullmatch(scope) else (named,)
        op.execute(change.values(scope=sa.func.coalesce(*found, scope)))


def _rewrite_tasks(rewritten: Any) -> None:
    """Give the tasks of all attempts other ids, some attempts at a time."""
    bind = op.get_bind()
    change = sa.update(TASKS).where(TASKS.c.id == sa.bindparam("key")).values(tasks=sa.bindparam("rewritten"))
    for rows in _pieces():
        changes = [
            {"key": one.id, "rewritten": [[rewritten(item, one.exercise), part] for item, part in one.tasks]}
            for one in rows
            if isinstance(one.tasks, list)
        ]
        if changes:
            bind.execute(change, changes)


def _pieces() -> Iterator[list[Any]]:
    query = sa.select(TASKS).order_by(TASKS.c.id).limit(AT_ONCE)
    rows = op.get_bind().execute(query).all()
    while rows:
        yield list(rows)
        rows = op.get_bind().execute(query.where(TASKS.c.id > rows[-1].id)).all()


def _give_revisions(known: sa.Table) -> None:
    def of(table: sa.TableClause, column: str) -> Any:
        return sa.select(known.c[column]).where(known.c.revision == table.c.revision).scalar_subquery()

    given = {name: of(RESPONSE, name) for name in ("key_revision", "text_revision")}
    op.execute(sa.update(RESPONSE).values(given))
    op.execute(sa.update(OLD_MARK).values(key_revision=of(OLD_MARK, "key_revision")))


def downgrade() -> None:
    _expect_it_fits()
    op.drop_index("ix_response_without_units", "response")
    bind = op.get_bind()
    for column in SCOPED:
        for item in bind.execute(sa.select(column).distinct().where(column.like("%/%"))).scalars().all():
            op.execute(sa.update(column.table).where(column == item).values({column.name: _short(item)}))
    _rewrite_tasks(lambda item, _exercise: _short(item))
    for table in dict.fromkeys([name for name, *_ in WIDENED] + list(ADDED)):
        with op.batch_alter_table(table) as change:
            for _table, column, length, empty in (one for one in WIDENED if one[0] == table):
                change.alter_column(
                    column, existing_type=LONG, type_=sa.String(length), existing_nullable=empty
                )
            for name, _kind in ADDED.get(table, ()):
                change.drop_column(name)


def _expect_it_fits() -> None:
    """Raises CommandError where an older release would take two items for one, or can't keep an id."""
    bind = op.get_bind()
    items: dict[str, str] = {}
    for item in bind.execute(sa.select(REVISION.c.item).distinct()).scalars():
        if items.setdefault(_short(item), item) != item:
            raise CommandError(f"Two items are called {_short(item)}: no older release knows them apart.")
    for table, column, length, _empty in WIDENED:
        there = sa.select(sa.column(column)).select_from(sa.table(table)).distinct()
        for value in bind.execute(there).scalars():
            kept = value if column.startswith("exercise") else _short(value or "")
            if len(kept or "") > length:
                raise CommandError(f"{value} is longer than {length} characters: no older release keeps it.")
