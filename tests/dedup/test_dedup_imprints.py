"""What stands in no volume is told from another of its name by its house, number, edition or day."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import group, read_files, told_apart

from review.formats.columns.imprint import imprint
from review.model.record import Record


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("publisher: Leeds City Council", "publisher: Bristol City Council", ""),  # a word in common
        ("publisher: Routledge", "publisher: Sage", "publisher"),
        ("publisher: University of Leeds", "publisher: University of Cape Town", "publisher"),
        ("publisher: Univ Leeds", "publisher: University of Leeds", ""),
        ("publisher: UCL Press", "publisher: University College London", ""),
        ("publisher: IEEE", "publisher: Institute of Electrical and Electronics Engineers Inc.", ""),
        ("publisher: ProQuest Dissertations Publishing", "publisher: University of Leeds", ""),  # who sells it
        ("publisher: The Press", "publisher: Sage", ""),  # no name
        ("number: NG44", "number: NG 44", ""),
        ("number: No. 7", "number: 7", ""),
        ("number: 11", "number: 1", "number"),
        ("publisher: NICE", "publisher: National Institute for Health and Care Excellence", ""),
        ("publisher: 北京大学", "publisher: 北京大学出版社", ""),
        ("edition: 2nd ed., 2010", "edition: 2", ""),
        ("number: PH9", "number: NG44", "number"),
        ("edition: 2nd", "edition: 2. Aufl.", ""),
        ("edition: 2nd", "edition: 3rd", "edition"),
        ("edition: Second", "edition: 3rd", ""),  # words are not read
        ("date: 2015-03", "date: 2015-03-02", ""),
        ("publisher: Sage; date: 2015-03-02", "publisher: Soil; date: 2015-09-14", "publisher, date"),
        ("publisher: Sage", "number: 7", ""),
        ("", "number: 7", ""),
        ("entry: PMC/1234567", "entry: PMC/7654321", "entry"),
        ("entry: handle/10419/12", "entry: handle/10419/21", "entry"),
        ("entry: handle/10419/12", "entry: handle/10665/21", ""),  # in two archives
        ("entry: PMC/1234567", "entry: jstor.org/stable/7654321", ""),
    ],
)
def test_two_imprints(one: str, other: str, told: str) -> None:
    assert told_apart(one, other) == told_apart(other, one) == told


def test_what_an_imprint_is_made_of() -> None:
    told = (("publisher", "Soil  Press; Leeds"), ("M1", "PH9"), ("note", "read it"), ("date", "2 March 2015"))
    assert imprint(Record(type="RPRT", extra=told)) == "publisher: Soil Press, Leeds; number: PH9"
    assert imprint(Record(type="NEWS", extra=told)).endswith("; date: 2015-03-02")
    assert imprint(Record(extra=(("M1", "Harlow, I. (1991). Gardens. Leeds"), ("M1", "some words"), ("date", "2015")))) == ""
    assert imprint(Record(type="PAT", accession="US9123456B2", extra=(("number", "7"),))) == "number: US9123456B2"
    assert imprint(Record(type="PAT", accession="7", extra=(("Patent No", "EP 1234567 A1"),))) == "number: EP 1234567 A1"
    for text, entry in (
        ("https://www.jstor.org/stable/1234567?seq=1", "jstor.org/stable/1234567"), ("http://hdl.handle.net/10419/12345", "handle/10419/12345"),
        ("https://apps.who.int/iris/handle/10665/12345", "handle/10665/12345"), ("https://eprints.soil.ac.uk/12345/1/soil.pdf", "eprints.soil.ac.uk/12345"),
        ("https://linkinghub.elsevier.com/retrieve/pii/S0140673615012345", "PII/S0140673615012345"), ("https://eric.ed.gov/?id=ED123456", "eric.ed.gov/?id=ED123456"),
    ):  # fmt: skip
        assert imprint(Record(url=text)) == f"entry: {entry}"
    assert imprint(Record(pages="S0140-6736(15)01234-5")) == "entry: PII/S0140673615012345"
    assert imprint(Record(pmcid="PMC1234567")) == "entry: PMC/1234567"
    assert imprint(Record(url="https://www.proquest.com/docview/1234567")) == ""  # it lists a document as often as it finds it
    for text in ("Registered as ISRCTN12345678.", "ISRCTN12345678"):
        assert imprint(Record(extra=(("note", text),))) == imprint(Record(abstract=text)) == "registration: ISRCTN12345678"
    assert imprint(Record(abstract="Of 100 towns ISRCTN12345678 was nowhere.")) == ""
    assert imprint(Record(doi="10.1234/x", extra=told)) == imprint(Record(volume="3", extra=told)) == ""


TITLE = "TI  - Community gardens and the health of people in northern towns\nAU  - Harlow, Ines\nPY  - 2015\n"


@pytest.mark.parametrize(
    ("kind", "one", "other", "reports"),
    [
        ("BOOK", "PB  - Routledge\n", "PB  - Sage\n", 2),
        ("BOOK", "PB  - Routledge\nET  - 2nd\n", "PB  - Routledge\nET  - 3rd\n", 2),
        ("BOOK", "PB  - Routledge\nSN  - 9780123456789\n", "PB  - Sage\nSN  - 9780123456789\n", 1),
        ("RPRT", "PB  - NICE\nM1  - PH9\n", "PB  - NICE\nM1  - NG44\n", 2),
        ("RPRT", "PB  - NICE\nM1  - PH9\n", "PB  - National Institute for Care Excellence\n", 1),
        ("NEWS", "T2  - Soil Times\nDA  - 2015/03/02\n", "T2  - Soil Times\nDA  - 2015/09/14\n", 2),
        ("NEWS", "T2  - Soil Times\nDA  - 2015/03/02\n", "T2  - Soil Times\nDA  - 2015/03\n", 1),
        ("JOUR", "T2  - Soil\nC2  - PMC1234567\n", "T2  - Soil\nC2  - PMC7654321\n", 2),
        ("RPRT", "UR  - https://eprints.soil.ac.uk/12345/\n", "UR  - https://eprints.soil.ac.uk/54321/\n", 2),
        ("RPRT", "UR  - https://eprints.soil.ac.uk/12345/\n", "UR  - https://hdl.handle.net/10419/54321\n", 1),
        ("PAT", "AN  - US9123456B2\n", "AN  - US9654321B2\n", 2),
        ("RPRT", "N1  - Registered as ISRCTN12345678\n", "N1  - Registered as ISRCTN87654321\n", 2),
        ("JOUR", "T2  - Soil\nAB  - Trial registration: CRD42018012345\n", "T2  - Soil\nAB  - Trial registration: CRD42019054321\n", 2),
        ("THES", "PB  - University of Leeds\n", "PB  - Cape Town\n", 1),  # nobody writes two dissertations of one title in a year
        ("JOUR", "T2  - Soil\nVL  - 3\nSP  - 12\nEP  - 20\nPB  - Routledge\n", "T2  - Soil\nVL  - 3\nSP  - 12\nEP  - 20\nPB  - Sage\n", 1),
    ],
)
def test_records_of_one_name(tmp_path: Path, kind: str, one: str, other: str, reports: int) -> None:
    paths = [tmp_path / "one.ris", tmp_path / "other.ris"]
    for path, more in zip(paths, (one, other), strict=True):
        path.write_text(f"TY  - {kind}\n{TITLE}{more}ER  - \n", encoding="utf-8")
    rows, _ = read_files(paths, lambda *_: None)
    assert group(rows, certain=0.95, unsure=0.3).records["report"].n_unique() == reports
    both = tmp_path / "both.ris"  # and where one source has both
    both.write_text("".join(path.read_text() for path in paths), encoding="utf-8")
    rows, _ = read_files([both], lambda *_: None)
    assert group(rows, certain=0.95, unsure=0.3).records["report"].n_unique() == reports
