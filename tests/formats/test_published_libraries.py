"""Shapes of reference libraries that reviews published beside their papers: kinds of works other than articles, names in wrong places."""

from __future__ import annotations

import pytest
from one_file import only, records

from review.formats.citations.citation import journal_apart
from review.formats.citations.reference_title import title_in
from review.formats.registry import by_name
from review.formats.values.kinds import kind_of
from review.formats.values.numbers import pages
from review.model.record import Record


@pytest.mark.parametrize(
    ("title", "under", "whole"),
    [("Wells", "A review", "Wells: A review"), ("Why wells?", "A review", "Why wells? A review"), ("Wells", "Springs", "Wells")],
)
def test_the_subtitle_that_pure_has_in_the_place_of_the_journal(title: str, under: str, whole: str) -> None:
    entry = "TY  - JOUR\nT1  - {}\nT2  - {}\nJF  - Springs\nJO  - Springs\n{}DO  - 10.1000/x\nER  - \n"
    found = only(entry.format(title, under, "U2  - 10.1000/x\n"))
    assert (found.title, found.journal, ("T2", under) in found.extra) == (whole, "Springs", False)
    assert only(entry.format(title, under, "")).title == title


@pytest.mark.parametrize("kind", ["CONF", "CPAPER"])
def test_the_proceedings_of_a_paper_by_zotero_and_endnote(kind: str) -> None:
    paper = f"TY  - {kind}\nTI  - Wells at night\nAU  - Doe, Ivan\nC3  - Proceedings of the Ninth Day of Wells\n{{}}PY  - 2012\nER  - \n"
    found = only(paper.format(""))
    assert (found.journal, found.extra) == ("Proceedings of the Ninth Day of Wells", ())
    found = only(paper.format("T2  - Day of Wells\n"))
    assert (found.journal, found.extra) == ("Day of Wells", (("C3", "Proceedings of the Ninth Day of Wells"),))


@pytest.mark.parametrize(
    "lines",
    [
        "TY  - JOUR\nC3  - A list of towns\n",
        "TY  - CPAPER\nC3  - PUBMED 21310001\n",
        "TY  - CPAPER\nC3  - University of Wells\nWE  - Conference Proceedings Citation Index (CPCI-S)\n",
        "TY  - CPAPER\nC3  - University of Wells\nC3  - College of Springs\n",
    ],
)
def test_other_things_in_the_place_of_proceedings(lines: str) -> None:
    assert only(f"{lines}TI  - Wells at night\nER  - \n").journal == ""


CITED = (
    "Sumuria : Journal of Wells; Vol 2, No 2 (2020); 203-220 ; 26229940",
    "Sumuria : Journal of Wells; Vol. 2 No. 2 (2020): Wells, and more; 203-220",
    "Sumuria : Journal of Wells; v. 2 n. 2 (2020): jan./dez.; 203-220",
    "Sumuria : Journal of Wells; Vol. 2 Núm. 2 (2020); 203-220",
    "Sumuria : Journal of Wells; Том 2 № 2 (2020); 203-220",
    "Sumuria : Journal of Wells; Cilt 2 Sayı 2 (2020); 203-220",
)


@pytest.mark.parametrize("cited", CITED)
@pytest.mark.parametrize(
    "form",
    [
        "TY  - JOUR\nTI  - Wells at night\nT2  - {}\nUR  - https://wells.example.org/view/5\nER  - \n",
        "@article{{doe,\n title = {{Wells at night}},\n journal = {{{}}}\n}}\n",
        '[{{"type": "article-journal", "title": "Wells at night", "container-title": "{}"}}]',
        'Title,Publication Title,DOI\nWells at night,"{}",\nAnother,,\n',
    ],
)
def test_a_citation_where_the_name_of_the_journal_belongs(form: str, cited: str) -> None:
    found = records(form.format(cited))[0]
    assert (found.journal, found.volume, found.issue, found.pages) == ("Sumuria : Journal of Wells", "2", "2", "203-220")
    assert (found.year, dict(found.extra)["citation"]) == (2020, cited)


def test_what_else_is_told_goes_before_a_citation_in_the_name_of_the_journal() -> None:
    found = journal_apart(Record(journal="Wells; Vol. 2 No. 3 (2020)", volume="7", year=2019, extra=(("note", "n"),)))
    assert (found.volume, found.issue, found.year) == ("7", "3", 2019)
    assert found.extra == (("note", "n"), ("citation", "Wells; Vol. 2 No. 3 (2020)"))


@pytest.mark.parametrize(
    "name", ["Water; Soil", "Acta Medica; Nova Series (2001)", "Proceedings; Vol. 12", "Wells (2020)", "Doe; V. Roe's Papers"]
)
def test_a_name_of_a_journal_that_is_no_citation(name: str) -> None:
    record = Record(journal=name)
    assert journal_apart(record) is record


def test_pages_that_are_not_known() -> None:
    assert pages("", "n/a") == pages("n/a") == pages("N/A", "N/A") == pages("NA") == pages("NA", "NA") == pages("NA-NA") == ""
    assert pages("", "e0123001") == "e0123001"
    assert pages("n1", "n9") == "n1-n9"
    assert only("TY  - JOUR\nT1  - Wells\nY1  - 2016\nEP  - n/a\nJF  - Springs\nER  - \n").pages == ""


def test_a_name_without_a_family() -> None:
    assert only("TY  - BOOK\nTI  - Wells\nAU  - , بئر منصور\nAU  - Doe, Ivan\nER  - \n").authors == ("بئر منصور", "Doe, Ivan")


def test_editors_are_each_their_own() -> None:
    paper = "%0 Conference Paper\n%T Wells\n%A Ivan Doe\n%B Day of Wells\n%E Jane Roe\n%E Sue Moe\t\n%P 532--539\n"
    found = only(paper)
    assert [text for name, text in found.extra if name == "editor"] == ["Jane Roe", "Sue Moe"]
    assert found.pages == "532-539"
    chapter = (
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT B\nAU Doe, I\nBE Roe, J\n   Moe, S\nTI Wells\nSO HANDBOOK OF WELLS\nER\n\nEF\n"
    )
    assert [text for name, text in only(chapter).extra if name == "editor"] == ["Roe, J", "Moe, S"]


def test_a_chapter_that_web_of_science_calls_an_article_too() -> None:
    assert kind_of("Article; Book Chapter").ris == kind_of("Review; Book Chapter").ris == "CHAP"
    assert kind_of("Article; Proceedings Paper").ris == kind_of("Journal Article; Review").ris == "JOUR"


@pytest.mark.parametrize(
    ("written", "read"),
    [("0317-8471-1050-124X", "0317-8471; 1050-124X"), ("0317-8471-", "0317-8471"), ("-1050-124X", "1050-124X"), ("-", "")],
)
def test_the_two_numbers_of_a_journal_at_dergipark(written: str, read: str) -> None:
    found = only(f"TY  - JOUR\nTI  - Kuyular\nSN  - {written}\nER  - \n")
    assert (found.issn, found.extra) == (read, ())


def test_one_abstract_under_two_tags() -> None:
    entry = "TY  - JOUR\nTI  - Kuyular\nN2  - {}\nAB  - Of wells.\nER  - \n"
    assert (only(entry.format("Of wells.")).abstract, only(entry.format("Of wells.")).extra) == ("Of wells.", ())
    assert only(entry.format("Kuyulara dair.")).extra == (("N2", "Kuyulara dair."),)


ANTHOLOGY = """%0 Conference Proceedings
%T Reading wells
%A Doe, Ivan
%Y Roe, Jane
%Y Moe, Sue
%S Proceedings of the 9th Meeting on Wells
%D 2020
%I Society of Wells
%P 1-10
"""


def test_the_proceedings_that_the_acl_anthology_calls_a_series() -> None:
    found = only(ANTHOLOGY)
    assert (found.journal, found.authors) == ("Proceedings of the 9th Meeting on Wells", ("Doe, Ivan",))
    assert found.extra == (("editor", "Roe, Jane"), ("editor", "Moe, Sue"), ("publisher", "Society of Wells"))
    found = only(ANTHOLOGY + "%B Day of Wells\n")
    assert (found.journal, ("series", "Proceedings of the 9th Meeting on Wells") in found.extra) == ("Day of Wells", True)


def test_what_endnote_has_of_a_thesis_or_a_web_page_in_the_place_of_other_things() -> None:
    thesis = only("%0 Thesis\n%A Doe, Ivan\n%T Wells\n%B Department of Water\n%V Ph.D.\n%D 2003\n%I University of Springs\n")
    assert (thesis.journal, thesis.volume) == ("", "")
    assert thesis.extra == (("B", "Department of Water"), ("V", "Ph.D."), ("publisher", "University of Springs"))
    page = only("%0 Web Page\n%T Wells\n%V 2010\n%N 5 March\n%D 2003\n%U https://wells.example.org\n")
    assert (page.volume, page.issue, page.year, page.extra) == ("", "", 2003, (("V", "2010"), ("N", "5 March")))
    degree = only("TY  - THES\nTI  - Wells\nVL  - Ph.D.\nER  - \n")
    assert (degree.volume, degree.extra) == ("", (("VL", "Ph.D."),))
    assert only("TY  - THES\nTI  - Wells\nVL  - 3\nER  - \n").volume == "3"
    assert only("TY  - JOUR\nTI  - Wells\nVL  - Suppl\nER  - \n").volume == "Suppl"


MENDELEY = """TY  - JOUR
TI  - Reading wells
AU  - Doe Ivan
and Roe, Jane
AU  - Moe, Sue
AU  - others
VL  - nan
IS  - nan
ER  -
"""


def test_names_that_mendeley_kept_as_bibtex_and_places_that_a_data_frame_has_not() -> None:
    found = only(MENDELEY)
    assert (found.authors, found.extra) == (("Doe Ivan", "Roe, Jane", "Moe, Sue"), (("AU", "others"),))
    assert (found.volume, found.issue) == ("", "")
    assert only(MENDELEY.replace("nan", "Nan 2")).issue == "Nan 2"
    for blanks in ("", "  "):
        wrapped = only(f"TY  - JOUR\nTI  - Wells\nAU  - Society of Wells\n{blanks}and Springs\nER  - \n")
        assert wrapped.authors == ("Society of Wells and Springs",)


def test_dashes_and_quotation_marks_that_paperpile_left_as_latex() -> None:
    text = "TY  - JOUR\nTI  - Doe\\textendashRoe wells, the well\\textquoteright s wall\nAB  - \\textlessp\\textgreater \\textbook{}\nKW  - wells\\textemdashdeep\nER  - \n"
    found = only(text)
    assert (found.title, found.abstract, found.keywords) == ("Doe–Roe wells, the well’s wall", "<p> \\textbook{}", ("wells—deep",))
    assert "\\textendash" in found.raw


def test_a_sign_in_braces_is_the_sign_alone() -> None:
    assert only("TY  - JOUR\nTI  - Wells of {\\textless}5 m{\\textgreater}\nER  - \n").title == "Wells of <5 m>"


def test_letters_and_capitals_that_bibtex_kept_in_braces() -> None:
    text = (
        'TY  - JOUR\nTI  - {{COVID-19}} and the {UK}: M{\\"u}hlen, gar{\\c c}ons, Stra{\\ss}e, \\textit{Sus} {x}, $f_{A}$\n'
        "AU  - Ro{\\'{e}}, J{\\o}rn\nAU  - {World Society of Wells}\nT2  - {Wells}\nER  - \n"
    )
    found = only(text)
    assert found.title == "COVID-19 and the UK: Mühlen, garçons, Straße, \\textit{Sus} {x}, $f_{A}$"
    assert (found.authors, found.journal) == (("Roé, Jørn", "World Society of Wells"), "Wells")


@pytest.mark.parametrize(
    ("people", "authors", "kept"),
    [
        ("Doe, I., Roe, J., et al.", ("Doe, I.", "Roe, J."), "et al."),
        ("Doe, Ivan\nAU  - et al", ("Doe, Ivan",), "et al"),
        ("Doe, Ivan and Roe, Jane and others", ("Doe, Ivan", "Roe, Jane"), "and others"),
        ("Doe, Ivan\nAU  - and others", ("Doe, Ivan",), "and others"),
    ],
)
def test_the_others_behind_the_authors_are_nobody(people: str, authors: tuple[str, ...], kept: str) -> None:
    found = only(f"TY  - JOUR\nTI  - Wells\nAU  - {people}\nER  - \n")
    assert (found.authors, found.extra) == (authors, (("AU", kept),))


def test_editors_of_psycinfo_and_reference_manager() -> None:
    found = only("TY  - CHAP\nTI  - Wells\nA2  - Roe, Jane [Ed]\nA2  - Moe,S. (Eds.)\nED  - Poe, E; Society of Wells,\nER  - \n")
    assert [text for _, text in found.extra] == ["Roe, Jane", "Moe, S.", "Poe, E", "Society of Wells"]
    found = only("RT Book, Section\nA1 Doe,I.\nA2 Roe,J.\nA2 Moe,S.\nT1 Wells\n")
    assert found.extra == (("editor", "Roe, J."), ("editor", "Moe, S."))


@pytest.mark.parametrize(
    ("lines", "name", "value"),
    [
        ("SP  - no pagination\nN1  - Article Number: e071234. Date of Publication: 2023.", "pages", "e071234"),
        ("EI  - 2332-8878", "issn", "2332-8878"),
        ("SN  - 1050-124X\nEI  - 2332-8878", "issn", "1050-124X"),
    ],
)
def test_numbers_that_stand_elsewhere(lines: str, name: str, value: str) -> None:
    assert getattr(only(f"TY  - JOUR\nTI  - Wells\n{lines}\nER  - \n"), name) == value


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Journal Article; Preprint", "UNPB"),
        ("Dataset; Journal Article", "JOUR"),
        ("Editorial Material", "JOUR"),
        ("Retraction of Publication", "JOUR"),
        ("Journal, Electronic", "EJOUR"),
        ("Discussion Paper", "RPRT"),
        ("P", "PAT"),
        ("Case/Court Decisions", "CASE"),
        ("Computer Program", "COMP"),
        ("computerProgram", "COMP"),
        ("software", "COMP"),
        ("Statute", "STAT"),
        ("legislation", "STAT"),
        ("legal_case", "CASE"),
        ("Film or Broadcast", "VIDEO"),
        ("Electronic Book", "BOOK"),
        ("encyclopediaArticle", "CHAP"),
        ("entry-dictionary", "CHAP"),
        ("blogPost", "ELEC"),
        ("misc", "GEN"),
        ("Case Reports", "JOUR"),
    ],
)
def test_what_endnote_zotero_and_csl_call_other_kinds_of_works(word: str, code: str) -> None:
    assert kind_of(word).ris == code


@pytest.mark.parametrize(
    "said",
    [
        "Wells; Jan 2015; vol. 35 (no. 3); p. 12-20",  # the NHS's search
        "Wells; 2015. 35(3):12-20. 30 ref.",  # CAB Abstracts
        "(2015) Wells, 35 (3), pp. 12-20.",  # Scopus
        "WELLS, 35(3), 12-20",
        "Wells. 2015 Jan 7;35(3):12-20",
        "Wells 35: 12-20",
    ],
)
def test_a_citation_in_the_place_of_a_journal_whose_volume_and_pages_are_nowhere(said: str) -> None:
    found = journal_apart(Record(journal=said))
    assert (found.journal.title(), found.volume, found.pages) == ("Wells", "35", "12-20")
    assert found.issue in ("3", "" if ": 12" in said else "3")
    assert found.extra == (("citation", said),)
    kept = Record(journal=said, volume="1")
    assert ";" in said or journal_apart(kept) is kept


@pytest.mark.parametrize(
    "name",
    [
        "Studies 2015",
        "The 3rd Conference on Wells (2015)",
        "PLoS ONE 10",
        "Wells 24:7",
        "Acta 2000",
        "Walks 2019 (CCW)",
        "Vision 2020 (1)",
        "Nursing 99 (London)",
        "Report No. 12 (3)",
    ],
)
def test_numbers_in_the_name_of_a_journal_that_are_no_citation(name: str) -> None:
    record = Record(journal=name)
    assert journal_apart(record) is record


def test_books_in_pubmed_s_summary() -> None:
    first, second = (
        r
        for r in by_name("pubmed-text").read(
            b"1: Soil Centre (UK). Wells in towns: a study. Roe AB, Poe K, editors. Leeds (UK): Soil Press; 2012 Jun. (Soil Reports, No. 3.) PMID: 22812015.\n\n"
            b"2: Roe A, Poe KB. Wells [Internet]. London: Soil Press; 2012. PMID: 22812016.\n",
            {},
        )
        if isinstance(r, Record)
    )
    assert (first.title, first.authors, first.year, first.pmid) == ("Wells in towns: a study.", ("Soil Centre (UK)",), 2012, "22812015")
    assert {("publisher", "Soil Press"), ("place", "Leeds (UK)"), ("editor", "Poe K"), ("series", "(Soil Reports, No. 3.)")} <= set(
        first.extra
    )
    assert (second.title, second.authors, second.pmid) == ("Wells [Internet]", ("Roe A", "Poe KB"), "22812016")


def test_an_abstract_that_the_publisher_gave_is_no_publisher() -> None:
    text = "1. J Wells. 2015 Jan;30(1):1-9.\n\nWells.\n\nRoe A(1).\n\nPublisher: OBJECTIF : Un. Deux.\n\nPMID: 25400000\n"
    (found,) = by_name("pubmed-text").read(text.encode(), {})
    assert isinstance(found, Record)
    assert ("OAB", "Publisher: OBJECTIF : Un. Deux.") in found.extra


def test_pubmed_s_summaries_that_somebody_went_through_by_hand() -> None:
    one, two, three = (f"Roe {c}. Title {c} of wells. J Wells. 2015 Jan;3{n}(1):1-9. PMID: 2540000{n}." for n, c in enumerate("ABC"))
    text = f"17: {one}\n\nmine: in\n\n{two}\n\n25: {three}\nout\n26: {one}\n"
    found = [r for r in by_name("pubmed-text").read(text.encode(), {}) if isinstance(r, Record)]
    assert by_name("pubmed-text").score(text) > 0
    assert [(r.line, r.pmid, r.volume, r.title[:7]) for r in found] == [
        (1, "25400000", "30", "Title A"), (5, "25400001", "31", "Title B"), (7, "25400002", "32", "Title C"), (9, "25400000", "30", "Title A"),
    ]  # fmt: skip
    assert ("note", "mine: in") in found[0].extra
    assert any("out" in value for _, value in found[2].extra)


def test_keywords_that_r_packages_join_by_and() -> None:
    head = "label,author,title,year,keywords\n"
    rows = 'r1,"Roe, Ann and Poe, Kim",Wells,2015,adult and human and wells\nr2,"Roe, Ann and Moe, Lee",Springs,2016,human and springs\n'
    assert [r.keywords for r in records(head + rows)] == [("adult", "human", "wells"), ("human", "springs")]
    kept = rows.replace("adult and human and wells", "Health and Safety; wells")  # another sign parts them
    assert [r.keywords for r in records(head + kept)] == [("Health and Safety", "wells"), ("human and springs",)]


def test_a_numbered_line_behind_an_abstract_begins_no_entry() -> None:
    first = "1. J Wells. 2020 Mar;4(1):2-3.\n\nWells.\n\nRoe A(1).\n\nPMID: 25400001\n\nConflict of interest statement: Dr Roe has declared:\n2. Dr Poe has not.\n"
    text = f"{first}\n2. J Wells. 2020 Mar;4(1):4-5.\n\nSprings.\n\nPoe K(1).\n\nPMID: 25400002\n"
    found = [r for r in by_name("pubmed-text").read(text.encode(), {}) if isinstance(r, Record)]
    assert [(r.title, r.pmid, r.journal) for r in found] == [("Wells.", "25400001", "J Wells"), ("Springs.", "25400002", "J Wells")]
    assert any("Dr Poe has not." in value for _, value in found[0].extra)


def test_years_behind_the_name_of_a_journal_are_no_issn() -> None:
    record = Record(journal="Public Wells (1896-1970)")
    assert journal_apart(record) is record
    assert journal_apart(Record(journal="Public Wells (1910-622X)")).issn == "1910-622X"


@pytest.mark.parametrize(
    "text",
    [
        "Roe J, Poe K, et al. Wells of towns. J Wells. 2019 Apr;40(2):2-9.",
        "Roe J. Wells of towns. Leeds: Soil Press; 2019.",
        "Roe J, Poe K (2019) Wells of towns. J Wells 40:2-9",
        "Roe, J., & Poe, K. (2019). Wells of towns. J Wells, 40(2), 2-9.",
        "Roe, J. (2019). Wells of towns. Leeds: Soil Press.",
        "Roe, J. and Poe, K. (2019) 'Wells of towns', J Wells, 40(2), pp. 2-9.",
        "ROE, J., POE, K., 2019. Wells of towns. J Wells 40, 2-9.",
        "Roe J., Poe K. (2019) Wells of towns. J Wells, 40, 2-9",
        "[7] Roe J, Poe K: Wells of towns. J Wells 2019, 40(2):2-9.",
    ],
)
def test_a_reference_in_one_cell_has_its_title(text: str) -> None:
    (found,) = records(f'Reference,Reason\n"{text}",Wrong outcome\n')
    assert (found.title, found.year) == ("Wells of towns", 2019)
    assert found.authors[0].replace(",", "").replace(".", "").upper() == "ROE J"


@pytest.mark.parametrize(
    ("text", "authors", "rest"),
    [
        ('Roe, Jane, and Kim Poe. "Wells of the Towns." J Wells 40, no. 2 (2019): 2–9.', ("Roe, Jane", "Kim Poe"), ("J Wells", "40", "2", "2-9")),
        ('Roe, Jane, et al. "Wells of the Towns." J Wells, vol. 40, no. 2, 2019, pp. 2-9.', ("Roe, Jane",), ("J Wells", "40", "2", "2-9")),
        ('Roe, Jane. 2019. “Wells of the Towns.” J Wells 40 (2): 2–9.', ("Roe, Jane",), ("J Wells", "40", "2", "2-9")),
        ('J. Roe and K. Poe, "Wells of the towns," J Wells, vol. 40, no. 2, pp. 2-9, Jan. 2019.', ("J. Roe", "K. Poe"), ("J Wells", "40", "2", "2-9")),
        ("Roe, J.; Poe, K.-D. Wells of the towns. J. Wells 2019, 40, 2–9. https://doi.org/10.1000/w1", ("Roe, J.", "Poe, K.-D."), ("J. Wells", "40", "", "2-9")),
        ("Roe, J. Wells of the towns. J. Wells of Leeds 2019, 40 (2), 1234.", ("Roe, J.",), ("J. Wells of Leeds", "40", "2", "1234")),
        ("Roe, J.; Poe, K. Wells of the towns, 2nd ed.; Soil Press: Leeds, UK, 2019.", ("Roe, J.", "Poe, K."), ("", "", "", "")),
        ("Roe, J. & Poe, K. Wells of the towns. J. Wells 40, 2–9 (2019).", ("Roe, J.", "Poe, K."), ("J. Wells", "40", "", "2-9")),
        ("Roe, J & Poe, K 2019, 'Wells of the towns', J Wells, vol. 40, no. 2, pp. 2–9.", ("Roe, J", "Poe, K"), ("J Wells", "40", "2", "2-9")),
        ("Roe, Jane; Poe, Kim (2019): Wells of the towns. In: J Wells 40 (2), S. 2–9.", ("Roe, Jane", "Poe, Kim"), ("J Wells", "40", "2", "2-9")),
        ("Roe J. Wells of the towns. In: Poe K, editor. A book of wells. Leeds: Soil Press; 2019. p. 2-9.", ("Roe J",), ("A book of wells", "", "", "2-9")),
        ("Roe, J. (2019). Wells of the towns. In K. Poe (Ed.), A book of wells (pp. 2-9). Soil Press.", ("Roe, J.",), ("A book of wells", "", "", "2-9")),
        ("Roe J. Wells of the towns. In: Poe K, Doe I, editors. Wells: a book. 2nd ed. Leeds: Soil Press; 2019. p. 2-9.", ("Roe J",), ("Wells: a book", "", "", "2-9")),
        ("Roe J. Wells of the towns. In: Proceedings of the 10th Day of Wells; 2019 Jun 10-12; Leeds, UK. York: Soil Press; 2019. p. 2-9.", ("Roe J",), ("Proceedings of the 10th Day of Wells", "", "", "2-9")),
        ("Roe, J. (2019). Wells of the towns. In Proceedings of the 10th Day of Wells (Vol. 4, pp. 2–9). Soil Press.", ("Roe, J.",), ("Proceedings of the 10th Day of Wells", "4", "", "2-9")),
        ('J. Roe and K. Poe, "Wells of the towns," in Proc. 10th Day of Wells, Leeds, UK, 2019, pp. 2–9.', ("J. Roe", "K. Poe"), ("Proc. 10th Day of Wells", "", "", "2-9")),
        ('Roe, Jane. "Wells of the Towns." In A Book of Wells, edited by K. Poe, 2–9. Leeds: Soil Press, 2019.', ("Roe, Jane",), ("A Book of Wells", "", "", "2-9")),
        ("Roe, Jane. Wells of the Towns. Leeds: Soil Press, 2019.", ("Roe, Jane",), ("", "", "", "")),
        ("Council of Leeds. (2019). Wells of the towns. Leeds: Soil Press.", ("Council of Leeds",), ("", "", "", "")),
        ("Council of Leeds (2019) Wells of the towns. Leeds: Soil Press.", ("Council of Leeds",), ("", "", "", "")),
        ("Council of Leeds. Wells of the towns. Leeds: Soil Press; 2019.", ("Council of Leeds",), ("", "", "", "")),
    ],
)  # fmt: skip
def test_a_reference_in_one_cell_has_its_parts(text: str, authors: tuple[str, ...], rest: tuple[str, ...]) -> None:
    (found,) = records('Reference,Reason\n"{}",Wrong outcome\n'.format(text.replace('"', '""')))
    assert (found.title.casefold(), found.year, found.authors) == ("wells of the towns", 2019, authors)
    assert (found.journal, found.volume, found.issue, found.pages) == rest


@pytest.mark.parametrize(
    ("text", "journal"),
    [
        ("Roe J. On wells. In: Poe K, editor. A book of wells. Leeds: Soil Press; 2019. p. 2-9. PMID: 21310001", "A book of wells"),
        ("Roe, J. (2019). On wells. In Proceedings of Wells (pp. 2-9). Soil Press. PMID: 21310001", "Proceedings of Wells"),
    ],
)
def test_a_short_title_parts_a_reference_where_it_stands_by_itself(text: str, journal: str) -> None:
    found = only(f'Reference,Reason\n"{text}",Wrong outcome\n')
    assert (found.title, found.journal, found.volume, found.pages, found.pmid) == ("On wells", journal, "", "2-9", "21310001")
    assert found.authors in (("Roe J",), ("Roe, J.",))


def test_what_could_not_be_told_of_a_reference_is_no_journal() -> None:
    found = only('Citation,DOI\n"Poe K, Roe J. Wells. Lancet. 2019;4(1):2-9.",10.1000/w1\n')
    assert (found.journal, found.year) == ("", 2019)


@pytest.mark.parametrize(
    ("column", "label", "authors"),
    [
        ("Study ID", "Roe 2019", ("Roe J", "Poe K")),
        ("Study", "Roe et al. (2019)", ("Roe J", "Poe K")),
        ("Author", "Roe et al.", ("Roe J", "Poe K")),
        ("Author", "Roe J; Poe K; Doe I", ("Roe J", "Poe K", "Doe I")),
    ],
)
def test_of_those_whom_a_label_names_a_reference_has_all(column: str, label: str, authors: tuple[str, ...]) -> None:
    text = "Roe J, Poe K. Wells of towns. J Wells. 2019;4(1):2-9."
    found = only(f'{column},Citation,Reason\n{label},"{text}",Wrong outcome\n')
    assert (found.authors, found.title, found.journal, found.year) == (authors, "Wells of towns", "J Wells", 2019)
    assert label in {told for _, told in found.extra} | {"; ".join(authors)}


def test_a_title_with_a_year_in_it_is_no_reference() -> None:
    for title in (
        "Advice on the wells of old towns (2016): what the council said. With many drawings",
        "Wells of towns. A study. Leeds: the soil; 2016",
        "Wells; springs: Leeds, UK, 2015. What we saw there. A report",
        "Wells of Leeds, UK, 2015. What we saw there. A report",
        "Wells of Leeds, United Kingdom (2015): what we saw there. A report",
        "Vitamin D: what is in it? In Leeds 2016, a survey. Of wells",
    ):
        assert title_in(title) == ""


@pytest.mark.parametrize("people", ["Roe, J. and ", "Roe, J., ", "Roe, J.; ", "Roe J, ", "A A A A, "])
def test_a_list_of_people_that_never_ends_holds_no_title(people: str) -> None:
    assert title_in(people * 500) == ""


@pytest.mark.parametrize(
    ("said", "volume", "issue"),
    [
        ("Wells, Vol. 85, No. 3", "85", "3"),
        ("Wells 85(3)", "85", "3"),
        ("Wells, vol. 12", "12", ""),
        ("Wells (2015)", "", ""),
        ("Wells, 2015", "", ""),
        ("Wells, March, 2015", "", ""),
        ("Wells, Vol 12, Iss 1, Pp 1-10 (2015)", "12", "1"),
    ],
)
def test_a_volume_or_the_year_of_the_work_behind_the_name_of_a_journal(said: str, volume: str, issue: str) -> None:
    found = journal_apart(Record(journal=said, year=2015))
    assert (found.journal, found.volume, found.issue, found.year, found.extra) == ("Wells", volume, issue, 2015, (("citation", said),))
    kept = Record(journal="The 3rd Conference on Wells (2015)", year=2015)
    assert journal_apart(kept) is kept
