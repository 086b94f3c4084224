"""The little of LaTeX that bibliographies hold: braces, accents, and characters by name."""

from __future__ import annotations

import re
import unicodedata

_NAMED = {
    "textquoteright": "’",
    "textquoteleft": "‘",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textendash": "–",
    "textemdash": "—",
    "textellipsis": "…",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbackslash": "\\",
    "textunderscore": "_",
    "textgreater": ">",
    "textless": "<",
    "textbar": "|",
    "textdegree": "°",
    "textmu": "µ",
    "textpm": "±",
    "texttimes": "×",
    "textregistered": "®",
    "texttrademark": "™",
    "textcopyright": "©",
    "textperiodcentered": "·",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "pm": "±",
    "times": "×",
    "leq": "≤",
    "geq": "≥",
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "aa": "å",
    "AA": "Å",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "th": "þ",
    "dj": "đ",
}
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_ACCENT = re.compile(r"\\(?:([`'^~=.\"])\s*|([uvHrcdbk])(?:\s+|(?=\{)))(?:\{\s*(\\?[^\W\d_])\s*\}|(\\[ij](?![A-Za-z])|[^\W\d_]))")
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s+(?=\S)|)")
_ESCAPED = re.compile(r"\\([&%$#_{}])")


def from_latex(text: str) -> str:
    """The text with LaTeX accents and named characters as Unicode, without its braces; the unknown stays as it was."""
    if "\\" in text:
        text = _ACCENT.sub(_accent, text)
        text = _COMMAND.sub(lambda m: _NAMED.get(m[1], m[0]), text)
        text = _ESCAPED.sub(lambda m: {"{": "\ue000", "}": "\ue001"}.get(m[1], m[1]), text)
    return text.replace("{", "").replace("}", "").replace("\ue000", "{").replace("\ue001", "}").strip()


def _accent(match: re.Match[str]) -> str:
    letter = (match[3] or match[4]).lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1] or match[2]])
