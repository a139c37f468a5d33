"""Is a text English? Told offline, and cheaply where it clearly is (see data/intake/language.toml)."""

from __future__ import annotations

import functools
import re
from typing import Any

from brink.errors import Reason, ReportError
from brink.intake.tables import table

_WORD = re.compile(r"[^\W\d_]+")


def check(text: str) -> bool:
    """True if the text was found to be English, False if it is too short to tell.

    Raises ReportError (LANGUAGE) that names the language where it is another one.
    """
    sample = text[: table("language")["sample"]]
    if sum(map(str.isalpha, sample)) < table("language")["letters"]:
        return False
    if english_share(sample) >= table("language")["share"]:
        return True
    code = _identify(sample)
    if code != "en" and not _english_without_names(sample):
        raise ReportError(Reason.LANGUAGE, f"The text looks {_name(code)}, and Brink reads English only.")
    return True


def english_share(text: str) -> float:
    """The share of a text's letters that stand in distinctly English function words, 0 to 1."""
    words = _WORD.findall(text.lower())
    letters = sum(map(len, words))
    return sum(len(w) for w in words if w in _function_words()) / letters if letters else 0.0


@functools.cache
def _function_words() -> frozenset[str]:
    return frozenset(table("language")["words"].split())


def _english_without_names(text: str) -> bool:
    """A second opinion without capitalised words: foreign names must not make an English report foreign."""
    rest = " ".join(w for w in _WORD.findall(text) if w[0].islower())
    return english_share(rest) >= table("language")["share"] and _identify(rest) == "en"


def _identify(text: str) -> str:
    code, _ = _model().classify(text)
    return str(code)


@functools.cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _name(code: str) -> str:
    from babel import Locale

    name = Locale("en").languages.get(code)
    return str(name) if name else f"like language '{code}'"
