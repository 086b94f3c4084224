"""`review serve` that misbehaves as NCBI's service has been seen to, on top of its real answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from urllib.parse import parse_qsl, urlsplit

from review.serve.answers import Answer
from review.serve.history import History
from review.serve.server import HOST, Handler, Server, address
from review.serve.service import Service

WHOLE = {
    "429": Answer(b'{"error":"API rate limit exceeded","api-key":"1.2.3.4","count":"4","limit":"3"}', "application/json", 429),
    "429 with status 200": Answer(b'{"error":"API rate limit exceeded","api-key":"1.2.3.4","count":"4","limit":"3"}', "application/json"),
    "500": Answer(b"Internal Server Error", "text/plain", 500),
    "502": Answer(b"<html><body>Bad Gateway</body></html>", "text/html", 502),
    "html": Answer(b"<!DOCTYPE html><html><head><title>NCBI - WWW Error</title></head><body>Error</body></html>", "text/html"),
    "backend": Answer(b"<?xml version='1.0'?><eSearchResult><ERROR>Search Backend failed: no address</ERROR></eSearchResult>"),
}
FAULTS = (*WHOLE, "truncated", "cut", "slow", "expired", "clamped")


class Faulty(Handler):
    """Faults are taken from `plan`, one a request of `tool`; '' is none."""

    plan: list[str]
    tool = ""
    lock = threading.Lock()

    def _answer(self, query: str) -> None:
        name = urlsplit(self.path).path.rsplit("/", 1)[-1].removesuffix(".fcgi")
        with self.lock:
            fault = self.plan.pop(0) if self.plan and name == self.tool else ""
        if fault in WHOLE:
            self._send(WHOLE[fault])
        elif fault in ("truncated", "cut"):
            answer = self.service.answer(name, dict(parse_qsl(query)))
            assert answer is not None
            body = b"".join(answer.parts) if answer.parts is not None else answer.body
            if fault == "truncated":
                self._send(Answer(body[: len(body) // 2]))
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.close_connection = True
        else:
            if fault == "expired":
                self.service.history = History()
            elif fault == "clamped":  # fewer than were asked for, and not a word about it
                form = dict(parse_qsl(query))
                ids = form.get("id", "").split(",")
                form |= {"id": ",".join(ids[: len(ids) // 2 + 1])} if "id" in form else {"retmax": "5"}
                query = "&".join(f"{k}={v}" for k, v in form.items())
            elif fault == "slow":
                time.sleep(0.3)
            super()._answer(query)


@contextmanager
def faulty(service: Service, tool: str, *plan: str) -> Iterator[str]:
    """Serve in a thread; gives the base URL."""
    handler = type("Planned", (Faulty,), {"service": service, "plan": list(plan), "tool": tool})
    with Server((HOST, 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield address(server)
        finally:
            with suppress(Exception):
                server.shutdown()
            thread.join()


def running(service: Service) -> AbstractContextManager[str]:
    """The same without a fault."""
    return faulty(service, "")
