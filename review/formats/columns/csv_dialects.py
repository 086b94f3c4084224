"""What exporters and programs mean otherwise by the names of their columns: known by the names that stand beside each other in a header."""

from __future__ import annotations

from collections.abc import Mapping

# The tags of Web of Science, as names of columns; NR is how many references a work has, DA the day of the export, and
# behind AF stands who wrote a book where no part of it is told of.
_TAGS = {
    "nr": "", "da": "", "so": "journal", "de": "keywords", "id": "keywords", "is": "issue", "sp": "", "ab": "abstract", "ti": "title", "pt": "", "af": "authors",
    "bf": "authors", "ca": "bodies", "su": "supplement",
}  # fmt: skip
# Where an exporter means something else by a name, a field or what many formats have beyond those. The first whose marks are all in the header applies.
_DIALECTS: tuple[tuple[frozenset[str], Mapping[str, str]], ...] = (
    # bibliometrix's tables of PubMed, in which PG are the pages; of Web of Science it is their number
    (
        frozenset({"ti", "so", "ut", "pmid", "pyis"}),
        _TAGS,
    ),
    # bibliometrix's, of Web of Science's BibTeX
    (
        frozenset({"ti", "so", "ut", "pp", "vl"}),
        {**_TAGS, "pn": "issue", "pp": "pages", "pg": ""},
    ),
    # What esummary answers, as a table
    (frozenset({"uid", "fulljournalname"}), {"uid": "pmid", "elocationid": "doi", "doctype": "", "source": "", "essn": "issn"}),
    # Web of Science, tab-delimited; bibliometrix's tables
    (
        frozenset({"ti", "so", "ut"}),
        {**_TAGS, "pg": ""},
    ),
    # bibliometrix's, of other databases
    (frozenset({"ti", "so", "sr"}), {"so": "journal", "id": "keywords", "is": "issue", "pg": ""}),
    # What Covidence's reviewers extracted: when the study was done
    (frozenset({"studyid", "startdate"}), {"startdate": ""}),
    # Paperpile
    (frozenset({"journal", "fulljournal"}), {"fulljournal": "journal"}),
    # Web of Science, Excel: the full names, as in its text, and behind them those of the authors of a book
    (frozenset({"utuniquewosid", "authorfullnames"}), {"authorfullnames": "authors", "bookauthorfullnames": "authors"}),
    # MEDLINE at Web of Science, Excel: its number in the place of that of an article, and a letter for the kind of publication
    (
        frozenset({"accessionnumber", "articlenumber", "citationsubsets"}),
        {"articlenumber": "pmid", "publicationtype": "", "meshheading": ""},
    ),
    # ProQuest, Excel: the kind of source is all that it tells of that of the document
    (frozenset({"sourcetype", "alphadate", "documenturl"}), {"sourcetype": "type"}),
    # CAB Direct: the document that the work stands in
    (frozenset({"title", "documenttitle", "recordnumber", "descriptors"}), {"documenttitle": "journal", "recordnumber": "own id"}),
    (frozenset({"title", "documenttitle", "descriptors"}), {"documenttitle": "journal"}),
    # Dimensions: Document Type is a code (RESEARCH_ARTICLE)
    (frozenset({"publicationid", "dimensionsurl"}), {"documenttype": ""}),
    # Europe PMC: an id in the source that it names (see `_typed`)
    (frozenset({"source", "extid"}), {"source": "", "extid": "own id"}),
    (frozenset({"source", "externalid"}), {"source": "", "externalid": "own id"}),
    # Ovid: SO is a citation, FA the full names, DP the date, IS the ISSN, ID keywords, VI the version of the record, EP when it appeared, NO a grant
    (
        frozenset({"vn", "db", "ti"}),
        {
            "fa": "authors",
            "dp": "date",
            "in": "affiliation",
            "is": "issn",
            "es": "issn",
            "id": "keywords",
            "pm": "pmid",
            "pb": "",
            "da": "",
            "ta": "journal",
            "vi": "",
            "ep": "",
            "no": "",
            "ea": "",
        },
    ),
    # PubMed before 2020: Description holds the authors; Title,URL,Description,Details,ShortDetails,…,EntrezUID
    (frozenset({"shortdetails", "entrezuid"}), {"description": "authors", "identifiers": "pmcid", "type": ""}),
    # Europe PMC's answers in a table: the source is that of the id
    (frozenset({"source", "authorstring", "journaltitle"}), {"source": ""}),
    # Scopus: Source names the database
    (frozenset({"eid", "sourcetitle"}), {"source": ""}),
    # Engineering Village: Source names the journal in full
    (frozenset({"accessionnumber", "abbreviatedsourcetitle", "controlledsubjectterms"}), {"source": "journal"}),
    # JabRef: its kinds are numbers (see `type_of`)
    (frozenset({"reftype", "identifier", "howpublished"}), {"reftype": "type"}),
    # BASE: the note holds source and abstract
    (frozenset({"entrytype", "howpublished", "note"}), {"note": "citation"}),
    # Zotero: Type is what a thesis or a report calls itself, Number that of a report or a patent, Key is Zotero's own, Extra may name a PMID
    (frozenset({"itemtype", "publicationtitle", "dateadded"}), {"type": "genre", "number": "number", "key": "own id", "extra": "pmid"}),
    # bib2df: Type is that of a thesis or report
    (frozenset({"category", "bibtexkey"}), {"category": "type", "type": ""}),
    # Ours: what it calls an accession is that, and a citation key is none
    (frozenset({"accession", "citationkey", "pmcid"}), {"citationkey": ""}),
    # OpenAlex: id is its own
    (frozenset({"id", "displayname", "doi"}), {"id": "own id"}),
    # DiVA
    (frozenset({"pid", "name", "hostpublication"}), {"name": "authors", "hostpublication": "journal"}),
    # Romanian: the year
    (frozenset({"an", "autori"}), {"an": "year"}),
    # Rayyan: key is its own
    (frozenset({"key", "pubmedid", "pmcid"}), {"key": "own id"}),
)


# Those whose people stand in their natural order, with commas between them.
_NATURAL = (
    frozenset({"volumeyear", "publishedonlinedate"}),  # Taylor & Francis
    frozenset({"doilink", "venue"}),  # Elicit
    frozenset({"papertitle", "paperlink"}),  # SciSpace
    frozenset({"takeaway", "studytype"}),  # Consensus
    frozenset({"paperid", "tldr"}),  # Semantic Scholar
    frozenset({"inventorauthor", "resultlink"}),  # Google Patents
    frozenset({"foldersfiledin", "labelsfiledin"}),  # Paperpile
)


def are_natural(marks: frozenset[str]) -> bool:
    """Whether a table whose header has these names, squashed, is of those."""
    return any(needs <= marks for needs in _NATURAL)


def meant_by(marks: frozenset[str]) -> Mapping[str, str]:
    """What names mean (squashed name -> field, "" for none of ours) in a table whose header has these names, squashed; empty where nothing is
    known of it."""
    return next((meant for needs, meant in _DIALECTS if needs <= marks), {})
