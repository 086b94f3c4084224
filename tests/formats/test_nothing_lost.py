"""The law of the readers: a word that is put before or behind any value is in the record, or in a reject."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from review.formats.registry import detect
from review.model.record import Record, Reject, text_of

WORD = "zinnober"
VALUES = {
    "ti": "Wardens and neighbours", "au": "Marx, Karl", "ye": "2001", "da": "2001 Mar 4", "jo": "J Test", "vo": "4", "is": "2", "pa": "12-15", "do": "10.1000/x.7",
    "pm": "12345678", "pc": "PMC1234567", "sn": "1234-5679", "bn": "978-3-16-148410-0", "ur": "https://example.org/a", "la": "eng", "kw": "Housing", "ab": "A text.",
    "no": "A note.", "ty": "Review", "an": "L600", "pl": "Leeds", "ad": "A street",
}  # fmt: skip
FILES = {
    "ris": "TY  - JOUR\nTI  - ti\nAU  - au\nPY  - ye\nDA  - da\nT2  - jo\nVL  - vo\nIS  - is\nSP  - pa\nDO  - do\nAN  - an\nC2  - pc\nSN  - sn\nUR  - ur\n"
    "LA  - la\nKW  - kw\nAB  - ab\nN1  - no\nM3  - ty\nCY  - pl\nAD  - ad\nER  - \n",
    "nbib": "PMID- 1\nTI  - ti\nFAU - au\nDP  - da\nDEP - ye\nJT  - jo\nVI  - vo\nIP  - is\nPG  - pa\nLID - do [doi]\nAID - do [pii]\nPMC - pc\nIS  - sn\nISBN- bn\n"
    "LA  - la\nOT  - kw\nMH  - kw\nAB  - ab\nGN  - no\nPT  - ty\nPL  - pl\nAD  - ad\n",
    "bibtex": "@article{k,\n"
    + "".join(
        f"  {name} = {{{value}}},\n"
        for name, value in {
            "title": "ti", "author": "au", "year": "ye", "date": "da", "journal": "jo", "volume": "vo", "number": "is", "pages": "pa", "doi": "do", "pmid": "pm",
            "pmcid": "pc", "issn": "sn", "isbn": "bn", "url": "ur", "language": "la", "keywords": "kw", "abstract": "ab", "note": "no", "type": "ty", "accession": "an",
            "address": "pl", "affiliation": "ad", "howpublished": "ur", "month": "da", "archiveprefix": "an", "eprint": "pm",
        }.items()
    )
    + "}\n",
    "wos": "FN Clarivate\nVR 1.0\nPT J\nTI ti\nAU au\nPY ye\nPD da\nSO jo\nVL vo\nIS is\nBP pa\nDI do\nPM pm\nSN sn\nBN bn\nLA la\nDE kw\nID kw\nAB ab\nDT ty\nUT an\n"
    "PI pl\nC1 ad\nER \n\nEF\n",
    "refer": "%0 Journal Article\n%T ti\n%A au\n%D ye\n%8 da\n%J jo\n%V vo\n%N is\n%P pa\n%R do\n%2 pc\n%@ sn\n%U ur\n%G la\n%K kw\n%X ab\n%Z no\n%9 ty\n%M an\n%C pl\n%+ ad\n",
    "csv": "Title,Authors,Year,Date,Journal,Volume,Issue,Pages,DOI,PMID,PMCID,ISSN,ISBN,URL,Language,Keywords,Abstract,Notes,Publication Type,Accession Number\n"
    '"ti","au","ye","da","jo","vo","is","pa","do","pm","pc","sn","bn","ur","la","kw","ab","no","ty","an"\n',
    "endnote-xml": "<xml><records><record><ref-type name='Journal Article'>17</ref-type>"
    + "".join(
        "".join(f"<{tag}>" for tag in path.split("/")) + value + "".join(f"</{tag}>" for tag in reversed(path.split("/")))
        for path, value in {
            "titles/title": "ti", "contributors/authors/author": "au", "dates/year": "ye", "dates/pub-dates/date": "da", "periodical/full-title": "jo", "volume": "vo",
            "number": "is", "pages": "pa", "electronic-resource-num": "do", "accession-num": "an", "custom2": "pc", "isbn": "sn", "urls/related-urls/url": "ur",
            "language": "la", "keywords/keyword": "kw", "abstract": "ab", "notes": "no", "work-type": "ty", "pub-location": "pl", "auth-address": "ad",
        }.items()
    )
    + "</record></records></xml>",
    "pubmed-xml": "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><ISSN>sn</ISSN><JournalIssue><Volume>vo</Volume><Issue>is</Issue>"
    "<PubDate><MedlineDate>da</MedlineDate></PubDate></JournalIssue><Title>jo</Title></Journal><ArticleTitle>ti</ArticleTitle><Pagination><MedlinePgn>pa</MedlinePgn>"
    '</Pagination><ELocationID EIdType="doi">do</ELocationID><ELocationID EIdType="pii">an</ELocationID><Abstract><AbstractText>ab</AbstractText></Abstract>'
    "<AuthorList><Author><LastName>au</LastName><AffiliationInfo><Affiliation>ad</Affiliation></AffiliationInfo></Author></AuthorList><Language>la</Language>"
    "<PublicationTypeList><PublicationType>ty</PublicationType></PublicationTypeList><ArticleDate><Year>ye</Year></ArticleDate></Article><ChemicalList><Chemical>"
    "<RegistryNumber>an</RegistryNumber><NameOfSubstance>kw</NameOfSubstance></Chemical></ChemicalList><GeneralNote>no</GeneralNote>"
    "<KeywordList><Keyword>kw</Keyword></KeywordList></MedlineCitation></PubmedArticle></PubmedArticleSet>",
    "csl-json": '[{"type": "article-journal", '
    + ", ".join(
        f'"{name}": {value}'
        for name, value in {
            "title": '"ti"', "author": '[{"family": "au"}]', "issued": '{"raw": "da"}', "container-title": '"jo"', "volume": '"vo"', "issue": '"is"', "page": '"pa"',
            "DOI": '"do"', "PMID": '"pm"', "PMCID": '"pc"', "ISSN": '"sn"', "ISBN": '"bn"', "URL": '"ur"', "language": '"la"', "keyword": '"kw"', "abstract": '"ab"',
            "note": '"no"', "genre": '"ty"', "accession": '"an"', "publisher-place": '"pl"',
        }.items()
    )
    + "}]",
}  # fmt: skip


def _with_word(text: str) -> Iterator[tuple[str, str]]:
    """The file as often as it has values, each time with the word before or behind another one of them, and the value."""
    pieces: list[str] = []
    at = 0
    places = sorted((n, key) for key in VALUES for n in range(len(text)) if text.startswith(key, n) and _stands_alone(text, n))
    for n, key in places:
        pieces += (text[at:n], key)
        at = n + 2
    pieces.append(text[at:])
    plain = [VALUES.get(piece, piece) if n % 2 else piece for n, piece in enumerate(pieces)]
    for n in range(1, len(plain), 2):
        for value in (f"{WORD} {plain[n]}", f"{plain[n]} {WORD}"):
            yield value, "".join([*plain[:n], value, *plain[n + 1 :]])


def _stands_alone(text: str, n: int) -> bool:
    around = f"\n{text}\n"[n : n + 4]
    return not around[0].isalnum() and not around[3].isalnum() and around[0] in ' >{"\n' and around[3] in ' <}"\n' and n > 0


def _said(one: Record | Reject) -> str:
    if isinstance(one, Reject):
        return one.raw
    told = [text_of(getattr(one, name)) for name in Record.__dataclass_fields__ if name not in ("raw", "extra")]
    return " ".join([*told, *(text for _, text in one.extra)])


@pytest.mark.parametrize("name", FILES)
def test_a_word_beside_a_value_is_kept(name: str) -> None:
    files = list(_with_word(FILES[name]))
    assert len(files) > 30
    form = detect(files[0][1].encode())
    assert form.name == name
    for value, text in files:
        found = list(form.read(text.encode(), {}))
        assert len(found) == 1, value
        assert WORD in _said(found[0]).casefold(), value
