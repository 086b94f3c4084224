"""Our own client of PubMed against the endpoint: what was announced is what is fetched, past the limit too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from Bio import Entrez, Medline
from library.made import Rec, write
from serve.faulty import FAULTS, faulty, running

from review.errors import SourceError
from review.formats.pubmed import nbib
from review.formats.pubmed.pubmed_xml import read
from review.library.build import build
from review.model.record import Record
from review.serve import service as service_module
from review.serve.medline import medline
from review.serve.service import Service
from review.sources import pubmed
from review.sources.base import Policy, Settings
from review.sources.registry import by_name

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


class Notes(dict[str, Any]):
    def put(self, key: str, value: Any) -> None:
        self[key] = value


def test_our_client_gets_every_record_across_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lib = tmp_path / "x.lib"
    build([write(tmp_path / "a.xml", [Rec(n * 7, title=f"Town {n}") for n in range(1, 701)])], lib)
    monkeypatch.setattr(service_module, "LIMIT", 99)
    monkeypatch.setattr(pubmed, "MOST", 99)
    with running(Service(lib)) as base:
        source = by_name("pubmed").make(
            Settings(email="a@example.org", base_url=base, rate=0.0, folder=tmp_path / "rate", sleep=lambda seconds: None)
        )
        counted = source.count("town[ti] NOT 7[uid]")
        assert counted.hits == 699
        listing = source.listing("town[ti] NOT 7[uid]", counted, Notes(), lambda done: None)
        assert listing.ids is not None
        assert len(set(listing.ids)) == 699
        assert sum(n for _, n in listing.parts) == 699
        pages = list(source.fetch("town[ti] NOT 7[uid]", listing, frozenset(), ""))
        assert {i for page in pages for i in page.ids} == set(listing.ids)
        assert sum(1 for page in pages for _ in read(page.data)) == 699
        with pytest.raises(SourceError, match="no field tag"):
            source.count("towns")


def source_at(base: str, folder: Path) -> Any:
    policy = Policy(connect=2, silence=2)
    return by_name("pubmed").make(
        Settings(email="a@example.org", base_url=base, rate=0.0, folder=folder, sleep=lambda seconds: None, policy=policy)
    )


def fetched(source: Any, query: str) -> tuple[list[str], list[Record]]:
    """The PMIDs that were announced, and the records that came."""
    counted = source.count(query)
    listing = source.listing(query, counted, Notes(), lambda done: None)
    assert len(listing.ids) == counted.hits
    records = [r for page in source.fetch(query, listing, frozenset(), "") for r in read(page.data)]
    return list(listing.ids), [r for r in records if isinstance(r, Record)]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("towns")
    build([write(folder / "a.xml", [Rec(n * 7, title=f"Town {n}", abstract="A <i>council</i>.") for n in range(1, 301)])], folder / "x.lib")
    return folder / "x.lib"


@pytest.mark.parametrize("tool", ["esearch", "efetch"])
@pytest.mark.parametrize("fault", FAULTS)
def test_faults_of_the_endpoint_cost_our_client_nothing(fault: str, tool: str, towns: Path, tmp_path: Path) -> None:
    with faulty(Service(towns), tool, fault, "", fault) as base:
        ids, records = fetched(source_at(base, tmp_path), "town[ti]")
    assert len(ids) == 300
    assert sorted(r.pmid for r in records) == sorted(ids)


def test_bio_entrez_beside_our_client(towns: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An independent client: the same PMIDs, the same records, by ids and from the history server."""
    with running(Service(towns)) as base:
        original = Entrez._build_request
        for name, value in (("email", "b@example.org"), ("max_tries", 1), ("local_cache", str(tmp_path))):
            monkeypatch.setattr(Entrez, name, value)
        monkeypatch.setattr(
            Entrez,
            "_build_request",
            lambda cgi, *a, **k: original(cgi.replace("https://eutils.ncbi.nlm.nih.gov/entrez/eutils/", base), *a, **k),
        )
        ids, records = fetched(source_at(base, tmp_path), "town[ti]")
        with Entrez.esearch(db="pubmed", term="town[ti]", retmax=9_999, usehistory="y") as handle:
            found = Entrez.read(handle)
        assert sorted(found["IdList"]) == sorted(ids)
        # The parameter's name in small letters, as Biopython's tutorial has it.
        with Entrez.efetch(db="pubmed", webenv=found["WebEnv"], query_key=found["QueryKey"], retmode="xml") as handle:
            theirs = Entrez.read(handle)["PubmedArticle"]
        with Entrez.efetch(db="pubmed", id=ids[:50], rettype="medline", retmode="text") as handle:
            texts = {m["PMID"]: m["TI"] for m in Medline.parse(handle)}
    assert texts == {r.pmid: r.title for r in records if r.pmid in ids[:50]}
    told = {str(a["MedlineCitation"]["PMID"]): str(a["MedlineCitation"]["Article"]["ArticleTitle"]) for a in theirs}
    assert told == {r.pmid: r.title for r in records}


def test_medline_text_says_what_the_xml_says(shared: Callable[[str], Path]) -> None:
    """Real records as MEDLINE text, read by the reader of MEDLINE text: the same values in every field."""
    names = ("pmid", "title", "doi", "pmcid", "journal", "volume", "issue", "year", "language", "type")
    for path in sorted(shared("imports/pubmed-xml").glob("*.xml")):
        for record in read(path.read_bytes()):
            assert isinstance(record, Record)
            (again,) = nbib.read(medline(record.raw.encode()).encode())
            assert isinstance(again, Record)
            assert [getattr(again, n) for n in names] == [getattr(record, n) for n in names], record.pmid
            assert again.abstract.split() == record.abstract.split()


def test_an_expired_history_is_told_as_the_service_tells_it(towns: Path) -> None:
    service = Service(towns)
    answer = service.answer("efetch", {"db": "pubmed", "WebEnv": "MCID_gone", "query_key": "1"})
    assert answer is not None
    assert (answer.status, b"<ERROR>Unable to obtain query #1</ERROR>" in answer.body) == (200, True)
    assert answer.body.startswith(b'<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eEfetchResult PUBLIC')
