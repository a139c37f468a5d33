"""The gazetteer file, its look-up, and the import of a full GeoNames dump."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from brink.coding import gazetteer as module
from brink.coding.gazetteer import BUILT_IN, Gazetteer, areas, gazetteer, hand_file, import_dump, use
from brink.coding.gazetteer_file import CountryRow, Row, key_of, write
from brink.errors import UsageError


@pytest.fixture
def restored() -> Iterator[None]:
    yield
    use(None)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kyïv", "kyiv"),
        ("Donets'k", "donetsk"),
        ("Deir ez-Zor", "deir ez zor"),
        ("St. Petersburg", "saint petersburg"),
        ("Łódź", "lodz"),
        ("Møn", "mon"),
        ("U.S.A.", "usa"),
        ("  Côte d’Ivoire ", "cote divoire"),
        ("", ""),
    ],
)
def test_keys_forget_case_accents_and_points(name: str, key: str) -> None:
    assert key_of(name) == key


@pytest.mark.parametrize(
    ("name", "place", "country", "kind"),
    [
        ("Kiev", "Kyiv", "UKR", "P"), ("Bombay", "Mumbai", "IND", "P"), ("Peking", "Beijing", "CHN", "P"),
        ("Leningrad", "Saint Petersburg", "RUS", "P"), ("Rangoon", "Yangon", "MMR", "P"),
        ("Burma", "Myanmar", "MMR", "C"), ("Great Britain", "United Kingdom", "GBR", "C"),
        ("Ivory Coast", "Ivory Coast", "CIV", "C"), ("Russian Federation", "Russia", "RUS", "C"),
        ("Soviet Union", "Russia", "RUS", "C"), ("Anbar", "Al Anbar", "IRQ", "A"), ("Donetsk", "Donetsk", "UKR", "A"),
    ],
)  # fmt: skip
def test_names_old_and_new(name: str, place: str, country: str, kind: str) -> None:
    assert (place, country, kind) in {(c.name, c.country, c.kind) for c in gazetteer().find(name)}


def test_a_state_that_has_ended_keeps_its_name() -> None:
    assert [c.told for c in gazetteer().find("Czechoslovakia") if c.kind == "C"] == ["Czechoslovakia"]


def test_nothing_is_made_up() -> None:
    assert gazetteer().find("Qwertzburg-on-Sea") == ()
    assert gazetteer().by_id(1) is None
    assert gazetteer().country("ZZZ") is None


def test_the_built_in_file_is_small_and_read_only() -> None:
    assert BUILT_IN.stat().st_size <= 12_000_000
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        gazetteer()._base.execute("DELETE FROM place")


def test_hand_files_agree_with_the_gazetteer() -> None:
    g = gazetteer()
    for area in areas().values():
        assert area.precision in {"area", "admin1", "city", "country"}, area
        assert all(g.country(country) for country in area.countries), area
        if area.id is not None:
            known = g.by_id(area.id)
            assert known and (not area.countries or known.country in area.countries), area
        if area.precision in {"admin1", "city"}:
            assert area.id is not None, area
    names = hand_file("names.toml")
    assert all(g.by_id(int(number)) for part in ("towns", "abbreviations") for number in names[part])
    assert all(g.country(country) for part in ("countries", "ended") for country in names[part])


def test_the_same_content_has_the_same_hash(tmp_path: Path) -> None:
    rows = [Row(7, "Hollin", "P", "FR", None, 45.5, 3.25, 900, ("hollin",))]
    countries = [CountryRow("FR", "FRA", 3, 7)]
    first = write(tmp_path / "a.sqlite", rows, countries, "test")
    assert write(tmp_path / "b.sqlite", rows, countries, "another source") == first
    moved = [rows[0]._replace(lat=45.6)]
    assert write(tmp_path / "c.sqlite", moved, countries, "test") != first
    (found,) = Gazetteer(tmp_path / "a.sqlite").find("HOLLIN")
    assert (found.country, found.lat, found.lon, found.capital, found.own_name) == ("FRA", 45.5, 3.25, True, True)


def line(number: int, name: str, others: str, feature: str, code: str, country: str, region: str, people: int) -> str:
    cells = [
        number,
        name,
        name,
        others,
        "47.5",
        "35.5",
        feature,
        code,
        country,
        "",
        region,
        "",
        "",
        "",
        people,
        "",
        "",
        "",
        "",
    ]
    return "\t".join(map(str, cells)) + "\n"


DUMP = (
    line(690791, "Ukraine", "Ukraina", "A", "PCLI", "UA", "00", 44000000)
    + line(687699, "Zaporizhzhia", "", "A", "ADM1", "UA", "26", 1700000)
    + line(90000001, "Hlodavka", "Glodovka,Глодовка,GLD", "P", "PPL", "UA", "26", 40)
    + line(90000002, "Hlodavka Air Base", "", "S", "AIRB", "UA", "26", 0)
    + line(90000003, "Hlodavka Road", "", "R", "RD", "UA", "26", 0)
)


def dump_of(tmp_path: Path, text: str, name: str = "allCountries.txt") -> Path:
    path = tmp_path / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, text)
    return path


def test_a_full_dump_brings_villages_and_facilities(tmp_path: Path, restored: None) -> None:
    out = tmp_path / "full.sqlite"
    before = gazetteer().version
    assert import_dump(dump_of(tmp_path, DUMP), out) == 4
    use(out)
    (village,) = gazetteer().find("Glodovka")
    assert (village.name, village.kind, village.country, village.region) == ("Hlodavka", "P", "UKR", 687699)
    assert [c.kind for c in gazetteer().find("Hlodavka Air Base")] == ["S"]
    assert gazetteer().find("Hlodavka Road") == ()
    assert [c.kind for c in gazetteer().find("Ukraine")] == ["C"]
    assert gazetteer().version != before


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("one\ttwo\n", "allCountries.txt", "19"),
        (DUMP, "readme.md", "no .txt"),
    ],
)
def test_what_is_no_dump_is_refused(tmp_path: Path, text: str, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        import_dump(dump_of(tmp_path, text, name), tmp_path / "out.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == ["allCountries.zip"]


def test_what_is_no_zip_or_gazetteer_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "plain.zip"
    plain.write_text("no zip", "utf-8")
    with pytest.raises(UsageError, match="cannot be read"):
        import_dump(plain, tmp_path / "out.sqlite")
    with pytest.raises(UsageError, match="no gazetteer"):
        Gazetteer(plain)
    with pytest.raises(UsageError, match="missing"):
        Gazetteer(tmp_path / "none.sqlite")
    with pytest.raises(UsageError, match="missing"):
        use(tmp_path / "none.sqlite")
    assert module.gazetteer().path == BUILT_IN
