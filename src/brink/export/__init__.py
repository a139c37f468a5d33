"""Coded reports to the formats of the field (docs/formats.md): `write` takes in `CodedReport`s and a format's name,
writes to a text file and gives out an `ExportSummary` that tells what was left out.

`brink.export.records` reads and writes the contract itself (docs/schema.json).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from brink.errors import UsageError
from brink.export import acled, flat, gdelt, geojson, plover, polecat, records
from brink.export.cells import safe
from brink.export.tables import in_plover, is_modal
from brink.records import CodedReport, Event

__all__ = ["FORMATS", "ExportSummary", "write"]

FORMATS = ("records", "plover", "polecat", "gdelt", "acled", "geojson", "csv", "ngec")

# Formats without a column for modality: in them a denied withdrawal would read as a withdrawal.
WITHOUT_MODALITY = frozenset({"polecat", "gdelt", "acled"})

# Formats whose readers know PLOVER's types, or codes made of them, alone.
PLOVER_ALONE = frozenset({"plover", "polecat", "gdelt", "acled"})

Rows = Callable[[Event, CodedReport], Iterator[list[str]]]


@dataclass(slots=True)
class ExportSummary:
    """What an export wrote and what it left out. `modal`: events negated, hypothetical, future or historical;
    `unmapped`: events of a type, or without a code, that the format does not know; `own`: events of a user's own types,
    `own_modes`: own modes taken off events that stay."""

    format: str
    reports: int = 0
    written: int = 0
    modal: int = 0
    unmapped: int = 0
    own: int = 0
    own_modes: int = 0

    def notes(self) -> list[str]:
        """Give a line for each kind of event left out; none where nothing was."""
        lines = []
        if self.modal:
            lines.append(
                f"{self.modal} event(s) left out of {self.format}: negated, hypothetical, future or historical "
                "(--include-modal keeps them)."
            )
        if self.unmapped:
            lines.append(f"{self.unmapped} event(s) left out of {self.format}: the format has no such type.")
        if self.own:
            lines.append(f"{self.own} event(s) left out of {self.format}: of own types, which PLOVER does not have.")
        if self.own_modes:
            lines.append(f"{self.own_modes} own mode(s) left out of {self.format}; their events stay.")
        return lines


def write(coded: Iterable[CodedReport], format: str, out: TextIO, include_modal: bool) -> ExportSummary:
    """Write coded reports to `out`, one after the other, and tell how many events were written and left out.

    `format` is one of FORMATS. `include_modal` keeps negated, hypothetical, future and historical events in polecat,
    gdelt and acled, which cannot mark them. Raises UsageError for a format that is not known.
    """
    if format not in FORMATS:
        raise UsageError(f"There is no format '{format}'; choose one of {', '.join(FORMATS)}.")
    summary = ExportSummary(format)
    reports = _counted(coded, summary)
    if format in {"records", "plover", "ngec"}:
        _write_lines(reports, out, summary)
    elif format == "geojson":
        _write_geojson(reports, out, summary)
    else:
        _write_table(reports, out, summary, include_modal)
    return summary


def _counted(coded: Iterable[CodedReport], summary: ExportSummary) -> Iterator[CodedReport]:
    for report in coded:
        summary.reports += 1
        if summary.format in PLOVER_ALONE:
            report, types, modes = in_plover(report)
            summary.own, summary.own_modes = summary.own + types, summary.own_modes + modes
        yield report


def _write_lines(coded: Iterable[CodedReport], out: TextIO, summary: ExportSummary) -> None:
    for report in coded:
        if summary.format == "plover":
            for _, found in plover.events(report):
                out.write(_json(found) + "\n")
                summary.written += 1
            continue
        out.write((records.dumps(report) if summary.format == "records" else _json(_ngec(report))) + "\n")
        summary.written += len(report.events) if summary.format == "records" else 0


def _write_geojson(coded: Iterable[CodedReport], out: TextIO, summary: ExportSummary) -> None:
    """Features are written as they come, so that the file may be larger than memory."""
    out.write('{"type": "FeatureCollection", "features": [')
    for report in coded:
        for event in report.events:
            out.write((",\n" if summary.written else "\n") + _json(geojson.feature(event, report)))
            summary.written += 1
    out.write("\n]}\n")


def _write_table(coded: Iterable[CodedReport], out: TextIO, summary: ExportSummary, include_modal: bool) -> None:
    header, separator, rows = _table(summary.format)
    if separator == "\t":  # readers of these formats know no quotes, and no cell holds a tab or a break
        writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    else:
        writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(header)
    for report in coded:
        for event in report.events:
            if is_modal(event) and summary.format in WITHOUT_MODALITY and not include_modal:
                summary.modal += 1
                continue
            lines = list(rows(event, report))
            writer.writerows(lines if separator == "\t" else [list(map(safe, line)) for line in lines])
            summary.written += bool(lines)
            summary.unmapped += not lines


def _table(format: str) -> tuple[tuple[str, ...], str, Rows]:
    if format == "polecat":
        return polecat.COLUMNS, "\t", polecat.rows
    if format == "gdelt":
        return (), "\t", gdelt.rows  # GDELT's files have no header
    if format == "acled":
        return acled.COLUMNS, ",", acled.rows
    return flat.COLUMNS, ",", lambda event, coded: iter([flat.row(event, coded)])


def _ngec(coded: CodedReport) -> dict[str, Any]:
    """A report as NGEC takes it in; nothing that Brink coded goes along."""
    report = coded.report
    published = report.published.isoformat() if report.published else None
    return {
        "id": report.id,
        "date": published,
        "event_text": report.text,
        "pub_date": published,
        "publisher": report.outlet,
        "headline": report.title,
        "story_id": report.id,
        "version": coded.coder,
    }


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
