"""Runs the migrations in the transaction of the connection that ``migration.upgrade`` hands over."""

from alembic import context

from extractor.exporters.database.schema import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
context.run_migrations()
