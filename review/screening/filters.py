"""What a reviewer can choose to see of their records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from review.model.patterns import lazy
from review.screening.session import Screening


@dataclass(frozen=True)
class Filter:
    """keys: from the sitting and the text that was typed to report keys, None for all. asks: the question, where text is wanted."""

    keys: Callable[[Screening, str], set[str] | None]
    asks: Callable[[Screening], str] | None = None
    check: Callable[[str], str] | None = None


def _voted(verdict: str) -> Filter:
    return Filter(lambda s, _: {k for k, said in s.tally.everything() if any(v.verdict == verdict for v in said.votes)})


_YEARS = lazy(r"\s*(\d{4})\s*(?:[-–]\s*(\d{4})?)?\s*")


def _years(text: str) -> tuple[int, int]:
    match = _YEARS.fullmatch(text)
    assert match
    first = int(match[1])
    return first, int(match[2]) if match[2] else 9999 if "-" in text or "–" in text else first


def _sources(session: Screening) -> str:
    return f"Source ({', '.join(s.id for s in session.protocol.sources)}):"


FILTERS: dict[str, Filter] = {
    "all": Filter(lambda s, _: None),
    "undecided": Filter(lambda s, _: {k for k in s.offered if not s.votes_on(k)}),
    "my maybes": _voted("maybe"),
    "my includes": _voted("include"),
    "my excludes": _voted("exclude"),
    "my notes": Filter(lambda s, _: {k for k, said in s.tally.everything() if said.note}),
    "my tag": Filter(
        lambda s, text: {k for k, said in s.tally.everything() if any(t.casefold() == text.casefold() for t in said.tags)},
        lambda s: f"Tag ({', '.join(s.all_tags[:12]) or 'you have set none yet'}):",
    ),
    "year": Filter(
        lambda s, text: s.shelf.of_years(*_years(text)),
        lambda s: "Year, or years (2010, 2010-2015, 2010-):",
        lambda text: "" if _YEARS.fullmatch(text) else "A year such as 2010, or 2010-2015.",
    ),
    "source": Filter(lambda s, text: s.shelf.of_source(text), _sources),
    "words": Filter(
        lambda s, text: s.shelf.with_words(text),
        lambda s: "Words in title or abstract:",
        lambda text: "" if text.strip() else "Type some words.",
    ),
}


def wanted(session: Screening, name: str, text: str) -> set[str] | None:
    """The keys of the reports that a filter lets through; None: all."""
    return FILTERS[name].keys(session, text)
