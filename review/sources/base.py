"""What a source is. A new one is a file with a `Kind` and a line in `registry.py` (or an entry point).

A source is asked in three steps: `count` (what is there, and how the query was understood), `listing` (which ids, where
the source can say), `fetch` (the records, as raw pages). The caller keeps the pages and proves that what was announced
is what was received; the source knows how its service behaves.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol


class Secret:
    """A value that is sent and never shown: not in a repr, a log, an error, a copy or a pickle."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value.strip()

    def reveal(self) -> str:
        """The value itself, for the one place that sends it."""
        return self._value

    def scrub(self, text: str) -> str:
        """The text with the value blotted out: services repeat a key in their error messages."""
        return text.replace(self._value, "***") if self._value else text

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "***" if self._value else "(none)"

    __str__ = __repr__

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("a secret is not copied or stored")


@dataclass(frozen=True)
class Policy:
    """How patient a client is. All times in seconds."""

    tries: int = 6
    connect: float = 15.0
    silence: float = 90.0  # without a byte
    whole: float = 900.0  # for one answer, however slowly it drips
    first: float = 1.0  # pause after the first failure; doubles
    most: float = 60.0
    longest: float = 600.0  # a longer Retry-After is not waited for
    size: int = 512 << 20  # bytes; more is no answer


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Who asks, where, and how fast. rate: requests a second; None is what the service allows.

    clock and sleep are here so that tests need not wait.
    """

    email: str = ""
    api_key: Secret = field(default_factory=Secret)
    base_url: str = ""  # a mirror; '' is the service itself
    rate: float | None = None
    folder: Path | None = None  # where the processes of this user keep the pace; None: the user's cache
    tell: Callable[[str], None] = lambda text: None  # is told of every retry
    policy: Policy = Policy()
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A source's answer to a query, before any record is fetched."""

    hits: int
    translation: str = ""  # the whole query as the source understood it
    translations: tuple[tuple[str, str], ...] = ()  # what it put in the place of a term: (from, to)
    messages: tuple[str, ...] = ()  # what it warned of, in words
    raw: bytes = b""  # the answer itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is to be fetched. ids is None where the source can't list them before it gives the records."""

    hits: int
    ids: tuple[str, ...] | None = None
    parts: tuple[tuple[str, int], ...] = ()  # ranges of ids and their counts; their sum is `hits`
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Records as they came. ids: of each record in it, in order. mark: what `fetch` needs to go on after this page."""

    data: bytes
    ids: tuple[str, ...]
    mark: str = ""
    hits: int | None = None  # the count of the whole search, where the page states it anew
    messages: tuple[str, ...] = ()


class Notes(Protocol):
    """A memory that survives an interruption: what was put is on disk before `put` returns."""

    def get(self, key: str) -> Any:
        """The value last put under the key, or None."""

    def put(self, key: str, value: Any) -> None:
        """Remember a JSON value."""


class Source(Protocol):
    """One service, ready to be asked. Every method raises SourceError where the service fails in spite of retries."""

    name: str
    label: str  # for people
    platform: str  # PRISMA-S item 1: database and platform
    database: str
    format: str  # the reader of its pages (review.formats)
    suffix: str  # of a page's file name
    syntax: str  # of its queries: pubmed (Ovid's is translated into it), pubmed+ (its proximity takes *); '' for a language of its own
    endpoint: str
    parameters: tuple[tuple[str, str], ...]  # what is sent besides the query; no key

    @property
    def retries(self) -> int:
        """How many requests had to be repeated so far."""

    def check(self) -> None:
        """Raises UsageError if a setting that the service asks for is missing."""

    def version(self) -> str:
        """The version of the database, as it names itself; '' where it does not say."""

    def count(self, query: str) -> Counted:
        """How many records the query finds."""

    def listing(self, query: str, counted: Counted, notes: Notes, tell: Callable[[int], None]) -> Listing:
        """Which records these are, as far as the source can say. What is found out is put into the notes, to go on from.

        tell: is told how many are listed so far.
        """

    def fetch(self, query: str, listing: Listing, received: Set[str], mark: str) -> Iterator[Page]:
        """The pages that are missing. received: ids that are already here; mark: of the last page that is.

        Ends when nothing is missing, or when the source gives no more: the caller compares.
        """

    def estimate(self, hits: int) -> tuple[int, float]:
        """Requests and seconds that `listing` and `fetch` will take, roughly."""


@dataclass(frozen=True)
class Kind:
    """A source in the registry.

    words: what a protocol's id, platform or name says where it means this source. courtesy: what the service asks of
    those who fetch much.
    """

    name: str
    label: str
    words: tuple[str, ...]
    home: str
    make: Callable[[Settings], Source]
    courtesy: str = ""


def known_parameters(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Parameters for the manifest, sorted."""
    return tuple(sorted(values.items()))
