"""One process's share of the work: a shard -> coded reports and rejections, each with its place in the shard."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from brink import coding, pipeline
from brink.bulk.job import Job
from brink.bulk.planning import Shard
from brink.bulk.units import Unit
from brink.errors import BulkError, ReportError
from brink.intake import IntakeOptions, jsonl, read
from brink.intake.drafts import report_of
from brink.intake.sources import is_url
from brink.records import CodedReport, Register, Rejection, Report
from brink.settings import Settings, load


@dataclass(frozen=True, slots=True)
class Coder:
    """Settings and tables of one process, loaded once; `name` is the coder that stands in every record."""

    job: Job
    settings: Settings
    register: Register
    options: IntakeOptions
    name: str


def coder_of(job: Job) -> Coder:
    """Make this process ready for a job. Raises SettingError, UsageError, RegisterError, TypesError or ModelError."""
    settings = load(job.config)
    pipeline.prepare(settings)
    register = coding.load_register(Path(job.register) if job.register else None)
    options = IntakeOptions(published=job.published, outlet=job.outlet, settings=settings)
    return Coder(job, settings, register, options, pipeline.coder(register))


def coded_items(coder: Coder, shard: Shard) -> Iterator[CodedReport | Rejection | None]:
    """What each input of a shard became, in order; None for a report that the job leaves out (`since`).

    Raises BulkError, naming the report, where coding one fails.
    """
    since = date.fromisoformat(coder.job.since) if coder.job.since else None
    for unit in shard.units:
        for item in _read(unit, coder.options):
            if isinstance(item, Rejection):
                yield item
            elif since and (item.published is None or item.published < since):
                yield None
            else:
                yield _coded(item, coder)


def _coded(report: Report, coder: Coder) -> CodedReport:
    try:
        return pipeline.annotate_one(report, coder.register, coder.job.least)
    except Exception as error:  # whatever it is, the shard's reason must name the report
        raise BulkError(f"report '{report.id}' cannot be coded: {type(error).__name__}: {error}") from error


def _read(unit: Unit, options: IntakeOptions) -> Iterator[Report | Rejection]:
    if unit.refused is not None:
        yield Rejection(unit.where, *unit.refused)
    elif unit.line is not None:
        yield _record(unit.line, unit.where, options)
    elif is_url(unit.where):
        yield from _from_store(unit.where, options)
    else:
        yield from read(unit.where, options)


def _from_store(where: str, options: IntakeOptions) -> Iterator[Report | Rejection]:
    import fsspec

    with fsspec.open(where, "rb") as file:
        for item in read("-", replace(options, stdin=file)):
            yield replace(item, where=where) if isinstance(item, Rejection) and item.where == "-" else item


def _record(line: bytes, where: str, options: IntakeOptions) -> Report | Rejection:
    name: str | None = None
    try:
        record = jsonl.record_of(line)
        name = jsonl.id_of(record)
        return report_of(jsonl.draft_of(record), options)
    except ReportError as error:
        return Rejection(where, error.reason, str(error), name)


@functools.cache
def process_coder(job: Job) -> Coder:
    """The coder of this process for a job, made once."""
    return coder_of(job)
