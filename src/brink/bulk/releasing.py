"""A dataset -> the files that others read (POLECAT, GDELT-style, ACLED-shaped, PLOVER …) and a codebook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from brink import export
from brink.bulk import paper
from brink.bulk.codebook import blocks, markdown
from brink.bulk.collapse import one_a_day
from brink.bulk.dataset import Dataset
from brink.bulk.ledgers import coded
from brink.errors import BulkError, UsageError

ENDINGS = {
    "polecat": "tsv", "gdelt": "tsv", "acled": "csv", "plover": "jsonl", "csv": "csv", "geojson": "geojson",
    "records": "jsonl",
}  # fmt: skip
USUAL = ("polecat", "gdelt", "acled", "plover")


def release(
    folder: Path, out: Path, formats: tuple[str, ...] = USUAL, collapsed: bool = False, include_modal: bool = False
) -> Iterator[str]:
    """Write one file a format, `codebook.md` and `codebook.pdf` to `out`, telling a sentence of each.

    `collapsed` keeps one event a day (see `collapse`). Raises UsageError for a format that is not known, BulkError
    where a dataset or a file cannot be read or written.
    """
    if unknown := [name for name in formats if name not in ENDINGS]:
        raise UsageError(f"There is no format '{unknown[0]}' to release; choose of {', '.join(ENDINGS)}.")
    dataset = Dataset(folder)
    manifest = dataset.manifest()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name in formats:
            path = out / f"events.{name}.{ENDINGS[name]}"
            with path.open("w", encoding="utf-8", newline="") as file:
                reports = one_a_day(coded(dataset)) if collapsed else coded(dataset)
                done = export.write(reports, name, file, include_modal=include_modal)
            yield " ".join([f"{done.written} event(s) of {done.reports} report(s) in {path}.", *done.notes()])
        pieces = tuple(blocks(manifest, formats, collapsed))
        (out / "codebook.md").write_text(markdown(pieces), "utf-8")
        paper.write(pieces, out / "codebook.pdf")
    except OSError as error:
        raise BulkError(f"{out} cannot be written: {error.strerror or error}.") from error
    yield f"The codebook is {out / 'codebook.md'}, and as PDF {out / 'codebook.pdf'}."
