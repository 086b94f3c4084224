"""YAML: CSL's items as Pandoc keeps them (`references:`, pandoc.org/MANUAL, Specifying bibliographic data), and CITATION.cff (a work, what
is to be cited in its place, and what it cites).

An item is cut out of the text and read by itself, so that a broken one costs no other. CFF: citation-file-format, schema 1.2.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.stream import lines
from review.formats.characters.text import normalise
from review.formats.json import csl_json
from review.formats.values.fields import says_nothing
from review.model.patterns import lazy
from review.model.record import Record, Reject

_LIST = lazy(r"references:\s*(?:#.*)?$")
_ITEM = lazy(r"([ ]*)- ")
_CFF = lazy(r"^cff-version:\s*\S", re.MULTILINE)
_KEY = lazy(r"([A-Za-z][\w-]*):\s*([^#\s].*)?")
_LONGEST = 200_000  # characters of an item: the parser is slow, and nothing is longer
_UNREADABLE = lazy("[\t\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")  # what YAML has no place for, and what may not indent
_ALIAS = lazy(r"(?:^|[\s\[{,:-])[&*][A-Za-z0-9_-]+(?=[\s,\]}]|$)", re.MULTILINE)


def score(head: str) -> float:
    """0.9 for YAML with a list of references whose items have an id or title, or for a CITATION.cff, else 0."""
    head = normalise(head)
    if _CFF.search(head):
        return 0.9
    listed = re.search(r"^references:[ \t]*\n(?:[ \t]*+(?:#.*)?\n)*+([ ]*)- ", head, re.MULTILINE)
    return 0.9 if listed and re.search(r"^[ ]*(?:- )?(?:id|title|type):\s", head[listed.start() :], re.MULTILINE) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each item of the list, or for each work of a CITATION.cff. Raises FormatError where there is none."""
    text = list(lines(data))
    if any(_CFF.match(line) for line in text[:200]):
        yield from _citation_file(text)
        return
    start = next((n for n, line in enumerate(text) if _LIST.match(line)), None)
    if start is None:
        raise FormatError("no list of references in it", "Pandoc's YAML has a line `references:`, and a list below it.")
    found = False
    for begun, item in _listed(text, start + 1):
        found = True
        yield _entry(begun, item, lambda work: work)
    if not found:
        raise FormatError("the list of references is empty", "An item begins with `- id: …`.")


def _listed(text: list[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """The items of the list that begins at a place, each with the number of its line."""
    begun, depth = 0, -1
    for n in range(start, len(text) + 1):
        line = text[n] if n < len(text) else "..."
        item = _ITEM.match(line)
        ends = (bool(line.strip()) and line[:1] not in " -#") or line.rstrip() in ("---", "...")
        if (item and depth in (-1, len(item[1]))) or ends:
            if begun:
                yield begun, text[begun - 1 : n]
            if ends:
                return
            begun, depth = n + 1, len(item[1]) if item else depth


def _citation_file(text: list[str]) -> Iterator[Record | Reject]:
    """The work itself, then each other under `preferred-citation` and `references`."""
    parts: dict[str, tuple[int, list[str]]] = {"": (1, [])}
    name = ""
    for number, line in enumerate(text, 1):
        if key := _KEY.match(line):
            name = key[1] if key[1] in ("preferred-citation", "references") and not key[2] and key[1] not in parts else ""
            if name:
                parts[name] = (number + 1, [])
                continue
        parts[name][1].append(line)
    yield _entry(1, parts[""][1], _software)
    if "preferred-citation" in parts:
        yield _entry(*parts["preferred-citation"], _cited)
    if "references" in parts:
        start, body = parts["references"]
        for begun, item in _listed(body, 0):
            yield _entry(start + begun - 1, item, _cited)


def _entry(line: int, text: list[str], named: Any) -> Record | Reject:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    raw = "\n".join(text).rstrip()
    if len(raw) > _LONGEST:
        return Reject(line=line, reason="longer than any item is", raw=raw)
    if _ALIAS.search(re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", raw)) and re.search(r"(?:^|[\s\[{,:-])&[A-Za-z0-9_-]+(?:\s|$)", raw):
        return Reject(line=line, reason="it refers to itself (YAML anchors), which no program writes here", raw=raw)
    try:
        found = YAML(typ="base", pure=True).load(_UNREADABLE.sub(" ", raw))  # in which `034708`, `1.10` and `1e5` are what they are
    except (YAMLError, ValueError, RecursionError) as error:
        return Reject(line=line, reason=f"not YAML that can be read: {str(error).splitlines()[0] if str(error) else 'damaged'}", raw=raw)
    found = found[0] if isinstance(found, list) and found else found
    if not isinstance(found, dict):
        return Reject(line=line, reason="the item has no fields", raw=raw)
    try:
        record = csl_json.record(_plain(named({str(k): v for k, v in found.items()})), line, raw)
    except RecursionError:
        return Reject(line=line, reason="nested too deeply", raw=raw)
    return Reject(line=line, reason="the item has no title, abstract, author or identifier", raw=raw) if says_nothing(record) else record


def _plain(value: Any) -> Any:
    """Only what JSON has."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return None if value is None or value in ("", "~", "null") else str(value)


# (CFF's name, CSL's)
_CITED = {
    "abstract": "abstract", "collection-title": "collection-title", "doi": "DOI", "edition": "edition", "isbn": "ISBN", "issn": "ISSN", "issue": "issue",
    "journal": "container-title", "keywords": "keywords", "notes": "note", "number": "number", "pmcid": "PMCID", "title": "title", "url": "URL",
    "volume": "volume", "abbreviation": "container-title-short",
}  # fmt: skip
_DATES = ("date-published", "issue-date", "date-released")


def _software(found: dict[str, Any]) -> dict[str, Any]:
    """The work that the file is of, under CSL's names."""
    return _cited({"type": "software", "url": found.get("repository-code"), **found})


def _cited(found: dict[str, Any]) -> dict[str, Any]:
    """A work in CFF's words under CSL's names; what has none keeps its own."""
    left = dict(found)
    told: dict[str, Any] = {csl: left.pop(name) for name, csl in _CITED.items() if name in left}
    for role, csl in (("authors", "author"), ("editors", "editor"), ("translators", "translator")):
        people = left.pop(role, None)
        told[csl] = [_author(one) for one in people if isinstance(one, dict)] if isinstance(people, list) else []
    bodies = {name: dict(one) for name in ("publisher", "institution", "conference") if isinstance(one := left.pop(name, None), dict)}
    named = {name: one.pop("name", None) for name, one in bodies.items()}
    told["publisher"] = named.get("publisher") or named.get("institution")
    told["event-title"] = named.get("conference")
    left |= {f"{name} {what}": value for name, one in bodies.items() for what, value in one.items()}
    told |= {
        csl: left.pop(name) for name, csl in (("publisher city", "publisher-place"), ("conference city", "event-place")) if name in left
    }
    if "container-title" not in told and found.get("type") in ("conference-paper", "book-chapter", "proceedings"):
        told["container-title"] = told.pop("collection-title", None) or named.get("conference")
    dates = [str(left.pop(name)) for name in _DATES if left.get(name)]
    told["issued"] = dates[0] if dates else "-".join(str(left.pop(name)).zfill(2) for name in ("year", "month") if left.get(name))
    told["page"] = "-".join(str(left.pop(name)) for name in ("start", "end") if left.get(name))
    ids = left.pop("identifiers", None)
    listed = [one for one in ids if isinstance(one, dict)] if isinstance(ids, list) else []
    told["DOI"] = told.get("DOI") or next((one.get("value") for one in listed if one.get("type") == "doi"), None)
    left["identifiers"] = [one for one in listed if one.get("value") != told["DOI"]]
    languages = left.pop("languages", None)
    told["language"] = "; ".join(map(str, languages)) if isinstance(languages, list) else languages
    return {**left, **told}


def _author(one: dict[str, Any]) -> dict[str, Any]:
    beside = {"affiliation": one.get("affiliation"), "orcid": one.get("orcid")}
    if one.get("family-names"):
        family = " ".join(str(one[name]) for name in ("name-particle", "family-names") if one.get(name))
        return {"family": family, "given": one.get("given-names"), "suffix": one.get("name-suffix"), **beside}
    return {"literal": one.get("name"), **beside}


FORMAT = Format("csl-yaml", "CSL-YAML (Pandoc) and CITATION.cff", score, read)
