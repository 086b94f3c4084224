"""A text without what setting it adds, and where a quote may begin and end in it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from review.model.patterns import lazy

JOINERS = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\u0002"  # soft hyphens, and what PDFium puts for a hyphen at a line's end
DASHES = "-‐‑‒–—―−﹣－"
SAME = str.maketrans({
    **dict.fromkeys(DASHES, "-"), **dict.fromkeys("‘’‚‛`´′ʼ", "'"), **dict.fromkeys("“”„‟«»″", '"'), "…": "...", "\u00a0": " ", "·": ".",
    **dict.fromkeys(map(chr, range(0x300, 0x370)), None),  # accents: one text has them apart from their letters, another not
    **dict.fromkeys(JOINERS, None),
})  # fmt: skip
# Marks of references: [12], [3–5] (but after a number an interval), and numbers set high, which a text without setting has at the end of a word.
_MARKS = lazy(
    rf"(?<![\d%])(?<![\d%]\s)\[\d{{1,3}}(?:\s*[{DASHES},;]\s*\d{{1,3}})*\]|(?<=[a-z]{{2}})\d{{1,3}}(?:[{DASHES},]\d{{1,3}})*(?=[\s.,;:)]|$)"
    rf"|(?<=[a-z][.,;:)])\d{{1,3}}(?:[{DASHES},]\d{{1,3}})*(?=\s|$)"
)
_BROKEN_BEFORE = lazy(rf"[^\W\d_](?:[{JOINERS}]\s*|-[ \t]*\r?\n\s*)\Z")
_BROKEN_AFTER = lazy(rf"(?:[{JOINERS}]\s*|-[ \t]*\r?\n\s*)[^\W\d_]")
_PREFIX = lazy(rf"([^\W\d_]+)[{DASHES}]\Z")
_AT_NUMBER = lazy(r"(?<=\d)[\u0002\ufffe](?=[^\W_])|(?<=[^\W_])[\u0002\ufffe](?=\d)")
_NOT = lazy(r"['’]t\b")
# Before a hyphen, what turns or changes the word after it.
PREFIXES = frozenset(
    ("a", "an", "anti", "counter", "de", "dis", "ex", "il", "im", "in", "ir", "mis", "non", "over", "post", "pre", "pseudo", "quasi", "semi", "sub", "un", "under")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without what setting it adds. at[i]: where its i-th character stood."""

    text: str
    at: list[int]


def plain(text: str) -> Plain:
    """Ligatures undone (NFKD), accents gone, marks of one kind, hyphens between letters and white space gone, but for a space between digits."""
    text = hyphened(text)
    out: list[str] = []
    at: list[int] = []
    gap = False  # white space came since the last character
    for n, char in enumerate(text):
        if char.isspace():
            gap = True
            continue
        for c in char if char.isalnum() and char.isascii() else unicodedata.normalize("NFKD", char).translate(SAME):
            if c.isspace():
                gap = True
                continue
            if gap and out and c.isdigit() and (out[-1].isdigit() or out[-1] in ".,"):
                out.append(" ")
                at.append(n)
            gap = False
            out.append(c)
            at.append(n)
    # A hyphen between letters may be the typesetter's: it goes, in quote and page alike.
    kept = [
        n for n, c in enumerate(out) if not (c == "-" and 0 < n < len(out) - 1 and out[n - 1].isalpha() and out[n + 1].isalpha())
    ]  # fmt: skip
    return Plain("".join(out[n] for n in kept), [at[n] for n in kept])


def hyphened(text: str) -> str:
    """The text with hyphens where a line breaks beside a number: 'CB-154', '17-year-olds'. As long as it was."""
    return _AT_NUMBER.sub("-", text)


def unreferenced(text: str) -> str:
    """The text with blanks for marks of references: who types a quote leaves them out."""
    return _MARKS.sub(lambda m: " " * len(m[0]), text)


def unspaced(char: str) -> bool:
    """Whether a letter is of a script that has no spaces between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer."""
    return char > "\u0dff" and (
        "\u0e00" <= char <= "\u0eff" or "\u1000" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff" or "\u2e80" <= char <= "\ua4cf"
        or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"
    )  # fmt: skip


def parts_a_word(text: str, start: int, end: int) -> bool:
    """Whether a quote that begins and ends there tears a word, a number or its sign: 'likely' of 'unlikely', '5' of '25' or of '−5'."""
    first, last = text[start], text[end - 1]
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if before:
        near, far = before[-1], before[-2:-1]
        if first.isalpha() and not unspaced(first):
            prefix = _PREFIX.search(before)
            if near.isalpha() or _BROKEN_BEFORE.search(before) or (prefix and prefix[1].casefold() in PREFIXES):
                return True
        if first.isdigit() and (
            near.isdigit() or (near in ".,·" and far.isdigit()) or (near in DASHES and not (far.isalnum() or far in ("%", ")")))
        ):
            return True
    if after:
        if last.isalpha():
            return (after[0].isalpha() and not unspaced(last)) or bool(_NOT.match(after) or _BROKEN_AFTER.match(after))
        if last.isdigit():
            return after[0].isdigit() or (after[0] in ".,·" and after[1:2].isdigit())
    return False
