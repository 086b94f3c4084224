"""Names as BibTeX writes them, to `Family, Given` and back."""

from __future__ import annotations

import re

from review.formats.characters.latex import from_latex, to_latex
from review.formats.characters.text import collapse
from review.formats.people.author_lists import MORE
from review.formats.people.name_pieces import (
    A_FAMILY,
    OF_A_FIRM,
    PARTICLES,
    is_body,
    is_body_of,
    listed,
    paired,
    whole_bodies,
    with_particles,
)
from review.formats.people.natural_names import may_be_a_person
from review.formats.values.fields import person, unnumbered
from review.model.patterns import lazy

_ENTITY = lazy(r"&#?\w+;")
_AND = lazy(r"[{}]|(?<!\s)\s+and\s+(?=\S)|(?<!\S)and\s+(?=\S)", re.IGNORECASE)
_PART = lazy(r"(?:family|given|prefix|suffix|useprefix|[a-z]+-i|id|hash) *= *", re.IGNORECASE)
_INITIALS = lazy(r"(?:[^\W\d_a-z]\.?-?){1,3}")
_INITIALLED = lazy(r"[^\W\d_][^\W\d_A-Z][\w'’-]*(?: [\w'’-]+){0,3}? (?:[A-Z]\.?-?){1,3}\.?")  # `Huey SL`, no `Roe J, Jr`
_THIN = lazy(r"\\[ ,]")  # a blank, of `A.\,B. Doe` and `Jr.\ Doe`
# The blank that ends a command, and parts no words: `Garc\'\i a`, `\O stby`; `Fran\c cois`, `\v {C}apek`.
_ENDED = lazy(r"(?<=\\)(i|j|ss|[ao]e|aa|o|l|dh|dj|th|ng|AE|OE|AA|O|L|DH|DJ|TH|NG)[ \t]+(?=[^\W\d_A-Z])")
_ACCENTED = lazy(r"(?<=\\)([uvHrcdbk`'^~=\"])[ \t]+(?:(\\?[^\W\d_])|(?=\{))")
_CUT = lazy(r"[\s,]+(?:et\.? ?al|and others)[.\s]*\Z")
_CUT_WITHIN = 40  # letters of the end
_DOUBLED = lazy(r",\s{0,9},")  # ACM's `Doe,, Jane`
_TRAILING = lazy(r"(?<!\s)\s+and\s*$", re.IGNORECASE)
_MARKS = lazy(r"\$\s*\^\s*(?:\{[^{}]*\}|[^{}\s])\s*\$|\\textsuperscript\s*\{[^{}]*\}")  # which tell the address of a person
_SUFFIX = lazy(r"(?:Jr|Sr|II|III|IV|2nd|3rd)\.?", re.IGNORECASE)


def names(value: str) -> list[str]:
    """The names in a value as LaTeX, in their order; `others` stays as it is, and is what `et al.` becomes.

    `First von Last` becomes `von Last, First`, `Last, Jr, First` becomes `Last, First, Jr` (BibTeXing, section 4);
    a name in braces, of one word, or with its initials behind it stays as it is.
    """
    if "\\" in value:
        value = _ACCENTED.sub(lambda m: f"{m[1]}{{{m[2]}}}" if m[2] else m[1], _ENDED.sub(r"\1{}", value))
    parts = _split(_TRAILING.sub("", _THIN.sub(" ", _MARKS.sub("", value) if "^" in value or "\\t" in value else value)))
    parts = [one for part in parts for one in _unbraced(part)]
    return [name for part in whole_bodies(parts) for one in _apart(part) if (name := with_particles(person(_name(one))))]


def _unbraced(part: str) -> list[str]:
    """Web of Science's `{Doe, J and Roe, A}` as people: braces are for a body, which has no comma in each of its parts."""
    inner = part.strip()
    people = _split(inner[1:-1]) if inner[:1] == "{" and " and " in inner and _encloses(inner) else []
    return people if len(people) > 1 and all(map(_is_person, people)) else [part]


def _is_person(name: str) -> bool:
    return not is_body(name) and not OF_A_FIRM.search(name) and (", " in name or _INITIALLED.fullmatch(name.strip()) is not None)


def _apart(text: str) -> list[str]:
    """The Cochrane Library's `Huey, SL, Mehta, NH, and Mehta, S`, `Baklouti, F.; Huang, S. C.`, and what people paste from elsewhere
    (`Huey SL, Mehta NH`, `Jane Huey, John Mehta, Kim Roe`): several names between two `and`s."""
    if ";" in text and not _ENTITY.search(text):
        return [piece for piece in _at(text, ";") if piece.strip()]
    end = len(text.rstrip())
    while found := _CUT.search(text, max(0, end - _CUT_WITHIN), end):
        end = found.start()
    if end < len(text.rstrip()):
        return [*_parted(text[:end]), "others"]
    return _parted(text)


def _parted(text: str) -> list[str]:
    if "&" in text and (joined := _joined(text)):
        return joined
    pieces = [piece.strip() for piece in _commas(text.strip().rstrip(","))]
    if len(pieces) > 1 and all(map(_INITIALLED.fullmatch, pieces)):
        return pieces
    return paired(pieces) or listed(pieces) or [text]


def _joined(text: str) -> list[str]:
    """`Doe, J. & Roe, R.`, `Jane Doe \\& Richard Roe`; none where a firm may be called so."""
    parts = [part.strip() for part in _AMPERSAND.split(text)]
    people = all(p.count("{") == p.count("}") and _TWO_WORDS.search(p) for p in parts) and not any(map(is_body, parts))
    return parts if len(parts) > 1 and people else []


_AMPERSAND = lazy(r"(?<!\s)\s+\\?&\s+")
_TWO_WORDS = lazy(r"\w[,.]? \w")


def _split(value: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for mark in _AND.finditer(value):
        if mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
        elif depth <= 0:
            parts.append(value[start : mark.start()])
            start = mark.end()
    return [*parts, value[start:]]


def _name(text: str) -> str:
    text = unnumbered(_DOUBLED.sub(",", text.strip()))
    plain = collapse(from_latex(text, ligatures=True)).strip(" ,")
    if plain in MORE or plain == "others.":
        return "others"
    if text.startswith("{") and _encloses(text):
        return collapse(from_latex(text[1:-1], ligatures=True))
    pieces = [collapse(from_latex(p, ligatures=True)) for p in _commas(text)]
    if all(map(_PART.match, pieces)):  # BibLaTeX's extended format (manual, 3.4)
        part = {name.strip(): value.strip().strip('"') for name, _, value in (piece.partition("=") for piece in pieces)}
        family = " ".join(filter(None, (part.get("prefix"), part.get("family"))))
        return ", ".join(filter(None, (family, part.get("given"), part.get("suffix")))) or plain
    if len(pieces) == 3 and _SUFFIX.fullmatch(pieces[1]):
        return f"{pieces[0]}, {pieces[2]}, {pieces[1]}"
    if len(pieces) == 2 and _SUFFIX.fullmatch(pieces[1]):  # `First Last, Jr.`, which BibTeX does not know and people write
        return f"{_name(_commas(text)[0])}, {pieces[1]}"
    words = [collapse(from_latex(w, ligatures=True)) for w in _words(text)]
    words = [w for w in words if w]
    if len(pieces) > 1 or len(words) < 2 or words[0] in PARTICLES or "&" in words or is_body(plain):  # a body should be in braces
        return plain
    behind = words[-2] if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else words[-1]
    shouted = (
        len(words[0]) > 2 and words[0].isupper() and not (behind.isalpha() and len(behind) > 1 and A_FAMILY.match(behind))
    )  # `SMITH J`, no `JUN LI`
    if _INITIALS.fullmatch(behind) and (shouted or any(map(str.islower, words[0][1:]))):  # `Lacker AM`, as PubMed and Rayyan write
        return plain
    if behind != words[-1]:  # a body may have the second of its kind
        return plain if words[-1][0] in "Ii" else f"{_name(' '.join(words[:-1]))}, {words[-1]}"
    particle = next((n for n, w in enumerate(words[:-1]) if n and w[:1].islower()), len(words) - 1)
    return f"{' '.join(words[particle:])}, {' '.join(words[:particle])}"


def _encloses(text: str) -> bool:
    """Whether the first brace closes with the last character."""
    depth = 0
    for n, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if not depth:
            return n == len(text) - 1
    return False


def _commas(text: str) -> list[str]:
    return _at(text, ",")


def _words(text: str) -> list[str]:
    return _at(text, " \t\n~")


def _at(text: str, separators: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for n, sign in enumerate(text):
        if sign in "{}":
            depth += 1 if sign == "{" else -1
        elif depth <= 0 and sign in separators and not (sign == "~" and text[n - 1 : n] == "\\"):  # `\~n` is a letter
            parts.append(text[start:n])
            start = n + 1
    return [*parts, text[start:]]


_PERSON = lazy(r"[^,]+, [^,]+")


def written(name: str, *, plain: bool = False) -> str:
    """A name so that `names` gives it back: as a person's where it has one comma, or a suffix behind a second, else in braces. plain: without them
    also what may be a person's in full."""
    if plain and "," not in name and may_be_a_person(name):
        return to_latex(name)
    family, *rest = name.split(", ")
    if len(rest) != 2:
        inner = to_latex(name)
    elif _SUFFIX.fullmatch(rest[1]):
        inner = to_latex(", ".join((family, rest[1], rest[0])))
    else:  # BibTeX would take what is behind the first comma for a suffix
        inner = f"{to_latex(family)}, {{{to_latex(', '.join(rest))}}}"
    is_person = (len(rest) == 2 or _PERSON.fullmatch(name)) and not is_body_of(name)
    return inner if is_person and names(inner) == [name] else f"{{{to_latex(name)}}}"
