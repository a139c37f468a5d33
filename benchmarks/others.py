"""Brink beside what users would run instead, the same reports in the same run: `make bench-others`.

Neither of the others is the real thing: no trained weights can be had here, so both have their architecture with random
weights. That measures speed and nothing else.

- spaCy: the parts of `en_core_web_sm` (tok2vec of width 96, tagger, parser, named entities with a tok2vec of its own)
  with as many labels; its lemmatiser and attribute ruler, which are tables, are left out, which favours spaCy.
- NGEC: RoBERTa-base classifies each report, then RoBERTa-base answers a question for each attribute (actor, recipient,
  place, time) of `--events` events, each question with the report as its context, cut at 512 pieces. One event a report
  is the default and the least that such a pipeline can do; NGEC's look-up of actors and places is left out. Pieces are
  those of Brink's tokeniser, of which a text has about as many as of RoBERTa's.

One thread and one process for each; seconds of CPU; the ratio with its 95 % interval.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from typing import Any

from brink import coding, pipeline
from brink.export.records import dumps
from brink.model.session import load_session
from brink.records import Report
from speed import reports, seconds, told

ATTRIBUTES = ("Who did it?", "To whom was it done?", "Where did it happen?", "When did it happen?")
PIECES = 512
TAGS, DEPENDENCIES, ENTITIES = 50, 45, 18
"""Labels of the three parts of en_core_web_sm."""


def brink_coder() -> Callable[[Sequence[Report]], object]:
    """Brink, from report to JSON line."""
    register = coding.load_register(None)
    return lambda given: [dumps(pipeline.annotate_one(r, register)) for r in given]


def spacy_shaped() -> Callable[[Sequence[Report]], object]:
    """A pipeline of en_core_web_sm's shape."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": _tok2vec()})
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    tagger = nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    parser = nlp.add_pipe("parser", config={"model": _transitions("parser", shared)})
    ner = nlp.add_pipe("ner", config={"model": _transitions("ner", _tok2vec())})
    for part, count in ((tagger, TAGS), (parser, DEPENDENCIES), (ner, ENTITIES)):
        for number in range(count):
            part.add_label(f"L{number}")
    nlp.initialize()
    return lambda given: list(nlp.pipe(r.text for r in given))


def _tok2vec() -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "include_static_vectors": False,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1,
            "maxout_pieces": 3,
        },
    }  # fmt: skip


def _transitions(kind: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind, "extra_state_tokens": False,
        "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": tok2vec,
    }  # fmt: skip


def ngec_shaped(events: int) -> Callable[[Sequence[Report]], object]:
    """Classification of each report, then questions about each of its events."""
    import torch
    from transformers import RobertaConfig, RobertaForQuestionAnswering, RobertaForSequenceClassification

    torch.set_num_threads(1)
    config = RobertaConfig(vocab_size=50_265, max_position_embeddings=514, type_vocab_size=1, num_labels=16)
    classes, answers = RobertaForSequenceClassification(config).eval(), RobertaForQuestionAnswering(config).eval()

    def pieces(words: str) -> torch.Tensor:
        found = load_session().tokeniser.encode(words).ids[:PIECES]
        return torch.tensor([found])

    def code(given: Sequence[Report]) -> None:
        with torch.inference_mode():
            for report in given:
                classes(pieces(report.text)).logits.argmax()
                for question in ATTRIBUTES * events:
                    found = answers(pieces(f"{question} {report.text}"))
                    found.start_logits.argmax(), found.end_logits.argmax()

    return code


def main() -> None:
    """Measure all in turns and print what each costs beside Brink."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--reports", type=int, default=10)
    asked.add_argument("--rounds", type=int, default=9)
    asked.add_argument("--events", type=int, default=1, help="events a report of the NGEC-shaped pipeline")
    asked.add_argument("--only", choices=["spacy", "ngec"], help="measure against one of them")
    args = asked.parse_args()
    given = reports(args.reports)
    coders = {"brink": brink_coder()}
    if args.only != "ngec":
        coders["spaCy-shaped (random weights)"] = spacy_shaped()
    if args.only != "spacy":
        coders[f"NGEC-shaped (random weights, {args.events} event(s) a report)"] = ngec_shaped(args.events)
    spent: dict[str, list[float]] = {name: [] for name in coders}
    for _ in range(args.rounds + 1):
        for name, code in coders.items():
            spent[name].append(seconds(lambda code=code: code(given)))  # type: ignore[misc]
    words = sum(len(r.text.split()) for r in given)
    print(f"{len(given)} reports, {words} words, {args.rounds} rounds, 1 thread, load {os.getloadavg()[0]:.1f}")
    for name, found in spent.items():
        ratios = [a / b for a, b in zip(found[1:], spent["brink"][1:], strict=True)]
        print(f"{name}: {words / min(found[1:]):,.0f} words a CPU second; {told(ratios)} times the time of brink")


if __name__ == "__main__":
    main()
