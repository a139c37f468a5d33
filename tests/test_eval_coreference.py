"""The scorer of clusters against worked examples, and the reading of ECB+."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))

from coreference import conll, scores
from ecb import head
from ecb_plus import document


def test_the_worked_example_of_b3_and_muc() -> None:
    """Bagga and Baldwin (1998), response two: MUC precision 9/10; B3 precision 7/12 where the big chains are joined."""
    gold = ["12345", "67", "89ABC"]
    near, far = ["12345", "6789ABC"], ["1234589ABC", "67"]
    assert scores(gold, near)["MUC"].precision == scores(gold, far)["MUC"].precision == pytest.approx(9 / 10)
    assert scores(gold, near)["B3"].precision == pytest.approx((5 + 4 / 7 + 25 / 7) / 12)
    assert scores(gold, far)["B3"].precision == pytest.approx(7 / 12)
    assert scores(gold, far)["B3"].recall == scores(gold, far)["MUC"].recall == 1.0


def test_ceaf_aligns_each_cluster_with_one_alone() -> None:
    """Luo (2005): gold A of 5, B of 2, C of 5; one response cluster of all twelve meets one entity alone."""
    found = scores(["12345", "67", "89ABC"], ["123456789ABC"])["CEAF-e"]
    assert found.recall == pytest.approx((10 / 17) / 3)
    assert found.precision == pytest.approx(10 / 17)
    swapped = scores(["ab", "cd"], ["ac", "bd"])["CEAF-e"]
    assert swapped.f1 == pytest.approx(0.5)


def test_singletons_count_for_b3_and_ceaf_and_not_for_muc() -> None:
    alone = scores(["a", "b", "cd"], ["a", "b", "c", "d"])
    assert alone["MUC"].f1 == 0.0
    assert alone["B3"].precision == 1.0
    assert alone["B3"].recall == pytest.approx(3 / 4)
    assert alone["CEAF-e"].recall == pytest.approx((1 + 1 + 2 / 3) / 3)
    assert alone["CEAF-e"].precision == pytest.approx((1 + 1 + 2 / 3) / 4)
    assert conll(alone) == pytest.approx((0.0 + alone["B3"].f1 + alone["CEAF-e"].f1) / 3)


def test_other_mentions_on_one_side_are_refused() -> None:
    with pytest.raises(ValueError, match="same mentions"):
        scores(["ab"], ["ac"])
    with pytest.raises(ValueError, match="same mentions"):
        scores(["ab", "b"], ["ab", "b"])


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=20))
def test_recall_of_one_side_is_precision_of_the_other(labels: list[tuple[int, int]]) -> None:
    gold = [{i for i, (g, _) in enumerate(labels) if g == k} for k in range(5)]
    ours = [{i for i, (_, o) in enumerate(labels) if o == k} for k in range(5)]
    there, back = scores(gold, ours), scores(ours, gold)
    for name in there:
        assert there[name].recall == pytest.approx(back[name].precision)
    assert all(scores(gold, gold)[name].f1 == pytest.approx(1.0) for name in ("B3", "CEAF-e"))


FILE = """<Document doc_name="1_1ecbplus.xml">
<token t_id="1" sentence="0" number="0">http : / / x</token>
<token t_id="2" sentence="1" number="0">Rebels</token><token t_id="3" sentence="1" number="1">shot</token>
<token t_id="4" sentence="1" number="2">down</token><token t_id="5" sentence="1" number="3">a</token>
<token t_id="6" sentence="1" number="4">plane</token><token t_id="7" sentence="1" number="5">.</token>
<token t_id="8" sentence="2" number="0">They</token><token t_id="9" sentence="2" number="1">fled</token>
<Markables>
<ACTION_OCCURRENCE m_id="1"><token_anchor t_id="3"/><token_anchor t_id="4"/></ACTION_OCCURRENCE>
<HUMAN_PART_ORG m_id="2"><token_anchor t_id="2"/></HUMAN_PART_ORG>
<NEG_ACTION_OCCURRENCE m_id="3"><token_anchor t_id="9"/></NEG_ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="4" TAG_DESCRIPTOR="shooting"/>
</Markables>
<Relations><CROSS_DOC_COREF r_id="7" note="ACT9"><source m_id="1"/><target m_id="4"/></CROSS_DOC_COREF>
<INTRA_DOC_COREF r_id="8"><source m_id="3"/><target m_id="4"/></INTRA_DOC_COREF></Relations>
</Document>"""


def test_a_document_keeps_its_cleaned_sentences_mentions_and_chains(tmp_path: Path) -> None:
    path = tmp_path / "1_1ecbplus.xml"
    path.write_text(FILE, "utf-8")
    found = document(path, 1, {1, 2})
    assert found.text == "Rebels shot down a plane.\nThey fled\n"
    assert [found.text[s.start : s.end] for s in found.sentences] == ["Rebels shot down a plane.", "They fled"]
    assert [(found.text[m.start : m.end], m.chain) for m in found.events] == [
        ("shot down", "ACT9"), ("fled", "1_1ecbplus/8"),
    ]  # fmt: skip
    assert [m.words for m in found.marked] == [("Rebels",)]
    assert [m.id for m in document(path, 1, {2}).events] == ["1_1ecbplus#3"]


def test_the_head_of_a_mention() -> None:
    told = ["shot down", "sexual assault", "20 years in prison", "6 . 1 - magnitude earthquake", "put on", "up", "9/11"]
    assert [head(t.split()) for t in told] == ["shot", "assault", "years", "earthquake", "put", "up", "9/11"]
