"""Who did it, and to whom: actors and recipients of an event."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from brink.records import Actor, Label, Link, Statement

if TYPE_CHECKING:
    from brink.coding.events import Scene

VERBAL = ("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN")
"""Types done by being said: without a named actor, whoever says it is the actor."""


def parties_of(
    number: int, scene: Scene, statement: Statement | None, resolve: Callable[[int, int], Actor]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Actors and recipients of the event label `number`, in text order."""
    actors, recipients = _chosen(number, scene)
    label = scene.labels[number]
    if label.kind == "CONSULT" and label.scores.get("mode:visit", 0.0) < 0.5:
        # All who meet are actors: only a visit has a host.
        actors, recipients = [*actors, *recipients], []
    who = _resolved(actors, scene, resolve)
    if not who and label.kind in VERBAL and (speaker := _speaker(label, scene, statement)):
        who = (speaker,)
    return who, _resolved(recipients, scene, resolve)


def _chosen(number: int, scene: Scene) -> tuple[list[int], list[int]]:
    """Label numbers of actors and recipients; a party stands where its link is likelier."""
    links = {kind: scene.links.get((number, kind), []) for kind in ("actor", "recipient")}
    chance = {kind: {x.tail: x.confidence for x in found} for kind, found in links.items()}
    least = scene.thresholds.party
    actors = [t for t, p in chance["actor"].items() if p >= least and p >= chance["recipient"].get(t, 0.0)]
    recipients = [t for t, p in chance["recipient"].items() if p >= least and p > chance["actor"].get(t, 0.0)]
    if not actors:
        actors = _lone(links["actor"], recipients, scene.thresholds.lone_party)
    return sorted(actors), sorted(recipients)


def _lone(links: list[Link], taken: list[int], least: float) -> list[int]:
    free = [x for x in links if x.tail not in taken and x.confidence >= least]
    best = max(free, key=lambda x: x.confidence, default=None)
    return [best.tail] if best else []


def _resolved(numbers: list[int], scene: Scene, resolve: Callable[[int, int], Actor]) -> tuple[Actor, ...]:
    return tuple(resolve(scene.labels[i].start, scene.labels[i].end) for i in numbers)


def _speaker(label: Label, scene: Scene, statement: Statement | None) -> Actor | None:
    """The speaker of the statement that holds the trigger, or whose cue is the trigger."""
    if statement:
        return statement.speaker
    for s in scene.statements:
        if s.cue and s.cue.start < label.end and label.start < s.cue.end:
            return s.speaker
    return None
