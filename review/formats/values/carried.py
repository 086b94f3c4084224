"""What the tags of a format can't say goes along in a note, so that reading gives back the record that was written.

The note is one line, `review_record: {…}`: JSON with only those fields that would otherwise come back changed. Other
tools show it as a note. In it `extra` is a list of [tag, text] and of [from, to]: the extras number `from` up to `to`
of those that the tags do hold. An abstract whose paragraphs alone were lost is the list of the places of its line ends.
`was` has marks of what the tags held when the note was written, by field, of `extra` their number and the marks of those that
the record has not: what somebody changed or added since goes before the note.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any
from zlib import crc32

from review.formats.characters.text import collapse
from review.formats.values.bag import Bag
from review.formats.values.dates import day_and_season
from review.formats.values.fields import says_none
from review.formats.values.kinds import same_kind
from review.model.patterns import lazy
from review.model.record import Record, Reject

MARK = "review_record: "
NAMES = tuple(f.name for f in fields(Record) if f.name not in ("key", "source", "searched", "file", "line", "raw"))
_LISTS = ("authors", "keywords")

# White space that a reader might take for another, or for the end of a line; what is invisible; entities.
_FRAGILE = lazy(
    "[^\\S ]|[\x00-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]| (?= )|&(?=[#\\w])"
)

_NUMBER = lazy(r"[0-9]+")
_WAS = "was"

Pair = tuple[str, str]


_CONTROL = lazy("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")


def printable(pairs: list[Pair]) -> list[Pair]:
    """Tags and values to write, with blanks for the signs that no text has."""
    if not _CONTROL.search("".join([value for _, value in pairs])):  # once for all: it is seldom so
        return pairs
    return [(tag, _CONTROL.sub(" ", value)) for tag, value in pairs]


def same(a: Record, b: Record) -> bool:
    """Whether `b`, read from what was written, says what `a` does, also that it does not say what kind of work it is; where they come from does not
    count."""
    return all(getattr(a, name) == getattr(b, name) for name in NAMES)


def alone(found: Sequence[Record | Reject]) -> Record | None:
    """The record that was read, where it is one and nothing else."""
    return found[0] if len(found) == 1 and isinstance(found[0], Record) else None


def note(record: Record, back: Record, carried: Counter[str] | None = None) -> str:
    """The note that turns `back`, what the tags alone give, into the record. carried: counts the records by what the tags
    do not hold in any way."""
    told: dict[str, Any] = {name: getattr(record, name) for name in NAMES if getattr(record, name) != getattr(back, name)}
    if "extra" in told:
        told["extra"] = _runs(record.extra, back.extra)
    if "abstract" in told and "\n" in record.abstract and record.abstract.replace("\n", " ") == back.abstract:
        told["abstract"] = [place for place, c in enumerate(record.abstract) if c == "\n"]
    told[_WAS] = [[name, *_marks(name, getattr(back, name), value)] for name, value in told.items()]
    if carried is not None:
        # In the order of the record, not of a set: it is shown to people.
        carried.update(dict.fromkeys(_lacking(told, record, back), 1))
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return MARK + _FRAGILE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def _lacking(told: dict[str, Any], record: Record, back: Record) -> list[str]:
    """What of the note the tags do not hold, for people: neither under another name nor in the format's own word for it.

    Neither a notice that there is no abstract nor the ends of its lines are the abstract itself.
    """
    names = [name for name in told if name not in ("extra", _WAS)]
    moved = [text for name in names for text in _new(back, record, name)]
    moved += [text for pair in back.extra if pair not in record.extra for text in pair[1:]]
    held = {part for text in moved for part in (text, *_parts(text))}
    # What only names the record says the same wherever it stands; in a key of ours behind its source.
    keys = [*moved, *(text for name, text in back.extra if name in _NAMING)]
    named = {*keys, *(key.partition(":")[2] for key in keys), back.accession, back.pmid, back.pmcid, back.doi}

    def lacks(name: str, text: str) -> bool:
        if name in ("date", "accessed") and any(_numbers(text) == _numbers(other) for other in (*moved, str(back.year))):
            return False
        if name in ("month", "day") and day_and_season(record) == day_and_season(back):
            return False
        return text not in (named if name in _NAMING else held) and (not held or not held.issuperset(_parts(text)))

    lacking = []
    for name in names:
        if name == "abstract" and type(told[name]) is list:
            lacking.append("line ends of the abstract")
        elif name == "authors" and [*map(_letters, record.authors)] == [*map(_letters, back.authors)]:
            continue  # `Roe JA` and `J. A. Roe` are written with the comma that others want
        elif any(lacks(name, text) for text in _new(record, back, name)) and not (name == "type" and same_kind(record.type, back.type)):
            lacking.append(name)
    return lacking + [
        n for n, v in told.get("extra", ()) if type(n) is str and not says_none(v) and lacks(n, v) and not _is_another_form(n, v, back)
    ]


def _is_another_form(name: str, text: str, back: Record) -> bool:
    """Whether PubMed's own form of an ISSN (`1234-5678 (Electronic)`) or of a person (`Roe JA`) is of one that the record has."""
    if name == "IS":
        return text[4:5] == "-" and text[:9] in back.issn
    return name == "AU" and any(author.partition(",")[0] == text.rpartition(" ")[0] for author in back.authors)


_NAMING = ("accession", "ID", "citation-key")


def _letters(name: str) -> str:
    return "".join(sorted(filter(str.isalpha, name)))


def _new(record: Record, other: Record, name: str) -> list[str]:
    """The texts of a field that the other record has not in it."""
    return [text for text in _texts(record, name) if text not in _texts(other, name)]


def _texts(record: Record, name: str) -> tuple[str, ...]:
    value = getattr(record, name)
    return value if isinstance(value, tuple) else () if value in ("", None) else (str(value),)


def _numbers(date: str) -> list[int] | str:
    """What a date says in numbers, however it parts them (2001/05/02, 2001-05-02); one with words is itself."""
    return date if any(map(str.isalpha, date)) else [int(number) for number in _NUMBER.findall(date)]


def _parts(text: str) -> set[str]:
    """The parts of what stands in one place where a format has no more: several values are joined by semicolons, lines by blanks."""
    return {collapse(part) for part in text.split(";")} - {""}


def _runs(extra: Sequence[Pair], held: Sequence[Pair]) -> list[list[Any]]:
    """The extras, each as itself or as part of a run of those held."""
    place = {pair: n for n, pair in reversed(list(enumerate(held)))}
    items: list[list[Any]] = []
    at = -1
    for pair in extra:
        if 0 <= at < len(held) and held[at] == pair:
            items[-1][1] = at = at + 1
        elif pair in place:
            items.append([place[pair], at := place[pair] + 1])
        else:
            items.append(list(pair))
            at = -1
    return items


def _marks(name: str, held: Any, value: Any) -> list[Any]:
    """What tells whether the tags still hold what they did. value: what the note says of the field."""
    return [len(held), *map(_mark, _beyond(held, value))] if name == "extra" else [_mark(held)]


def _beyond(held: Sequence[Pair], runs: Iterable[Sequence[Any]]) -> list[Pair]:
    """Those that are in no run."""
    within = {n for a, b in runs if type(a) is int for n in range(max(a, 0), min(b, len(held)))}
    return [pair for n, pair in enumerate(held) if n not in within]


def _mark(value: Any) -> str:
    """Eight digits that tell a value from most others."""
    return f"{crc32(json.dumps(value).encode()):08x}"


def take(bag: Bag, tag: str) -> dict[str, Any] | None:
    """What such a note among the values of the tag says; it leaves the bag. None: there is none that can be read."""
    for value in reversed(bag.peek(tag)):  # the writers put theirs last: one before it is a note of the record
        if value.startswith(MARK):
            try:
                told = json.loads(value[len(MARK) :])
            except (ValueError, RecursionError):
                continue
            if isinstance(told, dict) and all(_sound(name, item) for name, item in told.items()):
                bag.drop(value, tag)
                return told
    return None


def _sound(name: str, value: Any) -> bool:
    """Anyone may have written or changed the note: what is not of the field's type is no such note."""
    if name == "year":
        return value is None or type(value) is int
    if name in _LISTS:
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    if name == _WAS:
        return isinstance(value, list) and all(isinstance(one, list) and one and type(one[0]) is str for one in value)
    if name == "extra":
        return isinstance(value, list) and all(
            isinstance(v, list) and len(v) == 2 and (type(v[0]) is type(v[1]) is int or (type(v[0]) is type(v[1]) is str)) for v in value
        )
    if name == "abstract" and isinstance(value, list):
        return all(type(v) is int for v in value)
    return name in NAMES and isinstance(value, str)


def apply(record: Record, told: dict[str, Any]) -> Record:
    """The record with what the note says, but for what somebody has changed since in the file that it stands in."""
    was = {name: marks for name, *marks in told.get(_WAS, ())}
    changed: dict[str, Any] = {}
    for name, value in told.items():
        stays = name not in was or was[name] == _marks(name, getattr(record, name), value)
        if name == "extra":
            changed[name] = _extras(record.extra, value, [] if stays else was[name])
        elif name == _WAS or not stays:
            continue
        elif name == "abstract" and isinstance(value, list):
            breaks = frozenset(value)
            changed[name] = "".join("\n" if place in breaks else c for place, c in enumerate(record.abstract))
        else:
            changed[name] = tuple(value) if name in _LISTS else value
    return replace(record, **changed)


def _extras(held: tuple[Pair, ...], runs: Sequence[Sequence[Any]], was: Sequence[Any]) -> tuple[Pair, ...]:
    """The extras that the note tells of. was: where others came into the file since, the marks of those that were in the tags alone."""
    if was:  # nobody knows which are which any more
        told = tuple((a, b) for a, b in runs if type(a) is str)
        return (*(pair for pair in held if _mark(pair) not in was), *(pair for pair in told if pair not in held))
    return tuple(pair for a, b in runs for pair in (held[max(a, 0) : max(b, 0)] if type(a) is int else ((a, b),)))
