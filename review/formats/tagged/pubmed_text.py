"""PubMed's "Abstract (text)", meant for reading: numbered entries of paragraphs, with identifiers in the last but one; and its
"Summary (text)", where an entry is one paragraph: people, title, citation, identifiers.

What each part is shows only in its form: the citation, the title, the people, what carries a heading, the rest is
the abstract. PubMed's own tagged format says more; this is for files that were saved in this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, takewhile

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.stream import lines
from review.formats.characters.text import collapse, normalise
from review.formats.entries import mixed
from review.formats.people.name_pieces import is_body
from review.formats.tagged.labelled import of_pairs
from review.formats.values.fields import is_bare
from review.model.patterns import lazy
from review.model.record import Record, Reject

_NUMBER = lazy(r"\A\d{1,6}[.:] ")
_START = lazy(r"(\d{1,6})[.:] (\S.*)")
_CITATION = r"[^.\n]{2,200}\. (?:1[89]|20)\d\d\b"
_CITED = lazy(_CITATION)
_HEADED_BY = lazy(rf"(?:[^\n]{{0,300}}\n){{1,20}}\n\d{{1,6}}[.:] ({_CITATION})?")  # what a mail says above
_SUMMARY = lazy(r"^\d{1,6}[.:] (?:[^\n]+\n){0,40}?[^\n]*\bPMID:\s\d+(?:;\sPMCID:\sPMC\d+)?\.\s*$", re.MULTILINE)
# `Smith J, Jones AB; Some Group. The title. J Test. 2019 Mar;12(3):45-50. doi: … PMID: 1; PMCID: PMC1.`
_ONE_PARAGRAPH = lazy(
    r"(?:(?P<people>[^.?!]+)\. )?(?P<title>.+?[.?!\]]) (?P<so>(?:[^.()?!]|\([^()]*\))+\. (?:1[89]|20)\d\d\b.*?) ?(?P<ids>PMID: \d+.*)",
    re.DOTALL,
)
# `Smith J, Doe A. A chapter. 2000 Sep 5 [updated 2022 Jan 20]. In: Roe R, editors. The book [Internet]. Seattle (WA): …; 1993–2024. PMID: 1.`
_CHAPTER = lazy(
    r"(?:(?P<people>[^.?!]+)\. )?(?P<title>.+?[.?!\]]) (?P<date>(?:1[89]|20)\d\d\b[^.]*)\. (?P<so>In: (?:.*?\beditors?\. )?(?P<book>[^.]+)\. .*?)"
    r" ?(?P<ids>PMID: \d+.*)",
    re.DOTALL,
)
# `Smith J, Doe A. A book [Internet]. Roe R, editors. Rockville (MD): Agency for Soil (US); 2012 Jun. (Soil Reports, No. 3.) PMID: 1.`
_BOOK = lazy(
    r"(?:(?P<people>[^.?!]+)\. )?(?P<title>.+?[.?!\]])\.?(?: (?P<editors>[^.]{2,400}), editors?\.)? (?P<place>[^.:;?!]{2,60}): (?P<publisher>[^;?!]{2,200});"
    r" (?P<date>(?:1[89]|20)\d\d\b[^.]{0,60})\. ?(?P<series>.*?) ?(?P<ids>PMID: \d+.*)",
    re.DOTALL,
)
_NOBODY = lazy(r"\[No authors listed\]\.? ", re.IGNORECASE)
_WHOLE = lazy(r"\bPMID: \d")
_LONGEST = 10_000  # characters of a summary
_ID = lazy(r"(DOI|PMCID|PMID): *(\S+)")
_IDS = lazy(r"(?:(?:DOI: *10\.|PMCID: *PMC|PMID: *\d).*\n?)+")
_WHERE = lazy(r"\(\d+\)|\(#\)|\*")
_PERSON = lazy(r"[^\d.:;]{1,50} [A-Z][\w-]{0,4}(?: (?:Jr|Sr|2nd|3rd))?")
_OF_ANOTHER = (
    r"(?:Comment (?:in|on)|Erratum (?:in|for)|Update (?:in|of)|Republished (?:in|from)|Corrected and republished (?:in|from)|Retraction (?:in|of)"
    r"|Expression of concern (?:in|for)|Summary for patients in|Original report in)"
)
_HEADED = lazy(
    r"(Author information|Collaborators?|Publication Types|MeSH Terms|Substances|Grant Support|Secondary Source ID|Personal Name as Subject"
    rf"|Conflict of interest statement|{_OF_ANOTHER}|Publisher|Plain Language Summary|Copyright|\[Article in)\b:?|(©|\(c\))",
    re.IGNORECASE,
)
_OWN = r"PMID: \d+(?:; PMCID: PMC\d+)?\.?\s*$"
_NUMBERED = lazy(_OWN)
# In a summary, behind the citation: what its identifiers are of.
_BESIDE = lazy(rf"(\. (?:1[89]|20)\d\d\b.*?) ({_OF_ANOTHER}): (.*?) ?(?={_OWN})", re.DOTALL)
_SECTION = lazy(r"\n(?=[A-Z][A-Z /&,()-]{3,60}: )")


def score(head: str) -> float:
    """0.9 for text that begins with a numbered citation and goes on to a PMID, 0.8 where a few lines stand above it, else 0."""
    head = normalise(head).lstrip("\n ")
    short = _SUMMARY.search(head)
    if not (short or re.search(r"^PMID: \d+", head, re.MULTILINE)):
        return 0.0
    if _START.match(head):
        return 0.9 if re.search(r"\d{4}", head[:2000]) else 0.0
    headed = _HEADED_BY.match(head)
    return 0.8 if headed and (short or headed[1]) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each numbered entry, in file order; what stands above the first goes with it. Raises FormatError where there is none."""
    above: list[str] = []
    found = False
    for line, entry in (part for whole in _entries(lines(data), above) for part in _summaries(*whole)):
        yield _record(line, entry) if found else mixed.with_more(_record(line, entry), above)
        found = True
    if not found:
        raise FormatError("no numbered entry found in it", "An entry begins with a line such as `1. J Test. 2020 Mar;4(1):2-3.`")


def _entries(text: Iterable[str], above: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Each entry with the line where it begins: behind a blank line the next number, or, where the entry before it is whole, the first again, of another
    file put behind this one, or any, where somebody took some out. above: takes the lines before the first."""
    entry: list[str] = []
    begun, number, blank = 0, 0, True
    for place, line in enumerate(text, 1):
        found = _START.match(line)
        told = blank or (
            found and any(map(_WHOLE.search, entry if _CITED.match(found[2]) else entry[-3:] if _is_summary(entry) else entry[-1:]))
        )
        if found and told and (not number or int(found[1]) == number + 1 or _follows(found, entry)):
            if entry:
                yield begun, entry
            entry, begun, number = [], place, int(found[1])
        blank = not line.strip(" \t")
        if number:
            entry.append(line)
        elif not blank:
            above.append(line)
    if entry:
        yield begun, entry


def _is_summary(entry: list[str]) -> bool:
    """Whether its first paragraph has its PMID at the end of a line."""
    return any(map(_NUMBERED.search, takewhile(str.strip, entry)))


def _summaries(line: int, entry: list[str]) -> Iterator[tuple[int, list[str]]]:
    """An entry, and those that stand in it without their number: summaries, each of which ends in its PMID, each with what is no summary behind it; behind
    the identifiers of an abstract another citation, if there are more of them."""
    begun = [n for n, text in enumerate(entry) if text.strip() and not (n and entry[n - 1].strip())]  # of paragraphs
    ends = [n - 1 for n in begun[1:]] + [len(entry)]
    whole = [_NUMBERED.search(" ".join(entry[max(0, end - 3) : end]).rstrip()) is not None for end in ends]
    if whole[:1] == [True]:
        starts = [n for n, told in zip(begun, whole, strict=True) if told and n]
    else:
        told = [n for n, text in enumerate(entry) if text.startswith("PMID: ")]
        cited = [n for n in begun if _CITED.match(entry[n])]
        starts = [next(n for n in cited if one < n) for one, other in pairwise(told) if any(one < n < other for n in cited)]
    for start, end in pairwise([0, *starts, len(entry)]):
        yield line + start, entry[start:end]


def _follows(first: re.Match[str], entry: list[str]) -> bool:
    """Whether a line with a number that is not the next begins an entry behind this one."""
    if not any(map(_WHOLE.search, entry)):
        return False
    last = next((line for line in reversed(entry) if line.strip()), "")
    return first[1] == "1" or _CITED.match(first[2]) is not None or _WHOLE.search(last) is not None


def _record(line: int, entry: list[str]) -> Record | Reject:
    raw = "\n".join(entry).rstrip()
    blocks = [b.strip("\n") for b in re.split(r"\n[ \t]*\n+", raw)]
    if len(blocks) == 1 and "\nPMID: " in raw:
        blocks = _cited_first(_paragraphs(entry))
    if len(blocks[0]) < _LONGEST and _WHOLE.search(blocks[0]) and (len(blocks) == 1 or _NUMBERED.search(blocks[0][-60:])):
        paragraph = collapse(_NUMBER.sub("", blocks[0]))
        # Where no number stands at its end the form would be tried from everywhere to everywhere.
        other = _BESIDE.search(paragraph) if _NUMBERED.search(paragraph[-60:]) else None
        beside = [*([(other[2], other[3])] if other else []), *(("note", collapse(block)) for block in blocks[1:])]
        paragraph = f"{paragraph[: other.end(1)]} {paragraph[other.end() :]}" if other else paragraph
        chapter = _CHAPTER.fullmatch(paragraph) if ". In: " in paragraph else None
        if whole := chapter or _ONE_PARAGRAPH.fullmatch(paragraph) or _BOOK.fullmatch(paragraph):
            return _summary(line, raw, whole, beside)
    number = found[0] if (found := _NUMBER.match(blocks[0])) else ""
    pairs: list[tuple[str, str]] = [("so", collapse(blocks[0].removeprefix(number)))]
    rest = blocks[1:]
    if number.endswith(": "):  # as until 2009
        rest = _of_old(rest)
    if pairs[0][1].casefold().startswith(("retracted", "withdrawn")) and rest:  # stands above the citation
        pairs = [("note", pairs[0][1]), ("so", collapse(rest.pop(0)))]
    # A heading stands alone in its line, a title may begin with the same words.
    if (
        rest
        and not _IDS.fullmatch(rest[0])
        and (not (headed := _HEADED.match(rest[0])) or (headed[1] and rest[0][headed.end() :][:1] == " "))
    ):
        pairs.append(("title", collapse(rest.pop(0))))
    if rest and _NOBODY.fullmatch(f"{rest[0]} "):
        rest.pop(0)
    while rest and rest[0].startswith("["):  # `[Article in German]`, and the title in it
        pairs.append(("title in the original language", collapse(rest.pop(0))))
    if rest and (people := _people(rest[0])):
        pairs.append(("authors", "\n".join(people)))
        rest.pop(0)
    abstract: list[str] = []
    ended = False
    for block in rest:
        if _IDS.fullmatch(block):
            pairs += [(found[1].casefold(), found[2].rstrip(";")) for found in _ID.finditer(block)]
            ended = True
        elif (headed := _headed(block)) and (name := _NAMED.get(headed[1] or "")):
            pairs.append((name, "\n".join(line.strip() for line in block.split("\n")[1:])))
        elif headed:
            told = collapse(block[headed.end() :]) if headed[0].endswith(":") else collapse(block)
            name = (headed[1] or "Copyright").rstrip(":")
            pairs.append(("OAB", collapse(block)) if name == "Publisher" else (name, told))  # another abstract, as MEDLINE's form has it
        elif ended:
            pairs.append(("paragraph", collapse(block)))
        else:
            abstract += [collapse(part) for part in _SECTION.split(block)]
    pairs.append(("abstract", "\n".join(abstract)))
    record = of_pairs(line, raw, pairs, {})
    if isinstance(record, Record) and is_bare(record):
        return Reject(line=line, reason="no title, abstract or identifier", raw=raw)
    return record


def _cited_first(blocks: list[str]) -> list[str]:
    """The paragraphs in the order of today: the summary of before 2011 has a line each for people, title and citation."""
    number = found[0] if (found := _NUMBER.match(blocks[0])) else ""
    names = blocks[0].removeprefix(number)
    old = len(blocks) > _PARTS and _people(names) and _CITED.match(blocks[2])
    return [f"{number}{blocks[2]}", blocks[1], names, *blocks[3:]] if old else blocks


_PARTS = 3  # before the identifiers


def _paragraphs(entry: list[str]) -> list[str]:
    """Those of an entry that lost its blank lines: a line begins one behind the end of a sentence, but PubMed leaves a blank where it broke a line."""
    blocks: list[list[str]] = []
    for line in filter(str.strip, entry):
        above, ids = blocks[-1] if blocks else [line], _IDS.match(line) is not None
        open_to_text = _GOES_ON.match(line) or not (above[-1].endswith((".", "?", "!", "]")) or _headed(line))
        if blocks and (ids if _IDS.match(above[0]) else not ids and open_to_text):
            above.append(line)
        else:
            blocks.append([line])
    return ["\n".join(block) for block in blocks]


_GOES_ON = lazy(r"\s|\(\d{1,3}\)|(?:Epub|eCollection|doi:) ")


def _headed(block: str) -> re.Match[str] | None:
    """The heading of a paragraph: alone in its line, or before a colon; a text may begin with the same words."""
    found = _HEADED.match(block)
    if found and (found[2] or found[0].endswith(":") or found[1].casefold() in _ON_ONE_LINE or block[found.end() :][:1] in ("", "\n")):
        return found
    return None


_ON_ONE_LINE = ("copyright", "publisher", "plain language summary", "[article in")
_NAMED = {"Publication Types": "publication type", "MeSH Terms": "keywords"}
_ADDRESS = lazy(r"[^.!?]{3,200}, [^!?]{2,400}\.(?: ?\S+@\S+)?|.{0,500}\S@\S+\.\w+")


def _of_old(blocks: list[str]) -> list[str]:
    """The paragraphs behind the citation in the order of today: what the record comments on, then above the title, below it; the address under its heading."""
    first = next((n for n, block in enumerate(blocks) if not _HEADED.match(block)), 0)
    blocks = [*blocks[first : first + 1], *blocks[:first], *blocks[first + 1 :]]
    people = next((n for n, block in enumerate(blocks) if n and _people(block)), 0)
    if people:
        blocks.insert(1, blocks.pop(people))
        at = people + 1
        told = [block for block in blocks[at:] if not _HEADED.match(block) and not _IDS.fullmatch(block)]
        if (
            told
            and told[0] is blocks[at]
            and len(told[0]) < _LONGEST_ADDRESS
            and _ADDRESS.fullmatch(collapse(told[0]))
            and (len(told) > 1 or is_body(told[0]))
        ):
            blocks[at] = f"Author information:\n{told[0]}"
    return blocks


_LONGEST_ADDRESS = 600


def _summary(line: int, raw: str, found: re.Match[str], beside: list[tuple[str, str]]) -> Record | Reject:
    part = found.groupdict(default="")
    people, title = part["people"], _NOBODY.sub("", part["title"], count=1)
    names = [n.strip() for part in people.split(";") for n in part.split(", ")]
    is_book = "publisher" in part
    if is_book and is_body(people) and not any(_PERSON.fullmatch(n) for n in names):
        names = [people]
    elif people and not any(_PERSON.fullmatch(n) for n in names):  # a group, or the first sentence of the title
        names, title = [], f"{people}. {title}"
    ids = [(kind[1].casefold(), kind[2].rstrip(".;")) for kind in _ID.finditer(found["ids"])]
    if behind := _ID.sub("", found["ids"]).strip(" .;"):  # `Comment on: …`, and what a person wrote there
        ids.append(("note", behind))
    named = [("year", part.get("date", "")), ("book title", part.get("book", "")), ("so", part.get("so", ""))]
    if is_book:
        editors = "\n".join(part["editors"].split(", "))
        named += [
            ("editors", editors),
            ("place", part["place"]),
            ("publisher", part["publisher"]),
            ("series", part["series"]),
            ("type", "Book"),
        ]
    return of_pairs(line, raw, [*named, ("title", title), ("authors", "\n".join(names)), *ids, *beside], {})


def _people(block: str) -> list[str]:
    """The names in a paragraph that holds names and nothing else, without the numbers of their addresses; else none."""
    text = _WHERE.sub("", collapse(block)).rstrip(".")
    parts = [[n.strip(" ,") for n in part.split(", ")] for part in text.split(";")]  # people, then groups
    people = sum(bool(_PERSON.fullmatch(n)) for n in parts[0])
    if not block.rstrip().endswith(".") or not (people >= 0.6 * len(parts[0]) or _names_bodies(text)):
        return []
    return [n for part in parts for n in part if n]


def _names_bodies(text: str) -> bool:
    """Whether a paragraph is the name of a body, or several, and no sentence about one: each word of it begins with a capital, but for small ones."""
    return len(text) < _LONGEST_ADDRESS and is_body(text) and all(w[:1].isupper() or w in _SMALL for w in _WORDS.findall(text))


_SMALL = frozenset("of for and the in on to de del la des für und trial study group members investigators".split())  # noqa: SIM905
_WORDS = lazy(r"[^\W_][\w'’.-]*")


FORMAT = Format("pubmed-text", "PubMed's Abstract (text) and Summary (text)", score, read)
