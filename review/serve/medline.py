"""An entry as MEDLINE text, as EFetch gives it for rettype=medline: what Bio.Medline and reference managers read.

Tags and their order: NLM, "MEDLINE/PubMed Data Element (Field) Descriptions", and PubMed's own exports.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from review.formats.entries.xml_entries import down, text_of
from review.library.dates import element_day
from review.library.elements import each, parsed, texts

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WIDTH = 88
_REFERENCES = {
    "CommentIn": "CIN", "CommentOn": "CON", "ErratumIn": "EIN", "ErratumFor": "EFR", "CorrectedandRepublishedIn": "CRI",
    "CorrectedandRepublishedFrom": "CRF", "ExpressionOfConcernIn": "ECI", "ExpressionOfConcernFor": "ECF", "RepublishedIn": "RPI",
    "RepublishedFrom": "RPF", "RetractedandRepublishedIn": "RRI", "RetractedandRepublishedFrom": "RRF", "RetractionIn": "RIN",
    "RetractionOf": "ROF", "UpdateIn": "UIN", "UpdateOf": "UOF", "SummaryForPatientsIn": "SPIN", "OriginalReportIn": "ORI",
    "AssociatedDataset": "DDIN", "AssociatedPublication": "DRIN",
}  # fmt: skip
_STATES = {"pubmed": "EDAT", "medline": "MHDA", "entrez": "CRDT"}
Field = tuple[str, str]


def medline(raw: bytes) -> str:
    """The entry's text, with a line's end at its end. Values that PubMed wraps are wrapped, by six spaces."""
    lines = [line for tag, value in _fields(parsed(raw)) if value for line in _wrapped(tag, value)]
    return "\n".join(lines) + "\n"


def _wrapped(tag: str, value: str) -> list[str]:
    head = f"{tag:<4}- "
    return textwrap.wrap(value, _WIDTH, initial_indent=head, subsequent_indent="      ", break_long_words=False, break_on_hyphens=False)


def _fields(root: Element) -> Iterator[Field]:
    citation = root.find("MedlineCitation")
    book = root.find("BookDocument") if citation is None else None
    holder = citation if citation is not None else book
    assert holder is not None  # no other entry is taken in
    found = holder.find("Article")
    article = holder if found is None else found
    data = root.find("PubmedData") if book is None else root.find("PubmedBookData")
    yield "PMID", text_of(holder.find("PMID"))
    yield "OWN", holder.get("Owner", "")
    yield "STAT", holder.get("Status", "")
    for tag, name in (("DCOM", "DateCompleted"), ("LR", "DateRevised")):
        yield tag, _day(holder.find(name))
    yield from _journal(holder, article)
    yield "TI", text_of(article.find("ArticleTitle"))
    yield "BTI", text_of(down(book, "Book", "BookTitle"))
    yield "PG", text_of(down(article, "Pagination", "MedlinePgn")) or text_of(down(article, "Pagination", "StartPage"))
    for place in article.findall("ELocationID"):
        if place.get("ValidYN") != "N":
            yield "LID", f"{text_of(place)} [{place.get('EIdType', '')}]"
    yield "AB", _abstract(article.find("Abstract"))
    for other in holder.findall("OtherAbstract"):
        yield "OAB", f"{other.get('Type', '')}: {_abstract(other)}"
    yield "CI", text_of(down(article, "Abstract", "CopyrightInformation"))
    yield from _people(article, holder)
    for language in texts(article, "Language"):
        yield "LA", language
    yield from _about(holder, article)
    yield "COIS", text_of(holder.find("CoiStatement"))
    yield from _history(data)
    for held in (article, data):
        for number in each(held, "ArticleIdList", "ArticleId"):
            if number.get("IdType") == "pmc":
                yield "PMC", text_of(number)
            elif number.get("IdType") != "pubmed":
                yield "AID", f"{text_of(number)} [{number.get('IdType', '')}]"
    yield "PST", text_of(down(data, "PublicationStatus"))
    yield "SO", _source(holder, article)


def _day(element: Element | None) -> str:
    day = element_day(element)
    return f"{day:08}" if day else ""


def _date(element: Element | None) -> str:
    if element is None:
        return ""
    return text_of(element.find("MedlineDate")) or " ".join(
        filter(None, (text_of(element.find(t)) for t in ("Year", "Month", "Season", "Day")))
    )


def _journal(holder: Element, article: Element) -> Iterator[Field]:
    journal = article.find("Journal")
    issue = down(journal, "JournalIssue")
    for issn in each(journal, "ISSN"):
        yield "IS", f"{text_of(issn)} ({issn.get('IssnType', '')})"
    if linking := text_of(down(holder, "MedlineJournalInfo", "ISSNLinking")):
        yield "IS", f"{linking} (Linking)"
    for tag, name in (("VI", "Volume"), ("IP", "Issue")):
        yield tag, text_of(down(issue, name))
    yield "DP", _date(down(issue, "PubDate")) or _date(down(holder, "Book", "PubDate"))


def _abstract(element: Element | None) -> str:
    parts = []
    for part in each(element, "AbstractText"):
        label, words = part.get("Label", ""), text_of(part)
        parts.append(f"{label}: {words}" if label else words)
    return " ".join(filter(None, parts))


def _people(article: Element, holder: Element) -> Iterator[Field]:
    lists = [found for found in (*article.findall("AuthorList"), *each(holder, "Book", "AuthorList")) if found.get("Type") != "editors"]
    for author in lists[0] if lists else ():
        if author.get("ValidYN") == "N":
            continue
        if group := text_of(author.find("CollectiveName")):
            yield "CN", group
            continue
        yield from _named("FAU", "AU", author)
        for number in texts(author, "Identifier"):
            yield "AUID", f"ORCID: {number}"
        for place in (*texts(author, "AffiliationInfo", "Affiliation"), *texts(author, "Affiliation")):
            yield "AD", place
    for investigator in each(holder, "InvestigatorList", "Investigator"):
        yield from _named("FIR", "IR", investigator)
    for person in each(holder, "PersonalNameSubjectList", "PersonalNameSubject"):
        yield from _named("FPS", "PS", person)


def _named(full: str, short: str, person: Element) -> Iterator[Field]:
    last, fore = text_of(person.find("LastName")), text_of(person.find("ForeName")) or text_of(person.find("FirstName"))
    initials, suffix = text_of(person.find("Initials")), text_of(person.find("Suffix"))
    yield full, ", ".join(filter(None, (last, fore or initials, suffix)))
    yield short, " ".join(filter(None, (last, initials, suffix)))


def _about(holder: Element, article: Element) -> Iterator[Field]:
    for bank in each(article, "DataBankList", "DataBank"):
        for number in texts(bank, "AccessionNumberList", "AccessionNumber"):
            yield "SI", f"{text_of(bank.find('DataBankName'))}/{number}"
    for grant in each(article, "GrantList", "Grant"):
        yield "GR", "/".join(filter(None, (text_of(grant.find(t)) for t in ("GrantID", "Acronym", "Agency", "Country"))))
    for kind in texts(article, "PublicationTypeList", "PublicationType") or texts(article, "PublicationType"):
        yield "PT", kind
    yield "TT", text_of(article.find("VernacularTitle"))
    for day in article.findall("ArticleDate"):
        yield "DEP", _day(day)
    info = holder.find("MedlineJournalInfo")
    yield "PL", text_of(down(info, "Country"))
    yield "TA", text_of(down(info, "MedlineTA"))
    yield "JT", text_of(down(article, "Journal", "Title"))
    yield "JID", text_of(down(info, "NlmUniqueID"))
    for chemical in each(holder, "ChemicalList", "Chemical"):
        yield "RN", f"{text_of(chemical.find('RegistryNumber'))} ({text_of(chemical.find('NameOfSubstance'))})"
    for subset in texts(holder, "CitationSubset"):
        yield "SB", subset
    for reference in each(holder, "CommentsCorrectionsList", "CommentsCorrections"):
        if tag := _REFERENCES.get(reference.get("RefType", "")):
            number = text_of(reference.find("PMID"))
            yield tag, text_of(reference.find("RefSource")) + (f" PMID: {number}" if number else "")
    for heading in each(holder, "MeshHeadingList", "MeshHeading"):
        yield "MH", "/".join(f"{'*' if term.get('MajorTopicYN') == 'Y' else ''}{text_of(term)}" for term in heading)
    for word in texts(holder, "KeywordList", "Keyword"):
        yield "OT", word


def _history(data: Element | None) -> Iterator[Field]:
    events = []
    for moment in each(data, "History", "PubMedPubDate"):
        day = element_day(moment)
        if not day:
            continue
        when = f"{day // 10000}/{day // 100 % 100:02}/{day % 100:02} {int(text_of(moment.find('Hour')) or 0):02}:{int(text_of(moment.find('Minute')) or 0):02}"
        if tag := _STATES.get(moment.get("PubStatus", "")):
            yield tag, when
        events.append(("PHST", f"{when} [{moment.get('PubStatus', '')}]"))
    yield from events


def _source(holder: Element, article: Element) -> str:
    issue = down(article, "Journal", "JournalIssue")
    name = text_of(down(holder, "MedlineJournalInfo", "MedlineTA")) or text_of(down(holder, "Book", "BookTitle"))
    volume, number = text_of(down(issue, "Volume")), text_of(down(issue, "Issue"))
    pages = text_of(down(article, "Pagination", "MedlinePgn"))
    date = _date(down(issue, "PubDate")) or _date(down(holder, "Book", "PubDate"))
    place = f"{volume}{f'({number})' if number else ''}{f':{pages}' if pages else ''}"
    doi = next((text_of(e) for e in article.findall("ELocationID") if e.get("EIdType") == "doi" and e.get("ValidYN") != "N"), "")
    return f"{name}. {date}{f';{place}' if place else ''}.{f' doi: {doi}.' if doi else ''}"
