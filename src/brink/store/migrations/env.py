"""What Alembic runs: the scripts, over the connection and in the transaction of whoever called it."""

from alembic import context

from brink.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
