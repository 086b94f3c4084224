"""The endpoint, asked as Bio.Entrez asks and by hand: shapes, limits, errors, the history server."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import fromstring

import pytest
from library.made import Rec, write
from serve.faulty import running

from review.errors import UsageError
from review.library.build import build
from review.serve import service as service_module
from review.serve.history import History
from review.serve.server import make
from review.serve.service import Service

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
TOTAL = 700


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve")
    recs = [
        Rec(n, title=f"Town {n} & more", abstract="About care.", authors=(("Smith", "J"),), doi=f"10.1/{n}", entered=(2020, 1, 1 + n % 28))
        for n in range(1, TOTAL + 1)
    ]
    build([write(folder / "a.xml", recs)], folder / "x.lib")
    return folder / "x.lib"


@pytest.fixture
def service(path: Path) -> Service:
    return Service(path)


@pytest.fixture
def base(service: Service) -> Iterator[str]:
    with running(service) as url:
        yield url


def ask(base: str, tool: str, *, post: bool = False, **form: Any) -> tuple[int, str, bytes]:
    place = urlsplit(base)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    query = urlencode(form)
    if post:
        connection.request("POST", f"{place.path}{tool}.fcgi", query, {"Content-Type": "application/x-www-form-urlencoded"})
    else:
        connection.request("GET", f"{place.path}{tool}.fcgi?{query}")
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers.get("Content-Type", ""), body


def told(base: str, tool: str, **form: Any) -> Any:
    return json.loads(ask(base, tool, retmode="json", **form)[2])


@pytest.fixture
def entrez(base: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Bio.Entrez, which knows one address only, sent to ours."""
    from Bio import Entrez

    build_request = Entrez._build_request
    monkeypatch.setattr(
        Entrez,
        "_build_request",
        lambda cgi, *a, **k: build_request(cgi.replace("https://eutils.ncbi.nlm.nih.gov/entrez/eutils/", base), *a, **k),
    )
    monkeypatch.setattr(Entrez, "email", "a@example.org")
    monkeypatch.setattr(Entrez._open, "previous", 0.0)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    return Entrez


def test_bio_entrez_searches_and_fetches(entrez: Any) -> None:
    found = entrez.read(entrez.esearch(db="pubmed", term="town[ti] AND 10:12[uid]", usehistory="y"))
    assert (found["Count"], list(found["IdList"])) == ("3", ["12", "11", "10"])
    page = entrez.read(entrez.efetch(db="pubmed", WebEnv=found["WebEnv"], query_key=found["QueryKey"], retstart=1, retmax=5, retmode="xml"))
    assert [str(a["MedlineCitation"]["PMID"]) for a in page["PubmedArticle"]] == ["11", "10"]
    assert page["PubmedArticle"][0]["MedlineCitation"]["Article"]["ArticleTitle"] == "Town 11 & more"
    one = entrez.read(entrez.efetch(db="pubmed", id="5", retmode="xml"))
    assert str(one["PubmedArticle"][0]["MedlineCitation"]["PMID"]) == "5"


def test_bio_entrez_posts_summarises_and_asks_for_info(entrez: Any) -> None:
    posted = entrez.read(entrez.epost("pubmed", id=",".join(str(n) for n in range(1, 301))))
    summaries = entrez.read(entrez.esummary(db="pubmed", WebEnv=posted["WebEnv"], query_key=posted["QueryKey"], retmax=2))
    assert [s["Title"] for s in summaries] == ["Town 1 & more", "Town 2 & more"]
    assert summaries[0]["AuthorList"] == ["Smith J"]
    assert entrez.read(entrez.einfo())["DbList"] == ["pubmed"]
    info = entrez.read(entrez.einfo(db="pubmed"))["DbInfo"][0]  # its DTD of 2013 allows several
    assert info["Count"] == str(TOTAL)
    assert {"TIAB", "MESH", "UID"} <= {f["Name"] for f in info["FieldList"]}


def test_bio_entrez_sees_our_errors_as_errors(entrez: Any) -> None:
    with pytest.raises(RuntimeError, match="lives at NCBI"):
        entrez.read(entrez.esearch(db="pubmed", term="town[ti] AND systematic[sb]"))


def test_esearch_in_json(base: str) -> None:
    result = told(base, "esearch", db="pubmed", term="town[ti]", retmax=2, usehistory="y")["esearchresult"]
    assert (result["count"], result["retmax"], result["retstart"], result["idlist"]) == (str(TOTAL), "2", "0", ["700", "699"])
    assert result["querykey"] == "1"
    assert result["querytranslation"] == "town[ti]"
    none = told(base, "esearch", term="nowhere[ti]")["esearchresult"]
    assert none["count"] == "0"
    assert none["errorlist"]["phrasesnotfound"] == ["nowhere"]
    assert none["warninglist"]["outputmessages"] == ["No items found."]
    assert told(base, "esearch", term="town[ti]", rettype="count")["esearchresult"] == {"count": str(TOTAL)}
    assert (
        told(base, "esearch", term="town[ti]", mindate="2020/01/01", maxdate="2020/01/02", datetype="edat")["esearchresult"]["count"]
        == "50"
    )
    assert told(base, "esearch", term="smith", field="au", retmax=0)["esearchresult"]["idlist"] == []


def test_sets_of_the_history_can_be_combined(base: str) -> None:
    first = told(base, "esearch", term="1:10[uid]", usehistory="y")["esearchresult"]
    second = told(base, "esearch", term="5:20[uid]", usehistory="y", WebEnv=first["webenv"])["esearchresult"]
    assert (second["webenv"], second["querykey"]) == (first["webenv"], "2")
    both = told(base, "esearch", term="#1 AND #2 NOT 7[uid]", usehistory="y", WebEnv=first["webenv"])["esearchresult"]
    assert (both["count"], both["querykey"]) == ("5", "3")


def test_nothing_past_9999(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_module, "LIMIT", 500)
    found = told(base, "esearch", term="town[ti]", retmax=100_000, usehistory="y")["esearchresult"]
    assert (found["count"], found["retmax"], len(found["idlist"])) == (str(TOTAL), "500", 500)
    kept = {"WebEnv": found["webenv"], "query_key": 1}
    status, _, body = ask(base, "efetch", **kept, retstart=450, retmax=100)
    assert (status, body.count(b"<PubmedArticle>")) == (200, 50)
    assert ask(base, "efetch", **kept, retstart=500, retmax=10)[0] == 400
    status, _, body = ask(base, "esearch", term="town[ti]", retstart=500, retmode="json")
    assert status == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)
    assert b"cannot be larger than 9998" in body
    assert b"<ERROR>Search Backend failed" in ask(base, "esearch", term="town[ti]", retstart=500)[2]
    assert told(base, "esearch", term="1:3[uid]", retstart=600)["esearchresult"]["idlist"] == []


def test_not_more_than_500_summaries(base: str) -> None:
    status, _, body = ask(base, "esummary", post=True, retmode="json", id=",".join(map(str, range(1, 502))))
    assert status == 200
    assert "Maximum number of UIDs is 500" in json.loads(body)["esummaryresult"][0]
    result = told(base, "esummary", id="3,999999")["result"]
    assert result["uids"] == ["3", "999999"]
    assert result["3"]["articleids"][1]["value"] == "10.1/3"
    assert result["999999"]["error"]
    second = fromstring(ask(base, "esummary", id="3", version="2.0")[2])
    assert second.findtext("DocumentSummarySet/DocumentSummary/Title") == "Town 3 & more"
    assert fromstring(ask(base, "esummary", id="999999")[2]).findtext("ERROR")


def test_unknown_and_wrong_ids(base: str) -> None:
    status, _, body = ask(base, "efetch", id="123456789")
    assert status == 200
    assert fromstring(body).tag == "PubmedArticleSet"
    assert len(fromstring(body)) == 0
    assert ask(base, "efetch", id="abc")[0] == 400
    posted = fromstring(ask(base, "epost", id="1,999999,x")[2])
    assert {e.text for e in posted.iterfind("InvalidIdList/Id")} == {"999999", "x"}
    assert ask(base, "efetch", id="3,1", rettype="uilist", retmode="text")[2] == b"3\n1\n"
    assert ask(base, "efetch", id="3", rettype="abstract", retmode="text")[0] == 400
    assert ask(base, "esearch", db="protein", term="x")[0] == 400
    assert ask(base, "elink", id="1")[0] == 404
    assert b"Empty term" in ask(base, "esearch")[2]


def test_a_forgotten_history_is_an_error_with_status_200(base: str, service: Service) -> None:
    found = told(base, "esearch", term="town[ti]", usehistory="y")["esearchresult"]
    service.history = History()
    status, _, body = ask(base, "efetch", WebEnv=found["webenv"], query_key=1)
    assert status == 200
    assert fromstring(body).findtext("ERROR") == "Unable to obtain query #1"


def test_history_forgets_in_time() -> None:
    now = [0.0]
    history = History(lambda: now[0])
    name, key = history.put([1, 2])
    assert list(history.get(name, str(key)) or ()) == [1, 2]
    now[0] = 9 * 3600
    assert history.get(name, str(key)) is None


def test_a_refusal_is_an_error_with_its_place_never_zero_hits(base: str) -> None:
    for term in ("town", "town[foo]", "tow*[ti]", "town[mh]", "((town[ti]"):
        error = fromstring(ask(base, "esearch", term=term)[2]).findtext("ERROR") or ""
        assert "line 1, column" in error, term


def test_long_queries_by_post_and_many_at_once(base: str) -> None:
    term = " OR ".join(f"town{n}[ti]" for n in range(1500)) + " OR 5[uid]"
    assert fromstring(ask(base, "esearch", post=True, term=term)[2]).findtext("Count") == "1"
    counts: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: counts.append(told(base, "esearch", term=f"1:{n}[uid]")["esearchresult"]["count"]))
        for n in range(1, 17)
    ]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts, key=int) == [str(n) for n in range(1, 17)]


def test_the_endpoint_listens_to_this_machine_only(service: Service) -> None:
    with make(service) as server:
        assert server.server_address[0] == "127.0.0.1"
        with pytest.raises(UsageError, match="can't be used"):
            make(service, int(server.server_address[1]))


def test_records_that_a_build_adds_are_seen(tmp_path: Path) -> None:
    lib = tmp_path / "x.lib"
    build([write(tmp_path / "a.xml", [Rec(1, title="Town")])], lib)
    with running(Service(lib)) as base:
        assert told(base, "esearch", term="town[ti]")["esearchresult"]["count"] == "1"
        build([write(tmp_path / "b.xml", [Rec(2, title="Town")])], lib)
        assert told(base, "esearch", term="town[ti]")["esearchresult"]["count"] == "2"
