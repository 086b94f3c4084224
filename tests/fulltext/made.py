"""Documents made for the tests: typeset PDFs with hyphens, two columns and ligatures, and JATS."""

from __future__ import annotations

from functools import cache

WORDS = (
    "The statutory partners found that difficulties of efficient coordination affected the office staff, who could not reconcile differing "
    "institutional responsibilities with the community's expectations. "
)


@cache
def pdf(pages: int = 4, first: int = 119, title: str = "Offices and officials", columns: int = 2) -> bytes:
    """Each page names itself: 'On page number 2 the effect was RR 0.82 …'. Numbered from `first` on."""
    import typst

    text = "\n#pagebreak()\n".join(
        f"= {title}\n{WORDS * 3} On page number {n} the effect was RR 0.8{n} (95% CI 0.72 to 1.0{n}), and it did not differ by deprivation. "
        f"We interviewed {n * 7} managers; officials described first-rate communication and a lack of trust in neighbourhood {n}."
        for n in range(1, pages + 1)
    )
    head = (
        f'#set page(columns: {columns}, width: 148mm, height: 210mm, numbering: "1")\n#counter(page).update({first})\n'
        '#set text(lang: "en", hyphenate: true, size: 10pt)\n#set par(justify: true)\n'
    )
    return typst.compile((head + text).encode())


JATS = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article">
<front><article-meta>
<article-id pub-id-type="pmid">12345678</article-id><article-id pub-id-type="doi">10.1000/made.1</article-id>
<title-group><article-title>Working together in <italic>small</italic> towns&nbsp;&#x2013; a made survey</article-title></title-group>
<abstract><sec><title>Background</title><p>Councils differ.</p></sec><sec><title>Results</title><p>Trust was low (<italic>n</italic>&#160;= 12).</p></sec></abstract>
</article-meta></front>
<body>
<sec><title>Methods</title><p>We asked officers<xref ref-type="bibr" rid="B1">1</xref> of 12
councils.</p><sec><title>Sampling</title><p>Purposive sampling was used.</p></sec></sec>
<sec><title>Results</title><p>Trust took years<fn><p>See the appendix.</p></fn>.</p>
<table-wrap id="T1"><label>Table 1.</label><caption><p>Councils</p></caption><table><tbody><tr><td>Leeds</td><td>34</td></tr></tbody></table></table-wrap>
<p>Staff said: <disp-quote><p>we were never asked</p></disp-quote></p></sec>
</body>
<back><ack><p>We thank the councils.</p></ack><ref-list><ref><mixed-citation>Nobody 2001, not quoted</mixed-citation></ref></ref-list></back>
</article>
"""
