"""A user's own event types and modes: linear heads on the frozen encoder, fitted with numpy on marked examples.

`read_examples` takes a TOML file and gives `Examples`; `fit` makes an `OwnType` of them, figures included; `save` and
`load` write and read it as JSON; `check` counts hits on further examples. Raises TypesError where a file cannot be
read, contradicts itself or was fitted to other weights; ModelError if the weights are missing.
"""

from __future__ import annotations

from brink.model.own.examples import Examples, Line, read_examples
from brink.model.own.fitting import check, fit
from brink.model.own.record import Counts, Figures, OwnType, load, save

__all__ = ["Counts", "Examples", "Figures", "Line", "OwnType", "check", "fit", "load", "read_examples", "save"]
