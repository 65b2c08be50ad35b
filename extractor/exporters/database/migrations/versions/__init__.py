"""The migrations, for Alembic. A released one is never changed."""
