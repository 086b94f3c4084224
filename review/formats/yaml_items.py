"""YAML: CSL's items as Pandoc keeps them (`references:`, pandoc.org/MANUAL, Specifying bibliographic data), and CITATION.cff (one work).

An item is cut out of the text and read by itself, so that a broken one costs no other. CFF: citation-file-format, schema 1.2.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from review.errors import FormatError
from review.formats import csl_json
from review.formats.base import Format, Input
from review.formats.csl_write import says_nothing
from review.formats.stream import lines
from review.formats.text import normalise
from review.model.record import Record, Reject

_LIST = re.compile(r"\ufeff?references:\s*(?:#.*)?$")
_ITEM = re.compile(r"([ ]*)- ")
_CFF = re.compile(r"^\ufeff?cff-version:\s*\S", re.MULTILINE)
_LONGEST = 200_000  # characters of an item: the parser is slow, and nothing is longer
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])[&*][A-Za-z0-9_-]+(?=[\s,\]}]|$)", re.MULTILINE)


def score(head: str) -> float:
    """0.9 for YAML with a list of references whose items have an id or title, or for a CITATION.cff, else 0."""
    head = normalise(head)
    if _CFF.search(head):
        return 0.9
    listed = re.search(r"^\ufeff?references:\s*\n(?:\s*#.*\n)*([ ]*)- ", head, re.MULTILINE)
    return 0.9 if listed and re.search(r"^[ ]*(?:- )?(?:id|title|type):\s", head[listed.start() :], re.MULTILINE) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each item of the list, or for the one work of a CITATION.cff. Raises FormatError where there is none."""
    text = list(lines(data))
    if any(_CFF.match(line) for line in text[:200]):
        yield _entry(1, text, _software)
        return
    start = next((n for n, line in enumerate(text) if _LIST.match(line)), None)
    if start is None:
        raise FormatError("no list of references in it", "Pandoc's YAML has a line `references:`, and a list below it.")
    begun, depth, found = 0, -1, False
    for n in range(start + 1, len(text) + 1):
        line = text[n] if n < len(text) else "..."
        item = _ITEM.match(line)
        ends = (bool(line.strip()) and line[:1] not in " -#") or line.rstrip() in ("---", "...")
        if (item and depth in (-1, len(item[1]))) or ends:
            if begun:
                found = True
                yield _entry(begun, text[begun - 1 : n], lambda work: work)
            if ends:
                break
            begun, depth = n + 1, len(item[1]) if item else depth
    if not found:
        raise FormatError("the list of references is empty", "An item begins with `- id: …`.")


def _entry(line: int, text: list[str], named: Any) -> Record | Reject:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    raw = "\n".join(text).rstrip()
    if len(raw) > _LONGEST:
        return Reject(line=line, reason="longer than any item is", raw=raw)
    if _ALIAS.search(re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", raw)) and re.search(r"(?:^|[\s\[{,:-])&[A-Za-z0-9_-]+(?:\s|$)", raw):
        return Reject(line=line, reason="it refers to itself (YAML anchors), which no program writes here", raw=raw)
    try:
        found = YAML(typ="safe", pure=True).load(raw.replace("\t", " "))
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
    """Only what JSON has: YAML makes dates of dates."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _software(found: dict[str, Any]) -> dict[str, Any]:
    people = found.get("authors")
    ids = [i for i in found.get("identifiers") or [] if isinstance(i, dict)] if isinstance(found.get("identifiers"), list) else []
    taken = (
        "cff-version",
        "message",
        "authors",
        "date-released",
        "doi",
        "repository-code",
        "url",
        "identifiers",
        "keywords",
        "type",
        "license",
    )
    return {
        **{name: value for name, value in found.items() if name not in taken},
        "type": found.get("type") or "software",
        "author": [_author(a) for a in people if isinstance(a, dict)] if isinstance(people, list) else [],
        "issued": found.get("date-released"),
        "DOI": found.get("doi") or next((i.get("value") for i in ids if i.get("type") == "doi"), None),
        "URL": found.get("url") or found.get("repository-code"),
        "keywords": found.get("keywords"),
    }


def _author(one: dict[str, Any]) -> dict[str, Any]:
    if one.get("family-names"):
        family = " ".join(str(one[name]) for name in ("name-particle", "family-names") if one.get(name))
        return {"family": family, "given": one.get("given-names"), "suffix": one.get("name-suffix")}
    return {"literal": one.get("name")}


FORMAT = Format("csl-yaml", "CSL-YAML (Pandoc) and CITATION.cff", score, read)
