"""How a database comes to have the tables of `brink.store.schema`: named steps, each in one transaction.

The scripts are Alembic's (`versions/`); `upgrade` runs those that a database lacks, and loads Alembic only then.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from brink.errors import StoreError
from brink.store.database import Database
from brink.store.schema import HEAD

FOLDER = Path(__file__).parent


def upgrade(database: Database) -> None:
    """Bring a database to the newest tables, whichever step it is at.

    Raises StoreError where it is of a newer Brink or of another program.
    """
    with database.reading() as connection:
        at = _revision(connection, database)
    while at != HEAD:
        # The writer's lock is held: of two programs that open a new ledger at once, the second finds it made.
        with database.writing() as connection:
            at = _revision(connection, database)
            if at != HEAD:
                _step(connection)
                at = _revision(connection, database)


def _revision(connection: Connection, database: Database) -> str | None:
    """The step that a database is at, None where it is empty."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables and not database.is_postgres:
            raise StoreError(
                f"{database.address.shown} is not a ledger but another program's database; name another file."
            )
        return None
    at: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if at not in (None, HEAD) and at not in _known():
        raise StoreError(f"{database.address.shown} was written by a newer Brink (step {at}); update Brink to open it.")
    return at


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}


def _step(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    command.upgrade(config, "+1")
