"""A library of records on disk, searched with PubMed's semantics: the same strategy, the same archive, no network."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING

from review.errors import SourceError, UsageError
from review.sources.base import Counted, Kind, Listing, Notes, Page, Settings, known_parameters

if TYPE_CHECKING:
    from review.store.library import Library

PER_PAGE = 500  # records; some 3 MB of XML
PER_SECOND = 5_000  # records read from disk, roughly
_HEAD, _TAIL = b'<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n', b"</PubmedArticleSet>\n"


class LibrarySource:
    """See review.sources.base.Source. Its address (`base_url`) is the library's file."""

    name = "library"
    label = "The library"
    platform = "Library of PubMed records on disk, searched by this program"
    format = "pubmed-xml"
    suffix = "xml"
    syntax = "pubmed+"

    def __init__(self, settings: Settings) -> None:
        from review.library.mesh_file import headings

        self._path = Path(settings.base_url)
        self.endpoint = self._path.name  # where it lies is this machine's affair
        self.database = f"PubMed records in {self._path.name}"
        self._mesh = headings()
        self.parameters = known_parameters({"MeSH": f"{self._mesh.name}, sha256 {self._mesh.digest}"} if self._mesh else {})

    @property
    def retries(self) -> int:
        """None: nothing is asked over a network."""
        return 0

    def check(self) -> None:
        """Raises UsageError where no library is named, or the one named is not there."""
        if not self._path.name:
            raise UsageError(
                "Which library is to be searched?", "Name it in the protocol, under 'library' of the source; or give --base-url FILE."
            )
        if not self._path.is_file():
            raise UsageError(f"There is no library {self._path}.", f"Build it: review library build FOLDER --into {self._path}")

    def version(self) -> str:
        """How many records, and a hash over the files that it was built from, so that another content shows."""
        with self._open() as library:
            files = sorted(f.sha256 for f in library.files())
            return f"{library.count():,} records from {len(files):,} files, sha256 {hashlib.sha256(''.join(files).encode()).hexdigest()}"

    def count(self, query: str) -> Counted:
        found, warnings = self._run(query)
        return Counted(hits=len(found), translation=query, messages=warnings, raw="".join(f"{pmid}\n" for pmid in found).encode())

    def listing(self, query: str, counted: Counted, notes: Notes, tell: Callable[[int], None]) -> Listing:
        """All PMIDs at once. Raises SourceError where the library was built on since it was counted."""
        found, _ = self._run(query)
        if len(found) != counted.hits:
            raise SourceError(
                f"{self.label} was changed: {counted.hits:,} records were counted, and now there are {len(found):,}.",
                "Search again: --restart",
                "changed",
            )
        tell(len(found))
        return Listing(hits=len(found), ids=tuple(str(pmid) for pmid in sorted(found)))

    def fetch(self, query: str, listing: Listing, received: Set[str], mark: str) -> Iterator[Page]:
        wanted = [int(i) for i in listing.ids or () if i not in received]
        with self._open() as library:
            for start in range(0, len(wanted), PER_PAGE):
                entries = list(library.entries(wanted[start : start + PER_PAGE]))
                if entries:
                    yield Page(
                        data=_HEAD + b"".join(xml + b"\n" for _, xml in entries) + _TAIL, ids=tuple(str(pmid) for pmid, _ in entries)
                    )

    def estimate(self, hits: int) -> tuple[int, float]:
        return -(-hits // PER_PAGE), hits / PER_SECOND

    def _open(self) -> Library:
        from review.store.library import Library

        return Library.open(self._path)

    def _run(self, query: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """PMIDs and warnings. Raises SourceError where the library refuses a term."""
        from review.library.evaluate import search
        from review.library.leaves import Refused
        from review.query import parse

        with self._open() as library:
            try:
                found = search(library, parse(query, "pubmed"), self._mesh)
            except Refused as refused:
                raise SourceError(refused.message, refused.hint, "refused") from None
        return found.pmids, found.warnings


KIND = Kind(
    name="library",
    label="a library of PubMed records on disk",
    words=(),  # a protocol names the file, not the service
    home="",
    make=LibrarySource,
)
