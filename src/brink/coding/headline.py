"""What a report's title tells of the countries it is about. The title itself is never coded: others often wrote it."""

from __future__ import annotations

from brink.coding.names import references
from brink.coding.tokens import Tokens
from brink.coding.vocabulary import numbers


def countries_told(title: str | None) -> dict[str, float]:
    """How much each country that a title names counts for the report; nothing for a title in capitals alone."""
    votes: dict[str, float] = {}
    if not title or title.isupper():
        return votes
    weights = numbers("home")
    for r in references(Tokens(title)):
        if r.known.country and not r.known.shared and len(r.readings) == 1 and r.known.kind != "outlet":
            weight = weights["title"] * weights.get(r.known.kind, weights["other"])
            votes[r.known.country] = votes.get(r.known.country, 0.0) + weight
    return votes
