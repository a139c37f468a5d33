"""Spans -> Statements, Events, Unknowns.

Takes a Report, its TextLayout, the model's Labelling and an immutable Register; gives everything the report yields,
as `Findings`. Raises nothing for any text: what cannot point to its characters is left out.
"""

from __future__ import annotations

from brink.coding.gazetteer import use as use_gazetteer
from brink.coding.register import load_register
from brink.coding.report import Findings, at_least, code, gazetteer_version

__all__ = ["Findings", "at_least", "code", "gazetteer_version", "load_register", "use_gazetteer"]
