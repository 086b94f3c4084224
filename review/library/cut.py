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
from review.model.patterns import lazy

CHUNK = 1 << 20
LONGEST = 64 << 20  # no entry of PubMed comes near it
AGAIN = "Get the file again; nothing of it was taken in, and the other files are not touched by it."

_OPEN = lazy(
    rb"<!--|<!ENTITY|<(PubmedArticle|PubmedBookArticle|MedlineCitation|DeleteCitation|DeleteDocument)(?=[\s>/])"
    rb"|</?(PubmedArticleSet|PubmedBookArticleSet|MedlineCitationSet)(?=[\s>/])"
)
_ENCODING = lazy(rb"""\A\s*<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9._-]+)["']""")
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


class _Window:
    """What of a file is in memory. at: where that begins which is not used yet."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.buffer, self.at = b"", 0
        self._done = False
        self._line, self._counted = 1, 0

    def _more(self) -> bool:
        """One more chunk behind what is not yet used; False where there is none."""
        chunk = next(self._chunks, b"")
        if not chunk:
            self._done = True
            return False
        self.line()
        self.buffer, self.at, self._counted = self.buffer[self.at :] + chunk, 0, 0
        return True

    def line(self) -> int:
        """In which line of the file `at` is."""
        self._line += self.buffer.count(b"\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def next_sign(self) -> re.Match[bytes] | None:
        """The next beginning of an entry, a comment or an entity, or tag of a set, to which `at` goes."""
        while True:
            match = _OPEN.search(self.buffer, self.at)
            if match and (self._done or match.end() + 1 < len(self.buffer)):
                self.at = match.start()
                return match
            self.at = match.start() if match else max(self.at, len(self.buffer) - 64)
            if (self._done or not self._more()) and match is None:
                return None

    def find(self, sign: bytes, start: int) -> int:
        """Where a sign stands that is so far behind `at`, or farther; -1 where it does not come, or only behind more than an entry."""
        while (found := self.buffer.find(sign, self.at + start)) < 0 and len(self.buffer) - self.at < LONGEST:
            start = max(start, len(self.buffer) - self.at - len(sign))
            if not self._more():
                break
        return found


def articles(stream: BinaryIO, name: str) -> Iterator[Piece]:
    """The entries of PubMed XML. Raises FormatError for a file with entities of its own, one without a set or an entry,
    and one that is cut off: what a set without its end has lost, nobody can say."""
    window = _Window(_chunks(stream))
    found_any, depth = False, 0
    while match := window.next_sign():
        sign = match[0]
        if sign == b"<!ENTITY":
            raise FormatError(
                f"{name}: the XML declares entities of its own, which is how files attack their reader; it was not read",
                "Get it from PubMed again, or remove the DOCTYPE.",
            )
        if match[2]:
            found_any = True
            window.at += len(sign)
            close = window.find(b">", 0)
            empty = window.buffer[close - 1 : close] == b"/"
            depth += -1 if sign.startswith(b"</") else 0 if empty else 1
            continue
        closing = b"-->" if sign == b"<!--" else b"</" + match[1] + b">"
        end = window.find(closing, len(sign))
        at, line = window.at, window.line()
        if end < 0:
            raise FormatError(f"{name}: is cut off: the entry in line {line} has no {closing.decode()}", AGAIN)
        if sign == b"<!--":
            window.at = end + len(closing)
            continue
        found_any = True
        again = re.compile(b"<" + match[1] + rb"[\s>]").search(window.buffer, at + len(sign), end)
        if again:  # another entry begins before this one has ended: only this one is lost
            yield Piece("broken", window.buffer[at : at + _SHOWN], line, f"the entry is broken: it has no {closing.decode()}")
            window.at = again.start()
            continue
        window.at = end + len(closing)
        kind = {b"PubmedArticle": "article", b"MedlineCitation": "article", b"PubmedBookArticle": "book"}.get(match[1], "delete")
        raw = window.buffer[at : window.at]
        if match[1] == b"MedlineCitation":  # in MEDLINE's files before 2015 it stands alone
            raw = b"<PubmedArticle>" + raw + b"</PubmedArticle>"
        yield Piece(kind, raw, line)
    if depth > 0:
        raise FormatError(f"{name}: is cut off: the end of its set (such as </PubmedArticleSet>) is missing", AGAIN)
    if not found_any:
        raise FormatError(f"{name}: there is no PubmedArticle in it", "Save the records from PubMed as XML.")


_TAG = lazy(r"\ufeff?([A-Z][A-Z0-9]{1,3}) {0,2}-(.*)")


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
