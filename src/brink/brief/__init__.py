"""Briefs: of one report, and of a crisis as of one day.

`brief_text` and `brief_record` give the brief of one CodedReport. `crisis_brief` takes a `Material` (happenings, their
reports, admissions of ignorance; `material` makes it from coded reports) and gives a CrisisBrief: plain records, each
line with the reports it rests on; `crisis_text`, `crisis_markdown`, `crisis_page` and `crisis_record` render it.
Nothing here reads a clock, and nothing is written that no record says: claims stay somebody's word.

    report                  the brief of one report
    content, view           what a crisis brief says; what it looks at
    names, acts             names and acts in plain words
    voices, happening       whose word a happening is; a happening as an entry
    changes, promises, courses, crisis      the sections; the brief
    terminal, markdown, page, plots         renderings
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from brink.brief.content import Admission, CrisisBrief, Entry, Line, Material, Section
from brink.brief.crisis import crisis_brief, material
from brink.brief.markdown import crisis_markdown
from brink.brief.page import crisis_page
from brink.brief.report import brief_record, brief_text
from brink.brief.terminal import crisis_text
from brink.brief.view import admissions

__all__ = [
    "Admission",
    "CrisisBrief",
    "Entry",
    "Line",
    "Material",
    "Section",
    "admissions",
    "brief_record",
    "brief_text",
    "crisis_brief",
    "crisis_markdown",
    "crisis_page",
    "crisis_record",
    "crisis_text",
    "material",
]


def crisis_record(brief: CrisisBrief) -> dict[str, Any]:
    """A crisis brief as JSON-ready data: the same sections and lines, report ids beside each."""
    return asdict(brief)
