"""Authors made comparable, in whatever form a source wrote them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from review.dedup.titles import mended
from review.model.record import plain

_NOBODY = re.compile(
    r"^\W*(?:anonymous|anon|unknown|no authors? (?:listed|given)|not (?:available|known)|n/?a|nan|none|null|et al|and others|others)\W*$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:group|collaborat\w+|committee|society|association|organi[sz]ation|network|investigators?|consortium|institute|university|council|department"
    r"|ministry|commission|office|agency|foundation|cent(?:re|er)|team|party|force|panel|college|academy|board|service|trust|federation)\b",
    re.IGNORECASE,
)
_ET_AL = re.compile(r"[,;\s]*\b(?:et\.? ?al\b|and others\b|u\. ?a\.)\.?.*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*;\s*|\s+(?:and|AND)\s+|\s+&\s+|\s*[\r\n|]+\s*")
_RUN_TOGETHER = re.compile(r"(?<=\b[A-Z]\.)(?=(?:[a-z]+ )?[A-ZÀ-Þ][^\s.,]+[ ,])")  # 'Adeli K.Lewis G. F.'
_INITIALS = re.compile(r"^(?:[A-ZÀ-Þ]\.?-?){1,4}$")
_SUFFIX = re.compile(r"[,\s]+(?:jr|sr|ii|iii|iv|md|phd|m\.d|ph\.d)\.?(?=$|[,\s])", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:\(.*?\)|\d+)")  # ids and affiliations behind a name


@dataclass(frozen=True, slots=True)
class People:
    """first: words of the first author's name; families: guessed family names; words: all name words."""

    family: str  # the first author's, squashed; '' where nobody is named
    first: frozenset[str]
    families: frozenset[str]
    words: frozenset[str]
    group: bool  # an organisation stands as first author


def _split(authors: Sequence[str]) -> list[str]:
    names: list[str] = []
    for text in authors:
        for part in _BETWEEN.split(_ET_AL.sub("", text)):
            if ("," in part and part.count(",") > 1) or re.search(r"^\S+ [A-Z]{1,3},", part):
                chunks = [c.strip() for c in _SUFFIX.sub("", part).split(",") if c.strip()]
                if all(" " in c for c in chunks):  # 'Tikka C, Verbeek JH' or 'Cora Tikka, Jos Verbeek'
                    names.extend(chunks)
                    continue
                if len(chunks) > 3:  # 'Tikka, C., Verbeek, J. H.'
                    names.extend(f"{family}, {given}" for family, given in zip(chunks[::2], chunks[1::2], strict=False))
                    continue
            names.extend([part] if "," in part else _RUN_TOGETHER.split(part))
    return [n for n in (_AFTER.sub("", name).strip(" .,*") for name in names) if n and not _NOBODY.match(n)]


def _family(name: str) -> str:
    name = _SUFFIX.sub("", name)
    if "," in name:
        return plain(name.split(",")[0]).replace(" ", "")
    words = name.split()
    while len(words) > 1 and _INITIALS.match(words[-1]) and not (len(words) == 2 and _INITIALS.match(words[0])):
        words.pop()
        if not _INITIALS.match(words[-1]):
            return plain("".join(words)).replace(" ", "")  # 'van der Berg J'
    return plain(words[-1]).replace(" ", "")  # 'Jan Berg', 'J. Berg'


def _words(name: str) -> frozenset[str]:
    kept = [w for w in re.split(r"[\s,]+", name) if not _INITIALS.match(w) or (len(w) > 3 and w.isalpha())]
    return frozenset(w for w in plain(" ".join(kept)).split() if len(w) > 1)


def people_of(authors: Sequence[str]) -> People:
    """The authors of a record; empty where nobody, or Anonymous, is named."""
    names = _split([mended(a) for a in authors])
    if not names:
        return People("", frozenset(), frozenset(), frozenset(), False)
    families = [f for f in map(_family, names) if f]
    words = frozenset().union(*map(_words, names))
    return People(
        families[0] if families else "", _words(names[0]), frozenset(families), words | frozenset(families), bool(_GROUP.search(names[0]))
    )
