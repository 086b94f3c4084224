"""EndNote XML, CSL-JSON and workbooks, each with what its writers do."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime

import pytest

from review.errors import FormatError
from review.formats.endnote import endnote_xml
from review.formats.json import csl_json
from review.formats.registry import by_name, detect
from review.formats.tables import xlsx
from review.model.record import Record, Reject


def the_one(found: list[Record | Reject]) -> Record:
    (r,) = found
    assert isinstance(r, Record)
    return r


STYLE = '<style face="normal" font="default" size="100%">'


def test_endnote_xml() -> None:
    r = the_one(
        list(
            endnote_xml.read(
                f"""<?xml version="1.0"?><xml><records><record><database name="x.enl">x.enl</database><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author>{STYLE}Marx, Karl</style></author><author>WHO,</author></authors><secondary-authors><author>Ed, I.</author></secondary-authors>
</contributors><titles><title>{STYLE}On </style><style face="italic">E. coli</style> &amp; caf&eacute;</title><secondary-title>J Tests</secondary-title></titles>
<periodical><full-title>Journal of Tests</full-title><abbr-1>J Tests</abbr-1></periodical><pages>12-15</pages><volume>3</volume><number>4</number>
<keywords><keyword>one</keyword><keyword>two</keyword></keywords><dates><year>2001</year><pub-dates><date>May 3</date></pub-dates></dates>
<isbn>1234-5679&#xD;978-3-16-148410-0</isbn><accession-num>31289754</accession-num><abstract>First.&#xD;Second.</abstract><notes>a note</notes>
<urls><related-urls><url>https://x.org/a</url></related-urls></urls><custom2>PMC123456</custom2><electronic-resource-num>10.1000/X</electronic-resource-num>
<remote-database-provider>NLM</remote-database-provider><language>eng</language><odd-one>kept</odd-one></record></records></xml>""".encode(),
                {},
            )
        )
    )
    assert (r.title, r.authors, r.journal) == ("On E. coli & café", ("Marx, Karl", "WHO"), "Journal of Tests")
    assert (r.year, r.volume, r.issue, r.pages, r.doi, r.pmid, r.pmcid) == (2001, "3", "4", "12-15", "10.1000/x", "31289754", "PMC123456")
    assert (r.issn, r.isbn, r.abstract, r.keywords) == ("1234-5679", "978-3-16-148410-0", "First.\nSecond.", ("one", "two"))
    for pair in (("editor", "Ed, I."), ("date", "May 3"), ("note", "a note"), ("odd-one", "kept"), ("provider", "NLM")):
        assert pair in r.extra


def test_endnote_xml_that_is_broken_or_attacks() -> None:
    whole = "<record><titles><title>A</title></titles></record>"
    a, b, c = endnote_xml.read(f"<xml><records>{whole}\n<record><titles><title>B</titles></record>\n{whole[:30]}".encode(), {})
    assert isinstance(a, Record)
    assert isinstance(b, Reject)
    assert isinstance(c, Reject)
    assert (b.line, c.line) == (2, 3)
    assert "not well-formed" in b.reason
    assert "cut off" in c.reason
    with pytest.raises(FormatError, match="attack"):
        list(endnote_xml.read(b'<!DOCTYPE x [<!ENTITY a "b">]><xml><records><record>&a;</record></records></xml>', {}))


def test_csl_json() -> None:
    r = the_one(
        list(
            csl_json.read(
                json.dumps([{
                    "id": "marx1867", "type": "article-journal", "title": "On <i>E. coli</i> &amp; co", "container-title": "Journal of Tests", "volume": 3, "issue": "4",
                    "page": "12–15", "DOI": "10.1000/X", "PMID": "31289754", "ISSN": "1234-5679", "abstract": "<jats:p>First.</jats:p><jats:p>Second.</jats:p>",
                    "author": [{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}, {"family": "Roe", "given": "M", "dropping-particle": "d’"}, {"literal": "WHO"}], "editor": [{"family": "Ed", "given": "I."}],
                    "issued": {"date-parts": [[2001, 5, 3]]}, "keyword": "one, two", "note": "kept", "odd": {"a": [1, 2]},
                }]).encode(),
                {},
            )
        )
    )  # fmt: skip
    assert (r.title, r.authors, r.journal) == ("On E. coli & co", ("van Beethoven, Ludwig", "d’Roe, M", "WHO"), "Journal of Tests")
    assert (r.year, r.volume, r.issue, r.pages, r.doi, r.pmid, r.issn) == (2001, "3", "4", "12-15", "10.1000/x", "31289754", "1234-5679")
    assert (r.abstract, r.keywords, r.type) == ("First.\nSecond.", ("one", "two"), "article-journal")
    for pair in (("citation-key", "marx1867"), ("date", "2001-05-03"), ("editor", "Ed, I."), ("note", "kept"), ("odd", '{"a":[1,2]}')):
        assert pair in r.extra


@pytest.mark.parametrize(
    ("text", "titles", "rejects"),
    [
        ('{"items": [{"type": "book", "title": "A", "DOI": "10.1/x"}]}', ["A"], 0),
        ('{"type": "book", "title": "A", "id": "1"}', ["A"], 0),
        (
            '{"title": "Our list", "description": "Of works.", "items": [{"type": "book", "title": "A"}, {"type": "book", "title": "B"}]}',
            ["A", "B"],
            0,
        ),
        ('{"type": "book", "title": "A"}\n{"type": "book", "title": "B"}\n', ["A", "B"], 0),  # JSON lines
        ('[{"type": "book", "title": "A"}, {"type": "book", "title": "B"', ["A"], 1),
        ('[{"type": "book", "title": "A"}, {"title": "broken" oops}, {"type": "book", "title": "C"}]', ["A", "C"], 1),
        ('[{"type": "book", "title": "A", "keywords": ["Administration, Cutaneous", "b"]}]', ["A"], 0),
        ('[{"recNumber": 1, "title": "A", "authors": ["Marx, K"], "year": "2001", "urls": ["http://x"]}]', ["A"], 0),
    ],
)
def test_json_of_other_shapes(text: str, titles: list[str], rejects: int) -> None:
    found = list(csl_json.read(text.encode(), {}))
    assert [r.title for r in found if isinstance(r, Record)] == titles
    assert sum(isinstance(r, Reject) for r in found) == rejects


def test_a_date_in_edtf() -> None:
    r = the_one(list(csl_json.read(b'[{"id": "a", "type": "book", "title": "T", "issued": {"edtf": "2008-05/2008-06"}}]', {})))
    assert (r.year, r.extra) == (2008, (("citation-key", "a"), ("date", "2008-05/2008-06")))


def test_no_field_gets_json_and_what_is_told_of_people_and_days_is_kept() -> None:
    item = {
        "title": "A", "link": [{"URL": "https://example.org/a", "content-type": "text/xml"}], "volume": {"value": "4", "of": "J"},
        "abstract": [{"label": "Aim", "text": "To see."}, {"label": "Result", "text": "Seen."}], "journal": {"title": "J Test", "country": "Chad"},
        "issued": {"date-parts": [[2019]], "raw": "Lent 2019"}, "event-date": {"date-parts": [[2018, 5]], "literal": "first week"},
        "author": [{"family": "Roe", "given": "Ann", "prefix": "Dr", "role": "lead", "sequence": "first", "affiliation": [{"name": "Leeds", "place": ["UK"]}]}],
        "editor": [{"family": "Poe", "given": "B", "ORCID": "https://orcid.org/0000-0002-1825-0097"}],
    }  # fmt: skip
    r = the_one(list(csl_json.read(json.dumps([item]).encode(), {})))
    assert (r.url, r.volume, r.journal, r.abstract, r.authors) == ("https://example.org/a", "4", "J Test", "To see.\nSeen.", ("Roe, Ann",))
    for pair in (
        ("URL.content-type", "text/xml"), ("volume.of", "J"), ("journal.country", "Chad"), ("abstract.label", "Result"), ("date", "2019, Lent 2019"),
        ("event-date", "2018-05, first week"), ("author.prefix", "Roe, Ann: Dr"), ("author.role", "Roe, Ann: lead"), ("author.affiliation", 'Roe, Ann: [{"place":["UK"]}]'),
        ("editor.ORCID", "Poe, B: https://orcid.org/0000-0002-1825-0097"),
    ):  # fmt: skip
        assert pair in r.extra


def test_a_comma_in_a_listed_keyword_is_its_own() -> None:
    for told, keywords in (
        (["Administration, Cutaneous", "b"], ("Administration, Cutaneous", "b")),
        ("a, b", ("a", "b")),
        ("a, b; c", ("a, b", "c")),
    ):
        r = the_one(list(csl_json.read(json.dumps([{"type": "book", "title": "A", "keywords": told}]).encode(), {})))
        assert r.keywords == keywords


def test_eppi_reviewer() -> None:
    r = the_one(
        list(
            csl_json.read(
                json.dumps({
                    "CodeSets": [{"SetName": "Screen", "SetId": 1, "Attributes": {"AttributesList": [{"AttributeId": 7, "AttributeName": "include"}]}}],
                    "References": [{
                        "ItemId": 42, "Title": "A", "ParentTitle": "Journal", "Year": "2001", "Month": "May", "Authors": "Marx K; Engels F;", "Abstract": "Text", "DOI": "10.1000/X",
                        "URL": "http://x", "TypeName": "Journal, Article", "Codes": [{"AttributeId": 7, "AdditionalText": "why"}],
                    }],
                }).encode(),
                {},
            )
        )
    )  # fmt: skip
    assert (r.title, r.journal, r.year, r.authors, r.doi, r.accession) == ("A", "Journal", 2001, ("Marx K", "Engels F"), "10.1000/x", "42")
    assert ("Codes", '[{"AttributeName":"include","AttributeId":7,"AdditionalText":"why"}]') in r.extra
    assert ("month", "May") in r.extra


def test_people_of_eppi_reviewer_whose_family_stands_first() -> None:
    told = {"ItemId": 42, "Title": "A", "TypeName": "Dissertation", "Authors": "Marx Karl ; Dos Santos H B ; van Poe Ann ; Health Council ;", "ParentAuthors": "Engels Friedrich ;", "Institution": "Trier"}  # fmt: skip
    r = the_one(list(csl_json.read(json.dumps({"CodeSets": [], "References": [told]}).encode(), {})))
    assert r.authors == ("Marx, Karl", "Dos Santos, H B", "van Poe, Ann", "Health Council")
    assert r.extra == (("editor", "Engels, Friedrich"), ("publisher", "Trier"))


def workbook(*rows: list[object], name: str = "Sheet") -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_with_numbers_dates_and_a_heading_above() -> None:
    data = workbook(
        ["Search of 3 May"], ["Title", "Authors", "Year", "DOI", "Volume", "Date", "Odd"], ["A", "Marx, K; Engels, F", 2001, "10.1000/X", 3.0, datetime(2001, 5, 3), True], [],
        ["B", None, "2002"],
    )  # fmt: skip
    a, b = xlsx.read(data, {})
    assert isinstance(a, Record)
    assert isinstance(b, Record)
    assert (a.title, a.authors, a.year, a.doi, a.volume, a.line) == ("A", ("Marx, K", "Engels, F"), 2001, "10.1000/x", "3", 3)
    assert a.extra == (("", "Search of 3 May"), ("date", "2001-05-03"), ("Odd", "TRUE"))
    assert (b.title, b.year, b.line) == ("B", 2002, 5)


def test_a_workbook_that_is_damaged_or_no_list() -> None:
    with pytest.raises(FormatError, match="no sheet has a header"):
        list(xlsx.read(workbook(["x", "y"], [1, 2]), {}))
    data = workbook(["Title"], ["A"])
    for broken in (data[:200], data[:-30], data.replace(b"xl/worksheets", b"xl/worksheetz")):
        with pytest.raises(FormatError):
            list(xlsx.read(broken, {}))


def test_a_workbook_runs_nothing_and_is_the_same_every_time() -> None:
    records = [Record(title="=1+1", abstract="x" * 40_000, authors=("@a",), journal="+49", extra=(("note", "-1"),))]
    data = b"".join(xlsx.write(records))
    assert data == b"".join(xlsx.write(records))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert [(r.title, len(r.abstract)) for r in xlsx.read(data, {}) if isinstance(r, Record)] == [("=1+1", 40_000)]


@pytest.mark.parametrize(
    "text",
    [
        '[{"Title": "A title", "Authors": "Doe, Jane; Roe, Max", "Year": "2019", "Journal": "Things", "Abstract": "We did."}]',
        '{"count": 1, "papers": [{"article_title": "A title", "author_list": ["Doe, Jane", "Roe, Max"], "pub_date": "2019", "journal": "Things", "abstract": "We did."}]}',
        (
            '{"7": {"title": "A title", "authors": ["Doe, Jane", "Roe, Max"], "publication_year": 2019, "journal_title": "Things", "abstract": "We did."}, '
            '"9": {"title": "B", "authors": ["Poe, Ann"]}}'
        ),
        (
            '{"title": {"0": "A title", "1": "B"}, "authors": {"0": "Doe, Jane; Roe, Max", "1": null}, "Year": {"0": 2019, "1": null}, '
            '"journal": {"0": "Things", "1": ""}, "abstract": {"0": "We did.", "1": ""}}'
        ),
    ],
    ids=["capitals", "other names", "by key", "by column"],
)
def test_json_that_a_program_made_of_a_table(text: str) -> None:
    """`publication_year` was no year, capitals were no JSON of references, and what has its keys or columns before it one broken entry."""
    data = text.encode()
    found = [r for r in detect(data, "x.json").read(data, {}) if isinstance(r, Record)]
    assert [r.title for r in found] == (["A title", "B"] if '"B"' in text else ["A title"])
    r = found[0]
    assert (r.authors, r.year, r.journal, r.abstract) == (("Doe, Jane", "Roe, Max"), 2019, "Things", "We did.")
    assert not r.extra


def test_a_tables_names_take_nothing_from_csls() -> None:
    text = (
        '[{"type": "book", "title": "A", "title-short": "S", "issued": {"date-parts": [[2019]]}, "pub_date": "2001", "note": "n", "mesh_terms": ["Skin, Dry", "Head"], '
        '"source": "PubMed", "original-title": "O"}]'
    )
    (r,) = detect(text.encode()).read(text.encode(), {})
    assert isinstance(r, Record)
    assert (r.title, r.year, r.keywords) == ("A", 2019, ("Skin, Dry", "Head"))
    assert set(r.extra) == {("short-title", "S"), ("pub_date", "2001"), ("note", "n"), ("database", "PubMed"), ("original-title", "O")}


def test_what_csl_has_a_name_for_stands_under_it_for_other_programs() -> None:
    item = {
        "id": "7", "type": "report", "title": "A", "number": "12", "translator": [{"family": "Doe", "given": "J."}], "accessed": {"date-parts": [[2020, 1, 10]]},
        "genre": "Technical report", "event-place": "Oban", "collection-number": "3",
    }  # fmt: skip
    read = the_one(list(csl_json.read(json.dumps([item]).encode(), {})))
    assert csl_json.FORMAT.write
    (written,) = json.loads(b"".join(csl_json.FORMAT.write([read])))
    assert {name: written.get(name) for name in item} == item


def test_what_is_told_in_the_place_of_a_date_stays_there() -> None:
    text = b'[{"id": "a", "type": "article-journal", "title": "A", "issued": {"literal": "in press"}}]'
    (found,) = by_name("csl-json").read(text, {})
    assert isinstance(found, Record)
    write = by_name("csl-json").write
    assert write
    assert json.loads(b"".join(write([found], notes=False)))[0]["issued"] == {"literal": "in press"}
