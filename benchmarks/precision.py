"""int8 against fp32, side by side: `python benchmarks/precision.py`. Needs the package onnx.

The fp32 network is made from the shipped int8 one: each weight is multiplied out by its scale, and activations are no
longer rounded. Speed is that of any fp32 network of this shape. What is compared of the labels is thus the rounding of
activations alone; what the rounding of weights cost, only the weights before their rounding could tell.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import ModelProto, NodeProto, numpy_helper

from brink import text
from brink.model.card import FOLDER
from brink.model.labelling import PRODUCT, read_labels
from brink.model.packing import pack, words_of
from brink.model.session import Session, load_session
from brink.records import Report
from speed import ROUNDS, reports, seconds, told, windows_of


def plain(shipped: ModelProto) -> ModelProto:
    """The network with its integer products replaced by products of 32-bit floats."""
    graph = shipped.graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    users: dict[str, list[NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    made = {node.output[0]: node for node in graph.node}
    nodes = []
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            nodes.append(_product(node, made, users, stored))
        elif node.op_type == "DequantizeLinear" and node.input[0] in stored:
            stored[node.output[0]] = _floats(*(stored[name] for name in node.input))
        else:
            nodes.append(node)
    kept = _needed(nodes, {one.name for one in graph.output})
    used = {name for node in kept for name in node.input}
    weights = [numpy_helper.from_array(stored[name], name) for name in sorted(used & stored.keys())]
    inside = onnx.helper.make_graph(kept, graph.name, list(graph.input), list(graph.output), weights)
    return onnx.helper.make_model(inside, opset_imports=list(shipped.opset_import), ir_version=shipped.ir_version)


def _product(node: NodeProto, made: dict[str, NodeProto], users: dict[str, list[NodeProto]], stored: Any) -> NodeProto:
    """MatMulInteger -> Cast -> Mul by both scales, as one MatMul."""
    rounding = made[node.input[0]]
    (cast,) = users[node.output[0]]
    (last,) = users[cast.output[0]]
    if rounding.op_type != "DynamicQuantizeLinear" or cast.op_type != "Cast" or last.op_type != "Mul":
        raise SystemExit(f"{node.name} is no product as onnxruntime's dynamic quantisation writes it.")
    (scales,) = [made[name] for name in last.input if name != cast.output[0]]
    scale = next(name for name in scales.input if name in stored)
    weights = f"{node.input[1]}_plain"
    stored[weights] = _floats(stored[node.input[1]], stored[scale], stored[node.input[3]])
    return onnx.helper.make_node("MatMul", [rounding.input[0], weights], [last.output[0]], f"{node.name}_plain")


def _floats(whole: Any, scale: Any, zero: Any) -> Any:
    return ((whole.astype(np.float32) - zero.astype(np.float32)) * scale).astype(np.float32)


def _needed(nodes: Sequence[NodeProto], outputs: set[str]) -> list[NodeProto]:
    """The nodes that lead to the outputs, each output made by the first node that makes it."""
    wanted, kept = set(outputs), []
    replaced = {
        name for node in nodes if node.op_type == "MatMul" for name in node.output if node.name.endswith("_plain")
    }
    for node in reversed(nodes):
        double = node.op_type == "Mul" and set(node.output) & replaced
        if not double and set(node.output) & wanted:
            kept.append(node)
            wanted |= set(node.input)
    return _ordered(kept[::-1], {name for node in kept for name in node.output})


def _ordered(nodes: list[NodeProto], made: set[str]) -> list[NodeProto]:
    """The nodes, each behind those whose output it reads."""
    done: set[str] = set()
    waiting, found = nodes, []
    while waiting:
        ready = [n for n in waiting if all(name in done or name not in made for name in n.input)]
        if not ready:
            raise SystemExit("The network has a circle.")
        found += ready
        done |= {name for node in ready for name in node.output}
        waiting = [n for n in waiting if not set(n.output) <= done]
    return found


def session_of(model: ModelProto, like: Session) -> Session:
    """The network as a session with the shipped tokeniser and card, on one thread."""
    with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
        file.write(model.SerializeToString())
        file.flush()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        network = onnxruntime.InferenceSession(file.name, options, providers=["CPUExecutionProvider"])
    return Session(like.card, like.tokeniser, network, like.cls, like.sep)


def agreement(one: Session, other: Session, given: Sequence[Report]) -> float:
    """F1 of one network's labels (head, label and span) against the other's, over all reports."""
    both = mine = theirs = 0
    for report in given:
        a, b = (_labels(report, session) for session in (one, other))
        both, mine, theirs = both + len(a & b), mine + len(a), theirs + len(b)
    return 2 * both / (mine + theirs)


def _labels(report: Report, session: Session) -> set[tuple[str, str, int, int]]:
    words = words_of(text.layout(report).sentences, session.tokeniser)
    windows = list(pack(words, session.cls, session.sep))
    found = read_labels(report.text, windows, session.run(windows), session.card, PRODUCT)
    return {(label.layer, label.kind, label.start, label.end) for label in found.labels}


def main() -> None:
    """Measure both in turns and print the ratio with its 95 % interval."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--reports", type=int, default=40)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    args = asked.parse_args()
    small = load_session()
    large = session_of(plain(onnx.load(FOLDER / "brink.onnx")), small)
    given = reports(args.reports)
    windows = [w for r in given for w in windows_of(r)]
    ratios = []
    for _ in range(args.rounds + 1):
        ratios.append(seconds(lambda: large.run(windows)) / seconds(lambda: small.run(windows)))
    print(f"fp32 / int8, CPU seconds of the encoder: {told(ratios[1:])} ({args.rounds} rounds, 1 thread)")
    print(f"labels of the one against the other's: F1 {agreement(small, large, given):.3f}")


if __name__ == "__main__":
    main()
