"""One report coded: the order in which coding's parts ask each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brink.coding.actors import ActorIndex, index_actors
from brink.coding.event_times import event_time
from brink.coding.events import Circumstances, code_events
from brink.coding.gazetteer import gazetteer
from brink.coding.headline import countries_told
from brink.coding.names import outlet_names
from brink.coding.parties import VERBAL
from brink.coding.place_context import ReportContext, report_context
from brink.coding.places import resolve_place
from brink.coding.quantities import event_quantities, find_quantities
from brink.coding.statements import join_statements
from brink.coding.times import find_times
from brink.coding.unknowns import find_unknowns
from brink.records import (
    CodedReport,
    Label,
    Labelling,
    Quantity,
    Register,
    Report,
    Sentence,
    Span,
    Statement,
    TextLayout,
    TimeValue,
)


def code(report: Report, layout: TextLayout, labelling: Labelling, register: Register, coder: str) -> CodedReport:
    """Code one report; see the package's docstring."""
    sentences = layout.sentences
    named = [x for x in labelling.labels if x.layer == "mention"]
    titled = countries_told(report.title)
    index = index_actors(report.text, sentences, named, register, report.published, titled)
    statements = join_statements(report.text, sentences, labelling, index.actor, outlet_names())
    context = report_context(report.text, sentences, index.mentions, layout.dateline, titled)
    found = _circumstances(report, layout, index, statements, context)
    events = code_events(report.text, sentences, labelling, statements, found)
    unknowns = find_unknowns(report.text, labelling, events, statements, sentences)
    return CodedReport(report, layout, index.mentions, statements, events, unknowns, index.offices, coder)


def _circumstances(
    report: Report,
    layout: TextLayout,
    index: ActorIndex,
    statements: Sequence[Statement],
    context: ReportContext,
) -> Circumstances:
    sentences = layout.sentences
    times = find_times(report.text, sentences, report.published, layout.dateline)
    counts = find_quantities(report.text, sentences)
    sayings = [Span(s.cue.start, s.cue.end, s.cue.text) for s in statements if s.cue]

    def time(trigger: Span, kind: str, sentence: Sentence, label: Label | None) -> TimeValue | None:
        if label and (overlapping := [t for t in times if t.text_start < label.end and label.start < t.text_end]):
            return max(overlapping, key=lambda t: min(t.text_end, label.end) - max(t.text_start, label.start))
        return event_time(trigger, sentence, times, sayings, verbal=kind in VERBAL)

    def quantity(
        trigger: Span, kind: str, modes: tuple[str, ...], sentence: Sentence, linked: Sequence[Label]
    ) -> tuple[Quantity, ...]:
        spans = [(x.start, x.end) for x in linked]
        near = tuple(q for q in counts if any(q.start < b and a < q.end for a, b in spans))
        return near or event_quantities(trigger, kind, modes, sentence, counts)

    return Circumstances(index.party, lambda a, b: resolve_place(a, b, context), time, quantity, report.published)


def at_least(coded: CodedReport, least: float) -> CodedReport:
    """The coded report without statements and events of less confidence than `least`.

    A statement that a kept event or unknown is told in stays: an attributed event must not turn into the outlet's own.
    """
    events = tuple(e for e in coded.events if e.confidence >= least)
    known = {e.id for e in events}
    unknowns = tuple(u if u.about is None or u.about in known else replace(u, about=None) for u in coded.unknowns)
    told = {e.statement for e in events} | {u.statement for u in unknowns}
    statements = tuple(s for s in coded.statements if s.confidence >= least or s.id in told)
    return replace(coded, statements=statements, events=events, unknowns=unknowns)


def gazetteer_version() -> str:
    """Hash of the gazetteer in use and its hand files."""
    return gazetteer().version
