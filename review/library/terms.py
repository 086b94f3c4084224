"""From a node of the tree to its leaf: one function a kind of field. Raises Refusal."""

from __future__ import annotations

from collections.abc import Callable

from review.library import dates
from review.library.leaves import (
    CODED,
    DATES,
    FULL_NAMES,
    PEOPLE,
    SHORTEST,
    SUBSETS,
    TEXT,
    Codes,
    Everything,
    Leaf,
    Near,
    Options,
    Phrases,
    Pmids,
    Refusal,
    Together,
)
from review.library.subjects import heading_leaf, subheading_leaf, type_leaf
from review.library.tree_file import Headings
from review.library.words import code, person, words
from review.model.languages import LANGUAGES
from review.query.fields import FIELDS, PROXIMITY_FIELDS
from review.query.tree import DateRange, LoneNot, Mesh, Node, Proximity, Tagged, Text, Word
from review.store.library import Phrase


def leaf(node: Node, mesh: Headings | None, options: Options) -> Leaf:
    """What to look up for a term. Raises Refusal."""
    if isinstance(node, Text):
        return _text(node, mesh, options)
    if isinstance(node, Mesh):
        return heading_leaf(node, mesh)
    if isinstance(node, DateRange):
        return _range(node)
    if isinstance(node, Proximity):
        return _near(node)
    if isinstance(node, LoneNot):
        raise Refusal(
            node.span, "NOT has nothing before it: PubMed drops it without telling", "Write what the terms are to be taken from: x NOT y."
        )
    if isinstance(node, Tagged):
        tags = ", ".join(f"[{t.written or t.code}]" for t in node.tags)
        raise Refusal(
            node.span,
            f"the tag {tags} stands on a group: PubMed ignores it without telling",
            "Write the tag after each term inside the brackets.",
        )
    raise Refusal(
        node.span,
        "this belongs to Ovid and has no meaning in PubMed",
        "Translate the strategy first: review query translate FILE --from ovid --to pubmed",
    )


def _text(node: Text, mesh: Headings | None, options: Options) -> Leaf:
    written = str(node)
    tag = node.tags[0].code if node.tags else ""
    if written.lower() == "hasabstract" and tag in ("", "FILT", "WORD", "ALL", "TIAB"):
        return Codes(("has_abstract",))
    if any(t.code.startswith("ovid.") for t in node.tags) or len(node.tags) > 1:
        raise Refusal(
            node.span,
            f"'{written}' is in a field of Ovid's",
            "Translate the strategy first: review query translate FILE --from ovid --to pubmed",
        )
    if not node.tags:
        return _untagged(node, options)
    if not node.tags[0].known:
        name = node.tags[0].written or tag[1:]
        mend = (
            "PubMed has no field for abstracts alone: write [tiab]."
            if tag in ("?ab", "?abstract")
            else "Use a tag of PubMed's list, such as [tiab], [ti], [mh] or [au]."
        )
        raise Refusal(node.span, f"PubMed does not know the tag [{name}] and would search all fields", mend)
    if node.noexp and tag not in ("SUBH", "PTYP"):
        raise Refusal(
            node.span, f"nothing explodes in [{node.tags[0].written or tag}]: PubMed ignores ':noexp' there", "Take ':noexp' away."
        )
    if tag in DATES:
        raise Refusal(node.span, f"'{written}' is a relative date, or none", "Write the days: 2020/01/01:2024/12/31[dp].")
    if tag == "SUBH":
        _no_star(node)
        return subheading_leaf(node)
    if tag == "PTYP":
        return type_leaf(node, mesh, _cut(node))
    if tag in TEXT:
        return Phrases(TEXT[tag], (_phrase(node),))
    if tag in CODED:
        stem, prefix = _cut(node)
        return _coded(CODED[tag], stem, prefix)
    if tag in PEOPLE:
        return _author(node, PEOPLE[tag])
    special = _SPECIAL.get(tag)
    if special:
        return special(node)
    name = FIELDS[tag].name if tag in FIELDS else tag
    raise Refusal(node.span, f"a library does not hold the field '{name}' of '{written}'", "Leave it out, or search PubMed live.")


def _untagged(node: Text, options: Options) -> Leaf:
    written = str(node)
    if not options.all_fields:
        raise Refusal(
            node.span, f"'{written}' has no field tag: PubMed would map it to headings, journals and authors, which can't be done offline",
            "Write its field, such as [tiab] and [mh]; or take it as it stands in all fields: --all-fields.",
        )  # fmt: skip
    if node.quoted or len(node.words) == 1 or not node.plain:
        return Phrases(TEXT["ALL"], (_phrase(node),))
    # PubMed parts what it can't map into words and joins them by AND.
    parts = [words(str(w)) for w in node.words]
    return Together(tuple(Phrases(TEXT["ALL"], (Phrase(tuple(p)),)) for p in parts if p) or (Phrases(TEXT["ALL"], (_phrase(node),)),))


# -- words ------------------------------------------------------------------------------------------------------


def _tokens(word: Word, node: Node, *, last: bool) -> tuple[list[str], bool]:
    """A word as tokens, and whether the last of them is a beginning."""
    if word.plain:
        return words(str(word)), False
    if not word.prefix or not last:
        raise Refusal(
            node.span,
            f"'{word}' has a wildcard that is not at the end of the term",
            "PubMed truncates at the end only: write the forms out, joined by OR.",
        )
    found = words(word.stem)
    if not found or not word.stem[-1].isalnum():
        raise Refusal(node.span, f"the * of '{word}' stands after a sign, not after a letter", "Write the beginning of a word before it.")
    return found, True


def _cut(node: Text) -> tuple[str, bool]:
    """A term without its * at the end, and whether it had one. Raises Refusal where it is too short or stands elsewhere."""
    tokens: list[str] = []
    prefix = False
    for i, word in enumerate(node.words):
        found, prefix = _tokens(word, node, last=i == len(node.words) - 1)
        tokens += found
    if not tokens:
        raise Refusal(node.span, f"'{node}' holds no letter or digit", "Write a word.")
    length = len(" ".join([*(str(w) for w in node.words[:-1]), node.words[-1].stem]))
    if prefix and length < SHORTEST:
        raise Refusal(
            node.span,
            f"'{node}' is truncated after fewer than {SHORTEST} characters: PubMed does not take it",
            "Write a longer beginning, or the forms of the word.",
        )
    return " ".join(tokens), prefix


def _phrase(node: Text) -> Phrase:
    stem, prefix = _cut(node)
    return Phrase(tuple(stem.split()), prefix)


def _no_star(node: Text) -> None:
    if not node.plain:
        raise Refusal(node.span, f"'{node}' can't be truncated", "Write the name in full.")


def _near(node: Proximity) -> Near:
    tag = node.tags[0] if node.tags else None
    if node.window is None:
        raise Refusal(node.span, "adj is Ovid's", "Translate the strategy first: review query translate FILE --from ovid --to pubmed")
    written = f'"{" ".join(str(o) for o in node.operands)}"[{tag.written if tag and tag.written else tag.code if tag else ""}]'
    if tag is None or tag.code not in PROXIMITY_FIELDS:
        raise Refusal(
            node.span, f"{written}: proximity works in [ti], [tiab] and [ad] only; PubMed ignores it elsewhere", "Use one of these fields."
        )
    operands = []
    for operand in node.operands:
        if not isinstance(operand, Text) or len(operand.words) != 1:
            raise Refusal(node.span, f"{written}: proximity takes words only", "Write single words between the quotation marks.")
        found, prefix = _tokens(operand.words[0], node, last=True)
        if prefix and len(operand.words[0].stem) < SHORTEST:
            raise Refusal(
                node.span,
                f"'{operand}' is truncated after fewer than {SHORTEST} characters",
                "Write a longer beginning, or the forms of the word.",
            )
        if found:
            operands.append(Phrase(tuple(found), prefix))
    if len(operands) < 2:
        raise Refusal(node.span, f"{written}: proximity takes two words or more", "Write another word, or take ':~N' away.")
    ((index, columns),) = TEXT[tag.code]
    return Near(index, columns, tuple(operands), node.window)


# -- codes ------------------------------------------------------------------------------------------------------


def _coded(kind: str, value: str, prefix: bool) -> Codes:
    token = code(kind, value)
    return Codes((), (token,)) if prefix else Codes((token,))


def _language(node: Text) -> Leaf:
    _no_star(node)
    name = " ".join(words(str(node)))
    token = LANGUAGES.get(name) or (name if len(name) == 3 and name.isalpha() else "")
    if not token:
        raise Refusal(
            node.span, f"'{node}' is no language that MEDLINE names", "Write its name in English, or MEDLINE's code of three letters."
        )
    return Codes((code("lg", token),))


def _author(node: Text, kind: str) -> Leaf:
    """`smith j` also finds Smith JA, `"smith j"` does not (PubMed Help, "Author"); `smith` has any initials."""
    stem, prefix = _cut(node)
    parts = stem.split()
    initials = parts[-1]
    # Where the name ends and the initials begin is not to be seen: `van der berg`, `smith j`, `smith j jr`.
    whole = f"{kind}_{person(stem)}"
    split = [f"{kind}_{person(' '.join(parts[:-1]), initials)}"] if len(parts) > 1 else []
    if prefix:  # `smith j*`, `smit*`
        return Codes((), (code(kind, stem), *split))
    if len(parts) == 1 or (len(initials) > 4 and not node.quoted):
        return Codes((), (whole,))
    if len(parts) > 2:
        split.append(f"{kind}_{person(' '.join(parts[:-2]), parts[-2], initials)}")
    if node.quoted:
        return Codes((*split, whole), (whole,) if len(initials) > 4 else ())
    return Codes((), (*split, whole))


def _full_name(node: Text) -> Leaf:
    """In either order (`Smith Jane`, `Jane Smith`); a forename more may follow, unless the name is quoted."""
    stem, prefix = _cut(node)
    parts = stem.split()
    # The index has the last name first: where it begins in the term is not to be seen.
    turned = [" ".join(parts[i:] + parts[:i]) for i in range(1 if prefix else len(parts))]
    tokens = tuple(code(FULL_NAMES[node.tags[0].code], name) for name in turned)
    if prefix:
        return Codes((), tokens)
    return Codes(tokens, () if node.quoted else tuple(token + "_" for token in tokens))


def _pmid(node: Text) -> Leaf:
    text = str(node).strip()
    if not text.isdecimal():
        raise Refusal(node.span, f"'{text}' is no PMID", "A PMID is a number.")
    return Pmids(int(text), int(text))


def _filter(node: Text) -> Leaf:
    name = str(node).lower().strip()
    if name == "all":
        return Everything()
    if name in SUBSETS:
        return Codes((SUBSETS[name],))
    raise Refusal(
        node.span, f"'{name}' is a filter that lives at NCBI and is in no record",
        "Write out what it stands for (english[la], humans[mh:noexp], review[pt]), or search PubMed live. "
        f"A library has: {', '.join((*SUBSETS, 'all', 'hasabstract'))}.",
    )  # fmt: skip


_SPECIAL: dict[str, Callable[[Text], Leaf]] = {"LANG": _language, "FULL": _full_name, "FINV": _full_name, "UID": _pmid, "FILT": _filter}


def _range(node: DateRange) -> Leaf:
    if node.tag.code == "UID":
        low, high = node.start.replace("/", ""), node.end.replace("/", "")
        if low.isdecimal() and high.isdecimal():
            return Pmids(int(low), int(high))
    kind = DATES.get(node.tag.code)
    if kind is None:
        raise Refusal(node.span, f"a range can't be looked for in [{node.tag.written or node.tag.code}]", "Ranges are of dates or PMIDs.")
    days = dates.bounds(node.start, node.end)
    if days is None:
        raise Refusal(
            node.span, f"'{node.start}:{node.end}' is no range of dates", "Write YYYY/MM/DD:YYYY/MM/DD; month and day may be left out."
        )
    if days[0] > days[1]:
        raise Refusal(node.span, f"the range {node.start}:{node.end} runs backwards", f"Write {node.end}:{node.start}.")
    return Codes(tuple(dates.covering(kind, *days)))
