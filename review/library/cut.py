"""Files cut into entries, one at a time: whatever its size, no more than one entry of a file is in memory.

PubMed XML of every age (baseline, update, saved from the web; several sets in one file; plain or gzip) and MEDLINE
text (NBIB), whose entries are turned into the same XML, so that one reader serves both.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from review.errors import FormatError

CHUNK = 1 << 20
LONGEST = 64 << 20  # no entry of PubMed comes near it
AGAIN = "Get the file again; nothing of it was taken in, and the other files are not touched by it."

_OPEN = re.compile(
    rb"<!--|<!ENTITY|<(PubmedArticle|PubmedBookArticle|MedlineCitation|DeleteCitation|DeleteDocument)(?=[\s>/])"
    rb"|</?(PubmedArticleSet|PubmedBookArticleSet|MedlineCitationSet)(?=[\s>/])"
)
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9._-]+)["']""")
_SHOWN = 200  # characters of a broken entry that are kept


@dataclass(frozen=True, slots=True)
class Piece:
    """What was cut out: an `article`, a `book`, a `delete` list, or something `broken` (then `why` says how)."""

    kind: str
    raw: bytes
    line: int
    why: str = ""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The content of a file, unpacked where it is gzip. Raises FormatError where it is cut off or damaged."""
    try:
        with path.open("rb") as raw:
            if raw.read(2) != b"\x1f\x8b":
                raw.seek(0)
                yield raw
                return
            raw.seek(0)
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield cast("BinaryIO", unpacked)
    except EOFError:
        raise FormatError(f"{path}: the gzip file is cut off", AGAIN) from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise FormatError(f"{path}: the gzip file is damaged ({error})", AGAIN) from None
    except OSError as error:
        raise FormatError(f"{path}: can't be read: {error.strerror or error}", "Check the file and its permissions.") from None


def kind_of(head: bytes) -> str:
    """`xml`, `nbib`, or '' for what a library does not take, from the first bytes of the content."""
    text = _as_utf8(head)
    if re.search(rb"<(?:PubmedArticle|PubmedBookArticle|MedlineCitation|DeleteCitation)(?:Set)?[\s>/]", text):
        return "xml"
    if re.search(rb"^(?:\xef\xbb\xbf)?PMID ?- *\d", text, re.MULTILINE) and not re.search(rb"^TY  - ", text, re.MULTILINE):
        return "nbib"
    return ""


def _as_utf8(head: bytes) -> bytes:
    encoding = _encoding(head)
    return head.decode(encoding, "replace").encode() if encoding else head


def _encoding(head: bytes) -> str:
    """The encoding of a file that is not UTF-8 and says so; ''."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return name
    found = _ENCODING.match(head)
    name = found[1].decode().lower() if found else ""
    if name in ("", "utf-8", "utf8", "us-ascii", "ascii"):
        return ""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    head = stream.read(CHUNK)
    encoding = _encoding(head)
    if not encoding:
        while head:
            yield head
            head = stream.read(CHUNK)
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while head:
        yield decoder.decode(head).encode()
        head = stream.read(CHUNK)


def articles(stream: BinaryIO, name: str) -> Iterator[Piece]:
    """The entries of PubMed XML. Raises FormatError for a file with entities of its own, one without a set or an entry,
    and one that is cut off: what a set without its end has lost, nobody can say."""
    chunks = _chunks(stream)
    buffer, at, line, counted = b"", 0, 1, 0
    found_any, depth, done = False, 0, False

    def more() -> bool:
        """One more chunk behind what is not yet used."""
        nonlocal buffer, at, line, counted, done
        chunk = next(chunks, b"")
        if not chunk:
            done = True
            return False
        line += buffer.count(b"\n", counted, at)
        buffer = buffer[at:] + chunk
        at = counted = 0
        return True

    while True:
        match = _OPEN.search(buffer, at)
        if match is None or (match.end() + 1 >= len(buffer) and not done):
            at = match.start() if match else max(at, len(buffer) - 64)
            if (done or not more()) and match is None:
                break
            continue
        at = match.start()
        sign = match[0]
        if sign == b"<!ENTITY":
            raise FormatError(
                f"{name}: the XML declares entities of its own, which is how files attack their reader; it was not read",
                "Get it from PubMed again, or remove the DOCTYPE.",
            )
        if match[2]:
            found_any = True
            depth += -1 if sign.startswith(b"</") else 1
            at = match.end()
            while (close := buffer.find(b">", at)) < 0 and more():
                pass
            if close > 0 and buffer[close - 1 : close] == b"/" and not sign.startswith(b"</"):
                depth -= 1
            continue
        closing = b"-->" if sign == b"<!--" else b"</" + match[1] + b">"
        start = match.end() - match.start()  # where to look on, from `at`
        while (end := buffer.find(closing, at + start)) < 0 and len(buffer) - at < LONGEST:
            start = max(start, len(buffer) - at - len(closing))
            if not more():
                break
        line += buffer.count(b"\n", counted, at)
        counted = at
        if end < 0:
            raise FormatError(f"{name}: is cut off: the entry in line {line} has no {closing.decode()}", AGAIN)
        if sign == b"<!--":
            at = end + 3
            continue
        found_any = True
        again = re.compile(b"<" + match[1] + rb"[\s>]").search(buffer, match.end() if at == match.start() else at + len(sign), end)
        if again:  # another entry begins before this one has ended: only this one is lost
            yield Piece("broken", buffer[at : at + _SHOWN], line, f"the entry is broken: it has no {closing.decode()}")
            at = again.start()
            continue
        end += len(closing)
        kind = {b"PubmedArticle": "article", b"MedlineCitation": "article", b"PubmedBookArticle": "book"}.get(match[1], "delete")
        raw = buffer[at:end]
        if match[1] == b"MedlineCitation":  # in MEDLINE's files before 2015 it stands alone
            raw = b"<PubmedArticle>" + raw + b"</PubmedArticle>"
        at = end
        yield Piece(kind, raw, line)
    if depth > 0:
        raise FormatError(f"{name}: is cut off: the end of its set (such as </PubmedArticleSet>) is missing", AGAIN)
    if not found_any:
        raise FormatError(f"{name}: there is no PubmedArticle in it", "Save the records from PubMed as XML.")


_TAG = re.compile(r"\ufeff?([A-Z][A-Z0-9]{1,3}) {0,2}-(.*)")


def citations(stream: BinaryIO, name: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """The entries of MEDLINE text as (line, [(tag, value)]). Raises FormatError where it holds none."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace")
    entry: list[tuple[str, str]] = []
    line, found_any, blank = 0, False, True
    for number, raw in enumerate(text, 1):
        if not raw.strip():
            blank = True
            continue
        match = _TAG.match(raw) if raw[0] not in " \t" else None
        if match and match[1] == "PMID" and (blank or any(tag == "PMID" for tag, _ in entry)):
            if entry:
                yield line, entry
            entry, line, found_any = [], number, True
        if match:
            entry.append((match[1], match[2].strip()))
            line = line or number
        elif entry and raw[0] in " \t":
            entry[-1] = (entry[-1][0], f"{entry[-1][1]} {raw.strip()}")
        blank = False
    if entry:
        yield line, entry
    if not found_any:
        raise FormatError(f"{name}: there is no MEDLINE entry in it", "An entry begins with a line such as `PMID- 12345678`.")
    text.detach()
