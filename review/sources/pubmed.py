"""PubMed by the E-utilities, whole however many records it has.

PubMed gives the first 9,999 records of a query and says nothing of the rest; a history server (WebEnv) does not lift
that, and expires. So a larger search is cut into ranges of PMIDs, `(query) AND lo:hi[UID]`, until each is small enough
(the ranges are disjoint and end at one record), and records are fetched by PMID, never by place in a result: a page
says which records it owes, and a repetition is the same page. All requests are POSTs: GET fails from some 3,000
characters on. Source: E-utilities In-Depth (NBK25499), and what users of the service reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from typing import TypeVar
from urllib.parse import urlsplit

from review.errors import Incomplete, SourceError, UsageError
from review.sources import eutils
from review.sources.base import Counted, Kind, Listing, Notes, Page, Settings, known_parameters
from review.sources.http import BACKEND, CHANGED, UNEXPECTED, Answer, Failure, Transport
from review.sources.places import endpoint, is_loopback, platform
from review.sources.rate import Pace

T = TypeVar("T")

HOME = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
MOST = 9_999  # records of one query that ESearch and EFetch give (not 10,000)
LAST_PMID = 99_999_999  # eight digits; PubMed stood at 41 million in 2025
PER_PAGE = 200  # records a page: some 3.5 MB
WITHOUT_KEY, WITH_KEY = 0.35, 0.11  # s between requests, as NCBI's own EDirect keeps (limits: 3 and 10 a second)
ROUNDS = 3  # how often the listing begins anew where PubMed changes under it
WILDCARDS = 256  # more in one query, and PubMed answers as in an outage


class PubMed:
    """See review.sources.base.Source."""

    name = "pubmed"
    label = "PubMed"
    platform = "PubMed/NCBI E-utilities"
    database = "PubMed (MEDLINE and other records)"
    format = "pubmed-xml"
    suffix = "xml"
    syntax = "pubmed"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.endpoint = endpoint(settings.base_url, HOME)
        self.platform = platform(self.platform, self.endpoint, HOME)
        host = urlsplit(self.endpoint).hostname or ""
        # A key goes to NCBI, and to this machine; a mirror elsewhere has no use for it.
        secret = settings.api_key if host == "ncbi.nlm.nih.gov" or host.endswith(".ncbi.nlm.nih.gov") or is_loopback(host) else None
        interval = WITH_KEY if secret else WITHOUT_KEY
        if settings.rate is not None:
            interval = 1 / settings.rate if settings.rate > 0 else 0.0
            if host.endswith("ncbi.nlm.nih.gov"):
                interval = max(interval, WITH_KEY if secret else WITHOUT_KEY)
        pace = Pace(f"{host}{'-with-key' if secret else ''}", interval, settings.folder, clock=settings.clock, sleep=settings.sleep)
        self._transport = Transport(self.label, pace, settings=settings, secret=secret)
        self.parameters = known_parameters({"db": "pubmed", "retmode": "xml", "tool": "review", "records a page": str(PER_PAGE)})

    @property
    def retries(self) -> int:
        return self._transport.retries

    def check(self) -> None:
        """Raises UsageError without an email: NCBI asks for it, and writes before it blocks (NBK25497)."""
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", self._settings.email.strip()):
            given = f"'{self._settings.email}' is no email address" if self._settings.email.strip() else "no email address is set"
            raise UsageError(
                f"PubMed asks who is searching, and {given}.", "Set it once: export NCBI_EMAIL=you@example.org, or give --email."
            )
        key = self._settings.api_key
        if key and not re.fullmatch(r"[\w-]{8,}", key.reveal()):
            raise UsageError("NCBI_API_KEY does not hold a key of NCBI.", "Copy it from the settings of your NCBI account, or unset it.")

    def version(self) -> str:
        """The build of PubMed; '' where EInfo does not answer, which is no reason not to search."""
        try:
            return self._ask("einfo", {"db": "pubmed"}, eutils.read_version, what="version", tries=2)
        except SourceError:
            return ""

    def count(self, query: str) -> Counted:
        """How many records the query finds. Zero is asked for twice: a service in trouble has been seen to answer so."""
        counted = self._search(query, 0, 0, "count").counted
        return counted if counted.hits else self._search(query, 0, 0, "count again").counted

    def estimate(self, hits: int) -> tuple[int, float]:
        pages = -(-hits // PER_PAGE)
        # Bisection: about three halves of the ideal number of parts, each counted, its sibling too, and listed.
        listing = 1 if hits <= MOST else 5 * -(-hits // MOST)
        requests = listing + pages if hits else 0
        return requests, max(requests * self._transport.pace.interval, listing * 1.0 + pages * 2.0 if hits else 0.0)

    # -- which records ----------------------------------------------------------------------------------------

    def listing(self, query: str, counted: Counted, notes: Notes, tell: Callable[[int], None]) -> Listing:
        """All PMIDs, and the parts that they came in: the counts of the parts add up to the count of the whole.

        Raises Incomplete where they don't, even after the listing was begun anew.
        """
        hits = counted.hits
        messages: list[str] = []
        for turn in range(ROUNDS):
            parts: list[tuple[str, list[str]]] = []
            try:
                for part in self._parts(query, hits, notes, turn):
                    parts.append(part)
                    tell(sum(len(ids) for _, ids in parts))
            except _Changed as changed:
                found, why = changed.now, "a part"
            else:
                found = sum(len(ids) for _, ids in parts)
                # The ranges are disjoint, so equal sums are equal sets; all the same:
                pmids = sorted({i for _, ids in parts for i in ids}, key=int)
                if found == hits == len(pmids):
                    ranges = tuple((name, len(ids)) for name, ids in parts if name)
                    return Listing(hits=hits, ids=tuple(pmids), parts=ranges, messages=tuple(messages))
                why = "the sum of the parts"
            now = self._search(query, 0, 0, "count again").counted.hits
            messages.append(f"the count changed while PubMed was being listed: {hits:,} at first, {now:,} then ({why}: {found:,})")
            hits = now
        raise Incomplete(
            f"{self.label}: the listing does not add up: {'; '.join(messages)}.",
            "PubMed is being updated, or does not count well. Try again in an hour; what was fetched is kept.",
            CHANGED,
        )

    def _parts(self, query: str, hits: int, notes: Notes, turn: int) -> Iterator[tuple[str, list[str]]]:
        """(range, its PMIDs) from the smallest on; empty ranges are left out."""
        if hits <= MOST:
            yield "", self._ids(query, "", hits, notes, turn)
            return
        waiting = [(1, LAST_PMID)]
        while waiting:
            low, high = waiting.pop()
            name, part = f"{low}:{high}", f"({query}) AND {low}:{high}[UID]"
            key = f"{turn} count {name}"
            count = notes.get(key)
            if count is None:
                count = self._search(part, 0, 0, f"count {name}").counted.hits
                notes.put(key, count)
            if count > hits:
                raise _Changed(count)
            if count > MOST and low < high:
                middle = (low + high) // 2
                waiting += [(middle + 1, high), (low, middle)]
            elif count > high - low + 1:
                raise SourceError(f"{self.label}: {count:,} records are counted among {high - low + 1:,} PMIDs ({name}).", "", UNEXPECTED)
            elif count:
                yield name, self._ids(part, name, count, notes, turn)

    def _ids(self, query: str, name: str, hits: int, notes: Notes, turn: int) -> list[str]:
        """The PMIDs of a part that is small enough. A clamped answer is continued. Raises _Changed where the count differs now."""
        key = f"{turn} ids {name}"
        known = notes.get(key)
        if known is not None:
            return str(known).split()
        low, high = (int(n) for n in (name or f"1:{LAST_PMID}").split(":"))
        ids: dict[str, None] = {}
        while len(ids) < hits:
            answer = self._search(query, MOST, len(ids), f"list {name or 'all'}")
            if answer.counted.hits != hits:
                raise _Changed(answer.counted.hits)
            more = [i for i in answer.ids if i not in ids]
            if not more:
                raise Incomplete(
                    f"{self.label}: of {hits:,} PMIDs ({name or 'all'}) only {len(ids):,} are listed.",
                    "Run the same command again.",
                    CHANGED,
                )
            if name and (outside := [i for i in more if not low <= int(i) <= high]):
                raise SourceError(
                    f"{self.label}: PMID {outside[0]} is listed among {name}.", "Does the service at --base-url know [UID]?", UNEXPECTED
                )
            ids.update(dict.fromkeys(more))
        notes.put(key, " ".join(ids))
        return list(ids)

    # -- the records ------------------------------------------------------------------------------------------

    def fetch(self, query: str, listing: Listing, received: Set[str], mark: str) -> Iterator[Page]:
        """Pages of the PMIDs that are not yet here. Those that a page leaves out are asked for again, as long as that helps."""
        owed = [i for i in listing.ids or () if i not in received]
        while owed:
            left: list[str] = []
            for n in range(0, len(owed), PER_PAGE):
                asked = owed[n : n + PER_PAGE]
                page = self._page(asked)
                here = set(page.ids)
                left += [i for i in asked if i not in here]
                if page.ids:
                    yield page
            if len(left) == len(owed):
                return
            owed = left

    def _page(self, asked: list[str]) -> Page:
        wanted = set(asked)

        def check(answer: Answer) -> Page:
            ids = eutils.read_page(answer)
            if strange := [i for i in ids if i not in wanted]:
                raise Failure(UNEXPECTED, f"a page with records that were not asked for, such as PMID {strange[0]}", tries=4)
            twice = len(ids) - len(set(ids))
            messages = (f"{twice} records came twice in the page of PMIDs {asked[0]} to {asked[-1]}",) if twice else ()
            return Page(data=answer.body, ids=tuple(dict.fromkeys(ids)), messages=messages)

        what = f"PMIDs {asked[0]} to {asked[-1]}" if len(asked) > 1 else f"PMID {asked[0]}"
        return self._ask("efetch", {"db": "pubmed", "retmode": "xml", "id": ",".join(asked)}, check, what=what)

    # -- requests ---------------------------------------------------------------------------------------------

    def _search(self, query: str, most: int, start: int, what: str) -> eutils.Searched:
        form = {"db": "pubmed", "retmode": "xml", "term": query, "retmax": str(most), "retstart": str(start)}
        try:
            return self._ask("esearch", form, eutils.read_search, what=what)
        except SourceError as error:
            if error.kind == BACKEND and (suspect := suspicious(query)):
                error.hint = f"PubMed answers like this in an outage, but the query may be the cause: {suspect}. {error.hint}"
            raise

    def _ask(self, tool: str, form: dict[str, str], check: Callable[[Answer], T], *, what: str, tries: int = 0) -> T:
        form = {**form, "tool": "review", "email": self._settings.email.strip()}
        return self._transport.post(f"{self.endpoint}{tool}.fcgi", form, check, what=what, tries=tries)


class _Changed(Exception):
    """PubMed counts something else than it did a moment ago."""

    def __init__(self, now: int) -> None:
        super().__init__(now)
        self.now = now


def suspicious(query: str) -> str:
    """What in a query makes PubMed fail as if it were down; '' where nothing is known to."""
    found = []
    bare = re.sub(r'"[^"]*"', "", query)
    if bare.count("(") != bare.count(")"):
        found.append(f"{bare.count('(')} opening and {bare.count(')')} closing parentheses")
    if query.count('"') % 2:
        found.append("a quotation mark without its partner")
    if (stars := query.count("*")) > WILDCARDS:
        found.append(f"{stars} wildcards, of which PubMed takes {WILDCARDS}")
    return "; ".join(found)


KIND = Kind(
    "pubmed", "PubMed", ("pubmed",), HOME, PubMed, "NCBI asks for large searches at weekends, or between 21:00 and 5:00 US Eastern time."
)
