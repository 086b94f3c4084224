"""XML of scripts: an element for each work, and in it elements that are called as the columns of a table are."""

from __future__ import annotations

import pytest
from one_file import only, records

from review.errors import FormatError
from review.formats.registry import detect
from review.model.record import Reject

WORK = "<title>On <i>kerbs</i></title><authors>Ray, A; Roe, B</authors><year>2001</year><doi>10.1000/a</doi>"


@pytest.mark.parametrize(
    "inner",
    [
        WORK,
        WORK.replace("<authors>Ray, A; Roe, B</authors>", "<author>Ray, A</author><author>Roe, B</author>"),
        WORK.replace("Ray, A; Roe, B", "<author>Ray, A</author><author>Roe, B</author>"),
        WORK.replace("Ray, A; Roe, B", "<p><surname>Ray</surname><given-name>A</given-name></p><p><surname>Roe</surname><given-name>B</given-name></p>"),
        "<TY>JOUR</TY><AU>Ray, A</AU><AU>Roe, B</AU><TI>On kerbs</TI><PY>2001</PY><DO>10.1000/a</DO>",
    ],
)  # fmt: skip
def test_what_elements_are_called(inner: str) -> None:
    found = only(f"<?xml version='1.0'?>\n<data>\n<row>{inner}</row>\n</data>\n", "a.xml")
    assert (found.title, found.authors, found.year, found.doi) == ("On kerbs", ("Ray, A", "Roe, B"), 2001, "10.1000/a")


def test_what_stands_within_an_element_and_what_attributes_say() -> None:
    found = only(
        f"<list><article id='5'>{WORK}<journal><title>Streets</title><volume>4</volume></journal><abstract><p>One.</p><p>Two.</p></abstract>"
        "<status by='Ann'>in</status></article></list>"
    )
    assert (found.title, found.journal, found.volume, found.abstract, found.accession) == ("On kerbs", "Streets", "4", "One.\nTwo.", "5")
    assert found.extra == (("status", "in"), ("status by", "Ann"))


def test_what_stands_beside_the_element_of_a_work_is_of_the_work_too() -> None:
    work = WORK.replace("Ray, A; Roe, B", "<author><name>Ray, A</name><affiliation>Leeds</affiliation></author>").replace(
        "</year>", "</year><number>2</number>"
    )
    found = records(f"<data><hits>{''.join(f'<hit><article>{work}</article><label>{n}</label></hit>' for n in (1, 2))}</hits></data>")
    assert [(r.title, r.authors, r.issue) for r in found] == [("On kerbs", ("Ray, A",), "2")] * 2
    assert [dict(r.extra) for r in found] == [{"affiliation": "Leeds", "label": n} for n in ("1", "2")]


def test_a_feed_of_a_search() -> None:
    (found,) = records(
        '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>kerb</title><description>Latest</description><pubDate>2021</pubDate>'
        "<item><title>On kerbs</title><description>We looked.</description><dc:creator>Ann Ray</dc:creator><dc:creator>Bob Roe</dc:creator><dc:date>2001-05-01</dc:date>"
        "<dc:source>Streets</dc:source><dc:identifier>pmid:31000001</dc:identifier><dc:identifier>doi:10.1000/a</dc:identifier></item></channel></rss>"
    )
    assert (found.title, found.authors, found.year, found.journal) == ("On kerbs", ("Ann Ray", "Bob Roe"), 2001, "Streets")
    assert (found.pmid, found.doi) == ("31000001", "10.1000/a")


@pytest.mark.parametrize("before", [False, True])
def test_what_a_work_cites_is_kept_with_it_and_is_no_work_of_the_file(before: bool) -> None:
    cited = f"<references>{''.join(f'<reference n={chr(39)}{n}{chr(39)}><title>Cited</title><author>Poe</author><year>{n}</year></reference>' for n in range(1990, 1996))}</references>"
    (found,) = records(f"<list><article>{cited if before else ''}{WORK}{'' if before else cited}</article></list>")
    assert (found.title, found.authors, found.year) == ("On kerbs", ("Ray, A", "Roe, B"), 2001)
    assert found.extra[0] == ("cited in references", "Cited Poe 1990 1990")
    assert len(found.extra) == 6
    assert len(records(cited)) == 6  # where there is nothing else


def test_an_entry_that_is_cut_off_is_told() -> None:
    data = f"<l><r>{WORK}</r><r><title>On lamps</title><au".encode()
    assert [type(one) is Reject for one in detect(data).read(data, {})] == [False, True]


def test_a_page_with_a_title_is_none() -> None:
    page = b"<?xml version='1.0'?><html><head><title>X</title><author>Y</author><date>2001</date></head></html>"
    with pytest.raises(FormatError):
        detect(page)
