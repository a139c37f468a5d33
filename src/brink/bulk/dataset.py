"""The folder of a dataset: what is committed, who works on it, and its manifest.

    manifest.json          job, coder, threads, counts, hash; `complete` once all shards are coded
    shards/000017.json     shard 17 is finished: hash of its inputs, its files with their hashes, counts, seconds
    failed/000018.json     shard 18 was set aside: the reason
    events/000017.parquet  … one file a shard and table, where the table has rows

A shard's record is written last, in one step; files without a record are of a run that was killed and are not read.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import brink
from brink.bulk.job import Job
from brink.bulk.writing import Coded, Written
from brink.errors import BulkError
from brink.export.parquet import TABLES

FORMAT = 1


class Dataset:
    """A dataset in a folder. Methods raise BulkError, in one sentence, where it cannot be read or written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def manifest(self) -> dict[str, Any]:
        """What the manifest says. Raises BulkError where there is none."""
        found = _read(self.folder / "manifest.json")
        if found is None or found.get("format") != FORMAT:
            raise BulkError(f"{self.folder} holds no dataset of `brink bulk`: its manifest.json is missing or damaged.")
        return found

    def begin(self, job: Job, coder: str, threads: int) -> None:
        """Make the folder ready for a job. Raises BulkError where it holds a dataset of another job or coder.

        A dataset of which nothing is finished yet is nobody's: a command with a slip in it can be given anew.
        """
        made = {"format": FORMAT, "brink": brink.__version__, "coder": coder, "threads": threads, "job": job.record()}
        if (self.folder / "manifest.json").exists() and any((self.folder / "shards").glob("*.json")):
            there = self.manifest()
            other = [name for name in ("job", "coder", "threads") if there.get(name) != made[name]]
            if other:
                raise BulkError(
                    f"{self.folder} holds a dataset of another {' and '.join(other)}; name another folder with --to, "
                    "or repeat its own command."
                )
        try:
            for name in ("shards", "failed", ".work"):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            self._write("manifest.json", made | {"complete": False})
        except OSError as error:
            raise BulkError(f"{self.folder} cannot be written: {error.strerror or error}.") from error

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other runs off this folder; the system lets go of it when the process ends, however it ends."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = (self.folder / ".lock").open("w")
        except OSError as error:
            raise BulkError(f"{self.folder} cannot be written: {error.strerror or error}.") from error
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise BulkError(f"Another `brink bulk` works on {self.folder}; wait for it to end.") from None
            yield

    def finished(self, number: int, sha: str) -> Coded | None:
        """The record of a shard if it is finished and its inputs are the same still, else None."""
        found = _coded(_read(self.folder / "shards" / f"{number:06}.json"))
        if found is None or found.sha != sha:
            return None
        whole = all(_size(self.path(file.table, number)) == file.bytes for file in found.files)
        return found if whole else None

    def work(self, number: int) -> Path:
        """A fresh folder for the files of a shard that is being coded by this process."""
        path = self.folder / ".work" / f"{number:06}-{os.getpid()}"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path

    def commit(self, coded: Coded, work: Path) -> None:
        """Put a shard's files in place, then its record. Raises OSError."""
        for file in coded.files:
            target = self.path(file.table, coded.shard)
            target.parent.mkdir(exist_ok=True)
            (work / f"{file.table}.parquet").replace(target)
        self._write(f"shards/{coded.shard:06}.json", asdict(coded))
        (self.folder / "failed" / f"{coded.shard:06}.json").unlink(missing_ok=True)
        shutil.rmtree(work, ignore_errors=True)

    def set_aside(self, number: int, sha: str, reason: str) -> None:
        """Note why a shard could not be coded; it is tried again by the next run."""
        (self.folder / "shards" / f"{number:06}.json").unlink(missing_ok=True)
        self._write(f"failed/{number:06}.json", {"shard": number, "sha": sha, "reason": reason})

    def end(self, shards: int) -> dict[str, Any]:
        """Close a run of `shards` shards: forget what older runs had beyond them, and write the whole manifest."""
        for path in [*(self.folder / "shards").glob("*.json"), *(self.folder / "failed").glob("*.json")]:
            if int(path.stem) >= shards:
                path.unlink()
        shutil.rmtree(self.folder / ".work", ignore_errors=True)
        rows: Counter[str] = Counter()
        left_out = words = 0
        digest = hashlib.sha256()
        for one in self.shards():
            rows.update({file.table: file.rows for file in one.files})
            left_out, words = left_out + one.left_out, words + one.words
            digest.update("".join(f"{one.shard} {f.table} {f.sha256}\n" for f in one.files).encode())
        failed = self.failed()
        found = {
            "rows": dict(sorted(rows.items())), "words": words, "left_out": left_out, "shards": shards,
            "failed": failed, "sha256": digest.hexdigest(), "complete": not failed,
        }  # fmt: skip
        manifest = self.manifest() | found
        self._write("manifest.json", manifest)
        return manifest

    def shards(self) -> Iterator[Coded]:
        """The records of the finished shards, in order."""
        for path in sorted((self.folder / "shards").glob("*.json")):
            found = _coded(_read(path))
            if found is None or path.stem != f"{found.shard:06}":
                raise BulkError(f"{path} is damaged; delete it and run the job again.")
            yield found

    def failed(self) -> list[dict[str, Any]]:
        """Shards that were set aside, with their reasons."""
        return [found for path in sorted((self.folder / "failed").glob("*.json")) if (found := _read(path))]

    def files(self, table: str) -> list[Path]:
        """The committed files of a table, in order of the input."""
        if table == "happenings":
            return sorted((self.folder / table).glob("*.parquet"))
        return [self.path(table, one.shard) for one in self.shards() if one.rows(table)]

    def path(self, table: str, shard: int) -> Path:
        """Where a table's file of a shard lies."""
        return self.folder / table / f"{shard:06}.parquet"

    def _write(self, name: str, record: dict[str, Any]) -> None:
        """Write a JSON file wholly or not at all, and have it on the disk."""
        target = self.folder / name
        draft = target.with_name(f".{target.name}-{os.getpid()}")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(record, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _coded(record: dict[str, Any] | None) -> Coded | None:
    """The record of a shard, None where it is none; its tables and numbers name files, so nothing else may pass."""
    try:
        found = None if record is None else Coded(**{**record, "files": tuple(Written(**f) for f in record["files"])})
    except (KeyError, TypeError):
        return None
    if (
        found is None
        or type(found.shard) is not int
        or any(file.table not in TABLES or type(file.rows) is not int for file in found.files)
    ):
        return None
    return found


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
