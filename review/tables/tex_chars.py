"""Text that means itself in LaTeX, whatever characters it has: with pdfTeX, which knows few, and with the Unicode engines."""

from __future__ import annotations

import re
import unicodedata

from review.model.patterns import lazy

_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho varsigma sigma tau upsilon varphi chi psi omega"
_MATHS = {
    "−": "-", "×": r"\times", "·": r"\cdot", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "≡": r"\equiv", "±": r"\pm", "∓": r"\mp", "÷": r"\div",
    "∞": r"\infty", "√": r"\surd", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∂": r"\partial", "∈": r"\in", "∩": r"\cap", "∪": r"\cup", "⇒": r"\Rightarrow",
    "→": r"\rightarrow", "←": r"\leftarrow", "↑": r"\uparrow", "↓": r"\downarrow", "↔": r"\leftrightarrow", "′": "'", "″": "''",
    "▲": r"\blacktriangle", "▼": r"\blacktriangledown", "◄": r"\blacktriangleleft", "►": r"\blacktriangleright", "⊕": r"\oplus", "⊖": r"\ominus",
    "⊗": r"\otimes", "◯": r"\bigcirc", "○": r"\circ", "●": r"\bullet", "■": r"\blacksquare", "□": r"\square", "☐": r"\square", "★": r"\bigstar",
    "✓": r"\checkmark", "✔": r"\checkmark", "✗": r"\times", "✘": r"\times", "⩽": r"\leqslant", "⩾": r"\geqslant",
    **{chr(0x3B1 + n): name if name == "o" else f"\\{name}" for n, name in enumerate(_GREEK.split())}, "ϕ": r"\phi", "ϵ": r"\epsilon", "ϑ": r"\vartheta",
    **{c: f"\\{n}" for c, n in zip("ΓΔΘΛΞΠΣΥΦΨΩ", ["Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"], strict=True)},
    **{c: rf"\mathrm{{{latin}}}" for c, latin in zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)},
}  # fmt: skip
_SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", "\u00ad": r"\-", "\u200b": r"\allowbreak{}",
    "\u2011": r"\mbox{-}", "\u2212": "$-$", "ʼ": "’",
    # In a T1 font these are ligatures: -- of two hyphens, ?` and !` of a mark and a back quote.
    "`": r"\textasciigrave{}", '"': r"\textquotedbl{}",
    **{c: rf"\textsuperscript{{{n}}}" for c, n in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True)},
    **{c: rf"\textsubscript{{{n}}}" for c, n in zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)},
    **{c: f"${name}$" for c, name in _MATHS.items()},
}  # fmt: skip
_ANY = lazy("|".join(re.escape(c) for c in _SPECIAL) + "|-(?=-)")
_GONE = dict.fromkeys(map(ord, "\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"))
# What pdfTeX sets from UTF-8 in T1 fonts and those beside them (LaTeX's t1enc.dfu and ts1enc.dfu); other engines set what their font has.
_SET = lazy("[^\x00-\x7f\u00a0-\u0125\u0128-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u0165\u0168-\u017e\u0218-\u021b\u02c7\u02d8-\u02db\u1e9e\u2010-\u2016\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2030\u2031\u2039-\u203b\u203d\u2044\u20a9\u20ab\u20ac\u2103\u2116\u2117\u2120\u2122\u2126\ufb00-\ufb06]")  # fmt: skip
OTHER = (
    r"\providecommand\reviewother{}\ifnum0\ifdefined\XeTeXversion1\fi\ifdefined\directlua1\fi>0 \protected\def\reviewother#1#2{#2}"
    r"\else\protected\def\reviewother#1#2{\fbox{\tiny #1}}\fi"
)


def tex(text: str) -> str:
    """The text on one line. A character that pdfTeX has no letter for becomes `\\reviewother`, which needs `OTHER` before it."""
    text = unicodedata.normalize("NFC", text).translate(_GONE)
    line = re.sub(r"\s+", " ", "".join(c if c.isprintable() or c.isspace() or c in "\u00ad\u200b" else "?" for c in text)).strip()
    marked = _SET.sub(lambda m: m[0] if m[0] in _SPECIAL else f"\ue000{m[0]}\ue001", line)
    made = _ANY.sub(lambda m: _SPECIAL.get(m.group(), "-{}"), marked)
    return re.sub("\ue000(.)\ue001", lambda m: rf"\reviewother{{{ord(m[1]):04X}}}{{{m[1]}}}", made)


def others(text: str) -> bool:
    """Whether what `tex` made needs `OTHER`."""
    return r"\reviewother{" in text
