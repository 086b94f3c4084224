"""PubMed XML: readings, breakages and attacks."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.formats.pubmed.pubmed_xml import read, score
from review.model.record import Record, Reject


def entry(pmid: str = "1", title: str = "A title", article: str = "", after: str = "") -> str:
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article><ArticleTitle>{title}</ArticleTitle>'
        f"{article}</Article></MedlineCitation>{after}</PubmedArticle>"
    )


def one(text: str) -> Record:
    (found,) = list(read(text.encode()))
    assert isinstance(found, Record), found
    return found


def test_markup_in_titles_and_sections_in_abstracts() -> None:
    r = one(
        entry(
            title="Of <i>E. coli</i>\n   and CO<sub>2</sub> &amp; &eacute;",
            article="<Abstract><AbstractText Label='AIM'>To <b>see</b>.</AbstractText><AbstractText>Seen.</AbstractText></Abstract>",
        )
    )
    assert r.title == "Of E. coli and CO2 & é"
    assert r.abstract == "AIM: To see.\nSeen."


def test_all_the_fields() -> None:
    r = one(
        entry(
            "123",
            article="<Journal><ISSN>1234-5678</ISSN><JournalIssue><Volume>9</Volume><Issue>3</Issue><PubDate><MedlineDate>1999 Dec-2000 Jan"
            "</MedlineDate></PubDate></JournalIssue><Title>J of Tests</Title></Journal><Pagination><StartPage>12</StartPage><EndPage>15"
            "</EndPage></Pagination><AuthorList><Author><LastName>Marx</LastName><ForeName>Karl</ForeName><Suffix>Jr</Suffix>"
            "<AffiliationInfo><Affiliation>London</Affiliation></AffiliationInfo></Author><Author><CollectiveName>The Group</CollectiveName>"
            "</Author></AuthorList><Language>eng</Language><PublicationTypeList><PublicationType>Review</PublicationType></PublicationTypeList>",
            after='<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/Own</ArticleId><ArticleId IdType="pmc">PMC77</ArticleId>'
            '<ArticleId IdType="pmc">PMC777</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList>'
            '<ArticleId IdType="doi">10.1000/other</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData>',
        )
    )
    assert r.authors == ("Marx, Karl, Jr", "The Group")
    assert (r.year, r.journal, r.volume, r.issue, r.pages) == (1999, "J of Tests", "9", "3", "12-15")
    assert (r.doi, r.pmid, r.accession, r.pmcid, r.issn) == ("10.1000/own", "123", "123", "PMC777", "1234-5678")
    assert (r.language, r.type) == ("eng", "Review")
    assert ("affiliation", "London") in r.extra


@pytest.mark.parametrize(
    ("place", "doi"),
    [
        (
            '<ELocationID EIdType="doi" ValidYN="N">10.1000/bad</ELocationID><ELocationID EIdType="doi">10.1000/good</ELocationID>',
            "10.1000/good",
        ),
        ('<ELocationID EIdType="doi" ValidYN="N">10.1000/bad</ELocationID>', "10.1000/listed"),
        ('<ELocationID EIdType="pii">10.1000/pii</ELocationID>', "10.1000/listed"),
    ],
)
def test_doi_from_the_location_unless_it_is_invalid(place: str, doi: str) -> None:
    listed = '<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/listed</ArticleId></ArticleIdList></PubmedData>'
    assert one(entry(article=place, after=listed)).doi == doi


@pytest.mark.parametrize(
    ("volume", "number", "pages"), [("17", "e80092", "e80092"), ("17", "S0140-6736(20)32600-1", ""), ("", "e80092", "")]
)
def test_the_number_of_an_article_in_a_volume_without_pages(volume: str, number: str, pages: str) -> None:
    journal = f"<Journal><JournalIssue><Volume>{volume}</Volume></JournalIssue></Journal>"
    found = one(entry(article=f'{journal}<ELocationID EIdType="pii" ValidYN="Y">{number}</ELocationID>'))
    assert found.pages == pages


def test_a_prefix_that_the_head_of_the_file_declares() -> None:
    title = "Of <mml:math><mml:mi>x</mml:mi></mml:math> and y"
    (found,) = read(f'<PubmedArticleSet xmlns:mml="http://www.w3.org/1998/Math/MathML">{entry(title=title)}</PubmedArticleSet>'.encode())
    assert isinstance(found, Record)
    assert found.title == "Of x and y"


def test_the_reference_list_is_never_asked() -> None:
    after = (
        '<PubmedData><ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1000/other</ArticleId>'
        '<ArticleId IdType="pmc">PMC9999</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData>'
    )
    r = one(entry(after=after))
    assert (r.doi, r.pmcid) == ("", "")


def test_a_book() -> None:
    r = one(
        "<PubmedBookArticle><BookDocument><PMID>5</PMID><ArticleIdList><ArticleId IdType='doi'>10.1000/b</ArticleId></ArticleIdList>"
        "<Book><BookTitle>The Book</BookTitle><PubDate><Year>2011</Year></PubDate><Isbn>9783161484100</Isbn></Book>"
        "<ArticleTitle>The Chapter</ArticleTitle><AuthorList Type='authors'><Author><LastName>A</LastName><Initials>B</Initials></Author>"
        "</AuthorList><Abstract><AbstractText>Text</AbstractText></Abstract></BookDocument></PubmedBookArticle>"
    )
    assert (r.title, r.journal, r.year, r.isbn, r.doi, r.authors) == (
        "The Chapter",
        "The Book",
        2011,
        "9783161484100",
        "10.1000/b",
        ("A, B",),
    )


@pytest.mark.parametrize(
    ("title", "kind", "told", "doi"),
    [
        ("<ArticleTitle>A chapter</ArticleTitle>", "Review", "Review; Book Chapter", ""),
        ("<ArticleTitle>The Book</ArticleTitle>", "Review", "Review; Book", "10.1000/whole"),
        ("", "Book", "Book", "10.1000/whole"),
    ],
)
def test_the_kind_of_a_book_is_told_by_its_titles(title: str, kind: str, told: str, doi: str) -> None:
    r = one(
        "<PubmedBookArticle><BookDocument><PMID>5</PMID><Book><BookTitle>The Book</BookTitle>"
        f"<ELocationID EIdType='doi'>10.1000/whole</ELocationID></Book>{title}<PublicationType>{kind}</PublicationType>"
        "</BookDocument></PubmedBookArticle>"
    )
    assert (r.type, r.doi, r.journal) == (told, doi, "The Book" if "chapter" in title else "")


def test_lines_and_raw_of_two_sets_in_one_file() -> None:
    text = f'<?xml version="1.0"?>\n<PubmedArticleSet>\n{entry("1")}\n<!-- <PubmedArticle> -->\n{entry("2")}\n</PubmedArticleSet>\n'
    found = list(read((text + text).encode()))
    assert [(type(r), r.line) for r in found] == [(Record, 3), (Record, 5), (Record, 9), (Record, 11)]
    assert found[1].raw == entry("2")


def test_bare_entries_and_an_empty_set() -> None:
    assert len(list(read(f"{entry('1')}\n{entry('2')}".encode()))) == 2
    assert list(read(b"<PubmedArticleSet></PubmedArticleSet>")) == []
    assert score("<PubmedArticleSet/>") == 1


def test_bare_citations_of_the_old_files() -> None:
    text = (
        '<!DOCTYPE MedlineCitationSet PUBLIC "-//NLM//DTD Medline Citation, 1st January 2007//EN" "nlmmedline_070101.dtd">\n<MedlineCitationSet>\n'
        '<MedlineCitation Owner="NLM" Status="MEDLINE"><PMID>1</PMID><Article><ArticleTitle>One</ArticleTitle><AuthorList><Author><LastName>Ho'
        "</LastName><FirstName>Ann</FirstName><MiddleName>B</MiddleName></Author></AuthorList></Article></MedlineCitation>\n"
        "<MedlineCitation><PMID>2</PMID><Article><ArticleTitle>Two</ArticleTitle></Article></MedlineCitation>\n"
        "<DeleteCitation><PMID>3</PMID></DeleteCitation></MedlineCitationSet>"
    )
    assert score(text) == 1
    found = [r for r in read(text.encode()) if isinstance(r, Record)]
    assert [(r.pmid, r.title, r.line, r.authors) for r in found] == [("1", "One", 3, ("Ho, Ann B",)), ("2", "Two", 4, ())]


def test_a_name_that_was_corrected_stands_once() -> None:
    people = (
        "<AuthorList><Author ValidYN='Y'><LastName>Whitley</LastName><Initials>RJ</Initials></Author>"
        "<Author ValidYN='N'><LastName>Whitely</LastName><Initials>RJ</Initials></Author></AuthorList>"
    )
    found = one(entry(article=people))
    assert found.authors == ("Whitley, RJ",)
    assert ("name before correction", "Whitely, RJ") in found.extra


def test_a_broken_reference_list_costs_nothing_and_stays_in_the_raw_text() -> None:
    after = "<PubmedData><ReferenceList><Reference><Citation>A & B</Citation></Reference></ReferenceList><ReferenceList/></PubmedData>"
    r = one(entry(after=after))
    assert r.title == "A title"
    assert "A & B" in r.raw


@given(st.lists(st.sampled_from(["record", "comment", "cdata", "broken", "space", "set"]), max_size=12), st.integers(1, 400))
def test_the_size_of_a_block_changes_nothing(parts: list[str], block: int) -> None:
    made = {
        "record": entry("7", "T") + "\n", "comment": f"<!-- {entry('8')} <PubmedArticle>\n -->", "cdata": f"<![CDATA[{entry('9')}]]>", "space": "\r\n",
        "broken": "<PubmedArticle><MedlineCitation>\n", "set": "</PubmedArticleSet>\n<PubmedArticleSet>",
    }  # fmt: skip
    data = ("<PubmedArticleSet>" + "".join(made[p] for p in parts) + "</PubmedArticleSet>").encode()
    whole = list(read(data))
    with patch("review.formats.characters.stream._BLOCK", block):
        assert list(read(BytesIO(data))) == whole
    assert sum(isinstance(r, Record) for r in whole) >= parts.count("record") - parts.count("broken")


def test_delete_citation_is_no_entry() -> None:
    text = f"<PubmedArticleSet>{entry()}<DeleteCitation><PMID>7</PMID></DeleteCitation></PubmedArticleSet>"
    assert [r.raw for r in read(text.encode())] == [entry()]


def test_no_pmid_is_a_reject_with_its_line() -> None:
    found = list(read(f"<PubmedArticleSet>\n{entry()}\n{entry('')}\n{entry('3')}</PubmedArticleSet>".encode()))
    assert [type(r) for r in found] == [Record, Reject, Record]
    assert isinstance(found[1], Reject)
    assert (found[1].line, found[1].reason) == (3, "the entry has no PMID")


@pytest.mark.parametrize("keep", [1, 3, 6, 14, 30, 100])
def test_a_cut_file_costs_the_cut_entry_only(keep: int) -> None:
    last = entry("3")
    text = f"<PubmedArticleSet>\n{entry('1')}\n{entry('2')}\n{last[: keep + 1]}"
    found = list(read(text.encode()))
    assert [type(r) for r in found] == [Record, Record, Reject]
    assert found[2].line == 4
    assert found[2].raw == last[: keep + 1]


def test_a_broken_entry_costs_no_other() -> None:
    text = f"<PubmedArticleSet>\n{entry('1')}\n<PubmedArticle><PMID>2</PubmedArticle>\n<PubmedArticle>\n{entry('3')}\n</PubmedArticleSet>"
    found = list(read(text.encode()))
    assert [(type(r), r.line) for r in found] == [(Record, 2), (Reject, 3), (Reject, 4), (Record, 5)]
    assert isinstance(found[1], Reject)
    assert "line 3" in found[1].reason


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE a [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;]>',
    ],
)
def test_entities_of_its_own_are_refused(prolog: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(FormatError, match="entities"):
            list(read(f"{prolog}<PubmedArticleSet>{entry(title='&lol2;')}</PubmedArticleSet>".encode(encoding)))


def test_the_ordinary_doctype_is_not_fetched() -> None:
    prolog = '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://dtd.nlm.nih.gov/x.dtd">'
    assert len(list(read(f"{prolog}<PubmedArticleSet>{entry()}</PubmedArticleSet>".encode()))) == 1


def test_escaped_xml_of_the_old_pages() -> None:
    escaped = entry(title="Rock &amp; roll").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert one(f"<pre>{escaped}</pre>").title == "Rock & roll"


def _files(data: Path) -> list[Path]:
    return sorted((data / "imports" / "pubmed-xml").rglob("*.xml"))


def test_elementtree_reads_the_same(data: Path) -> None:
    for path in _files(data):
        root = ElementTree.parse(path).getroot()
        theirs = [e for e in root.iter() if e.tag in ("PubmedArticle", "PubmedBookArticle")]
        ours = [r for r in read(path.read_bytes()) if isinstance(r, Record)]
        assert len(ours) == len(theirs), path.name
        for r, element in zip(ours, theirs, strict=True):
            assert r.pmid == element.findtext("*/PMID")
            title = element.find("*/Article/ArticleTitle")
            if title is not None and "".join(title.itertext()).strip():
                assert r.title == " ".join("".join(title.itertext()).split()), path.name
            assert len(r.authors) == len(element.findall("*/Article/AuthorList/Author")) or not element.findall("*/Article"), path.name
            for text in element.findall("*/Article/Abstract/AbstractText"):
                assert " ".join("".join(text.itertext()).split()) in r.abstract, path.name
            if element.find("*/Article") is not None:
                assert r.year is not None, path.name


def test_names_that_no_dtd_explains_and_bare_ampersands_cost_no_record() -> None:
    r = one(entry(title="Rock & roll at AT&T, &foo; and &eacute; &#233; &amp;"))
    assert r.title == "Rock & roll at AT&T, &foo; and é é &"


def test_italics_in_a_title_of_another_language_part_no_words() -> None:
    r = one(entry().replace("</Article>", "<VernacularTitle>L'effet d'<i>Helicobacter</i>.</VernacularTitle></Article>", 1))
    assert dict(r.extra)["original-title"] == "L'effet d'Helicobacter."


def test_the_labels_of_another_abstract_stay() -> None:
    other = '<OtherAbstract Type="Publisher"><AbstractText Label="BUT">Voir.</AbstractText><AbstractText>Vu.</AbstractText></OtherAbstract>'
    r = one(entry().replace("</MedlineCitation>", f"{other}</MedlineCitation>"))
    assert dict(r.extra)["OtherAbstract"] == "BUT: Voir. Vu."


def test_what_an_update_file_withdraws_or_supersedes_is_rejected() -> None:
    second = entry("2").replace('Version="1"', 'Version="2"')
    text = f"<PubmedArticleSet>{entry('1')}{entry('2')}\n{second}{entry('3')}{entry('3')}<DeleteCitation><PMID Version='1'>1</PMID></DeleteCitation></PubmedArticleSet>"
    for data in (text.encode(), BytesIO(text.encode())):
        found = list(read(data))
        assert [r.accession for r in found if isinstance(r, Record)] == ["2", "3", "3"]
        assert found[2].line == 2
        assert [r.reason for r in found if isinstance(r, Reject)] == [
            "withdrawn: the DeleteCitation list of the file names PMID 1", "version 1 of PMID 2, of which the file has version 2",
        ]  # fmt: skip
    found = list(read(f"{second}{entry('2')}".encode()))
    assert [isinstance(r, Record) for r in found] == [True, False]


@pytest.mark.parametrize(
    ("place", "pages"),
    [
        ("<MedlinePgn>228-42</MedlinePgn>", "228-242"),
        ("<StartPage>228</StartPage><EndPage>242</EndPage><MedlinePgn>228-42</MedlinePgn>", "228-242"),
        ("<StartPage>S12</StartPage><EndPage>S18</EndPage><MedlinePgn>S12-8</MedlinePgn>", "S12-S18"),
        ("<MedlinePgn>1173-9; discussion 1180-1</MedlinePgn>", "1173-1179; discussion 1180-1"),
        ("<MedlinePgn>456-32</MedlinePgn>", "456-32"),
        ("<MedlinePgn>e12-5</MedlinePgn>", "e12-5"),
        ("<MedlinePgn>12-15</MedlinePgn>", "12-15"),
        ("<MedlinePgn>S12-3, 14</MedlinePgn>", "S12-3, 14"),
    ],
)
def test_the_last_page_is_told_in_full(place: str, pages: str) -> None:
    text = (
        "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>T</ArticleTitle>"
        f"<Pagination>{place}</Pagination></Article></MedlineCitation></PubmedArticle>"
    )
    (found,) = read(text.encode())
    assert isinstance(found, Record)
    assert found.pages == pages


def test_who_edited_a_book_and_the_orcid_of_an_author() -> None:
    text = (
        "<PubmedBookArticle><BookDocument><PMID>1</PMID><Book><BookTitle>B</BookTitle><AuthorList Type='editors'><Author><LastName>Adam</LastName></Author>"
        "</AuthorList></Book><ArticleTitle>T</ArticleTitle><AuthorList Type='authors'><Author><LastName>Dietz</LastName><ForeName>H</ForeName>"
        "<Identifier Source='ORCID'>0000-0001</Identifier><AffiliationInfo><Identifier Source='ROR'>https://ror.org/02k</Identifier></AffiliationInfo></Author></AuthorList></BookDocument></PubmedBookArticle>"
    )
    (found,) = read(text.encode())
    assert isinstance(found, Record)
    assert (found.authors, found.extra) == (
        ("Dietz, H",),
        (("AUID", "ORCID: 0000-0001"), ("Identifier", "ROR: https://ror.org/02k"), ("editor", "Adam")),
    )


def test_another_doi_is_kept_and_what_a_disorder_is_called_besides() -> None:
    places = "".join(
        f"<ELocationID EIdType='doi' ValidYN='{valid}'>10.1000/{name}</ELocationID>" for valid, name in (("N", "wrong"), ("Y", "right"))
    )
    r = one(
        entry(
            article=places,
            after="<PubmedData><ArticleIdList><ArticleId IdType='doi'>10.1000/RIGHT</ArticleId></ArticleIdList></PubmedData>",
        )
    )
    assert (r.doi, r.extra) == ("10.1000/right", (("ArticleId doi", "10.1000/wrong"),))
    (book,) = read(
        b"<PubmedBookArticle><BookDocument><PMID>1</PMID><Book><BookTitle>B</BookTitle></Book><ArticleTitle>T</ArticleTitle>"
        b"<ItemList ListType='Synonyms'><Item>Also T</Item></ItemList></BookDocument></PubmedBookArticle>"
    )
    assert isinstance(book, Record)
    assert book.extra == (("Item", "Also T"),)


def test_what_nobody_sees_is_in_no_field() -> None:
    r = one(
        entry(title="Wal\u00adking <i>in\u200b</i> parks", article="<Abstract><AbstractText>A \u2060walk\ufeff.</AbstractText></Abstract>")
    )
    assert (r.title, r.abstract) == ("Walking in parks", "A walk.")
    assert "Wal\u00adking" in r.raw


def test_who_edited_the_proceedings_that_a_paper_stands_in_and_what_a_journal_is_called_by_iso() -> None:
    people = "".join(
        f"<AuthorList Type='{kind}'><Author><LastName>{name}</LastName></Author></AuthorList>"
        for kind, name in (("authors", "Dietz"), ("editors", "Adam"))
    )
    r = one(
        entry(article=f"<Journal><Title>Of parks</Title><ISOAbbreviation>Pk. (Oslo)</ISOAbbreviation></Journal>{people}").replace(
            "</MedlineCitation>",
            "<MedlineJournalInfo><MedlineTA>Pk</MedlineTA></MedlineJournalInfo><KeywordList><Keyword>w</Keyword></KeywordList></MedlineCitation>",
        )
    )
    assert r.authors == ("Dietz",)
    assert r.extra == (("abbreviation", "Pk"), ("ISOAbbreviation", "Pk. (Oslo)"), ("editor", "Adam"))
