"""Alembic's way in: migrates the connection that the ground station hands over."""

from alembic import context

from ground_station.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
