"""Services on loopback that behave as PubMed and Europe PMC do, and misbehave on demand.

A fault is a name in `FAULTS`, given to the requests that `service.plan(request number, form)` picks.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Form = dict[str, str]
LIMIT = 9_999
HTML = b"<!DOCTYPE html>\n<html><head><title>NCBI - WWW Error Blocked Diagnostic</title></head><body>Server Error</body></html>"
ERROR = '<?xml version="1.0" encoding="UTF-8" ?>\n<{root}>\n\t<ERROR>{text}</ERROR>\n</{root}>'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    "<{root}><Count>0</Count>&b;</{root}>"
)
# Faults that are the same for every service, and pass if the request is repeated.
PASSING = ("429", "429 with status 200", "500", "502", "503", "504", "html", "truncated", "cut", "cut in chunks", "empty", "reset")
# Faults that only the E-utilities have.
EUTILS = ("backend", "outage", "history", "error beside a count", "error", "proxy", "bomb", "malformed", "no count")


class Service:
    """What the two have in common: a port, a log of requests, and faults."""

    path = "/"

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self.port = 9
        self.log: list[tuple[float, str, Form]] = []
        self.faults: list[str] = []  # taken one by one, by the requests that `wanted` picks
        self.wanted: Callable[[str, Form], bool] = lambda tool, form: True
        self.always = ""
        self.retry_after = ""
        self.lock = threading.Lock()
        self.before: Callable[[str, Form], None] = lambda tool, form: None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"

    def asked(self, tool: str = "") -> list[Form]:
        return [form for _, name, form in self.log if not tool or name == tool]

    def answer(self, tool: str, form: Form) -> tuple[int, str, bytes]:
        raise NotImplementedError

    def fault(self, name: str, tool: str, form: Form) -> tuple[int, str, bytes]:
        """Status, type and body of a misbehaviour that can be said in a whole answer."""
        limited = b'{"error":"API rate limit exceeded","api-key":"%s","count":"4","limit":"3"}' % form.get("api_key", "1.2.3.4").encode()
        plain = {
            "429": (429, limited), "429 with status 200": (200, limited), "500": (500, HTML), "502": (502, b"Bad Gateway"), "503": (503, b""),
            "504": (504, b"upstream"), "html": (200, HTML), "empty": (200, b""), "403": (403, HTML), "404": (404, HTML), "414": (414, HTML),
            "302": (302, b""), "text": (200, b"Unable to route request!"),
            "bad key": (400, b'{"error":"API key invalid","api-key":"%s","type":"api"}' % form.get("api_key", "").encode()),
        }  # fmt: skip
        if name in plain:
            status, body = plain[name]
            return status, "text/html", body
        return self.own_fault(name, tool, form)

    def own_fault(self, name: str, tool: str, form: Form) -> tuple[int, str, bytes]:
        raise KeyError(name)

    @contextmanager
    def running(self) -> Iterator[Any]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        server.daemon_threads = True
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # headers and body are two writes: without this, each answer waits 40 ms
            wbufsize = 1 << 16

            def log_message(self, *args: object) -> None:
                pass

            def handle(self) -> None:
                with suppress(ConnectionError):  # the client hung up: that is what some tests are about
                    super().handle()

            def finish(self) -> None:
                with suppress(ConnectionError):
                    super().finish()

            def do_GET(self) -> None:
                self.serve(urlsplit(self.path).query)

            def do_POST(self) -> None:
                self.serve(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

            def serve(self, query: str) -> None:
                tool = urlsplit(self.path).path.removeprefix(service.path).removesuffix(".fcgi")
                form = {k: v[-1] for k, v in parse_qs(query, keep_blank_values=True).items()}
                with service.lock:
                    service.log.append((time.time(), tool, form))
                    service.before(tool, form)
                    name = service.always or (service.faults.pop(0) if service.faults and service.wanted(tool, form) else "")
                    whole = service.answer(tool, form)
                if name in ("cut", "cut in chunks", "reset", "stall", "drip"):
                    self.break_off(name, whole[2])
                    return
                if name == "truncated":
                    whole = (whole[0], whole[1], whole[2][: len(whole[2]) // 2])
                elif name:
                    whole = service.fault(name, tool, form)
                self.reply(*whole)

            def reply(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                if service.retry_after and status in (429, 503):
                    self.send_header("Retry-After", service.retry_after)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.end_headers()
                self.wfile.write(body)

            def break_off(self, name: str, body: bytes) -> None:
                self.close_connection = True
                if name == "reset":
                    return
                self.send_response(200)
                if name == "cut in chunks":
                    self.send_header("Transfer-Encoding", "chunked")
                    self.end_headers()
                    half = body[: len(body) // 2]
                    self.wfile.write(b"%x\r\n%s\r\n%x\r\nab" % (len(half), half, len(body)))
                    self.wfile.flush()
                    return
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if name == "drip":
                    for i in range(len(body)):
                        service.left = len(body) - i
                        self.wfile.write(body[i : i + 1])
                        self.wfile.flush()
                        time.sleep(0.02)
                self.wfile.write(body[: len(body) // 2])
                self.wfile.flush()
                if name == "stall":
                    time.sleep(1.5)

        return Handler


class Eutils(Service):
    """PubMed: 9,999 records of a query and not one more, silently; UID ranges; QueryTranslation and its two lists."""

    path = "/entrez/eutils/"

    def __init__(self, total: int = 0, step: int = 3) -> None:
        super().__init__(total)
        self.pmids = [1_000 + n * step for n in range(total)]
        self.unknown: set[str] = set()  # listed, but not to be had
        self.clamp = LIMIT  # ids that a list gives at most
        self.page = 10_000  # records that a page gives at most
        self.twice: set[str] = set()  # given twice in their page
        self.wrong = ""  # a PMID that comes instead of those asked for
        self.drift: list[int] = []  # added to the count of each further search
        self.lost = 0  # of every range, so many are not counted

    def hits(self, term: str) -> list[int]:
        ranged = re.fullmatch(r"\((.*)\) AND (\d+):(\d+)\[UID\]", term, re.DOTALL)
        query = ranged[1] if ranged else term
        found = [] if "nothing" in query else self.pmids[: int(m[1])] if (m := re.search(r"first (\d+)", query)) else self.pmids
        if ranged:
            found = [p for p in found if int(ranged[2]) <= p <= int(ranged[3])][self.lost :]
        return found

    def answer(self, tool: str, form: Form) -> tuple[int, str, bytes]:
        kind = "text/xml; charset=UTF-8"
        if tool == "einfo":
            return (
                200,
                kind,
                b"<eInfoResult><DbInfo><DbName>pubmed</DbName><DbBuild>Build-2025.11.27.06.33</DbBuild><LastUpdate>2025/11/27 06:33</LastUpdate></DbInfo></eInfoResult>",
            )
        if tool == "esearch":
            return 200, kind, self.search(form).encode()
        if tool == "efetch":
            return self.fetch(form)
        return 404, "text/html", HTML

    def search(self, form: Form) -> str:
        found = self.hits(form["term"])
        start, most = int(form.get("retstart", 0)), min(int(form.get("retmax", 20)), self.clamp)
        if start > LIMIT - 1:
            return ERROR.format(root="eSearchResult", text="'retstart' cannot be larger than 9998.")
        ids = found[start : min(start + most, LIMIT)]
        count = len(found) + (self.drift.pop(0) if self.drift else 0)
        lists = ""
        if not found:
            lists = "<ErrorList><PhraseNotFound>nothing</PhraseNotFound></ErrorList><WarningList><OutputMessage>No items found.</OutputMessage></WarningList>"
        return (
            '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n'
            f"<eSearchResult><Count>{count}</Count><RetMax>{len(ids)}</RetMax><RetStart>{start}</RetStart><IdList>"
            + "".join(f"\n<Id>{i}</Id>" for i in ids)
            + '</IdList><TranslationSet><Translation><From>towns</From><To>"cities"[MeSH Terms] OR "towns"[All Fields]</To></Translation></TranslationSet>'
            + f'<QueryTranslation>"towns"[All Fields] &amp; {len(form["term"])}</QueryTranslation>{lists}</eSearchResult>'
        )

    def fetch(self, form: Form) -> tuple[int, str, bytes]:
        asked = [i for i in form.get("id", "").split(",") if i]
        known = set(self.pmids)
        given = [i for i in asked if i.isdigit() and int(i) in known and i not in self.unknown][: self.page]
        if self.wrong:
            given = [self.wrong]
        if not any(i.isdigit() for i in asked):
            return 400, "text/xml", ERROR.format(root="eFetchResult", text="ID list is empty! Possibly it has no correct IDs.").encode()
        entries = "".join(article(i) * (2 if i in self.twice else 1) for i in given)
        text = (
            '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
            f"<PubmedArticleSet>{entries}</PubmedArticleSet>"
        )
        return 200, "text/xml", text.encode()

    def own_fault(self, name: str, tool: str, form: Form) -> tuple[int, str, bytes]:
        root = {"esearch": "eSearchResult", "efetch": "eFetchResult", "einfo": "eInfoResult"}[tool]
        told = {
            "backend": "Search Backend failed: Unable to open connection to #PMQuerySrv?dbaf=pubmed",
            "outage": "Search Backend failed: Database is not supported: pubmed",
            "history": "Unable to obtain query #1",
            "error": f"Something that nobody has seen before (key {form.get('api_key', '')})",
        }
        if name in told:
            return 200, "text/xml", ERROR.format(root=root, text=told[name]).encode()
        if name == "proxy":
            return (
                400,
                "text/xml",
                ERROR.format(root="eFetchResult", text="Error: proxy_stream(): Failed to connect to PubOne service").encode(),
            )
        if name == "error beside a count":
            return (
                200,
                "text/xml",
                f"<{root}><Count>0</Count><RetMax>0</RetMax><IdList/><ERROR>cannot connect, try again</ERROR></{root}>".encode(),
            )
        if name == "no count":
            return 200, "text/xml", f"<{root}><IdList/></{root}>".encode()
        if name == "bomb":
            return 200, "text/xml", BOMB.format(root="PubmedArticleSet" if tool == "efetch" else root).encode()
        if name == "malformed":
            return 200, "text/xml", f"<{'PubmedArticleSet' if tool == 'efetch' else root}><a></b></{root}>".encode()
        raise KeyError(name)


def article(pmid: str) -> str:
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID><Article><Journal><Title>Journal of Places</Title></Journal>'
        f"<ArticleTitle>Towns &amp; caf&eacute;s, part {pmid}</ArticleTitle><Abstract><AbstractText>About a town.</AbstractText></Abstract></Article>"
        f"<CommentsCorrectionsList><CommentsCorrections><PMID>7</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation>"
        f'<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>\n'
    )


class EuropePMC(Service):
    """Europe PMC: pages by cursor; the last page has no cursor to go on from."""

    path = "/europepmc/webservices/rest/"

    def __init__(self, total: int = 0) -> None:
        super().__init__(total)
        self.announced: int | None = None
        self.drift: list[int] = []
        self.circle = False

    def answer(self, tool: str, form: Form) -> tuple[int, str, bytes]:
        if tool != "searchPOST":
            return 404, "text/html", HTML
        query = form["query"]
        total = 0 if "nothing" in query else int(m[1]) if (m := re.search(r"first (\d+)", query)) else self.total
        size, start = int(form.get("pageSize", 25)), 0 if form.get("cursorMark", "*") == "*" else int(form["cursorMark"][2:])
        if self.circle and start:
            start = 0
        last = min(start + size, total)
        count = (total if self.announced is None else self.announced) + (self.drift.pop(0) if self.drift else 0)
        results = [
            {"id": str(n), "source": "MED", "pmid": str(n), "title": f"Towns &amp; caf\u00e9s, part {n}", "authorList": {"author": [{"lastName": "Maker", "firstName": "A"}]},
             "journalInfo": {"journal": {"title": "Journal of Places"}, "volume": "3"}, "pubYear": "2011", "abstractText": "<h4>Aim</h4>About a town."}
            if form.get("resultType") == "core" else {"id": str(n), "source": "MED"}
            for n in range(1_000 + start, 1_000 + last)
        ]  # fmt: skip
        data: dict[str, Any] = {
            "version": "6.9",
            "hitCount": count,
            "request": {"queryString": query, "resultType": form.get("resultType")},
        }
        if last < total:
            data["nextCursorMark"] = f"Ao{last}"
        data["resultList"] = {"result": results}
        return 200, "application/json;charset=UTF-8", json.dumps(data, ensure_ascii=False).encode()

    def own_fault(self, name: str, tool: str, form: Form) -> tuple[int, str, bytes]:
        told = {
            "error": {"version": "6.9", "errCode": 500, "errMsg": "Something that nobody has seen before"},
            "no count": {"version": "6.9", "resultList": {"result": []}},
        }
        return 200, "application/json", json.dumps(told[name]).encode()


SERVICES: dict[str, Callable[[int], Service]] = {"pubmed": Eutils, "europepmc": EuropePMC}
