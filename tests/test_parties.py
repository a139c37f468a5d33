"""Who takes part in an act by the words around it, where the model links nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brink.coding.events import Scene, linked
from brink.coding.parties import parties_of
from brink.coding.thresholds import load_thresholds
from brink.records import Actor, Cue, Label, Link, Sentence, Span, Statement


def scene(text: str, trigger: str, kind: str, statements: tuple[Statement, ...] = ()) -> Scene:
    at = text.index(trigger)
    labels = [Label(at, at + len(trigger), trigger, "event", kind, 0, 0.9)]
    return Scene(text, [Sentence(0, 0, 0, len(text), text)], labels, {}, statements, load_thresholds())


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "actors"),
    [
        ("Fears of a Russian attack grow.", "attack", "ASSAULT", ["Russian"]),
        ("Israeli strikes went on.", "strikes", "ASSAULT", ["Israeli"]),
        ("French strikes went on.", "strikes", "ASSAULT", ["French"]),
        ("Palestinian deaths rose.", "deaths", "ASSAULT", []),
        ("Nigerians killed are mourned.", "killed", "ASSAULT", []),
        ("The Moscow attack is mourned.", "attack", "ASSAULT", []),
        ("Fears of a Martian attack grow.", "attack", "ASSAULT", []),
        ("Fears of an attack grow.", "attack", "ASSAULT", []),
        ("There was Russian criticism.", "criticism", "ACCUSE", []),
    ],
)
def test_an_adjective_of_a_people_is_the_doer(text: str, trigger: str, kind: str, actors: list[str]) -> None:
    def resolve(start: int, end: int) -> Actor:
        return Actor(start, end, text[start:end], text[start:end])

    who, _ = parties_of(0, scene(text, trigger, kind), None, resolve)
    assert [a.text for a in who] == actors


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("In a meeting with the President, Marsh said that all was well.", ["Marsh"]),
        ("Marsh said during his long meeting with the President that all was well.", ["Marsh"]),
        ("Marsh said that the meeting with the President was off.", []),
        ("In a meeting of the cabinet, Marsh said that all was well.", []),
    ],
)
def test_who_speaks_at_a_meeting_takes_part(text: str, there: list[str]) -> None:
    at, cue = text.index("Marsh"), text.index("said")
    speaker = Actor(at, at + 5, "Marsh", "Marsh")
    said = Statement("s1", speaker, (), Cue(cue, cue + 4, "said", "say"), (Span(0, 1, text[0]),), "indirect", 0.9)
    who, _ = parties_of(
        0, scene(text, "meeting", "CONSULT", (said,)), None, lambda a, b: Actor(a, b, text[a:b], text[a:b])
    )
    assert [a.text for a in who] == there


@pytest.mark.parametrize(
    ("words", "told_by", "country"),
    [
        ("The army", "ISR", "ISR"),
        ("The army", None, "PSE"),
        ("The army", "UN", "PSE"),
        ("The army of Peru", "ISR", "PSE"),
    ],
)
def test_an_organ_without_its_country_is_its_tellers(words: str, told_by: str | None, country: str) -> None:
    text = f"{words} has left Gaza, the speaker said."

    def resolve(start: int, end: int) -> Actor:
        return Actor(start, end, text[start:end], text[start:end].removeprefix("The "), country="PSE")

    party = Label(0, len(words), words, "party", "party", 0, 0.9)
    here = scene(text, "has left", "RETREAT")
    speaker = Actor(text.index("the speaker"), text.index(" said"), "the speaker", "speaker", country=told_by)
    told = Statement("s1", speaker, (), None, (Span(0, len(text) - 20, text[:-20]),), "indirect", 0.9)
    here = replace(here, labels=[*here.labels, party], links={(0, "actor"): [Link("actor", 0, 1, 0.99)]})
    who, _ = parties_of(0, here, told, resolve)
    assert [a.country for a in who] == [country]


@pytest.mark.parametrize(
    ("text", "far", "near", "expected"),
    [
        ("They fired at Sokh and never at Sogment.", "Sogment", "Sokh", "Sokh"),
        ("They fired at Sokh, not at Sogment.", "Sogment", "Sokh", "Sokh"),
        ("They fired at Sokh and at Sogment.", "Sogment", "Sokh", "Sogment"),
        ("They fired, but not in the Sogment.", "Sogment", "Sogment", None),
    ],
)
def test_a_place_set_against_the_true_one_is_not_where_it_was(
    text: str, far: str, near: str, expected: str | None
) -> None:
    at = text.index("fired")
    labels = [Label(at, at + 5, "fired", "event", "ASSAULT", 0, 0.9)]
    links = []
    for number, (word, sure) in enumerate(((far, 0.9), (near, 0.8)), 1):
        start = text.index(word)
        labels.append(Label(start, start + len(word), word, "argument", "place", 0, 0.9))
        links.append(Link("place", 0, number, sure))
    whole = Scene(text, [Sentence(0, 0, 0, len(text), text)], labels, {(0, "place"): links}, (), load_thresholds())
    found = linked(0, "place", whole)
    assert (found.text if found else None) == expected


def test_who_is_named_in_a_later_sentence_gives_way_to_who_is_named_here() -> None:
    text = "Some troops are returning to base. Units of the south lead."
    first, second = Sentence(0, 0, 0, 34, text[:34]), Sentence(1, 0, 35, len(text), text[35:])
    spans = [("returning", "event", "RETREAT", 0), ("Some troops", "argument", "party", 0)]
    spans.append(("Units of", "argument", "party", 1))
    labels = [Label(text.index(w), text.index(w) + len(w), w, layer, kind, n, 0.9) for w, layer, kind, n in spans]
    links = {(0, "actor"): [Link("actor", 0, 1, 0.6), Link("actor", 0, 2, 0.9)]}

    def actors(links: dict[tuple[int, str], list[Link]]) -> list[str]:
        told = Scene(text, [first, second], labels, links, (), load_thresholds())
        return [a.text for a in parties_of(0, told, None, lambda a, b: Actor(a, b, text[a:b], None))[0]]

    assert actors(links) == ["Some troops"]
    assert actors({(0, "actor"): [Link("actor", 0, 2, 0.9)]}) == ["Units"]


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "sure", "expected"),
    [
        ("Fears of a Russian attack grow, the crew said.", "attack", "ASSAULT", 0.05, "Russian"),
        ("Fears of a Russian attack grow, the crew said.", "attack", "ASSAULT", 0.9, "the crew"),
        ("Fears of an attack grow, the crew said.", "attack", "ASSAULT", 0.02, None),
        ("Fears of a retreat grow, the crew said.", "retreat", "RETREAT", 0.05, "the crew"),
        ("Quit now, Marsh urged the crew.", "urged", "REQUEST", 0.02, "Marsh"),
        ("Quit now, Marsh urged the crew.", "urged", "REQUEST", 0.9, "the crew"),
    ],
)
def test_a_doubtful_actor_gives_way_to_an_adjective_and_to_who_says_it(
    text: str, trigger: str, kind: str, sure: float, expected: str | None
) -> None:
    at = text.find("Marsh")
    cue = text.find("urged")
    speaker = Actor(at, at + 5, "Marsh", "Marsh")
    said = Statement("s1", speaker, (), Cue(cue, cue + 5, "urged", "ask"), (Span(0, 8, text[:8]),), "indirect", 0.9)
    here = scene(text, trigger, kind, (said,) if at >= 0 else ())
    crew = text.index("the crew")
    party = Label(crew, crew + 8, "the crew", "argument", "party", 0, 0.9)
    # Grammar speaks, too: left out here.
    plain = replace(here.thresholds, grammar={})
    here = replace(
        here, labels=[*here.labels, party], thresholds=plain, links={(0, "actor"): [Link("actor", 0, 1, sure)]}
    )
    who, _ = parties_of(0, here, None, lambda a, b: Actor(a, b, text[a:b], text[a:b]))
    assert [a.text for a in who] == ([expected] if expected else [])
