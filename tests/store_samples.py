"""Coded reports for the store's tests: the sample of the export tests, told by others, later or in other words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from brink.records import CodedReport
from export_samples import TEXT, sample

CODER = "brink 0.1.0 model 1a2b3c4d register 5e6f gazetteer 7a8b"
NEXT_CODER = "brink 0.2.0 model 9z9z9z9z register 5e6f gazetteer 7a8b"


def told(id: str = "r1", more: str = "", day: str | None = "2024-03-03", coder: str = CODER, **of: Any) -> CodedReport:
    """The sample with `more` at the end of its text, published on `day`; `of` are other fields of its report."""
    coded = sample(id)
    published = date.fromisoformat(day) if day else None
    report = replace(coded.report, text=TEXT + more, published=published, **of)
    if coder == CODER:
        return replace(coded, report=report, coder=coder)
    # Another coder sees other things.
    return replace(coded, report=report, coder=coder, events=coded.events[:1], unknowns=())
