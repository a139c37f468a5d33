"""Spans -> Statements, Events, Unknowns.

Takes a Report, its TextLayout, the model's Labelling, an immutable Register and the coder's name; gives everything the
report yields as a CodedReport. Raises nothing for any text: what cannot point to its characters is left out.
`named_in` looks the names of a phrase up in the tables of who is who; names with one `key_of` are one name.
"""

from __future__ import annotations

from brink.coding.gazetteer import use as use_gazetteer
from brink.coding.names import Known, named_in
from brink.coding.register import load_register
from brink.coding.report import at_least, code, gazetteer_version
from brink.coding.tokens import key_of

__all__ = ["Known", "at_least", "code", "gazetteer_version", "key_of", "load_register", "named_in", "use_gazetteer"]
