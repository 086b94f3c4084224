"""Real exports, where they are at hand: counts against the manifest, fields against what the sources hold."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from review.errors import FormatError
from review.formats.base import Format
from review.formats.characters.text import decode
from review.formats.registry import detect, formats
from review.formats.values.carried import same
from review.model.plain_text import squashed
from review.model.record import Record, Reject

KINDS = {
    "ris": "ris", "nbib": "nbib", "pubmed-xml": "pubmed-xml", "csv": "csv", "tsv": "csv", "bib": "bibtex", "endnote-xml": "endnote-xml",
    "wos-txt": "wos", "ciw": "wos", "enw": "refer", "ovid": "ovid", "msbib": "msbib", "csl-json": "csl-json", "json": "csl-json", "xlsx": "xlsx",
}  # fmt: skip

# Where the manifest counts something else than entries, what is there and why.
COUNTED_OTHERWISE = {
    "csv/citation-file-formatting___baseline_embase.csv": (10, 0),  # it counts the query and the rule above the header
    "csv/citation-file-formatting___baseline_excel.csv": (10, 0),  # likewise
    "csl-json/handlr__citeproc-crossref.json": (1, 0),  # it counts the references within the one work
    "csl-json/handlr__citeproc.json": (1, 0),  # likewise
    "jabref-pairs/jabref__RisImporterCorrupted.ris": (1, 0),  # it counts TY lines; this record has lost its own
    "jabref-pairs/jabref__NbibImporterTest.bib": (1, 0),  # it counts PMID lines in what is BibTeX
    "jabref-pairs/jabref__MedlinePlainImporterTestMultiAbstract.txt": (1, 0),  # it counts PMID lines; this record has none
}
# Entries that name nothing to screen: counted, and rejected.
REJECTED = {
    "jabref-pairs/jabref__RisImporterTest1.ris": 8,  # eight TY lines with nothing below them
    "jabref-pairs/jabref__MedlineImporterTestMalformedEntry.xml": 1,
    "jabref-pairs/jabref__MedlineImporterTestMinimalEntry.xml": 1,
    "ris/asreview__baseline_reference_types.ris": 61,  # types with a note, no work
    "ris/asreview__baseline_tag-notes.ris": 11,  # notes, no work
    "csv/asreview__duplicate_records.csv": 4,  # rows with a label only
    "csv/citation-file-formatting___baseline_abstrackr.csv": 1,  # a heading between two blocks of rows
}
NOT_THAT_FORMAT = {
    "jabref-pairs/jabref__MedlinePlainImporterTestInvalidFormat.xml",
    "jabref-pairs/jabref__MedlineImporterTestMinimalEntry.bib",
}
SUMMARIES = {"other/biopython__esummary1.xml"}  # of PubMed's records, which are read


def _manifest(data: Path) -> list[tuple[str, str, str]]:
    lines = (data / "imports" / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(name, kind, count) for name, kind, count, *_ in (line.split("\t") for line in lines)]


@pytest.mark.slow
def test_every_file_of_the_manifest_gives_its_records_with_the_text_and_line_of_each(data: Path) -> None:
    wrong = []
    for name, kind, count in _manifest(data):
        content = (data / "imports" / name).read_bytes()
        if kind not in KINDS or name in NOT_THAT_FORMAT:
            if name in NOT_THAT_FORMAT or (kind == "eutils-xml" and name not in SUMMARIES):
                with pytest.raises(FormatError):
                    detect(content, name)
            continue
        form = detect(content, name)
        kind = "bib" if name.endswith(".bib") else kind
        found = list(form.read(content, {}))
        rejects = sum(isinstance(r, Reject) for r in found)
        text = [] if form.binary else decode(content).text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for r in found if text else ():
            if isinstance(r, Record):
                assert r.raw, name
                assert r.raw.split("\n")[0].strip() in text[r.line - 1], (name, r.line)
        if not count:
            continue
        expected = COUNTED_OTHERWISE.get(name, (int(count) - REJECTED.get(name, 0), REJECTED.get(name, 0)))
        if (form.name, len(found) - rejects, rejects) != (KINDS[kind], *expected):
            wrong.append((name, form.name, len(found) - rejects, rejects, expected))
        lines = [r.line for r in found]
        assert lines == sorted(lines), name
    assert not wrong


def test_one_library_in_three_formats_has_the_same_titles(data: Path) -> None:
    def titles(path: str) -> set[str]:
        content = (data / "imports" / path).read_bytes()
        return {r.title.rstrip(".").casefold() for r in detect(content).read(content, {}) if isinstance(r, Record)}

    nbib, ris = titles("nbib/Reflib__blue-light.nbib"), titles("ris/Reflib__blue-light.ris")
    assert len(nbib & ris) > 0.7 * len(nbib)


@pytest.mark.parametrize(
    ("name", "count", "least"),
    [
        (
            "cinahl",
            168,
            {"title": 168, "abstract": 144, "authors": 160, "year": 168, "journal": 168, "doi": 137, "pmid": 79, "accession": 168},
        ),
        ("embase", 568, {"title": 567, "abstract": 559, "authors": 568, "year": 568, "journal": 568, "pmid": 411, "accession": 568}),
        ("ieee", 93, {"title": 93, "abstract": 93, "authors": 93, "year": 93, "journal": 93, "doi": 93, "pages": 93}),
        (
            "medline",
            859,
            {"title": 859, "authors": 859, "year": 859, "journal": 859, "doi": 831, "pmid": 859, "volume": 850, "accession": 859},
        ),
        ("psychinfo", 58, {"title": 58, "abstract": 58, "authors": 58, "year": 58, "journal": 58, "accession": 58, "volume": 56}),
        ("scopus", 709, {"title": 709, "abstract": 700, "authors": 706, "year": 709, "doi": 674, "pmid": 485, "accession": 709}),
        ("github", 155, {"title": 155, "authors": 155, "year": 155, "abstract": 92}),
        ("base", 85, {"title": 85, "authors": 85, "year": 82, "url": 85, "doi": 55, "abstract": 66, "journal": 49}),
    ],
)
def test_the_exports_of_a_finished_review(data: Path, name: str, count: int, least: dict[str, int]) -> None:
    content = (data / "reviews" / "snhl" / f"{name}.csv").read_bytes()
    found = list(detect(content).read(content, {}))
    records = [r for r in found if isinstance(r, Record)]
    assert len(found) == len(records) == count
    have = {field: sum(bool(getattr(r, field)) for r in records) for field in least}
    assert all(have[field] >= least[field] for field in least), have
    if name == "base":
        assert not any("{" in r.title or "\\" in r.title for r in records)


def test_pubmed_text_of_a_finished_review(data: Path) -> None:
    content = (data / "reviews" / "snhl" / "pubmed_abstracts.txt").read_bytes()
    found = [r for r in detect(content).read(content, {}) if isinstance(r, Record)]
    table = (data / "reviews" / "snhl" / "medline.csv").read_bytes()
    expected = {r.pmid: r for r in detect(table).read(table, {}) if isinstance(r, Record)}
    assert {r.pmid for r in found} == expected.keys()
    assert sum(squashed(r.title) == squashed(expected[r.pmid].title) for r in found) >= 857
    assert (
        sum((r.year, r.volume, r.issue, r.pages) == (e.year, e.volume, e.issue, e.pages) for r in found for e in [expected[r.pmid]]) >= 850
    )


@pytest.mark.slow
@pytest.mark.parametrize("form", [f for f in formats() if f.write], ids=lambda f: f.name)
def test_every_real_file_is_written_and_read_again(data: Path, form: Format) -> None:
    assert form.write
    for name, _, _ in _manifest(data):
        content = (data / "imports" / name).read_bytes()
        try:
            source = detect(content, name)
        except FormatError:
            continue
        records = [r for r in source.read(content, {}) if isinstance(r, Record)]
        written = b"".join(form.write(records))
        if not records:
            continue
        assert detect(written) is form, name
        back = list(form.read(written, {}))
        assert len(back) == len(records), name
        for was, now in zip(records, back, strict=True):
            assert isinstance(now, Record)
            assert same(was, now), (name, was.line)


@pytest.mark.slow
def test_real_files_with_bits_flipped_and_pieces_missing(data: Path) -> None:
    chance = random.Random(4)
    names = [name for name, _, _ in _manifest(data)]
    for _ in range(1500):
        content = bytearray((data / "imports" / chance.choice(names)).read_bytes()[:20_000])
        for _ in range(chance.choice((1, 5, 50))):
            place = chance.randrange(len(content) or 1)
            match chance.randrange(3):
                case 0 if content:
                    content[place % len(content)] ^= 1 << chance.randrange(8)
                case 1:
                    del content[place : place + chance.randrange(1, 40)]
                case _:
                    content[place:place] = chance.randbytes(chance.randrange(1, 9))
        damaged = bytes(content[: chance.choice((len(content), chance.randrange(len(content) + 1)))])
        for form in (chance.choice(formats()), None):
            found: list[Record | Reject] = []
            with suppress(FormatError):
                found = list((form or detect(damaged)).read(damaged, {}))
            assert all(r.line >= 1 and (isinstance(r, Record) or r.reason) for r in found)


def test_one_library_in_two_formats_is_the_same(data: Path) -> None:
    def records(path: str) -> list[Record]:
        content = (data / "imports" / path).read_bytes()
        return [r for r in detect(content).read(content, {}) if isinstance(r, Record)]

    pairs = list(zip(records("endnote-xml/Reflib__blue-light.xml"), records("ris/Reflib__blue-light.ris"), strict=True))
    assert len(pairs) == 102
    names = ("title", "authors", "year", "volume", "issue", "pages", "doi", "pmid", "issn", "url", "language", "keywords")
    for a, b in pairs:
        assert b.journal in (a.journal, dict(a.extra).get("abbreviation"))  # EndNote's XML alone has the full name
        assert squashed(a.abstract) == squashed(b.abstract)
        for name in names:
            assert getattr(a, name) == getattr(b, name), (name, a.line, b.line)
