"""The tags that services and programs leave in a text: those of HTML, JATS and MathML. Any other `<` is a sign of the text, as in `p < 0.05`."""

from __future__ import annotations

import re

from review.model.patterns import lazy

LIKE_A_TAG = r"</?[A-Za-z][^<>]{0,200}>"  # where no sign of the text is looked for
_LOOK = "i b u s em strong sub sup inf small big span font tt sc scp italic bold underline strike monospace emph emphasis superscript subscript sans-serif roman styled-content named-content ext-link xref inline-formula disp-formula inlineequation tex-math alternatives"
_FORMULA = "math mi mn mo ms mrow msub msup msubsup mfrac msqrt mroot mtext mspace mstyle mover munder munderover mfenced mtable mtr mtd mpadded mphantom mprescripts mmultiscripts semantics annotation annotation-xml"
_APART = "p br hr div sec title list list-item ul ol li h1 h2 h3 h4 h5 h6 blockquote section article abstracttext"
_BLOCKS = frozenset(_APART.split())
_NAMES = _BLOCKS.union(_LOOK.split(), _FORMULA.split())
_PREFIXES = frozenset(("jats", "mml", "xhtml", "ovid", "ce"))
_UNPAIRED = frozenset(("br", "hr", "em", "strong", "sub", "sup", "scp", "italic", "bold", "span", "div", "li"))  # which mean nothing else

_TAG = lazy(
    r"<(\s?)(/?)\s?(?:([A-Za-z]{1,8}):)?([A-Za-z][\w-]{0,30}+)"
    r"((?:\s++[\w:.-]++\s?=\s?(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>=]++))*+)\s*+(/?)>"
)
_POWER = lazy(r"<(?<=\d<)(?:jats:)?su([bp])>([+\u2212-]?\d{1,9})</(?:jats:)?su\1>", re.IGNORECASE)  # of a number, which it would run on
_HIGH = str.maketrans("0123456789+-\u2212", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOW = str.maketrans("0123456789+-\u2212", "₀₁₂₃₄₅₆₇₈₉₊₋₋")


def untagged(text: str, apart: str = " ") -> str:
    """The text without tags, and as it came where it has none. apart: what is put for those that begin or end a line.

    A tag that could be a sign of the text, `a<b>c`, is one where another closes it.
    """
    if "<" not in text or not _TAG.search(text):
        return text
    text = _POWER.sub(lambda m: small(m[2], m[1] in "pP"), text)
    closed = {found[4].lower(): found.start() for found in _TAG.finditer(text) if found[2]}

    def said(found: re.Match[str]) -> str:
        spaced, closes, prefix, name, given, alone = found.groups()
        name = name.lower()
        if prefix.lower() not in _PREFIXES if prefix else name not in _NAMES:
            return found[0]
        # `<Li>` and `<EM>` may be words; what tags have beside their name stands in quotation marks.
        sure = closes or prefix or alone or '"' in given or "'" in given
        written = name in _UNPAIRED and not spaced and (found[4] == name or name in ("br", "hr"))
        if not (sure or written or closed.get(name, -1) > found.start()):
            return found[0]
        if name not in _BLOCKS:
            return ""
        # Behind a heading and a blank the paragraph goes on.
        return apart if closes or name in ("br", "hr") or not found.string[max(found.start() - 1, 0) : found.start()].isspace() else ""

    return _TAG.sub(said, text)


def small(number: str, high: bool) -> str:
    """A number in the small digits that stand high, or low."""
    return number.translate(_HIGH if high else _LOW)
