"""Titles made comparable: markup, Greek and translations put right, notes taken off, kinds of notice recognised."""

# ruff: noqa: SIM905  # lists of words read better as words
from __future__ import annotations

import html
import re
from collections.abc import Iterable
from contextlib import suppress

import polars as pl

from review.dedup.columns import plain

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        (
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega"
        ).split(),
        strict=True,
    )
)
_LETTERS = str.maketrans(
    {
        **{letter: f" {name} " for letter, name in _GREEK.items()},
        **{letter.upper(): f" {name} " for letter, name in _GREEK.items() if letter != "ς"},
        "µ": " mu ",
        **dict(zip("øØłŁđĐıæÆœŒ", ("o", "O", "l", "L", "d", "D", "i", "ae", "AE", "oe", "OE"), strict=True)),
        "{": "",
        "}": "",
        "\\": "",
    }
)
_GREEK_TEXT = re.compile("[α-ω]{3}", re.IGNORECASE)  # Greek prose, not a symbol: its letters stay
_LANGUAGES = (
    "arabic|bulgarian|chinese|croatian|czech|danish|dutch|english|finnish|french|german|greek|hebrew|hungarian|italian|japanese|korean"
    "|lithuanian|norwegian|persian|polish|portuguese|romanian|russian|serbian|slovak|slovenian|spanish|swedish|thai|turkish|ukrainian"
)
# What databases hang on to a title. A note about an erratum says where the erratum is: the title is still the article's.
_NOTE = re.compile(
    r"[\s.:;-]*(?:"
    r"\[\s*(?:(?:published|see|an?)\s+)*(?:errat|correct|corrig|retract|republish|updat|comment|letter|review|\d+\s*ref|referenc|abstract"
    r"|editorial|note|summary|secondary\s+pub|duplicate\s+pub|in\s+process|in\s+(?:" + _LANGUAGES + r")|" + _LANGUAGES + r")[^\[\]]*\]?"
    r"|\(\s*(?:author'?s? transl(?:ation)?|structured abstract|provisional abstract|brief record|meeting abstract|conference abstract|abstract|review|"
    + _LANGUAGES
    + r")\s*\)"
    r")[\s.]*$",
    re.IGNORECASE,
)
_FRONT = re.compile(r"^\s*(?:\W*retracted(?: article)?\s*:?\]?\s*|\*+\s*)", re.IGNORECASE)
_TRAILING = re.compile(r"^(.{12,}?)[\s.]*\[([^\[\]]{8,})\][\s.]*$", re.DOTALL)
_TWICE = re.compile(r"^(.{12,}?)\s+=\s+(.{12,})$", re.DOTALL)  # in two languages
_WHOLE = re.compile(r"^\s*\[([^\[\]]+)\][\s.]*$", re.DOTALL)
_DAMAGED = r"(?i)^\W*(?:#\w+[?!]?|untitled|no title|\[?no title available\]?|title|unknown|n/?a|nan|null|none)\W*$"
_MOJIBAKE = re.compile("Ã[\x80-\xbf]|â€|Â[\x80-\xbf]")

# A notice about a document is another document. First match wins.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("erratum", re.compile(r"^(?:\w+ ){0,2}?(?:errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a))\b|^(?:\w+ )?corrections?(?: (?:to|of|for)\b| \w*$|$)|\berratum$|\bvol \d+ pg \w+(?: \d{4})?$|\bvol \d+ \w+ (?:19|20)\d\d$")),
    ("retraction", re.compile(r"^(?:\w+ )?retractions?(?: of| to| note| notice| statement|$)|^(?:editorial )?(?:expression|note) of concern\b|^(?:notice|statement) of retraction\b|\bretraction notice$")),
    ("withdrawn", re.compile(r"^withdrawn\b")),
    ("reply", re.compile(r"^(?:in |author s |authors |the authors? |a )?(?:reply|repl(?:y|ies) to|response to|rejoinder|respond)\b|\b(?:author s?|authors) (?:reply|response)$|\breply(?: (?:from|by|of) (?:the )?authors?)?$|\brejoinder$|^in response\b")),
    ("comment", re.compile(r"^(?:\w+ )?(?:comments?|commentary|discussion) (?:on|to|of|about)\b|\ba comment(?:ary)? on\b|\bcomment$|\bcommentary$|^letter\b|^re (?!\w+ing\b)|^(?:invited|editorial|expert) comment(?:ary|s)?\b|^(?:faculty (?:of 1000|opinions?)|peer review report|decision letter|journal club)\b")),
    ("book review", re.compile(r"^(?:book )?reviews? of (?!the |literature|published|studies|research|current|recent|clinical|evidence)\w+|^book review")),
    ("data", re.compile(r"^supplement(?:ary|al) (?:material|data|file|information|content|table|figure)s? (?:for|to|from|of)\b|^additional file \d+\b|\bsupplement(?:ary|al) material for\b")),
    ("protocol", re.compile(r"\b(?:study|trial|review|research) protocol\b|\bprotocol (?:for|of) an?\b|\bprotocol$|^protocol\b")),
    ("reprint", re.compile(r"^reprint(?:ed)? (?:of|from)\b|^republished\b")),
)  # fmt: skip
_HEADED = re.compile(
    r"^\W*(?:(?:author|publisher|editor)'?s?'? |letter in |invited |editorial |partial )?"
    r"(erratum|corrigendum|addendum|correction|clarification|retraction|withdrawn|withdrawal|reply|response|comment|commentary|discussion"
    r"|data (?:from|for)|dataset(?: for)?)s?\s*[:.–-]\s",
    re.IGNORECASE,
)
_HEADS = {"corrigendum": "erratum", "addendum": "erratum", "correction": "erratum", "clarification": "erratum", "withdrawal": "withdrawn",
          "response": "reply", "commentary": "comment", "discussion": "comment",
          "data from": "data", "data for": "data", "dataset": "data", "dataset for": "data"}  # fmt: skip
_GENERIC = (
    r"^(?:guest |special issue |an? |the |invited )*(?:"
    r"editorial(?: (?:notes?|introduction|comments?|board|preface|statement))?|editors?(?: s)? (?:comments?|notes?|introduction|message|letter|page|choice|corner)"
    r"|(?:general |brief )?introduction(?: to (?:the |this )?(?:special )?(?:issue|section|minitrack|volume|part).*)?|foreword|preface|prologue|epilogue|afterword"
    r"|(?:meeting |conference |poster |oral |selected |book of )?abstracts?(?: (?:of|from) .*)?|posters?|proceedings|contents|table of contents|index|author index|subject index"
    r"|book reviews?|letters?(?: to the editors?)?|correspondence|news(?: .{0,20})?|in (?:this|the) issue|in brief|announcements?|obituary|in memoriam"
    r"|call for papers.*|comment|commentary|discussion|reply|response|authors? (?:s )?(?:reply|response)|errat(?:um|a)|corrigend(?:um|a)|corrections?"
    r"|senior editor perspectives|from the editors?.*|message from .*|welcome.*|summary|conclusions?|overview|background|acknowledge?ments?|viewpoint|perspectives?"
    r"|case reports?|reviewers?.{0,30}|.{0,40}\bminitrack\b.{0,40}|remarks from .*|special issue.{0,30}|issue information|front matter|back matter|title page"
    r")$"
)
_UNITS = {w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split()) if n > 1}
_ORDINALS = {w: str(n) for n, w in enumerate("second third fourth fifth sixth seventh eighth ninth tenth".split(), 2)}
_ROMAN = {w: str(n) for n, w in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(), 1)}
_LONE = {"i", "v", "x"}  # letters as often as numbers: numbers only behind one of these words
_COUNTED = set("part parts pt phase type volume vol chapter study section stage grade class paper factor session".split())
_PARTS = set("part pt volume vol chapter section paper session".split())
_ODD = r"(?i)[\[\]&{}\\*)=]|[^\x00-\x7f]|retract|#"
# Cheap looks that leave the rest of the work to the few titles that need it.
_COUNTS = rf"\d|\b(?:{'|'.join((*_UNITS, *_ORDINALS, *_ROMAN, *_PARTS))})\b"
_SPOKEN = (
    r"errat|corrig|addend|correct|clarif|retract|concern|withdraw|repl|respon|rejoinder|comment|discussion|letter|^re |review of|reviews of|book review"
    r"|protocol|reprint|republish|^vol | vol \d|^data|supplement|additional file|faculty|journal club|peer review"
)
# What comes out again and again under one title.
_YEARLY = r"\b(?:annual|yearly|year in review|reports? (?:of|on|from) the|guidelines?|recommendations?|standards? of|statistics|surveillance|update[ds]?|highlights|yearbook|special (?:issue|section)|survey results)\b"
WORDY = r"\b(?:the|of|and|for|with|to|by|from)\b"  # words that only English has


def mended(text: str) -> str:
    """Entities, double-encoded UTF-8 and spelled-out Greek put right, as far as that is safe."""
    if "&" in text:
        text = html.unescape(html.unescape(text))  # some exports escape twice
    if _MOJIBAKE.search(text):
        with suppress(UnicodeEncodeError, UnicodeDecodeError):
            text = text.encode("cp1252").decode("utf-8")
    return (
        text if text.isascii() and "{" not in text and "\\" not in text else text if _GREEK_TEXT.search(text) else text.translate(_LETTERS)
    )


def numbers_in(words: Iterable[str]) -> str:
    """Every number in a title, in order, run together; roman numerals and part markers included."""
    found: list[str] = []
    before = ""
    for word in words:
        if word in _ROMAN and (word not in _LONE or before in _COUNTED):
            found.append(_ROMAN[word])
        elif before in _PARTS and len(word) == 1 and word.isalpha():
            found.append(word)
        elif before in _COUNTED and word == "one":
            found.append("1")
        elif word in _UNITS or word in _ORDINALS:
            found.append(_UNITS.get(word) or _ORDINALS[word])
        else:
            found.extend(c for c in word if c.isdigit())
        before = word
    return "".join(found)


def _noteless(text: str) -> str:
    for _ in range(6):
        cut = _NOTE.sub("", text)
        if cut == text or len(cut.strip(" []()")) < 4:
            break
        text = cut
    return text


def _bare(text: str) -> tuple[str, str]:
    """A title (one of _ODD) without what databases hang on to it, and the second title in brackets: a translation."""
    text = _FRONT.sub("", _noteless(mended(text).strip()))
    if whole := _WHOLE.match(text):
        return _noteless(whole[1]), ""
    if trailing := _TRAILING.match(text):
        return trailing[1], trailing[2]
    if twice := _TWICE.match(text):
        return twice[1], twice[2]
    return text, ""


def _kind(text: str, normal: str) -> str:
    headed = _HEADED.match(text)
    head = headed[1].casefold() if headed else ""
    return _HEADS.get(head, head) or next((name for name, pattern in _KINDS if pattern.search(normal)), "")


def _at(positions: pl.Series, texts: list[str], size: int) -> pl.Series:
    """Texts at their positions among `size` empty ones."""
    return pl.repeat("", size, eager=True).scatter(positions, texts)


def _telling(normal: str) -> str:
    """The four longest words; of equally long ones the first in the alphabet."""
    words = sorted(set(normal.split(" ")))
    words.sort(key=len, reverse=True)
    return " ".join(sorted(words[:4]))


def titles_of(texts: pl.Series) -> pl.DataFrame:
    """Titles as they came, taken apart, row by row.

    normal: plain text, '' where there is no usable title; squash: without spaces; also: the second title in brackets,
    squashed; numbers: as `numbers_in`; kind: erratum, reply … or ''; english: it has words that only English has; yearly: there
    may be one each year; generic:
    it says too little to tell one document from another; telling: its longest words, a key for blocks.
    """
    plainly = pl.when(~pl.col("text").str.contains(_DAMAGED)).then("text").otherwise(pl.lit(""))
    frame = texts.alias("text").to_frame().select(pl.col("text").str.strip_chars())
    frame = frame.select(text=plainly, odd=pl.col("text").str.contains(_ODD))
    odd = frame["odd"].arg_true()
    bare = [_bare(text) for text in frame["text"].gather(odd)]
    frame = frame.select(
        frame["text"].scatter(odd, [b[0] for b in bare]),
        _at(odd, [b[1] for b in bare], frame.height).alias("also"),
    )
    frame = frame.with_columns(normal=plain(pl.col("text")), also=plain(pl.col("also")).str.replace_all(" ", "", literal=True))
    frame = frame.with_columns(squash=pl.col("normal").str.replace_all(" ", "", literal=True))
    size = pl.col("squash").str.len_chars()
    frame = frame.with_columns(
        english=pl.col("normal").str.contains(WORDY),
        yearly=pl.col("normal").str.contains(_YEARLY),
        counts=pl.col("normal").str.contains(_COUNTS),
        spoken=pl.col("normal").str.contains(_SPOKEN),
        generic=(size < 12) | ((size < 70) & pl.col("normal").str.contains(_GENERIC)),
    )
    # The few that need more than a look.
    counts, spoken = frame["counts"].arg_true(), frame["spoken"].arg_true()
    normal = frame["normal"]
    numbers = [numbers_in(n.split(" ")) for n in normal.gather(counts)]
    kinds = [_kind(text, n) for text, n in zip(frame["text"].gather(spoken), normal.gather(spoken), strict=True)]
    telling = [_telling(n) if len(n) > 11 else "" for n in normal]
    return frame.select(
        "normal",
        "squash",
        "also",
        "english",
        "yearly",
        "generic",
        _at(counts, numbers, frame.height).alias("numbers"),
        _at(spoken, kinds, frame.height).alias("kind"),
        pl.Series("telling", telling, pl.String),
    )
