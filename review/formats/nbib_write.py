"""Records as PubMed's tagged text: four columns of tag, lines of at most 88 characters that go on after six spaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from review.formats.carried import note, same
from review.formats.text import collapse
from review.model.record import Record, Reject

_TAGS = {
    "abbreviation": "TA", "affiliation": "AD", "date": "DEP", "edition": "EN", "editor": "FED", "note": "GN", "original-title": "TT",
    "place": "PL", "publisher": "PB", "series": "BTI",
}  # fmt: skip
_TAG = re.compile(r"[A-Z][A-Z0-9]{1,3}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")
_WIDTH = 82  # of the text beside the tag
_NOTHING = ("GN", "review_record: {}")  # with it, an entry that names nothing is read as a record

Pairs = list[tuple[str, str]]


def write(
    records: Iterable[Record], parse: Callable[[str], list[Record | Reject]], carried: Counter[str] | None = None, notes: bool = True
) -> Iterator[bytes]:
    """The file, a record at a time; `parse` reads text as the reader will. carried: counts what goes into notes; notes: whether these are written."""
    for record in records:
        pairs = _pairs(record)
        text = _entry(pairs)
        back = _alone(parse(text))
        if back is None or not same(record, back):
            bare = _alone(parse(_entry([*pairs, _NOTHING]))) or Record()
            told = note(record, bare, carried)
            text = _entry([*pairs, ("GN", told)]) if notes else text
        yield text.encode()


def _alone(found: list[Record | Reject]) -> Record | None:
    return found[0] if len(found) == 1 and isinstance(found[0], Record) else None


def _entry(pairs: Pairs) -> str:
    return "\n".join([*(line for tag, value in pairs for line in _wrapped(tag, value)), "", ""])


def _wrapped(tag: str, value: str) -> Iterator[str]:
    """The lines of one tag, broken at single spaces only: the reader puts one between them again."""
    head = f"{tag:<4}- "
    while len(value) > _WIDTH:
        cut = value.rfind(" ", 1, _WIDTH + 1)
        cut = cut if cut > 0 else value.find(" ", _WIDTH)
        if cut < 0:
            break
        yield head + value[:cut]
        head, value = "      ", value[cut + 1 :]
    yield head + value


def _pairs(record: Record) -> Pairs:
    extra: dict[str, str] = dict(reversed(record.extra))
    pairs = [
        ("PMID", record.pmid if record.pmid.isdecimal() else ""),
        *(("IS", number) for number in record.issn.split("; ")),
        *(("ISBN", number) for number in record.isbn.split("; ")),
        ("VI", record.volume),
        ("IP", record.issue),
        ("DP", _date(record.year, extra.get("date", ""))),
        ("TI", record.title),
        ("PG", record.pages),
        ("LID", f"{record.doi} [doi]" if record.doi else ""),
        ("AB", record.abstract),
        *(("FAU", name) for name in record.authors),
        ("LA", record.language),
        *(("PT", kind) for kind in record.type.split("; ")),
        ("JT", record.journal),
        *(("OT", word) for word in record.keywords),
        ("PMC", record.pmcid),
        *_extras(record),
    ]
    # PubMed's own readers take each PMID line for the beginning of an entry: it stands there even where it is empty.
    return [(tag, text) for tag, value in pairs for text in [collapse(_CONTROL.sub(" ", value))] if text or tag == "PMID"]


def _date(year: int | None, date: str) -> str:
    return date if year is not None and date.startswith(str(year)) else str(year) if year is not None else ""


def _extras(record: Record) -> Iterator[tuple[str, str]]:
    dated = _date(record.year, dict(reversed(record.extra)).get("date", ""))
    for name, text in record.extra:
        tag = _TAGS.get(name, name)
        if _TAG.fullmatch(tag) and tag not in ("PMID", "TY", "ER") and text == collapse(text) and not (name == "date" and text == dated):
            yield tag, text
