"""How far two readers of corpus/ agree: the second reading scored against the first as if it were a coder.

python eval/agreement.py ../shared/corpora
"""

from __future__ import annotations

import argparse
from pathlib import Path
from types import ModuleType
from typing import Any

from annotated import f1
from told import scorer

Json = dict[str, Any]
CORPUS = Path(__file__).parents[1] / "corpus"


def as_output(doc: Json, reading: Json, score: ModuleType) -> Json:
    """A reading in the form of `brink code` output, as far as the scorer looks at it."""
    _, offsets = score.layout(doc)

    def span(s: int, wanted: Any) -> Json | None:
        at = score.place(doc, offsets, s, wanted)
        return {"start": at[0], "end": at[1]} if at else None

    statements = []
    for i, st in enumerate(reading["statements"]):
        content = score.content(doc, offsets, st)
        statements.append(
            {
                "id": f"s{i}",
                "quoted": st["q"],
                "content": [{"start": content[0], "end": content[1]}] if content else [],
                "speaker": {"text": _text(st["speaker"]), "country": st["sp"][0]},
                "relay": [{"text": _text(r)} for r in st["relay"]],
            }
        )
    events = []
    for e in reading["events"]:
        trigger = span(e["s"], e["t"])
        if trigger:
            events.append(
                {
                    "event": e["e"],
                    "trigger": trigger,
                    "mode": e["m"],
                    "auxiliary": e["aux"],
                    "certainty": e["c"],
                    "actor": [{"country": a[1]} for a in e["a"]],
                    "recipient": [{"country": a[1]} for a in e["r"]],
                    "statement": None if e.get("st") is None else f"s{e['st']}",
                    "quantity": [e["n"]] if e["n"] else [],
                    "time": dict(zip(("start", "end"), e["val"] or (None, None), strict=True)),
                }
            )
    unknowns = [x for u in reading["unknowns"] if (x := span(u["s"], u["text"]))]
    return {"report": {"id": doc["id"]}, "statements": statements, "events": events, "unknowns": unknowns}


def _text(wanted: Any) -> str | None:
    return wanted[0] if isinstance(wanted, list) else wanted


def main() -> None:
    """Print the agreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    score = scorer(parser.parse_args().corpora)
    docs = {str(d["id"]): d for d in score.load(CORPUS / "docs.jsonl")}
    second = {str(a["id"]): a for a in score.load(CORPUS / "second.jsonl")}
    first = [a for a in score.load(CORPUS / "annotations.jsonl") if str(a["id"]) in second]
    outs = [as_output(docs[i], a, score) for i, a in second.items()]
    c, aux, _ = score.score(list(docs.values()), first, outs)
    print(f"{len(first)} reports read twice")
    print(f"  statements F1            {f1(c['st_tp'], c['st_p'], c['st_g']):.3f} of {c['st_g']}")
    print(f"  triggers F1              {f1(c['tr_tp'], c['ev_p'], c['ev_g']):.3f} of {c['ev_g']}")
    print(f"  trigger + type F1        {f1(c['ev_tp'], c['ev_p'], c['ev_g']):.3f}")
    print(f"  unknowns F1              {f1(c['un_tp'], c['un_p'], c['un_g']):.3f} of {c['un_g']}")
    for name, n, k in (
        ("speaker", "speaker", "st_tp"),
        ("speaker country", "cty", "cty_n"),
        ("relay where any", "relay1", "relay1_n"),
        ("actor country", "actor", "actor_n"),
        ("own voice or attributed", "own", "ev_tp"),
        ("certainty", "cert", "ev_tp"),
        ("quantity", "q", "q_n"),
        ("time", "t", "t_n"),
        ("mode", "mode", "mode_n"),
    ):
        print(f"  {name:24s} {c[n] / max(1, c[k]):.3f} of {c[k]}")
    for name, v in aux.items():
        print(f"  aux {name:20s} {f1(v['tp'], v['p'], v['g']):.3f} of {v['g']}")


if __name__ == "__main__":
    main()
