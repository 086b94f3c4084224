"""Compressed exports: gzip, and ZIPs of exports; workbooks are none."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from forked import Forked
from hypothesis import given
from hypothesis import strategies as st
from support import Small, ris

from review.errors import FormatError
from review.formats.packed import parts
from review.workspace import Workspace

RIS = ris(("A study of one thing", "A study of another"), prefix="A").encode()
NBIB = b"PMID- 1\nTI  - A third study\n\n"


def zipped(*members: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def held(data: bytes) -> list[tuple[str, bytes]]:
    return [(part.inner, b"" if part.aside else part.stream.read()) for part in parts(io.BytesIO(data))]


def test_what_an_archive_holds() -> None:
    assert held(RIS) == [("", RIS)]
    assert held(gzip.compress(RIS)) == [("", RIS)]
    assert held(gzip.compress(RIS[:50]) + gzip.compress(RIS[50:])) == [("", RIS)]
    litter = [("__MACOSX/._a.ris", b"x"), (".DS_Store", b"x"), ("b/", b"")]
    assert held(zipped(("b/a\x1b.ris", RIS), *litter, ("c.nbib", NBIB))) == [("b/a_.ris", RIS), ("c.nbib", NBIB)]
    assert [p.aside[:6] for p in parts(io.BytesIO(zipped(("articles.csv", b"x"), ("customizations_log.csv", b"x"))))] == ["", "Rayyan"]


def test_papers_and_pictures_beside_exports_are_left_aside_with_a_word() -> None:
    beside = zipped(("a.ris", RIS), ("paper.pdf", b"%PDF-1.7"), ("flow", b"\x89PNG\r"), ("list.pdf", RIS))
    assert [(part.inner, part.aside) for part in parts(io.BytesIO(beside))] == [
        ("a.ris", ""), ("paper.pdf", "a PDF"), ("flow", "a PNG image"), ("list.pdf", ""),
    ]  # fmt: skip


def test_documents_that_are_zips_are_no_archives() -> None:
    book = zipped(("[Content_Types].xml", b""), ("xl/workbook.xml", b""))
    for data in (book, book[:110], zipped(("mimetype", b"application/epub+zip"))):
        assert held(data) == [("", data)]
    # … but a ZIP may hold one, packed no further
    assert held(zipped(("a.xlsx", book), how=zipfile.ZIP_STORED)) == [("a.xlsx", book)]


def test_a_part_is_read_twice_and_from_the_middle() -> None:
    for data in (gzip.compress(RIS), zipped(("a", RIS))):
        for part in parts(io.BytesIO(data)):
            assert part.stream.read(10) == RIS[:10]
            part.stream.seek(-5, io.SEEK_CUR)
            assert part.stream.read(10) == RIS[5:15]
            part.stream.seek(0)
            assert part.stream.read() == RIS


def locked() -> bytes:
    data = bytearray(zipped(("a.ris", RIS)))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + place] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (zipped(("a.ris", RIS))[:200], "damaged or cut off"),
        (gzip.compress(RIS)[:100], "damaged or cut off"),
        (gzip.compress(RIS)[:-8] + b"12345678", "damaged or cut off"),
        (zipped(("a.csv", b"a,b\n" * 20_000_000)), "unpacks to more"),
        (gzip.compress(b"a,b\n" * 20_000_000, 9), "unpacks to more"),
        (zipped(), "no file"),
        (zipped(("a.pdf", b"%PDF-1.7"), ("customizations_log.csv", b"x")), "no file .* is a list of references"),
        (locked(), "encrypted"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_what_is_refused_and_how(data: bytes, says: str) -> None:
    with pytest.raises(FormatError, match=says) as error:
        held(data)
    assert error.value.hint


@given(place=st.integers(0, 400), junk=st.binary(max_size=4))
def test_a_damaged_archive_is_refused_or_read(place: int, junk: bytes) -> None:
    for whole in (gzip.compress(RIS, mtime=0), zipped(("a.ris", RIS), ("b.nbib", NBIB))):
        data = whole[:place] + junk + whole[place + len(junk) :]
        with suppress(FormatError):
            held(data)


def test_a_member_without_a_name_is_read() -> None:
    assert held(zipped(("a.ris", RIS)).replace(b"a.ris", b"\0.ris")) == [("_", RIS)]  # a name ends at its first NUL


@pytest.fixture
def here(tmp_path: Path) -> Small:
    (tmp_path / "a.ris.gz").write_bytes(gzip.compress(RIS))
    (tmp_path / "x.zip").write_bytes(zipped(("a/scopus.ris", RIS), ("customizations_log.csv", b"x"), ("b.txt", NBIB), ("list", b"Hi\n")))
    return Forked(tmp_path)


def test_describe_and_convert_tell_of_each_file(here: Small) -> None:
    files = here.json("describe", "a.ris.gz", "x.zip", code=1)["files"]
    assert [(f["file"], f["format"]) for f in files] == [
        ("a.ris.gz", "ris"), ("x.zip/a/scopus.ris", "ris"), ("x.zip/b.txt", "nbib"), ("x.zip/list", None),
    ]  # fmt: skip
    assert files[1]["records"] == 2
    told = here("convert", "x.zip", "-o", "out.csv", code=1).stderr
    assert "`x.zip/list` is in no format" in told
    assert not (here.root / "out.csv").exists()
    (here.root / "x.zip").write_bytes(
        zipped(("a.ris", RIS), ("b.txt", NBIB), ("c.pdf", b"%PDF-1.7"), ("Read me.txt", b"Hi\n"), ("readme.ris", RIS))
    )
    told = here("convert", "x.zip", "a.ris.gz", "-o", "out.csv").stderr
    assert "x.zip/c.pdf: not read: a PDF" in told
    assert "x.zip/Read me.txt: not read: words for people" in told
    assert "1 from x.zip/b.txt (nbib)" in told
    assert (here.root / "out.csv").read_text(encoding="utf-8-sig").count("A study of one thing") == 3


def test_what_is_imported_is_proven_by_its_content_and_by_what_came(small: Forked) -> None:
    from hashlib import sha256

    (small.root / "a.ris.gz").write_bytes(gzip.compress(RIS))
    (small.root / "x.zip").write_bytes(zipped(("b.nbib", NBIB), ("list", b"Hi\n")))
    (small.root / "a.ris").write_bytes(RIS)
    small("import", "a.ris.gz", "--source", "alpha", "--date", "2025-05-01")
    told = small("import", "x.zip", "--source", "beta", "--date", "2025-05-01", code=1)
    assert "x.zip/b.nbib: nbib, 1 entry = " in told.stdout
    assert "1 of 2 files were not imported" in told.stderr
    folder = small.root / "queries" / "small" / "alpha" / "2025-05-01"
    (file,) = json.loads((folder / "manifest.json").read_text())["files"]
    assert (folder / "a.ris.gz").read_bytes() == (small.root / "a.ris.gz").read_bytes()
    assert (file["sha256"], file["size"]) == (sha256(RIS).hexdigest(), len(RIS))
    assert file["packed"] == sha256((folder / "a.ris.gz").read_bytes()).hexdigest()
    # The same content, however it is packed, is the same file.
    assert "imported before" in small("import", "a.ris", "--source", "alpha", "--date", "2025-05-01").stdout
    assert "already imported" in small("import", "a.ris", "--source", "beta", "--date", "2025-05-01", code=2).stderr
    space = Workspace(small.root, "small")
    assert [space.archived(search, f) for search in space.searches() for f in search.files] == [RIS, NBIB]


def test_a_search_has_a_day_that_has_been_and_a_query_that_is_text(small: Forked) -> None:
    (small.root / "a.ris").write_bytes(RIS)
    (small.root / "q.txt").write_bytes(b"caf\xe9")
    told = small("import", "a.ris", "--source", "alpha", "--date", "2999-01-01", code=2).stderr
    assert "2999-01-01 is yet to come" in told
    assert "'20250501' is not a date" in small("import", "a.ris", "--source", "alpha", "--date", "20250501", code=2).stderr
    assert "q.txt: is not UTF-8 (byte 3)" in small("import", "a.ris", "--source", "alpha", "--query", "q.txt", code=2).stderr
    assert not list((small.root / "queries" / "small").glob("*/*/manifest.json"))
