"""Records as CSL-JSON. Names: the CSL-JSON schema 1.0.2 (citationstyles.org)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from review.formats.citations.bibtex_keys import made, wanted
from review.formats.people.name_pieces import is_body_of
from review.formats.people.natural_names import with_commas
from review.formats.values.carried import MARK, note, same
from review.formats.values.dates import date_in, day_and_season, own_date
from review.formats.values.fields import says_nothing
from review.formats.values.kinds import finer, in_a_series, in_words, is_counted, is_on_a_server, is_reports_number, kind_for, wording
from review.model.patterns import lazy
from review.model.record import Record

_WRITTEN = {
    "abbreviation": "container-title-short", "citation-key": "id", "conference": "event-title", "database": "source",
    "edition": "edition", "note": "note", "original-title": "original-title", "place": "publisher-place", "publisher": "publisher",
    "provider": "source", "series": "collection-title", "short-title": "title-short",
}  # fmt: skip
# What has a name in CSL, and under that name no field of ours.
_TEXTS = frozenset(
    "annote archive archive-place archive_collection archive_location authority call-number chapter-number collection-number dimensions division "  # noqa: SIM905
    "event-place genre jurisdiction medium number number-of-pages number-of-volumes original-publisher original-publisher-place part part-title "
    "printing references reviewed-genre reviewed-title scale section status supplement version volume-title".split()
)
_PEOPLE = frozenset({"collection-editor", "container-author", "director", "interviewer", "recipient", "reviewed-author", "translator"})
_DAYS = frozenset({"accessed", "event-date", "original-date", "submitted"})
_NUMBERED = frozenset({"bill", "legislation", "patent", "report", "standard"})  # which have a number, not an issue
CSL_TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry "  # noqa: SIM905
    "entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture "
    "musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog regulation report "
    "review review-book software song speech standard thesis treaty webpage".split()
)


def write(
    records: Iterable[Record], read: Callable[[dict[str, Any]], Record], carried: Counter[str] | None = None, notes: bool = True
) -> Iterator[bytes]:
    """A list of items, one a line; what CSL has no name for is in `custom`, which the schema leaves to each program.

    `read` reads an item as the reader does. carried: counts what goes into `custom`; notes: whether that is written.
    """
    used: set[str] = set()
    separator = "["
    for entry in records:
        item = _item(entry, used, plain=not notes)
        back = read(item)
        if not same(entry, back) or says_nothing(back):
            told = note(entry, back, carried).removeprefix(MARK)
            item |= {"custom": {"review_record": told}} if notes else {}
        text = json.dumps(item, ensure_ascii=False, separators=(", ", ": "))
        text = _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
        yield f"{separator}\n{text}".encode()
        separator = ","
    yield b"[]\n" if separator == "[" else b"\n]\n"


_SURROGATE = lazy("[\ud800-\udfff]")


def _item(entry: Record, used: set[str], *, plain: bool) -> dict[str, Any]:
    base = wanted(entry) or made(entry)
    identity, number = base, 1
    while identity in used:
        number += 1
        identity = f"{base}.{number}"
    used.add(identity)
    item: dict[str, Any] = {
        "id": identity,
        "type": _type(entry),
        "title": entry.title,
    }
    item["author"] = list(map(_person, with_commas(entry.authors)))
    item["editor"] = list(map(_person, with_commas([text for name, text in entry.extra if name == "editor"])))
    item["issued"] = _issued(entry)
    item |= {
        "collection-title" if item["type"] in ("book", "report") and in_a_series(entry) else "container-title": entry.journal, "volume": entry.volume, "number" if item["type"] in _NUMBERED else "issue": entry.issue, "number-of-pages" if is_counted(entry, item["type"]) else "page": entry.pages, "DOI": entry.doi,
        "PMID": entry.pmid, "PMCID": entry.pmcid, "ISSN": entry.issn, "ISBN": entry.isbn, "URL": entry.url, "language": entry.language,
        "keyword": "; ".join(entry.keywords), "abstract": entry.abstract, "genre": in_words(wording(entry)) if plain else wording(entry),
    }  # fmt: skip
    for name, text in sorted(
        entry.extra, key=lambda one: one[0] == "provider"
    ):  # behind the database, in whose place it is where none is told
        field = _WRITTEN.get(name)
        if name in _PEOPLE:
            item.setdefault(name, []).extend(map(_person, with_commas([text])))
        elif name in _DAYS and name not in item:
            item[name] = _day(text)
        elif item["type"] == "report" and is_reports_number(name, text):
            item["number"] = item.get("number") or text
        elif (field := field or (name if name in _TEXTS else "")) and not item.get(field):
            item[field] = text
    return {name: value for name, value in item.items() if value or name in ("id", "type")}


def _type(entry: Record) -> str:
    """CSL's `article` is a preprint: what is told of no server of these, and is not published, is a manuscript."""
    if entry.type in CSL_TYPES and not (entry.type == "article" and entry.journal):
        return entry.type
    kind = finer(entry.type)[1] or kind_for(entry).csl
    return "manuscript" if kind == "article" and not is_on_a_server(entry) else kind


def _person(name: str) -> dict[str, str]:
    parts = name.split(", ")
    if not 2 <= len(parts) <= 3 or not all(parts) or is_body_of(name):
        return {"literal": name}
    return dict(zip(("family", "given", "suffix"), parts, strict=False))


def _day(text: str) -> dict[str, Any]:
    parts = date_in(text)
    return {"date-parts": [parts]} if len(parts) > 1 or (parts and text.strip("/ ").isdecimal()) else {"literal": text}


_RANGE = lazy(r"(\d{4}-\d\d(?:-\d\d)?)/(\d{4}-\d\d(?:-\d\d)?)")


def _issued(record: Record) -> dict[str, Any]:
    told = own_date(record)
    if record.year is None:
        return {"literal": told} if told else {}
    if (both := _RANGE.fullmatch(told)) and both[1].startswith(str(record.year)):
        return {"date-parts": [date_in(day) for day in both.groups()]}
    parts, season = day_and_season(record)
    return {"date-parts": [parts if parts[:1] == [record.year] else [record.year]]} | ({"season": season} if season else {})
