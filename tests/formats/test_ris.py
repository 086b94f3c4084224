"""RIS: each oddity by itself, and the law of counts over generated files."""

from __future__ import annotations

import one_file
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.formats.registry import by_name
from review.formats.ris.ris import FORMAT, read, score
from review.formats.values.carried import same
from review.model.record import Record, Reject


def records(text: str) -> list[Record]:
    found = list(read(text.encode()))
    assert all(isinstance(r, Record) for r in found), found
    return [r for r in found if isinstance(r, Record)]


def test_a_whole_record() -> None:
    (r,) = records(
        "TY  - JOUR\nAU  - Marx, Karl\nAU  - Lindgren, Astrid\nTI  - On &amp; off\nJO  - J. Tests\nJF  - Journal of Tests\n"
        "PY  - 2014/05//\nVL  - 9\nIS  - 3\nSP  - 12\nEP  - 15\nDO  - https://doi.org/10.1000/ABC.\nUR  - http://example.org\n"
        "SN  - 1932-6208\nSN  - 978-3-16-148410-0\nLA  - eng\nKW  - one; two\nKW  - three\nAB  - First.\nAN  - 77-1\nPB  - House\nER  - \n"
    )
    assert (r.title, r.journal, r.year, r.volume, r.issue, r.pages) == ("On & off", "Journal of Tests", 2014, "9", "3", "12-15")
    assert r.authors == ("Marx, Karl", "Lindgren, Astrid")
    assert (r.doi, r.url, r.issn, r.isbn) == ("10.1000/abc", "http://example.org", "1932-6208", "978-3-16-148410-0")
    assert (r.language, r.keywords, r.abstract, r.accession, r.type) == ("eng", ("one", "two", "three"), "First.", "77-1", "JOUR")
    assert ("date", "2014/05//") in r.extra
    assert ("publisher", "House") in r.extra
    assert ("abbreviation", "J. Tests") in r.extra
    assert r.line == 1
    assert r.raw.startswith("TY  - JOUR")
    assert r.raw.endswith("ER  -")


def test_er_missing_in_the_middle_and_at_the_end() -> None:
    a, b, c = records("TY  - JOUR\nTI  - A\n\nTY  - JOUR\nTI  - B\nER  -\nTY  - JOUR\nTI  - C")
    assert [(r.title, r.line) for r in (a, b, c)] == [("A", 1), ("B", 4), ("C", 7)]


def test_ty_missing() -> None:
    a, b = records("TI  - A\nAU  - X, Y\nER  -\n\nTI  - B\nAU  - X, Y\nER  -\n")
    assert (a.title, b.title, b.line) == ("A", "B", 5)


def test_ty_and_er_missing() -> None:
    a, b = records("TI  - A\nAU  - X, Y\nPY  - 2001\n\nTI  - B\nAU  - X, Y\nPY  - 2002\n")
    assert (a.title, b.title, b.line) == ("A", "B", 5)


def test_without_ty_the_first_tag_begins_an_entry_behind_a_blank_line_only() -> None:
    one, other = records("AU  - Doe, A.\nAU  - Roe, B.\nTI  - One\n\nAU  - Poe, C.\nTI  - Two\n")
    assert (one.authors, other.authors) == (("Doe, A.", "Roe, B."), ("Poe, C.",))


@pytest.mark.parametrize(
    "second",
    ["AU  - Poe, C.\nPY  - 2002\nTI  - Other\n", "PY  - 2002\nTI  - Other\nAU  - Poe, C.\n", "TI  - Other\nPY  - 2002\nAU  - Poe, C.\n"],
)
@pytest.mark.parametrize("first", ["TI  - One\nAU  - Doe, A.\nKW  - a\n\n", "AU  - Doe, A.\nTI  - One\n\nKW  - a\n\n2.\n"])
def test_without_ty_another_title_is_that_of_another_entry(first: str, second: str) -> None:
    one, other = records(first + second)
    assert (one.title, one.authors, one.year, one.keywords) == ("One", ("Doe, A.",), None, ("a",))
    assert (other.title, other.authors, other.year) == ("Other", ("Poe, C.",), 2002)
    assert other.raw == second.rstrip()
    assert other.line == first.count("\n") + 1
    assert other.extra == ((("", "2."),) if "2." in first else ())


@pytest.mark.parametrize(("first", "second"), [("1.\n", "2.\n"), ("<1>\n", "\n<2>\n\n")])
def test_a_number_before_an_entry_without_ty_does_not_join_it_to_the_one_above(first: str, second: str) -> None:
    one, other = records(
        f"{first}UI  - 771\nAU  - Doe A\nTI  - One\nSO  - Journal of Tests. 12(3):4-9, 1999 May\nAB  - It was long.\n\n"
        f"{second}UI  - 772\nAU  - Roe B\nTI  - Other\n"
    )
    assert (one.title, one.authors, one.abstract, one.accession) == ("One", ("Doe A",), "It was long.", "771")
    assert (one.journal, one.year, one.volume, one.issue, one.pages) == ("Journal of Tests", 1999, "12", "3", "4-9")
    assert (other.title, other.authors, other.accession) == ("Other", ("Roe B",), "772")
    assert [pair for pair in (*one.extra, *other.extra) if not pair[0]] == [("", first.strip()), ("", second.strip())]


def test_two_tags_do_not_make_ris_of_a_text() -> None:
    assert score("PY  - 2001\nAU  - Doe\n") == 0
    assert score("PY  - 2001\nAU  - Doe\nTI  - One\n") == 0.6


def test_one_space_and_tabs() -> None:
    a, b = records("TY - JOUR\nTI - A\nAU - X, Y\nER -\n\nTY - JOUR\nTI\t- B\nER -\n")
    assert (a.title, a.authors, b.title) == ("A", ("X, Y",), "B")


def test_a_line_of_an_abstract_is_no_tag() -> None:
    (r,) = records("TY  - JOUR\nTI  - A\nAB  - Light\nUV - induced\nUV – induced\nER then more\nER  -\n")
    assert r.abstract == "Light\nUV - induced\nUV – induced\nER then more"


def test_lines_typed_by_hand_with_one_blank_among_others_are_tags_where_nothing_goes_on() -> None:
    (r,) = records(
        "TY  - JOUR\nTI - Walks\nAU  - Smith, J\nPY - 2014\nVL -\nDO - 10.1000/xyz\nAB  - Light\nAN - old\nT1 - Weighted\nKW - of gardens\nKW - Gardens\nER  - \n"
    )
    assert (r.title, r.authors, r.year, r.doi, r.abstract, r.keywords) == (
        "Walks",
        ("Smith, J",),
        2014,
        "10.1000/xyz",
        "Light\nAN - old\nT1 - Weighted\nKW - of gardens",
        ("Gardens",),
    )
    text = "Taken\nSP - A on B\nSN - 38 metabolism\nUR - Urine was taken.\nPY - A count"
    (r,) = records(f"TY  - JOUR\nTI  - Walks\nAB  - {text}\nPY - 2014\nUR - https://example.org/a\nER  - \n")
    assert (r.abstract, r.year, r.url) == (text, 2014, "https://example.org/a")
    (r,) = records("TY  - JOUR\nTI  - Biopsies\nCT - guided\nAD  - Leeds\nCA - 90210\nER  - \n")
    assert (r.title, r.extra) == ("Biopsies CT - guided", (("affiliation", "Leeds CA - 90210"),))


@pytest.mark.parametrize(
    ("text", "issn", "left"),
    [
        ("US12345678B2", "", True),
        ("WHO/NMH/12345678", "", True),
        ("E-ISSN12345678", "12345678", False),
        ("12345678/8765432X", "12345678; 8765432X", False),
    ],
)
def test_no_issn_is_cut_out_of_a_word(text: str, issn: str, left: bool) -> None:
    (r,) = records(f"TY  - JOUR\nTI  - A\nSN  - {text}\nER  -\n")
    assert (r.issn, ("SN", text) in r.extra) == (issn, left)


def test_continuation_lines() -> None:
    (r,) = records(
        "TY  - JOUR\nTI  - A long\ntitle\nAB  - One\n      wrapped.\n\nTwo.\n"
        "KW  - Alpha\nBeta gamma\n      delta\nAU  - Marx, Karl\nEngels, F\nER  -\n"
    )
    assert r.title == "A long title"
    assert r.abstract == "One wrapped.\nTwo."
    assert r.keywords == ("Alpha", "Beta gamma delta")
    assert r.authors == ("Marx, Karl", "Engels, F")


def test_headings_between_entries_go_to_the_next() -> None:
    a, b = records("Record #1 of 2\nProvider: P\n1.\nTY  - JOUR\nTI  - A\nER  - \n\n2.\nTY  - JOUR\nTI  - B\nER  -\n")
    assert a.extra == (("", "Record #1 of 2"), ("", "Provider: P"), ("", "1."))
    assert b.extra == (("", "2."),)
    assert a.line == 4


def test_a_number_after_an_unclosed_entry_is_not_its_text() -> None:
    a, b = records("1.\nTY  - JOUR\nTI  - A\nAB  - Text\n\n2.\nTY  - JOUR\nTI  - B\n")
    assert a.abstract == "Text"
    assert b.extra == (("", "2."),)


def test_tags_in_small_letters() -> None:
    a, b = records("ty  - JOUR\nti  - A\nau  - Marx, K\nab  - Text of\nit - here\npy  - 2001\ner  - \n\nty  - BOOK\nti  - B\ner  - \n")
    assert (a.title, a.authors, a.year, a.abstract, a.type) == ("A", ("Marx, K",), 2001, "Text of\nit - here", "JOUR")
    assert (b.title, b.line) == ("B", 9)
    (whole,) = records("TY  - JOUR\nTI  - A\nAB  - Of\nor  - it\nER  - \n")
    assert whole.abstract == "Of\nor - it"


@pytest.mark.parametrize("end", ["ER  - \n", ""])
def test_small_letters_are_tags_only_where_the_entries_begin_so(end: str) -> None:
    (r,) = records(f"TY  - JOUR\nTI  - One\nAB  - A scale from\nti  - low to high\n{end}")
    assert (r.title, r.abstract) == ("One", "A scale from\nti - low to high")


def test_no_letter_is_lost_where_no_blank_stands_behind_the_hyphen() -> None:
    (r,) = records("TY  -JOUR\nTI  -One\nAU  -Doe, A.\nER  -\n")
    assert (r.type, r.title, r.authors) == ("JOUR", "One", ("Doe, A.",))


def test_what_stands_on_the_line_of_er_is_kept() -> None:
    one, two = records("TY  - JOUR\nTI  - One\nER  - and a remark\n\nTY  - JOUR\nTI  - Two\nER  - \n")
    assert (one.extra, two.extra) == ((("ER", "and a remark"),), ())


def test_a_line_of_an_abstract_that_begins_as_the_end_would_ends_nothing() -> None:
    a, b = records(
        "TY  - JOUR\nTI  - One\nAB  - We saw that\nER  - stress rose\nin cells.\nDO  - 10.1000/x.1\nER  - \nTY  - JOUR\nTI  - Two\nAB  - As\nER  - stress\nER  - \n"
    )
    assert (a.abstract, a.doi, b.abstract) == ("We saw that\nER - stress rose\nin cells.", "10.1000/x.1", "As\nER - stress")
    assert (a.extra, b.extra) == ((), ())


def test_the_type_in_the_middle_and_an_end_without_a_hyphen() -> None:
    a, b = records("TI  - A\nAU  - X, Y\nTY  - BOOK\nPY  - 2001\nER  - \nTI  - B\nAU  - X, Y\nTY  - THES\nER\n")
    assert [(r.title, r.type, r.authors) for r in (a, b)] == [("A", "BOOK", ("X, Y",)), ("B", "THES", ("X, Y",))]
    (c,) = records("ER  - \nTY  - JOUR\nTI  - C\nER  - \n")
    assert c.extra == (("", "ER  - "),)


def test_a_mark_of_direction_before_a_tag_hides_none() -> None:
    (found,) = records("\u200fTY  - JOUR\n\u200fTI  - پیاده\nAU  - X, Y\n\u202bPY  - 2001\nER  - \n")
    assert (found.title, found.authors, found.year) == ("پیاده", ("X, Y",), 2001)
    (found,) = records("TY  - JOUR\nTI  - پیاده\n\u200fAU  - X, Y\nER  - \n")
    assert (found.title, found.authors) == ("پیاده", ("X, Y",))


def test_what_catalogues_put_behind_names_and_titles() -> None:
    (found,) = records(
        "TY  - BOOK\nTI  - Kerbs : a study /\nAU  - Roe, Jane, 1950-2001.\nAU  - Poe, Eve, author.\nAU  - Lee, Kim, 1960-, editor\nAU  - Ash, Ann, 1950- author.\nER  - \n"
    )
    assert (found.title, found.authors) == ("Kerbs : a study", ("Roe, Jane", "Poe, Eve", "Lee, Kim", "Ash, Ann"))
    assert found.extra == (("AU", "Roe, Jane, 1950-2001.\nPoe, Eve, author.\nLee, Kim, 1960-, editor\nAsh, Ann, 1950- author."),)


def test_what_follows_er_joins_the_entry() -> None:
    a, b = records("TY  - JOUR\nTI  - A\nER  -\nNL  - Health\n\nSee: there\nTY  - JOUR\nTI  - B\nER  -\nUK  - late\nER  -\n")
    assert ("", "NL  - Health") in a.extra
    assert ("", "UK  - late") in b.extra


def test_no_text_is_lost() -> None:
    text = (
        "top\nTY  - BOOK\nTI  - A\nT1  - Another\nAU  - X\nED  - Y\nXX  - odd\nY2  - 2020\nSN  - n/a\nAB  - P\nN2  - Q\nER  - end\ntail\n"
    )
    (r,) = records(text)
    told = repr(r)
    for word in ("top", "Another", "'Y'", "odd", "2020", "n/a", "'Q'", "end", "tail"):
        assert word in told.replace(r.raw, "")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("M3  - doi: 10.1000/x", ("10.1000/x", "")),
        ("UR  - https://doi.org/10.1000/x", ("10.1000/x", "")),
        ("N1  - compare 10.1000/other in this", ("", "")),
        ("N1  - Accession Number: 77; DOI: 10.1000/x; Language: English", ("10.1000/x", "")),
        ("N1  - Comment in: Tests. 2001;3:4. doi: 10.1000/other", ("", "")),
        ("N1  - Comment in: Tests. 2001;3:4.\ndoi: 10.1000/x", ("10.1000/x", "")),
        ("N1  - DOI: 10.1000/x, of DOI: 10.1000/other", ("", "")),
        ("C2  - 31289754", ("", "31289754")),
        ("C3  - PUBMED 21314913", ("", "21314913")),
        ("DB  - Medline\nAN  - 29657938", ("", "29657938")),
        ("DB  - Scopus\nAN  - 29657938", ("", "")),
        ("L2  - https://pubmed.ncbi.nlm.nih.gov/31314949/", ("", "31314949")),
        ("N1  - PubMed ID: 31314949", ("", "31314949")),
        ("SP  - DOI: 10.1000/x", ("10.1000/x", "")),
        ("M1  - Query date: 2026-02-08 14:55:16\nUR  - https://press.example/doi/abs/10.1000/x", ("10.1000/x", "")),  # by Publish or Perish
        ("UR  - https://press.example/doi/abs/10.1000/x", ("", "")),  # somebody may have seen this one there
    ],
)
def test_identifiers_where_exporters_put_them(lines: str, expected: tuple[str, str]) -> None:
    (r,) = records(f"TY  - JOUR\nTI  - A\n{lines}\nER  -\n")
    assert (r.doi, r.pmid, r.pages) == (*expected, "")


def test_nothing_in_it_is_a_reject_with_its_place() -> None:
    found = list(read(b"TY  - JOUR\nTI  - A\nER  -\n\nTY  - JOUR\nN1  - only a note\nER  -\n"))
    assert isinstance(found[1], Reject)
    assert (found[1].line, found[1].reason) == (5, "no title, abstract or identifier")
    assert "only a note" in found[1].raw


def test_no_entry_at_all() -> None:
    with pytest.raises(FormatError, match="no RIS entry"):
        list(read(b"nothing here"))
    assert score("nothing here") == 0


_words = st.text(alphabet=st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=12)
_titles = st.lists(_words, min_size=1, max_size=8).map(" ".join)


@given(st.lists(st.tuples(_titles, st.booleans(), st.booleans()), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n", "\r"]))
def test_generated_files_keep_count_title_and_line(entries: list[tuple[str, bool, bool]], end: str) -> None:
    lines: list[str] = []
    begins = []
    for number, (title, closed, numbered) in enumerate(entries, 1):
        lines += [f"{number}."] if numbered else []
        begins.append(len(lines) + 1)
        lines += ["TY  - JOUR", f"TI  - {title}", "AU  - X, Y"] + (["ER  - "] if closed else []) + [""]
    found = records(end.join(lines))
    assert [r.title for r in found] == [t for t, _, _ in entries]
    assert [r.line for r in found] == begins


@given(st.text(alphabet="TYERAU -\n1.\tx", max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = list(read(text.encode()))
    except FormatError:
        return
    assert found
    assert all(r.line >= 1 for r in found)


def test_tags_of_other_formats_do_not_come_in_the_way_of_ours() -> None:
    assert FORMAT.write
    record = Record(
        title="A", authors=("Marx, Karl",), issue="2", type="JOUR", extra=(("AU", "Marx K"), ("IS", "1234-5678 (Print)"), ("LR", "x"))
    )
    text = b"".join(FORMAT.write([record], notes=False)).decode()
    assert text.splitlines() == ["TY  - JOUR", "AU  - Marx, Karl", "TI  - A", "IS  - 2", "LR  - x", "ER  - ", ""]


def test_days_of_other_formats_are_written_as_no_date_and_no_place() -> None:
    record = Record(title="Boats", year=2001, extra=(("date", "2001 Mar"), ("DA", "20240102"), ("CY", "MAY 1-3, 2001")))
    assert FORMAT.write
    text = b"".join(FORMAT.write([record], notes=False)).decode()
    assert [line for line in text.split("\r\n") if line[:2] in ("DA", "CY")] == ["DA  - 2001/03"]
    (back,) = read(b"".join(FORMAT.write([record])))
    assert isinstance(back, Record)
    assert back.extra == record.extra


def test_values_of_one_line_and_of_several_under_one_tag_are_all_kept() -> None:
    (found,) = records("TY  - JOUR\nTI  - A\nC1  - one\nC1  - two goes\n  on\nC1  - three\nC1  - one\nER  - ")
    assert found.extra == (("C1", "one"), ("C1", "two goes on"), ("C1", "three"), ("C1", "one"))


def test_numbers_where_reference_manager_and_vhl_put_them() -> None:
    (found,) = records("TY  - JOUR\nTI  - A title\nM2  - 10.1590/x.2019.1\nUR  - PM:30612345\nER  - \n")
    assert (found.pmid, found.doi) == ("30612345", "10.1590/x.2019.1")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TY: JOUR\nAU: Marx, Karl\nTI: On: and off\nUK: a place\nPY: 2014\nER:\n\nTY: BOOK\nTI: Other\nER: \n", "JOUR"),
        ("TY  : JOUR\nAU  : Marx, Karl\nTI  : On: and off\nUK: a place\nPY  : 2014\nER  :\n\nTY  : BOOK\nTI  : Other\nER  :\n", "JOUR"),
        ("ty  - jour\nau  - Marx, Karl\nti  - On: and off\nUK: a place\npy  - 2014\ner  - \n\nty  - BOOK\nti  - Other\ner  - \n", "jour"),
        ("ty - jour\nau - Marx, Karl\nti - On: and off\nUK: a place\npy - 2014\ner -\n\nty - BOOK\nti - Other\ner -\n", "jour"),
    ],
)
def test_tags_with_a_colon_or_in_small_letters(text: str, kind: str) -> None:
    assert score(text) == 1
    one, other = records(text)
    assert (one.title, one.authors, one.year, one.type) == ("On: and off UK: a place", ("Marx, Karl",), 2014, kind)
    assert (other.title, other.type) == ("Other", "BOOK")


def test_words_before_a_colon_in_a_usual_file_are_no_tags() -> None:
    (one,) = records("TY  - JOUR\nTI  - On\nAB  - We saw two.\nTY: JOUR\nED: emergency department.\nPY  - 2014\nER  - \n")
    assert (one.abstract, one.year) == ("We saw two.\nTY: JOUR\nED: emergency department.", 2014)


def test_the_department_of_a_thesis_is_no_journal() -> None:
    entry = "TY  - THES\nTI  - On\nT2  - {}\nPB  - University of Tests\nER  - \n"
    one, other = records(entry.format("Department of Oddities") + entry.format("Tests Dissertations & Theses"))
    assert (one.journal, one.extra) == ("", (("T2", "Department of Oddities"), ("publisher", "University of Tests")))
    assert other.journal == "Tests Dissertations & Theses"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("kerbs, physical activity, walks, towns", ("kerbs", "physical activity", "walks", "towns")),
        ("縁石, 歩行", ("縁石", "歩行")),
        ("연석,보행", ("연석", "보행")),
        ("Receptor, Insulin, Type 1", ("Receptor, Insulin, Type 1",)),
        ("Aged, 80 and over", ("Aged, 80 and over",)),
    ],
)
def test_keywords_on_one_line(value: str, words: tuple[str, ...]) -> None:
    (found,) = records(f"TY  - JOUR\nTI  - On\nKW  - {value}\nER  - \n")
    assert found.keywords == words


def test_a_word_of_cochrane_with_nothing_behind_it_is_no_text() -> None:
    (found,) = records("TY  - JOUR\nTI  - On\nKW  - kerbs\nDOI - \nER  - \n")
    assert (found.keywords, found.extra) == (("kerbs",), ())


@pytest.mark.parametrize(
    "abstract",
    ["<p><strong>Aim</strong> p<0.05.</p><p>Done &amp; told.<br/>On.</p>", "&lt;p&gt;Aim p&lt;0.05.&lt;/p&gt;<div>Done & told.</div>On."],
)
def test_paragraphs_of_a_web_page_in_an_abstract(abstract: str) -> None:
    (found,) = records(f"TY  - JOUR\nTI  - On\nAB  - {abstract}\nER  - \n")
    assert found.abstract == "Aim p<0.05.\nDone & told.\nOn."


@pytest.mark.parametrize(("nothing", "kept"), [("nan", []), ("None", ["None"] * 5), ("NA", ["NA"] * 5)])
def test_what_a_script_writes_where_it_has_nothing_is_in_no_field(nothing: str, kept: list[str]) -> None:
    (found,) = records(
        f"TY  - JOUR\nTI  - On\nAU  - {nothing}\nJO  - {nothing}\nAB  - {nothing}\nKW  - {nothing}\nUR  - {nothing}\nER  - \n"
    )
    assert (found.authors, found.journal, found.abstract, found.keywords, found.url) == ((), "", "", (), "")
    assert [text for _, text in found.extra] == kept


def test_what_nobody_sees_is_in_no_field_but_in_the_raw_text() -> None:
    (one,) = records(
        "TY  - JOUR\nAU  - Ma\u200brx, Ka\u00adrl\nAU  - \u200eRoe, A.\u200f\nTI  - On \u202athe\u202c o\u00addd\ufeff\nT2  - \u2060Odd Tests\n"
        "KW  - o\u00addd\nAB  - A re\u00adview\u200b.\nER  - \n"
    )
    assert (one.title, one.authors, one.journal) == ("On the odd", ("Marx, Karl", "Roe, A."), "Odd Tests")
    assert (one.keywords, one.abstract) == (("odd",), "A review.")
    assert "o\u00addd" in one.raw
    (kept,) = records("TY  - JOUR\nTI  - \u0645\u06cc\u200c\u0631\u0648\u0646\u062f\nER  - \n")
    assert kept.title == "\u0645\u06cc\u200c\u0631\u0648\u0646\u062f"


def test_line_breaks_of_a_web_page() -> None:
    one, other = records("TY  - JOUR<br>\nTI  - On<br />\nAB  - A<br>B.<br>\nER  - <br>\n<br>\nTY  - BOOK<br>\nTI  - Off<br>\nER  -<br>\n")
    assert (one.title, one.abstract, one.type, other.title, other.type) == ("On", "A\nB.", "JOUR", "Off", "BOOK")


def test_half_a_letter_that_was_misread_is_no_soft_hyphen() -> None:
    (one,) = records("TY  - JOUR\nAU  - Garc\u00c3\u00ada, A.\nTI  - Die Gro\u00df\u00adstadt\nER  - \n")
    assert (one.authors, one.title) == (("Garc\u00c3\u00ada, A.",), "Die Gro\u00dfstadt")


def test_the_language_under_ovids_tag() -> None:
    (one,) = records("TY  - JOUR\nTI  - On\nLG  - English\nER  - \n")
    assert (one.language, one.extra) == ("English", ())


@pytest.mark.parametrize(
    ("volume", "issue", "expected"),
    [
        ("Vol. 12", "No. 3", ("12", "3")),
        ("Volume 12", "Issue 3", ("12", "3")),
        ("v. 12", "n° 3", ("12", "3")),
        ("12(3)", "", ("12", "3")),
        ("12 (Suppl 1)", "", ("12", "Suppl 1")),
        ("S2", "e12", ("S2", "e12")),
        ("12.0", "3.0", ("12", "3")),  # by way of a data frame
        ("12", "3-4", ("12", "3-4")),
        ("12(3)", "4", ("12(3)", "4")),
    ],
)
def test_what_a_volume_and_an_issue_are_called_is_no_part_of_them(volume: str, issue: str, expected: tuple[str, str]) -> None:
    ris = f"TY  - JOUR\nTI  - One\nVL  - {volume}\nIS  - {issue}\nER  - \n"
    enw = f"%0 Journal Article\n%T One\n%A X\n%V {volume}\n%N {issue}\n"
    assert {(r.volume, r.issue) for r in (*records(ris), one_file.only(enw))} == {expected}


def test_names_below_each_other_and_one_that_was_broken() -> None:
    a, b = records(
        "TY  - JOUR\nTI  - A\nAU  - Doe, J.\n      Roe, R. K.\nER  - \nTY  - JOUR\nTI  - B\nAU  - Group for Walks, Talks\n      of Towns, UK\nER  - \n"
    )
    assert (a.authors, b.authors) == (("Doe, J.", "Roe, R. K."), ("Group for Walks, Talks of Towns, UK",))


@pytest.mark.parametrize(
    ("form", "series", "book"),
    [("bibtex", "series = {Towns}", "journal = {Towns}"), ("csl-json", '"collection-title": "Towns"', '"container-title": "Towns"')],
)
def test_the_series_of_a_book_is_written_as_one_and_of_a_part_of_a_book_its_title(form: str, series: str, book: str) -> None:
    whole, part = records("TY  - BOOK\nTI  - A\nT2  - Towns\nER  - \nTY  - BOOK\nTI  - B\nT2  - Towns\nSP  - 3\nEP  - 9\nER  - \n")
    for record, told in ((whole, series), (part, book)):
        data = b"".join(by_name(form).write([record]))  # type: ignore[misc]
        (back,) = by_name(form).read(data, {})
        assert told in data.decode()
        assert isinstance(back, Record)
        assert same(record, back)


@pytest.mark.parametrize("key", ["Smith2015", "smith_walking_2015", "Smith:2015aa"])
def test_a_citation_key_in_the_place_of_an_id_is_no_accession_number(key: str) -> None:
    (r,) = records(f"TY  - JOUR\nTI  - Walks\nAU  - Smith, John\nPY  - 2015\nID  - {key}\nER  - \n")
    assert (r.accession, r.extra) == ("", (("citation-key", key),))
    assert FORMAT.write
    assert f"ID  - {key}\r\n".encode() in b"".join(FORMAT.write([r]))


@pytest.mark.parametrize("own", ["WOS:2015", "L2015123", "Smithson", "2015-12345"])
def test_an_id_of_a_database_is_its_accession_number(own: str) -> None:
    (r,) = records(f"TY  - JOUR\nTI  - Walks\nAU  - Smith, John\nPY  - 2015\nID  - {own}\nER  - \n")
    assert r.accession == own


def test_where_all_tags_have_one_blank_those_that_few_know_are_tags_too() -> None:
    text = (
        "TY - JOUR\nAU - Roe, J\nFA - Roe, Jane\nTI - Walks\nAB - A scan of the\nNS - guided kind.\nJF - Garden Week\nVO - 85\nIS - 1\nPG - 12-20\nLA - English\nTS - RIS\n"
        "UR - https://example.org/a\nNS -\nER -\n"
    )
    (r,) = records(text)
    assert (r.authors, r.journal, r.volume, r.issue, r.pages) == (("Roe, J",), "Garden Week", "85", "1", "12-20")
    assert (r.language, r.url, r.abstract, dict(r.extra)) == (
        "English", "https://example.org/a", "A scan of the\nNS - guided kind.", {"FA": "Roe, Jane", "TS": "RIS"},
    )  # fmt: skip
