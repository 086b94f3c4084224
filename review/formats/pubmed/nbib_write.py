"""Records as PubMed's tagged text: four columns of tag, lines of at most 88 characters that go on after six spaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from review.formats.characters.text import collapse
from review.formats.people.name_pieces import is_body_of
from review.formats.people.natural_names import is_a_bodys, may_be_a_person, with_commas
from review.formats.pubmed.nbib_fields import SUFFIXES
from review.formats.values.carried import alone, note, printable, same
from review.formats.values.dates import MONTHS, day_and_season, own_date
from review.formats.values.kinds import is_on_a_server, kind_for, says_no_more
from review.model.patterns import lazy
from review.model.record import Record, Reject

_TAGS = {
    "abbreviation": "TA", "affiliation": "AD", "date": "DEP", "edition": "EN", "editor": "FED", "ahead-of-print": "DEP", "note": "GN", "original-title": "TT",
    "place": "PL", "publisher": "PB", "series": "CTI",
}  # fmt: skip
_TAG = lazy(r"[A-Z][A-Z0-9]{1,3}")
# What a field of ours fills; another format's tag of that name means something else.
_OURS = frozenset(
    "PMID OID TY ER AU FAU CN TI AB VI IP DP PG LA PT JT MH OT KW PMC UR".split()  # noqa: SIM905
)
_ISSN = lazy(r"\d{4}-\d{3}[\dXx]\b.*")
# `Roe JA`, or `Roe J.A.` and `Roe J.-A.` as Scopus and Embase write it.
_SHORT = lazy(r"[^\d,;.]{2,40} (?:[A-Z]{1,4}|(?:[A-Z][a-z]?\.[ -]?){1,4}(?<=\.))(?: (?:Jr|Sr|2nd|3rd|4th))?")
# Headings that nearly every indexed record has one of (MEDLINE's check tags), and those with a qualifier.
_SURE = lazy(
    r"(?:Humans|Animals|Male|Female|Adult|Adolescent|Aged|Middle Aged|Young Adult|Child|Infant|Mice|Rats|Pregnancy)|\*?[^/]+/\*?[a-z].*"
)
_SUFFIX = lazy(rf", ({'|'.join(SUFFIXES)})\.?\Z")  # which PubMed has behind the given names
_AS_IN_PUBMED = lazy(r"\d{4} [A-Z][a-z]{2,5}(?:[ -]|$)")  # `2016 Jul 12`, `2016 Jul-Aug`, `2016 Spring`
_WIDTH = 82  # of the text beside the tag
_NOTHING = ("GN", "review_record: {}")  # with it, an entry that names nothing is read as a record

Pairs = list[tuple[str, str]]


def write(
    records: Iterable[Record],
    parse: Callable[[str], list[Record | Reject]],
    shortened: Callable[[str], str],
    carried: Counter[str] | None = None,
    notes: bool = True,
) -> Iterator[bytes]:
    """The file, a record at a time; `parse` reads text, and `shortened` makes AU of FAU, as the reader does. carried: counts what goes into
    notes; notes: whether these are written."""
    for record in records:
        pairs = _pairs(record, shortened)
        text = _entry(pairs)
        back = alone(parse(text))
        if back is None or not same(record, back):
            back = back or alone(parse(_entry([*pairs, _NOTHING]))) or Record()
            told = note(record, back, carried)
            text = _entry([*pairs, ("GN", told)]) if notes else text
        yield (text if notes else _entry(_pairs(record, shortened, plain=True))).encode()


def _entry(pairs: Pairs) -> str:
    return "\n".join([*(line for tag, value in pairs for line in _wrapped(tag, value)), "", ""])


def _wrapped(tag: str, value: str) -> Iterator[str]:
    """The lines of one tag, broken at single spaces only: the reader puts one between them again."""
    head, at = f"{tag:<4}- ", 0
    while len(value) - at > _WIDTH:
        cut = value.rfind(" ", at + 1, at + _WIDTH + 1)
        cut = cut if cut > 0 else value.find(" ", at + _WIDTH)
        if cut < 0:
            break
        yield head + value[at:cut]
        head, at = "      ", cut + 1
    yield head + value[at:]


def _pairs(record: Record, shortened: Callable[[str], str], *, plain: bool = False) -> Pairs:
    """plain: the date, the kind and the journal's name as PubMed has them, which would come back changed."""
    headings, dated = _headings(record), _date(record, plain=plain)
    kinds = _kinds(record) if plain else record.type.split("; ")
    abbreviated = any(name == "abbreviation" for name, _ in record.extra)
    within = "BTI" if "Book Chapter" in kinds and record.title not in ("", record.journal) and not abbreviated else "JT"
    said = [text for name, text in record.extra if name == "IS"]  # PubMed's own, with what it is the number of
    pairs = [
        ("PMID", record.pmid if record.pmid.isdecimal() else ""),
        *(("IS", number) for number in record.issn.split("; ") if not any(text.startswith(number) for text in said)),
        *(("ISBN", number) for number in record.isbn.split("; ")),
        ("VI", record.volume),
        ("IP", record.issue),
        ("DP", dated),
        ("TI", record.title),
        (
            "BTI",
            record.title if "Book" in kinds and within == "JT" and record.journal != record.title else "",
        ),  # PubMed has a book's there alone
        ("PG", record.pages),
        ("LID", f"{record.doi} [doi]" if record.doi else ""),
        ("AB", record.abstract),
        *_people(record, shortened),
        *(("LA", language) for language in record.language.split("; ")),
        *(("PT", word) for word in kinds),
        (within, record.journal),
        ("TA", record.journal if plain and within == "JT" and not abbreviated else ""),
        *(("MH" if n < headings else "OT", word) for n, word in enumerate(record.keywords)),
        ("AID", f"{record.doi} [doi]" if record.doi else ""),  # where others look for it
        ("PMC", record.pmcid),
        ("OID", "" if record.pmid else record.accession),  # as ERIC has it there
        ("UR", record.url),  # none of PubMed's own tags, but one that its readers pass by
        *_extras(record, own_date(record) if plain and " " in dated else dated, plain=plain),
    ]
    # PubMed's own readers take each PMID line for the beginning of an entry: it stands there even where it is empty.
    return [(tag, text) for tag, value in printable(pairs) if (text := collapse(value)) or tag == "PMID"]


def _kinds(record: Record) -> list[str]:
    """The types, with PubMed's own word for the kind."""
    kind = kind_for(record)
    word = _KINDS.get(kind.name, "")
    if not word or (word == "Preprint" and not is_on_a_server(record)):
        return [kind.endnote[0] if says_no_more(told, kind) else told for told in record.type.split("; ")]
    others = [told for told in record.type.split("; ") if told.casefold() != word.casefold() and not says_no_more(told, kind)]
    return [*others, word]


_KINDS = {
    "book": "Book", "case": "Legal Case", "chapter": "Book Chapter", "newspaper": "Newspaper Article", "preprint": "Preprint", "report": "Technical Report",
    "sound": "Video-Audio Media", "thesis": "Academic Dissertation", "video": "Video-Audio Media",
}  # fmt: skip


def _people(record: Record, shortened: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Each person in full and short, as PubMed does; those only known by the short form in that; the groups in their places as CN."""
    bodies = _bodies(record.authors, lambda name: ", " in name or _SHORT.fullmatch(name) is not None)
    people = [name for name, body in zip(record.authors, bodies, strict=True) if not body]
    if people and all(map(_SHORT.fullmatch, people)):
        yield from (("CN" if body else "AU", name) for name, body in zip(record.authors, bodies, strict=True))
        return
    names = with_commas(record.authors)
    bodies = _bodies(names, lambda name: ", " in name or may_be_a_person(name))
    people = [name for name, body in zip(names, bodies, strict=True) if not body]
    short = [text for tag, text in record.extra if tag == "AU"]
    if len(short) != len(people) or any("," in name for name in short):  # Web of Science's `Roe, J`
        short = [shortened(name) for name in people]
    initials = iter(short)
    for name, body in zip(names, bodies, strict=True):
        yield from [("CN", name)] if body else [("FAU", _SUFFIX.sub(r" \1", name)), ("AU", next(initials))]


def _bodies(names: Sequence[str], may_be: Callable[[str], bool]) -> list[bool]:
    """Whether each is a body's: by its words, or behind all people where it can be no person's."""
    found = [is_body_of(name) if ", " in name else is_a_bodys(name) and not _SHORT.fullmatch(name) for name in names]
    for at in reversed(range(len(names))):
        if not found[at] and may_be(names[at]):
            break
        found[at] = True
    return found


def _headings(record: Record) -> int:
    """How many of the keywords, from the first on, are subject headings: PubMed gives these in order of the alphabet, then the
    authors' keywords. Where none is one for sure, none is taken for one."""
    count, sure, last = 0, False, ""
    for word in record.keywords if record.pmid else ():
        name = word.lstrip("*").partition("/")[0]
        if (name < last and name.casefold() < last.casefold()) or not (name[:1].isupper() or "/" in word):
            break
        count, sure, last = count + 1, sure or _SURE.fullmatch(word) is not None, name
    return count if sure else 0


def _date(record: Record, *, plain: bool) -> str:
    """The date as it came, where it begins with the year; else, or plain where it is of another form, as PubMed has it, `2016 Jul 12`, as far as it is told."""
    if record.year is None:
        return ""
    dated = own_date(record)
    year, *rest = day_and_season(record)[0] or [record.year]
    other = not any(map(str.isalpha, dated)) or (rest and year == record.year and not _AS_IN_PUBMED.match(dated))
    if dated.startswith(str(record.year)) and ("date", dated) in record.extra and not (plain and other):
        return dated
    if year != record.year or not rest:
        return str(record.year)
    return " ".join([str(year), MONTHS[rest[0] - 1].title(), *map(str, rest[1:])])


def _extras(record: Record, dated: str, *, plain: bool) -> Iterator[tuple[str, str]]:
    """Extras under PubMed's tags, but for the date that DP has; those that would come back with other blanks only where no note would tell them twice."""
    for name, text in record.extra:
        tag = _TAGS.get(name, name)
        foreign = tag in _OURS or (tag == "IS" and not _ISSN.fullmatch(text))
        if _TAG.fullmatch(tag) and not foreign and (plain or text == collapse(text)) and not (name == "date" and text == dated):
            yield tag, text
