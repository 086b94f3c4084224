"""The fields of both syntaxes: codes, names, PubMed's tags with their aliases, Ovid's suffixes.

A code is EInfo's name where PubMed has the field. What only Ovid has is called `ovid.` and its suffix.
Source: PubMed Help, "Search field tags"; EInfo of db=pubmed; Ovid MEDLINE field guide.
"""

from __future__ import annotations

from dataclasses import dataclass

from review.query.tree import Tag


@dataclass(frozen=True, slots=True)
class Field:
    code: str
    name: str
    pubmed: tuple[str, ...] = ()  # tags in lower case; the first is the one we print
    ovid: tuple[str, ...] = ()  # suffixes; the first is the one we print


def _f(code: str, name: str, pubmed: str, ovid: str = "") -> Field:
    return Field(code, name, tuple(t.strip() for t in pubmed.split("|") if t.strip()), tuple(ovid.split()))


_ALL = (
    _f("ALL", "All Fields", "all|all fields", "af"),
    _f("UID", "PMID", "pmid|uid|ui", "ui"),
    _f("FILT", "Filter or subset", "sb|filter|filt|subset"),
    _f("TITL", "Title", "ti|titl|title", "ti m_titl"),
    _f("WORD", "Text Word", "tw|text word|text words|word|text"),
    _f("MESH", "MeSH Terms", "mh|mesh|mesh terms|mesh term"),
    _f("MAJR", "MeSH Major Topic", "majr|mesh major topic|mesh major topics|major|mesh major|mj"),
    _f("AUTH", "Author", "au|auth|author|author name", "au"),
    _f("JOUR", "Journal", "ta|jour|journal|journal title|so|is|issn", "jn ja jx"),
    _f("JID", "NLM Unique ID", "jid|nlm unique id|nlmid|nlm id", "jc"),
    _f("AFFL", "Affiliation", "ad|affl|affiliation", "in"),
    _f("ECNO", "EC/RN Number", "rn|ecno|ec/rn number|ec/rn|registry number", "rn"),
    _f("SUBS", "Supplementary Concept", "nm|subs|substance name|supplementary concept", "nm"),
    _f("PDAT", "Date - Publication", "dp|pdat|publication date|date - publication", "yr dp"),
    _f("EDAT", "Date - Entry", "edat|entrez date|date - entrez|date - entry|entry date", "ez"),
    _f("CRDT", "Date - Create", "crdt|create date|date - create", "dt"),
    _f("MDAT", "Date - Modification", "mdat|lr|modification date|date - modification|date last revised", "rd"),
    _f("CDAT", "Date - Completion", "dcom|cdat|completion date|date - completion|date completed"),
    _f("MHDA", "Date - MeSH", "mhda|mesh date|date - mesh"),
    _f("PPDT", "Print Publication Date", "ppdt|ppdat|print publication date|date - print"),
    _f("EPDT", "Electronic Publication Date", "epdt|epdat|dep|electronic publication date|date - electronic"),
    _f("P1DAT", "Date - First Published", "p1dat|date - first published"),
    _f("VOL", "Volume", "vi|vol|volume", "vo"),
    _f("PAGE", "Pagination", "pg|page|pagination", "pg"),
    _f("ISS", "Issue", "ip|iss|issue", "ip"),
    _f("PTYP", "Publication Type", "pt|ptyp|publication type", "pt"),
    _f("LANG", "Language", "la|lang|language", "la lg"),
    _f("SUBH", "MeSH Subheading", "sh|subh|mesh subheading|mesh subheadings|subheading|subheadings", "fs"),
    _f("SI", "Secondary Source ID", "si|secondary source id", "si"),
    _f("TIAB", "Title/Abstract", "tiab|title/abstract|title abstract"),
    _f("OTRM", "Other Term", "ot|otrm|other term|other terms", "kf"),
    _f("COLN", "Author - Corporate", "cn|coln|corporate author|author - corporate", "ca"),
    _f("INVR", "Investigator", "ir|invr|investigator", "ir"),
    _f("CNTY", "Place of Publication", "pl|cnty|place of publication|country", "cp"),
    _f("PAPX", "Pharmacological Action", "pa|papx|pharmacological action|pharmacological action mesh terms"),
    _f("GRNT", "Grants and Funding", "gr|grnt|grant number|grants and funding", "no gi"),
    _f("PID", "Article Identifier", "aid|pid|article identifier|doi|publisher id|pmc|pmcid", "do"),
    _f("FAUT", "Author - First", "1au|faut|first author|first author name|author - first"),
    _f("LAUT", "Author - Last", "lastau|laut|last author|last author name|author - last"),
    _f("FULL", "Author - Full", "fau|full|full author name|author - full"),
    _f("FINV", "Investigator - Full", "fir|finv|full investigator name|investigator - full"),
    _f("TT", "Transliterated Title", "tt|transliterated title"),
    _f("LID", "Location ID", "lid|location id"),
    _f("BOOK", "Book", "book"),
    _f("ED", "Editor", "ed|editor"),
    _f("ISBN", "ISBN", "isbn"),
    _f("PUBN", "Publisher", "pubn|publisher"),
    _f("AUCL", "Author Cluster ID", "aucl|author cluster id"),
    _f("EID", "Extended PMID", "eid|extended pmid"),
    _f("DSO", "DSO", "dso"),
    _f("AUID", "Author - Identifier", "auid|author identifier|author - identifier"),
    _f("PS", "Subject - Personal Name", "ps|personal name as subject|subject - personal name", "ps"),
    _f("COIS", "Conflict of Interest Statements", "cois|conflict of interest statement|conflict of interest statements"),
    _f("OWNER", "Owner", "owner|own"),
    _f("ovid.ab", "Abstract", "", "ab"),
    _f("ovid.tw", "Text word: title and abstract", "", "tw"),
    _f("ovid.mp", "Multi-purpose: titles, abstract, substances, heading words, keywords", "", "mp"),
    _f("ovid.kw", "Keyword heading", "", "kw"),
    _f("ovid.hw", "Word of a subject heading", "", "hw"),
    _f("ovid.sh", "Subject heading, not exploded", "", "sh"),
    _f("ovid.xs", "Subject heading, exploded", "", "xs"),
    _f("ovid.fx", "Floating subheading, exploded", "", "fx"),
    _f("ovid.ot", "Original title", "", "ot"),
    _f("ovid.jw", "Word of a journal title", "", "jw"),
    _f("ovid.rw", "Word of a registry number or substance", "", "rw"),
    _f("ovid.is", "ISSN", "", "is"),
    _f("ovid.ed", "Entry date", "", "ed"),
    _f("ovid.up", "Update date", "", "up"),
    _f("ovid.da", "Date created in Ovid", "", "da dc"),
    _f("ovid.st", "Publication status", "", "st"),
    _f("ovid.sb", "Journal subset", "", "sb"),
    _f("ovid.an", "Accession number", "", "an"),
    _f("ovid.pu", "Publisher", "", "pu"),
    _f("ovid.ab_word", "Any other Ovid field", "", "ax bt cm cn ct gs ib id ie ja lm mb nw ox pm px rf rs rx sh so sl sp sx tx tn vi yw dk dv sa"),
)  # fmt: skip

FIELDS: dict[str, Field] = {f.code: f for f in _ALL}
_PUBMED: dict[str, str] = {tag: f.code for f in _ALL for tag in f.pubmed}
_OVID: dict[str, str] = {}
for _field in _ALL:
    for _suffix in _field.ovid:
        _OVID.setdefault(_suffix, _field.code if _field.code != "ovid.ab_word" else f"ovid.{_suffix}")
for _suffix, _code in _OVID.items():
    FIELDS.setdefault(_code, Field(_code, f"Ovid field .{_suffix}.", (), (_suffix,)))
del FIELDS["ovid.ab_word"]

DATES = frozenset({"PDAT", "EDAT", "CRDT", "MDAT", "CDAT", "MHDA", "PPDT", "EPDT", "P1DAT"})
PROXIMITY_FIELDS = frozenset({"TITL", "TIAB", "AFFL"})
NOEXP_FIELDS = frozenset({"MESH", "MAJR", "SUBH", "PTYP"})
AUTHORS = frozenset({"AUTH", "FAUT", "LAUT", "FULL", "INVR", "FINV"})


def pubmed_code(tag: str) -> str:
    """The field's code for a PubMed tag (without `:noexp` and `:~N`), or `?tag` where PubMed knows none such."""
    key = " ".join(tag.lower().split())
    return _PUBMED.get(key) or _PUBMED.get(key.replace(" ", "")) or f"?{key}"


def pubmed_tag(code: str) -> str:
    """The tag to print for a field, '' where PubMed has no such field."""
    if code.startswith("?"):
        return code[1:]
    field = FIELDS.get(code)
    return field.pubmed[0] if field and field.pubmed else ""


def ovid_code(suffix: str) -> str:
    return _OVID.get(suffix.lower(), f"?{suffix.lower()}")


def ovid_suffix(code: str) -> str:
    """The suffix to print for a field, '' where Ovid MEDLINE has no such field."""
    if code.startswith("?"):
        return code[1:]
    field = FIELDS.get(code)
    return field.ovid[0] if field and field.ovid else ""


def tag(code: str) -> Tag:
    return Tag(code)


# MeSH subheadings: NLM's two-letter abbreviation and name; those in use, and four retired between 2015 and 2018.
SUBHEADINGS: dict[str, str] = {
    "ab": "abnormalities", "ad": "administration and dosage", "ae": "adverse effects", "ag": "agonists", "aa": "analogs and derivatives",
    "an": "analysis", "ah": "anatomy and histology", "ai": "antagonists and inhibitors", "bi": "biosynthesis", "bl": "blood",
    "bs": "blood supply", "cf": "cerebrospinal fluid", "cs": "chemical synthesis", "ci": "chemically induced", "ch": "chemistry",
    "cl": "classification", "co": "complications", "cn": "congenital", "ct": "contraindications", "cy": "cytology", "df": "deficiency",
    "di": "diagnosis", "dg": "diagnostic imaging", "du": "diagnostic use", "dh": "diet therapy", "de": "drug effects",
    "dt": "drug therapy", "ec": "economics", "ed": "education", "em": "embryology", "en": "enzymology", "ep": "epidemiology",
    "es": "ethics", "eh": "ethnology", "et": "etiology", "ge": "genetics", "gd": "growth and development", "hi": "history",
    "im": "immunology", "in": "injuries", "ir": "innervation", "is": "instrumentation", "ip": "isolation and purification",
    "lj": "legislation and jurisprudence", "ma": "manpower", "me": "metabolism", "mt": "methods", "mi": "microbiology", "mo": "mortality",
    "nu": "nursing", "og": "organization and administration", "ps": "parasitology", "py": "pathogenicity", "pa": "pathology",
    "pk": "pharmacokinetics", "pd": "pharmacology", "ph": "physiology", "pp": "physiopathology", "po": "poisoning",
    "pc": "prevention and control", "px": "psychology", "re": "radiation effects", "ra": "radiography", "ri": "radionuclide imaging",
    "rt": "radiotherapy", "rh": "rehabilitation", "sc": "secondary", "se": "secretion", "st": "standards",
    "sn": "statistics and numerical data", "sd": "supply and distribution", "su": "surgery", "tu": "therapeutic use", "th": "therapy",
    "to": "toxicity", "tm": "transmission", "tr": "transplantation", "td": "trends", "ul": "ultrastructure", "us": "ultrasonography",
    "ur": "urine", "ut": "utilization", "ve": "veterinary", "vi": "virology",
}  # fmt: skip
# What strategies call them, and NLM's entry terms.
_SAID_OTHERWISE = {
    "pathophysiology": "physiopathology", "aetiology": "etiology", "side effects": "adverse effects", "dosage": "administration and dosage",
    "prevention": "prevention and control", "metastasis": "secondary", "metastases": "secondary", "chemotherapy": "drug therapy",
    "organisation and administration": "organization and administration", "utilisation": "utilization", "ultrasound": "ultrasonography",
    "statistics": "statistics and numerical data", "abnormality": "abnormalities", "complication": "complications", "method": "methods",
}  # fmt: skip
_ABBREVIATIONS = {name: short for short, name in SUBHEADINGS.items()}


def subheading(written: str) -> str:
    """The full name of a subheading in lower case, from its name or abbreviation; as it was written where unknown."""
    key = " ".join(written.lower().replace("&", " and ").split())
    return SUBHEADINGS.get(key) or _SAID_OTHERWISE.get(key, key)


def subheading_short(name: str) -> str:
    """The two-letter abbreviation, '' where there is none."""
    return _ABBREVIATIONS.get(name, "")


def is_subheading(name: str) -> bool:
    return name in _ABBREVIATIONS
