"""Runs the migrations on the connection that `a87lib.register.schema` hands over."""

from alembic import context

from a87lib.register.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
context.run_migrations()
