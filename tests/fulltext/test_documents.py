"""Full texts as text: PDF by page, JATS by section; what a locator names."""

from __future__ import annotations

import pytest
from fulltext.made import JATS, pdf
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.fulltext.document import Document, Page, page_numbers
from review.fulltext.read import document, kind_of


def test_a_pdf_is_read_page_by_page_with_its_printed_numbers() -> None:
    found = document(pdf(), "pdf")
    assert [p.label for p in found.pages] == ["119", "120", "121", "122"]
    for n, page in enumerate(found.pages, 1):
        assert f"On page number {n}" in " ".join(page.text.split())
    assert found.named("p. 120") == {1}
    assert found.named("pp 120-121") == {1, 2}
    assert found.named("2") == {1}
    assert found.named("Table 2") == set()


def test_numbers_printed_on_pages_are_found_where_the_file_does_not_give_them() -> None:
    pages = tuple(Page(str(n), f"J Places 2011;3\n{'words ' * 50}\nof 12 councils\n{n + 118}") for n in range(1, 6))
    found = Document("pdf", pages)
    assert found.printed == 118
    assert found.named("p. 120") == {1}
    assert Document("pdf", tuple(Page(str(n), f"text\n{n}") for n in range(1, 6))).printed == 0


def test_jats_is_read_by_section() -> None:
    found = document(JATS, "jats")
    by = {p.label: p.text for p in found.pages}
    assert by["title"] == "Working together in small towns – a made survey"
    assert "Trust was low (n = 12)." in by["abstract"]
    assert by["Methods"] == "We asked officers1 of 12 councils."
    assert by["Methods > Sampling"] == "Purposive sampling was used."
    assert by["Table 1"] == "Table 1.\nCouncils\nLeeds\n34"
    assert "Leeds" not in by["Results"]
    assert "we were never asked" in by["Results"]
    assert by["acknowledgements"] == "We thank the councils."
    assert "not quoted" not in "".join(by.values())
    assert found.named("Sampling") == {list(by).index("Methods > Sampling")}


HARD = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD Journal Publishing DTD v2.3 20070202//EN" "journalpublishing.dtd">
<article xmlns="http://jats.nlm.nih.gov" xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:oasis="http://docs.oasis-open.org/ns/oasis-exchange/table">
<front><article-meta><title-group><article-title>Caf\xe9s</article-title><subtitle>a case study</subtitle>
<trans-title-group><trans-title>Kaffeeh&auml;user</trans-title></trans-title-group></title-group>
<author-notes><fn fn-type="conflict"><p>Competing interests: none.</p></fn></author-notes>
<abstract abstract-type="summary"><boxed-text><p>What is known: little.</p></boxed-text></abstract><kwd-group><kwd>towns</kwd><kwd>trust</kwd></kwd-group>
<funding-group><funding-statement>Paid by the Made Fund.</funding-statement></funding-group></article-meta></front>
<body><p>No heading above this &zzz; sentence.</p>
<sec><label>1</label><title>Methods</title><sec><sec><title>Deep</title><p>Three levels<fn><p>A note in between.</p></fn> down.</p></sec></sec>
<p>We set <inline-formula><alternatives><tex-math>\\beta=1</tex-math><mml:math><mml:mi>b</mml:mi><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math></alternatives></inline-formula> first.</p>
<boxed-text><label>Box 1.</label><caption><title>Lessons</title></caption><sec><title>One</title><p>Listen early.</p></sec>
<table-wrap><label>Table 9</label><table><tr><td>inner</td></tr></table></table-wrap></boxed-text></sec></body>
<back><fn-group><fn><p>A footnote at the end.</p></fn></fn-group><app-group><app><title>Appendix A</title><p>The guide.</p></app></app-group>
<glossary><def-list><def-item><term>LA</term><def><p>local authority</p></def></def-item></def-list></glossary>
<ref-list><ref><mixed-citation>Not quoted 1999</mixed-citation></ref></ref-list></back>
<floats-group><table-wrap><label>Table 1</label><oasis:table><oasis:tgroup><oasis:tbody><oasis:row><oasis:entry>Leeds</oasis:entry><oasis:entry>34</oasis:entry></oasis:row></oasis:tbody></oasis:tgroup></oasis:table>
<table-wrap-foot><fn><p>* adjusted</p></fn></table-wrap-foot></table-wrap></floats-group>
<sub-article article-type="reply"><front-stub><title-group><article-title>Decision letter</article-title></title-group></front-stub><body><p>Please revise.</p></body></sub-article>
</article>"""


def test_what_real_jats_has_in_odd_places_is_read_and_nothing_is_read_twice() -> None:
    """Footnotes within sentences, OASIS tables, floats, boxes with sections, replies, funding, entities without their DTD, a default namespace."""
    pages = [(p.label, " ".join(p.text.split())) for p in document(HARD, "jats").pages]
    assert pages == [
        ("title", "Caf\xe9s"), ("title", "a case study"), ("title, translated", "Kaffeeh\xe4user"), ("keywords", "towns trust"),
        ("author notes", "Competing interests: none."), ("funding", "Paid by the Made Fund."), ("box", "What is known: little."),
        ("body", "No heading above this &zzz; sentence."), ("Methods", "We set b=1 first."), ("Methods > section 1 > Deep", "Three levels down."),
        ("notes", "A note in between."), ("Box 1", "Box 1. Lessons One Listen early."), ("Table 9", "Table 9 inner"), ("footnotes", "A footnote at the end."),
        ("Appendix A", "The guide."), ("glossary", "LA local authority"), ("Table 1", "Table 1 Leeds 34 * adjusted"),
        ("Decision letter > title", "Decision letter"), ("Decision letter > body", "Please revise."),
    ]  # fmt: skip


ODDER = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD Journal Publishing DTD v2.3 20070202//EN" "journalpublishing.dtd" [
<!ENTITY fig1 SYSTEM "a.gif" NDATA gif> <!ENTITY shires 'the Shires'> <!NOTATION gif SYSTEM "v.exe">
]>
<article xmlns:mml="http://www.w3.org/1998/Math/MathML">
<front><article-meta><title-group><article-title>Councils of &shires;</article-title></title-group>
<contrib-group><contrib><name><surname>Smith</surname><given-names>Ann</given-names></name><contrib-id>https://orcid.org/1</contrib-id></contrib>
<contrib><collab>Towns Group</collab></contrib><aff><institution>Made University</institution>, <country>Kenya</country></aff></contrib-group>
<abstract><sec><title>Aim</title><p>To see.<fig><label>Fig 0</label><caption><p>Graphical.</p></caption></fig></p></sec></abstract>
<trans-abstract xml:lang="es"><title>RESUMEN</title><sec><title>Objetivo:</title><p>Ver.</p></sec></trans-abstract>
<funding-group><award-group><funding-source><institution-wrap><institution>Made Council</institution><institution-id>50110</institution-id></institution-wrap>
</funding-source><award-id>NE/1</award-id></award-group></funding-group></article-meta><notes><p>Read at a meeting.</p></notes></front>
<body><p>Lead <inline-formula><tex-math>\\documentclass{minimal}\\begin{document}$$p&lt;0.01$$\\end{document}</tex-math></inline-formula> here.<fig-group><fig>
<label>Figure 1.</label><caption><title>Map.</title><p><supplementary-material><label>Figure 1 data.</label><caption><p>Raw.</p></caption></supplementary-material></p></caption>
</fig></fig-group><media><label>Video 1.</label><caption><p>A walk.</p></caption></media> More.</p>
<sec><title>Results</title><p>Then (Table <xref>1</xref>).<table-wrap><label>Table 1.</label><table><tr><th rowspan="2">Place</th><td>2219 <break/><italic>45%</italic></td></tr>
<tr><td>7<xref>a</xref></td></tr></table><table-wrap-foot><fn><label>a</label><p>Adjusted.</p></fn></table-wrap-foot></table-wrap></p></sec></body>
<back><app-group><app><label>Appendix 1.</label><title>Guide</title><p>Ask first<fn><p>Or later.</p></fn>.</p><sec><title>Part A</title><p>Who?</p></sec></app>
<app><title>Codes</title><p>C1.</p></app></app-group><sec><title>Data</title><p>On request.</p></sec></back>
<sub-article article-type="reviewer-report"><front-stub/><body><p>Fine.</p><sub-article article-type="reply"><body><p>Thanks.</p></body></sub-article></body></sub-article>
</article>"""


def test_what_else_publishers_put_into_jats_is_read_and_nothing_is_read_twice() -> None:
    """A file's own entities, groups as authors, awards, translated abstracts, formulas in TeX alone, films, appendices, replies within reports."""
    assert [(p.label, " ".join(p.text.split())) for p in document(ODDER, "jats").pages] == [
        ("title", "Councils of the Shires"), ("abstract", "Aim To see."), ("abstract, translated", "RESUMEN Objetivo: Ver."), ("funding", "Made Council NE/1"),
        ("authors", "Smith Ann Towns Group Made University, Kenya"), ("Fig 0", "Fig 0 Graphical."), ("notes", "Read at a meeting."),
        ("body", "Lead p<0.01 here. More."), ("Results", "Then (Table 1)."), ("Figure 1", "Figure 1. Map."), ("Figure 1 data", "Figure 1 data. Raw."),
        ("Video 1", "Video 1. A walk."), ("Table 1", "Table 1. Place 2219 45% 7a a Adjusted."), ("Appendix 1 Guide", "Ask first."),
        ("Appendix 1 Guide > Part A", "Who?"), ("Appendix 1 Guide > notes", "Or later."), ("Codes", "C1."), ("Data", "On request."),
        ("reviewer-report > body", "Fine."), ("reply > body", "Thanks."),
    ]  # fmt: skip


def _blocks(depth: int) -> st.SearchStrategy[str]:
    """Blocks of JATS within one another; each ~ becomes a word of its own."""
    flat = st.sampled_from(
        ["<p>~ <italic>~</italic></p>", "<p>~<fn><label>~</label><p>~</p></fn> ~</p>", "<list><list-item><p>~</p></list-item></list>", "<disp-quote><p>~</p></disp-quote>",
         "<p>~<table-wrap><label>~</label><table><tr><td>~</td><th>~</th></tr></table><table-wrap-foot><fn><p>~</p></fn></table-wrap-foot></table-wrap> ~</p>",
         "<fig><label>~</label><caption><title>~</title><p>~</p></caption></fig>", "<media><caption><p>~</p></caption></media>", "<preformat>~</preformat>",
         "<p>~ <inline-formula><alternatives><tex-math>same</tex-math><math>~</math></alternatives></inline-formula></p>"]
    )  # fmt: skip
    if not depth:
        return flat
    inner = st.lists(_blocks(depth - 1), max_size=3).map("".join)
    return (
        flat | inner.map(lambda b: f"<boxed-text><p>~</p>{b}</boxed-text>") | inner.map(lambda b: f"<sec><title>T</title><p>~</p>{b}</sec>")
    )


@given(
    st.lists(_blocks(2), max_size=4).map("".join),
    st.lists(_blocks(1), max_size=2).map("".join),
    st.lists(_blocks(1), max_size=2).map("".join),
)
def test_every_word_of_an_article_is_read_once(body: str, appendix: str, sub: str) -> None:
    made = (
        f"<article><front/><body><p>~</p>{body}</body><back><app-group><app><title>A</title>{appendix}</app></app-group></back>"
        f"<sub-article><body>{sub}</body></sub-article></article>"
    )
    parts = made.split("~")
    words = [f"w{n}x" for n in range(len(parts) - 1)]
    text = "".join(p + w for p, w in zip(parts, [*words, ""], strict=True))
    read = " ".join(p.text for p in document(text.encode(), "jats").pages)
    assert {w: read.count(w) for w in words} == dict.fromkeys(words, 1)
    assert "same" not in read


def test_an_article_without_a_front_or_in_a_set_is_read() -> None:
    body = b"<article><body><p>Words.</p></body></article>"
    assert [p.text for p in document(body, "jats").pages] == ["Words."]
    assert [p.text for p in document(b"<pmc-articleset>" + body + b"</pmc-articleset>", "jats").pages] == ["Words."]
    with pytest.raises(FormatError, match="neither abstract nor body"):
        document(
            b"<article><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front></article>",
            "jats",
        )


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"<!DOCTYPE html><html>", "a.pdf", "web page"), (b"", "a.pdf", "empty"), (b"PK\x03\x04xx", "a.docx", "ZIP archive"), (b"\x00\x01", "a.pdf", "can't be read"),
        (b"words", "a.rtf", "neither a PDF nor JATS"),
    ],
)  # fmt: skip
def test_what_is_no_full_text_is_named(data: bytes, name: str, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        kind_of(data, name)


def test_a_damaged_pdf_is_an_error_with_a_mend() -> None:
    for data in (b"%PDF-1.7\nbroken", pdf()[:3000]):
        with pytest.raises(FormatError, match="can't be read"):
            document(data, "pdf")


@pytest.mark.parametrize(
    "data", [JATS[:900], b"<article><body/></article>", b'<!DOCTYPE a [<!ENTITY x "y">]><article><body></body></article>']
)
def test_damaged_jats_is_an_error(data: bytes) -> None:
    with pytest.raises(FormatError):
        document(data, "jats")


@pytest.mark.parametrize(
    ("locator", "numbers"),
    [("p. 3", {3}), ("p3", {3}), ("pp. 123-5", {123, 124, 125}), ("page 12, table 2", {12}), ("12", {12}), ("Table 2", set()), ("abstract", set()), ("Box 1 on p. 7", {7}),
     ("", set()), ("section 3", set())],
)  # fmt: skip
def test_page_numbers_of_a_locator(locator: str, numbers: set[int]) -> None:
    assert page_numbers(locator) == numbers


@given(st.text(max_size=30))
def test_any_locator_can_be_read(locator: str) -> None:
    page_numbers(locator)
    Document("text", (Page("a", "b"),)).named(locator)
