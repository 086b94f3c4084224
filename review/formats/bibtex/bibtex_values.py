"""What the values of BibTeX's fields say: LaTeX as text, addresses as they are, and the ways in which programs list keywords."""

from __future__ import annotations

import re

from review.formats.bibtex.aas_journals import journal_of
from review.formats.characters.latex import from_latex
from review.formats.characters.text import collapse, unwrapped
from review.formats.values.bag import Bag
from review.formats.values.keyword_lists import split_keywords
from review.formats.values.numbers import with_supplement
from review.model.patterns import lazy

_VERBATIM = frozenset({"url", "doi", "file", "eprint", "pmid", "pmcid", "pmc", "issn", "isbn", "crossref", "xdata", "review_record"})
# Before an underscore a backslash is what escaped it before it was escaped once more (Mendeley).
_VERBATIM_ESCAPE = lazy(
    r"\\([&%$#_{}~])|\\text(asciitilde|less|greater|underscore|backslash(?=[{}]*\\_))(?:\{\}| )?|\$(<|>|\\sim|\\backslash(?=\$[{}]*\\_))\$|\\ensuremath(?=\{[<>]\})|[{}]"
)
_VERBATIM_SIGNS = {"asciitilde": "~", "less": "<", "greater": ">", "underscore": "_", "\\sim": "~", "<": "<", ">": ">"}
_KEYWORDS = ("keywords", "author_keywords", "keyword", "index_keywords", "keywords-plus")
_NOTES = frozenset({"note", "annote"})
_VOTES = lazy(r"(?:RAYYAN-INCLUSION|USER-NOTES):\s*\{\"")  # Rayyan's, which are no LaTeX: `\"` is a quotation mark in them
_PARAGRAPH = lazy(r"\n[ \t]*\n\s*")
_INDENTED = lazy(r"\n[ \t]")
_URL = lazy(r"\\url\s*\{([^{}]*)\}")
_MENDELEY = lazy(r"\{?\$\\backslash\$\}?[nr]")  # its end of a line
_JOINED = lazy(r",(?=\S)")


def issue_of_wos(number: str) -> tuple[str, list[tuple[str, str]]]:
    """The issue, as Web of Science's other exports have it, and what stands behind it in its BibTeX, by their tags: that it is a special one
    (`1, SI`), its part (`3, 2`); a supplement (`4, S`) is in it."""
    issue, *more = number.split(", ") if number not in ("S", "SI") else ("", number)
    beside = []
    for told in more:
        if told[:1] == "S" and told != "SI" and (both := with_supplement(issue, told)):
            issue = both
        else:
            beside.append(("SI" if told == "SI" else "PN", told))
    return issue, beside


def plain(name: str, value: str) -> str:
    """The text of a field of that name, on one line; abstracts and notes with their paragraphs as lines."""
    if name == "review_record" or (name in _NOTES and _VOTES.search(value)):
        return value.strip()
    if "$\\backslash$" in value and name != "file":
        value = _MENDELEY.sub("\n", value)
    if name in _VERBATIM:
        value = _URL.sub(r"\1", value) if "\\url" in value else value
        return collapse(_VERBATIM_ESCAPE.sub(lambda m: m[1] or _VERBATIM_SIGNS.get(m[2] or m[3], ""), value))
    if name in ("abstract", "abstractnote") or name in _NOTES:
        return "\n".join(filter(None, map(_paragraph, _PARAGRAPH.split(value.strip()))))
    if value.startswith('\\" ') and value.endswith('\\"'):  # Google Scholar's quotation marks
        value = value[2:-2]
    if name in ("journal", "journaltitle"):
        value = journal_of(value)
    if name in _KEYWORDS and "\n" in value:
        value = _by_lines(value)
    return collapse(from_latex(value, ligatures=True))


def _paragraph(text: str) -> str:
    """A paragraph as one line; EndNote and Zotero end lines where the text does, and begin none with a blank as others do who wrap it."""
    found = from_latex(text, ligatures=True)
    return unwrapped(found.split("\n")) if "\n" in found and not _INDENTED.search(text) else collapse(found)


def keywords(bag: Bag) -> tuple[str, ...]:
    """The keywords, each once. BibSonomy's are words with blanks between them; Better BibTeX's have commas between them, and others within
    them are semicolons."""
    values = bag.all(*_KEYWORDS)
    if any("," in value and ";" in value for value in values):
        values = [part for value in values for part in (_apart(value) if "," in value and ";" in value else [value])]
    if bag.has("interhash") and not any(sign in value for value in values for sign in ",;"):
        values = [word for value in values for word in value.split()]
    return tuple(dict.fromkeys([k for value in values for k in split_keywords(value, comma=True)]))


def _apart(value: str) -> list[str]:
    """`Models; Statistical,Humans` as `Models, Statistical;` and `Humans;`, each for one; the value as it is where its commas are none of a list."""
    parts = _JOINED.split(value)
    listed = ", " not in value and "; " in value and not re.search(r";\S", value) and len(parts) > value.count(";") + 1
    return [part.replace("; ", ", ") + ";" for part in parts] if listed else [value]


def _by_lines(value: str) -> str:
    """EndNote's keywords, of which each has a line that begins without a blank, with a sign between them; a wrapped list as it is."""
    lines = value.strip().split("\n")
    wrapped = ";" in value or any(line[:1].isspace() for line in lines) or 2 * sum("," in line for line in lines) >= len(lines)
    return value if wrapped else ";".join(lines)
