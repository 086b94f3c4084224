"""The registry, and the contract that every format in it keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError, UsageError
from review.formats.base import Format
from review.formats.registry import by_name, detect, formats
from review.model.record import Record, Reject

SAMPLES = {
    "pubmed-xml": "<PubmedArticleSet>\n<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Ärger</ArticleTitle></Article>"
    "</MedlineCitation></PubmedArticle>\n<PubmedArticle></PubmedArticle></PubmedArticleSet>",
    "nbib": "PMID- 1\nTI  - Ärger\n\nPMID- \nOWN - NLM\n",
    "ris": "TY  - JOUR\nTI  - Ärger\nER  -\n\nTY  - JOUR\nER  -\n",
    "europepmc-json": '{"version": "6.9", "hitCount": 2, "resultList": {"result": [\n{"id": "1", "source": "MED", "title": "Ärger"},\n{"note": "x"}]}}',
    "csv": "title,abstract,note\nÄrger,,\n,,x\n",
}


@pytest.mark.parametrize("form", formats(), ids=lambda f: f.name)
def test_contract(form: Format) -> None:
    text = SAMPLES[form.name]
    assert by_name(form.name) is form
    assert form.label
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        data = text.encode(encoding)
        assert detect(data, "misleading.pdf") is form
        record, reject = list(form.read(data, {}))
        assert isinstance(record, Record)
        assert isinstance(reject, Reject)
        assert record.title == "Ärger"
        assert record.raw
        assert record.line >= 1
        assert reject.reason
        assert reject.raw
        assert reject.line > record.line
        assert not (record.key)
        assert not (record.source)
        assert not (record.file)
        assert not (record.searched)
        assert not (reject.file)
        assert not (reject.source)
    assert all(0 <= f.score(text) <= 1 for f in formats())
    assert list(form.read(text.encode(), {})) == list(form.read(text.replace("\n", "\r\n").encode(), {}))


@pytest.mark.parametrize("form", formats(), ids=lambda f: f.name)
@given(data=st.binary(max_size=300))
def test_no_bytes_crash_a_format(form: Format, data: bytes) -> None:
    try:
        found = list(form.read(data, {}))
    except FormatError:
        return
    assert all(isinstance(r, Record | Reject) for r in found)


@given(st.binary(max_size=300))
def test_no_bytes_crash_detect(data: bytes) -> None:
    try:
        found = detect(data)
    except FormatError:
        return
    assert found in formats()


@pytest.mark.parametrize("form", formats(), ids=lambda f: f.name)
@given(position=st.integers(0, 200), junk=st.binary(max_size=8))
def test_a_damaged_file_never_crashes(form: Format, position: int, junk: bytes) -> None:
    data = SAMPLES[form.name].encode()
    try:
        list(form.read(data[:position] + junk + data[position:], {}))
        list(form.read(data[:position] + junk, {}))
    except FormatError:
        pass


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....xl/workbook.xml", "Excel"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x01\x02\x00\x03\x00\x00" * 50, "x.dat"),
        (b"<html><body>Not found</body></html>", "no format that is known"),
        (b'{"title": "A", "abstract": "B"}', "no format that is known"),
        (b"FN Clarivate\nVR 1.0\nPT J\nTI A title\nER\n", "no format that is known"),
        (b"Dear all, here is the title, and the abstract.\n", "no format that is known"),
    ],
)
def test_what_is_refused_and_how(data: bytes, says: str) -> None:
    with pytest.raises(FormatError, match=says) as error:
        detect(data, "x.dat")
    assert error.value.hint


def test_an_unknown_name_lists_the_names_and_the_nearest() -> None:
    with pytest.raises(UsageError) as error:
        by_name("riss")
    assert "`ris`" in error.value.hint
    assert "nbib" in error.value.hint
