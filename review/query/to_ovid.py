"""PubMed's terms, windows and dates as Ovid MEDLINE can say them."""

from __future__ import annotations

import re
from dataclasses import replace

from review.query.build import pubmed_word
from review.query.changes import Notes, Result, Whole, any_of, unsayable
from review.query.fields import AUTHORS, DATES, ovid_suffix, pubmed_tag, tag
from review.query.filters import equivalent
from review.query.tree import ANY, Boolean, DateRange, Joint, Mesh, Node, Op, Proximity, Span, Tagged, Text, Word

_TIAB = (tag("TITL"), tag("ovid.ab"), tag("OTRM"))
_FIELDS = {"TIAB": _TIAB, "OTRM": (tag("OTRM"), tag("ovid.kw")), "TT": (tag("ovid.ot"),), "WORD": (tag("ALL"),), "JID": (tag("JID"),)}


LAST_YEAR = 2999  # PubMed writes 3000 for "and later"


def everything() -> Node:
    """The search that finds every record: those with a year."""
    return any_of([Text((Word((c, ANY)),), (tag("PDAT"),)) for c in ("1", "2")], Span())


def leaf(node: Node, broad: bool, notes: Notes) -> Result:
    if isinstance(node, Mesh):
        return _heading(node, broad, notes)
    if isinstance(node, Text):
        node = replace(node, words=_clean(node.words))
        if not node.words:
            return _left_out(node, broad, notes, "a term of punctuation alone")
        return _text(node, broad, notes)
    if isinstance(node, Proximity):
        return _window(node, broad, notes)
    if isinstance(node, DateRange):
        return _dates(node, broad, notes)
    if isinstance(node, Tagged):
        # PubMed ignores the tag; what is inside is untagged.
        notes.add("differs", "a tag on a group, which PubMed ignores, is left out", "left out", node.span)
        from review.query.changes import limited

        return limited(node.operand, ())
    return node


_SIGNS = str.maketrans("", "", "$:?#*")


def _clean(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without the signs that PubMed passes over and that are wildcards in Ovid."""
    made = (Word(tuple(q for q in (p.translate(_SIGNS) if isinstance(p, str) else p for p in w.parts) if q)) for w in words)
    return tuple(w for w in made if any(c.isalnum() for c in w.stem))


def _heading(node: Mesh, broad: bool, notes: Notes) -> Result:
    """Ovid's headings are not truncated: the words of the heading are searched instead."""
    name = node.name.strip("*").strip() if node.name.startswith("*") else node.name
    if "*" not in name:
        return node if name == node.name else replace(node, name=name)
    if not broad:
        return Whole.NOTHING
    notes.add("broader", f"the truncated heading '{node.name}' becomes words of headings (.hw.)", ".hw.", node.span)
    parts: list[Node] = [Text((pubmed_word(w),), (tag("ovid.hw"),), False, False, node.span) for w in name.replace(",", " ").split()]
    return any_of(parts, node.span, Op.AND)


def _text(node: Text, broad: bool, notes: Notes) -> Result:
    code = node.tags[0].code if node.tags else ""
    name = str(node).lower()
    if code == "FILT" and (meant := equivalent(name, node.span)) and meant != Text((Word(("hasabstract",)),)):
        parts = meant.operands if isinstance(meant, Boolean) else (meant,)
        made = [m for m in (leaf(part, broad, notes) for part in parts) if not isinstance(m, Whole)]
        return any_of(made, node.span) if made else unsayable(broad)
    if name == "hasabstract" and code in ("", "WORD", "ALL", "TIAB"):  # `hasabstract[text]` was PubMed's own way to say it
        return _left_out(node, broad, notes, "hasabstract")
    if not code:
        return _mapped(node, broad, notes)
    if code == "PTYP" and not node.noexp:
        if not broad:
            return replace(node, noexp=True)
        notes.add(
            "differs",
            f"[pt] also finds the narrower types: '{node}' is searched as a type and exploded as a heading",
            ".pt. or exp",
            node.span,
        )
        return any_of([replace(node, noexp=True), Mesh(str(node), True, False, (), True, node.span)], node.span)
    if code == "SUBH":
        return replace(node, quoted=False)
    if code in AUTHORS:
        return _author(node, code, broad, notes)
    if code in DATES:
        return _left_out(node, broad, notes, f"the date '{node}'[{pubmed_tag(code)}]")
    if code in ("FILT", "PAPX", "FULL", "OWNER") or code.startswith("?"):
        if code.startswith("?"):
            notes.add("broader", f"the tag [{code[1:]}], which PubMed does not know, becomes all fields (.af.)", ".af.", node.span)
            return replace(node, tags=(tag("ALL"),)) if broad else Whole.NOTHING
        return _left_out(node, broad, notes, f"'{node}'[{pubmed_tag(code)}]")
    if code == "WORD":
        if not broad:
            return Whole.NOTHING
        notes.add("broader", "[tw] becomes .af.: all fields", ".af.", node.span)
    if code == "JOUR" and re.fullmatch(r"\d{4}-?\d{3}[\dXx]", str(node)):
        return replace(node, tags=(tag("ovid.is"),), quoted=False)
    if code == "JOUR":
        notes.add("differs", "journal names are matched as Ovid has them", ".jn.", node.span)
    tags = _FIELDS.get(code) or ((tag(code),) if ovid_suffix(code) else ())
    if not tags:
        return _left_out(node, broad, notes, f"'{node}'[{pubmed_tag(code)}]")
    return replace(node, tags=tags, noexp=False)


def _left_out(node: Node, broad: bool, notes: Notes, what: str) -> Whole:
    notes.add("broader", f"{what} has no translation", "left out", node.span)
    return unsayable(broad)


def _mapped(node: Text, broad: bool, notes: Notes) -> Result:
    """An untagged term: all fields. PubMed's mapping to headings can't be repeated without PubMed."""
    if node.quoted or not node.plain:
        return replace(node, tags=(tag("ALL"),))
    if not broad:
        return Whole.NOTHING
    notes.add(
        "differs", f"'{node}' has no field: PubMed also maps it to headings; in Ovid it is searched in all fields only", ".af.", node.span
    )
    parts: list[Node] = [Text((w,), (tag("ALL"),), False, False, node.span) for w in node.words]
    return any_of(parts, node.span, Op.AND)


def _author(node: Text, code: str, broad: bool, notes: Notes) -> Result:
    if code in ("FAUT", "LAUT", "INVR", "FINV") and not broad:
        return Whole.NOTHING
    if code in ("FAUT", "LAUT"):
        notes.add("broader", f"[{pubmed_tag(code)}] becomes .au.: any author", ".au.", node.span)
    elif code in ("INVR", "FINV"):
        return _left_out(node, broad, notes, f"'{node}'[{pubmed_tag(code)}]")
    last = node.words[-1]
    words = node.words if node.quoted or not last.plain else (*node.words[:-1], Word((last.stem, ANY)))  # PubMed lets initials follow
    return replace(node, words=words, tags=(tag("AUTH"),), quoted=False)


def _window(node: Proximity, broad: bool, notes: Notes) -> Result:
    assert node.window is not None
    code = node.tags[0].code if node.tags else ""
    tags = _FIELDS.get(code) or ((tag(code),) if code and ovid_suffix(code) else (tag("ALL"),))
    words = node.operands
    if len(words) == 1:
        return replace(words[0], tags=tags, span=node.span) if isinstance(words[0], Text) else words[0]
    if len(words) == 2:
        return Proximity(words, (Joint(node.window),), None, tags, node.span)
    if not broad:
        return Whole.NOTHING
    # In a window of N others among k words, two of them have at most N + k - 2 words between.
    between = node.window + len(words) - 2
    notes.add("broader", f"a window of {len(words)} words becomes pairs of adj{between + 1}", f"adj{between + 1}", node.span)
    pairs: list[Node] = [Proximity((a, b), (Joint(between),), None, tags, node.span) for i, a in enumerate(words) for b in words[i + 1 :]]
    return any_of(pairs, node.span, Op.AND)


def _dates(node: DateRange, broad: bool, notes: Notes) -> Result:
    code = {"PDAT": "PDAT", "PPDT": "PDAT", "EPDT": "PDAT", "P1DAT": "PDAT", "EDAT": "EDAT", "CRDT": "CRDT"}.get(node.tag.code, "")
    whole_years = len(node.start) == 4 and len(node.end) == 4
    exact = whole_years and node.tag.code == "PDAT"
    if not code or (not exact and not broad) or not node.start[:4].isdigit():
        return _left_out(node, broad, notes, f"{node.start}:{node.end}[{pubmed_tag(node.tag.code)}]")
    if not exact:
        notes.add(
            "broader",
            f"{node.start}:{node.end}[{pubmed_tag(node.tag.code)}] is widened to whole years",
            f".{ovid_suffix(code)}.",
            node.span,
        )
    if node.tag.code in ("EPDT", "PPDT", "P1DAT") or (code != "PDAT" and int(node.start[:4]) > LAST_YEAR):
        return _left_out(node, broad, notes, f"{node.start}:{node.end}[{pubmed_tag(node.tag.code)}]")
    if code == "PDAT":
        return DateRange(node.start[:4], node.end[:4], tag(code), node.span)
    if node.start[:4] > node.end[:4]:  # a range that runs backwards finds nothing
        return _left_out(node, broad, notes, f"{node.start}:{node.end}[{pubmed_tag(node.tag.code)}]")
    prefixes = _prefixes(int(node.start[:4]), min(int(node.end[:4]), LAST_YEAR))
    return any_of([Text((Word((p, ANY)),), (tag(code),), False, False, node.span) for p in prefixes], node.span)


def _prefixes(first: int, last: int) -> list[str]:
    """The shortest prefixes that cover the years: 1997–2999 → 1997, 1998, 1999, 2."""
    found: list[str] = []
    year = first
    while year <= last:
        for size in (1000, 100, 10, 1):
            if year % size == 0 and year + size - 1 <= last:
                found.append(str(year)[: 5 - len(str(size))])
                year += size
                break
    return found
