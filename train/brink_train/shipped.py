"""The shipped int8 weights as a run that can be gone on from (`fit --after`): nothing but the package is needed.

What int8 rounded stays rounded (a 255th of each column's range); word pieces are MiniLM's own, which no run changes.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from brink_train.network import Network

LAYER = re.compile(r"/(layers\.\d+)/(\w+)/MatMul_output_0_output_quantized")
HEAD = re.compile(r"((?:heads\.\d\.\d|links)\.weight)_Transposed_quantized")


def recover(network: Network, model: Path, run: Path) -> None:
    """Write `weights.pt` and the card's line of training into `run`; `network` is a fresh one (changed in place).

    Raises KeyError if the model's form is not that of `export`.
    """
    graph = onnx.load(str(model / "brink.onnx")).graph
    stored = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    state = network.state_dict()
    for name, values in stored.items():
        if name in state:
            state[name] = values
    for node in graph.node:
        if node.op_type == "MatMulInteger" and (weight := node.input[1]) in stored:
            layer, head = LAYER.match(node.output[0]), HEAD.match(weight)
            name = f"{layer[1]}.{layer[2]}.weight" if layer else head[1] if head else weight
            state[name] = _float(stored, weight).T.contiguous()
    for table in ("shape.weight", "position.weight"):
        state[table] = _float(stored, f"{table}_quantized")
    card = json.loads((model / "card.json").read_text("utf-8"))
    state["distance.weight"] = torch.from_numpy(np.array(card["links"]["distance"], np.float32).T.copy())
    network.load_state_dict(state)
    torch.save(state, run / "weights.pt")
    (run / "log.jsonl").write_text(json.dumps(card["training"]) + "\n")


def _float(stored: dict[str, Tensor], name: str) -> Tensor:
    stem = name.removesuffix("_quantized")
    return (stored[name].float() - stored[f"{stem}_zero_point"].float()) * stored[f"{stem}_scale"]
