"""The endpoint itself: stdlib http.server, one thread a request, on 127.0.0.1 only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from review.errors import UsageError
from review.serve.answers import Answer
from review.serve.service import Service

HOST = "127.0.0.1"  # a library answers nobody but this machine: there is no login
MOST = 32 << 20  # bytes of a request
PREFIX = "/entrez/eutils/"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "review"
    service: Service
    timeout = 60
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the client to acknowledge its head

    def do_GET(self) -> None:
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self._send(Answer(b"Length required\n", "text/plain", 411))
            return
        if int(length) > MOST:
            self.close_connection = True
            self._send(Answer(b"Request too large\n", "text/plain", 413))
            return
        body = self.rfile.read(int(length)).decode("utf-8", "replace")
        self._answer("&".join(filter(None, (urlsplit(self.path).query, body))))

    def _answer(self, query: str) -> None:
        tool = urlsplit(self.path).path.rsplit("/", 1)[-1].removesuffix(".fcgi").lower()
        # Where a name is given twice, as in id=1&id=2, the values belong together.
        form: dict[str, str] = {}
        for name, value in parse_qsl(query, keep_blank_values=True):
            form[name] = f"{form[name]},{value}" if name in form and name == "id" else value
        answer = self.service.answer(tool, form)
        self._send(
            answer
            or Answer(b"<html><head><title>404 - Not Found</title></head><body>There is no such utility.</body></html>", "text/html", 404)
        )

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        if answer.parts is None:
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(answer.body)
            return
        chunked = self.request_version != "HTTP/1.0"
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.close_connection = True
        self.end_headers()
        try:
            for part in _gathered(answer.parts):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part) if chunked else part)
            if chunked:
                self.wfile.write(b"0\r\n\r\n")
        except Exception:
            # The head is sent: a connection that breaks off is the only way to say that the rest is missing.
            self.close_connection = True
            if not chunked:
                self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the standard library
        """Requests are not logged: a key may be in them."""


def _gathered(parts: Iterator[bytes], size: int = 65_536) -> Iterator[bytes]:
    held: list[bytes] = []
    length = 0
    for part in parts:
        held.append(part)
        length += len(part)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error of ours."""


def make(service: Service, port: int = 0) -> Server:
    """A server that listens, not yet serving. Raises UsageError where the port is taken."""
    handler = type("LibraryHandler", (Handler,), {"service": service})
    try:
        return Server((HOST, port), handler)
    except OSError as error:
        raise UsageError(f"Port {port} can't be used: {error.strerror}.", "Name another: --port 0 takes a free one.") from None


def address(server: Server) -> str:
    return f"http://{HOST}:{server.server_address[1]}{PREFIX}"
