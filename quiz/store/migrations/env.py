"""Runs migrations on the connection that quiz.store.schema hands over."""

from alembic import context

from quiz.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
