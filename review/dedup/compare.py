"""Two records field by field: a level for each field, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from review.dedup.features import Features
from review.dedup.people import People
from review.dedup.places import compare_journals
from review.dedup.titles import Title

_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "for",
        "and",
        "or",
        "to",
        "with",
        "by",
        "from",
        "at",
        "as",
        "is",
        "are",
        "de",
        "la",
        "le",
        "et",
        "der",
        "die",
        "das",
        "und",
        "y",
        "en",
    ]
)
_OPPOSITE = (("hyper", "hypo"), ("pre", "post"), ("intra", "inter"), ("male", "female"), ("men", "women"), ("", "non"), ("", "un"), ("", "in"), ("", "anti"),
             ("", "a"), ("micro", "macro"), ("mono", "poly"), ("hypo", "hyper"), ("under", "over"), ("in", "ex"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """Levels, each a key of the table of weights."""

    title: str  # same | same, long | same, short | near | part | weak | different | missing
    alike: int  # the titles, 0..100
    numbers: bool  # the titles' numbers and part markers agree
    authors: str  # same | order | first | missing | few | different
    year: str  # same | 1 apart | 2 apart | far | missing
    journal: str  # same | unclear | different | missing
    volume: str  # same | different | missing
    issue: str
    pages: str  # range | same | first (the last pages differ) | page 1 | overlap | unclear | different | missing
    doi: str  # same | different | missing
    pmid: str
    abstract: str  # same | different | unclear | missing


def _typo(a: str, b: str) -> bool:
    if min(len(a), len(b)) < 3 or fuzz.ratio(a, b) < 78:
        return False
    return not any({a, b} == {x + rest, y + rest} for x, y in _OPPOSITE for rest in {a[len(x) :], b[len(y) :], b[len(x) :], a[len(y) :]})


def _apart(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The words of each that the other has not, joins ('pure tone', 'puretone') and misspellings forgiven."""
    in_a, in_b = frozenset(a), frozenset(b)
    joins_a = {x + y: (x, y) for x, y in pairwise(a)}
    joins_b = {x + y: (x, y) for x, y in pairwise(b)}
    joined = {w for j, parts in joins_a.items() if j in in_b or j in joins_b for w in (j, *parts)}
    joined |= {w for j, parts in joins_b.items() if j in in_a or j in joins_a for w in (j, *parts)}
    only_a = [w for w in dict.fromkeys(a) if w not in in_b and w not in _SMALL and w not in joined]
    only_b = [w for w in dict.fromkeys(b) if w not in in_a and w not in _SMALL and w not in joined]
    left: list[str] = []
    for word in only_a:
        match = next((w for w in only_b if _typo(word, w)), None)
        if match is None:
            left.append(word)
        else:
            only_b.remove(match)
    return left, only_b


def compare_titles(a: Title, b: Title) -> tuple[str, int]:
    """The level and the likeness in percent."""
    if not a.squash or not b.squash:
        return "missing", 0
    if a.squash == b.squash:
        telling = len(a.words) >= 7 and len(a.squash) >= 40
        return ("same, short" if a.generic or len(a.words) < 4 else "same, long" if telling else "same"), 100
    if (a.also and b.squash == a.also) or (b.also and a.squash == b.also):
        return "near", 100
    ratio = fuzz.ratio(a.squash, b.squash)
    short, long = sorted((a, b), key=lambda t: len(t.squash))
    starts = long.squash.startswith(short.squash) or long.squash.endswith(short.squash)
    only_a, only_b = _apart(a.words, b.words) if starts or ratio >= 55 else ([], [])
    if starts and (only_a or only_b) and len(short.words) >= 3 and len(short.squash) >= 18:
        return "part", max(round(ratio), 90)
    if ratio < 55:
        alike = fuzz.token_set_ratio(" ".join(a.words), " ".join(b.words))
        return ("part" if alike >= 97 and len(short.words) >= 5 else "different"), round(max(ratio, alike if alike >= 97 else 0))
    if not only_a and not only_b:
        return ("near" if len(short.words) >= 3 or ratio >= 90 else "weak"), round(ratio)
    within = not only_a or not only_b
    if within and len(short.words) >= 4 and (ratio >= 80 or fuzz.partial_ratio(short.squash, long.squash) >= 95):
        return "part", round(ratio)
    return ("weak" if ratio >= 80 else "different"), round(ratio)


def compare_people(a: People, b: People) -> str:
    """Forgives order, initials, particles, and lists cut short."""
    if not a.words or not b.words:
        return "missing"
    first = a.family == b.family or bool(a.first & b.first) or fuzz.ratio(a.family, b.family) >= 80
    if not first and (a.group or b.group):
        return "missing"  # an organisation on one side, people on the other
    shared = max(len(a.families & b.words), len(b.families & a.words))
    share = shared / max(1, min(len(a.families), len(b.families)))
    if first:
        return "same" if share >= 0.5 or min(len(a.families), len(b.families)) == 1 else "first"
    if share >= 0.5:
        return "order"
    return "few" if shared else "different"


def _years(a: int, b: int) -> str:
    if not a or not b:
        return "missing"
    return ("same", "1 apart", "2 apart")[abs(a - b)] if abs(a - b) < 3 else "far"


def _numbers(a: frozenset[int], b: frozenset[int]) -> str:
    return "missing" if not a or not b else "same" if a & b else "different"


def _pages(a: Features, b: Features) -> str:
    p, q = a.pages, b.pages
    if not p.firsts or not q.firsts:
        return "missing"
    if "roman" in (p.letters, q.letters) and p.letters != q.letters:
        return "different"
    if p.firsts & q.firsts:
        if p.letters == "roman":
            return "page 1"  # every editorial begins at i or iii
        if p.span >= 2 and p.last == q.last:
            return "range"
        if p.last and q.last and p.last != q.last:
            return "first"
        return "page 1" if min(p.firsts & q.firsts) <= 1 else "same"
    if any(
        min(x.firsts) <= n <= x.last for x, y in ((p, q), (q, p)) for n in (*y.firsts, y.last) if x.span < 60 and p.letters == q.letters
    ):
        return "overlap"
    if (
        p.locator != q.locator
        and not {p.letters, q.letters} & {"s", "p"}
        and (min(p.firsts) == 1 or min(q.firsts) == 1 or p.letters != q.letters)
    ):
        return "unclear"  # an article number and the page numbers within it
    return "different"


def _text(a: str, b: str) -> str:
    if not a or not b:
        return "missing"
    size = min(len(a), len(b))
    if size < 80:
        return "same" if a == b and size >= 40 else "missing"
    alike = fuzz.ratio(a[:size], b[:size])
    return "same" if alike >= 85 else "unclear" if alike >= 55 else "different"


def _ids(a: str, b: str) -> str:
    return "missing" if not a or not b else "same" if a == b else "different"


def compare(a: Features, b: Features) -> Comparison:
    """Every field, whatever the others say."""
    title, alike = compare_titles(a.title, b.title)
    return Comparison(
        title=title,
        alike=alike,
        numbers=title == "missing" or a.title.numbers == b.title.numbers or a.title.squash == b.title.squash,
        authors=compare_people(a.people, b.people),
        year=_years(a.year, b.year),
        journal="same" if a.issns & b.issns else compare_journals(a.journal, b.journal),
        volume=_numbers(a.volume, b.volume),
        issue=_numbers(a.issue, b.issue),
        pages=_pages(a, b),
        doi=_ids(a.doi, b.doi),
        pmid=_ids(a.pmid, b.pmid),
        abstract=_text(a.abstract, b.abstract),
    )


def words_for(c: Comparison, a: Features, b: Features) -> str:
    """The comparison in words; what neither or only one has is passed over."""
    said = [f"same {name}" for name, level in (("DOI", c.doi), ("PMID", c.pmid)) if level == "same"]
    said += [f"{name}s differ" for name, level in (("DOI", c.doi), ("PMID", c.pmid)) if level == "different"]
    said.append("title missing" if c.title == "missing" else "same title" if c.alike == 100 else f"title {c.alike} %")
    if c.title == "part":
        said[-1] += ", one within the other"
    if not c.numbers:
        said.append("numbers in the titles differ")
    authors = {
        "same": "authors agree",
        "order": "authors in another order",
        "first": "only the first author agrees",
        "few": "few authors agree",
        "different": "authors differ",
    }
    said += [authors[c.authors]] if c.authors in authors else []
    if c.year != "missing":
        said.append(f"year {a.year}" if a.year == b.year else f"year {a.year}/{b.year}")
    for name, level in (("journal", c.journal), ("volume", c.volume), ("issue", c.issue), ("pages", c.pages), ("abstract", c.abstract)):
        verb = "" if name == "pages" else "s"
        if level in ("same", "range", "first", "page 1"):
            said.append(f"{name} agree{verb}")
        elif level == "different":
            said.append(f"{name} differ{verb}")
    return "; ".join(said)
