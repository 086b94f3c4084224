"""Text with a field a line, `Name: value`, one small dialect each: EndNote's "Show All", Engineering Village, SciFinder, RePEc's ReDIF,
the EU's register of trials, ClinicalTrials.gov until 2024, LILACS by BIREME's iAH.

What a name means is told by the column that it stands for, as everywhere. Only names that are known begin a field: an
abstract may begin a line with `Background: `. Names: EndNote's output style "Show All Fields"; Elsevier, Engineering Village
text export; CAS, SciFinder tagged export; T. Krichel, ReDIF version 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from review.formats.base import Format, Input
from review.formats.characters.stream import first_block
from review.formats.characters.text import normalise
from review.formats.tagged.labelled import read as read_labelled
from review.formats.tagged.labels import Labels
from review.model.patterns import lazy
from review.model.record import Record, Reject

_ENDNOTE = {
    "abstract": "abstract", "accession number": "accession number", "alternate journal": "journal abbreviation", "author": "authors",
    "author address": "affiliation", "authors": "authors", "book title": "book title", "city": "place", "conference name": "conference name",
    "date": "date", "doi": "doi", "edition": "edition", "editor": "editors", "isbn": "isbn", "issn": "issn isbn", "issue": "issue", "journal": "journal",
    "keywords": "keywords", "language": "language", "name of database": "database", "database provider": "provider", "notes": "note",
    "number": "issue", "number of pages": "page count", "original publication": "original publication", "pages": "pages", "place published": "place",
    "pmcid": "pmcid", "publisher": "publisher", "record number": "record number", "reference type": "reference type", "secondary title": "secondary title",
    "series title": "series", "short title": "short title", "start page": "start page", "title": "title", "translated title": "translated title",
    "type of article": "type of article", "url": "url", "volume": "volume", "year": "year", "epub date": "epub date", "academic department": "department",
    "university": "publisher", "thesis type": "thesis type", "research notes": "research notes", "label": "label", "call number": "call number",
    "caption": "caption", "access date": "accessed", "accessed": "accessed", "institution": "publisher", "report number": "report number",
    "last update date": "last update", "link to pdf": "link to pdf", "file attachments": "file attachments", "section": "section", "legal note": "legal note",
    "nihmsid": "nihmsid", "article number": "article number", "reviewed item": "reviewed item", "reprint edition": "reprint edition", "figure": "figure",
    "time": "time", "custom 1": "custom 1", "custom 2": "custom 2", "custom 3": "custom 3", "custom 4": "custom 4",
}  # fmt: skip
_VILLAGE = {
    "abbreviated source title": "abbreviated source title", "abstract": "abstract", "accession number": "accession number",
    "author affiliation": "affiliation", "author affiliations": "affiliation", "authors": "authors", "coden": "coden", "conference date": "conference date",
    "conference location": "conference location", "conference name": "conference name", "controlled terms": "index terms", "corresponding author": "correspondence",
    "database": "database", "document type": "document type", "doi": "doi", "e-issn": "eissn", "e-isbn": "isbn", "isbn": "isbn", "isbn-10": "isbn", "isbn-13": "isbn",
    "issn": "issn", "issue": "issue", "issue date": "date", "issue title": "issue title", "language": "language", "main heading": "main heading",
    "number of references": "number of references", "pages": "pages", "part number": "part", "publication year": "year", "publisher": "publisher",
    "source": "journal", "source title": "journal", "sponsor": "sponsor", "title": "title", "title of translation": "translated title",
    "uncontrolled terms": "author keywords", "volume": "volume", "volume title": "volume title", "article number": "article number",
    "classification code": "classification", "classification codes": "classification", "funding details": "funding", "treatment": "treatment",
    "editors": "editors", "monograph title": "book title", "conference code": "conference code", "country of publication": "country",
    "inspec controlled terms": "index terms", "copyright": "copyright", "data provider": "provider", "compilation and indexing terms": "copyright",
}  # fmt: skip
_SCIFINDER = {
    "abstract": "abstract", "accession number": "accession number", "author": "authors", "coden": "coden", "corporate source": "affiliation",
    "database": "database", "digital object identifier": "doi", "document type": "document type", "internat.standard doc. number": "issn isbn",
    "isbn": "isbn", "issn": "issn", "issue": "issue", "journal title": "journal", "language": "language", "page": "pages", "publication date": "date",
    "publication year": "year", "publisher": "publisher", "pubmed id": "pubmed id", "title": "title", "url": "url", "volume": "volume",
    "concepts": "keywords", "index terms": "index terms", "supplementary terms": "author keywords", "inventor name": "authors",
    "journal title abbreviation": "journal abbreviation",
}  # fmt: skip

_REDIF = {
    "abstract": "abstract", "author-name": "authors", "classification-jel": "jel", "creation-date": "date", "doi": "doi", "editor-name": "editors",
    "file-url": "url", "handle": "accession number", "isbn": "isbn", "issn": "issn", "issue": "issue", "journal": "journal", "keywords": "keywords",
    "language": "language", "month": "month", "note": "note", "number": "report number", "pages": "pages", "provider-name": "publisher", "publication-date": "date",
    "publication-status": "publication status", "publisher-name": "publisher", "series": "series", "template-type": "type", "title": "title", "volume": "volume",
    "year": "year",
}  # fmt: skip
_TRIALS = {
    "disease": "disease", "eudract number": "eudract number", "full title": "title", "gender": "gender", "link": "url", "medical condition": "condition",
    "population age": "population age", "sponsor name": "sponsor", "sponsor protocol number": "sponsor protocol number", "start date*": "date", "start date": "date",
    "trial protocol": "trial protocol", "trial results": "trial results",
}  # fmt: skip
_STUDIES = {
    "acronym": "acronym", "age": "age", "completion date": "completion date", "conditions": "condition", "first posted": "first posted", "funded bys": "funded by",
    "interventions": "interventions", "locations": "locations", "nct number": "nct number", "other ids": "other ids", "outcome measures": "outcome measures",
    "recruitment": "recruitment", "sponsor/collaborators": "sponsor", "start date": "start date", "status": "status", "study results": "study results", "study type": "study type",
    "title": "title", "url": "url",
}  # fmt: skip
# In the languages of its pages: Portuguese, Spanish, English.
_IAH = {
    "id": "accession number", "autor": "authors", "author": "authors", "título": "title", "title": "title", "fonte": "source", "fuente": "source", "source": "source",
    "idioma": "language", "language": "language", "resumo": "abstract", "resumen": "abstract", "abstract": "abstract", "descritores": "keywords", "descriptores": "keywords",
    "descriptors": "keywords", "limites": "limits", "límites": "limits", "limits": "limits", "responsável": "responsible", "responsable": "responsible",
    "responsible": "responsible", "localização": "location", "localización": "location", "location": "location", "issn": "issn", "título em inglês": "translated title",
    "título en inglés": "translated title", "autor institucional": "corporate author", "meio eletrônico": "url", "medio electrónico": "url", "electronic medium": "url",
    "tipo de publicação": "publication type", "tipo de publicación": "publication type", "publication type": "publication type", "tese": "thesis", "tesis": "thesis",
}  # fmt: skip
_REDIF_LINE = lazy(r"([A-Z][A-Za-z]*(?:-[A-Za-z]+)*): *(.*)")


def _redif(line: str) -> tuple[str, str] | None:
    """Every name begins a field; `X-` ones are the archives' own."""
    found = _REDIF_LINE.match(line)
    if found is None:
        return None
    name = found[1].casefold()
    return name, found[2].strip().removeprefix("ReDIF-").removesuffix(" 1.0") if name == "template-type" else found[2].strip()


_LINE = lazy(r"(?:FIELD )?([A-Z][A-Za-z0-9./()* -]{1,50}?): *(.*)")
_INDENTED = lazy(r" *([^\W\d_][\w/ ]{1,30}?): *(.*)")
_NUMBERED = lazy(r" \(\d+(?:, ?\d+)*\)(?=;|$)")  # the affiliations of an author


def _label(names: Mapping[str, str]) -> Callable[[str], tuple[str, str] | None]:
    def label(line: str) -> tuple[str, str] | None:
        found = _LINE.match(line)
        name = found[1].casefold() if found else ""
        if found is None or (name not in names and not line.startswith("FIELD ")):  # which is no word of an abstract
            return None
        text = found[2].strip()
        if name == "authors":
            text = _NUMBERED.sub("", text)
        elif name.endswith("controlled terms"):
            text = text.replace(" - ", "; ")
        return name, text

    return label


def _indented(names: Mapping[str, str]) -> Callable[[str], tuple[str, str] | None]:
    def label(line: str) -> tuple[str, str] | None:
        found = _INDENTED.match(line)
        name = found[1].casefold() if found else ""
        if found is None or name not in names:
            return None
        text = found[2].strip()
        return name, text.removesuffix(".") if names[name] in ("authors", "language") else text  # LILACS ends them as sentences

    return label


_LISTS = frozenset({"authors", "keywords", "editors", "index terms", "url"})
# (what its files bear, how it reads)
_DIALECTS = (
    (
        lazy(r"^Reference Type: +\S.*\n(?:Record Number: |Author: |Title: |Year: )", re.MULTILINE),
        Labels(_label(_ENDNOTE), _ENDNOTE, opens=frozenset({"reference type"}), lists=_LISTS),
    ),
    (
        # Of one record, or of a mail, without the heading
        lazy(
            r"^(?:<RECORD \d+>\s*\n(?:.*\n){0,60}?(?:Accession number|Title): *\S|Title: *\S.*\n(?:.*\n){0,20}?(?:Abbreviated source title|Controlled terms|Main heading): *\S)",
            re.MULTILINE,
        ),
        Labels(
            _label(_VILLAGE),
            _VILLAGE,
            opens=frozenset({"title"}),
            heading=lazy(r"\s*<RECORD \d+>\s*$"),
            lists=_LISTS,
            follows=lambda line: not line.startswith("Compilation and indexing terms"),
        ),
    ),
    (
        lazy(r"^Template-[Tt]ype: *ReDIF-\w+", re.MULTILINE),
        Labels(_redif, _REDIF, opens=frozenset({"template-type"}), lists=_LISTS),
    ),
    (
        lazy(r"^EudraCT Number: *\d{4}-\d{6}-\d\d\s*\n(?:.*\n){0,9}?Full Title:", re.MULTILINE),
        Labels(_label(_TRIALS), _TRIALS, opens=frozenset({"eudract number"}), heading=lazy(r"Summary\s*$"), lists=_LISTS),
    ),
    (
        lazy(r"^Study \d+:\s*\n\s*\n? +Title: ", re.MULTILINE),
        Labels(_indented(_STUDIES), _STUDIES, heading=lazy(r"Study \d+:\s*$"), lists=_LISTS),
    ),
    (
        lazy(r"^ *Id: +\S+\s*\n(?:.*\n){0,9}? *T[ií]t(?:ulo|le):.*\n(?:.*\n){0,9}? *(?:Fonte|Fuente|Source):", re.MULTILINE),
        Labels(_indented(_IAH), _IAH, opens=frozenset({"id"}), heading=lazy(r" *\d+ */ *\d+\b.{0,40}$"), lists=_LISTS),
    ),
    (
        lazy(r"^START_RECORD\s*\n(?:.*\n){0,60}?FIELD [A-Z]", re.MULTILINE),
        Labels(
            _label(_SCIFINDER),
            _SCIFINDER,
            heading=lazy(r"START_RECORD\s*$"),
            closes=frozenset({"END_RECORD"}),
            lists=_LISTS,
        ),
    ),
)  # fmt: skip


def score(head: str) -> float:
    """0.95 for text in one of the dialects, else 0."""
    head = normalise(head)
    return 0.95 if any(mark.search(head) for mark, _ in _DIALECTS) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry, in file order. Raises FormatError where there is none."""
    head = first_block(data)
    labels = next((labels for mark, labels in _DIALECTS if mark.search(head)), _DIALECTS[0][1])
    return read_labelled(data, labels, "Reference Type: Journal Article")


FORMAT = Format("named-text", "text with a field a line", score, read)
