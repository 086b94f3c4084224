"""JSON as the interfaces of databases, publishers and repositories answer, under CSL's names: one row of paths a service.

What no row names is kept under its own. Paths: the services' API references (dev.elsevier.com, doaj.org/api, eric.ed.gov/?api,
dev.springernature.com, developer.ieee.org, developers.zenodo.org, developer.osf.io, ui.adsabs.harvard.edu/help/api,
github.com/inspirehep/rest-api-doc, developer.clarivate.com, docs.figshare.com, docs.dimensions.ai, dev.mendeley.com, api.biorxiv.org,
base-search.net/about/download, developers.exlibrisgroup.com/primo, dblp.org/faq/13501473, okfnlabs.org/bibjson, graph.openaire.eu/docs, unpaywall.org/data-format), and what Paperpile, ReadCube and Publish or Perish write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Work = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Service:
    """How one service writes a work. label: its name, for people. marks: paths that each of its works has. fields: CSL's name -> paths, the
    first that is there."""

    label: str
    marks: tuple[str, ...]
    fields: Mapping[str, str]


def _service(label: str, marks: str, **fields: str) -> Service:
    return Service(label, tuple(marks.split()), {name.replace("_", "-"): paths for name, paths in fields.items()})


SERVICES = (
    _service(
        "bioRxiv or medRxiv", "jatsxml server", author="authors", issued="date", type="type", container_title="server",
    ),
    _service(
        "Scopus or ScienceDirect", "dc:title", title="dc:title", author="author authors.author dc:creator", abstract="dc:description", issued="prism:coverDate", container_title="prism:publicationName",
        volume="prism:volume", issue="prism:issueIdentifier", page="prism:pageRange article-number", page_first="prism:startingPage", page_last="prism:endingPage",
        DOI="prism:doi", PMID="pubmed-id", ISSN="prism:issn", ISBN="prism:isbn", keywords="authkeywords", type="subtypeDescription prism:aggregationType",
        accession="eid dc:identifier", URL="prism:url",
    ),
    _service(
        "DOAJ", "bibjson", title="bibjson.title", author="bibjson.author", abstract="bibjson.abstract", issued="bibjson.year", month="bibjson.month", container_title="bibjson.journal.title",
        volume="bibjson.journal.volume", issue="bibjson.journal.number", page_first="bibjson.start_page", page_last="bibjson.end_page", DOI="bibjson.identifier[doi].id",
        ISSN="bibjson.journal.issns bibjson.identifier[eissn].id", keywords="bibjson.keywords", language="bibjson.journal.language", URL="bibjson.link.url",
        publisher="bibjson.journal.publisher", accession="id",
    ),
    _service(
        "ERIC", "publicationdateyear", author="author", abstract="description", issued="publicationdateyear", keywords="subject", type="publicationtype", ISSN="issn", URL="url",
        accession="id", citation="source",
    ),
    _service(
        "Springer Nature", "creators publicationName", author="creators.creator", issued="publicationDate", container_title="publicationName", issue="number", page_first="startingPage",
        page_last="endingPage", DOI="doi", ISSN="issn eIssn", ISBN="isbn", keywords="keyword", URL="url.value", type="contentType", abstract="abstract.p abstract",
    ),
    _service(
        "IEEE Xplore", "publication_title", author="authors.authors", issued="publication_year publication_date", container_title="publication_title", page_first="start_page",
        page_last="end_page", DOI="doi", ISSN="issn", ISBN="isbn", keywords="index_terms.author_terms.terms index_terms.ieee_terms.terms", URL="html_url", type="content_type",
        accession="article_number",
    ),
    _service(
        "Zenodo", "metadata.creators metadata.title", title="metadata.title", author="metadata.creators.person_or_org metadata.creators", abstract="metadata.description",
        issued="metadata.publication_date", container_title="metadata.journal.title custom_fields.journal:journal.title", volume="metadata.journal.volume custom_fields.journal:journal.volume",
        issue="metadata.journal.issue custom_fields.journal:journal.issue", page="metadata.journal.pages custom_fields.journal:journal.pages",
        DOI="metadata.doi doi pids.doi.identifier", keywords="metadata.keywords metadata.subjects.subject", language="metadata.language metadata.languages.id",
        type="metadata.resource_type.subtype metadata.resource_type.type metadata.resource_type.id", URL="links.html links.self_html", accession="id",
    ),
    _service(
        "INSPIRE", "metadata.titles", title="metadata.titles.title", author="metadata.authors", abstract="metadata.abstracts.value", issued="metadata.publication_info.year metadata.earliest_date",
        container_title="metadata.publication_info.journal_title", volume="metadata.publication_info.journal_volume", issue="metadata.publication_info.journal_issue",
        page_first="metadata.publication_info.page_start", page_last="metadata.publication_info.page_end", DOI="metadata.dois.value", keywords="metadata.keywords.value",
        type="metadata.document_type", accession="id",
    ),
    _service(
        "OSF", "attributes.title attributes.description", title="attributes.title", abstract="attributes.description", issued="attributes.date_published attributes.date_created",
        DOI="attributes.doi attributes.article_doi links.preprint_doi", keywords="attributes.tags", URL="links.html", type="type", accession="id",
    ),
    _service(
        "NASA ADS", "bibcode", author="author", issued="year pubdate", container_title="pub", page="page_range page", DOI="doi", ISSN="issn", keywords="keyword", type="doctype", accession="bibcode",
    ),
    _service(
        "Web of Science", "uid names", author="names.authors", issued="source.publishYear", container_title="source.sourceTitle", volume="source.volume", issue="source.issue",
        page="source.pages.range", DOI="identifiers.doi", PMID="identifiers.pmid", ISSN="identifiers.issn identifiers.eissn", ISBN="identifiers.isbn",
        keywords="keywords.authorKeywords", type="types", accession="uid", URL="links.record",
    ),
    _service(  # the API Expanded, whose lists of one are objects
        "Web of Science", "static_data.summary", title="static_data.summary.titles.title[item].content", author="static_data.summary.names.name[author]",
        abstract="static_data.fullrecord_metadata.abstracts.abstract.abstract_text.p", issued="static_data.summary.pub_info.pubyear",
        container_title="static_data.summary.titles.title[source].content", volume="static_data.summary.pub_info.vol", issue="static_data.summary.pub_info.issue",
        page="static_data.summary.pub_info.page.content", DOI="dynamic_data.cluster_related.identifiers.identifier[doi].value",
        PMID="dynamic_data.cluster_related.identifiers.identifier[pmid].value", ISSN="dynamic_data.cluster_related.identifiers.identifier[issn].value",
        ISBN="dynamic_data.cluster_related.identifiers.identifier[isbn].value", keywords="static_data.fullrecord_metadata.keywords.keyword",
        language="static_data.fullrecord_metadata.languages.language.content", type="static_data.summary.doctypes.doctype", accession="UID",
        publisher="static_data.summary.publishers.publisher.names.name.full_name",
    ),
    _service(  # in small letters what the API has in both
        "Semantic Scholar's datasets", "corpusid externalids", author="authors", issued="publicationdate year", container_title="journal.name venue", volume="journal.volume", page="journal.pages",
        DOI="externalids.DOI", PMID="externalids.PubMed", PMCID="externalids.PubMedCentral", type="publicationtypes", accession="corpusid", URL="url",
    ),
    _service(
        "figshare", "defined_type_name", author="authors", abstract="description", issued="published_date", keywords="tags keywords", type="defined_type_name", URL="url_public_html figshare_url url",
        accession="id", DOI="doi",
    ),
    _service(
        "Dimensions", "authors.first_name journal.title", author="authors", issued="year date", container_title="journal.title", page="pages", accession="id", DOI="doi", ISSN="issn", keywords="concepts",
    ),
    _service(
        "Mendeley", "identifiers source authors", author="authors", issued="year", container_title="source", page="pages", DOI="identifiers.doi", PMID="identifiers.pmid", ISSN="identifiers.issn",
        ISBN="identifiers.isbn", URL="websites", accession="id",
    ),
    _service(
        "Paperpile", "_id pubtype", author="author", issued="published.year", container_title="journalfull journal", page="pages", DOI="doi", PMID="pmid", ISSN="issn", keywords="keywords",
        type="kind pubtype", accession="_id", URL="url",
    ),
    _service(
        "ReadCube Papers", "article.title ids", title="article.title", author="article.authors", abstract="article.abstract", issued="article.year", container_title="article.journal", volume="article.volume",
        issue="article.issue", page="article.pagination", DOI="ids.doi", PMID="ids.pmid", PMCID="ids.pmcid", ISSN="article.issn", URL="article.url", accession="id", type="item_type type",
    ),
    _service(
        "Virtual Health Library or SciELO", "ti au ta", title="ti", author="au", abstract="ab", issued="dp da year_cluster", container_title="ta", ISSN="is issn", DOI="doi",
        keywords="mh", language="la", URL="ur", type="type", accession="id", citation="fo",
    ),
    _service(
        "EU Clinical Trials Information System", "ctNumber ctTitle", title="ctTitle", issued="startDateEU decisionDateOverall decisionDate", keywords="conditions", accession="ctNumber",
    ),
    _service(
        "Publish or Perish", "cites_url", author="authors", issued="year", container_title="source", page_first="startpage", page_last="endpage", DOI="doi", ISSN="issn", URL="article_url",
    ),
    _service(
        "findpapers", "publication_date publication.title", author="authors", issued="publication_date", container_title="publication.title", page="pages", DOI="doi",
        ISSN="publication.issn", ISBN="publication.isbn", keywords="keywords", URL="urls", type="publication.category", publisher="publication.publisher",
    ),
    _service(
        "DBLP", "info.title info.venue", title="info.title", author="info.authors.author", issued="info.year", container_title="info.venue", volume="info.volume", issue="info.number",
        page="info.pages", DOI="info.doi", type="info.type", URL="info.ee info.url", accession="info.key", publisher="info.publisher",
    ),
    _service(
        "Primo", "pnx.display", title="pnx.display.title", author="pnx.addata.au pnx.display.creator", abstract="pnx.addata.abstract pnx.display.description",
        issued="pnx.addata.risdate pnx.addata.date pnx.display.creationdate", container_title="pnx.addata.jtitle", volume="pnx.addata.volume", issue="pnx.addata.issue",
        page_first="pnx.addata.spage", page_last="pnx.addata.epage", page="pnx.addata.pages", DOI="pnx.addata.doi", PMID="pnx.addata.pmid", ISSN="pnx.addata.issn pnx.addata.eissn",
        ISBN="pnx.addata.isbn", keywords="pnx.display.subject", language="pnx.display.language", type="pnx.display.type", publisher="pnx.display.publisher",
        accession="pnx.control.recordid", citation="pnx.display.ispartof",
    ),
    _service(
        "OpenAIRE", "mainTitle author", title="mainTitle", author="author", abstract="descriptions", issued="publicationDate", container_title="container.name", volume="container.vol",
        issue="container.iss", page_first="container.sp", page_last="container.ep", DOI="pids[doi].value", PMID="pids[pmid].value", PMCID="pids[pmc].value",
        ISSN="container.issnPrinted container.issnOnline", keywords="subjects.subject.value", language="language.code", type="type", accession="id", subtitle="subTitle",
    ),
    _service(
        "Unpaywall", "z_authors", author="z_authors", issued="year published_date", container_title="journal_name", ISSN="journal_issns", DOI="doi", URL="doi_url", type="genre",
    ),
    _service(
        "BASE", "dctitle", title="dctitle", author="dccreator dcperson", abstract="dcdescription", issued="dcyear dcdate", keywords="dcsubject", DOI="dcdoi", language="dclang dclanguage", URL="dclink dcidentifier",
        publisher="dcpublisher", type="dctype", citation="dcsource", accession="dcdocid",
    ),
    *(
        _service(
            "BibJSON", f"title {mark}", author="author", issued="year date", container_title="journal.name journal.title", volume="journal.volume volume", issue="journal.number journal.issue number issue",
            page="journal.pages pages", DOI="identifier[doi].id doi", PMID="identifier[pmid].id", PMCID="identifier[pmcid].id", ISSN="journal.issn journal.identifier[issn].id identifier[issn].id",
            ISBN="identifier[isbn].id", URL="link.url url", container_title_short="journal.shortcode",
        )
        for mark in ("journal.name", "identifier.type identifier.id")
    ),
)  # fmt: skip

_ONE_OF_MANY = frozenset({"author", "keywords", "ISSN", "ISBN"})
_SEVERAL = {
    **dict.fromkeys(_ONE_OF_MANY, ""),
    "type": "; ",
    "language": "; ",
    "abstract": "\n",
}  # what may be several, and what joins those as one text


def marks() -> list[tuple[str, tuple[str, ...]]]:
    """For each service, its name and what is named in the text of each of its works."""
    return [(service.label, tuple(name for mark in service.marks for name in mark.split("."))) for service in SERVICES]


def service_of(work: Work) -> Service | None:
    """The service that writes its works so."""
    return next((s for s in _with_names(frozenset(work)) if all(_is_there(work, mark.split(".")) for mark in s.marks)), None)


@lru_cache(1 << 10)  # the works of a file have few sets of names
def _with_names(names: frozenset[str]) -> tuple[Service, ...]:
    """The services whose paths begin with some of these names."""
    return tuple(s for s in SERVICES if names.issuperset(mark.partition(".")[0] for mark in s.marks))


def read(work: Work) -> Work | None:
    """The work under CSL's names, or None where it is of no service here. Changes what it is given."""
    service = service_of(work)
    if service is None:
        return None
    found: dict[str, list[Any]] = {}
    more: Work = {}  # of what a reference has one of
    for name, paths in service.fields.items():
        for path in paths.split():
            if values := _taken(work, path.split(".")):
                found[name] = values
                if name not in _SEVERAL and len(values) > 1:
                    more[path] = values[1:]
                break
    pages = [str(v[0]) for name in ("page-first", "page-last") if (v := found.pop(name, [])) and v[0]]
    if pages and not found.get("page"):
        found["page"] = ["-".join(pages)]
    return {**_pruned(work), **more, **{name: _told(name, values) for name, values in found.items()}}


def _told(name: str, values: list[Any]) -> Any:
    """The value as CSL has it: one, but of people and words; a path that gives several texts for a type gives them all."""
    if name in _ONE_OF_MANY:
        return values[0] if len(values) == 1 and isinstance(values[0], str) else values
    texts = [str(v) for v in values if isinstance(v, str | int)]
    between = _SEVERAL.get(name)
    return between.join(texts) if between else texts[0] if texts else None


def _is_there(value: Any, path: list[str]) -> bool:
    value = next(iter(value), None) if isinstance(value, list) else value
    return isinstance(value, dict) and path[0] in value and (len(path) == 1 or _is_there(value[path[0]], path[1:]))


def _taken(value: Any, path: list[str]) -> list[Any]:
    """What stands at the path, taken out of its place: lists on the way and at its end give all that is in them, `[kind]` those whose type, role or scheme is that."""
    head, kind = path[0].removesuffix("]").split("[") if "[" in path[0] else (path[0], "")
    if isinstance(value, list):
        return [found for one in value for found in _taken(one, path)]
    if not isinstance(value, dict) or head not in value:
        return []
    if kind:
        several = value[head] if isinstance(value[head], list) else [value[head]]
        some = [one for one in several if isinstance(one, dict) and kind in (one.get("type"), one.get("role"), one.get("scheme"))]
        found = _taken(some, path[1:]) if len(path) > 1 else [dict(one) for one in some]
        for one in some:
            if len(path) == 1 or one.keys() <= {"type", "scheme"}:  # of what is taken
                one.clear()
        return found
    if len(path) == 1:
        found = value[head]
        several = found if isinstance(found, list) else [found]
        if all(isinstance(one, dict) for one in several) and head not in _PEOPLE:
            return []  # a structure where a text was looked for
        del value[head]
        return [one for one in several if one not in (None, "")]
    return _taken(value[head], path[1:])


_PEOPLE = frozenset({"author", "authors", "z_authors", "creators", "creator", "person_or_org"})


def _pruned(value: Any) -> Any:
    """The same without what is empty now."""
    if isinstance(value, dict):
        return {name: kept for name, one in value.items() if (kept := _pruned(one)) not in ({}, [], None, "")}
    if isinstance(value, list):
        return [kept for one in value if (kept := _pruned(one)) not in ({}, [], None, "")]
    return value
