"""Which time of a sentence is an event's."""

from __future__ import annotations

from collections.abc import Sequence

from brink.records import Sentence, Span, TimeValue


def event_time(
    trigger: Span, sentence: Sentence, times: Sequence[TimeValue], sayings: Sequence[Span]
) -> TimeValue | None:
    """placeholder while times are developed"""
    return None
