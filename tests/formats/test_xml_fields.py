"""What an element of an XML format means for one field: each case a snippet, and what is read from it."""

from __future__ import annotations

import pytest

from review.formats.registry import by_name
from review.model.record import Record

MODS = "<mods><titleInfo><title>A</title></titleInfo>{}</mods>"
MODS_NAME = "<name><namePart>{}</namePart><role><roleTerm>{}</roleTerm></role></name>"
MARC = "<collection><record><leader/><datafield tag='245'>{}</datafield></record></collection>"
BIBTEXML = "<file xmlns='http://bibtexml.sf.net/'><entry id='k'><book>{}</book></entry></file>"
JATS = "<article><front><article-meta><title-group><article-title>A</article-title></title-group>{}</article-meta></front></article>"
WORD = "<b:Sources xmlns:b='http://schemas.openxmlformats.org/officeDocument/2006/bibliography'><b:Source><b:Title>A</b:Title>{}</b:Source></b:Sources>"
ENDNOTE = "<xml><records><record><ref-type name='{}'>0</ref-type><titles><title>A</title>{}</titles>{}</record></records></xml>"
RDF = (
    "<rdf:RDF xmlns:z='http://www.zotero.org/namespaces/export#'><bib:X><z:itemType>x</z:itemType><dc:title>A</dc:title>{}</bib:X>"
    '<z:Attachment rdf:about="#f"><rdf:resource rdf:resource="files/1/a.pdf"/></z:Attachment></rdf:RDF>'
)
PERSON = "<rdf:Seq><rdf:li><foaf:Person><foaf:surname>Doe</foaf:surname><foaf:givenName>J</foaf:givenName></foaf:Person></rdf:li></rdf:Seq>"
UNIXREF = (
    "<doi_records><doi_record><crossref><journal><journal_article><titles><title>A</title></titles><contributors><person_name><surname>Doe</surname>"
    "<ORCID>https://orcid.org/0000-0002-1825-0097</ORCID></person_name></contributors><publication_date><month>05</month><year>2001</year></publication_date>"
    "<crossmark><crossmark_policy>10.1000/policy</crossmark_policy></crossmark><citation_list><citation><article_title>B</article_title></citation></citation_list>"
    "</journal_article></journal></crossref></doi_record></doi_records>"
)
CITAVI = (
    '<CitaviExchangeData><Persons><Person id="p"><LastName>Roe</LastName></Person></Persons><References><Reference id="r"><Title>A</Title>{}</Reference></References>'
    "<ReferenceCollaborators><OnetoN>r;p</OnetoN></ReferenceCollaborators>"
    '<Locations><Location id="l"><ReferenceID>r</ReferenceID>{}</Location></Locations></CitaviExchangeData>'
)
PUBMED = (
    "<PubmedArticle><MedlineCitation><PMID>1</PMID><DateRevised><Year>2021</Year><Month>2</Month><Day>4</Day></DateRevised><Article><Journal><JournalIssue>{}"
    "</JournalIssue></Journal><ArticleTitle>A</ArticleTitle></Article><ChemicalList><Chemical><RegistryNumber>7732-18-5</RegistryNumber></Chemical></ChemicalList>"
    "</MedlineCitation><PubmedData><History><PubMedPubDate PubStatus='received'><Year>2019</Year><Month>1</Month><Day>7</Day></PubMedPubDate></History>"
    "<PublicationStatus>ppublish</PublicationStatus></PubmedData></PubmedArticle>"
)


@pytest.mark.parametrize(
    ("form", "text", "field", "value"),
    [
        ("mods", MODS.format("<genre type='contentTypeCode'>refereed</genre><genre type='publicationTypeCode'>article</genre>"), "type", "article"),
        ("mods", MODS.format(MODS_NAME.format("Doe, J", "author") + MODS_NAME.format("Roe, R", "thesis advisor")), "authors", ("Doe, J",)),
        ("mods", MODS.format(MODS_NAME.format("Doe, J", "author") + MODS_NAME.format("Roe, R", "trl")), "extra", ("trl", "Roe, R")),
        ("mods", MODS.format("<relatedItem type='references'><originInfo><dateIssued>2001</dateIssued></originInfo></relatedItem>"), "year", None),
        ("mods", MODS.format(MODS_NAME.format("Doe, J", "inventor")), "authors", ("Doe, J",)),
        ("mods", MODS.format(MODS_NAME.format("Doe, J", "edt")), "authors", ()),
        ("mods", MODS.format("<subject><topic>a</topic><geographic>Oban</geographic></subject>"), "keywords", ("a", "Oban")),
        ("mods", MODS.format("<relatedItem type='host'><originInfo><publisher>P</publisher></originInfo></relatedItem>"), "extra", ("publisher", "P")),
        ("mods", MODS.format(f"<relatedItem type='host'>{MODS_NAME.format('Poe, E', 'editor')}</relatedItem>"), "extra", ("editor", "Poe, E")),
        ("mods", MODS.format("<identifier type='pubmed'>25400000</identifier>"), "pmid", "25400000"),
        ("mods", MODS.format("<typeOfResource>text</typeOfResource><relatedItem type='host'><genre>periodical</genre></relatedItem>"), "type", "journal article"),
        ("mods", MODS.format("<relatedItem type='host'><relatedItem type='series'><titleInfo><title>S</title></titleInfo></relatedItem></relatedItem>"), "extra", ("series", "S")),
        ("mods", MODS.format(MODS_NAME.format("Doe, J", "author") + MODS_NAME.format("Leeds", "degree grantor")), "extra", ("publisher", "Leeds")),
        ("mods", MODS.format("<tableOfContents>One. Two.</tableOfContents>"), "extra", ("tableOfContents", "One. Two.")),
        ("mods", MODS.format("<titleInfo type='alternative'><title>B</title><partNumber>2</partNumber></titleInfo>"), "extra", ("title alternative", "B. 2")),
        ("mods", MODS.format("<name><namePart>Doe, J</namePart><nameIdentifier>0000-0001</nameIdentifier></name>"), "extra", ("mods:nameIdentifier", "0000-0001")),
        ("mods", MODS.format("<originInfo><issuance>monographic</issuance></originInfo>"), "extra", ("mods:issuance", "monographic")),
        ("marcxml", MARC.format("<subfield code='a'>Walks :</subfield><subfield code='b'>a study.</subfield><subfield code='n'>Part 2,</subfield><subfield code='p'>Hills /</subfield>"), "title", "Walks: a study. Part 2. Hills"),
        ("bibtexml", BIBTEXML.format("<title><title>A</title><subtitle>b</subtitle></title>"), "title", "A: b"),
        ("bibtexml", BIBTEXML.format("<title>A</title><author><person><first>J</first><prelast>de</prelast><last>Doe</last></person><person><last>Roe</last></person></author>"), "authors", ("de Doe, J", "Roe")),
        ("bibtexml", BIBTEXML.format("<title>A</title><chapter><title>C</title></chapter>"), "extra", ("chapter title", "C")),
        ("jats", JATS.format("<pub-date pub-type='epub'><year>2018</year></pub-date><pub-date pub-type='ppub'><year>2019</year></pub-date>"), "year", 2019),
        ("jats", JATS.format("<pub-date pub-type='epub'><year>2018</year></pub-date><pub-date pub-type='ppub'><year>2019</year></pub-date>"), "extra", ("History", "epub 2018")),
        ("jats", JATS.format("<funding-group><award-group><funding-source>F</funding-source><award-id>7</award-id></award-group></funding-group>"), "extra", ("funding", "F 7")),
        ("jats", JATS.format("<contrib-group><contrib><contrib-id contrib-id-type='orcid'>http://orcid.org/0000-0001</contrib-id></contrib></contrib-group>"), "extra", ("AUID", "ORCID: 0000-0001")),
        ("jats", JATS.format("<author-notes><corresp>Write to <email>a@x.org</email>, please</corresp></author-notes>"), "extra", ("jats:corresp", "Write to a@x.org, please")),
        ("jats", JATS.format("<contrib-group><contrib><collab>The group<contrib-group><contrib><name><surname>Doe</surname><given-names>J</given-names></name></contrib></contrib-group></collab></contrib></contrib-group>"), "extra", ("collaborator", "Doe, J")),
        ("tei", "<listBibl><biblStruct><analytic><title>A</title></analytic><monogr><respStmt><resp>illustrated by</resp></respStmt></monogr></biblStruct></listBibl>", "extra", ("tei:resp", "illustrated by")),
        ("msbib", WORD.format("<b:InternetSiteTitle>Site</b:InternetSiteTitle>"), "journal", "Site"),
        ("msbib", WORD.format("<b:SourceType>ConferenceProceedings</b:SourceType><b:ConferenceName>Proc</b:ConferenceName>"), "journal", "Proc"),
        ("msbib", WORD.format("<b:JournalName>J</b:JournalName><b:BookTitle>Book</b:BookTitle>"), "extra", ("BookTitle", "Book")),
        ("msbib", WORD.format("<b:LCID>en-US</b:LCID>"), "language", "en-US"),
        ("msbib", WORD.format("<b:LCID>1033</b:LCID>"), "language", ""),
        ("endnote-xml", ENDNOTE.format("Thesis", "<secondary-title>Dept</secondary-title>", "<volume>PhD</volume>"), "journal", ""),
        ("endnote-xml", ENDNOTE.format("Thesis", "", "<volume>PhD</volume>"), "extra", ("volume", "PhD")),
        ("endnote-xml", ENDNOTE.format("Thesis", "", "<volume>2</volume>"), "volume", "2"),
        ("endnote-xml", ENDNOTE.format("Book", "", "<notes>Printed.&#xD;doi: 10.1000/x</notes>"), "doi", "10.1000/x"),
        ("endnote-xml", ENDNOTE.format("Book", "", "<custom3>10.1000/x</custom3>"), "doi", "10.1000/x"),
        ("endnote-xml", ENDNOTE.format("Book", "", "<abstract>One<sub>2</sub> <i>x</i><p>Two</p>p < 0.05<br>q</abstract>"), "abstract", "One2 x\nTwo\np < 0.05\nq"),
        ("endnote-xml", ENDNOTE.format("Journal Article", "<secondary-title>J Walk Res</secondary-title>", "<periodical><full-title>J Walk Res</full-title><abbr-1>Journal of walking research</abbr-1></periodical>"), "journal", "Journal of walking research"),
        ("endnote-xml", ENDNOTE.format("Journal Article", "", "<periodical><full-title>J Walk Res</full-title><abbr-1>Journal of walking research</abbr-1></periodical>"), "extra", ("abbreviation", "J Walk Res")),
        ("endnote-xml", ENDNOTE.format("Journal Article", "", "<orig-pub>Gehwege</orig-pub>"), "extra", ("original-title", "Gehwege")),
        ("endnote-xml", ENDNOTE.format("Journal Article", "<translated-title>Ways</translated-title>", ""), "extra", ("TT", "Ways")),
        ("endnote-xml", ENDNOTE.format("Book", "<short-title><i>All</i></short-title>", ""), "extra", ("short-title", "All")),
        ("endnote-xml", ENDNOTE.format("Book", "", "<contributors>Doe<authors><author>Roe</author></authors></contributors>"), "extra", ("contributors", "Doe")),
        ("endnote7-xml", "<RECORDS><RECORD><REFERENCE_TYPE>1</REFERENCE_TYPE><TITLE>Of <I>three</I> mice</TITLE></RECORD></RECORDS>", "title", "Of three mice"),
        ("endnote-xml", ENDNOTE.format("Web Page", "", "<volume>2020</volume><number>3 May</number>"), "issue", ""),
        ("endnote-xml", ENDNOTE.format("Journal Article", "", "<custom7>e12</custom7>"), "pages", "e12"),
        ("endnote-xml", ENDNOTE.format("Book", "", "<custom7>e12</custom7>"), "pages", ""),
        ("endnote-xml", ENDNOTE.format("17", "", ""), "type", "Journal Article"),
        ("endnote-xml", ENDNOTE.format("Book", "", "<abstract><![CDATA[A & B &lt; <5]]> &amp; &beta;</abstract>"), "abstract", "A & B &lt; <5 & β"),
        ("endnote-xml", ENDNOTE.format("Book", "", "<notes>PMID: 12&#xD;PMCID: PMC345</notes>"), "pmcid", "PMC345"),
        ("endnote-xml", ENDNOTE.format("Book", "", "<urls><web-urls><url>https://x.org/a;https://x.org/b</url></web-urls></urls>"), "url", "https://x.org/a"),
        ("endnote-xml", ENDNOTE.format("Book", "", "<contributors><authors><author>Doe, J., Roe, R.</author></authors></contributors>"), "authors", ("Doe, J.", "Roe, R.")),
        ("zotero-rdf", RDF.format("<dcterms:abstract>One.\n Two.</dcterms:abstract>"), "abstract", "One.\nTwo."),
        ("zotero-rdf", RDF.format('<link:link rdf:resource="#f"/>'), "extra", ("file", "files/1/a.pdf")),
        ("zotero-rdf", RDF.format(f"<z:inventors>{PERSON}</z:inventors>"), "authors", ("Doe, J",)),
        ("zotero-rdf", RDF.format(f"<bib:authors>{PERSON}</bib:authors><z:translators>{PERSON}</z:translators>"), "extra", ("translators", "Doe, J")),
        ("zotero-rdf", RDF.format("<dcterms:isPartOf><bib:Book><dcterms:isPartOf><bib:Series><dc:title>S</dc:title></bib:Series></dcterms:isPartOf></bib:Book></dcterms:isPartOf>"), "extra", ("series", "S")),
        ("pubmed-xml", PUBMED.format("<PubDate><Year>2019</Year><Month>Jun</Month></PubDate>"), "extra", ("date", "2019 Jun")),
        ("pubmed-xml", PUBMED.format("<PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate>"), "extra", ("date", "1998 Dec-1999 Jan")),
        ("pubmed-xml", PUBMED.format("<PubDate><Year>2019</Year></PubDate>"), "extra", ("DateRevised", "2021-02-04")),
        ("pubmed-xml", PUBMED.format(""), "extra", ("History", "received 2019-01-07")),
        ("pubmed-xml", PUBMED.format(""), "extra", ("PublicationStatus", "ppublish")),
        ("pubmed-xml", PUBMED.format(""), "extra", ("RegistryNumber", "7732-18-5")),
        ("service-xml", UNIXREF, "extra", ("AUID", "ORCID: 0000-0002-1825-0097")),
        ("service-xml", UNIXREF, "extra", ("date", "2001-05")),
        ("service-xml", UNIXREF, "extra", ("doi_record:crossmark_policy", "10.1000/policy")),
        ("citavi", CITAVI.format("<OnlineAddress>http://x.org</OnlineAddress>", "<Address>http://x.org</Address>"), "extra", ("Collaborator", "Roe")),
        ("citavi", CITAVI.format("", "<Address>http://x.org</Address>"), "url", "http://x.org"),
        ("citavi", CITAVI.replace('<Person id="p"', '<Person by="x" id="p" on="1"').format("", ""), "extra", ("Collaborator", "Roe")),
        ("citavi", CITAVI.format("<PageRange>&lt;sp&gt;512&lt;/sp&gt; &lt;op&gt;512-520&lt;/op&gt;</PageRange>", ""), "pages", "512-520"),
        ("citavi", CITAVI.format("", "<Address>scans/1.pdf</Address>"), "extra", ("Location", "scans/1.pdf")),
    ],
)  # fmt: skip
def test_what_an_element_means(form: str, text: str, field: str, value: object) -> None:
    (found,) = by_name(form).read(text.encode(), {})
    assert isinstance(found, Record), found
    told = getattr(found, field)
    assert value in told if field == "extra" else told == value


def test_an_issn_with_a_word_is_written_once() -> None:
    told = Record(
        title="Walks", issn="1234-5678; 8765-4321", isbn="9783161484100", extra=(("isbn", "1234-5678 (Electronic)"), ("isbn", "no number"))
    )
    ris = b"".join(by_name("ris").write([told], notes=False)).decode().splitlines()
    assert [line[6:] for line in ris if line[:2] == "SN"] == ["1234-5678 (Electronic)", "8765-4321", "9783161484100", "no number"]
    xml = b"".join(by_name("endnote-xml").write([told], notes=False)).decode()
    assert xml.count("1234-5678") == 1
