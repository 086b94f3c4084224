"""JSON that programs made of their own tables: objects under a table's names, by their keys, or column by column (pandas's `to_json`), with
what the program says of its search around them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from review.formats.citations.citation import looks_like_citation
from review.formats.columns.csv_columns import field_of, squash
from review.formats.columns.csv_languages import LANGUAGES
from review.formats.columns.searched import is_where_searched
from review.formats.values.keyword_lists import split_keywords
from review.formats.values.numbers import pages
from review.model.patterns import lazy

Work = dict[str, Any]

# A table's field -> CSL's name for it, and the other names under which a work may tell of it.
_FIELDS = {
    "title": ("title", ""),
    "abstract": ("abstract", ""),
    "authors": ("author", "authors"),
    "year": ("issued", "year date published published-print published-online"),
    "journal": ("container-title", "journal publicationTitle citation"),
    "volume": ("volume", ""),
    "issue": ("issue", "number"),
    "pages": ("page", "pages article-number"),
    "doi": ("DOI", "doi"),
    "pmid": ("PMID", "pmid"),
    "pmcid": ("PMCID", "pmcid custom2"),
    "issn": ("ISSN", "issn"),
    "url": ("URL", "url urls"),
    "language": ("language", ""),
    "keywords": ("keyword", "keywords categories subject"),
    "type": ("type", ""),
}
_KNOWN = {field: frozenset((name, *others.split())) for field, (name, others) in _FIELDS.items()}
OWN = frozenset().union(*_KNOWN.values())


@lru_cache(1 << 12)  # the names of a file are few
def _field(name: str) -> tuple[str, int]:
    return field_of(name) or ("", 0)


def under_csl(work: Work, kept: frozenset[str]) -> Work:
    """The work with what a table's names tell (`Title`, `pub_date`, `mesh_terms`) under CSL's, where no name that it has tells the same.

    kept: the names that stay as they are.
    """
    work = _paged(_with_headings(_with_source(work)), kept)
    best: dict[str, tuple[int, str]] = {}
    for name in work.keys() - kept:
        field, rank = _field(name)
        if (
            field in _FIELDS
            and not _KNOWN[field] & work.keys()
            and work[name]
            and (not isinstance(work[name], dict) or _is_date(field, work[name]))
        ):
            best[field] = min(best.get(field, (rank, name)), (rank, name))
    new = {name: _FIELDS[field][0] for field, (_, name) in best.items()}
    return {new.get(name, name): value for name, value in work.items()} if new else work


def _with_source(work: Work) -> Work:
    """The work with its `source` as the journal, as in a table, where no other name tells that; CSL, whose people are `author`, calls the database so."""
    name = "source" if "source" in work else "Source"
    told = work.get(name)
    if not isinstance(told, str) or not told or _PEOPLE.isdisjoint(work) or is_where_searched(told):
        return work
    if any(_field(other)[0] == "journal" for other in work if work[other]):
        return work
    new = "citation" if looks_like_citation(told) else "container-title"
    return {new if other == name else other: value for other, value in work.items()}


_PEOPLE = frozenset({"authors", "Authors", "Author", "AU"})


def _paged(work: Work, kept: frozenset[str]) -> Work:
    """The work with its first and last page (`start_page`, as rispy writes them) as its pages, where no name tells those."""
    ends = {
        field: name for name in work.keys() - kept if (field := _field(name)[0]) in ("start", "end") and isinstance(work[name], str | int)
    }
    if "start" not in ends or any(_field(name)[0] == "pages" for name in work):
        return work
    whole = pages(*(str(work[ends[end]]) for end in ("start", "end") if end in ends))
    return {name: value for name, value in work.items() if name not in ends.values()} | {"page": whole}


def _with_headings(work: Work) -> Work:
    """The work with MeSH's headings, where they stand beside the keywords, before those, as in PubMed's own record."""
    named = next((name for name in ("keyword", "keywords") if work.get(name)), "")
    told = [name for name in work if name[:4].casefold() == "mesh" and _field(name)[0] == "keywords"] if named else []
    values = [work[name] for name in (*told, named) if name]
    if not told or not all(isinstance(v, str) or (isinstance(v, list) and all(isinstance(w, str) for w in v)) for v in values):
        return work
    words = [word for v in values for word in (split_keywords(v, comma=True) if isinstance(v, str) else v)]
    return {name: words if name == named else value for name, value in work.items() if name not in told}


def _is_date(field: str, value: Work) -> bool:
    """`{"year": 2024, "month": "Mar"}`"""
    return field == "year" and any(name.casefold() == "year" for name in value)


_NAME = lazy(r'"((?:[^"\\\x00-\x1f]|\\u[0-9a-fA-F]{4}){1,40})"\s*:')
_TITLES = frozenset(map(squash, LANGUAGES["title"]))
_WORK = frozenset({"authors", "journal", "year", "doi", "pmid", "abstract"})


def tells_works(head: str) -> bool:
    """Whether a text of JSON has the names of a work, of which that of the title is in another language than English: `titulo`, `autores`, `year`."""
    names = [json.loads(f'"{name}"') for name in dict.fromkeys(_NAME.findall(head))]
    found = {_field(name)[0] for name in names} & _WORK
    return len(found) > 1 and not found.isdisjoint(("authors", "journal")) and any(squash(name) in _TITLES for name in names)


Known = Callable[[Work], bool]


def is_work(value: Any, known: Known) -> bool:
    """Whether the value is an object with a title, or one that a service writes."""
    return isinstance(value, dict) and (
        any(isinstance(held, str | list) and held and _field(name)[0] == "title" for name, held in value.items()) or known(value)
    )


def works(found: Work, known: Known) -> list[Work]:
    """The works in an object that is none itself: by their keys, column by column, or in whatever lists it holds; else none.

    known: whether an object is as some service writes a work.
    """
    if known(found):
        return []
    if columns := _columns(found):
        return columns
    inner = list(found.values())
    by_key = len(found) > 1 and all(is_work(value, known) for value in inner)
    heads = _heads(found, known)
    if not by_key and (_held(found, known) or any(_tells(name, held, known) for name, held in found.items() if name not in heads)):
        return []
    titled = is_work(found, known)
    return _within({name: value for name, value in found.items() if not (titled and _CITING.search(name))}, known, _DEEPEST, head=True)


def _columns(found: Work) -> list[Work]:
    """The works of a data frame that pandas wrote column by column, or as the names of the columns and a list for each row; else none."""
    names, rows = found.get("columns"), found.get("data")
    if isinstance(names, list) and isinstance(rows, list) and all(isinstance(row, list) and len(row) == len(names) for row in rows):
        return [dict(zip(map(str, names), row, strict=True)) for row in rows]
    inner, fields = list(found.values()), {_field(name)[0] for name in found}
    if "title" not in fields or len(fields) < 2:
        return []
    if all(isinstance(value, dict) and value.keys() == inner[0].keys() for value in inner):
        return [{name: column[row] for name, column in found.items()} for row in inner[0]]
    # A work may have two titles and two authors, but no two years.
    alike = all(isinstance(value, list) and len(value) == len(inner[0]) > 1 for value in inner) and not fields.isdisjoint(_SINGLE)
    return [{name: column[row] for name, column in found.items()} for row in range(len(inner[0]))] if alike else []


_SINGLE = frozenset({"abstract", "year", "doi", "pmid", "journal"})
_CITING = lazy(r"cit(?:ed|ation|ing)|refer|relat|similar|recommend", re.IGNORECASE)  # works beside one
# What no program says of its search, but each work may.
_TELLING = frozenset({"authors", "abstract", "doi", "pmid", "journal"})
_DEEPEST = 6


def _tells(name: str, value: Any, known: Known) -> bool:
    """Whether a name is one that a work has, and a collection of works (`description`) has not, and under it is no list of works, as in
    `{"journal": [{"title": …}]}`."""
    return (
        bool(value)
        and name != "description"
        and _field(name)[0] in _TELLING
        and not (isinstance(value, list) and all(is_work(one, known) for one in value))
    )


_ROW = lazy(r"\d{1,4}")  # the number of a row, and no id


def _within(value: Any, known: Known, deep: int, *, head: bool) -> list[Work]:
    """The works below the value: lists of which most are, whole, and objects by their keys; or itself, if it is one. head: it tells of what heads
    those."""
    if not deep or not isinstance(value, dict | list):
        return []
    if isinstance(value, dict) and not head and is_one(value, known):
        return [unwrapped(value, known)]
    inner = list(value.values()) if isinstance(value, dict) else value
    objects = [one for one in inner if isinstance(one, dict)]
    if objects and 2 * sum(is_work(one, known) for one in objects) > len(objects) and not (len(objects) == 1 and _heads(value, known)):
        named = value.items() if isinstance(value, dict) and len(objects) > 1 else ((None, one) for one in inner)
        return [
            one if name is None or _ROW.fullmatch(name) or name in one.values() else {"id": name, **one}
            for name, one in named
            if isinstance(one, dict)
        ]
    named = value.items() if isinstance(value, dict) else ((None, one) for one in value)
    heads = _heads(value, known)
    found = [(name, several) for name, one in named if (several := _within(one, known, deep - 1, head=name in heads))]
    # Which of several lists a work stood in may be a verdict or a database: `{"included": […], "excluded": […]}`.
    return [work if name is None or len(found) < 2 else {"list": name, **work} for name, several in found for work in several]


_HEADS = frozenset({"meta", "metadata", "info", "project", "protocol", "review", "search"})


def _heads(found: Any, known: Known) -> frozenset[str]:
    """The names under which an object tells, beside lists of works, of the review that these are of (`"meta": {"title": …}`), or of their journal."""
    objects = (name for name, held in found.items() if isinstance(held, dict)) if isinstance(found, dict) else ()
    heads = frozenset(name for name in objects if name in _HEADS or _field(name)[0] == "journal")
    listed = heads and any(is_work(one, known) for held in found.values() if isinstance(held, list) for one in held)
    return heads if listed else frozenset()


def _tells_more(work: Work, known: Known) -> bool:
    return known(work) or any(_tells(name, held, known) for name, held in work.items())


_ENVELOPES = frozenset({"data", "message", "response", "result"})


def _held(found: Work, known: Known) -> str:
    """The name under which an object that is no work holds the one that it tells of, or ""."""
    held = [name for name, value in found.items() if is_work(value, known)]
    if held and held[0] in _heads(found, known):
        return ""
    return held[0] if len(held) == 1 else ""


def is_one(found: Work, known: Known) -> bool:
    """Whether an object is a work that tells more than a title, or holds one, which is not about the list that it heads."""
    if is_work(found, known):
        return _tells_more(found, known)
    name = _held(found, known)
    return name not in ("", *_HEADS) and _tells_more(found[name], known)


def unwrapped(found: Work, known: Known) -> Work:
    """The work in an item that holds one and no title itself (`{"_id": 1, "_source": {…}}`), with what else the item has; any other as it is."""
    name = "" if is_work(found, known) else _held(found, known)
    if not name or name in _ENVELOPES:
        return found[name] if name else found
    return {**{other: value for other, value in found.items() if other != name and other not in found[name]}, **found[name]}
