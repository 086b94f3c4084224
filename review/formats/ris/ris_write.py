"""Records as RIS, in the tags that EndNote writes and every importer reads: TY first, ER last, lines that end with CRLF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from review.formats.citations.bibtex_keys import names_work
from review.formats.endnote import endnote_write
from review.formats.people.editors import OF_BOOKS
from review.formats.people.name_pieces import as_one
from review.formats.people.natural_names import with_commas
from review.formats.ris.ris_tags import NOT_PLAIN, typed
from review.formats.values.carried import alone, note, printable, same
from review.formats.values.dates import dates_apart, in_figures
from review.formats.values.fields import number_of_its_own, serials_of
from review.formats.values.ids import is_place
from review.formats.values.kinds import finer, in_words, kind_for, says_no_more, series_of
from review.model.patterns import lazy
from review.model.record import Record, Reject

TYPES = frozenset(
    "ABST ADVS AGGR ANCIENT ART BILL BLOG BOOK CASE CHAP CHART CLSWK COMP CONF CPAPER CTLG DATA DBASE DICT EBOOK ECHAP EDBOOK EJOUR ELEC "  # noqa: SIM905
    "ENCYC EQUA FIGURE GEN GOVDOC GRNT HEAR ICOMM INPR INTV JFULL JOUR LEGAL MANSCPT MAP MGZN MPCT MULTI MUSIC NEWS PAMP PAT PCOMM POD "
    "PRESS RPRT SER SLIDE SOUND STAND STAT THES UNBILL UNPB VIDEO WEB".split()
)
# Tags of EndNote's own RIS for what many formats share.
_TAGS = {
    "archive": "DP",
    "abbreviation": "J2", "accessed": "Y2", "affiliation": "AD", "call-number": "CN", "caption": "CA", "collection-editor": "A3", "translator": "A4", "database": "DB", "date": "DA", "edition": "ET", "editor": "A2", "ahead-of-print": "ET", "genre": "M3", "note": "N1",
    "number-of-volumes": "NV", "original-title": "OP", "place": "CY", "provider": "DP", "publisher": "PB", "reprint-edition": "RP", "research-notes": "RN", "reviewed-item": "RI", "section": "SE", "series": "T3",
    "short-title": "ST", "translated-author": "TA", "url": "UR", "ISSN": "SN", "isbn": "SN", **{path: tag for tag, path in endnote_write.TAGS.items() if tag != "C2"},  # which is a number of PubMed's
    **{f"user-{n}": f"U{n}" for n in range(1, 6)},
}  # fmt: skip
_OF_BOOKS = {**_TAGS, **OF_BOOKS}
# What a field of ours fills. Another format's tag of that name means something else (IS is the ISSN in MEDLINE), and a second
# value of the tag would be taken for the field's by other programs.
_OURS = frozenset({"TY", "ER", "AU", "A1", "TI", "PY", "Y1", "YR", "VL", "IS", "SP", "EP", "SN", "LA", "KW", "AB"})
# As they came, where RIS's reader has a name for its own: MEDLINE's day of the entry, Ovid's state of it, Web of Science's day of the export and
# of a meeting, who is to be written to, and how often it was looked at.
_FOREIGN = frozenset({"CA", "CN", "CY", "DA", "NV", "RI", "RN", "RP", "SE", "ST", "TA", *(f"U{n}" for n in range(1, 6))})
_DAYS = frozenset({"date", "accessed", "ahead-of-print"})
_PARAGRAPHS = frozenset({"AB", "AD", "N1"})
_TAG = lazy(r"[A-Z][A-Z0-9]")


def write(
    records: Iterable[Record], parse: Callable[[str], list[Record | Reject]], carried: Counter[str] | None = None, notes: bool = True
) -> Iterator[bytes]:
    """The file, a record at a time; `parse` reads text as the reader will. carried: counts what goes into notes; notes: whether these are written."""
    for record in records:
        lines = _lines(record, paragraphs=True, plain=not notes)
        back = alone(parse(_entry(lines)))
        if back is None or not same(record, back):
            if back is None or back.abstract != record.abstract:
                # In a paragraph may stand what looks like a tag: then the abstract is one line.
                lines = _lines(record, paragraphs=False, plain=not notes)
                back = alone(parse(_entry([*lines, _NOTHING]))) or Record()
            told = note(record, back, carried)
            lines = [*lines, f"N1  - {told}"] if notes else lines
        yield _entry(lines).replace("\n", "\r\n").encode()


_NOTHING = "N1  - review_record: {}"  # with it, an entry that names nothing is read as a record


def _entry(lines: list[str]) -> str:
    return "\n".join([*lines, "ER  - ", "", ""])


def _lines(record: Record, paragraphs: bool, plain: bool) -> list[str]:
    kind = record.type if record.type in TYPES else finer(record.type)[0] or kind_for(record).ris
    told = (
        record.type == kind
        or any(name == "genre" for name, _ in record.extra)
        or (plain and says_no_more(record.type, kind_for(record), kind))
    )
    start, _, end = record.pages.partition("-")
    series = series_of(record) if plain else ""
    values = [
        *(("AU", as_one(name)) for name in with_commas(record.authors)),
        ("TI", record.title),
        ("T2", record.journal or series or (_meeting(record) if plain else "")),
        ("PY", str(record.year) if record.year is not None else ""),
        ("VL", record.volume),
        ("IS", "" if number_of_its_own(record) else record.issue),
        *([("SP", start), ("EP", end)] if end.replace(".", "").isalnum() and end != start else [("SP", record.pages)]),
        *(("SN", number) for number in serials_of(record, [text for name, text in record.extra if _TAGS.get(name, name) == "SN"])),
        ("DO", record.doi),
        ("M3", "" if told else in_words(record.type) if plain else record.type),
        ("UR", record.url),
        ("ID" if is_place(record.accession) else "AN", record.accession),
        ("C2", record.pmid),
        ("C2", record.pmcid),
        ("LA", record.language),
        *(("KW", word) for word in record.keywords),
        *(pair for pair in _extras(record, plain) if pair != ("T3", series)),
        ("AB", record.abstract),
    ]
    lines = [f"TY  - {kind}"]
    for tag, value in printable(values):
        if text := value.strip():
            whole = paragraphs and tag in _PARAGRAPHS and not ("\n" in text and _holds_tag(text))
            lines.append(f"{tag}  - " + (text if whole else text.replace("\n", " ")))
    return lines


def _meeting(record: Record) -> str:
    """The name of the conference, where a talk or a paper stands in nothing else."""
    of_one = kind_for(record).name in ("conference", "proceedings", "abstract", "slides")
    return next((text for name, text in record.extra if name == "conference"), "") if of_one else ""


def _holds_tag(text: str) -> bool:
    """Whether a line of it but the first could be taken for one of the entry's own: `ER  - ` in a note."""
    return any(NOT_PLAIN.match(typed(line)) for line in text.split("\n")[1:])


def _extras(record: Record, plain: bool) -> Iterator[tuple[str, str]]:
    """Extras under their tags. plain: days in figures with slashes, as RIS wants them, and each but once."""
    extras = dates_apart(record)
    tags = _OF_BOOKS if kind_for(record).name == "book" else _TAGS
    for name, told in dict.fromkeys(extras) if plain else extras:
        tag = "ID" if name == "citation-key" and not record.accession and names_work(told, record) else tags.get(name, name)
        day = in_figures(told) if plain and name in _DAYS else []
        text = "/".join(f"{part:02}" for part in day) or told
        if _TAG.fullmatch(tag) and tag not in _OURS and name not in _FOREIGN and ("\n" not in text or tag in _PARAGRAPHS):
            yield tag, text
