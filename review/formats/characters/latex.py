"""The little of LaTeX that bibliographies hold: braces, accents, and characters by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from review.model.patterns import lazy
from review.model.tags import small

_NAMED = {
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'", "textquotedbl": '"',
    "guillemotleft": "«", "guillemotright": "»", "quotedblbase": "„", "quotesinglbase": "‚", "textexclamdown": "¡", "textquestiondown": "¿",
    "textendash": "–", "textemdash": "—", "textellipsis": "…", "dots": "…", "ldots": "…", "textasciitilde": "~", "textasciicircum": "^",
    "textasciigrave": "`", "textbackslash": "\\", "textunderscore": "_", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}",
    "textgreater": ">", "textless": "<", "textbar": "|", "textdegree": "°", "degree": "°", "textmu": "µ", "textpm": "±", "texttimes": "×",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "copyright": "©", "textperiodcentered": "·", "textbullet": "•", "bullet": "•",
    "textordfeminine": "ª", "textordmasculine": "º", "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "texteuro": "€", "euro": "€",
    "textpercent": "%", "textperthousand": "‰", "textcelsius": "℃", "textsterling": "£", "pounds": "£", "textyen": "¥", "S": "§", "textsection": "§", "P": "¶", "slash": "/", "thinspace": " ", "nobreakspace": " ",
    "quad": " ", "space": " ", "pm": "±", "times": "×", "leq": "≤", "le": "≤", "leqslant": "≤", "geq": "≥", "ge": "≥", "geqslant": "≥", "neq": "≠",
    "ne": "≠", "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "infty": "∞", "cdot": "·", "circ": "∘", "prime": "′", "div": "÷", "ll": "≪", "gg": "≫",
    "rightarrow": "→", "to": "→", "leftarrow": "←", "uparrow": "↑", "downarrow": "↓", "leftrightarrow": "↔",
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ",
    "dh": "ð", "th": "þ", "dj": "đ", "DH": "Ð", "TH": "Þ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "guilsinglleft": "‹", "guilsinglright": "›", "flqq": "«", "frqq": "»", "glqq": "„", "grqq": "“", "og": "«", "fg": "»", "dag": "†", "ddag": "‡",
    "checkmark": "✓", "backslash": "\\", "hyp": "-", "newline": " ", "linebreak": " ", "par": " ", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "relax": "", "protect": "", "selectfont": "",
    "varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "varsigma": "ς", "varrho": "ϱ", "varpi": "ϖ", "varkappa": "ϰ",
    "textcent": "¢", "textcurrency": "¤", "textbrokenbar": "¦", "textasciidieresis": "¨", "textlnot": "¬", "textasciimacron": "¯", "textasciiacute": "´",
    "textonesuperior": "¹", "texttwosuperior": "²", "textthreesuperior": "³", "textparagraph": "¶", "textdiv": "÷", "textflorin": "ƒ", "textdagger": "†",
    "textdaggerdbl": "‡", "textpertenthousand": "‱", "textasteriskcentered": "*", "textfractionsolidus": "⁄", "textnumero": "№", "textestimated": "℮",
    "textminus": "−", "textohm": "Ω", "textwon": "₩", "textlira": "₤", "textleftarrow": "←", "textrightarrow": "→", "textuparrow": "↑", "textdownarrow": "↓",
    "textopenbullet": "◦", "textservicemark": "℠", "IJ": "Ĳ", "ij": "ĳ", "textdblhyphen": "-", "nobreakdash": "",
    "ast": "*", "star": "⋆", "odot": "⊙", "oplus": "⊕", "otimes": "⊗", "ominus": "⊖", "hbar": "ℏ", "ell": "ℓ", "partial": "∂", "nabla": "∇", "in": "∈", "notin": "∉",
    "ni": "∋", "lt": "<", "gt": ">", "cup": "∪", "cap": "∩", "subset": "⊂", "supset": "⊃", "subseteq": "⊆", "supseteq": "⊇", "setminus": "∖",
    "forall": "∀", "exists": "∃", "emptyset": "∅", "varnothing": "∅", "propto": "∝", "perp": "⊥", "parallel": "∥", "mid": "∣", "Vert": "‖", "vert": "|", "angle": "∠",
    "cong": "≅", "asymp": "≍", "gtrsim": "≳", "lesssim": "≲", "leqq": "≦", "geqq": "≧", "nleq": "≰", "ngeq": "≱", "nless": "≮", "ngtr": "≯", "mp": "∓", "neg": "¬", "lnot": "¬",
    "wedge": "∧", "vee": "∨", "Leftarrow": "⇐", "Rightarrow": "⇒", "Leftrightarrow": "⇔", "Uparrow": "⇑", "Downarrow": "⇓", "rightleftharpoons": "⇌", "updownarrow": "↕",
    "nearrow": "↗", "searrow": "↘", "mapsto": "↦", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "therefore": "∴", "because": "∵",
    "dagger": "†", "ddagger": "‡", "cdots": "⋯", "vdots": "⋮", "triangle": "△", "square": "□", "blacksquare": "■", "bigcirc": "◯", "lozenge": "◊", "aleph": "ℵ", "wp": "℘",
    "mathsemicolon": ";", "mathplus": "+", "less": "<", "greater": ">",  # Crossref's
    "cprime": "ʹ", "cdprime": "ʺ", "Dbar": "Đ",  # MathSciNet's
    "bibrangedash": "–", "hyphen": "-", "psq": "f.", "psqq": "ff.",  # BibLaTeX's
    "qquad": " ", "enspace": " ", "hfill": " ", "xspace": "", "noindent": "", "lbrack": "[", "rbrack": "]", "textdollar": "$", "micro": "µ", "celsius": "°C", "ohm": "Ω",
    "lq": "‘", "rq": "’", "eth": "ð",
    "triangleq": "≜", "doteq": "≐", "backsim": "∽", "flat": "♭", "sharp": "♯", "natural": "♮", "jmath": "ȷ", "imath": "ı",
}  # fmt: skip
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega".split()  # noqa: SIM905
)
_NAMED |= {name: unicodedata.lookup(f"GREEK SMALL LETTER {name.replace('lambda', 'lamda').upper()}") for name in _GREEK}
_NAMED |= {name.title(): unicodedata.lookup(f"GREEK CAPITAL LETTER {name.replace('lambda', 'lamda').upper()}") for name in _GREEK}
_NAMED |= {f"text{name}": _NAMED[name] for name in (*_GREEK, *map(str.title, _GREEK)) if f"text{name}" not in _NAMED}
_NAMED |= {
    f"{up}{name}": _NAMED[name if up == "up" else name.title()] for name in _GREEK for up in ("up", "Up")
}  # upright, as Springer has them
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
    "h": "\u0309",
}  # fmt: skip
_SPACES = {" ": " ", ",": " ", ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": ""}  # thin ones, and where a word may break
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " "}
# Commands that say how their argument looks: the argument stays.
_STYLE = (
    r"emph|text(?:it|bf|sc|tt|rm|sf|sl|up|md|normal|superscript|subscript|)|mbox|hbox|enquote|ensuremath|math(?:rm|it|bf|sf|cal|bb|frak)|"
    r"mkbib\w+|underline|uline|(?:Make)?(?:Upp|upp|Low|low)ercase|MakeSentenceCase\*?|operatorname"
)
_FONT = r"em|it|bf|sc|tt|sl|rm|sf|(?:it|sc|sl|up)shape|(?:bf|md)series|(?:rm|sf|tt)family|normalfont|small|footnotesize|scriptsize|large"
_SIGNS = ("\\", "{", "}", "~", "$", "--", "``", "''")  # a text without any of these is as it stands
_TOKEN = lazy(
    r"(?=[\\{}`'~$-])(?:"  # which are the likeliest to be none is seen at once
    r"\\(?:([`'^~=.\"])\s*|([uvHrcdbkh])(?:\s+|(?=\{|\\[ij](?![A-Za-z]))))(?:\{\s*(\\?[^\W\d_])\s*\}|(\\[ijI](?![A-Za-z])(?:[ \t]+(?=\w))?|[^\W\d_]))"  # an accent
    rf"|\\(?:{_STYLE})\s*(?=\{{)|\\(?:{_FONT})(?![A-Za-z])\s*"
    r"|\\([A-Za-z]+)(?:\{\}|[ \t\n]+(?=\S)|((?:\[[^\[\]{}]*\])?\{[^{}]+\})|)"  # a character by name; or a command, with what is given to it
    r"|\\([~^])\{\s*\}|\\\\(?:\s+|\Z)|\\([&%$#_{} ,;:!/@-])|([{}])|(---|--|``|''|~)|\$((?:\\(?:[A-Za-z]++|[ ,;:!%&])|[_^{}()\[\]/|*:'\w+=<>.,\s-]){1,400})\$"
    r"|\$[^$]{0,400}?\\[A-Za-z][^$]{0,400}\$)"  # any other formula
)


def from_latex(text: str, ligatures: bool = False) -> str:
    """The text with LaTeX accents and named characters as Unicode, without its braces; the unknown stays as it was.

    ligatures: dashes, quotation marks and `~` are meant as TeX means them (--, ``, '').
    """
    if not ligatures and "\\" not in text:
        return text.replace("{", "").replace("}", "").strip()
    if not any(sign in text for sign in _SIGNS):
        return text.strip()
    if "\\url" in text or "\\href" in text or "\\path" in text or "\\nolinkurl" in text:
        return "".join(_with_addresses(text, ligatures)).strip()
    return _plain(text, ligatures).strip()


_SPELLED = lazy(
    r"(\{)?\\(text(?:quote(?:right|left|dblleft|dblright|dbl|single)|endash|emdash|ellipsis|degree|greater|less|registered|trademark))"
    r"(?(1)\}|(?:\{\}| (?=s\b))?)"
)


# `M{\"u}ller`, `\'{e}`, `{\ss}`: one letter in braces, by its accent or name.
_LETTER = lazy(r"\{\\(?:[`'^~=.\"]|[A-Za-z]{1,2}(?![A-Za-z]))\s?(?:\{\\?[^\W\d_]\}|\\?[^\W\d_])?\}|\\[`'^~=.\"uvHrcdbkh]\{\\?[^\W\d_]\}")


def spelled(text: str) -> str:
    """The text with what it may hold of LaTeX outside BibTeX as characters: letters in braces (JabRef, Mendeley), dashes and quotation
    marks whose braces are lost (Paperpile)."""
    if "{\\" in text or ("{" in text and "\\" in text):
        text = _LETTER.sub(_letter, text)
    return _SPELLED.sub(lambda m: _NAMED[m[2]], text) if "\\text" in text else text


def _letter(found: re.Match[str]) -> str:
    letter = _plain(found[0], False)
    return found[0] if "\\" in letter else letter


def unbraced(text: str) -> str:
    """A title or a name without the braces with which BibTeX keeps its capitals: `{COVID-19} and the {UK}`, `{World Health Organization}`."""
    return _KEPT.sub(r"\1", text)


_KEPT = lazy(r"(?<![\w\\{}$^])\{+([A-Z][^{}\\]{0,400})\}+")


def _with_addresses(text: str, ligatures: bool) -> Iterator[str]:
    """The parts of a text, in which an address is none of LaTeX: its `~` is one."""
    start = 0
    for found in _ADDRESS.finditer(text):
        yield _plain(text[start : found.start()], ligatures)
        address, link, shown = (part or "" for part in found.groups())
        yield _ESCAPED.sub(r"\1", address or f"{_plain(shown, ligatures)} ({link})")
        start = found.end()
    yield _plain(text[start:], ligatures)


def _plain(text: str, ligatures: bool) -> str:
    if "\\ensuremath" in text:
        text = _ensured(text)
    if "\\(" in text:
        text = _MATH.sub(r"$\1$", text)
    if "horn" in text or "HORN" in text:
        text = _HORNED.sub(lambda m: unicodedata.normalize("NFC", m[1] + "\u031b"), text)
    if "super" in text or "subscript" in text:
        text = _IN_WORDS.sub(_small, text)
    if "{\\" in text:
        text = _INNER.sub(lambda m: unicodedata.normalize("NFC", m[2] + _ACCENTS[m[1]]), text)
    return _TOKEN.sub(lambda m: _token(m, ligatures), text)


def _ensured(text: str) -> str:
    within = False  # a formula in signs

    def signed(found: re.Match[str]) -> str:
        nonlocal within
        if not found[1]:
            within = not within
            return found[0]
        return found[1] if within else f"${found[1]}$"

    return _ENSURED.sub(signed, text)


_IN_WORDS = lazy(r"(?<=\d)\\text(super|sub)script\s*\{([+-]?\d{1,9})\}")
_MATH = lazy(r"\\\(([^$]{1,400}?)\\\)")  # a formula in LaTeX's own signs
_ENSURED = lazy(r"\$|\\ensuremath\s*\{((?:[^{}$]|\{[^{}$]*\}){1,400})\}")  # a formula in words, which one in signs may hold
_ADDRESS = lazy(r"\\(?:url|path|nolinkurl)\s*\{((?:[^{}]|\{[^{}]*\})*)\}|\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ESCAPED = lazy(r"\\([&%$#_~])(?:\{\})?")
_HORNED = lazy(r"\\([ou])horn(?![A-Za-z])(?:\{\}|[ \t]+)?", re.IGNORECASE)  # Vietnamese `{\ohorn}`
# An accent alone in braces, which may be another's letter: the `{\^e}` of Vietnamese `\~{\^e}`.
_INNER = lazy(r"(?<=\{)\\([`'^~=.\"]|[uvHrcdbkh](?=[{\s]))\s*\{?([^\W\d_])\}?(?=\})")


def _token(match: re.Match[str], ligatures: bool) -> str:
    mark, letter_mark, braced, bare, name, given, alone, escaped, brace, ligature, formula = match.groups()
    if mark or letter_mark:
        letter = (braced or bare).strip("\\ \t")
        return unicodedata.normalize("NFC", letter + _ACCENTS[mark or letter_mark])
    if name in _BELOW and given:
        return unicodedata.normalize("NFC", _TOKEN.sub(lambda m: _token(m, ligatures), given) + _BELOW[name])
    if name and given:  # an unknown command stays whole
        return _NAMED[name] + _TOKEN.sub(lambda m: _token(m, ligatures), given) if name in _NAMED else "" if name in _UNSEEN else match[0]
    if name:
        return _NAMED.get(name, match[0])
    if alone:
        return alone
    if escaped:
        return _SPACES.get(escaped, str(escaped))
    if ligature:
        return (
            _LIGATURES[ligature]
            if ligatures and not (ligature == "~" and _ABOUT.match(match.string, max(0, match.start() - 1)))
            else match[0]
        )
    if formula is not None:
        # What is high or low may belong to the text before it: `10$^6$`
        before = match.string[match.start() - 1 : match.start()] if formula[:1] in ("^", "_") else ""
        before = before if before.isalnum() else ""
        return _formula(before + formula).removeprefix(before) or match[0] if ligatures else match[0]
    return " " if match[0].startswith("\\\\") else "" if brace or match[0].startswith("\\") else match[0]


_ABOUT = lazy(r"(?:[\s(\[<>=]|^)~(?=\s?\d)")  # as databases write: `(~50%)`, which ties nothing to what is before it
_BELOW = {"textcommabelow": "\u0326", "textogonekcentered": "\u0328", "polhk": "\u0328", "soft": "\u030c"}  # accents in words
_UNSEEN = frozenset(
    {"fontencoding", "noopsort", "SortNoop", "label", "vspace", "hspace", "textcolor", "color"}
)  # whose argument is not printed
_RELATION = lazy(r"[<>=+-]|[A-Za-z]|[A-Za-z]{1,3} ?[<>=]=? ?\d?\.?\d+")  # `$<$`, as Zotero writes it; `$p$`, `$p<0.05$`
_DEGREE = lazy(r"\^\s*(?:\\circ(?![A-Za-z])|\{\s*\\circ\s*\})")
_SCRIPT = lazy(r"[_^]\s*(?:\{([^{}\\$^_]{1,20})\}|([\w+*']))")  # what stands low or high
_WORDS = lazy(r"\\(sin|cos|tan|log|ln|exp|min|max|lim|det|mod|Pr)(?![A-Za-z])")


def _formula(text: str) -> str:
    """A formula as a line of text, where that needs no more than characters by name and one step low or high: `CO$_2$`; else ""."""
    if _RELATION.fullmatch(bare := text.strip("{}")):
        return bare
    if not any(sign in text for sign in "\\^_"):
        return ""
    inner = _TOKEN.sub(lambda m: m[0] if m[0] in "{}" else _token(m, False), _WORDS.sub(r"\1", _DEGREE.sub("°", text)))
    inner = _SCRIPT.sub(lambda m: m[1] or m[2], _POWER.sub(_small, _BRACED.sub(r"\1", inner))).strip()
    return "" if any(sign in inner for sign in "\\^_{}") else inner


# A number that would run on the one before it, and one with a sign, stays as small as it stands: 10⁶, m⁻².
_POWER = lazy(r"(?:(?<=\d)|(?<=\w)(?=\^\{\s*[−-]))([_^])\s*(?:\{\s*([+−-]?\d{1,9})\s*\}|(\d))")


def _small(found: re.Match[str]) -> str:
    return small("".join(filter(None, found.groups()[1:])), found[1] in ("^", "super"))


_BRACED = lazy(r"(?<![_^])\{([^{}]*)\}")


_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
_ESCAPE = lazy(r"[\\{}~^&%$#_]|(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')")


def to_latex(text: str) -> str:
    """The text so that LaTeX prints it as it is, Unicode as UTF-8; `from_latex` with ligatures gives it back."""
    return _ESCAPE.sub(lambda m: _SPECIAL.get(m[0], "{}"), text)
