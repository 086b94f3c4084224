"""Compressed exports: what a gzip file or a ZIP of exports holds, unpacked as it is read and never to more than it may be.

Workbooks, Word's documents and Citavi's backups are ZIPs too: those are formats of their own, not archives of exports.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, NamedTuple, cast

from review.errors import FormatError
from review.model.patterns import lazy

_MOST = 8 << 30  # bytes unpacked
_FREE = 64 << 20  # bytes below which it does not matter how far they were packed
_RATIO = 300  # references pack to a fifth, XML of much the same to a fiftieth: what packs better is no text of anybody's
_HEAD = 65536
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# What systems leave in archives: no person put it there.
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_ASIDE = {"customizations_log.csv": "Rayyan's log of who did what; the votes are in the notes of articles.csv"}
# What lies beside exports, by its first bytes, or by its name where no format takes it; what else can't be read, somebody should look at.
_BESIDE = ((b"%PDF", "a PDF"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"))
_WORDS = lazy(
    r"(?:^|[\W_])(?:read[\W_]?me|licen[cs]e|copying|change[\W_]?log|notice|about|(?:search )?strateg(?:y|ies))(?:[\W_]|$)|\.(?:md|rst)$",
    re.IGNORECASE,
)
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


class Part(NamedTuple):
    """One file to read. inner: its name in the ZIP, "" for a file that is none. packed: whether it came compressed. aside: why it is not read."""

    inner: str
    stream: BinaryIO
    packed: bool = False
    aside: str = ""


def parts(stream: BinaryIO) -> Iterator[Part]:
    """The files in one that is open at its start: itself, what its gzip holds, or each member of a ZIP in the order of the ZIP.

    A part is to be read before the next is asked for. Raises FormatError where an archive as a whole can't be read; reading
    a part raises it where that part is damaged, locked, or unpacks to more than any list of references.
    """
    head = stream.read(_HEAD)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        most = min(_MOST, max(_FREE, _RATIO * stream.seek(0, io.SEEK_END)))
        stream.seek(0)
        yield Part("", _opened(lambda: cast("IO[bytes]", gzip.GzipFile(fileobj=stream)), most, "gzip"), True)
    elif head.startswith(_ZIP) and (members := _members(stream, head)) is not None:
        with members:
            yield from _each(members)
    else:
        yield Part("", stream)


def _members(stream: BinaryIO, head: bytes) -> zipfile.ZipFile | None:
    """The ZIP, or None where it is a document of its own kind."""
    from review.formats.tables import xlsx  # only a ZIP needs them
    from review.formats.xml import citavi  # only a ZIP needs them

    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        stream.seek(0)
        if xlsx.is_workbook(head) or citavi.is_backup(head) or b"word/" in head:
            return None  # whose own reader says what is wrong
        raise FormatError(
            f"the ZIP archive is damaged or cut off ({error})",
            "Download it again, or unpack it and name its files; a workbook (.xlsx, .ods) is such an archive too: save it again.",
        ) from None
    names = set(archive.namelist())
    if any(name.casefold().endswith("sdb/sdb.eni") for name in names):
        raise FormatError(
            "it is an EndNote library (compressed)", "In EndNote: File, Export, with the output style RefMan (RIS) or as XML."
        )
    if names & {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"} or citavi.is_backup(head):
        stream.seek(0)
        return None
    return archive


def _each(archive: zipfile.ZipFile) -> Iterator[Part]:
    members = [m for m in archive.infolist() if not (m.filename.endswith("/") or _is_litter(m.filename))]  # a damaged name may be none
    if not members:
        raise FormatError("the ZIP archive holds no file", "Export again.")
    if sum(m.file_size for m in members) > _MOST:
        raise FormatError("the ZIP archive unpacks to more than 8 GB; it was not read", "Unpack what you know, and name its files.")
    found = set()
    for member in members:
        most = max(_FREE, _RATIO * member.compress_size)
        shown = "".join(c if c.isprintable() else "_" for c in member.filename) or "_"  # it goes to a terminal
        opener = _opener(archive, member)
        aside = _ASIDE.get(shown.rpartition("/")[2], "") or _beside(opener, shown)
        found.add(aside)
        yield Part(shown, _opened(opener, most, "ZIP"), True, aside)
    if "" not in found:
        raise FormatError("no file in the ZIP archive is a list of references", "Export as RIS, and name that file.")


def _beside(opener: Callable[[], IO[bytes]], name: str) -> str:
    """What a member is that nobody takes for references; "" for any other, and for one that can't be opened, which its reading will tell."""
    try:
        with opener() as member:
            head = member.read(_HEAD if _WORDS.search(name) else 8)
    except (FormatError, *_BROKEN):
        return ""
    if kind := next((kind for magic, kind in _BESIDE if head.startswith(magic)), ""):
        return kind
    return "words for people" if _WORDS.search(name) and not _is_export(head) else ""


def _is_export(head: bytes) -> bool:
    from review.formats.registry import detect  # only such a name needs all formats

    try:
        return bool(detect(head))
    except FormatError:
        return False


def _is_litter(name: str) -> bool:
    *folders, last = name.split("/")
    return "__MACOSX" in folders or last.casefold() in _LITTER or last.startswith("._")


def _opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        if member.flag_bits & 1:
            raise FormatError("is encrypted", "Unpack the archive with its password, and name the files.")
        return archive.open(member)

    return opened


def _opened(opener: Callable[[], IO[bytes]], most: int, kind: str) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Unpacked(opener, most, kind), 1 << 16))


class _Unpacked(io.RawIOBase):
    """A compressed stream that is opened when it is first read, and whose faults are FormatErrors."""

    def __init__(self, opener: Callable[[], IO[bytes]], most: int, kind: str) -> None:
        self._opener, self._most, self._kind = opener, most, kind
        self._inner: IO[bytes] | None = None
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer; io gives a memoryview
        with self._told() as inner:
            data = inner.read(len(buffer))
        self._at += len(data)
        if self._at > self._most:
            raise FormatError(
                "unpacks to more than any list of references would: it looks like an attack (a decompression bomb); it was not read",
                "Unpack it yourself if you know what it is, and name the file.",
            )
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with self._told() as inner:
            self._at = inner.seek(offset, whence)
        return self._at

    @contextmanager
    def _told(self) -> Iterator[IO[bytes]]:
        try:
            if self._inner is None:
                self._inner = self._opener()
            yield self._inner
        except FormatError:
            raise
        except _BROKEN as error:
            raise FormatError(
                f"the {self._kind} archive is damaged or cut off here ({error})", "Download it again, or unpack it."
            ) from None
