"""The registry, and the contract that every format in it keeps."""

from __future__ import annotations

import base64
import csv
import io
import zipfile
import zlib
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from review.errors import FormatError, UsageError
from review.formats.base import Format
from review.formats.own import own
from review.formats.registry import FORMATS, by_name, detect, formats
from review.model.record import Record, Reject

SAMPLES = {
    "pubmed-xml": "<PubmedArticleSet>\n<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Ärger</ArticleTitle></Article>"
    "</MedlineCitation></PubmedArticle>\n<PubmedArticle></PubmedArticle></PubmedArticleSet>",
    "nbib": "PMID- 1\nTI  - Ärger\n\nPMID- \nOWN - NLM\n",
    "ris": "TY  - JOUR\nTI  - Ärger\nER  -\n\nTY  - JOUR\nER  -\n",
    "europepmc-json": '{"version": "6.9", "hitCount": 2, "resultList": {"result": [\n{"id": "1", "source": "MED", "title": "Ärger"},\n{"note": "x"}]}}',
    "bibtex": "@article{a,\n  title = {Ärger},\n}\n@article{b,\n  note = {x},\n}\n",
    "endnote-xml": "<xml><records>\n<record><ref-type name='Journal Article'>17</ref-type><titles><title>Ärger</title></titles></record>\n"
    "<record><ref-type name='Book'>6</ref-type></record></records></xml>",
    "csl-json": '[{"id": "a", "type": "article-journal", "title": "Ärger"},\n{"id": "b", "type": "book"}]',
    "wos": "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI Ärger\nER\n\nPT J\nPG 7\nER\n\nEF\n",
    "nep-text": "NEP: New Economics Papers\n\nIn this issue we have:\n\n1. Ärger\n2. More\n-----\n\n1. Ärger\n\nDoe, Jane\n\n2. More\n",
    "service-xml": "<refworks>\n<reference><rt>Journal Article</rt><t1>Ärger</t1></reference>\n<reference><rt>Book</rt></reference></refworks>",
    "field-text": "Title: Ärger\nAuthors: X, Y\nYear: 2001\n\nTitle:\nYear: 2002\n",
    "xml-rows": "<works>\n<work><title>Ärger</title><author>X</author><year>2001</year></work>\n<work><year>2001</year></work></works>",
    "refer": "%0 Journal Article\n%T Ärger\n%D 2001\n\n%0 Book\n%D 2002\n",
    "refworks": "RT Journal Article\nSR Print\nT1 Ärger\n\nRT Book\nYR 2001\n",
    "ovid": "<1>\nTitle\n  Ärger\n\nAuthors\n  X\n\n<2>\nLanguage\n  English\n",
    "ovid-xml": '<records>\n<record index="1"><F C="TI" L="Title"><D type="c">Ärger</D></F></record>\n'
    '<record index="2"><F C="LG" L="Language"><D type="c">x</D></F></record></records>',
    "catalogue": "TI- Ärger\nAU- X, Y\nPY- 1992\n\nTI- \nPY- 1993\n",
    "msbib": '<?xml version="1.0"?>\n<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">\n'
    "<b:Source><b:Title>Ärger</b:Title></b:Source>\n<b:Source><b:Year>2001</b:Year></b:Source></b:Sources>",
    "pubmed-text": "1. J Test. 2020 Mar;4(1):2-3.\n\nÄrger\n\nMarx K.\n\nPMID: 1\n\n2. \u2013\n\n\u00a9 x\n",
    "bibtexml": '<file xmlns="http://bibtexml.sf.net/">\n<entry id="a"><article><title>Ärger</title></article></entry>\n<entry id="b"><book/></entry></file>',
    "mods": '<modsCollection xmlns="http://www.loc.gov/mods/v3">\n<mods><titleInfo><title>Ärger</title></titleInfo></mods>\n<mods><genre>x</genre></mods></modsCollection>',
    "pica": '<collection>\n<record><datafield tag="021A"><subfield code="a">@Ärger</subfield></datafield></record>\n'
    '<record><datafield tag="011@"><subfield code="a">2001</subfield></datafield></record></collection>',
    "marcxml": '<collection>\n<record><datafield tag="245" ind1="1" ind2="0"><subfield code="a">Ärger</subfield></datafield></record>\n'
    '<record><datafield tag="260"><subfield code="c">2001</subfield></datafield></record></collection>',
    "embase-rows": '"TITLE","Ärger"\n"SOURCE","x"\n"PUI","L1"\n\n"TITLE",""\n"VOLUME","2"\n"SOURCE",""\n',
    "embase-text": "TITLE\nÄrger\nSOURCE\nX\nPUI\nL1\n\nTITLE\nVOLUME\n2\nABSTRACT\n",
    "proquest-text": "Document 1 of 2\n\nÄrger\n\nPublication title: X\n\n____________________\nDocument 2 of 2\n\nVolume: 7\n",
    "ebsco-text": "Record: 1\nTitle: Ärger\nAccession Number: 1\nDatabase: CINAHL\n\nRecord: 2\nLanguage: English\n",
    "scopus-text": "Scopus\nEXPORT DATE:1 May 2019\n\nMarx, K.\nÄrger\n(2018) J Test, 1.\nSOURCE: Scopus\n\nPUBLISHER: X\nSOURCE: Scopus\n",
    "noteexpress": "{Reference Type}: Journal Article\n{Title}: Ärger\n\n{Reference Type}: Book\n{Year}: 2001\n",
    "trials-xml": "<Trials_downloaded_from_ICTRP>\n<Trial><Public_title>Ärger</Public_title></Trial>\n<Trial><Condition>x</Condition></Trial>\n"
    "</Trials_downloaded_from_ICTRP>",
    "named-text": "Reference Type: Journal Article\nTitle: Ärger\n\nReference Type: Book\nYear: 2001\n",
    "sciencedirect-text": "Ärger,\nJ Test,\n2019,\nISSN 0140-6736,\n(https://www.sciencedirect.com/science/article/pii/S1)\n\n2018,\nPage i,\n",
    "ebsco-xml": '<records><rec resultID="1">\n<header shortDbName="x"><controlInfo><artinfo><tig><atl>Ärger</atl></tig></artinfo></controlInfo></header></rec>\n'
    '<rec resultID="2"><header shortDbName="x"></header></rec></records>',
    "arxiv-atom": '<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://arxiv.org/api"/>\n<entry><title>Ärger</title></entry>\n<entry><updated>x</updated></entry></feed>',
    "csl-yaml": "---\nreferences:\n- id: a\n  title: Ärger\n- id: b\n  type: book\n...\n",
    "zotero-rdf": '<rdf:RDF xmlns:z="http://www.zotero.org/namespaces/export#">\n<bib:Article rdf:about="#1"><z:itemType>journalArticle</z:itemType>'
    '<dc:title>Ärger</dc:title></bib:Article>\n<bib:Article rdf:about="#2"><z:itemType>journalArticle</z:itemType></bib:Article>\n</rdf:RDF>',
    "dublin-core": '<OAI-PMH><ListRecords xmlns:dc="http://purl.org/dc/elements/1.1/">\n<record><metadata><dc:title>Ärger</dc:title></metadata></record>\n'
    '<record><header status="deleted"><identifier>oai:x:2</identifier></header></record></ListRecords></OAI-PMH>',
    "europepmc-xml": "<responseWrapper><resultList>\n<result><id>1</id><source>MED</source><title>Ärger</title></result>\n"
    "<result><note>x</note></result></resultList></responseWrapper>",
    "wos-xml": "<records>\n<REC><UID>WOS:1</UID><static_data><summary><titles><title type='item'>Ärger</title></titles></summary></static_data></REC>\n"
    "<REC><static_data><summary><names count='0'/></summary></static_data></REC></records>",
    "esummary-xml": "<eSummaryResult>\n<DocSum><Id>1</Id><Item Name='Title' Type='String'>Ärger</Item><Item Name='FullJournalName' Type='String'>J</Item></DocSum>\n"
    "<DocSum><Item Name='Volume' Type='String'>2</Item></DocSum></eSummaryResult>",
    "endnote7-xml": "<XML><RECORDS>\n<RECORD><REFERENCE_TYPE>0</REFERENCE_TYPE><TITLE>Ärger</TITLE></RECORD>\n"
    "<RECORD><REFNUM>2</REFNUM><NOTES>x</NOTES></RECORD></RECORDS></XML>",
    "jats": "<pmc-articleset>\n<article><front><article-meta><title-group><article-title>Ärger</article-title></title-group></article-meta></front></article>\n"
    "<article><front><article-meta><volume>1</volume></article-meta></front></article></pmc-articleset>",
    "revman": '<COCHRANE_REVIEW><STUDIES><INCLUDED_STUDIES><STUDY NAME="Ärger 2001">\n<REFERENCE TYPE="OTHER"><TI>Ärger</TI></REFERENCE>\n'
    '<REFERENCE TYPE="BOOK"><YR>2001</YR></REFERENCE></STUDY></INCLUDED_STUDIES></STUDIES></COCHRANE_REVIEW>',
    "tei": "<listBibl>\n<biblStruct><analytic><title>Ärger</title></analytic></biblStruct>\n"
    "<biblStruct><monogr><imprint><date>2001</date></imprint></monogr></biblStruct></listBibl>",
    "html-table": "<html><head><title>x</title></head><body>\n<table><tr><th>Title</th><th>Year</th></tr>\n<tr><td>Ärger</td><td>2001</td></tr>\n"
    "<tr><td></td><td>2002</td></tr></table></body></html>",
    "csv": "title,abstract,note\nÄrger,,\n,,x\n",
}
CITAVI = """<?xml version="1.0" encoding="utf-8"?>
<CitaviExchangeData><Persons><Person id="p1"><FirstName>Karl</FirstName><LastName>Marx</LastName></Person></Persons>
<Keywords><Keyword id="k1"><Name>work</Name></Keyword></Keywords><Periodicals><Periodical id="j1"><ISSN>0140-6736</ISSN><Name>Journal</Name></Periodical></Periodicals>
<SeriesTitles><SeriesTitle id="s1"><Name>Series</Name></SeriesTitle></SeriesTitles><Categories><Category id="c1"><Name>To read</Name></Category></Categories>
<References><Reference id="r1"><CreatedBy>x</CreatedBy><ReferenceType>JournalArticle</ReferenceType><Title>Ärger</Title><Subtitle>viel</Subtitle>
<Abstract>One.
Two.</Abstract><PeriodicalID>j1</PeriodicalID><SeriesTitleID>s1</SeriesTitleID><Year>2001</Year><PageRange><![CDATA[<sp><n>1</n></sp><os>1-9</os>]]></PageRange><Evaluation>kept</Evaluation></Reference>
<Reference id="r2"><Year>2002</Year></Reference></References>
<ReferenceAuthors><OnetoN>r1;p1</OnetoN></ReferenceAuthors><ReferenceKeywords><OnetoN>r1;k1</OnetoN></ReferenceKeywords>
<ReferenceCategories><OnetoN>r1;c1</OnetoN></ReferenceCategories>
<KnowledgeItems><KnowledgeItem id="q1"><ReferenceID>r1</ReferenceID><CoreStatement>So</CoreStatement><Text>it is</Text></KnowledgeItem></KnowledgeItems></CitaviExchangeData>"""
# A workbook of Excel 97 with the table of "csv" and a date, as xlwt 1.3 wrote it; zlib, base 85.
XLS = (
    "c-rk)O=uHA6#izDG(WWYsj1KkB^0dMpM!YuQrAkfr<B->KM1-"
    ">76}cBY*$bZTCF(>f+xjGp&q<cz4(J36g+qkDtZtEA=RTN!Gec2>zlW`npA}bv{2n|nKy6Vy!Ynq&di(LeYKFN&ED%-"
    "#47B84|OYywg#D?5_TJLP`_nK)~!QSEDswB;Sfz^TL6zcUIyhH%K2V|g1i1_M1c=fj^Px>D`h>kj@ZXBXhOy?LR8=;NuucHs5+VEnQmfwhc%xt-OG|IOh-"
    "t!CXQl39Us{3tm4B;ANNHe{XSrucP!b7F1(Pd_`+3T>jp4t6t&U@>*)2jV-7T-"
    "V|rOPWIKjihyX_j!<o!*I$cAOCVLJ`Rtosy?&_y0Prkl#0g``hmIr?$578v9mS0o+z%;BAyh*BvVbCvof-"
    "v-a#VAZIW0ZHbECIkQnkAhwwU(PQ4J~hya=Bvalm)V<bERTlGmDjSDy^A1DL*$(>IN;XGZC5kIaS1)Qbh-Ep?0DL8d>rQ-bitZb@}$^*O^>aJ<gJ8J|65tWUGuB7A{H)GL"
    "CYOkE!e#V2eSfm)PqT=6jeX={BhD&vrS?ff?4h%)R|I&Mw9qbz1|!o%rgfgAaSFAJrYi&yOvhOU}PlXVFK8T7m54HG?5BByL=nc%-_ua1zdYrrkd!pO6xFVz-==GKLko-"
    "3SS$c1u1T@x7%u&&qE3sO58fiC_2<>`OkK^NMWwD5eQhVSR<|oAnj;ACO16(uw<0g%aZrMBu@L2M-"
    "=Rc<|uiKZM{HQTyfFZ+{{1i+#}fud_m>?)@hDXEA{aT_$~0?njww17}-WKbsK{t}n4h8~1;q#335pz$9`U$7IXvmp;ry<Nd7JF#hMZP^;tDTZ!{8kN*vxA>ID"
)
TEXTS = [f for f in formats() if not f.binary]
WRITERS = [f for form in formats() for f in (form, *form.variants) if f.write]


def sample(form: Format) -> bytes:
    """A record, then a reject."""
    if form.name == "citavi":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("citavi-project.xml", CITAVI)
        return packed.getvalue()
    if form.name == "xls":
        return zlib.decompress(base64.b85decode(XLS))
    if form.name == "ods":
        rows = csv.reader(SAMPLES["csv"].splitlines())
        return ods(
            "".join(
                f"<table:table-row>{''.join(f'<table:table-cell><text:p>{c}</text:p></table:table-cell>' for c in row)}</table:table-row>"
                for row in rows
            )
        )
    if form.name != "xlsx":
        return SAMPLES[form.name].encode()
    from openpyxl import Workbook

    book = Workbook()
    for row in csv.reader(SAMPLES["csv"].splitlines()):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods(rows: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet><table:table table:name="notes"/>'
            f'<table:table table:name="records">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return packed.getvalue()


@pytest.mark.parametrize("form", [f for f in formats() if f.binary], ids=lambda f: f.name)
def test_contract_of_what_is_no_text(form: Format) -> None:
    assert detect(sample(form), "misleading.ris") is form
    record, reject = form.read(sample(form), {})
    assert isinstance(record, Record)
    assert isinstance(reject, Reject)
    assert record.title.startswith("Ärger")
    assert record.raw
    assert reject.line > record.line >= 1


def test_citavi_ties_its_lists_together() -> None:
    for data in (CITAVI.encode(), sample(by_name("citavi"))):
        record, _ = detect(data).read(data, {})
        assert isinstance(record, Record)
        assert (record.title, record.authors, record.keywords) == ("Ärger: viel", ("Marx, Karl",), ("work",))
        assert (record.journal, record.year, record.pages, record.type) == ("Journal", 2001, "1-9", "JournalArticle")
        assert (record.issn, record.abstract) == ("0140-6736", "One.\nTwo.")
        assert record.extra == (("Category", "To read"), ("series", "Series"), ("note", "So it is"), ("Evaluation", "kept"))


def test_an_old_workbook() -> None:
    record, reject = by_name("xls").read(sample(by_name("xls")), {})
    assert isinstance(record, Record)
    assert (record.title, record.year, record.line, reject.line) == ("Ärger", 2010, 2, 3)
    with pytest.raises(FormatError, match="can't be read"):
        list(by_name("xls").read(sample(by_name("xls"))[:3000], {}))


def test_an_open_document_sheet() -> None:
    cell = "<table:table-cell{}>{}</table:table-cell>".format
    text = "<text:p>{}</text:p>".format
    row = "<table:table-row{}>{}</table:table-row>".format
    nothing = '<table:table-cell table:number-columns-repeated="16384"/>'
    cells = [
        cell(
            "",
            "<office:annotation>" + text("a remark") + "</office:annotation>" + text('Two<text:s text:c="2"/><text:span>words</text:span>'),
        ),
        cell("", text("One.") + text("Two.")),
        cell(' office:value-type="float" office:value="2001"', text("2,001")),
        cell(' table:number-columns-repeated="2"', text("7")),
    ]
    rows = [
        row("", "".join(cell("", text(name)) for name in ("title", "abstract", "year", "volume", "issue"))),
        row(' table:number-rows-repeated="2"', nothing),
        row("", "".join(cells)),
        row(' table:number-rows-repeated="1048000"', nothing),
    ]
    data = ods("".join(rows))
    (found,) = by_name("ods").read(data, {})
    assert isinstance(found, Record)
    assert (found.title, found.abstract, found.year) == ("Two words", "One.\nTwo.", 2001)
    assert (found.volume, found.issue, found.line) == ("7", "7", 4)
    for damaged in (data[:-40], data.replace(b"</table:table-row>", b"</table:table-rowe>")):
        with pytest.raises(FormatError, match="can't be read"):
            list(by_name("ods").read(damaged, {}))


def test_every_format_has_a_sample() -> None:
    assert {f.name for f in TEXTS} == SAMPLES.keys()


@pytest.mark.parametrize("form", TEXTS, ids=lambda f: f.name)
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


WORDS = (
    st.text(st.characters(codec="utf-8"), max_size=30)
    | st.text("a \ud800\uffff", max_size=4)
    | st.text("ab;,=+-@'\"&<>{}\\\\%$#_|~ \n\r\t", max_size=12)
)
LINE = WORDS.map(lambda text: " ".join(text.split()))
TAG = st.sampled_from(
    [
        "",
        "note",
        "date",
        "editor",
        "affiliation",
        "citation-key",
        "publisher",
        "N1",
        "C1",
        "TY",
        "ER",
        "AU",
        "PMID",
        "OT",
        "crossref",
        "id",
        "title",
    ]
) | st.text(max_size=5)
RECORDS = st.builds(
    Record,
    title=LINE | WORDS, abstract=WORDS, authors=st.lists(LINE | WORDS, max_size=3).map(tuple), year=st.none() | st.integers(-5, 3000), journal=LINE,
    volume=LINE, issue=LINE, pages=LINE | st.sampled_from(["1-9", "e12", "1-1"]), doi=LINE | st.just("10.1000/x(1)"), pmid=LINE | st.just("123"),
    pmcid=LINE | st.just("PMC123"), issn=LINE | st.just("1234-5678; 1234-5679"), isbn=LINE, url=LINE | st.just("https://doi.org/10.1000/x"),
    language=LINE, keywords=st.lists(LINE | WORDS, max_size=3).map(tuple), type=LINE | st.sampled_from(["JOUR", "Journal Article; Review", "thesis"]),
    accession=LINE, extra=st.lists(st.tuples(TAG, WORDS), max_size=4).map(tuple),
)  # fmt: skip


@pytest.mark.parametrize("form", WRITERS, ids=lambda f: f.name)
@example([Record(title="Walks", accession="'-", extra=(("0", "0"),))])
@settings(max_examples=25, deadline=None)
@given(records=st.lists(RECORDS, min_size=1, max_size=3))
def test_what_is_written_is_read_again(form: Format, records: list[Record]) -> None:
    assert form.write
    written = b"".join(form.write(records, Counter()))
    assert form in (detect(written), *detect(written).variants)
    back = list(form.read(written, {}))
    assert len(back) == len(records)
    for was, now in zip(records, back, strict=True):
        assert isinstance(now, Record)
        assert replace(now, line=0, raw="", type=now.type if was.type else "") == was  # a format may demand a kind
    assert b"".join(form.write(records)) == written


@pytest.mark.parametrize("form", WRITERS, ids=lambda f: f.name)
def test_lines_of_another_format_in_an_abstract_do_not_change_what_was_written(form: Format) -> None:
    lines = (
        "TY  - JOUR\nTI  - Quoted\nER  - ",
        "PMID- 12345\nOWN - NLM\nSTAT- MEDLINE",
        "@article{a,\n title = {Quoted}\n}",
        "%0 Book\n%T Quoted",
    )
    records = [Record(title="On export files", abstract=f"As follows:\n{quoted}\nThat is all.", year=2014) for quoted in lines]
    assert form.write
    written = b"".join(form.write(records))
    assert form in (detect(written), *detect(written).variants)
    assert [replace(r, line=0, raw="", type="") for r in form.read(written, {}) if isinstance(r, Record)] == records


@pytest.mark.parametrize("form", WRITERS, ids=lambda f: f.name)
def test_what_was_read_again_is_written_as_before(form: Format) -> None:
    records = [
        Record(title="On mills", extra=(("type", "a plan"), ("document_type", "b"))),
        Record(title="On export files", keywords=("one", "@article{a, title = {Quoted} }"), year=2001),
    ]
    assert form.write
    written = b"".join(form.write(records))
    back = [r for r in form.read(written, {}) if isinstance(r, Record)]
    assert form in (detect(written), *detect(written).variants)
    assert [r.extra for r in back] == [r.extra for r in records]
    if form.name != "xlsx":  # a ZIP, which holds the time
        assert b"".join(form.write(back)) == written


@pytest.mark.parametrize("form", WRITERS, ids=lambda f: f.name)
def test_a_note_that_quotes_an_entry_ends_none(form: Format) -> None:
    quoted = (
        "#\nER  - \n10.1234/abc",
        "see\nER  -\nTY  - JOUR\nTI  - Quoted",
        "PMID\nPMID- 1\nOWN - NLM",
        "a\n}\n\n@misc{b,\n title={c}\n}",
    )
    records = [Record(title="On notes", extra=(("note", text), ("odd one", "x"))) for text in quoted]
    assert form.write
    plain = list(form.read(b"".join(form.write(records, notes=False)), {}))
    assert [r.title for r in plain if isinstance(r, Record)] == ["On notes"] * len(records) == ["On notes"] * len(plain)
    back = list(form.read(b"".join(form.write(records)), {}))
    assert [r.extra for r in back if isinstance(r, Record)] == [r.extra for r in records]


@pytest.mark.parametrize("form", WRITERS, ids=lambda f: f.name)
def test_a_note_that_looks_like_ours_is_a_note(form: Format) -> None:
    record = Record(title="On notes", abstract="Two  blanks", extra=(("note", 'review_record: {"title":"Other"}'), ("odd one", "x")))
    assert form.write
    (back,) = form.read(b"".join(form.write([record])), {})
    assert isinstance(back, Record)
    assert (back.title, back.abstract, back.extra) == (record.title, record.abstract, record.extra)


@pytest.mark.parametrize("form", WRITERS, ids=lambda f: f.name)
def test_nothing_is_written_of_nothing_and_a_plain_record_needs_no_note(form: Format) -> None:
    assert form.write
    assert form.suffixes
    list(form.write([]))
    carried: Counter[str] = Counter()
    plain = Record(
        title="On ABC", abstract="One. Two.", authors=("Marx, Karl", "Lindgren, A."), year=2014, journal="Journal of Tests", volume="9", issue="3",
        pages="12-15", doi="10.1000/x", issn="1932-6208", keywords=("one", "two"), extra=(("note", "read"),),
    )  # fmt: skip
    written = b"".join(form.write([plain], carried))
    assert not carried, written
    (record,) = form.read(written, {})
    assert isinstance(record, Record)
    assert record.title == "On ABC"


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
    data = sample(form)
    position = position * len(data) // 200
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
        (b"PK\x03\x04....", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x01\x02\x00\x03\x00\x00" * 50, "x.dat"),
        (b"<html><body>Not found</body></html>", "a web page, not an export"),
        (b"<html><body><table><tr><td>Title</td></tr></table></body></html>", "a web page with a table"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "a workbook as XML of Excel 2003"),
        (b'{"header":{"type":"esummary"},"result":{"uids":[]}}', "an answer of esummary without a record"),
        (b"30612345\n", "a list of PMIDs"),
        (b"NCT01234567\nNCT01234568\n", "a list of numbers of trials"),
        (
            b"Smith, J. (2019). A title. J Test, 12(3), 1-9.\n\nJones, B. (2001). Second. J Test, 1(2), 3-4.\n",
            "a list of references as a text prints them",
        ),
        (
            b"1. Smith J. A title. J Test. 2019;12(3):1-9.\n2. Jones B. Second. J Test. 2001;1(2):3-4.\n",
            "a list of references as a text prints them",
        ),
        (b"<?xml version='1.0'?><eSearchResult><Count>1</Count></eSearchResult>", "esearch"),
        (b'{"header": {"type": "esearch"}, "esearchresult": {"count": "1"}}', "esearch"),
        (b"<?xml version='1.0'?><Result><eGQueryResult/></Result>", "egquery"),
        (b"<?xml version='1.0'?><eFetchResult><ERROR>None</ERROR></eFetchResult>", "efetch that found nothing"),
        (b"<?xml version='1.0'?><SerialsSet><Serial/></SerialsSet>", "the catalogue of the NLM"),
        (b"<?xml version='1.0'?><TSeqSet><TSeq/></TSeqSet>", "another Entrez database"),
        (b"{\\rtf1 x}", "RTF"),
        (b"{\\rtf1 \\par\nTY  - JOUR\\par\nTI  - A\\par\nER  - \\par\n}", "RTF"),
        (b"00864naa a2200253 c 4500\x1e", "MARC"),
        (b"<a><b/></a>", "XML of a kind"),
        (b'{"title": "A", "abstract": "B"}', "JSON in which no list"),
        (b"[]", "without a single reference"),
        (b'{"search-results": {"entry": [{"@_fa": "true", "error": "Result set was empty"}]}}', "without a single reference"),
        (
            b"<OAI-PMH><request>x</request><error code='noRecordsMatch'>No matches</error></OAI-PMH>",
            "a repository .OAI-PMH. that found nothing",
        ),
        (b'{"status": "ok", "message": {"items": []}}', "without a single reference"),
        (b"<?xml version='1.0'?><xml><records></records></xml>", "without a single reference"),
        (b"% Encoding: UTF-8\n\n@Comment{jabref-meta: databaseType:bibtex;}\n", "without a single reference"),
        (b"Journal Article\tMarx, K.\t1867\tA title\tJ Test\nBook\tRoe, J.\t2001\tSecond\t\n", "a table in which no column is called"),
        (b'Kind,Name,When,"What, now"\nbook,Marx,1867,"A, b"\n', "a table in which no column is called"),
        (b"article_id,user_id,user_email,created_at,key,value\n7,1,a@example.org,2024-01-02,included,1\n", "Rayyan's log of who did what"),
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


@pytest.mark.parametrize(
    ("called", "name"), [("bib", "bibtex"), (".RIS", "ris"), ("EndNote", "endnote-xml"), ("pubmed", "nbib"), ("excel", "xlsx")]
)
def test_a_format_is_known_by_what_people_call_it(called: str, name: str) -> None:
    assert by_name(called).name == name


def test_each_format_of_this_package_is_found_by_its_name_alone() -> None:
    assert all(own(f.name) is f for form in FORMATS for f in (form, *form.variants))
    assert [own(name) for name in ("ris2", "fields", "registry", "os", "", "../ris", "RIS", "refer.FORMAT")] == [None] * 8


def test_who_gives_a_packed_file_is_told_to_unpack_it() -> None:
    with pytest.raises(FormatError) as told:
        detect(b"Rar!\x1a\x07\x00" + b"x" * 100, "all.rar")
    assert told.value.hint == "Unpack it, and name the files in it."
