"""Runs migrations on the connection that quiz.store.schema hands over. Nothing here imports `quiz`."""

from alembic import context
from sqlalchemy import MetaData

# Constraints got their names by this when the migrations were written.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=MetaData(naming_convention=NAMES),
)
context.run_migrations()
