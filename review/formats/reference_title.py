"""The title in a reference that stands in one cell, where nothing else tells it: in the forms of Vancouver, APA, Harvard and Springer, whose people
have their initials in a way of their own. It loads nothing heavy: whether a table has such a column is asked of each."""

from __future__ import annotations

import re

from review.formats.text import collapse
from review.model.patterns import lazy

_LONGEST = 4000  # characters of a reference
_TAG = lazy(r"</?[a-z]{1,6}>", re.IGNORECASE)
_VANCOUVER = r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,3} [A-Z]{1,4}(?: (?:Jr|Sr|2nd|3rd))?"  # `van der Roe JK`
_APA = r"(?!and )[^\W\d_][\w'’ -]{0,60}, [A-Z]\.(?:[ -]?[A-Z]\.){0,3}"
_VANCOUVERS = rf"(?:{_VANCOUVER}, ){{0,60}}{_VANCOUVER}(?:,? et al)?"
_APAS = rf"(?:{_APA},? (?:& |and )?){{1,60}}(?:et al\.,? )?"
_YEAR = r"[12]\d{3}[a-z]?"
_SENTENCE = r"(.{6,500}?[.?!])"
_FORMS = (
    # `Roe J, Lee K. Kerbs. J Streets. 2019;4`
    rf"{_VANCOUVERS}\. {_SENTENCE} [^.?!]{{1,150}}\.? [12]\d{{3}}\b[^;:]{{0,15}};",
    # of a book: `Roe J, Lee K. Kerbs of towns. Leeds: Soil Press; 2019.`
    rf"{_VANCOUVERS}\. {_SENTENCE} [^.:;?!]{{2,60}}: [^;?!]{{2,150}}; ?{_YEAR}\b",
    # `Roe J, Lee K (2019) Kerbs of towns. Streets 4:2–9`
    rf"{_VANCOUVERS}\.? \({_YEAR}\)[.:,]? {_SENTENCE}(?= )",
    # `Roe, J., & Lee, K. (2019). Kerbs of towns. Streets, 4(1), 2–9.`, `Roe, J. and Lee, K. (2019) 'Kerbs of towns', Streets`, `Roe, J., Lee, K., 2019. Kerbs`
    rf"{_APAS}(?:\({_YEAR}(?:, [^()]{{1,20}})?\)|{_YEAR})[.,:]? (?:['‘“\"](?P<quoted>[^'‘’“”\"]{{6,500}}?),?['’”\"]|{_SENTENCE}(?= |$))",
)
_TITLED = tuple(map(lazy, _FORMS))


def title_in(text: str) -> str:
    """The title in a reference in one of these forms; "" in any other."""
    text = collapse(_TAG.sub("", text[:_LONGEST]))
    found = next(filter(None, (pattern.match(text) for pattern in _TITLED)), None)
    if found is None:
        return ""
    return next(filter(None, found.groups()), "").removesuffix(".")
