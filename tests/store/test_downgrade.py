"""Migrations of databases that hold rows, from and to every revision: where a table stays, its rows do."""

import pytest
from sqlalchemy import Engine

from quiz.store import schema
from quiz.store.engine import connect
from quiz.store.tables import Base
from tests.store.rows import REVISIONS, at_head, dangling, fill, keys, rows, there


def test_the_newest_revision_has_all_tables_and_each_is_filled_here(unmigrated: Engine) -> None:
    schema.upgrade(unmigrated)
    fill(unmigrated)
    full = rows(unmigrated, there(unmigrated))
    assert full.keys() == Base.metadata.tables.keys() and all(len(one) == 1 for one in full.values())


@pytest.mark.parametrize("step", REVISIONS)
def test_from_each_migration_on_upgrading_keeps_every_row(unmigrated: Engine, step: str) -> None:
    schema.upgrade(unmigrated, step)
    before = there(unmigrated)
    fill(unmigrated)
    kept, pointing = rows(unmigrated, before), keys(unmigrated, before)
    assert all(kept.values())
    schema.upgrade(unmigrated)
    assert at_head(unmigrated)
    assert rows(unmigrated, before) == kept
    assert all(pointing[name] <= now for name, now in keys(unmigrated, before).items())
    assert dangling(unmigrated) == []


@pytest.mark.parametrize("step", REVISIONS[1:-1])
def test_down_to_each_migration_and_up_again_every_row_of_a_table_that_stayed_is_there(
    unmigrated: Engine, step: str
) -> None:
    """Back to the first there are no classes: see below."""
    schema.upgrade(unmigrated, step)
    before = there(unmigrated)
    schema.upgrade(unmigrated)
    fill(unmigrated)
    kept, pointing = rows(unmigrated, before), keys(unmigrated, before)
    schema.downgrade(unmigrated, step)
    assert there(unmigrated).tables.keys() == before.tables.keys()
    assert rows(unmigrated, before) == kept
    assert keys(unmigrated, before) == pointing
    schema.upgrade(unmigrated)
    assert at_head(unmigrated)
    assert rows(unmigrated, before) == kept
    assert keys(unmigrated, before) == pointing
    assert dangling(unmigrated) == []
    assert {name: len(one) for name, one in rows(unmigrated, there(unmigrated)).items()} == {
        name: int(name in before.tables) for name in Base.metadata.tables
    }


def test_answers_from_before_there_were_classes_outlive_the_upgrade_and_the_way_back(
    unmigrated: Engine,
) -> None:
    schema.upgrade(unmigrated, "0001")
    before = there(unmigrated)
    fill(unmigrated)
    kept = rows(unmigrated, before)
    schema.upgrade(unmigrated)
    assert rows(unmigrated, before) == kept
    schema.downgrade(unmigrated, "0001")
    assert rows(unmigrated, before) == kept
    assert dangling(unmigrated) == []


def test_back_to_before_there_were_classes_their_attempts_go_with_all_that_is_in_them(
    unmigrated: Engine,
) -> None:
    schema.upgrade(unmigrated)
    fill(unmigrated)
    schema.downgrade(unmigrated, "0001")
    assert {name: len(one) for name, one in rows(unmigrated, there(unmigrated)).items()} == {
        "attempt": 0,
        "draft": 0,
        "learner": 1,
        "response": 0,
        "revision": 1,
    }
    assert dangling(unmigrated) == []


def test_on_the_connection_that_migrated_what_belongs_to_a_class_goes_with_it(unmigrated: Engine) -> None:
    schema.upgrade(unmigrated)
    other = connect(unmigrated.url.render_as_string(hide_password=False))
    fill(other)
    other.dispose()
    with unmigrated.begin() as connection:
        connection.exec_driver_sql("DELETE FROM classroom")
    left = rows(unmigrated, there(unmigrated))
    assert not left["seat"] and not left["assignment"] and not left["attempt"] and not left["response"]
    assert dangling(unmigrated) == []
