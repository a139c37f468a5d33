"""Which counts of a sentence belong to an event."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brink.coding.amounts import counting
from brink.records import Quantity, Sentence, Span

# In words; set on the training documents of wikinews-plover.
EDGE_COSTS, COMMA_COSTS, BEFORE_COSTS, REACH = 6.0, 3.0, 1.0, 24.0
ASIDE_COSTS = 8.0
"""What a count told in passing costs: "(US$3 million)", "including eight children", "13 out of the 66"."""

LIST_COSTS = 8.0
COMMAS_AT_MOST = 3

_LIST = re.compile(r"(?:\s[\w-]+){0,5}(?:,|,? and|,? as well as)\s")
_ASIDE = re.compile(
    r"(?:\([^)]*|\b(?:including|out of|compared (?:with|to)|as well as)(?: the| all)?\s*)$", re.IGNORECASE
)
_EDGE = re.compile(r"[;:“”\"—]|\b(?:that|which|who|where|when|but|while|because|after|before|although|as|if|since)\b")


def event_quantities(
    trigger: Span, event_type: str, modes: Sequence[str], sentence: Sentence, quantities: Sequence[Quantity]
) -> tuple[Quantity, ...]:
    """Give the counts of the sentence that belong to the event of `trigger`, the main one first.

    `event_type` is a PLOVER type, `modes` its modes; `quantities` are the report's. Raises nothing.
    """
    here = [q for q in quantities if sentence.start <= q.start and q.end <= sentence.end]
    fits = _fitting(event_type, modes)
    costs = {q: _cost(q, trigger, sentence, fits) + _listed(q, trigger, sentence, here) for q in here}
    near = sorted((q for q in here if costs[q] <= REACH), key=lambda q: (costs[q], q.start))
    return (near[0], *_companions(near[0], near[1:])) if near else ()


def _fitting(event_type: str, modes: Sequence[str]) -> dict[str, float]:
    """What a kind of count costs with an event: the kinds its type and modes are counted in cost nothing."""
    table = counting()["events"]
    costs: dict[str, float] = dict(table["any"])
    for name in (event_type, *modes):
        costs.update(table.get(name, {}))
    return costs


def _cost(quantity: Quantity, trigger: Span, sentence: Sentence, fits: dict[str, float]) -> float:
    return fits.get(quantity.kind, fits["other"]) + reach(quantity, trigger, sentence)


def _listed(quantity: Quantity, trigger: Span, sentence: Sentence, here: Sequence[Quantity]) -> float:
    """What a later member of a list before the trigger costs: of "96 trucks and 6 cars were hit" the first counts."""
    if trigger.start < quantity.start:
        return 0.0
    for other in here:
        between = sentence.text[other.end - sentence.start : max(0, quantity.start - sentence.start)]
        if (
            other.end <= quantity.start
            and {other.kind, quantity.kind} != {"killed", "wounded"}
            and _LIST.fullmatch(between)
        ):
            return LIST_COSTS
    return 0.0


def reach(quantity: Quantity, trigger: Span, sentence: Sentence) -> float:
    """How far a count stands from a trigger: words between, more across the edges of clauses."""
    if quantity.start < trigger.end and trigger.start < quantity.end:
        return 0.0
    after = trigger.end <= quantity.start
    first, last = (trigger.end, quantity.start) if after else (quantity.end, trigger.start)
    between = sentence.text[first - sentence.start : last - sentence.start]
    aside = ASIDE_COSTS if _ASIDE.search(sentence.text[: quantity.start - sentence.start]) else 0.0
    steps = (
        len(between.split())
        + COMMA_COSTS * min(COMMAS_AT_MOST, between.count(","))
        + EDGE_COSTS * len(_EDGE.findall(between))
    )
    return steps + aside + (0.0 if after else BEFORE_COSTS)


def _companions(best: Quantity, others: Sequence[Quantity]) -> list[Quantity]:
    """The wounded told beside the killed, and the other way round."""
    pair = {"killed": "wounded", "wounded": "killed"}.get(best.kind)
    return [q for q in others if q.kind == pair][:1]
