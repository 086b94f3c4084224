"""JSON that the interfaces of databases and repositories answer: the same fields from each."""

from __future__ import annotations

import json
from typing import Any

import pytest
from describing import describe_bytes

from review.formats.registry import by_name, detect
from review.formats.values.dates import day_and_season
from review.model.record import Record

TITLE, DOI, TEXT = "Partnerships & health", "10.1000/x.1", "We searched 5 databases."
WORDS = ["community participation", "health equity"]
WHOLE = {"title", "authors", "year", "journal", "volume", "issue", "pages", "doi"}
ANSWERS: dict[str, tuple[Any, set[str]]] = {
    "bioRxiv or medRxiv": (
        {
            "messages": [{"status": "ok"}],
            "collection": [
                {"doi": DOI, "title": TITLE, "authors": "Smith, John; García, María", "date": "2019-03-05", "jatsxml": "https://x", "abstract": TEXT, "server": "bioRxiv"}
            ],
        },
        {"title", "authors", "year", "doi", "abstract"},
    ),
    "Semantic Scholar's datasets": (
        {
            "corpusid": 12, "externalids": {"DOI": DOI, "PubMed": "30612345"}, "url": "https://x.org", "title": TITLE, "authors": [{"authorId": "1", "name": "Smith, John"}, {"name": "García, María"}],
            "venue": "J Test", "year": 2019, "publicationtypes": ["Review"], "publicationdate": "2019-03-05", "journal": {"name": "J Test", "pages": "1-9", "volume": "12"},
        },
        WHOLE - {"issue"} | {"pmid"},
    ),
    "Scopus or ScienceDirect": (
        {
            "search-results": {
                "entry": [
                    {
                        "dc:title": TITLE, "prism:publicationName": "J Test", "prism:volume": "12", "prism:issueIdentifier": "3", "prism:pageRange": "1-9",
                        "prism:coverDate": "2019-03-05", "prism:doi": DOI, "dc:description": TEXT, "authkeywords": " | ".join(WORDS),
                        "author": [{"surname": "Smith", "given-name": "John"}, {"surname": "García", "given-name": "María"}], "pubmed-id": "30612345",
                    }
                ]
            }
        },
        WHOLE | {"abstract", "keywords", "pmid"},
    ),
    "Primo": (
        {
            "info": {"total": 1},
            "docs": [
                {
                    "context": "PC", "@id": "https://x",
                    "pnx": {
                        "display": {"title": [TITLE], "creator": ["Smith, John ; García, María"], "ispartof": ["J Test, 2019-03, Vol.12 (3), p.1-9"], "subject": [" ; ".join(WORDS)]},
                        "addata": {
                            "au": ["Smith, John", "García, María"], "jtitle": ["J Test"], "risdate": ["2019"], "volume": ["12"], "issue": ["3"], "spage": ["1"], "epage": ["9"],
                            "doi": [DOI], "pmid": ["30612345"], "abstract": [TEXT],
                        },
                    },
                }
            ],
        },
        WHOLE | {"abstract", "keywords", "pmid"},
    ),
    "OpenAIRE": (
        {
            "header": {"numFound": 1},
            "results": [
                {
                    "mainTitle": TITLE, "author": [{"fullName": "Smith, John", "name": "John", "surname": "Smith"}, {"name": "María", "surname": "García", "rank": 2}], "descriptions": [TEXT],
                    "publicationDate": "2019-03-05", "container": {"name": "J Test", "vol": "12", "iss": "3", "sp": "1", "ep": "9"}, "id": "doi_::1",
                    "pids": [{"scheme": "doi", "value": DOI}, {"scheme": "pmid", "value": "30612345"}], "subjects": [{"subject": {"scheme": "keyword", "value": word}} for word in WORDS],
                }
            ],
        },
        WHOLE | {"abstract", "keywords", "pmid"},
    ),
    "Unpaywall": (
        {
            "doi": DOI, "title": TITLE, "year": 2019, "journal_name": "J Test", "genre": "journal-article", "is_oa": True,
            "z_authors": [{"given": "John", "family": "Smith"}, {"given": "María", "family": "García"}],
        },
        {"title", "authors", "year", "journal", "doi"},
    ),
    "DOAJ": (
        {
            "results": [
                {
                    "id": "abc",
                    "bibjson": {
                        "title": TITLE, "year": "2019", "abstract": TEXT, "author": [{"name": "Smith, John"}, {"name": "García, María", "affiliation": "Leeds"}],
                        "journal": {"title": "J Test", "volume": "12", "number": "3"}, "start_page": "1", "end_page": "9", "keywords": WORDS,
                        "identifier": [{"type": "eissn", "id": "0277-9536"}, {"type": "doi", "id": DOI}],
                    },
                }
            ]
        },
        WHOLE | {"abstract", "keywords"},
    ),
    "ERIC": (
        {
            "response": {
                "docs": [
                    {
                        "id": "EJ1", "title": TITLE, "author": ["Smith, John", "García, María"], "description": TEXT, "subject": WORDS, "publicationdateyear": 2019,
                        "source": "J Test, v12 n3 p1-9 2019", "url": f"http://dx.doi.org/{DOI}",
                    }
                ]
            }
        },
        WHOLE | {"abstract", "keywords"},
    ),
    "Springer Nature": (
        {
            "records": [
                {
                    "title": TITLE, "creators": [{"creator": "Smith, John"}, {"creator": "García, María"}], "publicationName": "J Test", "doi": DOI,
                    "publicationDate": "2019-03-05", "volume": "12", "number": "3", "startingPage": "1", "endingPage": "9", "abstract": {"h1": "Abstract", "p": TEXT},
                    "keyword": WORDS, "url": [{"value": "http://x"}],
                }
            ]
        },
        WHOLE | {"abstract", "keywords"},
    ),
    "IEEE Xplore": (
        {
            "articles": [
                {
                    "title": TITLE, "authors": {"authors": [{"full_name": "Smith, John"}, {"full_name": "García, María"}]}, "publication_title": "J Test", "doi": DOI,
                    "publication_year": 2019, "volume": "12", "issue": "3", "start_page": "1", "end_page": "9", "abstract": TEXT,
                    "index_terms": {"author_terms": {"terms": WORDS}},
                }
            ]
        },
        WHOLE | {"abstract", "keywords"},
    ),
    "Zenodo": (
        {
            "hits": {
                "hits": [
                    {
                        "id": 1, "doi": DOI,
                        "metadata": {
                            "title": TITLE, "creators": [{"name": "Smith, John"}, {"name": "García, María"}], "publication_date": "2019-03-05", "description": f"<p>{TEXT}</p>",
                            "journal": {"title": "J Test", "volume": "12", "issue": "3", "pages": "1-9"}, "keywords": WORDS, "resource_type": {"type": "publication"},
                        },
                    }
                ]
            }
        },
        WHOLE | {"abstract", "keywords"},
    ),
    "OSF": (
        {"data": [{"id": "x", "type": "preprints", "attributes": {"title": TITLE, "description": TEXT, "doi": DOI, "date_published": "2019-03-05", "tags": WORDS}}]},
        {"title", "year", "doi", "abstract", "keywords"},
    ),
    "NASA ADS": (
        {
            "response": {
                "docs": [
                    {
                        "bibcode": "2019JTest", "title": [TITLE], "author": ["Smith, John", "García, María"], "year": "2019", "pub": "J Test", "volume": "12", "issue": "3",
                        "page": ["1"], "page_range": "1-9", "doi": [DOI], "abstract": TEXT, "keyword": WORDS,
                    }
                ]
            }
        },
        WHOLE | {"abstract", "keywords"},
    ),
    "Web of Science": (
        {
            "hits": [
                {
                    "uid": "WOS:1", "title": TITLE, "names": {"authors": [{"displayName": "Smith, John"}, {"displayName": "García, María"}]},
                    "source": {"sourceTitle": "J Test", "publishYear": 2019, "volume": "12", "issue": "3", "pages": {"range": "1-9"}}, "types": ["Article", "Review"],
                    "identifiers": {"doi": DOI, "pmid": "MEDLINE:30612345"}, "keywords": {"authorKeywords": WORDS},
                }
            ]
        },
        WHOLE | {"keywords", "pmid"},
    ),
    "Dimensions": (
        {
            "publications": [
                {
                    "id": "pub.1", "title": TITLE, "authors": [{"first_name": "John", "last_name": "Smith"}, {"first_name": "María", "last_name": "García"}], "year": 2019,
                    "journal": {"id": "j", "title": "J Test"}, "volume": "12", "issue": "3", "pages": "1-9", "doi": DOI, "abstract": TEXT, "pmid": "30612345",
                }
            ]
        },
        WHOLE | {"abstract", "pmid"},
    ),
    "Paperpile": (
        [
            {
                "_id": "x", "pubtype": "ARTICLE", "title": TITLE, "author": [{"first": "John", "last": "Smith"}, {"first": "María", "last": "García"}], "journal": "JT",
                "journalfull": "J Test", "volume": "12", "issue": "3", "pages": "1-9", "published": {"year": "2019"}, "doi": DOI, "pmid": "30612345", "abstract": TEXT,
            }
        ],
        WHOLE | {"abstract", "pmid"},
    ),
    "Publish or Perish": (
        [
            {
                "title": TITLE, "authors": ["Smith, John", "García, María"], "year": 2019, "source": "J Test", "cites_url": "https://y", "doi": DOI, "abstract": TEXT,
                "volume": "12", "issue": "3", "startpage": "1", "endpage": "9",
            }
        ],
        WHOLE | {"abstract"},
    ),
    "findpapers": (
        {
            "query": "[x]", "papers": [
                {
                    "title": TITLE, "abstract": TEXT, "authors": ["Smith, John", "García, María"], "publication": {"title": "J Test", "issn": "0277-9536", "publisher": None},
                    "publication_date": "2019-03-05", "doi": DOI, "keywords": WORDS, "pages": "1-9", "urls": ["https://x"], "databases": ["PubMed"],
                }
            ],
        },
        WHOLE - {"volume", "issue"} | {"abstract", "keywords"},
    ),
    "DBLP": (
        {
            "result": {
                "query": "x", "status": {"@code": "200", "text": "OK"}, "completions": {"@total": "1", "c": {"@id": "1", "text": "x"}},
                "hits": {
                    "@total": "1", "@first": "0",
                    "hit": [
                        {
                            "@id": "1",
                            "info": {
                                "authors": {"author": [{"@pid": "1/2", "text": "Smith, John 0001"}, {"@pid": "3", "text": "García, María"}]}, "title": TITLE, "venue": "J Test",
                                "volume": "12", "number": "3", "pages": "1-9", "year": "2019", "key": "journals/jt/Smith19", "doi": DOI, "ee": f"https://doi.org/{DOI}",
                            },
                        }
                    ],
                },
            }
        },
        WHOLE,
    ),
    "BibJSON": (
        {
            "metadata": {"collection": "tests"},
            "records": [
                {
                    "type": "article",
                    "title": TITLE,
                    "author": [{"name": "Smith, John", "firstname": "John", "lastname": "Smith"}, {"name": "García, María"}],
                    "journal": {"name": "J Test", "volume": "12", "number": "3", "pages": "1--9"},
                    "year": "2019",
                    "identifier": [{"type": "doi", "id": DOI}, {"type": "pmid", "id": "30612345"}],
                }
            ],
        },
        {*WHOLE, "pmid"} - {"abstract"},
    ),
}  # fmt: skip
EXPECTED = {
    "title": TITLE, "authors": ("Smith, John", "García, María"), "year": 2019, "journal": "J Test", "volume": "12", "issue": "3", "pages": "1-9", "doi": DOI,
    "abstract": TEXT, "keywords": tuple(WORDS), "pmid": "30612345",
}  # fmt: skip


@pytest.mark.parametrize("service", ANSWERS)
def test_the_answer_of_a_service(service: str) -> None:
    answer, fields = ANSWERS[service]
    data = json.dumps(answer).encode()
    (found,) = detect(data).read(data, {})
    assert isinstance(found, Record)
    assert {name: getattr(found, name) for name in fields} == {name: EXPECTED[name] for name in fields}
    assert describe_bytes(data, detect(data)).dialect == service


@pytest.mark.parametrize(
    "work",
    [
        {"publicationDate": "2019-03-05"},
        {"publication_date": "2019-03-05"},
        {"date_published": "2019-03-05T00:00:00Z"},
        {"pubdate": "2019-03-05"},
    ],
)
def test_the_day_that_stands_beside_a_year_is_that_of_the_work(work: dict[str, str]) -> None:
    (found,) = by_name("csl-json").read(json.dumps([{"title": TITLE, "year": 2019, "doi": DOI, **work}]).encode(), {})
    assert isinstance(found, Record)
    assert (found.year, found.extra) == (2019, (("date", *work.values()),))
    (other,) = by_name("csl-json").read(json.dumps([{"title": TITLE, "year": 2020, "doi": DOI, **work}]).encode(), {})
    assert isinstance(other, Record)
    assert other.extra == tuple(work.items())


def test_of_identifiers_that_are_read_no_kind_is_left() -> None:
    work = {"title": TITLE, "identifier": [{"type": "doi", "id": DOI}, {"type": "arxiv", "id": "2101.1"}], "journal": {"name": "J Test"}}
    (found,) = by_name("csl-json").read(json.dumps([work]).encode(), {})
    assert isinstance(found, Record)
    assert (found.doi, found.extra) == (DOI, (("identifier", '[{"type":"arxiv","id":"2101.1"}]'),))


def test_the_expanded_answer_of_web_of_science() -> None:
    """It was one broken entry. Its lists of one are objects; an abstract may have several paragraphs."""
    people = [
        {"role": "author", "last_name": "Smith", "first_name": "John", "display_name": "Smith, John"},
        {"role": "author", "last_name": "García", "first_name": "María"},
        {"role": "book_editor", "last_name": "Roe", "first_name": "Ann"},
    ]
    work = {
        "UID": "WOS:1",
        "static_data": {
            "summary": {
                "titles": {"title": [{"type": "source", "content": "J Test"}, {"type": "item", "content": TITLE}, {"type": "abbrev_iso", "content": "J. T."}]},
                "names": {"name": people}, "doctypes": {"doctype": "Article"},
                "pub_info": {"pubyear": 2019, "vol": 12, "issue": 3, "page": {"content": "1-9", "begin": 1}},
            },
            "fullrecord_metadata": {"abstracts": {"abstract": {"abstract_text": {"p": ["We searched.", "We found."]}}}, "keywords": {"keyword": WORDS}},
        },
        "dynamic_data": {"cluster_related": {"identifiers": {"identifier": [{"type": "doi", "value": DOI}, {"type": "pmid", "value": "MEDLINE:30612345"}]}}},
    }  # fmt: skip
    data = json.dumps({"Data": {"Records": {"records": {"REC": [work]}}}, "QueryResult": {"RecordsFound": 1}}).encode()
    assert describe_bytes(data, detect(data)).dialect == "Web of Science"
    (r,) = detect(data).read(data, {})
    assert isinstance(r, Record)
    assert {name: getattr(r, name) for name in WHOLE | {"pmid"}} == {name: EXPECTED[name] for name in WHOLE | {"pmid"}}
    assert (r.abstract, r.keywords, r.type, r.accession) == ("We searched.\nWe found.", tuple(WORDS), "Article", "WOS:1")
    assert "Roe" in str(r.extra)
    assert "J. T." in str(r.extra)


def test_web_of_sciences_xml_says_what_its_json_does() -> None:
    """It was XML of a kind that is not known."""
    data = (
        '<records xmlns="http://clarivate.com/schema"><REC><UID>WOS:1</UID><static_data><summary><pub_info vol="12" issue="3" pubyear="2019"><page begin="1" end="9">1-9</page>'
        '</pub_info><titles count="2"><title type="source">J Test</title><title type="item">Partnerships &amp; <i>health</i></title></titles><names count="3"><name role="author">'
        '<display_name>Smith, J</display_name><first_name>John</first_name><last_name>Smith</last_name></name><name role="author"><first_name>María</first_name>'
        '<last_name>García</last_name></name><name role="book_editor"><last_name>Roe</last_name></name></names><doctypes count="1"><doctype>Article</doctype></doctypes></summary>'
        "<fullrecord_metadata><keywords><keyword>a</keyword><keyword>b</keyword></keywords><abstracts><abstract><abstract_text><p>We <sub>searched</sub>.</p><p>We found.</p></abstract_text>"
        "</abstract></abstracts></fullrecord_metadata></static_data><dynamic_data><cluster_related><identifiers>"
        f'<identifier type="doi" value="{DOI}"/><identifier type="issn" value="0317-8471"/></identifiers></cluster_related></dynamic_data></REC></records>'
    ).encode()
    (r,) = detect(data).read(data, {})
    assert isinstance(r, Record)
    assert {name: getattr(r, name) for name in WHOLE} == {name: EXPECTED[name] for name in WHOLE}
    assert (r.abstract, r.keywords, r.type, r.accession, r.issn) == ("We searched.\nWe found.", ("a", "b"), "Article", "WOS:1", "0317-8471")
    assert "Roe" in str(r.extra)


def test_what_a_reference_has_one_of_and_an_answer_several_is_kept() -> None:
    """The second title and the second DOI of a work were in no field, nor beside them."""
    work = {"metadata": {"titles": [{"title": TITLE}, {"title": "In other words"}], "authors": [{"full_name": "Smith, John"}], "dois": [{"value": DOI}, {"value": "10.1000/x.2"}]}}  # fmt: skip
    (r,) = by_name("csl-json").read(json.dumps([work]).encode(), {})
    assert isinstance(r, Record)
    assert (r.title, r.doi) == (TITLE, DOI)
    assert {("metadata.titles.title", "In other words"), ("metadata.dois.value", "10.1000/x.2")} <= set(r.extra)


def test_what_is_left_of_a_structure_is_no_name_of_a_database() -> None:
    (r,) = by_name("csl-json").read(
        json.dumps([{"title": TITLE, "DOI": DOI, "event": {"name": "Walks", "location": "Leeds"}}]).encode(), {}
    )
    assert isinstance(r, Record)
    assert r.extra == (("conference", "Walks"), ("event.location", "Leeds"))
    work = {
        "uid": "WOS:1",
        "title": TITLE,
        "names": {"authors": [{"displayName": "Smith, John"}]},
        "source": {"sourceTitle": "J Test", "publishMonth": "MAR"},
    }
    (r,) = by_name("csl-json").read(json.dumps([work]).encode(), {})
    assert isinstance(r, Record)
    assert r.extra == (("source.publishMonth", "MAR"),)


def test_what_no_field_holds_of_an_answer_is_kept() -> None:
    data = json.dumps(
        {"results": [{"bibjson": {"title": TITLE, "ref": {"x": ["y"]}, "author": [{"name": "A B", "affiliation": "Leeds"}]}}]}
    ).encode()
    (found,) = by_name("csl-json").read(data, {})
    assert isinstance(found, Record)
    assert set(found.extra) == {("bibjson", '{"ref":{"x":["y"]}}'), ("affiliation", "Leeds")}


def test_numbers_of_a_work_elsewhere_are_kept() -> None:
    """Those that no field of ours is for were lost; DataCite's journal had no ISSN."""
    one, two, three = by_name("csl-json").read(
        json.dumps(
            [
                {"id": "https://openalex.org/W1", "title": TITLE, "authorships": [], "ids": {"openalex": "https://openalex.org/W1", "mag": "29"}},
                {"paperId": "a1", "title": TITLE, "externalIds": {"DOI": DOI, "CorpusId": 12, "ArXiv": "1901.1"}},
                {"id": DOI, "type": "dois", "attributes": {"doi": DOI, "titles": [{"title": TITLE}], "creators": [], "publicationYear": 2019, "container": {"identifier": "0317-8471", "identifierType": "ISSN", "title": "J Test"}}},
            ]
        ).encode(),
        {},
    )  # fmt: skip
    assert isinstance(one, Record)
    assert isinstance(two, Record)
    assert isinstance(three, Record)
    assert ("ids.mag", "29") in one.extra
    assert {("externalIds.CorpusId", "12"), ("externalIds.ArXiv", "1901.1")} <= set(two.extra)
    assert three.issn == "0317-8471"


@pytest.mark.parametrize(
    "answer",
    [
        {"id": DOI, "type": "dois", "attributes": {"doi": DOI, "titles": [{"title": TITLE}], "creators": [], "publicationYear": 2019, "dates": [{"date": "2019-03-05", "dateType": "Issued"}]}},
        {"results": [{"id": "abc", "bibjson": {"title": TITLE, "year": "2019", "month": "3", "author": [], "journal": {"title": "J Test"}}}]},
    ],
    ids=["DataCite", "DOAJ"],
)  # fmt: skip
def test_the_month_of_a_work_where_a_service_has_it_apart_from_the_year(answer: Any) -> None:
    (found,) = by_name("csl-json").read(json.dumps(answer).encode(), {})
    assert isinstance(found, Record)
    assert (found.year, day_and_season(found)[0][:2]) == (2019, [2019, 3])
