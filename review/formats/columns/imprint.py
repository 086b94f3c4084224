"""What tells a book, a thesis, a report, a patent or a page from another of its name, where no volume does: who brought it out, its number, edition and
day, the number that an archive or a registry gave to it."""

from __future__ import annotations

from review.formats.columns.csv_columns import IMPRINT
from review.formats.values.dates import date_in
from review.formats.values.kinds import kind_of
from review.model.identifiers import REGISTERED
from review.model.patterns import lazy
from review.model.reading import one_line
from review.model.record import Record

_DAILY = frozenset(("newspaper", "magazine", "web"))  # of which one comes out in a day
_LONGEST = 24
_A_NOTE = 300  # letters
_READ = 1920  # letters of an abstract, behind which the number in a registry stands
_PATENT = lazy(r"[A-Z]{2}[ -]?\d{4}[\d/]{1,9}[ -]?(?:[A-Z]\d?)?")  # US9123456B2, EP 1234567 A1
# What an archive has one of for each document. Those that list each document as often as they find it (ProQuest, EBSCO, OpenAlex …) tell nothing.
_ENTRY = lazy(
    r"\b(?:jstor\.org/stable/\d+|eprints\.[\w.-]{1,80}/(?:id/eprint/)?\d+|hal\.(?:science|archives-ouvertes\.fr)/[a-z]+-\d+|eric\.ed\.gov/\?(?:id|q)=E[DJ]\d+"
    r"|patents\.google\.com/patent/\w+|handle(?:\.net)?/\d[\d.]*/[\w.-]+)|(?<![^\W_])(?P<PII>S\d{4}-?\d{3}[\dX]\(?\d\d\)?\d{5}-?[\dX])(?![^\W_])"
)
_PLAIN = str.maketrans("", "", "-()")
_REGISTERED = lazy(rf"(?i:\b{REGISTERED}\b)")


def imprint(record: Record) -> str:
    """`publisher: …; number: …; edition: …; date: 2015-03-02; entry: PMC/1234567; registration: NCT01234567`, as far as the record has them; '' for what
    a DOI, a PMID or a volume tells from others.

    The day is that of newspapers, magazines and pages alone: of a book it is one of several.
    """
    if record.doi or record.pmid or record.volume:
        return ""
    told: dict[str, str] = {}
    for tag, text in record.extra:
        name = IMPRINT.get(tag, "")
        if name == "date":
            found = date_in(text)
            text = "-".join(f"{part:02}" for part in found) if len(found) > 1 and kind_of(record.type).name in _DAILY else ""
        elif name == "number" and (len(text) > _LONGEST or not any(map(str.isdigit, text))):  # words about it, or a reference
            text = ""
        if name and text:
            told.setdefault(name, one_line(text).replace(";", ","))
    texts = [text for _, text in record.extra if len(text) < _A_NOTE]
    if kind_of(record.type).name == "patent" and (numbers := [t for t in (record.accession, *texts) if _PATENT.fullmatch(t)]):
        told["number"] = numbers[0]
    if number := _entry(record, texts):
        told["entry"] = number
    if number := next(filter(None, map(_registration, (*texts, record.abstract[:_READ]))), ""):
        told["registration"] = number
    return "; ".join(f"{name}: {told[name]}" for name in (*dict.fromkeys(IMPRINT.values()), "entry", "registration") if name in told)


def _entry(record: Record, texts: list[str]) -> str:
    """Archive, and number in it: `PMC/1234567`, `handle/10419/12345`."""
    if record.pmcid:
        return f"PMC/{record.pmcid.removeprefix('PMC')}"
    found = _ENTRY.search(" ".join((record.url, record.pages, record.accession, *texts)))
    if not found:
        return ""
    return f"PII/{found['PII'].translate(_PLAIN)}" if found["PII"] else found[0].replace("handle.net/", "handle/")


def _registration(text: str) -> str:
    """The first number of a registry in a text, where a word or ClinicalTrials.gov's own letters announce it, or there is hardly more; '' where there is
    none."""
    found = _REGISTERED.search(text) if len(text) < _LONGEST or "egist" in text or "NCT" in text else None
    return found[0] if found else ""
