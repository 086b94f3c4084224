"""Files that came compressed are deduplicated as they are."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from tools import at, read_files

from review.errors import FormatError, ReviewError

RIS = b"TY  - JOUR\nTI  - Working together in small towns\nPY  - 2001\nER  - \n"


def test_gzip_and_zip_give_what_the_files_in_them_do(tmp_path: Path) -> None:
    plain, packed, archive = tmp_path / "a.ris", tmp_path / "b.ris.gz", tmp_path / "c.zip"
    plain.write_bytes(RIS)
    packed.write_bytes(gzip.compress(RIS))
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("one.ris", RIS)
        members.writestr("two.csv", "record_id,title,year\n77,Working together in small towns,2001\n")
        members.writestr("bad.ris", RIS + b"TY  - JOUR\nER  - \n")
    records, rejects = read_files([plain, packed, archive], lambda *_: None)
    assert records["key"].to_list() == ["a.ris:1", "b.ris.gz:1", "c.zip/one.ris:1", "77", "c.zip/bad.ris:1"]
    assert set(records["title"]) == {"Working together in small towns"}
    assert [(name, reject.line) for name, reject in rejects] == [(f"{archive}/bad.ris", 5)]


def test_what_was_left_aside_in_an_archive_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as members:
        members.writestr("one.ris", RIS)
        members.writestr("paper.pdf", b"%PDF-1.7")
    records, aside = at("review.dedup.reading").read_parts([tmp_path / "c.zip"], lambda *_: None)
    assert (len(records), aside.notes) == (1, [f"{tmp_path}/c.zip/paper.pdf: not read: a PDF"])


def test_a_workbook_in_an_archive_is_read(tmp_path: Path) -> None:
    book, held = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (("title", "year"), ("Working together in small towns", 2001)):
        book.active.append(row)
    book.save(held)
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as members:
        members.writestr("one.xlsx", held.getvalue())
    records, rejects = read_files([tmp_path / "c.zip"], lambda *_: None)
    assert (records["title"].to_list(), records["year"].to_list(), rejects) == (["Working together in small towns"], [2001], ())


@pytest.mark.parametrize("name", ["a.ris", "a.csv"])
def test_records_are_read_again_with_their_keys_from_files_that_are_as_they_were(tmp_path: Path, name: str) -> None:
    def written(*ids: int) -> bytes:
        rows = b"".join(b"r%d,Working together in small towns,2001\n" % n for n in ids)
        return RIS * len(ids) if name == "a.ris" else b"record_id,title,year\n" + rows

    again = at("review.dedup.reading").again
    path = tmp_path / name
    path.write_bytes(written(1, 2))
    known, _ = read_files([path], lambda *_: None)
    assert [r.key for r in again([path], known)] == known["key"].to_list()
    for changed, said in (((1,), "fewer records"), ((1, 2, 3), "not as it was"), ((1, 3), "not as it was" if name == "a.csv" else "")):
        path.write_bytes(written(*changed))
        if said:
            with pytest.raises(ReviewError, match=said):
                list(again([path], known))


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "b.ris.gz"
    broken.write_bytes(gzip.compress(RIS * 100)[:-20])
    with pytest.raises(FormatError, match=r"b\.ris\.gz: .*damaged"):
        read_files([broken], lambda *_: None)


@pytest.mark.parametrize(
    "data",
    [RIS, gzip.compress(RIS, mtime=0), b"record_id,title,year\n77,Working together in small towns,2001\n"],
    ids=["RIS", "gzip", "CSV"],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    records, rejects = read_files([Path("-")], lambda *_: None)
    assert records["title"].to_list() == ["Working together in small towns"]
    assert not rejects
