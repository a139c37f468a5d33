"""A vector of its own for each set that marks things its own way, added to every piece of its windows in training.

Annotators differ in what they take for an event or a statement. With such a vector the network need not blame the
words for it; sets without one, of which the recipe names none, share the way in which the shipped network, which has
no such vectors, reads every text.
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
