"""Europe PMC by its REST service: `core` results, page after page by cursor.

The service can't list ids beforehand, so completeness is a count: as many different ids as its hitCount says. That
count has been wrong by a few (170 announced, 168 given); it is said, and a person decides. The query language is
Europe PMC's own. Source: Europe PMC RESTful web service, reference guide, and its announcements (a page without
nextCursorMark is the last, version 6.6). Built from these, without a live service at hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Set
from typing import Any
from urllib.parse import urlsplit

from review.errors import SourceError
from review.sources.base import Counted, Kind, Listing, Notes, Page, Settings, known_parameters
from review.sources.http import ERROR, MALFORMED, TRUNCATED, UNEXPECTED, Answer, Failure, Transport, words
from review.sources.places import endpoint, platform
from review.sources.rate import Pace

HOME = "https://www.ebi.ac.uk/europepmc/webservices/rest/"
PER_PAGE = 200  # of at most 1,000; a core result has some 10 kB
INTERVAL = 0.2  # s between requests; the service names no limit, this is well under what its users report
START, END = "*", "end"


class EuropePMC:
    """See review.sources.base.Source."""

    name = "europepmc"
    label = "Europe PMC"
    platform = "Europe PMC RESTful web service"
    database = "Europe PMC"
    format = "europepmc-json"
    suffix = "json"
    syntax = ""

    def __init__(self, settings: Settings) -> None:
        self._email = settings.email.strip()
        self.endpoint = endpoint(settings.base_url, HOME)
        self.platform = platform(self.platform, self.endpoint, HOME)
        interval = INTERVAL if settings.rate is None else 1 / settings.rate if settings.rate > 0 else 0.0
        pace = Pace(urlsplit(self.endpoint).hostname or "", interval, settings.folder, clock=settings.clock, sleep=settings.sleep)
        self._transport = Transport(self.label, pace, settings=settings)
        # On the website synonyms are on; a strategy says itself what it means, so they are off here.
        self._form = {"format": "json", "synonym": "FALSE"}
        self.parameters = known_parameters({**self._form, "resultType": "core", "records a page": str(PER_PAGE)})
        self._version = ""

    @property
    def retries(self) -> int:
        return self._transport.retries

    def check(self) -> None:
        """Nothing is needed: the service knows no keys, and takes an email if there is one."""

    def version(self) -> str:
        """The version of the service, as its last answer gave it."""
        return self._version

    def count(self, query: str) -> Counted:
        data, raw = self._ask({"query": query, "resultType": "idlist", "pageSize": "1"}, "count")
        request = data.get("request")
        told = request if isinstance(request, dict) else {}
        return Counted(hits=_hits(data), translation=str(told.get("queryString") or told.get("query") or ""), raw=raw)

    def estimate(self, hits: int) -> tuple[int, float]:
        requests = -(-hits // PER_PAGE)
        return requests, requests * max(2.0, self._transport.pace.interval)

    def listing(self, query: str, counted: Counted, notes: Notes, tell: Callable[[int], None]) -> Listing:
        """What was counted: the ids come with the records."""
        return Listing(hits=counted.hits)

    def fetch(self, query: str, listing: Listing, received: Set[str], mark: str) -> Iterator[Page]:
        """Page after page, each from the cursor of the one before; a cursor holds for days, so a stopped search goes on from the last.

        Raises SourceError where the service goes in circles: a page that it gave before, under a new cursor.
        """
        cursor, hits = mark or START, listing.hits
        here = set(received)
        while cursor != END and len(here) < hits:
            data, raw = self._ask(
                {"query": query, "resultType": "core", "pageSize": str(PER_PAGE), "cursorMark": cursor}, f"records from {len(here) + 1:,}"
            )
            ids = tuple(dict.fromkeys(_identity(r) for r in _results(data)))
            messages = []
            if _hits(data) != hits:
                messages.append(f"the count changed while the records were fetched: {hits:,} at first, {_hits(data):,} then")
                hits = _hits(data)
            following = str(data.get("nextCursorMark") or "")
            if not ids:
                return
            fresh = [i for i in ids if i not in here]
            if not fresh:
                raise SourceError(
                    f"{self.label}: records from {len(here) + 1:,}: the same records came again.", "Run the same command again.", UNEXPECTED
                )
            if len(fresh) < len(_results(data)):
                messages.append(f"{len(_results(data)) - len(fresh)} records came twice")
            here |= set(fresh)
            cursor = following if following and following != cursor else END
            yield Page(data=raw, ids=ids, mark=cursor, hits=hits, messages=tuple(messages))

    def _ask(self, form: dict[str, str], what: str) -> tuple[dict[str, Any], bytes]:
        asked = {**self._form, **form, **({"email": self._email} if self._email else {})}
        data, raw = self._transport.post(f"{self.endpoint}searchPOST", asked, _read, what=what)
        self._version = str(data.get("version") or self._version)
        return data, raw


def _read(answer: Answer) -> tuple[dict[str, Any], bytes]:
    """An answer as JSON. Raises Failure for what is no answer to a search; a missing count is not a count of zero."""
    try:
        data = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        kind = MALFORMED if answer.body.rstrip().endswith(b"}") else TRUNCATED
        raise Failure(
            kind, f"the JSON is {'broken' if kind == MALFORMED else 'cut off'} after {len(answer.body):,} bytes ({type(error).__name__})"
        ) from None
    if not isinstance(data, dict):
        raise Failure(UNEXPECTED, f"an answer that is no object: {words(answer.body)}", tries=3)
    told = data.get("errMsg") or data.get("error") or data.get("errorMessage") or data.get("message")
    if told or data.get("errCode"):
        raise Failure(ERROR, f"the service answers: {words(str(told or data.get('errCode')).encode(), 300)}", tries=3)
    if answer.status != 200:
        raise Failure(UNEXPECTED, f"an answer with status {answer.status}: {words(answer.body)}", again=False)
    try:
        _hits(data)
        for result in _results(data):
            _identity(result)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Failure(UNEXPECTED, f"an answer without a count, or with results that have no id: {words(answer.body)}", tries=3) from None
    return data, answer.body


def _hits(data: dict[str, Any]) -> int:
    hits = int(data["hitCount"])
    if hits < 0:
        raise ValueError("a negative count")
    return hits


def _results(data: dict[str, Any]) -> list[Any]:
    found = data["resultList"]["result"]
    if not isinstance(found, list):
        raise TypeError("no list")
    return found


def _identity(result: dict[str, Any]) -> str:
    """Europe PMC's own id: base and number, such as MED:21999661 or PPR:PPR18364."""
    return f"{result['source']}:{result['id']}"


KIND = Kind("europepmc", "Europe PMC", ("europepmc", "europe pmc", "europe-pmc", "epmc"), HOME, EuropePMC)
