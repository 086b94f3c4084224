"""Ovid's terms, proximity and limits as PubMed can say them (facts: PubMed Help; Ovid MEDLINE field guide)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from itertools import product

from review.query.changes import Notes, Result, Whole, any_of, combine, limited, unsayable
from review.query.fields import DATES, PROXIMITY_FIELDS, pubmed_tag, tag
from review.query.ovid_limits import PUBLICATION_TYPES, condition
from review.query.refs import hand_down
from review.query.to_pubmed_near import MAX_PAIRS, MAX_PAIRS_WILD, alternatives, near, spelled_out
from review.query.tree import Boolean, DateRange, Limit, Mesh, Node, Op, Proximity, Tag, Text, Word
from review.query.wild import Forms, forms

MAX_FORMS = 40  # forms that a phrase may be written out as


def everything() -> Node:
    """The search that finds every record."""
    return Text((Word(("all",)),), (tag("FILT"),))


def leaf(node: Node, broad: bool, notes: Notes) -> Result:
    if isinstance(node, Mesh):
        return _heading(node)
    if isinstance(node, Text):
        return _text(node, broad, notes)
    if isinstance(node, Proximity):
        return _proximity(node, broad, notes)
    if isinstance(node, Limit):
        made = [condition(c, node.span, notes, broad) for c in node.conditions]
        return limited(node.operand, tuple(made))
    return node


def _heading(node: Mesh) -> Node:
    kind = node.name.lower()
    if kind in PUBLICATION_TYPES and not node.subheadings and not node.major:
        # Ovid finds publication types among the headings; PubMed keeps them in a field of their own.
        words = tuple(Word((w,)) for w in node.name.split())
        return any_of([replace(node, quoted=True), Text(words, (tag("PTYP"),), True, not node.explode, node.span)], node.span)
    if len(node.subheadings) < 2:
        return replace(node, quoted=True)
    return any_of([replace(node, subheadings=(s,), quoted=True) for s in node.subheadings], node.span)


# Ovid's field → PubMed's, and what PubMed's field finds besides.
_FIELDS: dict[str, tuple[str, str]] = {
    "ovid.ab": ("TIAB", "broader"),
    "ovid.tw": ("TIAB", "broader"),
    "ovid.kw": ("OTRM", ""),
    "ovid.hw": ("WORD", "broader"),
    "ovid.mp": ("WORD", "differs"),
    "ovid.ot": ("TT", ""),
    "ovid.is": ("JOUR", ""),
    "ovid.rw": ("WORD", "broader"),
    "ovid.sh": ("MESH", ""),
    "ovid.xs": ("MESH", ""),
    "ovid.fx": ("SUBH", ""),
}
# Dates and marks of Ovid's own: a word in all fields is no translation of them.
_NOT_TEXT = frozenset({"ovid.ed", "ovid.up", "ovid.da", "ovid.st", "ovid.sb", "ovid.an", "ovid.rf", "ovid.rs", "ovid.sl", "ovid.id"})
_MORE = {
    "TIAB": "[tiab] searches title, abstracts and author keywords",
    "WORD": "[tw] searches all text words: headings, types and names among them",
}


def _fields(node: Text | Proximity, broad: bool, notes: Notes) -> list[Tag] | Whole:
    """PubMed's fields for a term's, each once; a note for each that is broader."""
    codes: dict[str, None] = {}
    for code in [t.code for t in node.tags] or ["ovid.mp"]:
        if not code.startswith(("ovid.", "?")):
            codes[code] = None
            continue
        known = _FIELDS.get(code)
        suffix = f".{code.removeprefix('ovid.').removeprefix('?')}."
        if known is None and code not in _NOT_TEXT:
            if not broad:
                return Whole.NOTHING
            notes.add("differs", f"PubMed has no field for Ovid's {suffix}: it searches all of its own", "[all]", node.span)
            codes["ALL"] = None
            continue
        if known is None:
            notes.add("broader", f"PubMed has no field for Ovid's {suffix}", "left out", node.span)
            return unsayable(broad)
        target, effect = known
        if effect and not broad:
            return Whole.NOTHING
        if effect == "broader":
            notes.add("broader", f"{suffix} becomes [{pubmed_tag(target)}]: {_MORE[target]}", f"[{pubmed_tag(target)}]", node.span)
        elif effect:
            notes.add(
                "differs", f"{suffix} becomes [tw]: {_MORE['WORD']}; titles in the original language are not in it", "[tw]", node.span
            )
        codes[target] = None
    if "ALL" in codes:
        return [tag("ALL")]
    for wider, held in (("TIAB", ("TITL", "OTRM")), ("WORD", ("TITL", "TIAB", "OTRM", "SUBH"))):
        if wider in codes:
            for code in held:
                codes.pop(code, None)
    return [tag(c) for c in codes]


def _text(node: Text, broad: bool, notes: Notes) -> Result:
    fields = _fields(node, broad, notes)
    if isinstance(fields, Whole):
        return fields
    found: list[Node] = []
    for field in fields:
        made = _in_field(node, field, broad, notes)
        if isinstance(made, Whole):
            if made is Whole.EVERYTHING:
                return made
            continue
        found.append(made)
    return any_of(found, node.span) if found else Whole.NOTHING


def _in_field(node: Text, field: Tag, broad: bool, notes: Notes) -> Result:
    if field.code in DATES:
        return _date(node, field, broad, notes)
    if field.code == "MESH":
        exploded = any(t.code == "ovid.xs" for t in node.tags)
        return _heading(Mesh(str(node), exploded, False, (), True, node.span))
    if field.code == "JOUR" and any(t.code == "JOUR" for t in node.tags):
        notes.add("differs", "journal names are matched whole, as PubMed's catalogue has them", "[ta]", node.span)
    made = [forms(w) for w in node.words]
    if len(node.words) == 1:
        return _one_word(node, made[0], field, broad, notes)
    inner_plain = all(w.plain for w in node.words[:-1])
    letters = sum(len(w.stem) for w in node.words)
    if inner_plain and (node.words[-1].plain or (node.words[-1].prefix and letters >= 4)):
        if node.words[-1].plain and any("-" in w.stem for w in node.words) and field.code in PROXIMITY_FIELDS:
            # A quoted phrase with a hyphen that is not in PubMed's phrase index finds nothing at all; proximity always looks.
            if not broad:
                return Whole.NOTHING
            notes.add(
                "broader",
                f"'{node}' is searched with its words side by side in any order, for a hyphenated phrase outside PubMed's phrase index finds nothing",
                "~0",
                node.span,
            )
            return Proximity(tuple(Text((w,)) for w in node.words), (), 0, (field,), node.span)
        return replace(node, tags=(field,), quoted=True)
    exact = [m for m in made if m is not None]
    count = 1
    for m in exact:
        count *= len(m.words)
    if len(exact) == len(made) and all(m.exact for m in exact) and count <= MAX_FORMS and all(w.plain for m in exact[:-1] for w in m.words):
        return any_of([replace(node, words=words, tags=(field,), quoted=True) for words in product(*(m.words for m in exact))], node.span)
    if not broad:
        return Whole.NOTHING
    parts: list[Node] = []
    for word, of in zip(node.words, made, strict=True):
        if of is None:
            notes.add("broader", f"'{word}' is too short to truncate in PubMed", "left out", node.span)
        else:
            parts.append(any_of([Text((w,), (field,), False, False, node.span) for w in of.words], node.span))
    if not parts:
        return Whole.EVERYTHING
    notes.add("broader", f"the phrase '{node}' has wildcards inside: its words are joined with AND", "AND", node.span)
    return any_of(parts, node.span, Op.AND)


def _one_word(node: Text, made: Forms | None, field: Tag, broad: bool, notes: Notes) -> Result:
    if made is None:
        notes.add(
            "broader",
            f"'{node}' is too short to truncate in PubMed: nothing short of everything would find all its forms",
            "left out",
            node.span,
        )
        return unsayable(broad)
    if not made.exact:
        if not broad:
            return Whole.NOTHING
        notes.add("broader", made.why, ", ".join(str(w) for w in made.words[:3]), node.span)
    return any_of([replace(node, words=(w,), tags=(field,), quoted=node.quoted and w.plain) for w in made.words], node.span)


def _date(node: Text, field: Tag, broad: bool, notes: Notes) -> Result:
    """`2012*.dt.`, `2012.yr.`, `20120131.ez.`: prefixes of a day are ranges."""
    match = re.fullmatch(r"(\d{1,8})\*?(?:-(\d{4,8})|)", str(node))
    first = _days(match.group(1)) if match and len(node.words) == 1 else None
    last = _days(match.group(2)) if match and match.group(2) else first
    if not first or not last:
        notes.add("broader", f"the date '{node}' has no translation", "left out", node.span)
        return unsayable(broad)
    return DateRange(first[0], last[1], field, node.span)


def _days(digits: str) -> tuple[str, str] | None:
    """The first and the last date that begin with these digits of a YYYYMMDD: 20191 → 2019/10 to 2019/12. None: no date does."""
    if len(digits) <= 4:
        return digits.ljust(4, "0"), digits.ljust(4, "9")
    year, month, day = digits[:4], digits[4:6], digits[6:]
    if len(month) == 1:
        return {"0": (f"{year}/01", f"{year}/09"), "1": (f"{year}/10", f"{year}/12")}.get(month)
    if not 1 <= int(month) <= 12:
        return None
    if not day:
        return f"{year}/{month}", f"{year}/{month}"
    longest = monthrange(int(year), int(month))[1] if int(year) else 31
    low, high = max(1, int(day.ljust(2, "0"))), min(longest, int(day.ljust(2, "9")))
    return (f"{year}/{month}/{low:02}", f"{year}/{month}/{high:02}") if low <= high else None


def _proximity(node: Proximity, broad: bool, notes: Notes) -> Result:
    fields = _fields(node, broad, notes)
    if isinstance(fields, Whole):
        return fields
    sides = [alternatives(o) for o in node.operands]
    if notes.wild:
        sides = [side and spelled_out(side) for side in sides]
    known = [s for s in sides if s]
    pairs = 1
    for side in known:
        pairs *= len(side)
    if len(known) == len(sides) and pairs * len(fields) <= (MAX_PAIRS_WILD if notes.wild else MAX_PAIRS):
        made = near(node, known, fields, broad, notes)
        if made is not None:
            return made
    if not broad:
        return Whole.NOTHING
    shown = " ".join("adj" if j.ordered else f"adj{j.between + 1}" for j in node.joints)
    notes.add(
        "broader", f"{shown} becomes AND: PubMed's proximity takes no wildcards, groups of many words or other fields", "AND", node.span
    )
    tags = node.tags
    muted = notes.muted
    result: Result = Whole.EVERYTHING
    for operand in node.operands:
        right = _operand(hand_down(operand, tags), broad, notes)
        result = combine(result, Op.AND, right, node.span)
    notes.muted = muted
    return result


def _operand(node: Node, broad: bool, notes: Notes) -> Result:
    if isinstance(node, Boolean):
        result = _operand(node.operands[0], broad, notes)
        for operator, operand in zip(node.operators, node.operands[1:], strict=True):
            result = combine(result, operator, _operand(operand, broad if operator is not Op.NOT else not broad, notes), node.span)
        return result
    return leaf(node, broad, notes)
