"""Hidden words: some words of a window are masked, their labels kept, and the network also guesses what stood there.

The network is small and knows its training documents by heart (triggers with type .99 there, .55 on documents kept
apart, 29 November 2026): a word that is sometimes hidden must be told from its context.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from brink_train.network import HIDDEN, VOCABULARY
from brink_train.windows import Batch

CLS, SEP, MASK = 101, 102, 103
"""Special pieces of the encoder's own vocabulary."""
PLAIN = 1000
"""The first piece of that vocabulary that is no special one."""


class Guess(nn.Module):
    """Which piece stood at a hidden place: BERT's masked-word head over the encoder's own word vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.turn, self.norm = nn.Linear(HIDDEN, HIDDEN), nn.LayerNorm(HIDDEN)
        self.offset = nn.Parameter(torch.zeros(VOCABULARY))

    def loss(self, places: Tensor, true: Tensor, word_vectors: Tensor) -> Tensor:
        """Mean cross entropy; `places` (M, H) the last layer at hidden pieces, `true` (M,) what stood there."""
        turned = self.norm(functional.gelu(self.turn(places)))
        return functional.cross_entropy((turned @ word_vectors.T + self.offset).float(), true)


def hide(b: Batch, share: float) -> tuple[Tensor, Tensor]:
    """Hide `share` of the batch's words, whole, in place; flat positions of their pieces and what stood there.

    Of the hidden pieces one in ten becomes another piece at random and one in ten stays as it is.
    """
    ids = b.ids.view(-1)
    starts = torch.zeros_like(ids)
    starts[b.first] = 1
    word_of = starts.cumsum(0) - 1
    chosen = torch.rand(len(b.first)) < share
    special = (ids == CLS) | (ids == SEP) | (b.mask.view(-1) == 0)
    at = (chosen[word_of.clamp(min=0)] & (word_of >= 0) & ~special).nonzero().squeeze(1)
    true = ids[at].clone()
    dice = torch.rand(len(at))
    other = torch.where(dice < 0.9, torch.randint(PLAIN, VOCABULARY, true.shape), true)
    ids[at] = torch.where(dice < 0.8, MASK, other)
    return at, true
