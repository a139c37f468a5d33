"""The register of office holders: the built-in one, files in two forms, and errors in one sentence."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path

import pytest

from actor_reports import actor
from brink.coding.countries import rows
from brink.coding.register import holders, load_register, over
from brink.errors import RegisterError
from brink.records import RegisterEntry

ROW = "Ada Crowe\tForeign Minister\tMLT\tGOV;MIL\t2010-01-02\t2012-03-04"
ENTRY = RegisterEntry("Ada Crowe", "Foreign Minister", "MLT", ("GOV", "MIL"), date(2010, 1, 2), date(2012, 3, 4))


def test_built_in_register() -> None:
    register = load_register(None)
    assert register is load_register(None)
    assert len(register.entries) > 900
    assert len(register.hash) == 8


def test_built_in_terms_of_one_office_do_not_overlap() -> None:
    terms: dict[tuple[str | None, str], list[tuple[date, date, str]]] = {}
    for e in load_register(None).entries:
        if e.office in ("President", "Prime Minister", "Chancellor", "Secretary of State") and e.since:
            terms.setdefault((e.country, e.office), []).append((e.since, e.until or date.max, e.person))
    terms.pop(("CIV", "President"))  # Gbagbo and Ouattara both claimed the office for four months
    for held in terms.values():
        held.sort()
        clash = [(a, b) for a, b in itertools.pairwise(held) if a[1] > b[0] and a[2] != b[2]]
        assert not clash


def test_every_spelling_names_a_person_of_the_register() -> None:
    people = {e.person for e in load_register(None).entries}
    assert {name for name, _ in rows("spellings.tsv")} <= people


def test_tsv_and_json_give_the_same_register(tmp_path: Path) -> None:
    table, listed = tmp_path / "r.tsv", tmp_path / "r.json"
    table.write_text(f"# ours\nperson\toffice\tcountry\tsectors\tsince\tuntil\n{ROW}\n", "utf-8")
    item = {"person": "Ada Crowe", "office": "Foreign Minister", "country": "MLT", "sector": ["GOV", "MIL"],
            "since": "2010-01-02", "until": "2012-03-04"}  # fmt: skip
    listed.write_text(json.dumps([item]), "utf-8")
    assert load_register(table) == load_register(listed)
    assert load_register(table).entries == (ENTRY,)
    assert load_register(table).hash != load_register(None).hash


def test_open_and_missing_columns(tmp_path: Path) -> None:
    path = tmp_path / "r.tsv"
    path.write_text("Ada Crowe\tEnvoy of the UN\t-\nBo Ek\tMayor\tSWE\tGOV\t2001-01-01\n", "utf-8")
    assert load_register(path).entries == (
        RegisterEntry("Ada Crowe", "Envoy of the UN", None, ("GOV",)),
        RegisterEntry("Bo Ek", "Mayor", "SWE", ("GOV",), date(2001, 1, 1)),
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Ada Crowe\tMinister\n", "2 columns"),
        ("Ada Crowe\tMinister\tMalta\n", "'Malta' is no ISO"),
        ("Ada Crowe\tMinister\tMLT\tBOSS\n", "'BOSS' is no sector"),
        ("Ada Crowe\tMinister\tMLT\tGOV\t5 May\n", "'5 May' is no date"),
        ("Ada Crowe\tMinister\tMLT\tGOV\t2012-01-01\t2011-01-01\n", "before it begins"),
        ("-\tMinister\tMLT\n", "a person and an office"),
        ("[1, 2]", "expected tab-separated"),
        ("{", "is no JSON"),
    ],
)
def test_wrong_files_are_refused(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "r.txt"
    path.write_text(content, "utf-8")
    with pytest.raises(RegisterError, match=told):
        load_register(path)


def test_unreadable_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="cannot be read"):
        load_register(tmp_path / "none.tsv")
    (tmp_path / "binary.tsv").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(RegisterError, match="cannot be read"):
        load_register(tmp_path / "binary.tsv")


@pytest.mark.parametrize(
    ("day", "office"),
    [
        (date(2005, 1, 1), "President"),
        (date(2010, 1, 1), "Prime Minister"),
        (date(1990, 1, 1), "Prime Minister"),
        (None, "President"),
    ],
)
def test_the_entry_of_a_day(day: date | None, office: str) -> None:
    found = holders(load_register(None)).named("Vladimir Putin", day)
    assert found and found.office == office


@pytest.mark.parametrize("name", ["Moammar Gadhafi", "Muammar Gaddafi", "muammar gaddafi", "Muammar al-Gaddafi"])
def test_spellings_find_their_person(name: str) -> None:
    found = holders(load_register(None)).named(name, date(2005, 1, 1))
    assert found and found.person == "Muammar Gaddafi"


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2012, 3, 4), False), (date(2012, 3, 5), True), (date(2009, 1, 1), False), (None, False)]
)
def test_over(day: date | None, expected: bool) -> None:
    assert over(ENTRY, day) is expected


def test_a_given_register_is_used_instead_of_the_built_in_one(tmp_path: Path) -> None:
    path = tmp_path / "r.tsv"
    path.write_text(ROW, "utf-8")
    register = load_register(path)
    found = actor("Ada Crowe smiled.", "Ada Crowe", {"Ada Crowe": "PER"}, date(2011, 1, 1), register)
    assert (found.office, found.country, found.sector) == ("Foreign Minister", "MLT", ("GOV", "MIL"))
    other = actor("Vladimir Putin smiled.", "Vladimir Putin", {"Vladimir Putin": "PER"}, date(2011, 1, 1), register)
    assert other.office is None


def test_csv_and_wikidata_results_give_the_same_register(tmp_path: Path) -> None:
    rows = tmp_path / "r.csv"
    rows.write_text('person,office,country,sectors,since,until\nAda Brandt,"Minister, Foreign",DEU,GOV,2019-03-01,-\n')
    answers = tmp_path / "w.json"
    answers.write_text(json.dumps({"results": {"bindings": [{
        "personLabel": {"value": "Ada Brandt"}, "positionLabel": {"value": "Minister, Foreign"},
        "iso3": {"value": "DEU"}, "start": {"value": "2019-03-01T00:00:00Z"},
    }]}}))  # fmt: skip
    assert load_register(rows).entries == load_register(answers).entries
    assert [e.office for e in load_register(rows).entries] == ["Minister, Foreign"]
