"""Which column of a table is which field: one readable list of names, and the dialects that use a name otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping

from review.formats.columns.csv_languages import LANGUAGES
from review.model.patterns import lazy
from review.model.plain_text import unaccented

BLANK = " \t\n\ufeff\xa0\u200b"  # around a cell

# Names in order of preference; case, spaces and punctuation do not count (`Author(s)` is `authors`).
# What is listed first is taken where a row has several; the rest stays in `extra`.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": (
        "title", "document title", "article title", "ti", "t1", "primary title", "title primary", "titles", "display name",
        "item title", "study title", "paper title", "publication title primary", "reference title", "name of article", "tig atl", "atl",
        "title of the trial", "brief title", "public title", "scientific title", "full title", "original title", "translated title", "short title",
        "shortened title", "chapter title", "article name", "review title", "record title", "report title", "thesis title", "dissertation title", "main title",
        "english title", "official title", "title of article", "title of paper", "title of study", "title of publication", "title of report",
        "title of document", "ct title", "headline", "paper", "article", "paper name", "manuscript title", "work title", "title of reference", "title of work", "title clean", "clean title", "ref title", "trial title", "medline title", "art title",
    ),
    "subtitle": ("subtitle", "sub title"),
    "abstract": (
        "abstract", "abstract note", "ab", "abstracts", "notes abstract", "abstract text", "summary", "n2", "primary abstract",
        "artinfo ab", "brief summary", "plain english summary", "lay summary", "original abstract", "synopsis", "publication abstract", "description", "description abstract", "article abstract", "paper abstract", "abstract clean", "structured abstract", "abstract txt",
    ),
    "authors": (
        "authors", "author", "au", "author names", "authors primary", "first authors", "author s", "a1", "author list", "all authors",
        "creator", "creators", "authorships author display name", "authorships raw author name", "author full names", "af", "fau",
        "aug au", "author string", "contributors", "first author", "contributor", "lead author", "name of authors", "authors list", "auth full name s", "investigators", "principal investigator", "researchers", "inventors", "inventor", "inventor author", "authors raw", "authors formatted", "publication info summary", "main author", "contributor author", "author name", "names of authors", "authors names", "study authors", "primary author", "full author list", "first author name", "1st author", "author year", "authors year", "author editor or organization", "author editor or institution", "author and year", "authors and year", "author date", "authors name",
    ),
    # Groups and institutions among the authors, where people have a column of their own.
    "bodies": ("group authors", "group author", "corporate authors", "corporate author", "collective authors", "collective author"),
    # Of the first or only author, in two columns.
    "family": ("last name", "lastname", "surname", "family name", "author last name", "author surname", "first author last name", "first author surname", "last name of first author"),
    "given": ("first name", "firstname", "given name", "forename", "author first name", "first author first name", "first name of first author"),
    "year": (
        "year", "publication year", "published year", "pub year", "yr", "py", "year published", "year of publication", "publish year",
        "pubyear", "pubinfo dt year", "dt year", "date published", "publication date", "pub date", "pubdate", "date of publication",
        "dp", "date", "da", "y1", "published", "published date", "issued", "cover date", "pubinfo dt text", "dt text", "date issued",
        "online date", "date registration3", "date registration", "first posted", "date applied", "date of registration", "registration date", "date registered", "date assigned", "start date", "year of pub", "publ year", "publication yr", "published on",
        "produced date y i", "date of award", "award year", "year of study", "completion date", "publish time", "publish date", "release date", "epub date", "electronic publication date", "article year", "paper year", "study year", "year of release", "issue date", "pub yr", "year of publish", "first published", "entrez date", "publication date year",
        "volume year", "published online date", "pd", "early access date", "ea",
    ),
    "journal": (
        "journal", "journal title", "source title", "journal name", "jn", "jt", "publication title", "periodical full", "pubtitle",
        "journal book", "journal source", "publication name", "publication", "secondary title", "title secondary", "container title", "parent title",
        "primary location source display name", "jinfo jtl", "jtl", "jo", "jf", "t2", "venue", "booktitle", "book title", "ta", "ja",
        "journal abbreviation", "periodical abbrev", "abbreviated source title", "abbreviated journal", "j9", "j2", "journaltitle",
        "is part of", "full journal name", "journal full name", "name of journal", "periodical", "published in", "publication venue",
        "alternate title3", "alternate title2", "alternate title1", "journal title s", "publication source", "host publication", "parent publication", "serial title", "container", "short journal", "proceedings title", "proceedings", "full journal", "anthology title", "source container", "source display name", "medlineta", "iso abbreviation", "journal iso", "journal abbrev", "journal full", "full journal title", "journal name full", "journal of publication", "source of publication", "source name", "nlm title", "venue name", "host venue", "host venue display name", "outlet", "publication outlet", "jnl",
    ),
    "conference": ("conference name", "conference", "conference title"),
    "citation": (
        "so", "source", "citation", "details", "shortdetails", "source information", "bibliographic citation", "reference", "bibliography", "full reference",
        "full citation", "bibliographic reference", "apa citation", "apa reference", "journal volume issue pages", "journal vol issue pages", "journal volume issue page", "journal volume pages", "journal volume issue", "journal details", "publication details", "source details", "citation apa", "reference apa", "formatted citation",
    ),
    "volume": ("volume", "vol", "vl", "vi", "vo", "journal volume", "biblio volume", "pubinfo vid", "vid", "volume number", "volume no", "journal vol", "volume s", "vol no"),
    "issue": ("issue", "issue number", "number", "ip", "no", "iss", "journal issue", "biblio issue", "pubinfo iid", "iid", "is", "issue no", "journal issue number", "issue s", "issue identifier", "num"),
    "supplement": ("supplement",),  # Web of Science's, beside an issue or without one
    "volume issue": ("volume issue", "vol issue", "volume and issue", "vol iss", "volume number issue number", "vol no issue no", "volume issue pages", "vol issue pages", "volume issue and pages", "vol no pages", "volume number pages"),
    "pages": ("pages", "page", "pg", "page range", "page numbers", "pagination", "page s", "page info", "journal page range", "journal pages", "pp", "page nos", "pages from to", "page no", "pgs", "medlinepgn",),
    "start": ("start page", "page start", "first page", "sp", "bp", "beginning page", "biblio first page", "startpage", "artinfo ppf", "ppf", "lpages", "pages start", "starting page", "page first", "page from", "from page", "spage"),
    "end": ("end page", "page end", "last page", "ep", "ending page", "other pages", "biblio last page", "endpage", "upages", "pages end", "page last", "page to", "to page", "epage"),
    "article number": ("art no", "article number", "ar", "artn"),
    "doi": ("doi", "do", "di", "digital object identifier", "ids doi", "doi link", "article doi", "doi url", "item doi", "crossref doi", "doi number", "doi no", "doi or url", "doi id s", "url doi", "identifier doi", "external ids doi", "dois", "doi clean", "clean doi", "cleaned doi", "paper doi", "publication doi", "elocation id doi", "lid", "doi value"),
    "pmid": ("pmid", "pubmed id", "pubmedid", "medline pmid", "pm", "entrez uid", "pubmed", "ids pmid", "pubmed number", "pubmed pmid", "pubmed identifier", "pubmed unique identifier", "external ids pubmed", "pmids", "pmid number", "medline id", "medline identifier", "pubmed uid", "pubmed link", "pubmed url", "link to pubmed"),
    "pmcid": ("pmcid", "pmc id", "pmc", "pubmed central id", "ids pmcid", "pmcid pmc", "external ids pubmed central", "pmc number"),
    "issn": ("issn", "issns", "issn isbn", "sn", "issn s", "print issn", "eissn", "e issn", "ei", "jinfo issn", "serial number", "primary location source issn", "standard number", "primary location source issn l", "issn online", "issn print", "journal issn", "journal eissn", "online issn", "elec issn", "p issn", "issn l", "issn array", "electronic issn", "isbn issn", "issn linking", "linking issn", "issn electronic", "issn number"),
    "isbn": ("isbn", "isbns", "bn", "isbn s", "isbn13", "isbn 10", "eisbn"),
    "url": ("url", "urls", "link", "links", "ur", "document url", "documenturl", "external url", "source urls", "article url", "html url",
            "primary location landing page url", "plink", "permalink", "plink url", "full text link", "pdf link", "embase link", "fturl",
            "record url", "uri", "weblink", "web address", "study url", "persistent link to this record permalink", "fulltext url", "full text url", "website", "url link", "link to article", "identifier uri", "article link", "uri s",
            "hyperlink", "source url", "record link", "download url", "permanent link", "pdf url", "source linkout", "dimensions url", "result link", "url of paper", "url of article", "paper url", "paper link", "consensus link", "ee", "link to paper", "link to study", "link to full text", "webpage", "access link", "online link", "html link", "landing page url", "location url", "pubmed url", "pubmed link", "scopus link", "oa url"),
    "language": ("language", "languages", "language iso", "la", "lg", "article language", "language of original document", "language of article", "output language", "language of publication", "language of text", "text language", "lang", "publication language", "full text language", "language of full text", "original language",),
    "keywords": (
        "keywords", "author keywords", "kw", "index keywords", "de", "mesh terms", "mesh", "subjects", "subject", "subject terms",
        "ieee terms", "inspec controlled terms", "keyword", "manual tags", "automatic tags", "sug subj text", "keywords display name",
        "emtree drug index terms major focus", "emtree drug index terms", "emtree medical index terms major focus",
        "emtree medical index terms", "index terms", "mh", "sh", "keywords plus", "identifiers keywords", "descriptors",
        "subject headings", "descriptor s", "conditions", "condition", "medical condition", "medical conditions", "health condition", "identifier keywords", "keyphrase", "mesh headings", "mesh heading", "controlled subject terms", "authkeywords", "keyword list", "author keyword", "keywords author", "author supplied keywords", "indexed keywords", "index terms author", "keywords all",
        "emtree terms", "thesaurus terms", "controlled vocabulary", "mesh subject headings", "mesh list", "major subject", "minor subject",
    ),
    "type": ("type", "document type", "publication type", "publication types", "item type", "reference type", "type of reference", "doctype", "entrytype",
             "entry type", "ty", "pt", "dt", "article type", "type of work", "articletype", "pubtype", "document identifier", "bibliography type", "doctypes", "pubtypes", "content type", "type of publication", "type of document", "publication type s", "record type", "resource type", "doc type s", "subtype description", "thesis name", "type of paper", "paper type", "ref type", "type of article", "literature type", "publication form", "material type", "type of source", "genre", "source type"),
    # The source's own id, best first; then PubMed's; then what may be no more than a row number.
    "own id": (
        "eid", "accession number", "accession", "accession no", "unique identifier", "ui", "an", "ut", "ut unique wos id",
        "embase accession id", "pui", "lens id", "central id", "cinahl id", "header uiterm", "uiterm", "storeid", "accessionnumber",
        "unique wos id", "openalex id", "ids openalex", "nct number", "trial id", "covidence", "eppi id", "uid", "cochrane review id", "publication id", "isrctn", "isrctn number", "trial number", "ct number", "actrn", "eudract number",
        "crd number", "registration number", "eric number", "core id", "crd", "hal id s", "embase id", "wos id", "ethos id", "publication number",
    ),
    "record id": ("record id", "recordid", "item id", "id", "key", "citation key", "citekey", "bibtexkey", "reference id", "ref id", "internal id", "source id", "paper id"),
}  # fmt: skip

# Names in `Record.extra` for what many formats have and no field of ours holds, so that one format's tag becomes another's on the way
# through, with what tables call it; in the order of the columns that are written. All else is kept under the tag that it came with.
EXTRAS: Mapping[str, tuple[str, ...]] = {
    "citation-key": ("citation key", "citekey", "bibtexkey"),
    "note": ("note", "notes"),
    "date": ("date", "date published", "publication date", "date of publication", "cover date", "pubdate", "pub date", "pd"),
    "editor": ("editor", "editors", "book editors", "secondary authors"),
    "publisher": ("publisher", "publisher name", "pu", "assignee", "assignees", "etablissement de soutenance"),  # of a patent
    "place": ("place", "place of publication", "place published", "city", "publisher address", "country of publication"),
    "edition": ("edition",),
    "series": ("series", "series title", "book series title"),
    "conference": ("conference name", "conference", "conference title"),
    "abbreviation": ("abbreviated source title", "alternate name", "journal abbreviation", "abbreviated journal", "ja", "j9", "iso abbreviation", "alternate title1", "alternate title2"),
    "original-title": ("original title", "foreign title"),
    "short-title": ("short title",),
    "affiliation": ("affiliation", "affiliations", "institution", "author address", "author addresses", "author affiliations", "c1", "addresses"),
    "database": (
        "database", "db", "database name", "source database", "remote database name", "name of database", "source db", "datenbank", "base de datos", "base de dados",
        "base de données", "banca dati", "baza danych", "veri tabanı", "база данных", "数据库", "資料庫", "データベース", "데이터베이스",
    ),
    "provider": ("provider", "database provider"),
    "genre": ("genre", "type of work"),
    "url": ("url", "other urls"),
    "call-number": ("call number",),
    "collection-editor": ("series editor", "series editors"),
    "collection-number": ("series number",),
    "number-of-volumes": ("number of volumes",),
    "translator": ("translator",),
    "accessed": ("accessed", "access date", "date accessed", "accessdate", "urldate", "date of access"),
}  # fmt: skip

# Names in `Record.extra` of what tells a book, a report or a page from another of its title, and what each tells.
IMPRINT = {"publisher": "publisher", "number": "number", "report number": "number", "M1": "number", "edition": "edition", "date": "date"}

TOLD = "review_record"
ASIDE = " (column)"  # behind the name of a column of a table that is read, where our own have a field of that name

# In the order of the columns that are written.
FIELDS = (
    "title", "abstract", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "pmcid", "issn", "isbn", "url", "language",
    "keywords", "type", "accession",
)  # fmt: skip


_NO_LETTERS = lazy(r"[\W_]+")


def squash(name: str) -> str:
    """A column name for comparison: lower case, letters and digits only."""
    return _NO_LETTERS.sub("", _MARK.sub("", name.casefold().replace("°", "º")))


# The mark of the byte order, as R and others show it that take it for letters.
_MARK = lazy(r"\A(?:ï(?:»¿|\.\.)|ã¯â»â¿|x\.u\.feff\.|<u\+feff>)")


FIELD_OF: dict[str, tuple[str, int]] = {}
for _field, _names in COLUMNS.items():
    for _rank, _name in enumerate((*_names, *LANGUAGES.get(_field, ()))):
        FIELD_OF.setdefault(squash(_name), (_field, _rank))
# The same without their accents, as people write them who have no key for those: `Ano de publicacao`, `Resume`. A few letters may mean anything.
_SHORT = 4
for _name, _known in tuple(FIELD_OF.items()):
    if len(_plain := unaccented(_name)) > _SHORT and _plain.isascii():
        FIELD_OF.setdefault(_plain, _known)

_EXTRA_OF = {squash(word): name for name, words in EXTRAS.items() for word in (name, *words)} | {"publishedmonth": "month"}  # Covidence's


def extra_of(name: str) -> str:
    """The name in `extra` of a column that no field has taken: one that many formats share, or its own."""
    return _EXTRA_OF.get(squash(name), name)


# Colandr's; those of Dublin Core and PRISM, at Scopus's interface.
_PREFIX = lazy(r"citation[_ ]|(?:dc|dcterms|prism)[:_.]", re.IGNORECASE)
# What data frames put behind a name that two of them have, or that comes again, and what says nothing in one: `title.x`, `Author.1`, `Title of the study`.
_IDLE = lazy(r"[._][xy]$|(?<=\w\w)\.+\d{1,2}$|\bthe[ _]", re.IGNORECASE)
_LATER = 1000  # ranks behind all that have the very name
_SPOKEN = lazy(r"\[\w{0,8}\]$")  # `dc.title[en_US]`, as DSpace tells the language
LONGEST = 300  # letters of a column's name
_PATH = lazy(r"^[\w@-]+(?:[./][\w@-]+)+$")


def field_of(name: str) -> tuple[str, int] | None:
    """The field that a column name stands for and its rank there, or None.

    A path (`artinfo/aug/au/0`, `biblio.volume`) is known by its tail, without its numbers: exports that were
    JSON or XML once are flattened so.
    """
    known = FIELD_OF.get(squash(name))
    if not known and (prefix := _PREFIX.match(name)):
        known = FIELD_OF.get(squash(_SPOKEN.sub("", name[prefix.end() :])))
    idle = not known and (name[-1:] in "xyXY0123456789" or "he" in name) and len(name) <= LONGEST  # as few names
    if idle and (bare := _IDLE.sub("", name)) != name and (alike := field_of(bare)):
        return alike[0], alike[1] + _LATER
    if known or len(name) > LONGEST or not _PATH.match(name.strip()):
        return known
    parts = [p for p in (squash(p) for p in re.split(r"[./]", name)) if p and not p.isdigit()]
    for skip in range(len(parts) - 1):
        known = FIELD_OF.get("".join(parts[skip:]))
        if known:
            return known
    # A last name alone says too little (`funder/name`), but for those that only one kind of path ends in.
    return FIELD_OF.get(parts[-1]) if parts and parts[-1] in ("doctype", "pubtype", "language") else None
