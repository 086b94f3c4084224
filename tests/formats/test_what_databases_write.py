"""How databases write people, numbers and addresses in their exports, and what is read of them."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import ANY

import pytest

from review.formats.citations.citation import parse_citation
from review.formats.people.author_lists import split_authors
from review.formats.registry import detect
from review.formats.ris.ris import FORMAT as RIS
from review.formats.values.ids import own_id_in, pmid_in
from review.model.record import Record, Reject


def only(text: str) -> Record:
    (found,) = detect(text.encode()).read(text.encode(), {})
    assert isinstance(found, Record), found
    return found


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Doe J, Roe RA; Some Study Group.", ("Doe J", "Roe RA", "Some Study Group")),
        ("Doe J, Roe RA; The Foundation Inc.", ("Doe J", "Roe RA", "The Foundation Inc.")),
        ("Doe J, Roe RA; Some Study Group..", ("Doe J", "Roe RA", "Some Study Group")),
        ("Doe, Jane M; Roe, Richard.", ("Doe, Jane M", "Roe, Richard")),
        ("Doe, J; Roe, R.", ("Doe, J", "Roe, R")),
        ("DOE Jane, O'ROE Ann-Marie", ("DOE, Jane", "O'ROE, Ann-Marie")),
        ("DOE Jane; DE LA ROE Ana", ("DOE, Jane", "DE LA ROE, Ana")),
        ("DOE J, ROE A", ("DOE J", "ROE A")),
        ("DE LA ROE, Karl L; VAN DER DOE, Jan", ("DE LA ROE, Karl L", "VAN DER DOE, Jan")),
        ("VAN DOE, Karl L", ("VAN DOE, Karl L",)),
        ("Jane Doe·Ann Roe·Li Wei", ("Jane Doe", "Ann Roe", "Li Wei")),
        ("Doe J•Roe A", ("Doe J", "Roe A")),
        ("김철수·이영희", ("김철수", "이영희")),
        ("王小明 李华 张三", ("王小明", "李华", "张三")),
        ("山田 太郎", ("山田 太郎",)),
        ("アンナ·カレーニナ", ("アンナ·カレーニナ",)),
        ("Doe J, Prof A", ("Doe J", "Prof A")),
        ("Doe, Jane; Roe, R.", ("Doe, Jane", "Roe, R.")),
        ("Doe, J.A.; Roe, R.", ("Doe, J.A.", "Roe, R.")),
        ("Doe, Jane.", ("Doe, Jane.",)),
        ("J Doe, R Roe, …", ("J Doe", "R Roe")),
        ("J Doe, ...", ("J Doe",)),
        ("Wang, Y; Wang, Y", ("Wang, Y", "Wang, Y")),
    ],
)
def test_people_in_one_cell(cell: str, people: tuple[str, ...]) -> None:
    assert split_authors(cell) == people


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=med19&NEWS=N&AN=34567890", "34567890"),
        ("http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=emed22&NEWS=N&AN=34567890", ""),
        ("https://search.ebscohost.com/login.aspx?direct=true&db=mdc&AN=34567890&site=ehost-live", "34567890"),
        ("https://search.ebscohost.com/login.aspx?direct=true&db=ccm&AN=134567890&site=ehost-live", ""),
    ],
)
def test_pmids_in_addresses(url: str, number: str) -> None:
    assert pmid_in(url) == number
    assert only(f"TY  - JOUR\nTI  - A\nUR  - {url}\nER  - \n").pmid == number


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://www.proquest.com/scholarly-journals/a-title/docview/2567890123/se-2?accountid=1", "2567890123"),
        ("https://search.proquest.com/docview/2567890123", "2567890123"),
        ("https://eric.ed.gov/?id=EJ1205678", "EJ1205678"),
        ("https://www.cochranelibrary.com/central/doi/10.1002/central/CN-02274567/full", "CN-02274567"),
    ],
)
def test_own_ids_in_addresses(url: str, own: str) -> None:
    assert own_id_in(url) == own


OVID_XML = """<?xml version="1.0"?><records><record index="1">
<F C="UI" L="Unique Identifier"><D type="c">34567890</D></F>
<F C="AU" L="Authors"><D type="s">Doe J</D><D type="s">Roe R</D></F>
<F C="FA" L="Authors Full Name"><D type="s">Doe, Jane</D><D type="s">Roe, Richard</D></F>
<F C="TI" L="Title"><D type="c">H<sub>2</sub>O &amp; health.</D></F>
<F C="SO" L="Source"><D type="c">Journal of Tests. 46(5):947-958, 2021 Oct.</D></F>
<F C="ST" L="Status"><D type="c">MEDLINE</D></F></record></records>"""


def test_ovids_xml() -> None:
    found = only(OVID_XML)
    assert (found.title, found.authors, found.pmid) == ("H2O & health.", ("Doe, Jane", "Roe, Richard"), "34567890")
    assert (found.journal, found.year, found.volume, found.issue, found.pages) == ("Journal of Tests", 2021, "46", "5", "947-958")
    assert ("Status", "MEDLINE") in found.extra


def test_ovids_numbers_and_lists() -> None:
    text = "<1>\n{}\n  34567890\nAuthors Full Name\n  Doe, Jane M; Roe, Richard.\nTitle\n  A title.\n"
    medline, other = only(text.format("Unique Identifier")), only(text.format("Accession Number"))
    assert (medline.pmid, other.pmid) == ("34567890", "")
    assert medline.authors == ("Doe, Jane M", "Roe, Richard")


def test_a_chapter_and_nobody_in_pubmeds_summary() -> None:
    text = (
        "1: Doe J, Roe R. A Chapter. 2000 Sep 5 [updated 2022 Jan 20]. In: Adam MP, Mirzaa GM, editors. The Book [Internet]. Seattle (WA): A "
        "House; 1993–2024. PMID: 20301298.\n\n2: [No authors listed] What is it? J Test. 1999 Mar 6;353(9155):771. PMID: 10459952.\n"
    )
    chapter, nobody = (r for r in detect(text.encode()).read(text.encode(), {}) if isinstance(r, Record))
    assert (chapter.title, chapter.authors, chapter.journal, chapter.year) == (
        "A Chapter.",
        ("Doe J", "Roe R"),
        "The Book [Internet]",
        2000,
    )
    assert (nobody.title, nobody.authors, nobody.journal, nobody.pages) == ("What is it?", (), "J Test", "771")


def test_people_who_stand_above_and_below_in_proquests_text() -> None:
    text = "Document 1 of 1\n\nA title\n\nAuthor: Doe, Jane; Roe, Richard\n\nAbstract: x\n\nTitle: A title\n\nAuthor: Doe, Jane; Roe, Richard\n\nProQuest document ID: 2567890123\n"
    assert only(text).authors == ("Doe, Jane", "Roe, Richard")


def test_supplements_in_embases_citation() -> None:
    for text, issue in (("Obesity Reviews (2020) 21:SUPPL 1. Date of", "SUPPL 1"), ("J Test (2020) 21:3 (1-9). Date of", "3")):
        assert parse_citation(text).issue == issue


def test_numbers_that_a_data_frame_or_spreadsheet_wrote() -> None:
    text = "Title,Year,Volume,Issue,Start Page,End Page,PMID,Accession Number\nA,2021.0,46.0,5.0,947.0,958.0,34567890.0,2.01234E+09\n"
    found = only(text)
    assert (found.year, found.volume, found.issue, found.pages, found.pmid) == (2021, "46", "5", "947-958", "34567890")
    assert found.accession == "34567890"
    assert found.extra == (("Accession Number", "2.01234E+09"),)


def test_zero_is_none_in_publish_or_perish() -> None:
    header = "Cites,Authors,Title,Year,Source,CitesURL,GSRank,Volume,Issue,StartPage,EndPage\n"
    found = only(f'{header}3,"J Doe, …",A,0,x.org,http://c,1,0,0,0,0\n')
    assert (found.authors, found.year, found.volume, found.issue, found.pages) == (("J Doe",), None, "", "", "")
    assert only("Title,Year,Volume,Issue\nA,2001,0,0\n").volume == "0"


def test_links_and_keys_that_tell_the_numbers_in_bibtex() -> None:
    note = r"[PubMed Central:\href{https://x.org/PMC123456}{PMC123456}] [DOI:\href{https://dx.doi.org/10.1000/x1}{10.1000/x1}] "
    found = only(f"@article{{pmid34111222,\n  title = {{A}},\n  note = {{{note}}}\n}}\n")
    assert (found.pmid, found.pmcid, found.doi) == ("34111222", "PMC123456", "10.1000/x1")


@pytest.mark.parametrize(("kind", "stated", "type_"), [("article", "Review", "Review"), ("article", "Conference paper", "article")])
def test_scopus_own_word_for_a_kind_in_bibtex(kind: str, stated: str, type_: str) -> None:
    assert only(f"@{kind}{{a,\n  title = {{A}},\n  type = {{{stated}}}\n}}\n").type == type_


@pytest.mark.parametrize(("lines", "pages"), [("C7  - pp. 1-20", "1-20"), ("C7  - e0229123", "e0229123")])
def test_pages_in_c7(lines: str, pages: str) -> None:
    assert only(f"TY  - JOUR\nTI  - A\n{lines}\nER  - \n").pages == pages


def test_the_pmcid_in_the_address_of_a_file() -> None:
    assert only("TY  - JOUR\nTI  - A\nL1  - https://europepmc.org/articles/pmc8434567?pdf=render\nER  - \n").pmcid == "PMC8434567"


EMBASE = """TITLE
Co-producing health
AUTHOR NAMES
O'Brien S.M.
van der Berg J.
SOURCE
Journal of Tests (2021) 46:5 (947-958). Date of Publication: 1 Oct 2021
ABSTRACT
Background: x.
Methods: y.
MEDLINE PMID
34111222 (http://www.ncbi.nlm.nih.gov/pubmed/34111222)
PUI
L2012345678

TITLE

Another

PUI

L633333333
"""


def test_embases_plain_text() -> None:
    first, second = (r for r in detect(EMBASE.encode()).read(EMBASE.encode(), {}) if isinstance(r, Record))
    assert (first.title, first.authors, first.journal) == ("Co-producing health", ("O'Brien S.M.", "van der Berg J."), "Journal of Tests")
    assert (first.volume, first.pages, first.pmid, first.accession) == ("46", "947-958", "34111222", "L2012345678")
    assert first.abstract == "Background: x.\nMethods: y."
    assert (second.title, second.accession) == ("Another", "L633333333")


def test_rows_that_a_spreadsheet_put_into_quotation_marks_as_a_whole() -> None:
    text = '"PMID,""Title"",Year"\n"34567890,""A, title"",2021"\n"34567891,Another,2020"\n'
    found = [r for r in detect(text.encode()).read(text.encode(), {}) if isinstance(r, Record)]
    assert [(r.pmid, r.title, r.year) for r in found] == [("34567890", "A, title", 2021), ("34567891", "Another", 2020)]


def test_a_row_above_the_header_is_a_reject_also_where_it_is_wider() -> None:
    text = "J,Doe,A title,2001,10.1000/x1,more\nTitle,Authors,Year,DOI\n"
    (found,) = detect(text.encode()).read(text.encode(), {})
    assert isinstance(found, Reject)


def test_an_older_source_of_ebscos() -> None:
    cited = parse_citation("Journal of Tests; Oct2021, Vol. 46 Issue 5, p947-958, 12p")
    assert (cited.journal, cited.year, cited.volume, cited.issue, cited.pages) == ("Journal of Tests", 2021, "46", "5", "947-958")


@pytest.mark.parametrize("lines", ["DB  - cmedm\nAN  - 34111222", "DB  - MEDLINE®\nAN  - 2525234567; 34111222"])
def test_medlines_number_at_ebsco_and_proquest(lines: str) -> None:
    assert only(f"TY  - JOUR\nTI  - A\n{lines}\nER  - \n").pmid == "34111222"


def test_the_journal_is_the_citations_where_a_conference_is_named_too() -> None:
    text = "<1>\nTitle\n  A\nSource\n  Journal of Tests. Conference: A Congress. Leeds. 21(SUPPL 1) (no pagination), 2020.\nConference Name\n  A Congress\n"
    found = only(text)
    assert (found.journal, found.issue) == ("Journal of Tests", "SUPPL 1")
    assert ("conference", "A Congress") in [(name.replace(" name", ""), value) for name, value in found.extra]
    assert only("Title,Conference Name,Year\nA,A Congress,2020\n").journal == "A Congress"


@pytest.mark.parametrize(("number", "pages"), [("1234", "1234"), ("99", "")])
def test_the_number_of_an_article_that_its_doi_ends_with(number: str, pages: str) -> None:
    assert only(f"TY  - JOUR\nTI  - A\nM1  - {number}\nDO  - 10.3390/ijerph17051234\nER  - \n").pages == pages


def test_pubmeds_title_that_has_no_english_form() -> None:
    text = "PMID- 12345678\nTI  - [Not Available].\nTT  - Un titre.\nOAB - Publisher: Abstract available from the publisher.\nOAB - KIE: What it says.\n"
    xml = (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12345678</PMID><Article><ArticleTitle>[Not Available].</ArticleTitle>"
        "<VernacularTitle>Un titre.</VernacularTitle></Article><OtherAbstract><AbstractText>Abstract available from the publisher.</AbstractText>"
        "</OtherAbstract><OtherAbstract><AbstractText>What it says.</AbstractText></OtherAbstract></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    for found in (only(text), only(xml)):
        assert (found.title, found.abstract) == ("Un titre.", "What it says.")
        assert "Abstract available from the publisher." in [value.removeprefix("Publisher: ") for _, value in found.extra]
    assert only("PMID- 12345678\nTI  - [Not Available].\n").title == "[Not Available]."


def test_the_columns_of_engineering_village() -> None:
    header = "Title,Accession number,Author,Source,Abbreviated source title,Controlled/Subject terms,Publication Year\n"
    found = only(f'{header}A,20191234567,"Doe, J.A. (1); Roe, R. (1, 2)",Journal of Tests,J Tests,Sensors; Hospitals,2019\n')
    assert (found.journal, found.authors, found.keywords) == ("Journal of Tests", ("Doe, J.A.", "Roe, R."), ("Sensors", "Hospitals"))


def test_the_columns_of_hal_and_of_kci() -> None:
    hal = only("halId_s;title_s;authFullName_s;producedDateY_i;journalTitle_s;doiId_s\nhal-1;A;Jane Doe;2021;J Tests;10.1000/x1\n")
    assert (hal.accession, hal.authors, hal.year, hal.journal, hal.doi) == ("hal-1", ("Jane Doe",), 2021, "J Tests", "10.1000/x1")
    assert only("논문명,저자명,발행연도,시작페이지,끝페이지\n지역,김지수,2018,420,431\n").pages == "420-431"


def test_a_long_blank_in_a_list_of_people_takes_no_time() -> None:
    assert split_authors(f"Doe, J{' ' * 200_000}; Roe, R") == ("Doe, J", "Roe, R")


def test_a_citation_with_a_month_and_no_stop() -> None:
    cited = parse_citation("Journal of Tests 2011 Jan-Feb;5(Suppl 1):S10-S15")
    assert (cited.journal, cited.year, cited.volume, cited.issue, cited.pages) == ("Journal of Tests", 2011, "5", "Suppl 1", "S10-S15")
    assert parse_citation("Plan 2000 Update; a report").journal == ""


def test_people_with_the_numbers_of_their_addresses_in_ebscos_and_proquests_text() -> None:
    ebsco = "Title: A walk.\nAuthors: Roe, Ann1 ann@x.uk; Poe, Karl2\nAccession Number: 48765432\nDatabase: Academic Search Premier\n"
    assert only(ebsco).authors == ("Roe, Ann", "Poe, Karl")
    proquest = (
        "Document 1 of 1\n\nA walk\n\nAuthor: Smith, John 1; Doe, Jane 1 2 1 Leeds, UK 2 York, UK\n\nProQuest document ID: 1701234567\n"
    )
    found = only(proquest)
    assert found.authors == ("Smith, John", "Doe, Jane")
    assert ("affiliation", "1 Leeds, UK 2 York, UK") in found.extra


def test_the_authors_that_a_record_of_psycinfo_cites_are_no_editors() -> None:
    cited = ", ".join(f"Roe, {letter}." for letter in "ABCDEF")
    found = only(f"TY  - JOUR\nTI  - A\nA2  - {cited}\nA2  - Poe, K.\nER  - \n")
    assert found.extra == (("A2", cited), ("editor", "Poe, K."))


def test_what_databases_put_behind_a_title_or_a_journal() -> None:
    found = only("TY  - JOUR\nTI  - A walk. [References].\nT2  - Ear & Hearing (01960202)\nER  - \n")
    assert (found.title, found.journal, found.issn, found.extra) == ("A walk.", "Ear & Hearing", "01960202", (("note", "[References]."),))
    assert only("TY  - JOUR\nTI  - A\nT2  - Care (1910-622X)\nSN  - 1910-622X\nER  - \n").issn == "1910-622X"


IN_FORMATS = (
    "TY  - JOUR\nTI  - {}\nER  - \n",
    'Title;Year\n"{}";2005\n',
    "@article{{a1, title = {{{}}}, year = {{2005}}}}\n",
    '[{{"type": "article-journal", "id": "1", "title": "{}"}}]',
    "<xml><records><record><titles><title>{}</title></titles></record></records></xml>",
    "%0 Journal Article\n%T {}\n%D 2005\n%J Streets\n",
    "<1>\nUnique Identifier\n  1\nTitle\n  {}\nYear of Publication\n  2005\n",
)


@pytest.mark.parametrize("form", IN_FORMATS, ids=["ris", "csv", "bibtex", "csl-json", "endnote-xml", "refer", "ovid"])
@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("Kerbs in towns.", "[Review] [45 refs]"),
        ("Kerbs in towns?", "[see comment]. [Review] [10 refs]"),
        ("Kerbs in towns.", "[erratum appears in Streets. 2005 Apr 2;330(7494):764]."),
        ("Kerbs in towns.", "[Summary for patients in Streets. 2005 Mar 1;142(5):I23; PMID: 15738444]."),
        ("[Kerbs in towns].", "[German]"),
        ("[Kerbs in towns].", "[Review] [0 refs] [English, French]"),
    ],
)
def test_ovids_notes_behind_a_title_are_notes(form: str, title: str, note: str) -> None:
    found = only(form.format(f"{title} {note}"))
    assert (found.title, found.pmid) == (title, "")
    assert ("note", note) in found.extra
    assert only(b"".join(RIS.write([found])).decode()) == replace(found, line=1, raw=ANY)


@pytest.mark.parametrize(
    "title",
    ["[Kerbs in towns].", "[Review]", "Kerbs [Review] in towns", "Kerbs in towns [corrected].", "The Gothic [German]", "How to teach grammar? [English]", "Kerbs. [Retraction of Roe J. 2005]",
     "Kerbs in towns. [Leeds]", "]", "Kerbs in towns]", "Kerbs. [Review of the book Kerbs, by J. Roe]"],
)  # fmt: skip
def test_brackets_of_its_own_stay_in_a_title(title: str) -> None:
    assert only(IN_FORMATS[0].format(title)).title == title


def test_ovids_links_are_those_of_the_record_above_them() -> None:
    link = "Link to the Ovid Full Text or citation: http://ovidsp.ovid.com/ovidweb.cgi?AN=1"
    text = f"1.\nTY  - JOUR\nID  - 1\nT1  - A\nER  - \n\n{link}\n\n2.\nTY  - JOUR\nID  - 2\nT1  - B\nER  - \n"
    found = list(detect(text.encode()).read(text.encode(), {}))
    assert [r.extra for r in found if isinstance(r, Record)] == [(("", "1."), ("", link)), (("", "2."),)]
    apart = text.replace(": http", ":\nhttp").encode()
    found = list(detect(apart).read(apart, {}))
    assert [r.extra for r in found if isinstance(r, Record)] == [(("", "1."), ("", link[:39]), ("", link[40:])), (("", "2."),)]
    tagged = f"<1>\nTitle\n  A walk.\nYear of Publication\n  2015\n{link[:39]}\n  {link[40:]}\nLink to the External Link Resolver:\n  https://r.edu/?id=1\n"
    one = only(tagged)
    assert (one.title, one.year, one.url) == ("A walk.", 2015, link[40:])
    assert one.extra == (("link to the external link resolver", "https://r.edu/?id=1"),)


CITED = "Roe K, Lee R, O'Poe F. Kerbs and care in the towns of adults. Streets and Care. 2015;32(4):512-520. doi: 10.1000/x1"


@pytest.mark.parametrize("form", ["TY  - JOUR\nTI  - {}\nER  - \n", 'Title,Year\n"{}",\n'], ids=["ris", "csv"])
def test_a_whole_citation_or_a_doi_in_the_place_of_a_title(form: str) -> None:
    found = only(form.format(CITED))
    assert (found.title, found.authors, found.year) == ("Kerbs and care in the towns of adults", ("Roe K", "Lee R", "O'Poe F"), 2015)
    assert (found.journal, found.volume, found.issue, found.pages, found.doi) == ("Streets and Care", "32", "4", "512-520", "10.1000/x1")
    assert ("citation", CITED) in found.extra
    found = only(form.format("https://doi.org/10.1000/x1"))
    assert (found.title, found.doi) == ("", "10.1000/x1")
    marked = CITED.replace("care", "<i>care</i>", 1)
    assert only(form.format(marked)).authors in ((), ("Roe K", "Lee R", "O'Poe F"))
    plain = "Kerbs of 2015 and the 3 ways in which the adults of towns of the north do care of them"
    assert only(form.format(plain)).title == plain


def test_a_body_alone_wrote_it_in_pubmeds_text() -> None:
    text = "1. J Test. 2001 Mar;4(1):2-3.\n\nA title.\n\n{}\n\nAims were to see. We did.\n\nPMID: 11111111\n"
    found = only(text.format("World Health Organization; Global Network of Walkers."))
    assert (found.authors, found.abstract) == (("World Health Organization", "Global Network of Walkers"), "Aims were to see. We did.")
    said = "The Department of Health announced a plan to walk."
    assert only(text.format(said)).abstract.startswith(said)


@pytest.mark.parametrize("end", ["\u2028", "\x0b"])
def test_line_ends_of_word_processors_where_there_are_no_others(end: str) -> None:
    text = f'Title,Authors,Year{end}A walk,"Roe, J",2015{end}'
    assert only(text).title == "A walk"
    kept = f"Title,Year\nA{end}walk,2015\n"
    assert only(kept).title == "A walk"


def test_a_firm_whose_name_has_an_and_is_one_author() -> None:
    assert only("@book{a, title={Walks}, author={{Roe, R and Noble, Inc}}}").authors == ("Roe, R and Noble, Inc",)
    assert only("@book{a, title={Walks}, author={{Roe, R and Noble, I}}}").authors == ("Roe, R", "Noble, I")


def test_a_title_before_initials_alone_is_a_family() -> None:
    assert only('Title,Authors,Year\nWalks,"Doe J, Prof A",2015\n').authors == ("Doe J", "Prof A")
    assert only('Title,Authors,Year\nWalks,"Dr Jane Doe, Prof A Roe",2015\n').authors == ("Jane Doe", "A Roe")


def test_points_between_keywords_part_them() -> None:
    assert only("Title,Keywords,Year\nWalks,walk · bus · health,2015\n").keywords == ("walk", "bus", "health")
    assert only("TY  - JOUR\nTI  - Walks\nKW  - walk • bus\nER  - \n").keywords == ("walk", "bus")


def test_degrees_behind_names_in_ris() -> None:
    found = only("TY  - JOUR\nTI  - Kerbs\nAU  - Roe, Ann A, MD, PhD\nAU  - Poe-Lee, Jane, RN\nAU  - Doe, MD\nER  - \n")
    assert found.authors == ("Roe, Ann A", "Poe-Lee, Jane", "Doe, MD")
    assert ("AU", "Roe, Ann A, MD, PhD\nPoe-Lee, Jane, RN\nDoe, MD") in found.extra


def test_ovid_calls_a_dissertation_an_article_in_ris() -> None:
    text = "TY  - JOUR\nT1  - Kerbs\nJF  - Dissertation Abstracts International\nPT  - {}\nER  - \n"
    assert only(text.format("Dissertation Abstract")).type == "Dissertation Abstract"
    assert only(text.format("Electronic Collection")).type == "JOUR"


@pytest.mark.parametrize(
    ("code", "note", "kind"),
    [
        ("JOUR", "Accession Number: 107. Language: English. Publication Type: abstract; proceedings. Journal Subset: UK.", "abstract; proceedings"),
        ("JOUR", "Accession Number: 107. Publication Type: Journal (0100), Peer Reviewed Journal (0110). Language: German. ", "Journal (0100), Peer Reviewed Journal (0110)"),
        ("JOUR", "Accession Number: 107; Publication Type: Letter; PMID: NLM123", "Letter"),
        ("THES", "Accession Number: 107. Publication Type: Doctoral Dissertation.", "Doctoral Dissertation"),
        ("JOUR", "Accession Number: 107. Publication Type: Pictorial.", "JOUR"),
        ("JOUR", "Its words. Publication Type: Letter.", "JOUR"),
        ("JOUR\nM3  - Article", "Accession Number: 107. Publication Type: Letter.", "Article"),
    ],
)  # fmt: skip
def test_the_kind_of_publication_in_ebscohosts_note(code: str, note: str, kind: str) -> None:
    found = only(f"TY  - {code}\nTI  - Kerbs\nAN  - 107\nN1  - {note}\nDP  - EBSCOhost\nER  - \n")
    assert found.type == kind
    assert ("note", note.strip()) in found.extra
