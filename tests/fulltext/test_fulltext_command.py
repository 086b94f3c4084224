"""Files put beside a review, fetched, and checked against the quotes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from fulltext.made import JATS, pdf
from support import TITLES, Small

from review.fulltext.open_copies import OpenCopies
from review.model.record import Record, Report

KEY = "alpha:A-000002"


@pytest.mark.slow
def test_a_file_is_matched_kept_by_its_hash_and_left_out_of_git(finished: Small) -> None:
    (finished.root / "paper.pdf").write_bytes(pdf(title=TITLES[2]))
    (finished.root / "page.pdf").write_bytes(b"<html>")
    told = finished("fulltext", "add", "paper.pdf", "page.pdf", "--as", "AB", code=3)
    assert f"added     paper.pdf: {KEY}" in told.stdout
    assert "web page" in told.stdout
    assert finished.json("fulltext", "add", "paper.pdf", "--as", "AB")[0]["state"] == "known"
    (kept,) = (finished.root / "fulltexts" / "small").iterdir()
    assert "*" in (finished.root / "fulltexts" / ".gitignore").read_text().splitlines()
    (finished.root / "papers").mkdir()
    (finished.root / "papers" / "thesis.docx").write_bytes(b"PK")
    (finished.root / "papers" / "paper.pdf").write_bytes(pdf(title=TITLES[2]))
    told = finished("fulltext", "add", "papers", "--as", "AB")
    assert "papers/thesis.docx: left: not a PDF" in told.stderr
    assert "known     papers/paper.pdf" in told.stdout
    states = {line["report"]: line["state"] for line in finished.json("fulltext", "status")}
    assert states[KEY] == "retrieved"
    assert "not retrieved" in states.values()
    kept.rename(kept.with_name("renamed.pdf"))
    assert finished.json("check")["quotes"]
    assert "1 of 1 have the sha256" in finished("doctor").stdout
    renamed = kept.with_name("renamed.pdf")
    renamed.rename(kept)
    kept.write_bytes(b"%PDF-1.7 another")
    assert "was changed" in finished("doctor", code=4).stdout
    kept.unlink()
    assert "1 are not on this machine" in finished("doctor").stdout


def test_a_full_text_that_comes_after_the_word_is_asked_for_again(finished: Small) -> None:
    guide = "A guide for town halls"

    def lost() -> tuple[int, int, list[str]]:
        states = {line["title"]: line["state"] for line in finished.json("fulltext", "status")}
        flow = json.loads((finished.reports / "flow.json").read_text())["flow"]
        listed = (finished.reports / "lists" / "other-not-retrieved.csv").read_text()
        return flow["other"]["not_retrieved"], listed.count(guide), [t for t, state in states.items() if state == "not retrieved"]

    finished("run")
    assert lost() == (1, 1, [guide])
    (finished.root / "guide.txt").write_text("A guide for town halls\n\nHow to open a town hall.", encoding="utf-8")
    key = next(line["report"] for line in finished.json("fulltext", "status") if line["title"] == guide)
    told = finished("fulltext", "add", "guide.txt", "--as", "EF", "--for", key)
    assert "it was not retrieved before, and waits for its reviewers again" in told.stdout
    assert "waits for AB: 1 full-text decision" in finished("run").stdout
    assert lost() == (0, 0, [])
    assert [
        line["left"] for line in finished.json("status", "--as", "AB") if line["phase"] == "full-text" and line["role"] == "reviewer"
    ] == [1]
    told = finished("trace", key).stdout
    assert "full text not retrieved" in told
    assert "Now: awaits decisions at full-text" in " ".join(told.split())
    finished.decide("AB", {guide: "not retrieved"}, "full-text", {guide: "another guide"})
    finished("run")
    assert lost() == (1, 1, [guide])


def test_a_quote_that_is_not_there_fails_the_strict_check(finished: Small) -> None:
    (finished.root / "paper.pdf").write_bytes(pdf(title=TITLES[2]))
    finished("fulltext", "add", "paper.pdf", "--as", "AB")
    finished("check", "--strict")
    rows = [
        {"title": TITLES[2], "question": "Q1", "field": "country", "value": "UK", "quote": "the effect was RR 0.92", "locator": "p. 120"},
        {"title": TITLES[2], "question": "Q1", "field": "n", "value": "14", "quote": "We interviewed 14 managers", "locator": "p. 119"},
    ]
    for who in ("AB", "CD"):
        finished("extraction", "import", finished.table("more.csv", rows), "--as", who)
    told = finished("check", "--strict", code=3)
    assert "not found in the document: alpha:A-000002 Q1.country" in told.stdout
    assert "found on another page: alpha:A-000002 Q1.n: “We interviewed 14 managers” (p. 119); it stands at p. 120" in told.stdout
    finished("check")


def test_a_quote_of_a_report_without_a_file_is_not_called_missing(finished: Small) -> None:
    row = {"title": TITLES[2], "question": "Q1", "field": "country", "value": "UK", "quote": "the effect was RR 0.92", "locator": "p. 120"}
    for who in ("AB", "CD"):
        finished("extraction", "import", finished.table("more.csv", [row]), "--as", who)
    told = finished("check", "--strict", code=3).stdout
    assert "there is no full text to look in: alpha:A-000002 Q1.country: “the effect was RR 0.92” (p. 120)" in told
    finished("run")
    page = (finished.reports / "report.md").read_text()
    assert "there is no full text to look in" in page
    assert "not found in the document" not in page


class Copies(BaseHTTPRequestHandler):
    """Europe PMC, Unpaywall and a repository, as they answer and misbehave."""

    answers: ClassVar[dict[str, list[tuple[int, dict[str, str], bytes]]]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        queue = type(self).answers.get(self.path.partition("?")[0], [(404, {}, b"")])
        status, headers, body = queue.pop(0) if len(queue) > 1 else queue[0]
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[[dict[str, list[tuple[int, dict[str, str], bytes]]]], str]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Copies)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def start(answers: dict[str, list[tuple[int, dict[str, str], bytes]]]) -> str:
        Copies.answers, Copies.asked = answers, []
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    server.shutdown()
    server.server_close()


def report(**values: str) -> Report:
    return Report(key="a:1", records=(Record(key="a:1", **values),))  # type: ignore[arg-type]


def copies(base: str, email: str = "a@b.org") -> OpenCopies:
    return OpenCopies(email, base, base + "un/", pause=0, sleep=lambda seconds: None)


Serve = Callable[[dict[str, list[tuple[int, dict[str, str], bytes]]]], str]


@pytest.mark.enable_socket
def test_an_article_of_pmc_comes_as_jats_also_after_a_pause(serve: Serve) -> None:
    base = serve({"/PMC77/fullTextXML": [(429, {"Retry-After": "1"}, b""), (503, {}, b""), (200, {}, JATS)]})
    copy, tried = copies(base).fetch(report(pmcid="PMC77", doi="10.1/x"))
    assert copy is not None
    assert (copy.kind, copy.data, tried) == ("jats", JATS, [])


@pytest.mark.enable_socket
def test_unpaywall_leads_to_a_pdf_by_a_redirect(serve: Serve) -> None:
    base = serve({})
    place = {"url_for_pdf": base + "repo/1", "license": "cc-by"}
    Copies.answers = {
        "/un/10.1/x": [(200, {}, json.dumps({"best_oa_location": place, "oa_locations": [place]}).encode())],
        "/repo/1": [(302, {"Location": "/files/1.pdf"}, b"")],
        "/files/1.pdf": [(200, {}, pdf())],
    }
    copy, tried = copies(base).fetch(report(pmcid="PMC1", doi="10.1/x"))
    assert copy is not None
    assert (copy.kind, copy.licence) == ("pdf", "cc-by")
    assert tried == ["Europe PMC: not open, or not there"]


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("answer", "says"),
    [((200, {}, b"<html>log in</html>"), "web page"), ((403, {}, b""), "refused"), ((404, {}, b""), "gone"), ((302, {"Location": "http://example.org/x"}, b""), "not https"),
     ((500, {}, b""), "failed")],
)  # fmt: skip
def test_what_is_no_document_is_not_kept(serve: Serve, answer: tuple[int, dict[str, str], bytes], says: str) -> None:
    base = serve({})
    Copies.answers = {"/un/10.1/x": [(200, {}, json.dumps({"best_oa_location": {"url_for_pdf": base + "f"}}).encode())], "/f": [answer]}
    copy, tried = copies(base).fetch(report(doi="10.1/x"))
    assert copy is None
    assert says in tried[0]


@pytest.mark.enable_socket
def test_fetching_keeps_what_came_and_what_was_tried(finished: Small, serve: Serve, tmp_path: Path) -> None:
    base = serve({})
    told = finished.json("fulltext", "fetch", "--as", "AB", "--europepmc-url", base, "--unpaywall-url", base + "un/")
    assert {line["state"] for line in told} == {"not found"}
    lines = [json.loads(line) for line in (finished.root / "screening" / "small" / "fulltexts.jsonl").read_text().splitlines()]
    assert sum(line["kind"] == "sought" for line in lines) == len(told)


def test_a_report_that_was_awaited_and_then_decided_on_is_awaited_no_more(finished: Small) -> None:
    def state() -> str:
        return {line["report"]: line["state"] for line in finished.json("fulltext", "status")}[KEY]

    finished("fulltext", "sought", KEY, "--as", "AB", "--where", "the library")
    assert state() == "awaiting"
    rows = [{"key": KEY, "verdict": "exclude", "reason": "No data"}]
    finished("decisions", "import", finished.table("read.csv", rows), "--as", "AB", "--phase", "full-text")
    assert state() == "assessed"
