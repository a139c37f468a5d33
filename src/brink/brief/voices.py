"""Who tells a happening, who denies it, and the sentence that heads it: somebody's word, never the brief's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brink.brief.acts import NOBODY, clause, tense_of
from brink.brief.names import clean, count, is_plural, listed, named, opened, origin, table
from brink.brief.view import View, unique
from brink.codebook import quad
from brink.records import Happening, Origin

VERBAL = frozenset({"verbal_cooperation", "verbal_conflict"})


@dataclass(frozen=True, slots=True)
class Voices:
    """The origins on which a happening's standing rests today: who says so, who denies, who doubts."""

    asserting: tuple[Origin, ...]
    denying: tuple[Origin, ...]
    doubting: tuple[Origin, ...]


def voices(h: Happening) -> Voices:
    """The origins that stand, as the ledger reckons them: those of the outcome once any is told, else of the claim."""
    now = [o for o in h.origins if o.until is None]
    outcome = [o for o in now if o.of == "outcome" and o.stance != "doubts"]
    seen = outcome or [o for o in now if o.of == "claim"]
    denying = tuple(o for o in seen if o.stance == "denies" and o.on not in ("quantity", "extent"))
    asserting = tuple(o for o in seen if o.stance == "asserts")
    return Voices(asserting, denying, tuple(o for o in now if o.stance == "doubts"))


def names_of(origins: Sequence[Origin]) -> list[str]:
    """Names of origins in words, once each."""
    return list(dict.fromkeys(origin(o) for o in origins))


def sentence(view: View, h: Happening) -> str:
    """The happening in one sentence, ascribed; its place and days stand in brackets behind it."""
    return opened(_ascribed(h) + bracket(view, h))


def bracket(view: View, h: Happening) -> str:
    """Place and days of the act in brackets, as far as they are told; "" for neither."""
    said = {p.name for p in (*h.actor, *h.recipient)}
    place = _place(h.place.name) if h.place and h.place.name not in said else ""
    when = view.days(h.time) if h.time else ""
    told = ", ".join(filter(None, (place, when)))
    return f" ({told})" if told else ""


def _place(name: str) -> str:
    return clean(name) if name.islower() else named(name)


def _ascribed(h: Happening) -> str:
    told, tense = voices(h), tense_of(h)
    if h.standing == "contradicted":
        return _disputed(h, tense)
    if h.status == "retracted":
        return f"taken back by all who told it: that {clause(h, tense)}"
    if h.phase == "called_off" and told.asserting:
        return _says(h, told.asserting, "", f"this is called off: {clause(h, 'would')}")
    if h.promise is not None and (ahead := _ahead(h, told)):
        return ahead
    if not told.asserting:
        return _denied(h, told)
    if own_word(h) and (h.deed is not None or tense != "will"):
        return clause(h, "now")
    if h.standing == "corroborated":
        number = len(names_of(told.asserting))
        return f"{count(number, 'origin')} say independently that {clause(h, tense)}"
    return _says(h, told.asserting, tense)


def _disputed(h: Happening, tense: str) -> str:
    on = [a for a in h.contradicted_on if a not in ("occurrence", "quantity", "extent")]
    about = listed([table("words")["disputed"][a] for a in on])
    return f"it is disputed {about + ', and ' if about else ''}whether {clause(h, tense)}"


def _ahead(h: Happening, told: Voices) -> str:
    """A promise of which the outcome is only that time went by, or that outlets tell it; "" for any other."""
    outcome = h.promise.outcome if h.promise else ""
    if outcome == "overdue":
        return f"no report tells that it was done: {_promised(h)}"
    if only_outlets_tell_it_done(h):
        return f"outlets say in their own voice that {clause(h, tense_of(h))}"
    if outcome in ("lapsed", "not_true") and all(o.of == "claim" for o in (*told.asserting, *told.denying)):
        return f"the day named has passed: {_promised(h)}"
    return ""


def only_outlets_tell_it_done(h: Happening) -> bool:
    """Whether a promise counts as done though no origin of its outcome is left: outlets' own voice adds none."""
    done = h.status == "fulfilled"
    return done and not any(o.of == "outcome" and o.stance == "asserts" and o.until is None for o in h.origins)


def _promised(h: Happening) -> str:
    if own_word(h):
        return clause(h, "has")
    by = named(h.promise.by) if h.promise and h.promise.by else NOBODY
    return f"{by} said that {clause(h, 'would', _it(h, by))}"


def _denied(h: Happening, told: Voices) -> str:
    names = names_of(told.denying)
    if not names:
        return f"nobody who tells it is named: that {clause(h, tense_of(h))}"
    if h.promise is not None:
        return _says(h, told.denying, "not")
    return f"{listed(names)} {_verb(names, 'deny', 'denies')} that {clause(h, 'has', _it(h, listed(names)))}"


def _says(h: Happening, origins: Sequence[Origin], tense: str, what: str = "") -> str:
    names = names_of(origins)
    who = listed(names)
    return f"{who} {_verb(names, 'say', 'says')} that {what or clause(h, tense, _it(h, who))}"


def _verb(names: Sequence[str], many: str, one: str) -> str:
    return many if len(names) > 1 or is_plural(names[0]) else one


def _it(h: Happening, teller: str) -> str:
    """ "it" where the only teller is the only actor and a state or a body; a person's pronoun is not ours to guess."""
    alone = len(h.actor) == 1 and named(h.actor[0].name) == teller
    body = any(named(o.name) == teller and o.kind in ("state", "group", "body") for o in h.origins)
    return "it" if alone and body else ""


def own_word(h: Happening) -> bool:
    """Whether what is said (any verbal event but talks) is told by its own speaker, and so done by being said."""
    said = quad(h.event) in VERBAL and h.event != "CONSULT"
    acting = {p.name for p in h.actor} | {p.country for p in h.actor}
    return said and any(o.name in acting for o in h.origins if o.stance == "asserts" and o.until is None)


def reports_of(origins: Sequence[Origin]) -> tuple[str, ...]:
    """Ids of the reports in which origins are told."""
    return unique(t.report for o in origins for t in o.tellings)
