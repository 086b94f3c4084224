"""One PubMed entry, as XML, to what the index holds of it: columns of text, codes, and the entry itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.formats.entries.xml_entries import down, text_of
from review.library import dates
from review.library.elements import BadEntry, each, parsed_and_mended, texts
from review.library.words import BREAK, code, day_codes, indexed, person
from review.model.patterns import lazy

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TEXT_COLUMNS = ("title", "abstract", "keywords")
MORE_COLUMNS = ("subjects", "affiliation", "vernacular", "interests", "rest")

_HISTORY = {"pubmed": "ed", "entrez": "cd", "medline": "mm"}  # as NBIB shows them: EDAT, CRDT, MHDA
_AUTHORED = lazy(r"\s*\(.*?\)\s*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record for the index. `revised`: YYYYMMDD, 0 where the entry does not say."""

    pmid: int
    version: int
    revised: int
    text: tuple[str, str, str]
    more: tuple[str, str, str, str, str]
    codes: str
    raw: bytes


def entry_of(raw: bytes) -> Entry:
    """The entry for the index. Raises BadEntry for one that is not XML or has no PMID."""
    root, raw = parsed_and_mended(raw)
    citation = root.find("MedlineCitation")
    book = root.find("BookDocument") if citation is None else None
    holder = citation if citation is not None else book
    number = holder.find("PMID") if holder is not None else None
    pmid = text_of(number)
    if holder is None or number is None or not pmid.isdecimal() or not 0 < int(pmid) < 1 << 62:
        raise BadEntry("the entry has no PMID")
    version = number.get("Version", "1")
    data = root.find("PubmedData") if book is None else root.find("PubmedBookData")
    article = holder.find("Article") if book is None else holder
    if article is None:
        article = holder
    codes: list[str] = []
    subjects: list[str] = []
    rest: list[str] = [pmid]
    text = _text(holder, article, codes)
    _people(holder, article, codes, subjects, rest)
    _subjects(holder, article, codes, subjects)
    _place(holder, article, codes, rest)
    revised = _dates(holder, article, data, codes)
    _numbers(article, data, codes, subjects, rest)
    more = (
        indexed(subjects, BREAK),
        indexed(dict.fromkeys(text_of(a) for a in holder.iter("Affiliation"))),
        indexed(texts(article, "VernacularTitle"), BREAK),
        indexed(texts(holder, "CoiStatement"), BREAK),
        indexed(dict.fromkeys(rest), BREAK),
    )
    return Entry(int(pmid), int(version) if version.isdecimal() else 1, revised, text, more, " ".join(dict.fromkeys(codes)), raw)


def _text(holder: Element, article: Element, codes: list[str]) -> tuple[str, str, str]:
    """Title (with those of book and collection), abstract (with the other ones), keywords: what [tiab] searches."""
    titles = [
        text_of(article.find("ArticleTitle")),
        text_of(down(holder, "Book", "BookTitle")),
        text_of(down(holder, "Book", "CollectionTitle")),
    ]
    abstracts = []
    for path in ("Abstract", "OtherAbstract"):
        for place in (article, holder) if article is not holder else (article,):
            for abstract in place.findall(path):
                parts = []
                for part in abstract.findall("AbstractText"):
                    words, label = text_of(part), part.get("Label")
                    if words:
                        parts.append(f"{label}: {words}" if label else words)
                if parts:
                    abstracts.append(" ".join(parts))
    if abstracts:
        codes.append("has_abstract")
    keywords = texts(holder, "KeywordList", "Keyword")
    codes.extend(code("ot", k) for k in keywords)
    return indexed(titles), indexed(abstracts), indexed(keywords)


def _person(kinds: tuple[str, ...], full: str, element: Element, codes: list[str], rest: list[str]) -> None:
    parts = {child.tag: text_of(child) for child in element if child.tag not in ("AffiliationInfo", "Identifier")}
    last, fore = parts.get("LastName", ""), parts.get("ForeName", "") or parts.get("FirstName", "")
    initials = parts.get("Initials", "")
    if not initials and fore:
        initials = "".join(part[0] for part in re.split(r"[\s.-]+", fore) if part)
    if not last:
        return
    name = person(last, initials, parts.get("Suffix", ""))
    codes.extend(f"{kind}_{name}" for kind in kinds)
    rest.append(f"{last} {initials}" if initials else last)
    if fore:
        rest.append(f"{last} {fore}")
        if full:
            codes.append(code(full, f"{last} {fore}"))
    # An ORCID is given bare or as an address.
    codes.extend(code("ai", i.rsplit("/", 1)[-1]) for i in texts(element, "Identifier"))


def _people(holder: Element, article: Element, codes: list[str], subjects: list[str], rest: list[str]) -> None:
    lists = [a for a in (*article.findall("AuthorList"), *each(holder, "Book", "AuthorList")) if a.get("Type") != "editors"]
    authors = [a for found in lists[:1] for a in found.findall("Author") if a.get("ValidYN") != "N"]
    for group in (text_of(a.find("CollectiveName")) for a in authors):
        if group:
            codes.append(code("cn", group))
            subjects.append(group)
    # First and last are the first and last *personal* author (PubMed Help).
    authors = [a for a in authors if a.find("LastName") is not None]
    for i, author in enumerate(authors):
        kinds = ("au", *(("fa",) if i == 0 else ()), *(("za",) if i == len(authors) - 1 else ()))
        _person(kinds, "fu", author, codes, rest)
    for investigator in each(holder, "InvestigatorList", "Investigator"):
        _person(("iv",), "fi", investigator, codes, rest)
    for subject in each(holder, "PersonalNameSubjectList", "PersonalNameSubject"):
        _person(("ps",), "", subject, codes, subjects)


def _subjects(holder: Element, article: Element, codes: list[str], subjects: list[str]) -> None:
    for heading in each(holder, "MeshHeadingList", "MeshHeading"):
        # Descriptor and SubHeading: MEDLINE's files before 2002.
        descriptor = heading.find("DescriptorName")
        descriptor = heading.find("Descriptor") if descriptor is None else descriptor
        name = text_of(descriptor)
        if descriptor is None or not name:
            continue
        token = code("mh", name)
        major = descriptor.get("MajorTopicYN") == "Y"
        codes.append(token)
        subjects.append(name)
        for qualifier in (*heading.findall("QualifierName"), *heading.findall("SubHeading")):
            sub = "__" + code("", text_of(qualifier).replace("&", " and "))[1:]
            codes += [token + sub, "sh_" + sub[2:]]
            subjects.append(text_of(qualifier))
            if qualifier.get("MajorTopicYN") == "Y":
                major = True
                codes.append("mj" + token[2:] + sub)
        if major:
            codes.append("mj" + token[2:])
    for kind in texts(article, "PublicationTypeList", "PublicationType") or texts(article, "PublicationType"):
        codes.append(code("pt", kind))
        subjects.append(kind)
    for chemical in each(holder, "ChemicalList", "Chemical"):
        name, registry = text_of(chemical.find("NameOfSubstance")), text_of(chemical.find("RegistryNumber"))
        if name:
            codes.append(code("nm", name))
            subjects.append(name)
        if registry and registry != "0":
            codes.append(code("rn", registry))
            if registry.startswith("EC "):
                codes.append(code("rn", registry[3:]))
    for name in texts(holder, "SupplMeshList", "SupplMeshName"):
        codes.append(code("nm", name))
        subjects.append(name)
    subjects.extend(texts(holder, "GeneSymbolList", "GeneSymbol"))
    subjects.extend(texts(holder, "CommentsCorrectionsList", "CommentsCorrections", "RefSource"))


def _place(holder: Element, article: Element, codes: list[str], rest: list[str]) -> None:
    """Journal, language, country, status."""
    names = [text_of(down(article, "Journal", "Title")), text_of(down(article, "Journal", "ISOAbbreviation"))]
    names.append(text_of(down(holder, "MedlineJournalInfo", "MedlineTA")))
    issns = [text_of(down(article, "Journal", "ISSN")), text_of(down(holder, "MedlineJournalInfo", "ISSNLinking"))]
    for name in dict.fromkeys(n for n in names if n):
        codes.append(code("jn", name))
        rest.append(name)
        short = _AUTHORED.sub("", name)  # `Lancet (London, England)` is found as `lancet`
        if short != name:
            codes.append(code("jn", short))
    codes.extend(code("jn", issn) for issn in issns if issn)
    rest.extend(issn for issn in issns if issn)
    info = holder.find("MedlineJournalInfo")
    for tag, kind in (("NlmUniqueID", "ji"), ("Country", "pl")):
        if value := text_of(down(info, tag)):
            codes.append(code(kind, value))
            rest.append(value)
    for language in texts(article, "Language"):
        codes.append(code("lg", language))
        rest.append(language)
    if status := holder.get("Status"):
        codes.append("st_" + re.sub(r"[^a-z]", "", status.lower()))


def _dates(holder: Element, article: Element, data: Element | None, codes: list[str]) -> int:
    """Puts the codes of all dates; gives the day of the last revision."""
    published = [down(article, "Journal", "JournalIssue", "PubDate"), down(holder, "Book", "PubDate")]
    paper = [d for d in map(dates.element_day, published) if d]
    online = [d for d in map(dates.element_day, article.findall("ArticleDate")) if d]
    electronic = article.get("PubModel", "").startswith("Electronic") and not online
    found = [("dp", d) for d in (*paper, *online)]
    found += [("ep", d) for d in online or (paper if electronic else [])]
    found += [("pp", d) for d in paper if article.get("PubModel", "") != "Electronic"]
    if paper or online:
        found.append(("p1", min((*paper, *online))))
    revised = dates.element_day(holder.find("DateRevised"))
    found += [("md", revised), ("dc", dates.element_day(holder.find("DateCompleted")))]
    created = 0
    for moment in each(data, "History", "PubMedPubDate"):
        kind = _HISTORY.get(moment.get("PubStatus", ""))
        if kind:
            found.append((kind, dates.element_day(moment)))
            created = created or (kind == "cd")
    if not created:
        found.append(("cd", dates.element_day(holder.find("DateCreated"))))
    for kind, day in found:
        if day:
            codes.extend(day_codes(kind, day))
    return revised


def _numbers(article: Element, data: Element | None, codes: list[str], subjects: list[str], rest: list[str]) -> None:
    """Volume, issue, pages, article ids, grants, data banks. Ids from direct children only: below ReferenceList they are others'."""
    issue = down(article, "Journal", "JournalIssue")
    if issue is not None:
        for path, kind in (("Volume", "vi"), ("Issue", "ip")):
            if value := text_of(issue.find(path)):
                codes.append(code(kind, value))
    pages = text_of(down(article, "Pagination", "MedlinePgn")) or text_of(down(article, "Pagination", "StartPage"))
    if pages:
        codes += [code("pg", pages), code("pg", re.split(r"[-,;\s]", pages)[0])]
    for location in article.findall("ELocationID"):
        if location.get("ValidYN") != "N" and (value := text_of(location)):
            codes += [code("li", value), code("id", value)]
            rest.append(value)
    for article_id in (*each(article, "ArticleIdList", "ArticleId"), *(each(data, "ArticleIdList", "ArticleId"))):
        if article_id.get("IdType") != "pubmed" and (value := text_of(article_id)):
            codes.append(code("id", value))
            rest.append(value)
    for number in (
        *texts(article, "GrantList", "Grant", "GrantID"),
        *texts(article, "GrantList", "Grant", "Acronym"),
        *texts(article, "GrantList", "Grant", "Agency"),
    ):
        codes.append(code("gr", number))
        rest.append(number)
    for bank in each(article, "DataBankList", "DataBank"):
        name = text_of(bank.find("DataBankName"))
        for number in texts(bank, "AccessionNumberList", "AccessionNumber"):
            codes += [code("si", number), code("si", f"{name}/{number}")]
            subjects.append(f"{name}/{number}" if name else number)
