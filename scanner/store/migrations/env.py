"""What Alembic runs: each step in its own transaction, on the connection `migrate` hands over."""

from alembic import context

from scanner.store.schema import FACTS

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=FACTS,
    transaction_per_migration=True,
    render_as_batch=True,  # SQLite cannot alter most of a table: Alembic copies it
)
with context.begin_transaction():
    context.run_migrations()
