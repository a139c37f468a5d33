"""Forgetting and retention: text goes everywhere, counts, ids and offsets stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from brink.errors import Reason, UsageError
from brink.records import CodedReport, Decision, Origin, OwnedQuantity, Party, Quantity, Rejection
from brink.store import Store, open_store
from export_samples import FIRST, SECOND, TEXT, THIRD
from store_places import KINDS, fresh
from store_samples import NEXT_CODER, told
from test_store_happenings import happening

URL = "https://news.example/shells-at-the-border"
PLAIN = " Ducks swam idly."


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(fresh(request.param, tmp_path)) as opened:
        yield opened


def everything(store: Store, tmp_path: Path) -> str:
    """Every value in every table, and on SQLite the bytes of its files."""
    with store._database.reading() as connection:
        tables = connection.dialect.get_table_names(connection)
        rows = [connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in tables if "_words_" not in name]
    files = [path.read_bytes().decode("latin-1") for path in tmp_path.iterdir() if path.is_file()]
    return repr(rows) + "".join(files)


def spans_hold(coded: CodedReport) -> None:
    """Every span still is what its offsets say."""
    spans = [*coded.mentions, *coded.unknowns, *(event.trigger for event in coded.events)]
    spans += [span for statement in coded.statements for span in statement.content]
    spans += [actor for event in coded.events for actor in event.actor]
    assert all(coded.report.text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize("what", ["Oleg Taran", "oleg  TARAN", "Óleg Taran", URL])
def test_what_is_forgotten_is_nowhere_and_the_counts_stay(store: Store, what: str, tmp_path: Path) -> None:
    store.add(told("r1", url=URL), "2024-03-03T09:00:00Z")
    store.add(told("r1", url=URL, coder=NEXT_CODER), None)
    store.add(told("r1", url=URL, more=" Corrected.", day="2024-03-05"), None)
    before = store.counts()
    assert store.forget(what) == 1
    assert store.counts() == before
    left = everything(store, tmp_path)
    for word in ("Taran", "Belarusian", "shelled", "Reuters", "Shells at the border", "shells-at", "Defence Minister"):
        assert word not in left, word
    [coded] = store.coded()
    assert (coded.report.id, coded.report.outlet, len(coded.report.text)) == (
        "r1",
        "The Example",
        len(TEXT + " Corrected."),
    )
    assert [event.actor[0].country for event in coded.events] == ["BLR", "BLR", "BLR"]
    assert [event.trigger.start for event in coded.events] == [e.trigger.start for e in told().events]
    spans_hold(coded)
    assert store.search("shelled") == []
    assert store.forget(what) == 0


def test_other_reports_keep_their_text(store: Store) -> None:
    other = told("r2", url="https://news.example/other")
    store.add(told("r1", url=URL), None)
    store.add(other, None)
    assert store.forget(URL) == 1
    assert store.report("r2") == other
    assert store.forget("Olega Taran") == 0
    assert store.forget("Taran Oleg") == 0
    assert store.report("r2") == other


def test_what_is_forgotten_stays_so_when_it_is_read_again(store: Store) -> None:
    store.add(told("r1", url=URL), None)
    store.forget(URL)
    assert store.add(told("r1", url=URL), None) == "same"
    assert store.add(told("r1", url=URL, coder=NEXT_CODER), None) == "recoded"
    assert store.add(told("r1", more=" Corrected.", day="2024-03-05"), None) == "version"
    assert store.add(told("copy", url=URL), None) == "new"
    assert [coded.report.text.strip() for coded in store.coded()] == ["", ""]
    assert [coded.report.url for coded in store.coded("2024-03-03")] == [None, None]
    assert store.search("shelled") == []


def test_a_person_is_forgotten_before_anything_was_read(store: Store) -> None:
    assert store.forget("Oleg Taran") == 0
    store.add(told(), None)
    assert store.counts().statements == 2
    assert store.report("r1").report.text == " " * len(TEXT)  # type: ignore[union-attr]


def test_happenings_decisions_and_refusals_forget_too(store: Store, tmp_path: Path) -> None:
    store.add(told("r1", url=URL), None)
    store.add(told("r2"), None)
    quantity = OwnedQuantity(Quantity(0, 9, "12 troops", "troops", 12, 12, None, False), "Belarus", None, "r1")
    origin = Origin("Oleg Taran", "BLR", "person", None, False, "asserts", "occurrence", "claim", ())
    store.save_happenings(
        [
            happening("h1", reports=("r1",), actor=(Party("The militia", None),), quantity=(quantity,)),
            happening("h2", reports=("r1", "r2"), actor=(Party("The militia", None),), quantity=(quantity,)),
            happening("h3", reports=("r3",), origins=(origin,)),
        ]
    )
    store.decide(Decision("camp", "Oleg Taran", None, "BLR", "ana", "2024-03-04T10:00:00Z", "Oleg Taran says so"))
    store.reject(Rejection(URL, Reason.ROBOTS, f"{URL} may not be read."))
    store.forget(URL)
    names = {one.id: [party.name for party in one.actor] for one in store.happenings()}
    assert names == {"h1": [" " * 11], "h2": ["The militia"], "h3": []}
    assert [one.quantity[0].quantity.text for one in store.happenings() if one.quantity] == [" " * 9] * 2
    store.forget("Oleg Taran")
    left = everything(store, tmp_path)
    assert "Taran" not in left
    assert "shells-at" not in left
    assert store.counts().rejections == {"robots": 1}
    assert store.decisions()[0].value == "BLR"


@pytest.mark.parametrize("what", ["", "  ", "...", "\n"])
def test_nothing_cannot_be_forgotten(store: Store, what: str) -> None:
    store.add(told(), None)
    with pytest.raises(UsageError):
        store.forget(what)
    assert store.report("r1") == told()


@pytest.mark.parametrize(
    ("keep", "there", "gone"),
    [
        ("full", [FIRST, SECOND, THIRD, "ALSO READ", PLAIN], []),
        ("sentences", [FIRST, SECOND, "The ministry denied that it had"], ["ALSO READ", "Ducks"]),
        (
            "spans",
            ["Oleg Taran", "shelled", "12 soldiers", "Hrodna"],
            ["Ducks", "ALSO READ", "border posts near", "killing"],
        ),
    ],
)
def test_an_outlets_texts_are_shortened_and_offsets_stay_true(
    store: Store, keep: str, there: list[str], gone: list[str], tmp_path: Path
) -> None:
    store.add(told("old", more=PLAIN), None)
    store.add(told("old", more=PLAIN, coder=NEXT_CODER), None)
    store.add(told("old", more=PLAIN), None)
    store.add(told("kept", more=PLAIN, outlet="Other"), None)
    assert store.retain("The Example", keep) == (0 if keep == "full" else 1)
    store.add(told("new", more=PLAIN), None)
    for id in ("old", "new"):
        coded = store.report(id)
        assert coded is not None
        left = coded.report.text
        assert len(left) == len(TEXT + PLAIN)
        assert all(words in left for words in there)
        assert not any(words in left for words in gone)
        spans_hold(coded)
        assert coded.events == told().events
        assert coded.statements == told().statements
    assert store.report("kept") == told("kept", more=PLAIN, outlet="Other")
    assert {one.report for one in store.search("ducks")} == ({"kept"} if gone else {"old", "new", "kept"})
    assert everything(store, tmp_path).count("shells at") == 0


def test_shortening_goes_one_way_until_the_text_is_coded_anew(store: Store) -> None:
    store.add(told(more=PLAIN), None)
    assert store.retain("The Example", "spans") == 1
    assert store.retain("The Example", "sentences") == 0
    assert store.retain("The Example", "full") == 0
    assert store.add(told(more=PLAIN), None) == "same"
    assert store.search("ducks") == []
    assert store.add(told(more=PLAIN, coder=NEXT_CODER), None) == "recoded"
    assert store.report("r1") == told(more=PLAIN, coder=NEXT_CODER)


def test_a_shortened_text_that_comes_back_is_no_correction(store: Store) -> None:
    store.add(told(more=PLAIN), None)
    store.retain("The Example", "spans")
    [coded] = store.coded()
    assert store.add(coded, None) == "same"
    assert len(store.versions("r1")) == 1


def test_retention_knows_three_levels(store: Store) -> None:
    with pytest.raises(UsageError, match="sentences"):
        store.retain("The Example", "none")
