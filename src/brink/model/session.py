"""The only onnxruntime: windows of one report through the network, back as logits, link vectors and word vectors."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from brink.errors import ModelError
from brink.model.card import FOLDER, Card, load_card, weights_hash
from brink.model.packing import Window

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Output:
    """One window's answers: `logits` (words, columns), `links` (words, 2, kinds, width), `words` (words, 384)."""

    logits: Floats
    links: Floats
    words: Floats


@dataclass(frozen=True, slots=True)
class Session:
    """Weights and tokeniser, loaded once a process."""

    card: Card
    tokeniser: tokenizers.Tokenizer
    network: onnxruntime.InferenceSession
    cls: int
    sep: int
    pool: ThreadPoolExecutor | None = None

    def run(self, windows: Sequence[Window]) -> list[Output]:
        """Each window by itself, so that no window's int8 scales depend on its neighbours."""
        return self.begin(windows)()

    def begin(self, windows: Sequence[Window]) -> Callable[[], list[Output]]:
        """Set the session's threads to the windows; the outputs are those of what comes back, when it is called."""
        if self.pool is None:
            return lambda: [self._one(window) for window in windows]
        begun = [self.pool.submit(self._one, window) for window in windows]
        return lambda: [one.result() for one in begun]

    def _one(self, window: Window) -> Output:
        feeds = {
            "ids": np.array([window.ids], np.int64),
            "shapes": np.array([window.shapes], np.int64),
            "mask": np.ones((1, len(window.ids)), np.int64),
            "first": np.array(window.first, np.int64),
        }
        logits, links, words = self.network.run(None, feeds)
        return Output(logits, links, words)


@functools.cache
def load_session(folder: Path = FOLDER, threads: int = 1) -> Session:
    """Load weights, tokeniser and card from `folder`; ModelError if they are missing or do not belong together.

    Each of several `threads` takes whole windows, so that records are byte-equal at any number of them, on one kind of
    CPU.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    card = load_card(folder)
    weights = folder / "brink.onnx"
    if not weights.exists() or weights_hash(weights) != card.hash:
        raise ModelError(f"The weights {weights} are not those of their card ({card.hash}); reinstall Brink.")
    tokeniser = Tokenizer.from_file(str(folder / "tokenizer.json"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    network = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    cls, sep = tokeniser.token_to_id("[CLS]"), tokeniser.token_to_id("[SEP]")
    if cls is None or sep is None:
        raise ModelError(f"The tokeniser in {folder} has no [CLS] or [SEP]; reinstall Brink.")
    pool = ThreadPoolExecutor(threads, "brink-model") if threads > 1 else None
    return Session(card, tokeniser, network, cls, sep, pool)
