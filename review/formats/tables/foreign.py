"""Files that people bring and no format reads: what each is, and how to have it as one that is read."""

from __future__ import annotations

import re

from review.formats.columns.table_header import MAP

_EFETCH = "It lists or counts records and holds none. Fetch them (efetch), or save the search from PubMed in the format PubMed or as .nbib."
_KINDS = (
    (r"<eSearchResult|<!DOCTYPE eSearch|\"esearchresult\"\s*:", "an answer of PubMed's esearch", _EFETCH),
    (r"<eLinkResult|<!DOCTYPE eLink", "an answer of PubMed's elink", _EFETCH),
    (r"<ePostResult|<!DOCTYPE ePost", "an answer of PubMed's epost", _EFETCH),
    (r"<eInfoResult|<!DOCTYPE eInfo", "an answer of PubMed's einfo", _EFETCH),
    (r"<eSpellResult|<!DOCTYPE eSpell", "an answer of PubMed's espell", _EFETCH),
    (r"<eGQueryResult|<!DOCTYPE eGQuery", "an answer of PubMed's egquery", _EFETCH),
    (r"<eFetchResult", "an answer of PubMed's efetch that found nothing", "It tells why: mend the request, and fetch again."),
    (r"<SerialsSet|<NLMCatalogRecordSet", "of the catalogue of the NLM, not of PubMed", "Search PubMed, and save as PubMed or .nbib."),
    (
        r"<eSummaryResult|<!DOCTYPE eSummary|\"type\"\s*:\s*\"esummary\"",
        "an answer of esummary without a record of PubMed",
        "Where it tells why, mend the request; or fetch the records themselves from PubMed (efetch, retmode=xml).",
    ),
    (
        r"<Entrezgene|<GBSet|<INSDSet|<TSeqSet|<Bioseq-set|<TaxaSet|<ExchangeSet|<Mim-entries|<HG-EntrySet",
        "an answer of another Entrez database than PubMed",
        "Search PubMed, and save as PubMed or .nbib.",
    ),
    (
        r"(?is)\A\s*(?:<!doctype html|<html|<head|<meta|<table|<style).*?<t[hd]\b",
        "a web page with a table, not an export (some sites call it .xls)",
        "Where it holds the references, open it in Excel or LibreOffice and save as .xlsx; else use the page's Export or Cite button.",
    ),
    (
        r"urn:schemas-microsoft-com:office:spreadsheet",
        "a workbook as XML of Excel 2003",
        "Open it in Excel or LibreOffice and save as .xlsx.",
    ),
    (
        r"(?i)\A\s*(?:<!doctype html|<html|<(?:table|div|body|head|meta|style|p)[\s>]|<\?xml[^>]*>\s*(?:<!DOCTYPE html[^>]*>\s*)?<html)",
        "a web page, not an export",
        "Use the page's Export or Cite button; where it shows a log-in or an error, log in and export again.",
    ),
    (
        r"\A\{\\rtf",
        "a formatted text (RTF)",
        "Export the references themselves: RIS from the reference manager, as a text file (in EndNote: file type Text File), not a bibliography.",
    ),
    (r"\A\d{5}[a-z][a-z ]{2}[ a-z\d]", "MARC in its binary form (ISO 2709)", "Export as MARCXML, MODS or RIS."),
    (r"\A%PDF", "a PDF", "Export the references as RIS."),
    (r"<rdf:RDF", "RDF", "Export from Zotero as RIS, CSL JSON or BibTeX."),
    (
        r"\A\s*(?:(?:PMID:? ?)?\d{5,8}(?:[\s,;]+|\Z))+\Z",
        "a list of PMIDs, and holds no records",
        "Search PubMed for the numbers and save as .nbib; or put a line `pmid` above them, and they are records without a title.",
    ),
    (
        r"\A\s*(?:(?:https?://(?:dx\.)?doi\.org/|doi: ?)?10\.\d{4,9}/\S+\s+){2,}\Z",
        "a list of DOIs, and holds no records",
        "Fetch them with a reference manager; or put a line `doi` above them, and they are records without a title.",
    ),
    (
        r"\A\s*(?:(?:NCT\d{8}|ISRCTN\d{8}|PMC\d{4,9})(?:[\s,;]+|\Z))+\Z",
        "a list of numbers of trials or articles, and holds no records",
        "Search the register or database for them, and export what it finds.",
    ),
    (
        r"(?:^[^\n]{5,600}(?:\((?:1[89]|20)\d\d[a-z]?\)\.|[ .](?:1[89]|20)\d\d;\d)[^\n]{5,600}\n\s*){2}",
        _PRINTED := "a list of references as a text prints them",
        _EXPORT := "Export the references themselves from the reference manager or database, as RIS.",
    ),
    (r"^ *[^\n]{5,600}\. \d+ ?(?:\(\w+\))?:\w[\w-]*, (?:1[89]|20)\d\d\b", _PRINTED, _EXPORT),  # Ovid's
    (r"^[^\n]{5,600}\[[JMDCRNSPZ](?:/OL)?\]\. ?[^\n]", _PRINTED, _EXPORT),  # CNKI's, by GB/T 7714
    (
        r"\A\ufeff?[^\n]*\barticle_id\b[^\n]*\bkey\"?,\"?value\b",
        "Rayyan's log of who did what, and holds no records",
        "Its votes: review decisions import. The records are in the file beside it in Rayyan's export (articles.csv or .ris).",
    ),
    (
        r"\A\ufeff?(?:[^\t\n]*(?:\t[^\t\n]*){3,}\n){2}|\A\ufeff?(?:(?:\"[^\"\n]{1,199}\"|[^\"\n,;]{1,99})(?:[,;](?! )(?:\"[^\"\n]*\"|[^\"\n,;]*)){3,}\n){2}",
        "a table in which no column is called title, abstract, DOI or PMID",
        f"Put a row of such names above it. {MAP}",
    ),
    (
        r"(?is)\A\s*(?:\[\s*\]\s*\Z|\{.*\"(?:items|results?|references|data|hits|records)\"\s*:\s*\[\s*\]|<.*<records\s*(?:/>|>\s*</records>))",
        _EMPTY := "an export without a single reference",
        _AGAIN := "Export it again; a search that found nothing needs no file: review import --announced 0.",
    ),
    (r"\"error\"\s*:\s*\"Result set was empty\"", _EMPTY, _AGAIN),  # Scopus's
    (
        r"(?s)<OAI-PMH[\s>].*<error[\s>]",
        "an answer of a repository (OAI-PMH) that found nothing",
        "It tells why: mend the request, and ask again.",
    ),
    (r"(?i)\Aprovider: [^\n]*\ncontent: [^\n]*\s*\Z", _EMPTY, _AGAIN),
    (r"(?is)\A\s*(?:%[^\n]*\n\s*)*@(?:comment|string|preamble)\b(?!.*@(?!comment|string|preamble)[a-z]+\s*[{(])", _EMPTY, _AGAIN),
    (r"\A\s*(?:\[\s*[\[{\"]|\{\s*\")", "JSON in which no list of references was found", "Export as CSL-JSON or RIS."),
    (r"\A\s*<", "XML of a kind that is not known here", "Export as RIS, PubMed XML or EndNote XML."),
)


def recognised(head: str) -> tuple[str, str]:
    """What a text is that no format takes (`a web page, …`), and what to do instead; ("", "") where nobody knows."""
    return next(((kind, mend) for mark, kind, mend in _KINDS if re.search(mark, head, re.MULTILINE)), ("", ""))
