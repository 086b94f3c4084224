"""A record as it is read: an abstract's sections as paragraphs, and the words to look out for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from review.model.patterns import lazy
from review.model.tags import untagged

# Labels of structured abstracts: NLM's categories and what journals make of them (Harbourt et al., J Med Libr Assoc 1995;83:190).
_LABELS = (
    "abstract|aims?|aims? and objectives?|aims? of the study|aims? and methods?|analys[ie]s|approach|background|background and (?:aims?|objectives?|purpose)|"
    "background/(?:aims?|objectives?|purpose)|case (?:presentation|report|description)|clinical (?:relevance|implications|significance|trial registration)|"
    "comments?|conclusions?|conclusions? and (?:implications|relevance|recommendations)|conclusions?/significance|context|contexts?|contributions?|"
    "data (?:collection|extraction|extraction and synthesis|sources?|synthesis|analysis)|data collection and analysis|design|"
    "design and (?:methods?|setting|participants)|design, setting,? and participants|design/methodology/approach|design/setting|discussion|"
    "discussion and conclusions?|eligibility criteria|eligibility criteria for selecting studies|evidence acquisition|evidence synthesis|exposures?|"
    "findings?|funding|goals?|highlights?|hypothes[ie]s|impact|implications?|implications for practice|importance|innovation|interpretation|"
    "interventions?|introduction|issues?|key (?:messages?|points|words)|keywords|lessons|level of evidence|limitations?|"
    "main (?:findings|results|outcomes?|outcome measures?|outcomes? and measures?)|main outcome measurements?|materials? and methods?|"
    "measurements?|measures?|measurements and main results|methodology|methods?|methods? and (?:analysis|findings|materials|results)|"
    "methodology/principal findings|objectives?|objective and design|observations?|originality|originality/value|outcomes?|outcome measures?|"
    "participants?|participants and (?:methods|setting)|patients?|patients and methods?|patient or public contribution|perspective|place and duration of study|"
    "population|practical implications|practice implications|primary (?:funding source|outcome measures?)|principal findings|problem|procedures?|"
    "prospero registration number|public health implications|purpose|purpose of (?:the )?review|question|rationale|recent findings|recommendations?|"
    "registration|registration number|relevance|research (?:design|question|limitations/implications)|results?|results and (?:conclusions?|discussion)|"
    "review methods|sample|scope|search (?:methods|strategy)|selection criteria|sett?ings?|setting and participants|settings?/participants|significance|"
    "significance of results|social implications|sources of information|statement of problem|strengths and limitations|study (?:design|population|selection|"
    "eligibility criteria)|study design and setting|study selection and data extraction|subjects?|subjects and methods?|summary|"
    "systematic review registration|the study|theoretical framework|trial registration|trial registration number|value|what is known"
)
_LABEL = lazy(
    rf"(?:^|(?<=[.!?;)\]”\"])\s+|\n\s*)((?:{_LABELS})(?=\s?[:：])|[A-Z][A-Z0-9 ,/&()'’–-]{{3,58}}(?=[:：]))\s?[:：]\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Paragraph:
    """A section of an abstract; label: as the abstract words it, or ''."""

    label: str
    text: str


def one_line(text: str, most: int = 0) -> str:
    """The text as it is told within a line: without markup, accents joined to their letters, cut where it has more than `most` signs."""
    text = unicodedata.normalize("NFC", " ".join(untagged(text).split()))
    return text[: most - 1].rstrip() + "…" if 0 < most < len(text) else text


def paragraphs(abstract: str) -> list[Paragraph]:
    """The sections of an abstract. No word is lost or changed but for white space."""
    text = untagged(abstract, "\n")
    found: list[Paragraph] = []
    label, start = "", 0
    for match in _LABEL.finditer(text):
        name = match[1]
        # The pattern takes both cases: words that are no known label must stand in capitals.
        if not name.isupper() and not re.fullmatch(_LABELS, name, re.IGNORECASE):
            continue
        if not name[0].isupper() and "\n" not in match[0] and match.start():
            continue
        found += _split(label, text[start : match.start()])
        label, start = " ".join(name.split()), match.end()
    found += _split(label, text[start:])
    return found


def _split(label: str, text: str) -> list[Paragraph]:
    parts = [" ".join(part.split()) for part in re.split(r"\n+", text)]
    parts = [p for p in parts if p] or ([""] if label else [])
    return [Paragraph(label if n == 0 else "", part) for n, part in enumerate(parts)]


def pattern(terms: Iterable[str]) -> re.Pattern[str] | None:
    """What finds the terms in any case, as whole words: `*` stands for the rest of a word, `?` for one letter at most, a space for
    white space or a hyphen. None where there are no terms.
    """
    longest_first = sorted({t.strip() for t in terms if t.strip(" *?")}, key=lambda t: (-len(t), t))
    if not longest_first:
        return None
    return re.compile("|".join(_term(t) for t in longest_first), re.IGNORECASE)


def _term(term: str) -> str:
    parts = []
    for piece in re.split(r"(\*|\?|[\s\-‐‑–]+)", term):
        if piece == "*":
            parts.append(r"\w*")
        elif piece == "?":
            parts.append(r"\w?")
        elif piece.strip("-‐‑– \t\n") == "" and piece:
            parts.append(r"[\s\-‐‑–]+")
        else:
            parts.append(re.escape(piece))
    text = "".join(parts)
    before = r"\b" if re.match(r"\w", term) else r"(?<!\w)"
    after = r"\b" if re.search(r"\w$", term) else "" if term.endswith(("*", "?")) else r"(?!\w)"
    return f"{before}{text}{after}"


FULL = 0.75  # of the usual length: a line at least so long goes on in the next


# A soft hyphen, and what PDFium puts in the place of a hyphen at a line's end: no screen can show them.
_BROKEN = lazy("([^\\W_]+)[\u0002\ufffe\u00ad][ \\t]*(?=([^\\W_]+))")


def _mended(one: str, two: str, page: str) -> str:
    """The first part of a word that was broken off, as it goes on: with a hyphen at a number, or where the page has the word so elsewhere."""
    written = re.search(rf"\b{one}-{two}\b", page, re.IGNORECASE) and not re.search(rf"\b{one}{two}\b", page, re.IGNORECASE)
    return f"{one}-" if one[-1].isdigit() or two[0].isdigit() or written else one


def flowing(page: str) -> str:
    """The text of a printed page with its lines joined into paragraphs, to be read at another width.

    A line that is about as long as most is taken to go on; one that is shorter ends its paragraph, as does an empty one. A word parted
    at the end of a line is put together where the next begins with a small letter.
    """
    page = _BROKEN.sub(lambda m: _mended(m[1], m[2], page), page)
    lines = [line.rstrip() for line in page.strip().split("\n")]
    lengths = sorted(len(line) for line in lines if line.strip())
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    text, on = "", False
    for line in lines:
        start = line.lstrip()
        if on and start:
            parted = text.endswith(("-", "\u2010", "\xad")) and start[0].islower()
            text = text[:-1] + start if parted else f"{text} {start}"
        else:
            text += f"\n{line}" if text else line
        on = bool(start) and len(line) >= FULL * usual
    return text
