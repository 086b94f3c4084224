"""Answers that no service should give and some do: each is a failure with a name, repeated where that may help; none is a result."""

from __future__ import annotations

import gzip
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import parse_qs

import pytest
from sources.helpers import KEY, everything_below
from sources.services import Eutils

from review.errors import ReviewError, SourceError
from review.search.live import LiveSearch

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

Raw = Callable[[bytes], bytes]


def http(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        "Content-Type: text/xml",
        f"Content-Length: {len(body) if length is None else length}",
        "Connection: close",
    ]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def edited(old: bytes, new: bytes) -> Raw:
    return lambda body: http(body.replace(old, new, 1))


# What the service does to its own whole answer.
ODD: dict[str, Raw] = {
    "JSON instead of XML": lambda body: http(b'{"header":{"type":"esearch"},"esearchresult":{"count":"0","idlist":[]}}'),
    "JSON with an error": lambda body: http(b'{"error":"something went wrong"}'),
    "JSON with an error and a key": lambda body: http(b'{"error":"oops","api-key":"%s"}' % KEY.encode()),
    "plain words": lambda body: http(b"upstream connect error or disconnect/reset before headers. reset reason: overflow"),
    "a page of maintenance without doctype": lambda body: http(b"<center><h1>Scheduled maintenance</h1></center>"),
    "XHTML": lambda body: http(b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x.dtd"><html><body>Sorry</body></html>'),
    "longer than announced": lambda body: http(body, length=len(body) // 2),
    "shorter than announced": lambda body: http(body[: len(body) // 2], length=len(body)),
    "said to be gzip": lambda body: http(body, "Content-Encoding: gzip"),
    "half a gzip": lambda body: http(gzip.compress(body)[:-20], "Content-Encoding: gzip"),
    "an unknown encoding": lambda body: http(b"\x8b\x0b\x80" + body[:20], "Content-Encoding: br"),
    "chunks without an end": lambda body: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body + b"\r\n",
    "chunks of nonsense": lambda body: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + body,
    "no HTTP at all": lambda body: b"SSH-2.0-OpenSSH_9.6\r\n",
    "nothing": lambda body: b"",
    "a status of its own": lambda body: http(body, status="299 Partly"),
    "no content": lambda body: http(b"", status="204 No Content"),
    "partial content": lambda body: http(body[: len(body) // 2], status="206 Partial Content"),
    "round and round": lambda body: http(b"", "Location: /eutils/esearch.fcgi", status="302 Found"),
    "something behind the end": lambda body: http(body + b"<html>proxy</html>"),
    "two documents": lambda body: http(body + body),
    "another utility": lambda body: http(b'<?xml version="1.0"?><eInfoResult><DbList><DbName>pubmed</DbName></DbList></eInfoResult>'),
    "an empty document": lambda body: http(b'<?xml version="1.0"?>\n<eSearchResult/>'),
    "an error in other words": lambda body: http(b'<?xml version="1.0"?><eSearchResult><Count>0</Count><error>down</error></eSearchResult>'),
    "NUL bytes": lambda body: http(b"\0" * 200),
    "UTF-16 that is none": lambda body: http(b"\xff\xfe" + body),
}  # fmt: skip
# ... and to the count and the ids of a search.
ODD_COUNTS: dict[str, Raw] = {
    "a negative count": edited(b"<Count>7<", b"<Count>-7<"),
    "a count in words": edited(b"<Count>7<", b"<Count>seven<"),
    "a count with a comma": edited(b"<Count>7<", b"<Count>7,000<"),
    "a count in other digits": edited(b"<Count>7<", "<Count>²<".encode()),
    "an empty count": edited(b"<Count>7<", b"<Count><"),
    "no ids": lambda body: http(body.split(b"<IdList>")[0] + b"<IdList/></eSearchResult>"),
    "an id that is none": edited(b"</Id>", b"x</Id>"),
    "an id of other digits": edited(b"<Id>", "<Id>²".encode()),
    "an id twice": lambda body: http(re.sub(rb"(<Id>\d+</Id>)\s*<Id>\d+</Id>", rb"\1\1", body, count=1)),
    "more ids than counted": edited(b"</IdList>", b"<Id>77</Id><Id>88</Id></IdList>"),
}


@contextmanager
def strange(service: Eutils, how: Raw, tool: str, times: int) -> Iterator[Any]:
    """The service behind a socket that answers `how` the first `times` requests of a tool."""
    listener = socket.create_server(("127.0.0.1", 0))
    left = [times]

    def one(client: socket.socket) -> None:
        with client, suppress(OSError):
            client.settimeout(5)
            data = b""
            while b"\r\n\r\n" not in data and (more := client.recv(65536)):
                data += more
            head, _, body = data.partition(b"\r\n\r\n")
            size = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0)
            while len(body) < size and (more := client.recv(65536)):
                body += more
            name = head.split(b" ")[1].decode().rsplit("/", 1)[-1].removesuffix(".fcgi")
            form = {k: v[-1] for k, v in parse_qs(body.decode(), keep_blank_values=True).items()}
            with service.lock:
                service.log.append((0.0, name, form))
                answer = service.answer(name, form)[2]
            odd = name == tool and left[0] > 0
            left[0] -= odd
            client.sendall(how(answer) if odd else http(answer))

    def loop() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=one, args=(listener.accept()[0],), daemon=True).start()

    service.port = listener.getsockname()[1]
    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        listener.shutdown(socket.SHUT_RDWR)  # to close it alone would leave the thread waiting in it
        thread.join()
        listener.close()


@pytest.mark.parametrize("tool", ["esearch", "efetch"])
@pytest.mark.parametrize("name", ODD)
def test_an_odd_answer_is_a_failure_with_a_name(name: str, tool: str, search: Callable[..., LiveSearch]) -> None:
    with strange(Eutils(7), ODD[name], tool, 999) as service:
        live = search(service)
        with pytest.raises(SourceError) as caught:
            live.run(live.preview())
        assert not live.workspace.searches()
        assert KEY not in f"{caught.value}{caught.value.hint}"
        assert "No hits are concluded" in caught.value.message
        assert KEY.encode() not in everything_below(live.workspace.root)


@pytest.mark.parametrize("tool", ["esearch", "efetch"])
@pytest.mark.parametrize("name", [n for n in ODD if n not in ("round and round", "a status of its own", "no content", "partial content")])
def test_an_odd_answer_that_passes_costs_nothing(name: str, tool: str, search: Callable[..., LiveSearch]) -> None:
    with strange(Eutils(7), ODD[name], tool, 1) as service:
        live = search(service)
        done = live.run(live.preview())
        assert (done.search.announced, done.search.run.retrieved) == (7, 7)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ODD_COUNTS)
def test_odd_counts_and_ids_are_never_a_result(name: str, search: Callable[..., LiveSearch]) -> None:
    with strange(Eutils(7), ODD_COUNTS[name], "esearch", 999) as service:
        live = search(service)
        with pytest.raises(ReviewError):
            live.run(live.preview())
        assert not live.workspace.searches()
