"""What stands between two operators of a PubMed query: words, quotations and tags, to terms, headings, ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass

from review.model.patterns import lazy
from review.query.build import LINE_NUMBER, STARS, Report, pubmed_word
from review.query.fields import DATES, NOEXP_FIELDS, PROXIMITY_FIELDS, is_subheading, pubmed_code, subheading
from review.query.lines import COMMENT
from review.query.tree import DateRange, Mesh, Node, Proximity, Span, Tag, Text


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a quotation (without its marks) or a tag (without its brackets), and where it stands."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag taken apart: `[tiab:~2]` is TIAB with near=2, `[mh:noexp]` is MESH with noexp."""

    tag: Tag
    noexp: bool = False
    near: int | None = None


_SUFFIX = lazy(r"\s*:\s*(~\s*(?P<near>\d{1,4})|(?P<exp>no\s*exp|exp)(?:lode)?)\s*$", re.IGNORECASE)
_DAY = r"\d{4}(?:[/-]\d{1,2}){0,2}"
_RANGE = lazy(rf"\s*({_DAY}|\d+)\s*:\s*({_DAY}|\d+)\s*$")
_ONE_DAY = lazy(rf"\s*({_DAY})\s*$")


def _read_tag(text: str, start: int, end: int, report: Report) -> _Tag:
    """A tag, with notes for what PubMed would silently not understand of it."""
    suffix = _SUFFIX.search(text)
    base = text[: suffix.start()] if suffix else text
    code = pubmed_code(base)
    span = report.span(start, end)
    tag = Tag(code, text, span)
    if not tag.known:
        if code in ("?ab", "?abstract"):
            mend = "PubMed has no field for abstracts alone: write [tiab]."
        else:
            import difflib

            from review.query.fields import FIELDS

            near = difflib.get_close_matches(code[1:], [t for f in FIELDS.values() for t in f.pubmed], 1, 0.6)
            mend = f"Did you mean [{near[0]}]?" if near else "Use a tag of PubMed's list, such as [tiab], [ti], [mh], [tw] or [au]."
        report.note("P01", f"PubMed does not know the tag [{text.strip()}] and would search all fields", start, end, mend)
    if suffix and suffix.group("exp"):
        noexp = suffix.group("exp").lower() != "exp"
        if code not in NOEXP_FIELDS and tag.known:
            report.note(
                "P10",
                f"nothing explodes in [{base.strip()}]: ':noexp' is ignored there",
                start,
                end,
                "Take ':noexp' away, or use [mh:noexp].",
            )
        return _Tag(tag, noexp)
    if suffix:
        return _Tag(tag, near=int(suffix.group("near")))
    return _Tag(tag)


def group_tag(text: str, start: int, end: int, report: Report) -> tuple[tuple[Tag, ...], bool]:
    """A tag that stands after a closing bracket."""
    read = _read_tag(text, start, end, report)
    near = f":~{read.near}" if read.near is not None else ""
    report.note(
        "P02", f"the tag [{text.strip()}] stands on a group: PubMed ignores it", start, end, f"Write the tag after each term inside the brackets: (a[{text.strip()}] OR b[{text.strip()}])."
    )  # fmt: skip
    return (Tag(read.tag.code + near, text, report.span(start, end)),), read.noexp


def term(pieces: list[Piece], report: Report) -> list[tuple[Node, int, int]]:
    """The operands in a row of pieces: usually one; more where a quotation follows words without an operator."""
    pieces = _joined_ranges(pieces)
    found: list[tuple[Node, int, int]] = []
    run: list[Piece] = []
    for piece in pieces:
        if piece.kind == "tag":
            if not run:
                raise report.fail(
                    "S07",
                    f"the tag [{piece.text}] follows another tag",
                    piece.start,
                    piece.end,
                    "A term has one tag: write the term again for the second field.",
                )
            found.append(_one(run, piece, report))
            run = []
            continue
        if run and (piece.kind == "quoted" or run[-1].kind == "quoted") and not _continues(run[-1], piece):
            found.append(_one(run, None, report))
            run = []
        run.append(piece)
    if run:
        found.append(_one(run, None, report))
    return found


def _continues(left: Piece, right: Piece) -> bool:
    """A star right after a quotation belongs to it: `"breast feed"*`; so does a heading's subheading: `"Asthma"/therapy`."""
    return left.kind == "quoted" and left.end == right.start and right.text[:1] in "*/"


def _joined_ranges(pieces: list[Piece]) -> list[Piece]:
    """`"2010/01/01"[dp] : "2010/06/30"[dp]`, `2010[dp]:2012[dp]` and `1990 : 2000 [dp]` as one piece before one tag."""
    if not any(":" in p.text for p in pieces if p.kind == "word"):
        return pieces
    # Cut colons off the words they stick to, so that they are pieces of their own.
    cut: list[Piece] = []
    for piece in pieces:
        if (
            piece.kind == "word"
            and piece.text != ":"
            and ":" in piece.text
            and re.fullmatch(rf"(?:{_DAY}|\d+)?:(?:{_DAY}|\d+)?", piece.text)
        ):
            left, _, right = piece.text.partition(":")
            colon = piece.start + len(left)
            cut += [Piece("word", left, piece.start, colon)] if left else []
            cut.append(Piece("word", ":", colon, colon + 1))
            cut += [Piece("word", right, colon + 1, piece.end)] if right else []
        else:
            cut.append(piece)
    joined: list[Piece] = []
    i = 0
    while i < len(cut):
        if cut[i].text == ":" and cut[i].kind == "word" and joined and i + 1 < len(cut):
            left_tag = joined.pop() if joined[-1].kind == "tag" else None
            left_piece = joined.pop() if joined else None
            after = cut[i + 1]
            text = f"{left_piece.text.strip()}:{after.text.strip()}" if left_piece else ""
            if left_piece and _RANGE.match(text):
                joined.append(Piece("word", text, left_piece.start, after.end))
                if left_tag and not (i + 2 < len(cut) and cut[i + 2].kind == "tag"):
                    joined.append(left_tag)
                i += 2
                continue
            joined += [p for p in (left_piece, left_tag) if p]
        joined.append(cut[i])
        i += 1
    return joined


def _one(run: list[Piece], tag_piece: Piece | None, report: Report) -> tuple[Node, int, int]:
    start, end = run[0].start, (tag_piece or run[-1]).end
    span = report.span(start, end)
    tag = _read_tag(tag_piece.text, tag_piece.start, tag_piece.end, report) if tag_piece else None
    quoted = run[0].kind == "quoted"
    text = " ".join(p.text for p in run) if not quoted else "".join(p.text for p in run)
    for star in STARS:
        if star in text:
            report.note(
                "P04",
                f"'{star}' looks like an asterisk and is none: PubMed does not truncate '{text}'",
                start,
                end,
                "Type a plain * instead.",
            )
            text = text.replace(star, "*")
    text = " ".join(text.split())
    words = tuple(pubmed_word(w) for w in text.split(" "))
    if tag is None:
        # A bare number that is no line, and what would begin a comment, are looked for as they stand: quoted or not is the same.
        return Text(words, (), quoted or bool(LINE_NUMBER.fullmatch(text) or COMMENT.match(text)), False, span), start, end
    code = tag.tag.code
    if tag.near is not None:
        _check_proximity(words_text=text, quoted=quoted, code=code, near=tag.near, start=start, end=end, report=report)
        return Proximity(tuple(Text((w,)) for w in words), (), tag.near, (tag.tag,), span), start, end
    match = _RANGE.match(text)
    if match and (code in DATES or code in ("UID", "PID", "PAGE", "VOL")):
        return DateRange(_day(match.group(1)), _day(match.group(2)), tag.tag, span), start, end
    match = _ONE_DAY.match(text)
    if match and code in DATES:
        return DateRange(_day(match.group(1)), _day(match.group(1)), tag.tag, span), start, end
    if code in ("MESH", "MAJR"):
        return _heading(text, tag, quoted, span), start, end
    if code == "SUBH" and is_subheading(subheading(text)):
        words = tuple(pubmed_word(w) for w in subheading(text).split())
    return Text(words, (tag.tag,), quoted, tag.noexp, span), start, end


def _day(text: str) -> str:
    """`2010-1-5` → `2010/01/05`."""
    parts = re.split(r"[/-]", text)
    return "/".join([parts[0], *(p.zfill(2) for p in parts[1:])])


def _heading(text: str, tag: _Tag, quoted: bool, span: Span) -> Mesh:
    name, slash, rest = text.partition("/")
    subheadings: tuple[str, ...] = ()
    # Some headings have a slash of their own (`Receptors, Cytoplasmic/Nuclear`): it is a subheading only if it is one.
    if slash and rest.strip():
        subheading_name = subheading(rest.strip().removesuffix("*"))
        if is_subheading(subheading_name):
            subheadings = (subheading_name,)
        else:
            name = text
    return Mesh(name.strip(), not tag.noexp, tag.tag.code == "MAJR", subheadings, quoted, span)


def _check_proximity(*, words_text: str, quoted: bool, code: str, near: int, start: int, end: int, report: Report) -> None:
    wrong: list[str] = []
    if not quoted:
        wrong.append("the terms must stand between quotation marks")
    if " " not in words_text:
        wrong.append("it takes two words or more")
    if "*" in words_text:
        wrong.append("it takes no *")
    if code not in PROXIMITY_FIELDS:
        wrong.append("it works in [ti], [tiab] and [ad] only")
    if wrong:
        report.note(
            "P06", f"PubMed ignores this proximity search without telling: {'; '.join(wrong)}", start, end, f'Write "word word"[tiab:~{near}], one for each form of the words.'
        )  # fmt: skip
