"""What two ledgers must have in common, however their reports came: versions of each report, happenings without ids."""

from __future__ import annotations

import json
from collections import Counter

from sqlalchemy import func, select

from brink.export.happenings import to_record
from brink.store import open_store
from brink.store.schema import VERSIONS


def versions(db: str) -> dict[str, int]:
    """How many versions of each report a ledger holds."""
    with open_store(db) as store, store._database.reading() as connection:
        return {
            row.report: row.number
            for row in connection.execute(
                select(VERSIONS.c.report, func.count().label("number")).group_by(VERSIONS.c.report)
            )
        }


def happenings(db: str) -> list[str]:
    """The kept happenings as JSON, whole but for ids, which may depend on the order in which reports came."""
    with open_store(db) as store:
        records = [to_record(one) for one in store.happenings()]
    names = {one["id"]: _sign(one) for one in records}
    return sorted(
        json.dumps({**one, "id": "", "opposes": sorted(names[id] for id in one["opposes"])}, sort_keys=True)
        for one in records
    )


def _sign(record: dict[str, object]) -> str:
    """A happening by its tellings."""
    origins = record["origins"]
    assert isinstance(origins, list)
    return ",".join(sorted(f"{t['report']}/{t['event']}" for o in origins for t in o["tellings"]))


def alike(one: str, two: str) -> bool:
    """Whether two ledgers hold the same versions and the same happenings."""
    return versions(one) == versions(two) and Counter(happenings(one)) == Counter(happenings(two))
