"""Ovid's wildcards as PubMed can search them: by listing what a sign may stand for, or by truncating earlier (broader)."""

from __future__ import annotations

from dataclasses import dataclass

from review.query.tree import ANY, Wild, Word

_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"
MIN_STEM = 4  # PubMed truncates after four characters
LONG_STEM = 5  # a sign after a longer stem is not written out in 36 forms: truncating there finds little else


@dataclass(frozen=True, slots=True)
class Forms:
    """Words that PubMed can search, which together find all that the word finds; `exact` if no more than that."""

    words: tuple[Word, ...]
    exact: bool
    why: str = ""


def forms(word: Word) -> Forms | None:
    """The word's forms, or None where nothing short of everything would do."""
    if word.plain:
        return Forms((word,), True)
    if not word.stem:
        return None
    tail = word.parts[-1]
    inner = [p for p in word.parts[:-1] if isinstance(p, Wild)]
    if not inner and isinstance(tail, Wild):
        return _truncated(word.stem, tail)
    single = inner[0] if len(inner) == 1 and inner[0].most == 1 else None
    ends = tail if isinstance(tail, Wild) else None
    if single and len(word.stem) <= (MIN_STEM if ends else LONG_STEM):
        return _listed(word, single, ends)
    cut = _truncated(word.stem, ANY)
    return Forms(cut.words, False, f"PubMed has no wildcard inside a word: '{word}' is truncated at its first") if cut else None


def _truncated(stem: str, tail: Wild) -> Forms | None:
    if tail.most is None and len(stem) >= MIN_STEM:
        return Forms((Word((stem, ANY)),), True)
    shown = str(Word((stem, tail)))
    if tail.most is not None and len(stem) >= MIN_STEM:
        return Forms((Word((stem, ANY)),), False, f"PubMed can't limit a truncation: '{shown}' finds longer endings too")
    if tail.most == 1:
        first = () if tail.least else (Word((stem,)),)
        return Forms((*first, *(Word((stem + c,)) for c in _SIGNS)), True)
    if len(stem) == MIN_STEM - 1:
        # Every form of four letters, each truncated: the same as the short truncation.
        words = (Word((stem,)), *(Word((stem + c, ANY)) for c in _SIGNS))
        return Forms(
            words, tail.most is None, "" if tail.most is None else f"PubMed can't limit a truncation: '{shown}' finds longer endings too"
        )
    return None


def _listed(word: Word, single: Wild, ends: Wild | None) -> Forms | None:
    """`wom#n`: the sign replaced by each letter and digit; `?` also by none."""
    at = word.parts.index(single)
    before = "".join(p for p in word.parts[:at] if isinstance(p, str))
    after = "".join(p for p in word.parts[at + 1 :] if isinstance(p, str))
    stems = [before + c + after for c in (*(() if single.least else ("",)), *_SIGNS)]
    if ends is None:
        return Forms(tuple(Word((s,)) for s in stems), True)
    made = [_truncated(s, ends if ends.most != 1 else ANY) for s in stems]
    if any(m is None for m in made) or any(m is not None and len(m.words) > 1 for m in made):
        return None
    return Forms(
        tuple(m.words[0] for m in made if m),
        all(m.exact for m in made if m) and ends.most != 1,
        "" if ends.most is None else f"PubMed can't limit a truncation: '{word}' finds longer endings too",
    )
