"""Requests to a service that fails in every way there is: each failure told apart, retried or reported, none swallowed.

Only this file sends the key, and whatever leaves it, as error or as page, has the key blotted out.
"""

from __future__ import annotations

import email.utils
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeVar

import requests
import urllib3

from review.errors import SourceError
from review.model.patterns import lazy
from review.sources.base import Secret, Settings
from review.sources.rate import Pace

T = TypeVar("T")

# The kinds of failure, in the order in which they are looked for.
UNREACHABLE, TIMEOUT, CUT, MOVED, RATE, SERVER, REFUSED, MISSING, TOO_LONG = (
    "unreachable", "timeout", "cut", "moved", "rate", "server", "refused", "missing", "too-long",
)  # fmt: skip
HTML, EMPTY, TRUNCATED, MALFORMED, BACKEND, HISTORY, ERROR, UNEXPECTED, CHANGED, KEY = (
    "html", "empty", "truncated", "malformed", "backend", "history", "error", "unexpected", "changed", "key",
)  # fmt: skip
LATER = "What was fetched is kept. Run the same command again to go on where it stopped."
HINTS = {
    UNREACHABLE: "Check the connection (a proxy is taken from HTTPS_PROXY) and --base-url. " + LATER,
    MOVED: "Give the new address with --base-url; a key is never sent on to another place by itself.",
    RATE: "Somebody else at your address is asking too; a key of your own (NCBI_API_KEY) has a limit of its own. " + LATER,
    REFUSED: "The service does not let this address or account in. Ask it why, with the email that you sent.",
    MISSING: "There is no such service at this address: check --base-url.",
    TOO_LONG: "Shorten the query.",
    KEY: "Set NCBI_API_KEY to the key of your NCBI account, or unset it.",
}

_HTML = lazy(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title)\b", re.IGNORECASE | re.DOTALL
)
_LIMITED = lazy(rb"""["']error["']\s*:\s*["'][^"']*(?:rate limit|ratecontrol|too many requests|-> Neg)""", re.IGNORECASE)
_BAD_KEY = lazy(rb"""["']error["']\s*:\s*["'][^"']*api key""", re.IGNORECASE)
_TAG = lazy(r"<[^>]*>")


class Failure(Exception):
    """One attempt that failed. again: whether a repetition may help; after: seconds that the service asks to wait."""

    def __init__(self, kind: str, text: str, *, again: bool = True, after: float | None = None, tries: int = 99) -> None:
        super().__init__(text)
        self.kind, self.text, self.again, self.after, self.tries = kind, text, again, after, tries


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back with a status that may carry an answer: 2xx, or 400 (E-utilities explain themselves in it)."""

    status: int
    body: bytes


def session() -> requests.Session:
    """A session that says who asks."""
    asking = requests.Session()
    asking.headers["User-Agent"] = f"review/{version('review')} (systematic reviews; python-requests)"
    return asking


class Transport:
    """POSTs forms at a pace, with retries, as patiently as the settings say. `chance` gives the jitter, 0 to 1."""

    def __init__(
        self,
        label: str,
        pace: Pace,
        *,
        settings: Settings | None = None,
        secret: Secret | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        settings = settings or Settings()
        self.label, self.pace, self.policy = label, pace, settings.policy
        self.secret = secret or Secret()
        self.retries = 0
        self._tell, self._clock, self._sleep, self._chance = settings.tell, settings.clock, settings.sleep, chance
        self._session = session()
        self._session.auth = _no_auth  # or requests would send what it finds in .netrc

    def post(self, url: str, form: Mapping[str, str], check: Callable[[Answer], T], *, what: str, tries: int = 0) -> T:
        """Send a form; give back what `check` makes of the answer. `what` names the request in messages.

        `check` raises Failure for an answer that is none. Raises SourceError, with the kind and what was tried,
        once a repetition can't help or the patience of the policy is at its end.
        """
        begun, most = self._clock(), tries or self.policy.tries
        for attempt in range(1, most + 1):
            self.pace.wait()
            try:
                return check(self._once(url, form))
            except Failure as failure:
                pause = self._pause(attempt, failure.after)
                last = attempt >= min(most, failure.tries)
                if last or not failure.again or pause > self.policy.longest:
                    raise self._error(failure, what, attempt, self._clock() - begun, pause) from None
                if failure.kind == RATE:
                    self.pace.pause(pause)
                self.retries += 1
                self._tell(
                    self.secret.scrub(f"{self.label}: {what}: {failure.text}; trying again in {pause:.0f} s ({attempt} of {most - 1})")
                )
                self._sleep(pause)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _pause(self, attempt: int, after: float | None) -> float:
        """Exponential with jitter; never shorter than what the service asks for (RFC 9110, 10.2.3)."""
        backoff = min(self.policy.most, self.policy.first * 2.0 ** (attempt - 1)) * (0.5 + self._chance() / 2)
        return max(after, backoff) if after is not None else backoff

    def _error(self, failure: Failure, what: str, attempt: int, seconds: float, pause: float) -> SourceError:
        text = self.secret.scrub(failure.text)
        tried = f" It was asked {attempt} times in {seconds:.0f} s." if attempt > 1 else ""
        if failure.after is not None and pause > self.policy.longest:
            tried += f" It asks to wait for {pause:,.0f} s."
        hint = HINTS.get(failure.kind, LATER if failure.again else "")
        return SourceError(f"{self.label}: {what}: {text}.{tried} No hits are concluded from this.", hint, failure.kind)

    def _once(self, url: str, form: Mapping[str, str]) -> Answer:
        """One request. Raises Failure for every way in which no answer comes back."""
        data = dict(form)
        if self.secret:
            data["api_key"] = self.secret.reveal()
        try:
            with self._session.post(
                url, data=data, stream=True, allow_redirects=False, timeout=(self.policy.connect, self.policy.silence)
            ) as response:
                body = self._read(response)
        except requests.exceptions.SSLError:
            raise Failure(UNREACHABLE, "the certificate of the server is not accepted", again=False) from None
        except requests.Timeout as error:
            late = "no connection" if isinstance(error, requests.exceptions.ConnectTimeout) else "no answer"
            raise Failure(TIMEOUT, f"{late} in time") from None
        except urllib3.exceptions.ReadTimeoutError:
            raise Failure(TIMEOUT, "the answer stopped in the middle") from None
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError, urllib3.exceptions.HTTPError) as error:
            raise Failure(CUT, f"the connection was cut in the middle of the answer ({type(error).__name__})") from None
        except requests.ConnectionError as error:
            cut = "reset" in str(error).lower() or "aborted" in str(error).lower()
            raise Failure(CUT if cut else UNREACHABLE, "the connection was cut" if cut else "the server can't be reached") from None
        except (requests.RequestException, OSError) as error:
            raise Failure(UNREACHABLE, f"the request could not be made ({type(error).__name__})", again=False) from None
        self._refuse(response, body)
        return Answer(response.status_code, self._clean(body))

    def _read(self, response: requests.Response) -> bytes:
        begun, parts, size = self._clock(), [], 0
        while chunk := response.raw.read1(1 << 16, decode_content=True):
            parts.append(chunk)
            size += len(chunk)
            if size > self.policy.size:
                raise Failure(UNEXPECTED, f"the answer is larger than {self.policy.size >> 20} MB", again=False)
            if self._clock() - begun > self.policy.whole:
                raise Failure(TIMEOUT, f"the answer was not complete after {self.policy.whole:.0f} s")
        return b"".join(parts)

    def _refuse(self, response: requests.Response, body: bytes) -> None:
        """What status, headers and first bytes say about the service, whatever it was asked."""
        status, after = response.status_code, _retry_after(response.headers.get("Retry-After", ""), self._clock())
        # NCBI has sent the message of a 429 with status 200 as well.
        if status == 429 or (len(body) < 2000 and _LIMITED.search(body)):
            raise Failure(RATE, "too many requests in a second from this address or with this key", after=after)
        if len(body) < 2000 and _BAD_KEY.search(body):
            raise Failure(KEY, "the API key is not accepted", again=False)
        if status in (301, 302, 303, 307, 308):
            raise Failure(MOVED, f"the service has moved ({status})", again=False)
        if status >= 500 or status == 408:
            raise Failure(SERVER, f"the server failed ({status})", after=after)
        if status in (413, 414):
            raise Failure(TOO_LONG, f"the query is too long for the server ({status})", again=False)
        if status in (401, 403, 407, 451):
            raise Failure(REFUSED, f"the server refuses ({status})", again=False)
        if status in (404, 405, 410):
            raise Failure(MISSING, f"the server does not know this address ({status})", again=False)
        if status not in (200, 400):
            raise Failure(UNEXPECTED, f"an answer with status {status}: {words(body)}", again=False)
        if _HTML.match(body[:4096]):
            raise Failure(HTML, f"a web page came instead of data (status {status}): {words(body)}", after=after)
        if not body.strip():
            raise Failure(EMPTY, f"an empty answer (status {status})", after=after)

    def _clean(self, body: bytes) -> bytes:
        key = self.secret.reveal().encode()
        return body.replace(key, b"***") if key and key in body else body


def words(body: bytes, most: int = 160) -> str:
    """The first words of an answer for a message: no markup, one line."""
    text = " ".join(_TAG.sub(" ", body[:4000].decode("utf-8", "replace")).split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _retry_after(value: str, now: float) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or as a date; None where it says nothing."""
    value = value.strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", value):
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return None


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
