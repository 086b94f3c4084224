"""Records as BibTeX: UTF-8, one field a line, what LaTeX would take for its own escaped, capitals kept by braces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from review.formats.bibtex.bibtex_names import written
from review.formats.bibtex.bibtex_syntax import Entry, entries
from review.formats.characters.latex import to_latex
from review.formats.characters.text import UNPRINTABLE, collapse
from review.formats.citations.bibtex_keys import is_legal, made, wanted
from review.formats.people.natural_names import with_commas
from review.formats.values.carried import note, same
from review.formats.values.dates import MONTHS, date_in, day_and_season, iso
from review.formats.values.kinds import in_a_series, is_counted, is_masters, is_reports_number, kind_for, kind_of, says_no_more, wording
from review.model.patterns import lazy
from review.model.record import Record

_FIELDS = {
    "accessed": "urldate", "genre": "type", "place": "address", "affiliation": "affiliation", "date": "date", "edition": "edition", "conference": "eventtitle",
    "abbreviation": "shortjournal", "note": "note", "original-title": "origtitle", "publisher": "publisher", "series": "series",
    "short-title": "shorttitle", "database": "source", "number-of-volumes": "volumes",
}  # fmt: skip
_OWN = frozenset(
    "title author journal booktitle year volume number pages doi pmid pmcid issn isbn url language keywords abstract accession "  # noqa: SIM905
    "document_type review_record citation-key pagetotal".split()
)
_HOUSES = {
    "phdthesis": "school",
    "mastersthesis": "school",
    "thesis": "institution",
    "techreport": "institution",
    "report": "institution",
    "patent": "holder",
}
_NAME = lazy(r"[a-z][a-z0-9_-]*")
_ENTRY_TYPES = frozenset(
    "article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings techreport "  # noqa: SIM905
    "unpublished collection dataset online patent report thesis periodical reference software".split()
)
_ISO = lazy(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_WORD = lazy(r"[^\W_]+(?:[-'’][^\W_]+)*")


def write(
    records: Iterable[Record], parse: Callable[[Entry], Record], carried: Counter[str] | None = None, notes: bool = True
) -> Iterator[bytes]:
    """The file, an entry at a time; `parse` reads an entry as the reader will. carried: counts what goes into notes; notes: whether these
    are written."""
    used: set[str] = set()
    for record in records:
        key = _key(record, used)
        text = _compose(record, key, "")
        (entry,) = entries([text])
        back = parse(entry)
        told = not same(record, back) or not _names_something(back) or any(name in ("crossref", "xdata") for name, _ in record.extra)
        noted = note(record, back, carried) if told else ""
        if not notes:
            text = _compose(record, key, "", plain=True)
        elif noted:
            text = _compose(record, key, noted)
        yield text.encode()


def _names_something(record: Record) -> bool:
    return bool(record.title or record.abstract or record.doi)


def _key(record: Record, used: set[str]) -> str:
    """The key that is wanted, or one that is made; a number behind it makes it unique in the file."""
    base = key if is_legal(key := wanted(record)) and UNPRINTABLE.search(key) is None else made(record)
    key, number = base, 1
    while key.casefold() in used:  # BibTeX takes keys that differ in case only for the same
        number += 1
        key = f"{base}.{number}"
    used.add(key.casefold())
    return key


def _compose(record: Record, key: str, told: str, *, plain: bool = False) -> str:
    entry_type = record.type if record.type in _ENTRY_TYPES else kind_for(record).bibtex
    if entry_type == "phdthesis" and is_masters(record):
        entry_type = "mastersthesis"
    container = "booktitle" if entry_type in ("incollection", "inproceedings", "inbook", "proceedings") else "journal"
    if entry_type in ("book", "techreport") and in_a_series(record):
        container = "series"
    fields: list[tuple[str, str]] = [
        (
            "author",
            " and ".join(
                [written(name, plain=plain) for name in with_commas(record.authors)]
                + ["others" for pair in record.extra if pair == ("author", "others")]
            ),
        ),
        ("title", _title(record.title)),
        (container, to_latex(record.journal)),
        ("year", str(record.year) if record.year is not None else ""),
        ("volume", to_latex(record.volume)),
        ("number", to_latex(record.issue)),
        (
            "pagetotal" if is_counted(record, entry_type) else "pages",
            to_latex(re.sub(r"(?<=\w)-(?=\w)", "--", record.pages, count=1)).replace("-{}-", "--"),
        ),
        ("doi", _verbatim(record.doi)),
        ("pmid", _verbatim(record.pmid)),
        ("pmcid", _verbatim(record.pmcid)),
        ("issn", _verbatim(record.issn)),
        ("isbn", _verbatim(record.isbn)),
        ("url", _verbatim(record.url)),
        ("language", to_latex(record.language)),
        ("keywords", to_latex("; ".join(record.keywords) + (";" if len(record.keywords) == 1 and "," in record.keywords[0] else ""))),
        (
            "type" if record.type == wording(record) else "document_type",
            ""
            if record.type == entry_type or (plain and says_no_more(record.type, kind_for(record), entry_type))
            else to_latex(record.type),
        ),
        ("accession", to_latex(record.accession)),
        *_extras(record, _HOUSES.get(entry_type, "publisher"), entry_type, plain=plain),
        ("abstract", to_latex(record.abstract).replace("\n", "\n\n")),
        ("review_record", _braced(told)),
    ]
    lines = [f"  {name} = {{{value}}}" for name, value in fields if value.strip()]
    return UNPRINTABLE.sub(" ", "".join([f"@{entry_type}{{{key}", *(f",\n{line}" for line in lines), "\n}\n\n"]))


def _title(text: str) -> str:
    """Words with capitals in braces, that a style may not lower: `The {UK} and its {GPs}`."""
    found, end = [], 0
    for word in _WORD.finditer(text):
        capital = any(c.isupper() for c in word[0][1:]) or (word[0][0].isupper() and word.start() > 0)
        found += [to_latex(text[end : word.start()]), f"{{{to_latex(word[0])}}}" if capital else to_latex(word[0])]
        end = word.end()
    return "".join([*found, to_latex(text[end:])])


def _verbatim(text: str) -> str:
    """Addresses and identifiers stay as they are, for programs that print them unchanged; a lone brace would not."""
    return "" if "{" in text or "}" in text else text


def _braced(told: str) -> str:
    """JSON whose braces do not pair (within its texts) has them as \\u escapes."""
    depth = 0
    for sign in told:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            break
    if not told or (depth == 0 and told.count("{") == 1):
        return told
    head, _, body = told.partition("{")
    return head + "{" + body[:-1].replace("{", "\\u007b").replace("}", "\\u007d") + "}"


def _extras(record: Record, house: str, entry_type: str, *, plain: bool) -> Iterator[tuple[str, str]]:
    """Extras under the name that BibTeX has for them, each name once, as its programs demand: editors joined by `and`, others by `;`.

    A date that is none to BibLaTeX (ISO 8601), or of another year, has a field of its own, `pubdate`, and its month the one that BibTeX knows. house: how the entry's type calls who publishes it. plain: each but once. What the
    reader would take for the kind of the work is left to the note.
    """
    values: dict[str, list[str]] = {}
    for name, text in dict.fromkeys(record.extra) if plain else record.extra:
        field = house if name == "publisher" else _FIELDS.get(name, name)
        if name == "date" and not (_ISO.fullmatch(text) and record.year in (None, int(text[:4]))):
            field = "pubdate"
        elif name == "accessed" and (parts := date_in(text)):
            text = iso(parts)
        if name == "genre" and kind_of(text).bibtex == entry_type:
            continue
        numbered = name == "collection-number" or (entry_type in ("techreport", "report") and is_reports_number(name, text))
        if numbered and not record.issue:
            values.setdefault("number", []).append(text)
        elif name not in ("author", "citation-key") and field not in _OWN and _NAME.fullmatch(field) and _is_plain(field, text):
            values.setdefault(field, []).append(text)
    found = day_and_season(record)[0] if "pubdate" in values and "month" not in values else []
    if len(found) > 1 and found[0] == record.year:
        values["month"] = [MONTHS[found[1] - 1]]
    for field, texts in values.items():
        if field in ("editor", "translator"):
            yield field, " and ".join(map(written, with_commas(texts)))
        elif field in ("file", "eprint", "crossref", "xdata"):
            yield field, _verbatim(texts[0])
        else:
            yield field, to_latex("; ".join(texts)).replace("\n", "\n\n")


def _is_plain(field: str, text: str) -> bool:
    """Whether the text is read again as it is; notes may have lines."""
    return all(line and line == collapse(line) for line in (text.split("\n") if field == "note" else [text]))
