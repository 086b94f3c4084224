"""What the tags of PubMed's text mean: a bag of tagged values in, a Record out. Tags: NLM's MEDLINE/PubMed data element descriptions."""

from __future__ import annotations

from functools import lru_cache

from review.formats.characters.markup import unmarked
from review.formats.characters.text import doi_in, is_only, unescape
from review.formats.people.author_lists import without_others
from review.formats.values.bag import Bag
from review.formats.values.carried import apply, take
from review.formats.values.dates import dated
from review.formats.values.fields import is_bare, is_neat, is_untranslated, mails, names, says_none, serials, tidy
from review.formats.values.ids import pmcid_in
from review.formats.values.numbers import ARTICLE, pages
from review.model.patterns import lazy
from review.model.record import Record

NAMES = {
    "AD": "affiliation", "BTI": "series", "CTI": "series", "DEP": "ahead-of-print", "DP": "date", "ED": "editor", "EN": "edition", "FED": "editor", "GN": "note",
    "PB": "publisher", "PL": "place", "TA": "abbreviation", "TT": "original-title",
}  # fmt: skip


def record(line: int, raw: str, bag: Bag, loose: list[str]) -> Record | None:
    """The record that the bag tells of, or None where it names nothing to screen or to look up. `loose`: lines under no tag."""
    given = bag.first("PMID")
    pmid = given.lstrip("0") if given.isdigit() else ""  # of old it had ten digits
    full, short = bag.each("FAU"), bag.each("AU")
    issn, isbn, unread = serials(bag.all("IS", "ISBN", "ISSN"))
    extra = [("", text) for text in loose] + [("IS", value) for value in unread]
    if given and not pmid:
        extra.append(("PMID", given))
    pmc = bag.first("PMC")
    pmcid = pmcid_in(pmc, bare=True) if pmc else ""
    if pmc and pmcid not in (pmc, f"PMC{pmc}"):
        extra.append(("PMC", pmc))
    given_dates = bag.each("DP") or bag.each("DEP")
    for value in bag.peek("DEP"):
        if not value.isdecimal():  # PubMed's is a day ahead of print; ERIC's says more of the same date
            bag.drop(value, "DEP")
            given_dates.append(value)
    year, dates = dated(tuple(given_dates))
    extra += dates
    told = take(bag, "GN")
    if len(full + short) == 1 and says_none((full + short)[0]):
        extra, full, short = [*extra, ("AU", (full + short)[0])], [], []
    if full and short and short != [*map(shortened, full)]:  # else they say nothing that the full names don't
        if len(short) > len(full):  # not everybody's full name is known
            whole = {shortened(name): name for name in full}
            people = [whole.get(name, name) for name in short]
            full, short = (people, []) if set(full) <= set(people) else (short, full)
            extra += [("FAU", name) for name in short]
        else:
            extra += [("AU", name) for name in short]
    if bag.has("FED"):
        for name in bag.peek("FED"):
            bag.drop(shortened(name), "ED")
    title, journal, abstracts = bag.one("TI", "BTI", "CTI", "TT"), bag.one("JT", "TA", "BTI"), bag.each("AB")
    words = bag.all("MH", "OT", "KW")  # the last is KoreaMed's
    if not abstracts:  # some have only one by somebody else than the journal, or in another language
        abstracts = [text for other in bag.peek("OAB") if not says_none(text := _BY.sub("", other))]
    if is_untranslated(title):
        title = next(iter(bag.peek("TT")), title)
    # Looking at these all at once is cheaper than tidying each.
    if not is_neat("|".join((title, journal, *abstracts, *words))):
        title, journal = tidy(title), tidy(journal)
        abstracts, words = [tidy(text) for text in abstracts], [unescape(word) for word in words]
    people = _with_suffixes(_with_bodies(bag, full or short) if bag.has("CN") else full or short)
    extra += mails(people)
    authors, others = without_others(names(people))
    extra += [("AU", text) for text in others]
    found = Record(
        line=line,
        raw=raw,
        title=title,
        abstract="\n".join(abstracts),
        # The full names, and the short ones only where those are all there is: they are the same people.
        authors=authors,
        year=year,
        journal=journal,
        volume=bag.first("VI"),
        issue=bag.first("IP"),
        pages=pages(bag.first("PG")) or _article(bag),
        doi=_doi(bag),
        pmid=pmid,
        pmcid=pmcid,
        issn=issn,
        isbn=isbn,
        url=bag.one("UR", "URL", "U") or _at(bag),
        language="; ".join(bag.each("LA")),
        keywords=tuple(words),
        type="; ".join(bag.each("PT")),
        accession=pmid or bag.first("OID"),  # ERIC's
        extra=tuple(extra + bag.rest(NAMES)),
    )
    found = unmarked(found)
    if told is not None:
        return apply(found, told)
    return None if is_bare(found) else found


def _with_bodies(bag: Bag, people: list[str]) -> list[str]:
    """The people and the bodies among them, in the order of the entry: where a group is named first, it is the first author."""
    bodies = bag.each("CN")
    told = [(tag, text) for tag, text in bag.pairs() if tag in ("FAU", "AU", "CN")]
    tag = next((tag for tag, text in told if tag != "CN" and text in people), "")
    in_order = [text for own, text in told if own in (tag, "CN")]
    return in_order if sorted(in_order) == sorted(people + bodies) else people + bodies


def _with_suffixes(people: list[str]) -> list[str]:
    """`King, Martin Luther, Jr` of PubMed's `King, Martin Luther Jr`, as its XML tells it."""
    return [_SUFFIXED.sub(r"\1, \2", name) if name.endswith(SUFFIXES) else name for name in people]


SUFFIXES = ("Jr", "Sr", "2nd", "3rd", "4th")
_SUFFIXED = lazy(rf"(,.*[\w.]) ({'|'.join(SUFFIXES)})\Z")


def _article(bag: Bag) -> str:
    """The number of an article in a volume without pages, which PubMed has in its citation: `2020 Mar 4;17(5):1634.`"""
    cited = _CITED.search(next(iter(bag.peek("SO")), ""))
    return cited[1] if cited else ""


_CITED = lazy(rf";[^:;]{{1,40}}:({ARTICLE})\.")
_BY = lazy(r"(?:Publisher|KIE|AIDS|NASA|PIP|AAMC|[Pp]lain-language-summary): ")


# What stands behind a name, in full and as AU has it.
_AS_AU = {**{word: word for word in SUFFIXES}, "II": "2nd", "III": "3rd", "IV": "4th"}


def shortened(name: str) -> str:
    """`Marx, Karl Heinrich` as AU has it: `Marx KH`, with the first two initials (MEDLINE's policy for AU)."""
    family, _, given = name.partition(", ")
    return family + _initials(given)


@lru_cache(maxsize=8192)  # families are many, given names few
def _initials(given: str) -> str:
    """Of `Karl Heinrich Jr`: ` KH Jr`."""
    words = given.replace(",", " ").replace("-", " ").replace(".", " ").split()
    suffix = _AS_AU[words.pop()] if words and words[-1] in _AS_AU else ""
    initials = "".join([word[0] for word in words[:2]]).upper()
    return "".join([f" {part}" for part in (initials, suffix) if part])


def _at(bag: Bag) -> str:
    """ERIC's address of the whole text, which stands where PubMed has the publisher's numbers."""
    found = next((value for value in bag.peek("LID") if value.startswith(("http://", "https://"))), "")
    bag.drop(found, "LID")
    return found


def _doi(bag: Bag) -> str:
    """The DOI of LID, else of AID: the value that ends in `[doi]`, or begins with `doi:`."""
    for value in bag.peek("LID", "AID"):
        named = value.removesuffix("[doi]").rstrip()
        if (named != value or value[:4].casefold() == "doi:" or "doi.org/" in value) and (doi := doi_in(named)):
            if is_only(doi, named):
                bag.drop(value, "LID", "AID")
            return doi
    return ""
