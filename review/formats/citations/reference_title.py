"""The title in a reference that stands in one cell, where nothing else tells it: in the forms of Vancouver, APA, Harvard, Springer and Nature, whose
people have their initials in a way of their own, and in those that put it in quotation marks. It loads nothing heavy: whether a table has such a
column is asked of each."""

from __future__ import annotations

import re

from review.formats.characters.text import collapse
from review.model.patterns import lazy

_LONGEST = 4000  # characters of a reference
_TAG = lazy(r"</?[a-z]{1,6}>", re.IGNORECASE)
_NUMBER = lazy(r"\[\d{1,4}\]\s*|\d{1,4}[.)]\s+")  # of the reference in a list
_INITIALS = r"[A-Z]\.(?:[ -]?[A-Z]\.){0,3}"
_VANCOUVER = rf"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){{0,3}} (?:[A-Z]{{1,4}}|{_INITIALS})(?: (?:Jr|Sr|2nd|3rd))?"  # `van der Roe JK`
_FAMILY = r"(?!and )[^\W\d_][\w'’ -]{0,60}"
_VANCOUVERS = rf"(?:{_VANCOUVER}, ){{0,60}}{_VANCOUVER}(?:,? et al)?"


def _listed(person: str) -> str:
    return rf"{person}(?:,? (?:& |and )?{person}){{0,60}},?(?: et al\.,?)? "


_APAS, _BARE = _listed(f"{_FAMILY}, {_INITIALS}"), _listed(rf"{_FAMILY}, [A-Z]{{1,3}}\b")
_BODY = r"[A-Z][^\d.()\"“”]{2,150}"
_YEAR = r"[12]\d{3}[a-z]?"
_SENTENCE = r"(.{6,500}?(?<! St)(?<! vs)[.?!])"
_IN_QUOTES = r"(?P<quoted>(?:[^'‘’“”\"]|(?<=\w)['’](?=\w)){6,500}?),?['’”\"](?!\w)"
_HOUSE = rf"[^.:;?!]{{2,60}}: [^;?!]{{2,150}}[;,] ?{_YEAR}\b"
_WRITTEN_OUT = rf"{_FAMILY}, [^\W\d_][\w'’. -]{{0,40}}"
_DATED = rf"(?:\({_YEAR}(?:, [^()]{{1,20}})?\)|{_YEAR})[.,:]? (?:['‘“\"]{_IN_QUOTES}|{_SENTENCE}(?= |$))"
_CAPITALS = r"(?:[a-z]{1,3} )?[^\W\d_a-z]['’]?[^\W\d_a-z][^\W\d_a-z'’ -]{0,60}"  # of a family: ROE, O'NEIL
_GIVENS = r"[^\W\d_a-z][\w'’-]*\.?(?:[ -](?:d[aeo]s? )?[^\W\d_a-z][\w'’-]*\.?){0,4}"
_NAMED = r"(?:[A-Z(&][\w'’&)-]*[.,:]? |(?:of|and|the|in|for|on|de|la|der|et|für) )"  # a word of a journal's name
_FORMS = (
    # `Roe J, Lee K. Kerbs. J Streets. 2019;4`
    rf"{_VANCOUVERS}\. {_SENTENCE} [^.?!]{{1,150}}\.? [12]\d{{3}}\b[^;:]{{0,15}};",
    # BioMed Central: `Roe J, Lee K: Kerbs of towns. Streets 2019, 4(1):2-9`
    rf"{_VANCOUVERS}: {_SENTENCE} [^.?!]{{1,150}} {_YEAR}, ?\d+(?:\([^()]{{1,20}}\))?:\w",
    # of a book: `Roe J, Lee K. Kerbs of towns. Leeds: Soil Press; 2019.`
    rf"{_VANCOUVERS}\. {_SENTENCE} {_HOUSE}",
    # `Roe J, Lee K (2019) Kerbs of towns. Streets 4:2–9`
    rf"{_VANCOUVERS}\.? \({_YEAR}\)[.:,]? {_SENTENCE}(?= )",
    # `Roe, J., & Lee, K. (2019). Kerbs of towns. Streets, 4(1), 2–9.`, `Roe, J. and Lee, K. (2019) 'Kerbs of towns', Streets`, `Roe, J., Lee, K., 2019. Kerbs`
    rf"{_APAS}{_DATED}",
    # MDPI, ACS: `Roe, J.; Lee, K. Kerbs of towns. J. Streets 2019, 4, 2–9.`
    rf"(?:{_FAMILY}, {_INITIALS}; ){{0,60}}(?:{_FAMILY}, {_INITIALS}|et al\.) {_SENTENCE} {_NAMED}{{1,14}}{_YEAR}, ?\w{{1,9}}(?: ?\([^()]{{1,20}}\))?, ?\w",
    # Nature: `Roe, J. & Lee, K. Kerbs of towns. J. Streets 4, 2–9 (2019).`
    rf"{_APAS}{_SENTENCE} {_NAMED}{{1,14}}[\w-]{{1,9}}, [\w.\u2010-\u2015-]{{1,20}} \({_YEAR}\)",
    # ABNT: `ROE, J. A.; LEE, K. Kerbs of towns. Streets, v. 4, n. 1, p. 2-9, 2019.`, ISO 690: `ROE, Jane and LEE, Kim. Kerbs. Streets. 2019. Vol. 4`
    rf"(?=.*(?:, v\. \d|\. Vol\. \d))(?:{_CAPITALS}, {_GIVENS}(?:; |, | and )){{0,60}}{_CAPITALS}, {_GIVENS}(?<=\.)(?: et al\.)? {_SENTENCE}(?= )",
    rf"(?=.*(?:, v\. \d|\. Vol\. \d))(?:{_CAPITALS}, {_GIVENS}(?:; |, | and )){{0,60}}{_CAPITALS}, {_GIVENS}\. {_SENTENCE}(?= )",
    # GB/T 7714: `ROE J A, LEE K. Kerbs of towns[J]. Streets, 2019, 4(1): 2-9.`
    r"[^.\[\]]{2,400}[.．] ?(?P<title>[^\[\]]{3,500}?) ?\[[JMDCRNSPZ](?:/OL)?\][.．]",
    # Scopus: `Roe, J., Lee, K. Kerbs of towns (2019) Streets, 4 (1), pp. 2-9.`
    rf"{_APAS}(?P<scopus>.{{6,500}}?) \({_YEAR}\) [A-Z][^()\d]{{2,200}}, \d",
    # ACM: `Jane Roe and Kim Lee. 2019. Kerbs of towns. Streets 4, 1 (March 2019), 2–9.`
    rf"(?=.*\d, \w{{1,8}} \([A-Z][a-z]+ {_YEAR}\))[^\d\"“”()]{{3,400}}\. {_YEAR}\. {_SENTENCE}(?= )",
    # Chicago, MLA, IEEE: `Roe, Jane, and Kim Lee. "Kerbs of Towns." Streets 4, no. 1 (2019): 2–9.`, `J. Roe and K. Lee, "Kerbs of towns," Streets, vol. 4, 2019`
    (
        rf"(?=.*\b{_YEAR}\b)(?:[^\W\d_][\w'’ -]{{1,60}}, [^\W\d_]|(?:[A-Z]\.[ -]?){{1,4}}[^\W\d_][\w'’-]+)[^\"“”]{{0,400}}[.,] "
        rf"[\"“](?P<quoted>[^\"“”]{{6,500}}?),?[\"”](?=,? \w)"
    ),
)
_TITLED = tuple(map(lazy, _FORMS))
# What a title may begin with, too
_IN_COLUMNS = (
    # Harvard in Australia: `Roe, J & Lee, K 2019, 'Kerbs of towns', Streets`
    rf"{_BARE}{_DATED}",
    # Citavi's own: `Roe, Jane; Lee, Kim (2019): Kerbs of towns. In: Streets 4 (1), S. 2–9.`
    rf"(?:{_WRITTEN_OUT}; ){{0,60}}{_WRITTEN_OUT} \({_YEAR}\): {_SENTENCE}(?= |$)",
    # `City of Leeds (2019) Kerbs of towns. Leeds`, `City of Leeds. Kerbs of towns. Leeds: Soil Press; 2019`, `Roe, Jane. Kerbs of Towns. Leeds: Soil Press, 2019`
    rf"{_BODY}\.? (?=\(){_DATED}",
    rf"{_BODY}\. {_SENTENCE} {_HOUSE}",
    # MDPI, of a book: `Roe, J.; Lee, K. Kerbs of Towns, 2nd ed.; Soil Press: Leeds, UK, 2019`
    rf"(?:(?:{_FAMILY}, {_INITIALS}; ){{0,60}}{_FAMILY}, {_INITIALS}|{_BODY}\.) ([^;]{{6,300}}?)(?:, \d\w\w ed\.)?; [^;:]{{2,80}}: [^;:]{{2,80}}, {_YEAR}\b",
)
_TITLED_IN_COLUMNS = tuple(map(lazy, _IN_COLUMNS))


def bare(text: str) -> str:
    """A reference on one line, without markup and its number in a list."""
    text = collapse(_TAG.sub("", text[:_LONGEST]))
    return text[found.end() :] if (found := _NUMBER.match(text)) else text


def title_in(text: str, column: bool = False) -> str:
    """The title in a reference in one of these forms; "" in any other. column: whether it stands in one of references, where none is a title."""
    text = bare(text)
    patterns = _TITLED + _TITLED_IN_COLUMNS if column else _TITLED
    found = next(filter(None, (pattern.match(text) for pattern in patterns)), None)
    if found is None:
        return ""
    return _EDITION.sub("", next(filter(None, found.groups()), "").removesuffix(".").removesuffix(","))


# What APA has behind the title: `Kerbs (2nd ed.)`, `Kerbs [Doctoral dissertation, University of Leeds]`
_EDITION = lazy(r" (?:\(\d{1,2}\w\w ed\.?\)|\[(?:Unpublished )?(?:Doctoral|Master|Bachelor|PhD)[^\[\]]{2,150}\])$", re.IGNORECASE)
