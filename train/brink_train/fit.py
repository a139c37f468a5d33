"""One schedule over all sets: mixed batches, all heads at once, a moving average of the weights at the end."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from brink_train.heads import CHOICES, columns
from brink_train.hidden import Guess, hide
from brink_train.network import HIDDEN, Network
from brink_train.teach import taught_columns
from brink_train.vectors import Vectors
from brink_train.windows import IGNORE, TAG_NAMES, Batch, Example, batch, batches

POSITIVE = 3.0
"""Weight of true pairs: one word in a hundred is the right tail of a link."""


class Beside(nn.Module):
    """What is learnt beside the network and not kept: guesses at hidden words, vectors of sets."""

    def __init__(self, own: Sequence[str]) -> None:
        super().__init__()
        self.guess, self.vectors = Guess(), Vectors(own)


@dataclass(slots=True)
class Fit:
    """A finished run: the averaged network and its log."""

    network: Network
    log: list[dict[str, Any]]


def loss_of(network: Network, beside: Beside, b: Batch, recipe: dict[str, Any]) -> tuple[Tensor, dict[str, float]]:
    """Weighted sum of all heads' mean losses over one batch, and the parts."""
    weights: dict[str, float] = recipe["weights"]
    hidden, true = hide(b, recipe["optimiser"]["hidden"])
    pieces = network.encode(b.ids, b.shapes, b.mask, beside.vectors(b.sets)).reshape(-1, HIDDEN)
    logits, links, _ = network.read(pieces[b.first])
    logits, links = logits.float(), links.float()
    where = columns()
    parts: dict[str, Tensor] = {}
    if len(hidden):
        parts["hidden"] = beside.guess.loss(pieces[hidden], true, network.word.weight)
    for i, name in enumerate(TAG_NAMES):
        if (b.tags[:, i] != IGNORE).any():
            left, right = where[name]
            parts[name] = functional.cross_entropy(logits[:, left:right], b.tags[:, i], ignore_index=IGNORE)
    for name, (at, target) in b.choices.items():
        left, right = where[name]
        rows = logits[at, left:right]
        if name in CHOICES:
            parts[f"choices:{name}"] = functional.cross_entropy(rows, target)
        else:
            parts[f"choices:{name}"] = functional.binary_cross_entropy_with_logits(rows, target) * min(
                4, target.shape[1]
            )
    if len(b.pairs):
        parts["links"] = _links(network, links, b.pairs)
    if b.bags:
        parts["bag"] = _bags(logits[:, slice(*where["event"])], b)
    if b.soft is not None:
        for name, left, right in taught_columns():
            log = torch.log_softmax(logits[b.soft_rows][:, slice(*where[name])], dim=-1)
            parts[f"{name}:soft"] = -(b.soft[:, left:right] * log).sum(-1).mean()
    total = sum(
        ((weights.get(name) or weights[name.split(":")[0]]) * part for name, part in parts.items()), torch.zeros(())
    )
    return total, {k: float(v.detach()) for k, v in parts.items()}


def _links(network: Network, vectors: Tensor, pairs: Tensor) -> Tensor:
    kind, head, tail, yes = pairs.T
    weight = 1.0 + (POSITIVE - 1.0) * yes
    scores = network.link_scores(vectors, kind, head, tail)
    return functional.binary_cross_entropy_with_logits(scores, yes.float(), weight=weight) * 5.0


def _bags(logits: Tensor, b: Batch) -> Tensor:
    """Multiple instances: at least one word of the sentence begins an event of the named type."""
    found = torch.log_softmax(logits, dim=-1)
    losses = []
    for left, right, kinds in b.bags:
        begins = found[left:right][:, [1 + 2 * k for k in kinds]]
        losses.append(-torch.logsumexp(begins, dim=-1).max())
    return torch.stack(losses).mean()


def _groups(network: Network, options: dict[str, float]) -> list[dict[str, Any]]:
    fresh = ("heads.", "links.", "shape.", "distance.")
    named = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    return [
        {"params": [p for n, p in named if not n.startswith(fresh)], "lr": options["rate"]},
        {"params": [p for n, p in named if n.startswith(fresh)], "lr": options["head_rate"]},
    ]


def fit(network: Network, found: list[Example], recipe: dict[str, Any], folder: Path, seed: int) -> Fit:
    """Train on all windows once; writes `log.jsonl` and a checkpoint every five minutes into `folder`."""
    options = recipe["optimiser"]
    beside = Beside(options["own"])
    rng = random.Random(seed)
    plan = batches(found, int(options["pieces"]), rng)
    groups = [*_groups(network, options), {"params": list(beside.parameters()), "lr": options["head_rate"]}]
    optimiser = torch.optim.AdamW(groups, weight_decay=options["decay"], fused=True)
    warm = max(1, int(len(plan) * options["warm_up"]))

    def rate(step: int) -> float:
        return min(1.0, (step + 1) / warm) * max(0.0, 1.0 - max(0, step - warm) / max(1, len(plan) - warm))

    scheduler = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    average = nn.Module.state_dict(network)
    average = {k: v.clone() for k, v in average.items()}
    began = saved = time.time()
    log: list[dict[str, Any]] = []
    seen, sums, counts = 0, {}, {}
    network.train()
    for step, items in enumerate(plan):
        b = batch(items)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss, parts = loss_of(network, beside, b, recipe)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 1.0)
        optimiser.step()
        scheduler.step()
        seen += int(b.mask.sum())
        _average(average, network, min(options["average"], (step + 1) / (step + 10)))
        for k, v in parts.items():
            sums[k], counts[k] = sums.get(k, 0.0) + v, counts.get(k, 0) + 1
        if step % 50 == 49 or step == len(plan) - 1:
            row = {"step": step + 1, "of": len(plan), "pieces": seen, "seconds": round(time.time() - began)}
            row |= {k: round(sums[k] / counts[k], 4) for k in sorted(sums)}
            sums, counts = {}, {}
            log.append(row)
            with (folder / "log.jsonl").open("a") as file:
                file.write(json.dumps(row) + "\n")
        if time.time() - saved > 300:
            torch.save(average, folder / "checkpoint.pt")
            saved = time.time()
    network.load_state_dict(average)
    torch.save(average, folder / "weights.pt")
    return Fit(network.eval(), log)


def _average(average: dict[str, Tensor], network: Network, decay: float) -> None:
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if parameter.requires_grad:
                average[name].lerp_(parameter, 1.0 - decay)
