"""Open copies of full texts: Europe PMC (JATS of the open access subset), and Unpaywall, which says where a free PDF lies.

Sources: Europe PMC RESTful web service, reference guide (fullTextXML); Unpaywall REST API v2. Built from these, without a
live service at hand. Copies are only fetched where the service says that they are open.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from review.errors import FormatError, SourceError
from review.fulltext.read import kind_of
from review.model.record import Report
from review.sources import europepmc
from review.sources.places import endpoint, is_loopback

UNPAYWALL = "https://api.unpaywall.org/v2/"
LARGEST = 200 << 20  # bytes
TRIES = 4


@dataclass(frozen=True, slots=True)
class Copy:
    """A document that came: its bytes, what it is, where from and under which licence."""

    data: bytes
    kind: str
    url: str
    licence: str = ""


class OpenCopies:
    """Asks one service after the other. email: Unpaywall wants one; without it, Unpaywall is not asked."""

    def __init__(
        self, email: str = "", europe_pmc: str = "", unpaywall: str = "", *, pause: float = 0.5, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        from review.sources.http import session

        self.email = email
        self.europe_pmc, self.unpaywall = endpoint(europe_pmc, europepmc.HOME), endpoint(unpaywall, UNPAYWALL)
        self._pause, self._sleep = pause, sleep
        self._session = session()

    def fetch(self, report: Report) -> tuple[Copy | None, list[str]]:
        """The first open copy of a report, and what was tried, in words. Raises SourceError where a service can't be asked at all."""
        tried: list[str] = []
        for where, found in self._ways(report):
            if isinstance(found, Copy):
                return found, tried
            tried.append(f"{where}: {found}")
        return None, tried or ["the record has neither PMCID nor DOI to ask with"]

    def _ways(self, report: Report) -> Iterator[tuple[str, Copy | str]]:
        if pmcid := report.best("pmcid"):
            number = pmcid.upper().removeprefix("PMC")
            yield "Europe PMC", self._get(f"{self.europe_pmc}PMC{number}/fullTextXML", "not open, or not there")
        doi = report.best("doi")
        if doi and self.email:
            yield from (("Unpaywall", copy) for copy in self._unpaywall(doi))
        elif doi:
            yield "Unpaywall", "not asked: it wants an email (--email)"

    def _unpaywall(self, doi: str) -> Iterator[Copy | str]:
        body = self._body(f"{self.unpaywall}{quote(doi, safe='/')}?email={quote(self.email)}")
        if isinstance(body, str):
            yield body
            return
        import json

        try:
            told = json.loads(body)
            places = [told.get("best_oa_location"), *(told.get("oa_locations") or [])] if isinstance(told, dict) else []
        except ValueError:
            yield "an answer that is not JSON"
            return
        seen: set[str] = set()
        for place in places:
            url = (place or {}).get("url_for_pdf") or ""
            if url and url not in seen:
                seen.add(url)
                found = self._get(url, "the copy is gone", licence=str((place or {}).get("license") or ""))
                yield found
                if isinstance(found, Copy):
                    return
        if not seen:
            yield "no open copy is known"

    def _get(self, url: str, missing: str, licence: str = "") -> Copy | str:
        body = self._body(url, missing)
        if isinstance(body, str):
            return body
        try:
            return Copy(body, kind_of(body, "what came"), url, licence)
        except FormatError as error:
            return error.message

    def _body(self, url: str, missing: str = "not known there") -> bytes | str:
        """The answer, or in words why there is none. Follows redirects as far as they stay safe; waits where it is asked to."""
        import requests

        for attempt in range(1, TRIES + 1):
            self._sleep(self._pause)
            try:
                answer = self._once(url)
            except requests.RequestException as error:
                if attempt == TRIES:
                    raise SourceError(
                        f"{urlsplit(url).hostname} can't be reached ({type(error).__name__}).",
                        "Check the connection, then run the same command again.",
                    ) from None
                self._sleep(2.0**attempt * (0.5 + random.random() / 2))  # noqa: S311  # jitter
                continue
            if isinstance(answer, bytes | str):
                return answer
            status, after = answer
            if status in (404, 410):
                return missing
            if status == 429 or status >= 500:
                if attempt == TRIES:
                    return f"the service failed or was asked too often (status {status})"
                self._sleep(min(after, 120.0) if after else 2.0**attempt)
                continue
            return f"refused (status {status})"
        return "no answer"

    def _once(self, url: str) -> bytes | str | tuple[int, float]:
        for _ in range(10):
            parts = urlsplit(url)
            if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
                return f"{parts.scheme or 'no'} address, not https: {url[:80]}"
            with self._session.get(url, timeout=(15, 60), stream=True, allow_redirects=False) as response:
                if response.status_code in (301, 302, 303, 307, 308):
                    url = urljoin(url, response.headers.get("Location", ""))
                    continue
                if response.status_code != 200:
                    after = response.headers.get("Retry-After", "")
                    return response.status_code, float(after) if after.isdigit() else 0.0
                pieces, size = [], 0
                for piece in response.iter_content(1 << 16):
                    pieces.append(piece)
                    size += len(piece)
                    if size > LARGEST:
                        return f"larger than {LARGEST >> 20} MB"
                announced = response.headers.get("Content-Length", "")
                if announced.isdigit() and "Content-Encoding" not in response.headers and size != int(announced):
                    import requests

                    raise requests.exceptions.ChunkedEncodingError("cut in the middle")
                return b"".join(pieces)
        return "too many redirects"
