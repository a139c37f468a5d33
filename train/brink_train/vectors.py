"""A vector of its own for each set that marks things its own way, added to every piece of its windows in training.

Annotators differ in what they take for an event or a statement. With such a vector the network need not blame the
words for it. The shipped network has none: it reads every text as those sets are marked that `own` in the recipe leaves
out.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from brink_train.network import HIDDEN


class Vectors(nn.Module):
    """Vectors of the named sets, zero at first."""

    def __init__(self, sets: Sequence[str]) -> None:
        super().__init__()
        self.place = {name: i + 1 for i, name in enumerate(sets)}
        self.table = nn.Embedding(len(sets) + 1, HIDDEN, padding_idx=0)
        nn.init.zeros_(self.table.weight)

    def forward(self, sets: Sequence[str]) -> Tensor:
        """(B, H) for the sets of B windows; zero, and not learnt, for those that have none."""
        return self.table(torch.tensor([self.place.get(name, 0) for name in sets]))
