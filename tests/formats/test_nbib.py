"""MEDLINE tagged text."""

from __future__ import annotations

import io
import re

import pytest
from Bio import Medline
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.formats.pubmed.nbib import FORMAT, read
from review.formats.values.kinds import kind_of
from review.model.record import Record, Reject

WHOLE = """
PMID- 123
OWN - NLM
IS  - 1878-0849 (Electronic)
VI  - 63
IP  - 2
DP  - 2020 Feb-Mar
TI  - A title that is
      wrapped.
PG  - 103-9
LID - S1769-7212(19)30059-X [pii]
LID - 10.1016/j.EJMG.2019 [doi]
AB  - BACKGROUND: One
      two.
FAU - Griffin, Darren K
AU  - Griffin DK
CN  - The Group
LA  - eng
PT  - Journal Article
PT  - Review
TA  - Eur J Med Genet
JT  - European journal of medical genetics
MH  - Hearing Loss/*diagnosis
OT  - Dinosaur
PMC - PMC7026692
GR  - R01/NIH
"""


def records(text: str) -> list[Record]:
    found = list(read(text.encode()))
    assert all(isinstance(r, Record) for r in found), found
    return [r for r in found if isinstance(r, Record)]


def test_short_names_stay_where_the_full_ones_do_not_give_them() -> None:
    (r,) = records("PMID- 1\nTI  - A\nFAU - Bitter, Patrick A B Jr\nAU  - Bitter PA Jr\nFAU - Marx, Karl\nAU  - Marx K\n")
    assert r.extra == ()
    (r,) = records("PMID- 1\nTI  - A\nFAU - Marx, Karl\nAU  - Marx KH\n")
    assert r.extra == (("AU", "Marx KH"),)


def test_what_is_written_has_the_tags_of_pubmed() -> None:
    def written(record: Record) -> list[str]:
        assert FORMAT.write
        return b"".join(FORMAT.write([record], notes=False)).decode().splitlines()

    lines = written(records(WHOLE.replace("OT  -", "TT  - Ein Titel.\nOT  -"))[0])
    people = [line for line in lines if line[:4] in ("FAU ", "AU  ", "CN  ")]
    assert people == ["FAU - Griffin, Darren K", "AU  - Griffin DK", "CN  - The Group"]
    assert {"MH  - Hearing Loss/*diagnosis", "OT  - Dinosaur", "TT  - Ein Titel.", "AID - 10.1016/j.ejmg.2019 [doi]"} <= set(lines)
    # What came from elsewhere: nothing says that its keywords are headings, and its tags are not PubMed's.
    lines = written(Record(title="A", authors=("Marx K",), keywords=("Humans",), extra=(("CN", "A 1"), ("IS", "3"), ("IP", "x"))))
    assert lines == ["PMID- ", "TI  - A", "AU  - Marx K", "OT  - Humans", ""]


def test_a_whole_record() -> None:
    (r,) = records(WHOLE)
    assert r.title == "A title that is wrapped."
    assert r.abstract == "BACKGROUND: One two."
    assert r.authors == ("Griffin, Darren K", "The Group")
    assert (r.pmid, r.accession, r.pmcid, r.doi) == ("123", "123", "PMC7026692", "10.1016/j.ejmg.2019")
    assert (r.year, r.journal, r.volume, r.issue, r.pages) == (2020, "European journal of medical genetics", "63", "2", "103-9")
    assert (r.issn, r.language, r.type) == ("1878-0849", "eng", "Journal Article; Review")
    assert r.keywords == ("Hearing Loss/*diagnosis", "Dinosaur")
    assert {("GR", "R01/NIH"), ("date", "2020 Feb-Mar"), ("LID", "S1769-7212(19)30059-X [pii]")} <= set(r.extra)
    assert r.line == 2


def test_records_without_blank_lines_between() -> None:
    assert [r.line for r in records("PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n")] == [1, 3]


def test_a_blank_line_inside_a_record() -> None:
    (r,) = records("PMID- 1\nTI  - A\n\nAB  - B\n")
    assert (r.title, r.abstract) == ("A", "B")


def test_a_record_without_pmid_after_a_blank_line() -> None:
    a, b = records("OWN - NLM\nTI  - A\n\nOWN - NLM\nTI  - B\n")
    assert (a.title, b.title, b.pmid) == ("A", "B", "")


def test_a_pmid_within_an_entry_that_has_none_is_its_own() -> None:
    assert [(r.title, r.pmid) for r in records("OWN - NLM\nTI  - One\nPMID- 7\nJT  - Places\n")] == [("One", "7")]


def test_a_pmid_behind_a_blank_line_begins_an_entry_whatever_the_one_before_began_with() -> None:
    for rest in ("", "no tag\n"):
        assert [r.title for r in records(f"OWN - NLM\nTI  - One\n\nPMID- 2\nTI  - Two\n{rest}")] == ["One", "Two"]
    assert FORMAT.score("OWN - NLM\nJT  - Places\nTI  - One\n") == 0  # tags that others have too
    assert FORMAT.score("OWN - NLM\nJT  - Places\nJID - 7\nSTAT- MEDLINE\n") == 0.7


def test_an_abstract_that_was_pasted_without_its_blanks_is_whole() -> None:
    text = "PMID- 1\nTI  - A\nAB  - BACKGROUND: We walked on kerbs of all sorts in the towns of the north and\nof the south. RESULTS: There are many of them, and more than anybody thought\nbefore.\nLA  - eng\n"
    (r,) = records(text)
    assert (r.abstract[-30:], r.abstract.count("\n"), r.language) == ("more than anybody thought before."[-30:], 0, "eng")


def test_short_lines_go_on_and_so_do_those_that_begin_with_a_word_like_a_tag() -> None:
    lines = (
        "PMID- 1\nTI  - Kerbs and the health of moths that live:\na trial.\nAB  - We looked at lamps of all sorts in the towns of the north, among them\n"
        "LED-based ones.\nJT  - Lamps : official publication of the European Society\nfor Lamps\nMH  - High-Intensity Lamps/adverse\neffects\n\nPMID-2\nTI  - Two\n"
    )
    one, two = records(lines)
    assert (one.title, one.abstract[-22:]) == ("Kerbs and the health of moths that live: a trial.", "among them LED-based ones."[-22:])
    assert (one.journal, one.keywords, one.extra) == (
        "Lamps : official publication of the European Society for Lamps",
        ("High-Intensity Lamps/adverse effects",),
        (),
    )
    assert (two.pmid, two.title) == ("2", "Two")


def test_a_text_that_ends_like_the_first_line_of_an_entry_begins_none() -> None:
    record = Record(title="Of the line PMID- 25500000", abstract="GluedPMID- 25500000", keywords=("xPMID- 1", "y"))
    assert FORMAT.write
    (r,) = records(b"".join(FORMAT.write([record])).decode())
    assert (r.title, r.abstract, r.keywords) == (record.title, record.abstract, record.keywords)


def test_of_old_a_pmid_had_ten_digits() -> None:
    (r,) = records("PMID- 0008970930\nTI  - A\n")
    assert (r.pmid, r.accession, r.extra) == ("8970930", "8970930", ())


def test_an_untagged_line_is_kept_and_no_part_of_the_pmid() -> None:
    (r,) = records("PMID- 27433151\nSO  invalid line\nTI  - A\n")
    assert r.pmid == "27433151"
    assert r.extra == (("", "SO  invalid line"),)


@pytest.mark.parametrize("broken", ["PM\x01D- 2", " PMID- 2", "x PMID- 2"])
def test_a_broken_pmid_line_joins_no_two_entries(broken: str) -> None:
    found = records(f"PMID- 1\nOWN - NLM\nTI  - One\n\n{broken}\nOWN - NLM\nTI  - Two\n\nPMID- 3\nOWN - NLM\nTI  - Three\n")
    assert [(r.title.split()[0], r.pmid) for r in found] == [("One", "1"), ("Two", ""), ("Three", "3")]


@pytest.mark.parametrize("after", ["", "PMID- 2\nTI  - Two\n"])
def test_folded_lines_are_joined_by_one_space_and_no_value_beside_them_is_lost(after: str) -> None:
    first = "PMID- 1\nTI  - One\nAD  - A.\nAD  - B, \n      C.\nAD  - D.\nSO  - J. doi: \n      10.1/x.\n"
    found = records(f"{first}\n{after}")[0]
    assert found.extra == (("affiliation", "A."), ("affiliation", "B, C."), ("affiliation", "D."), ("SO", "J. doi: 10.1/x."))


def test_nothing_in_it_is_a_reject() -> None:
    (r,) = list(read(b"PMID- \nOWN - NLM\n"))
    assert isinstance(r, Reject)
    assert r.line == 1
    assert r.raw


def test_no_entry() -> None:
    with pytest.raises(FormatError):
        list(read(b"no entry"))


_titles = st.lists(st.text(alphabet=st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=12), min_size=1, max_size=9)


@given(st.lists(_titles, min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_generated_files_keep_count_title_and_line(titles: list[list[str]], end: str) -> None:
    lines: list[str] = [""]
    begins = []
    for number, words in enumerate(titles, 1):
        begins.append(len(lines) + 1)
        lines += [f"PMID- {number}", f"TI  - {words[0]}", *(f"      {w}" for w in words[1:]), ""]
    found = records(end.join(lines))
    assert [r.title for r in found] == [" ".join(w) for w in titles]
    assert [r.line for r in found] == begins


@pytest.mark.parametrize("name", ["Reflib__blue-light.nbib", "biopython__pubmed_result2.txt", "synthesisr__PubMed_example.txt"])
def test_biopython_reads_the_same(data, name: str) -> None:  # type: ignore[no-untyped-def]
    text = (data / "imports" / "nbib" / name).read_text(encoding="utf-8")
    theirs = list(Medline.parse(io.StringIO(text)))
    ours = records(text)
    assert [r.pmid for r in ours] == [t.get("PMID", "") for t in theirs]
    for r, t in zip(ours, theirs, strict=True):
        assert r.title == " ".join(t.get("TI", t.get("BTI", "")).split())
        assert r.abstract == " ".join(t.get("AB", "").split())
        people = [re.sub(" (Jr|Sr|2nd|3rd|4th)$", r", \1", name) for name in t.get("FAU", [])]
        assert r.authors == (*(people or t.get("AU", [])), *([t["CN"]] if isinstance(t.get("CN"), str) else t.get("CN", [])))
        assert r.keywords == tuple(dict.fromkeys([*t.get("MH", []), *t.get("OT", [])]))
        assert (r.journal, r.volume, r.issue) == (t.get("JT", t.get("TA", "")), t.get("VI", ""), t.get("IP", ""))


def test_people_without_a_full_name_are_people_too() -> None:
    (found,) = records("PMID- 1\nTI  - A title\nFAU - Marx, Karl\nAU  - Marx K\nAU  - Engels F\n\n")
    assert (found.authors, found.extra) == (("Marx, Karl", "Engels F"), ())
    (found,) = records("PMID- 1\nTI  - A title\nFAU - Wu, Yan\nAU  - Wu Y\nFAU - Wu, Yi\nAU  - Wu Y\nAU  - Engels F\n\n")
    assert (found.authors, found.extra) == (("Wu Y", "Wu Y", "Engels F"), (("FAU", "Wu, Yan"), ("FAU", "Wu, Yi")))


def test_a_review_that_is_a_book_is_a_book() -> None:
    kinds = ["PT  - Review\nPT  - Book\n", "PT  - Technical Report\nPT  - Book\n", "PT  - Review\nPT  - Book Chapter\n", "PT  - Review\n"]
    assert [kind_of(records(f"PMID- 1\nBTI - Walks\n{told}\n")[0].type).ris for told in kinds] == ["BOOK", "RPRT", "CHAP", "JOUR"]


@pytest.mark.parametrize(
    ("cited", "pages"),
    [
        ("J Soil. 2020 Mar 4;17(5):1634. doi: 10.1000/x.", "1634"),
        ("J Soil. 2020;17:e01408-19.", "e01408-19"),
        ("J Soil. 2021 Jan 12:S0140-6736(20)32600-1. doi: 10.1000/x.", ""),
        ("J Soil. 2021;17:S0140-6736(20)32600-1.", ""),
        ("J Soil. 2021 Jan 12.", ""),
    ],
)
def test_the_number_of_an_article_stands_in_the_citation(cited: str, pages: str) -> None:
    (found,) = records(f"PMID- 1\nTI  - Soil\nVI  - 17\nSO  - {cited}\n\n")
    assert found.pages == pages


def test_people_known_by_their_initials_are_written_as_people() -> None:
    people = ("Roe J.", "de la Doe K.-L.", "Poe M.N.", "Boats Study Group")
    assert FORMAT.write
    written = b"".join(FORMAT.write([Record(title="Boats", authors=people)])).decode()
    assert [line for line in written.split("\n") if line[:2] in ("AU", "CN")] == [
        "AU  - Roe J.",
        "AU  - de la Doe K.-L.",
        "AU  - Poe M.N.",
        "CN  - Boats Study Group",
    ]
    assert records(written)[0].authors == people


def test_groups_stand_where_they_are_named_and_are_groups() -> None:
    assert FORMAT.write
    for people, tags in (
        (("Boats Study Group", "Roe, Jane", "Walks Task Force"), ["CN  -", "FAU -", "AU  -", "CN  -"]),
        (("Boats Study Group", "Roe JA", "Office S"), ["CN  -", "AU  -", "AU  -"]),
    ):
        written = b"".join(FORMAT.write([Record(title="Boats", authors=people)])).decode()
        assert [line[:5] for line in written.split("\n") if line[:2] in ("FA", "AU", "CN")] == tags
        assert records(written)[0].authors == people
        assert "review_record" not in written


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("BOOK", {"PT  - Book", "TI  - A", "BTI - A", "JT  - B"}),
        ("CHAP", {"PT  - Book Chapter", "TI  - A", "BTI - B"}),
        ("entry-encyclopedia", {"PT  - Book Chapter", "TI  - A", "BTI - B"}),
        ("Review; Book Chapter", {"PT  - Review", "PT  - Book Chapter", "TI  - A", "BTI - B"}),
        ("Master's thesis", {"PT  - Master's thesis", "PT  - Academic Dissertation", "TI  - A", "JT  - B"}),
        ("Report", {"PT  - Technical Report", "TI  - A", "JT  - B"}),
        ("preprint", {"PT  - Preprint", "TI  - A", "JT  - B"}),
        ("UNPB", {"PT  - Unpublished Work", "TI  - A", "JT  - B"}),
    ],
)
def test_a_plain_file_has_the_kinds_and_books_as_pubmed_has(kind: str, lines: set[str]) -> None:
    assert FORMAT.write
    written = b"".join(FORMAT.write([Record(title="A", type=kind, journal="B", isbn="9783161484100")], notes=False)).decode()
    assert {line for line in written.splitlines() if line[:2] in ("PT", "TI", "BT", "JT")} == lines
    (back,) = records(written)
    assert (back.title, back.journal, kind_of(back.type).name) == ("A", "B", kind_of(kind).name)


def test_keywords_of_koreamed() -> None:
    (found,) = records("PMID- 1\nOWN - KoreaMed\nTI  - A title\nKW  - Walks\nKW  - Towns\n\n")
    assert (found.keywords, [name for name, _ in found.extra]) == (("Walks", "Towns"), ["OWN"])


def test_an_editor_is_told_of_once() -> None:
    (found,) = records("PMID- 1\nTI  - A chapter\nBTI - A book\nFED - Roe, Jane Ann\nED  - Roe JA\nED  - Poe E\n\n")
    assert [text for name, text in found.extra if name == "editor"] == ["Roe, Jane Ann", "Poe E"]


def test_a_file_without_a_last_line_end_and_another_behind_it() -> None:
    one, two, three = records(
        "PMID- 1111\nOWN - NLM\nTI  - One\nSO  - J. 2018.PMID- 2222\nOWN - NLM\nTI  - Two, of PMID- 77\nSO  - x\n\nPMID- 3333\nTI  - Three\n"
    )
    assert [r.pmid for r in (one, two, three)] == ["1111", "2222", "3333"]
    assert [r.line for r in (one, two, three)] == [1, 4, 9]
    assert (one.extra[-1], two.title) == (("SO", "J. 2018."), "Two, of PMID- 77")
