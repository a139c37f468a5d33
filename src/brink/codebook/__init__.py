"""The words of the records and PLOVER's numbers.

Closed vocabularies as enums (`EventType`, `Mode`, `Context`, `Sector`, …), and PLOVER's tables: scores, quad classes,
modes of each type, the way from CAMEO to PLOVER and back. Takes and gives plain words: enum members are strings.
Raises CodebookError for a word that PLOVER does not define.
"""

from __future__ import annotations

from brink.codebook.tables import Plover, cameo, cameo_loss, defines, from_cameo, modes_of, quad, score
from brink.codebook.words import (
    Attribute,
    Auxiliary,
    Certainty,
    Context,
    CueClass,
    EventType,
    FurnitureKind,
    MentionKind,
    Mode,
    Precision,
    Quad,
    Quoted,
    Sector,
)

__all__ = [
    "Attribute",
    "Auxiliary",
    "Certainty",
    "Context",
    "CueClass",
    "EventType",
    "FurnitureKind",
    "MentionKind",
    "Mode",
    "Plover",
    "Precision",
    "Quad",
    "Quoted",
    "Sector",
    "cameo",
    "cameo_loss",
    "defines",
    "from_cameo",
    "modes_of",
    "quad",
    "score",
]
