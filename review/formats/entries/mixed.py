"""Files that were put together from several formats: where, outside its own entries, an entry of another format begins.

Each is a Reject, so that nobody takes the half that was read for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from review.errors import FormatError
from review.formats.characters.text import collapse
from review.formats.columns.mapped import map_columns
from review.formats.columns.table_header import STRATEGY
from review.model.patterns import lazy
from review.model.record import Record, Reject

_STARTS = (
    ("RIS", lazy(r"TY {0,2}- ?[A-Z]{3,8}\s*$")),
    ("PubMed", lazy(r"PMID- ?\d{1,9}\s*$")),
    ("BibTeX", lazy(r"@(?!comment\b|preamble\b|string\b)[A-Za-z]+\s*[{(]\s*[^\s{}\"=]{1,200}\s*,", re.IGNORECASE)),
    ("Refer", lazy(r"%0 [A-Z]")),
    ("Web of Science", lazy(r"PT [A-Z]\s*$")),
    ("RefWorks", lazy(r"RT [A-Z]\w")),
    (
        "XML",
        lazy(r"<\?xml\s|<(?:\w+:)?(?:PubmedArticle(?:Set)?|PubmedBookArticle|records?|modsCollection|mods|article|pmc-articleset)[\s>]"),
    ),
    ("JSON", lazy(r"[\[{]\s*(?:[{\"]|$)")),
    ("Cochrane Library", lazy(r"ID: C[A-Z]{1,2}-?\d{5,9}\s*$")),
    ("Ovid", lazy(r"(?:Unique Identifier|Accession Number)\s*$")),
    ("EBSCOhost", lazy(r"Record: \d{1,6}\s*$")),
    ("PubMed's text", lazy(r"\d{1,6}[.:] [^.\n]{2,200}\. (?:19|20)\d\d\b[^\n]{0,40};")),
)
_MARKS = frozenset("TP@%R<[{IUA123456789")
TAGGED = frozenset({"RIS", "PubMed", "Refer", "Web of Science", "RefWorks"})  # whose lines another of them may take for its own
_ALONE = frozenset({"BibTeX", "XML"})  # whose entries may be one line
_KNOWN = 4  # names of fields that make a line the header of a table


def begins(line: str, own: str) -> str:
    """The format of which an entry, or a table, begins with this line; "" for none, or for the own one."""
    text = line.lstrip(" \t")
    if text[:1] in _MARKS:
        found = next((name for name, pattern in _STARTS if name != own and pattern.match(text)), "")
        if found:
            return found
    delimiter = max(",\t;", key=text.count)
    if text.count(delimiter) >= _KNOWN - 1 and len(text) < 4000 and not STRATEGY.search(text):
        names = [name.strip(" \"'") for name in text.split(delimiter)]
        fields = map_columns(names).fields
        if len(fields) >= max(_KNOWN, min(len(names) // 3, 2 * _KNOWN)) and "title" in fields and max(map(len, names)) < 100:
            return "table"
    return ""


def follows(line: str, own: str) -> str:
    """The format of which the next entry begins with this line, within one of another format than the own; "" where the line is part of that."""
    name = begins(line, own)
    return "" if name in ("table", "JSON") else name


_IN_XML = lazy(
    r"<(?:\w+:)?(?P<tag>PubmedArticle|PubmedBookArticle|mods)[\s>]|<(?P<jats>article)\s[^<>]*\barticle-type|"
    r"<b:(?P<word>Source)>|<(?P<ebsco>rec)\s[^<>]*\bresultID=|<(?P<trials>Trial|clinical_study)[\s>]|"
    r"<(?P<endnote>record)>\s*<(?:database|source-app|rec-number|ref-type|contributors)\b|"
    r"^(?:(?P<ris>TY {2}- ?[A-Z]{3,8}\s*$)|(?P<nbib>PMID- \d{1,9}\s*$)|(?P<bibtex>@[A-Za-z]{2,20}\{[^\s{},]{1,200},)|"
    r"(?P<refer>%0 [A-Z])|(?P<wos>PT [A-Z]\s*$))",
    re.MULTILINE,
)
_CALLED = {
    "tag": "XML",
    "jats": "JATS",
    "endnote": "EndNote XML",
    "word": "Word's XML",
    "ebsco": "EBSCO's XML",
    "trials": "XML of trials",
    "ris": "RIS",
    "nbib": "PubMed",
    "bibtex": "BibTeX",
    "refer": "Refer",
    "wos": "Web of Science",
}


@dataclass(frozen=True, slots=True)
class Outside:
    """Text that stands in no entry. left: it is what is left of the entry before it."""

    text: str
    left: bool = False


# Text that is no element's: it begins the part, or ends it before an entry, or stands behind the end of an element. A `<` that begins no tag is its own.
_WORD = lazy(r"\w")
_STRAY = lazy(r"(?:\A|</[^<>]*>|/>|\?>|-->|>(?=[^<>]++\Z))((?:[^<]++|<(?![A-Za-z_/!?]))++)")
# What a service says in the place of what was asked for, among what it gave before.
_ERROR = lazy(r"<(error)(?:\s[^<>]*)?>([^<>]*)</\1>", re.IGNORECASE)


def between(text: str, scan: str, start: int, end: int, line: int, tags: str, own: str, cut: bool = False) -> Iterator[Reject | Outside]:
    """A Reject for each entry of another format in a part of a file of XML that holds no entry of its own, and what else there is no markup.

    scan: the text in which comments and the like are blank. line: of the place `start`. tags: of its own entries, with | between them. own: what to call the file. cut: the part may begin within an element.
    """
    if end == start or scan[start:end].isspace():  # as it mostly is
        return
    line_of = _counting(text, start, line)
    for error in _ERROR.finditer(scan, start, end):
        if told := collapse(error[2]):
            why = f"an error in the place of entries: {told}"
            yield Reject(line=line_of(error.start()), reason=why, raw=text[error.start() : error.end()])
    found = [m for m in _IN_XML.finditer(scan, start, end) if m[m.lastgroup or "tag"] not in tags.split("|")]
    free = scan[start : found[0].start() if found else end]
    line_of = _counting(free, 0, line)
    for stray in _STRAY.finditer(free):
        if _WORD.search(stray[1]) is None or (cut and stray.start() == stray.start(1) and stray.end() < len(free)):
            continue
        kept, others = parted(stray[1], line_of(stray.start(1)), own)
        if kept.strip():
            yield Outside(kept.strip())
        yield from (Reject(line=at, reason=reason(name, own), raw=raw) for at, name, raw in others)
    line_of = _counting(text, start, line)
    for entry, following in zip(found, [*found[1:], None], strict=False):
        raw = text[entry.start() : following.start() if following else end].rstrip()
        yield Reject(line=line_of(entry.start()), reason=reason(_CALLED[entry.lastgroup or "tag"], own), raw=raw)


def _counting(text: str, start: int, line: int) -> Callable[[int], int]:
    """Tells the line of each place that it is asked for, in their order, counting from a place whose line is known: from there anew for each
    would take for ever."""

    def line_of(place: int) -> int:
        nonlocal start, line
        line += text.count("\n", start, place)
        start = place
        return line

    return line_of


def settled(found: Iterable[Record | Reject | Outside]) -> Iterator[Record | Reject]:
    """The entries, each with the text outside entries that stands before it, or is left of it; the last one also with what stands behind it."""
    held: Record | Reject | None = None
    around: list[str] = []
    for one in found:
        if isinstance(one, Outside):
            if one.left and held is not None:
                held = with_more(held, [one.text])
            else:
                around.append(one.text)
            continue
        if held is not None:
            yield held
        held, around = with_more(one, around), []
    if held is not None:
        yield with_more(held, around)


def with_more(entry: Record | Reject, around: Sequence[str]) -> Record | Reject:
    """The entry with text that stands outside all entries: in `extra` of a record, in `raw` of a reject."""
    if isinstance(entry, Record):
        return replace(entry, extra=(*entry.extra, *(("", text) for text in around))) if around else entry
    return replace(entry, raw="\n".join([entry.raw, *around]))


def parted(text: str, line: int, own: str) -> tuple[str, list[tuple[int, str, str]]]:
    """Text outside entries without the entries of other formats in it; and of each of these its line, format and text. line: of the text's
    beginning."""
    kept: list[str] = []
    found: list[tuple[int, str, list[str]]] = []
    for number, one in enumerate(text.split("\n"), line):
        if name := begins(one, own):
            found.append((number, name, [one]))
        elif found:
            found[-1][2].append(one)
        else:
            kept.append(one)
    for _, name, lines in found:
        kept += [] if is_entry(name, lines) else lines
    return "\n".join(kept), [(number, name, "\n".join(lines).strip()) for number, name, lines in found if is_entry(name, lines)]


def is_entry(name: str, lines: list[str]) -> bool:
    """Whether the lines, the first of which `begins` told of, are more than a stray first line, or what XML has around its entries."""
    if name == "XML":
        return not all(map(_AROUND.fullmatch, lines))
    if name == "JSON":
        return _JSON.match("\n".join(lines)) is not None
    return name in _ALONE or sum(1 for line in lines if line.strip()) > 1


_JSON = lazy(r"\s*[\[{]\s*[{\"]")
_AROUND = lazy(r"\s*(?:<(?:[?!]|/?(?:PubmedArticleSet|pmc-articleset|modsCollection|records)\b)[^<>]*>\s*)*")


def with_own(entries: Iterator[Record | Reject], missing: FormatError) -> Iterator[Record | Reject]:
    """The entries of a file. Raises `missing` where none of them is in its own format, or there is none."""
    others: list[Reject] = []
    for entry in entries:
        if not (isinstance(entry, Reject) and entry.reason.endswith(_SAVE)):
            yield from others
            yield entry
            yield from entries
            return
        others.append(entry)
    raise missing


_SAVE = "save it as a file of its own"


def reason(name: str, own: str) -> str:
    """Why an entry of another format is rejected."""
    what = "a table" if name == "table" else f"an entry in another format ({name})"
    return f"{what} stands in this {own} file, and was not read: {_SAVE}"
