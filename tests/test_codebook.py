"""PLOVER's words and numbers, and the way from and to CAMEO."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from brink import codebook
from brink.codebook import Context, EventType, Mode, Quad
from brink.errors import CodebookError

EVERY = [(e, m) for e in EventType for m in (None, *codebook.modes_of(e))]


@pytest.mark.parametrize(
    ("event", "modes", "expected"),
    [
        ("ACCUSE", (), -3.0),
        ("ACCUSE", ("investigate",), -3.5),
        ("RETREAT", ("withdraw",), 8.0),
        ("RETREAT", ("release", "disarm"), 10.0),
        ("SANCTION", ("withdraw",), -6.0),
        ("REQUEST", (), 0.0),
        ("ASSAULT", ("beat", "unconventional"), -10.0),
    ],
)
def test_score(event: str, modes: tuple[str, ...], expected: float) -> None:
    assert codebook.score(event, modes) == expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("AGREE", Quad.VERBAL_COOPERATION),
        ("AID", Quad.MATERIAL_COOPERATION),
        ("REQUEST", Quad.VERBAL_CONFLICT),
        ("MOBILIZE", Quad.MATERIAL_CONFLICT),
    ],
)
def test_quad(event: str, expected: Quad) -> None:
    assert codebook.quad(event) == expected


def test_every_type_and_mode_has_score_quad_and_cameo_code() -> None:
    for event, mode in EVERY:
        modes = (mode,) if mode else ()
        assert -10 <= codebook.score(event, modes) <= 10
        assert codebook.cameo(event, modes).isdigit()
    assert {m for _, m in EVERY} - {None} == set(Mode)


def test_score_and_quad_agree_in_sign() -> None:
    for event, mode in EVERY:
        value = codebook.score(event, (mode,) if mode else ())
        assert value >= 0 or codebook.quad(event) in (Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT)


@pytest.mark.parametrize(
    ("code", "event", "mode", "context"),
    [
        ("0871", "RETREAT", "ceasefire", ("military",)),
        ("091", "ACCUSE", "investigate", ("crime", "corruption")),
        ("14", "PROTEST", None, ()),
        ("1384", "THREATEN", "violence", ("military",)),
        ("163", "COERCE", "restrict", ("diplomatic",)),
        ("186", "ASSAULT", None, ()),  # "assassinate" is no mode of PLOVER 0.8
        ("073", "AID", None, ()),  # nor is "humanitarian" a context
        ("0579", "SUPPORT", None, ("diplomatic",)),  # read as its base code
    ],
)
def test_from_cameo(code: str, event: str, mode: str | None, context: tuple[str, ...]) -> None:
    found = codebook.from_cameo(code)
    assert (found.event, found.mode, found.context) == (event, mode, context)


def test_every_cameo_code_converts() -> None:
    lines = files("brink.data").joinpath("plover/cameo.tsv").read_text("utf-8").splitlines()
    codes = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    assert len(codes) == 256
    assert {type(c) for code in codes for c in codebook.from_cameo(code).context} == {Context}


def test_every_listed_unknown_word_is_in_the_table() -> None:
    data = files("brink.data")
    rows = data.joinpath("plover/cameo.tsv").read_text("utf-8")
    listed = tomllib.loads(data.joinpath("plover/unknown.toml").read_text("utf-8"))
    assert all("\t".join(word.split("/")) in rows for word in listed["modes"])
    assert all(word in rows for word in listed["contexts"])


def test_what_is_said_to_be_kept_comes_back() -> None:
    for event, mode in EVERY:
        modes = (mode,) if mode else ()
        if codebook.cameo_loss(event, modes) is None:
            back = codebook.from_cameo(codebook.cameo(event, modes))
            assert (back.event, back.mode) == (event, mode)


@pytest.mark.parametrize("ask", [("FIGHT", ()), ("AGREE", ("visit",)), ("assault", ())])
def test_unknown_words_are_refused(ask: tuple[str, tuple[str, ...]]) -> None:
    for function in (codebook.score, codebook.cameo, codebook.cameo_loss):
        with pytest.raises(CodebookError):
            function(*ask)


@pytest.mark.parametrize("code", ["", "999", "ab", "1"])
def test_unknown_cameo_code_is_refused(code: str) -> None:
    with pytest.raises(CodebookError):
        codebook.from_cameo(code)


@pytest.mark.parametrize("event", ["FIGHT", ""])
def test_unknown_type_is_refused(event: str) -> None:
    with pytest.raises(CodebookError):
        codebook.quad(event)
    with pytest.raises(CodebookError):
        codebook.modes_of(event)
