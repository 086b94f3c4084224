"""A MEDLINE (NBIB) entry as the PubmedArticle that it was printed from, as far as the print tells.

MEDLINE text is PubMed's own print of its XML, tag by tag: https://www.nlm.nih.gov/bsd/mms/medlineelements.html.
What it does not print (identifiers of headings, the markup of titles) is not made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from review.model.patterns import lazy

_DAY = lazy(r"(\d{4})[/-]?(\d{2})?[/-]?(\d{2})?")
_MOMENT = lazy(r"(\d{4})/(\d{2})/(\d{2}).*\[(\w+)\]")
_ID = lazy(r"(.*?)\s*\[(\w+)\]$")
_BARE = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML can't hold
_SIMPLE = (("VI", "Volume"), ("IP", "Issue"))


def article(tags: Iterable[tuple[str, str]]) -> bytes:
    """The entry as XML."""
    pairs = [(tag, _BARE.sub("", value)) for tag, value in tags if value]
    values: dict[str, list[str]] = {}
    for tag, value in pairs:
        values.setdefault(tag, []).append(value)

    def one(tag: str) -> str:
        return values.get(tag, [""])[0]

    root = Element("PubmedArticle")
    status = {"Owner": one("OWN"), "Status": one("STAT")}
    citation = SubElement(root, "MedlineCitation", {k: v for k, v in status.items() if v})
    _add(citation, "PMID", one("PMID"), Version="1")
    for tag, name in (("DCOM", "DateCompleted"), ("LR", "DateRevised"), ("DA", "DateCreated")):
        _day(citation, name, one(tag))
    print_only = {"Print-Electronic": values.get("DEP") and values.get("DP"), "Electronic": values.get("DEP")}
    body = SubElement(citation, "Article", PubModel=next((k for k, v in print_only.items() if v), "Print"))
    _journal(body, values)
    _add(body, "ArticleTitle", one("TI") or one("BTI"))
    if one("PG"):
        _add(SubElement(body, "Pagination"), "MedlinePgn", one("PG"))
    for value in values.get("LID", ()):
        match = _ID.match(value)
        if match and match[2] in ("doi", "pii"):
            _add(body, "ELocationID", match[1], EIdType=match[2], ValidYN="Y")
    if one("AB"):
        _add(SubElement(body, "Abstract"), "AbstractText", " ".join(values["AB"]))
    _authors(body, pairs)
    for value in values.get("LA", ()):
        _add(body, "Language", value)
    _grants(body, values)
    _many(body, "PublicationTypeList", "PublicationType", values.get("PT", ()))
    _add(body, "VernacularTitle", one("TT"))
    if one("DEP"):
        _day(body, "ArticleDate", one("DEP"), DateType="Electronic")
    info = SubElement(citation, "MedlineJournalInfo")
    for tag, name in (("PL", "Country"), ("TA", "MedlineTA"), ("JID", "NlmUniqueID")):
        _add(info, name, one(tag))
    _subjects(citation, values)
    for value in values.get("OAB", ()):
        _add(SubElement(citation, "OtherAbstract"), "AbstractText", value)
    _many(citation, "KeywordList", "Keyword", [w.lstrip("*") for w in values.get("OT", ())])
    _add(citation, "CoiStatement", one("COIS"))
    _data(root, values)
    return tostring(root, encoding="unicode").encode()


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    if text:
        SubElement(parent, name, attributes).text = text


def _many(parent: Element, group: str, name: str, values: Iterable[str]) -> None:
    values = list(values)
    if values:
        holder = SubElement(parent, group)
        for value in values:
            _add(holder, name, value)


def _day(parent: Element, name: str, text: str, **attributes: str) -> None:
    match = _DAY.match(text)
    if match:
        holder = SubElement(parent, name, attributes)
        for part, value in zip(("Year", "Month", "Day"), match.groups(), strict=True):
            _add(holder, part, value or "")


def _journal(body: Element, values: dict[str, list[str]]) -> None:
    journal = SubElement(body, "Journal")
    for value in values.get("IS", ()):
        match = re.match(r"(\d{4}-\d{3}[\dXx])(?:\s*\((\w+)\))?", value)
        if match and match[2] != "Linking" and journal.find("ISSN") is None:
            _add(journal, "ISSN", match[1], IssnType=match[2] or "Undetermined")
    issue = SubElement(journal, "JournalIssue")
    for tag, name in _SIMPLE:
        _add(issue, name, values.get(tag, [""])[0])
    for value in values.get("DP", ())[:1]:
        date = SubElement(issue, "PubDate")
        match = re.fullmatch(r"(\d{4})(?: ([A-Z][a-z]{2}))?(?: (\d{1,2}))?", value)
        if match:
            for part, text in zip(("Year", "Month", "Day"), match.groups(), strict=True):
                _add(date, part, text or "")
        else:
            _add(date, "MedlineDate", value)
    _add(journal, "Title", values.get("JT", [""])[0])
    _add(journal, "ISOAbbreviation", values.get("TA", [""])[0])


def _authors(body: Element, pairs: list[tuple[str, str]]) -> None:
    """FAU, AU, AUID and AD belong together in the order in which they stand; CN is a group among them."""
    found: list[Element] = []
    current: Element | None = None
    for tag, value in pairs:
        if tag == "FAU" or (tag == "AU" and (current is None or current.find("Initials") is not None)):
            current = Element("Author", ValidYN="Y")
            found.append(current)
        if tag == "FAU" and current is not None:
            last, _, rest = value.partition(", ")
            fore, _, suffix = rest.partition(", ")
            _add(current, "LastName", last)
            _add(current, "ForeName", fore)
            _add(current, "Suffix", suffix)
        elif tag == "AU" and current is not None:
            match = re.fullmatch(r"(.+?) ([A-Z]{1,4})(?: (Jr|Sr|2nd|3rd|4th))?", value)
            if current.find("LastName") is None:
                _add(current, "LastName", match[1] if match else value)
            _add(current, "Initials", match[2] if match else " ")
        elif tag == "AUID" and current is not None:
            _add(current, "Identifier", value.partition("ORCID: ")[2] or value, Source="ORCID" if "ORCID" in value else "other")
        elif tag == "AD" and current is not None:
            _add(SubElement(current, "AffiliationInfo"), "Affiliation", value)
        elif tag == "CN":
            current = Element("Author", ValidYN="Y")
            _add(current, "CollectiveName", value)
            found.append(current)
        elif tag in ("FED", "ED", "FIR", "IR"):
            current = None
    if found:
        SubElement(body, "AuthorList", CompleteYN="Y").extend(found)


def _grants(body: Element, values: dict[str, list[str]]) -> None:
    banks = [v.partition("/") for v in values.get("SI", ())]
    if banks:
        holder = SubElement(body, "DataBankList")
        for name, _, number in banks:
            bank = SubElement(holder, "DataBank")
            _add(bank, "DataBankName", name)
            _add(SubElement(bank, "AccessionNumberList"), "AccessionNumber", number)
    if values.get("GR"):
        holder = SubElement(body, "GrantList")
        for value in values["GR"]:
            number, *rest = value.split("/")
            grant = SubElement(holder, "Grant")
            for name, text in zip(("GrantID", "Acronym", "Agency"), (number, *rest), strict=False):
                _add(grant, name, text)


def _subjects(citation: Element, values: dict[str, list[str]]) -> None:
    if values.get("RN"):
        holder = SubElement(citation, "ChemicalList")
        for value in values["RN"]:
            match = re.fullmatch(r"(\S+(?: [\d.]+)?) \((.*)\)", value)
            chemical = SubElement(holder, "Chemical")
            _add(chemical, "RegistryNumber", match[1] if match else "0")
            _add(chemical, "NameOfSubstance", match[2] if match else value)
    _many(citation, "SupplMeshList", "SupplMeshName", values.get("NM", ()))
    if values.get("SB"):
        for value in values["SB"]:
            _add(citation, "CitationSubset", value)
    if values.get("MH"):
        holder = SubElement(citation, "MeshHeadingList")
        for value in values["MH"]:
            _heading(SubElement(holder, "MeshHeading"), value)
    if values.get("FPS") or values.get("PS"):
        holder = SubElement(citation, "PersonalNameSubjectList")
        for value in values.get("FPS") or values["PS"]:
            last, comma, fore = value.partition(", ")
            if not comma:
                last, _, fore = value.rpartition(" ")
            subject = SubElement(holder, "PersonalNameSubject")
            _add(subject, "LastName", last or fore)
            _add(subject, "ForeName" if comma else "Initials", fore if last else "")


def _heading(holder: Element, value: str) -> None:
    """`Asthma/*drug therapy/prevention & control`. Some headings have a slash of their own: it stands before a capital."""
    name, *subs = re.split(r"/(?=\*?[a-z])", value)
    for element, text in (("DescriptorName", name), *(("QualifierName", sub) for sub in subs)):
        _add(holder, element, text.lstrip("*"), MajorTopicYN="Y" if text.startswith("*") else "N")


def _data(root: Element, values: dict[str, list[str]]) -> None:
    data = SubElement(root, "PubmedData")
    history = SubElement(data, "History")
    moments = [m for m in map(_MOMENT.match, values.get("PHST", ())) if m]
    for match in moments:
        holder = SubElement(history, "PubMedPubDate", PubStatus=match[4])
        for part, text in zip(("Year", "Month", "Day"), match.groups()[:3], strict=True):
            _add(holder, part, text)
    told = {match[4] for match in moments}
    for tag, name in (("EDAT", "pubmed"), ("CRDT", "entrez"), ("MHDA", "medline")):
        if name not in told:
            _day(history, "PubMedPubDate", values.get(tag, [""])[0], PubStatus=name)
    _add(data, "PublicationStatus", values.get("PST", [""])[0])
    ids = SubElement(data, "ArticleIdList")
    _add(ids, "ArticleId", values.get("PMID", [""])[0], IdType="pubmed")
    seen: set[tuple[str | None, ...]] = set()
    for value in (*values.get("AID", ()), *values.get("LID", ())):
        named = _ID.match(value)
        if named and named.groups() not in seen:
            seen.add(named.groups())
            _add(ids, "ArticleId", named[1], IdType=named[2])
    for value in values.get("PMC", ()):
        _add(ids, "ArticleId", value, IdType="pmc")
